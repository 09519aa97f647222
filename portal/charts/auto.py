"""Form `auto`: a sensible chart for a plain package, chosen from its schema; or none.

In:  a Resource whose cells are text.
Out: a Sketch: lines over time, at most four; else bars by category, at most thirty.

Only what the schema makes plain is drawn: two rows for one point of a line mean that something else tells them apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from portal.charts.autofields import Column, category_columns, number_columns, time_column, to_number
from portal.charts.bars import Bar, draw_bars
from portal.charts.dates import MARKS, STYLES
from portal.charts.frame import Sketch
from portal.charts.select import place_of
from portal.charts.timefigure import Point, TimeFigure, Track
from portal.charts.timeplot import draw_time
from portal.charts.words import listed
from portal.errors import PortalError
from portal.formats import format_number
from portal.model import Dataset, Reference, Resource
from portal.spec import ChartSpec

MOST_LINES, MOST_BARS = 4, 30


def suggest_chart(dataset: Dataset) -> tuple[ChartSpec, ...]:
    """A chart for the first table that has something to plot.

    Observations are left to page.yaml, because their units differ; the numbers of a register are scores and dates.
    """
    if dataset.observations or dataset.page.registers:
        return ()
    for resource in dataset.resources:
        if sketch_resource(resource, dataset):
            title = resource.title or dataset.title
            return (ChartSpec(resource.name, "auto", title, _subtitle(resource), resource=resource.name),)
    return ()


def sketch_auto(dataset: Dataset, spec: ChartSpec, reference: Reference, place: str) -> Sketch:
    """The chart of one resource, or an error when its schema has nothing to plot."""
    found = [r for r in dataset.resources if spec.resource in ("", r.name)]
    for resource in found:
        if sketch := sketch_resource(resource, dataset):
            return sketch
    what = "has nothing to plot" if found else "is not in this package"
    raise PortalError(f'{place_of(dataset, spec)}: the resource "{spec.resource}" {what}', "Leave the chart out.")


def sketch_resource(resource: Resource, dataset: Dataset) -> Sketch | None:
    """Lines if there is a time column, bars if there is a category, else nothing."""
    if not reads_plainly(resource, dataset):
        return None
    source = _source(dataset)
    for number in number_columns(resource):
        if sketch := _lines(resource, number, source) or _bars(resource, number, source):
            return sketch
    return None


def reads_plainly(resource: Resource, dataset: Dataset) -> bool:
    """Whether a cell's digits are its number: not where -99 means missing, or a comma stands for the point."""
    entries = [
        e for e in dataset.descriptor.get("resources", []) if isinstance(e, dict) and e.get("name") == resource.name
    ]
    schema = entries[0].get("schema") if entries else None
    if not isinstance(schema, dict):
        return True
    parts = [schema, *(f for f in schema.get("fields") or [] if isinstance(f, dict))]
    missing = [m.get("value") if isinstance(m, dict) else m for part in parts for m in part.get("missingValues") or []]
    marked = any("decimalChar" in part or "groupChar" in part for part in parts)
    return not marked and all(to_number(str(value)) is None for value in missing)


def _subtitle(resource: Resource) -> str:
    """Which number, over what: the titles of the columns that are drawn."""
    time, numbers = time_column(resource), number_columns(resource)
    for number in numbers:
        if time and _tracks(time, number, resource):
            return f"{number.title}, {time.texts[0]} to {time.texts[-1]}" if _sorted(time) else number.title
    return f"{numbers[0].title} by {category_columns(resource)[0].title.lower()}"


def _sorted(time: Column) -> bool:
    return list(time.places) == sorted(time.places)


def _source(dataset: Dataset) -> str:
    sources = dataset.descriptor.get("sources") or []
    return "; ".join(str(s.get("title") or s.get("path") or "") for s in sources if isinstance(s, dict))


def _lines(resource: Resource, number: Column, source: str) -> Sketch | None:
    time = time_column(resource)
    tracks = _tracks(time, number, resource) if time else ()
    if not time or not tracks:
        return None
    names = dict(zip(time.places, time.texts, strict=True))
    figure = TimeFigure(tracks, years=tuple(sorted(names.items())), missing=_missing(tracks, time, number))
    return Sketch(draw=lambda canvas: draw_time(figure, canvas), alt=_say_lines(tracks, number), source=source)


def _tracks(time: Column, number: Column, resource: Resource) -> tuple[Track, ...]:
    """One track, or one for each value of a column with few values; none when points would lie on each other."""
    everything = [""] * len(time.places)
    for names in (everything, *(column.texts for column in category_columns(resource))):
        labels = list(dict.fromkeys(names))
        keys = list(zip(names, time.places, strict=True))
        if len(labels) <= MOST_LINES and len(set(keys)) == len(keys):
            tracks = tuple(_track(n, label, names, time, number) for n, label in enumerate(labels))
            return tracks if all(len(track.points) > 1 for track in tracks) else ()
    return ()


def _track(n: int, label: str, names: Sequence[str], time: Column, number: Column) -> Track:
    """Runs that stop wherever a cell holds no number."""
    cells = sorted((x, i) for i, x in enumerate(time.places) if names[i] == label)
    runs: list[list[Point]] = [[]]
    for x, i in cells:
        value = to_number(number.texts[i])
        if value is None:
            runs.append([])
        else:
            runs[-1].append(Point(x, value, format_number(value), time.texts[i]))
    return Track(label, tuple(tuple(run) for run in runs if run), MARKS[n], STYLES[n])


def _missing(tracks: Sequence[Track], time: Column, number: Column) -> tuple[tuple[float, str], ...]:
    """Cells without a number, marked at the axis; with several lines the mark could not say whose it is."""
    pairs = zip(time.places, number.texts, strict=True)
    return tuple((x, f"[{text}]") for x, text in pairs if text and to_number(text) is None) if len(tracks) == 1 else ()


def _say_lines(tracks: Sequence[Track], number: Column) -> str:
    points = sorted((p for track in tracks for p in track.points), key=lambda p: p.x)
    said = [sentence for track in tracks for sentence in _course(track)]
    return f"Line chart of {_within(number.title)}, from {points[0].when} to {points[-1].when}. {' '.join(said)}"


def _within(title: str) -> str:
    return title[:1].lower() + title[1:] if title[1:2].islower() else title


def _course(track: Track) -> list[str]:
    """Each line from its first number to its last, and its highest and lowest where these are not the ends."""
    first, last = track.points[0], track.points[-1]
    high, low = max(track.points, key=lambda p: p.y), min(track.points, key=lambda p: p.y)
    begin = f"{track.label}: the figure" if track.label else "The figure"
    verb = "rose" if last.y > first.y else "fell" if last.y < first.y else "went"
    if len(track.runs) > 1:
        verb = "went"  # from one side of a gap to the other nothing rises or falls
    said = [f"{begin} {verb} from {first.text} in {first.when} to {last.text} in {last.when}."]
    said += [f"The highest was {high.text}, in {high.when}."] if high.y > max(first.y, last.y) else []
    return said + ([f"The lowest was {low.text}, in {low.when}."] if low.y < min(first.y, last.y) else [])


def _bars(resource: Resource, number: Column, source: str) -> Sketch | None:
    bars = next(_bar_choices(resource, number), ())
    if not bars:
        return None
    return Sketch(draw=lambda canvas: draw_bars(bars, canvas), alt=_say_bars(bars, number), source=source)


def _bar_choices(resource: Resource, number: Column) -> Iterator[tuple[Bar, ...]]:
    """Bars by the first column whose values are all different and few enough."""
    for column in category_columns(resource):
        if 2 <= len(column.texts) <= MOST_BARS and len(set(column.texts)) == len(column.texts):
            yield tuple(_bar(name, text) for name, text in zip(column.texts, number.texts, strict=True))


def _bar(name: str, text: str) -> Bar:
    value = to_number(text)
    return Bar(name, value, f"[{text or 'blank'}]" if value is None else format_number(value))


def _say_bars(bars: Sequence[Bar], number: Column) -> str:
    known = [(bar.value, bar) for bar in bars if bar.value is not None]
    high, low = max(known, key=lambda pair: pair[0])[1], min(known, key=lambda pair: pair[0])[1]
    ends = f"The highest is {high.text}, for {high.name}, and the lowest {low.text}, for {low.name}."
    text = f"Bar chart of {_within(number.title)}, with {len(bars)} bars. {ends}"
    absent = [bar.name for bar in bars if bar.value is None]
    return f"{text} There is no figure for {listed(absent)}." if absent else text
