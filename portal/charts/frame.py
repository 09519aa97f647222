"""Turn what a form wants to say into a Chart: two drawings for the page, one picture to download.

In:  a Sketch (a function that draws on any canvas, and the words that go with it).
Out: a Chart.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from portal.charts import svg
from portal.charts.board import LEADING, Margins, Picture, draw_words, specification, stack_words
from portal.charts.house import EDGE, NARROW, WIDE, Canvas, literal, variable, wrap
from portal.charts.journey import Journey, write_points
from portal.charts.words import not_drawn_sentence, source_line
from portal.comparability import chart_views, read_rules, words_told
from portal.formats import ATTRIBUTIONS
from portal.made import Chart, Told
from portal.model import Dataset, Observation, Reference
from portal.spec import ChartSpec

TITLE, SUBTITLE, SMALL = 20, 15, 13


@dataclass(frozen=True, slots=True)
class Sketch:
    """One chart, thought out and not yet drawn."""

    draw: Callable[[Canvas], Picture]
    alt: str  # a sentence or two
    words: tuple[Told, ...] = ()  # everything, part by part
    rows: tuple[Observation, ...] = ()
    not_drawn: tuple[str, ...] = ()
    said: tuple[str, ...] = ()  # sentences the subtitle must carry
    source: str = ""  # for a plain package, whose cells name no document
    journey: Journey | None = None  # its points, for those who go through them one by one


def make_chart(dataset: Dataset, spec: ChartSpec, sketch: Sketch, reference: Reference, place: str = "") -> Chart:
    """The finished chart. Title and source are HTML on the page, and inside the drawing in the files to download."""
    source = sketch.source or source_line(sketch.rows, reference)
    subtitle = " ".join(part for part in (spec.subtitle.strip(), *sketch.said) if part)
    download = draw_download(sketch, spec.title, subtitle, _foot(source, sketch, dataset, spec, reference))
    return Chart(
        id=spec.id,
        dataset=dataset.slug,
        title=spec.title,
        subtitle=subtitle,
        alt=sketch.alt,
        source=source,
        wide=draw_inline(sketch, spec, narrow=False),
        narrow=draw_inline(sketch, spec, narrow=True),
        svg=download,
        png=svg.rasterize(download),
        rows=tuple(row.id for row in sketch.rows),
        not_drawn=sketch.not_drawn,
        words=sketch.words or (Told(sketch.alt, tuple(row.id for row in sketch.rows)),),
        points=write_points(sketch.journey, spec.title, reference, place) if sketch.journey else "",
        view=bool(sketch.journey and sketch.journey.spec),
    )


def draw_inline(sketch: Sketch, spec: ChartSpec, narrow: bool) -> str:
    """A drawing for the page, wide or narrow: a scaled-down one would have six-pixel type."""
    canvas = Canvas(NARROW if narrow else WIDE, narrow, variable)
    picture = sketch.draw(canvas)
    inside = svg.render(specification(picture, canvas))
    kind = "narrow" if narrow else "wide"
    drawn = svg.inline(inside, canvas.width, picture.outer_height, spec.id, sketch.alt, kind)
    return drawn + svg.hits(find_hits(picture, sketch), canvas.width, picture.outer_height, kind)


def find_hits(picture: Picture, sketch: Sketch) -> list[tuple[float, float, str]]:
    """Where each mark lies in the drawing, and the address of its row from the page of the dataset."""
    folder = {row.id: row.dataset for row in sketch.rows}
    left, top = picture.margins.left, picture.margins.top
    known = [hit for hit in picture.hits if hit.row in folder]
    return [(hit.x + left, hit.y + top, f"../{folder[hit.row]}/rows/#{hit.row}") for hit in known]


def draw_download(sketch: Sketch, title: str, subtitle: str, foot: Sequence[str]) -> str:
    """The picture that leaves the site, with everything it needs to be understood elsewhere."""
    canvas = Canvas(WIDE - 2 * EDGE, False, literal)
    picture = framed(sketch.draw(canvas), canvas, title, subtitle, foot)
    inside = svg.render(specification(picture, canvas))
    return svg.standalone(inside, WIDE, picture.outer_height, title, sketch.alt)


def framed(picture: Picture, canvas: Canvas, title: str, subtitle: str, foot: Sequence[str]) -> Picture:
    """The picture with title and subtitle above and the foot below, all inside a margin."""
    head, head_height = _head_words(canvas, title, subtitle)
    end, end_height = _foot_words(canvas, foot)
    m = picture.margins
    left, top, bottom = -m.left, -m.top - head_height, picture.height + m.bottom
    words = [replace(w, x=w.x + left, y=w.y + top) for w in head]
    words += [replace(w, x=w.x + left, y=w.y + bottom) for w in end]
    margins = Margins(m.left + EDGE, m.right + EDGE, m.top + head_height + EDGE, m.bottom + end_height + EDGE)
    layers: tuple[Any, ...] = (*picture.layers, *draw_words(words, canvas))
    return Picture(layers, picture.width, picture.height, margins)


def _head_words(canvas: Canvas, title: str, subtitle: str) -> tuple[list[Any], int]:
    titles = wrap(title, TITLE, canvas.width, bold=True)
    under = wrap(subtitle, SUBTITLE, canvas.width)
    words = stack_words(0, TITLE / 2, titles, bold=True, size=TITLE)
    y = len(titles) * TITLE * LEADING + SUBTITLE / 2 + 3
    words += stack_words(0, y, under, colour="ink-2", size=SUBTITLE)
    return words, round(y + len(under) * SUBTITLE * LEADING + 8)


def _foot_words(canvas: Canvas, notes: Sequence[str]) -> tuple[list[Any], int]:
    lines = [line for note in notes for line in wrap(note, SMALL, canvas.width)]
    return stack_words(0, 18, lines, colour="ink-2", size=SMALL), round(14 + len(lines) * SMALL * LEADING)


def _foot(source: str, sketch: Sketch, dataset: Dataset, spec: ChartSpec, reference: Reference) -> list[str]:
    notes = [absent] if (absent := not_drawn_sentence(sketch.not_drawn)) else []
    notes += [f"Sources: {source}."] if source else []
    notes += [told] if (told := words_told(chart_views(dataset, spec), read_rules(reference))) else []
    used = {reference.sources.get(row.source, {}).get("licence", "") for row in sketch.rows}
    notes += [words for name, words in ATTRIBUTIONS.items() if name in used]
    return notes + ([f"Licence: {licence}."] if (licence := licence_name(dataset)) else [])


def licence_name(dataset: Dataset) -> str:
    """The first licence of the package, as a reader knows it."""
    licences = dataset.descriptor.get("licenses") or [{}]
    first: dict[str, Any] = licences[0] if isinstance(licences[0], dict) else {}
    return str(first.get("title") or first.get("name") or first.get("path") or "")
