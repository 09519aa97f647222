"""The kinds of nothing, end to end: a zero, a negative, six reasons for no number, a range and an estimate are told
apart in every output that there is. A new output joins by joining `OUTPUTS`.

An output is a function that reads a finished site and gives back what it says of each row. What it says is read as a
reader reads it: the mark or the word for a symbol, or the number.
"""

from __future__ import annotations

import csv
import html
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner
from kinds import LETTERS, ROWS, SYMBOLS, TOWNS, write_kinds
from make import make_dataset, make_portal

from portal.cli import run
from portal.figures import derive_figures
from portal.formats import format_row
from portal.load import load_portal
from portal.pages import render

Said = Mapping[str, str]
MARKS = {line.split(",")[0]: tuple(line.split(",")[:3]) for line in SYMBOLS.splitlines()[1:]}
QUALIFIERS = {"about": "about", "at-least": "at least"}
# What each row must be read as, in every output.
TRUTH = {
    **{name: kind for name, (kind, *_) in ROWS.items()},
    "between": "300 to 400",
    "roughly": "about 350",
    "least": "at least 360",
}


def read_kind(text: str) -> str:
    """ "[c] confidential" or "not available" -> the mark; "about £350", "−£300", "300-400" -> the plain number."""
    words = re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", " ", text))).strip()
    for mark, (_, label, meaning) in MARKS.items():
        if f"[{mark}]" in words or label in words or meaning.rstrip(".") in words:
            return mark
    plain = words.replace("£", "").replace("−", "-").replace(",", "")
    found = re.search(r"(?:about |at least )?-?\d+(?: to \d+)?", plain)
    return found[0] if found else words


def read_cells(cells: Mapping[str, str]) -> str:
    """value, qualifier, value_low and value_high of a CSV, together."""
    if cells["value_low"]:
        return f"{cells['value_low']} to {cells['value_high']}"
    return f"{QUALIFIERS.get(cells['qualifier'], '')} {cells['value']}".strip()


def of_csv(text: str) -> Said:
    rows = csv.DictReader(io.StringIO(text))
    return {row["id"]: read_cells(row) for row in rows if row["id"] in TRUTH}


def file_of(name: str) -> Callable[[Path], Said]:
    return lambda site: of_csv((site / name).read_text(encoding="utf-8"))


def archive(site: Path) -> Said:
    with zipfile.ZipFile(site / "data/children.zip") as files:
        return of_csv(files.read("children.csv").decode())


def read_me(site: Path) -> Said:
    """What the read-me of the archive says of each mark."""
    with zipfile.ZipFile(site / "data/children.zip") as files:
        lines = re.findall(r"^  - (\w+): (.*)$", files.read("README.txt").decode(), re.MULTILINE)
    return of_marks({mark: read_kind(words) for mark, words in lines})


def data_package(site: Path) -> Said:
    """The marks that the published package declares of its value column."""
    made = json.loads((site / "data/children/datapackage.json").read_text(encoding="utf-8"))
    (value,) = (f for f in made["resources"][0]["schema"]["fields"] if f["name"] == "value")
    assert "missingValues" not in made["resources"][0]["schema"]  # there they would eat a `printed` of "low"
    return of_marks({m["value"]: read_kind(m["label"]) for m in value["missingValues"] if m["value"]})


def of_marks(said: Mapping[str, str]) -> Said:
    return {name: said[kind] for name, (kind, *_) in ROWS.items() if kind in said}


def page_of(site: Path, name: str) -> str:
    return (site / name / "index.html").read_text(encoding="utf-8")


def linked(text: str) -> Iterator[tuple[str, str]]:
    """(row, the number as it is linked and the words after it in the same cell) for each number of a page."""
    for found in re.finditer(r'data-rows="([\w-]+)"[^>]*>(.*?</a>(?:\s*<span class="mc-kind">.*?</span>)?)', text):
        yield found[1], read_kind(found[2])


def table_of(chart: str) -> Callable[[Path], Said]:
    def read(site: Path) -> Said:
        part = page_of(site, "datasets/children").partition(f'id="table-{chart}"')[2].partition("</table>")[0]
        return towns_as_kinds(dict(linked(part)))

    return read


def towns_as_kinds(said: Said) -> Said:
    """town-secret-2025 says what `secret` does."""
    return {name: said[row] for row in said if (name := re.sub(r"^town-|-2025$", "", row)) in TRUTH}


def sentences(site: Path) -> Said:
    return {row: kind for part in re.findall(r"It says .*? there", page_of(site, "datasets/children"))
            for row, kind in linked(part)}  # fmt: skip


def headline(site: Path) -> Said:
    part = page_of(site, "datasets/children").partition('class="mc-headline"')[2].partition("</div></div>")[0]
    assert "too small to show" in part  # and why
    return dict(linked(part))


def card(site: Path) -> Said:
    return {row: kind for row, kind in linked((site / "index.html").read_text(encoding="utf-8")) if row in TRUTH}


def scorecard_page(site: Path) -> Said:
    return {row: kind for row, kind in linked(page_of(site, "scorecard")) if row in TRUTH}


def rows_page(site: Path) -> Said:
    parts = re.split(r'<section class="mc-row[^"]*" id="', page_of(site, "datasets/children/rows"))[1:]
    said = {}
    for part in parts:
        number = re.search(r'class="mc-row__number">(.*?)<', part)
        said[part.partition('"')[0]] = read_kind(number[1] if number else "")
        kind = said[part.partition('"')[0]]
        assert kind not in MARKS or MARKS[kind][2] in html.unescape(part)
    return {row: said[row] for row in said if row in TRUTH}


def chart_words(site: Path) -> Said:
    """The chart over time in words: each year without a figure, and why; and the range that has no place in it."""
    text = words_of(site, "years")
    by_year = {str(2027 if name == "later" else 2013 + n): name for n, name in enumerate(ROWS)}
    told = re.findall(r"There is no figure for (\d{4}): ([^.]*)\.", text)
    span = re.search(r"Not drawn: (.*?), printed as a range", text)
    return {**{by_year[year]: read_kind(words) for year, words in told}, "between": read_kind(span[1] if span else "")}


def words_of(site: Path, chart: str) -> str:
    """All that is told of a chart under "Chart in words"."""
    part = page_of(site, "datasets/children").partition(f'id="words-{chart}"')[2].partition("</details>")[0]
    return html.unescape(" ".join(re.findall(r"<p data-alt-rows[^>]*>(.*?)</p>", part, re.DOTALL)))


def place_words(site: Path) -> Said:
    """The places of a compare chart that have no dot, and why; and the two ends of those that have one."""
    text = words_of(site, "towns")
    missing = re.search(r"No figure for (.*)\.", text)
    told = dict(re.findall(r"([A-Z]) Town \((.*?)\)", missing[1] if missing else ""))
    ends = re.findall(r"(\d+) \(([A-Z]) Town\)", text.partition("No figure")[0])
    said = {name: told.get(LETTERS[number], "") for number, name in enumerate(TOWNS)}
    said |= {TOWNS[LETTERS.index(letter)]: number for number, letter in ends}
    assert said.pop("between") == "printed as a range"
    return {name: read_kind(words) for name, words in said.items()}


def place_year_words(site: Path) -> Said:
    """The small charts, one part a place: what is said of the later year."""
    text = words_of(site, "town-years")
    told = re.findall(r"In ([A-Z]) Town the figure was \d+ in 2024\. There is no figure for 2025: ([^.]*)\.", text)
    return {TOWNS[LETTERS.index(letter)]: read_kind(words) for letter, words in told}


def step_words(site: Path) -> Said:
    found = re.search(r"rose from (.*?) on 31 March 2014 .*beside and not drawn: (\[\w+\])", words_of(site, "step"))
    return {"zero": read_kind(found[1]), "tiny": read_kind(found[2])} if found else {}


def strip_told(site: Path) -> Said:
    found = re.search(r"Nothing (.*?), target (.*?)\.(?: |$)", words_of(site, "strips"))
    return {"zero": read_kind(found[1]), "between": read_kind(found[2])} if found else {}


def measure_page(site: Path) -> Said:
    return {row: kind for row, kind in linked(page_of(site, "measures/balance")) if row in TRUTH}


def rows_in_full(site: Path) -> Said:
    """What the dialog shows of a row: its cells, by the titles of their columns."""
    parts = re.split(r'<section class="mc-row[^"]*" id="', page_of(site, "datasets/children/rows"))[1:]
    said = {}
    for part in parts:
        inner = part.partition('<dl class="mc-cells"')[2].partition("</dl>")[0]
        cells = {title.lower(): html.unescape(cell) for title, cell in re.findall(r"<dt>([^<]*)<dd>([^<]*)", inner)}
        names = {"value": "value", "qualifier": "qualifier", "value_low": "value_low", "value_high": "value_high"}
        said[part.partition('"')[0]] = read_cells({name: cells.get(name, "") for name in names})
    return {row: said[row] for row in said if row in TRUTH}


def search_words(site: Path) -> Said:
    """The search gives the newest true figure of a measure, and never a mark or a zero in its place."""
    shelves = [json.loads(path.read_text(encoding="utf-8")) for path in (site / "search").glob("d*.json")]
    ((_, _, _, _, figure, *_),) = (r for shelf in shelves for r in shelf if r[0] == "measures/balance/")
    return {"plain": read_kind(figure)}


def chart_marks(chart: str, symbols: str) -> Callable[[Path], Said]:
    """The chart file: a mark in words where there is no number, and no mark at all of the wrong height."""

    def read(site: Path) -> Said:
        svg = (site / f"data/children/charts/{chart}.svg").read_text(encoding="utf-8")
        found = set(re.findall(r">\[(\w+)\]<", svg))
        return {
            name: kind if kind in found else "no mark" for name, (kind, *_) in ROWS.items() if name in symbols.split()
        }

    return read


def strip_words(site: Path) -> Said:
    """What has no mark in a strip is named under its title, with the reason."""
    page = html.unescape(page_of(site, "datasets/children"))
    named = re.search(r"No mark for Too small: (.*?); Held back: (.*?)</p>", page)
    assert named
    return {"tiny": read_kind(named[1]), "secret": read_kind(named[2])}


def legend(name: str) -> Callable[[Path], Said]:
    """The list that explains the marks."""

    def read(site: Path) -> Said:
        items = re.findall(r"<strong>\[(\w+)\] (.*?)</strong>", page_of(site, name))
        return of_marks({mark: read_kind(label) for mark, label in items})

    return read


# name, what reads it, the rows that it must tell apart
ALL = tuple(TRUTH)
NOTHING = tuple(name for name, kind in TRUTH.items() if kind in MARKS)
OUTPUTS = (
    ("the CSV file", file_of("data/children/children.csv"), ALL),
    ("observations.csv", file_of("data/observations.csv"), ALL),
    ("scorecard.csv", file_of("data/scorecard.csv"), ALL),
    ("the zip", archive, ALL),
    ("the read-me in the zip", read_me, NOTHING),
    ("the data package", data_package, NOTHING),
    ("the table of a chart over time", table_of("years"), ALL),
    ("the table of a strip", table_of("strips"), ("zero", "tiny", "secret")),
    ("the table of steps", table_of("step"), ("zero", "tiny")),
    ("the table of places", table_of("towns"), TOWNS),
    ("the table of places by year", table_of("town-years"), TOWNS),
    ("the sentences", sentences, ALL),
    ("the headline", headline, ("tiny",)),
    ("the card on the home page", card, ("tiny",)),
    ("the scorecard page", scorecard_page, ALL),
    ("the page of rows", rows_page, ALL),
    ("the chart over time in words", chart_words, (*NOTHING, "between")),
    ("the strip in words", strip_told, ("zero", "between")),
    ("the steps in words", step_words, ("zero", "tiny")),
    ("the places in words", place_words, TOWNS[:-1]),
    ("the small charts in words", place_year_words, NOTHING[:-1]),
    ("the page of a measure", measure_page, ALL),
    ("the row in full", rows_in_full, ALL),
    ("what the search says", search_words, ("plain",)),
    ("the chart over time, drawn", chart_marks("years", "secret absent senseless tiny shaky later"), NOTHING),
    ("the small charts, drawn", chart_marks("town-years", "secret absent senseless tiny shaky"), NOTHING[:-1]),
    ("the words under a strip", strip_words, ("tiny", "secret")),
    ("the legend of the data-quality page", legend("data-quality"), NOTHING),
    ("the legend of the methods page", legend("methods"), NOTHING),
)


def build(folder: Path) -> None:
    datasets = write_kinds(folder)
    command = ["--datasets", str(datasets), "--site", str(folder / "site"), "--date", "2026-01-31"]
    done = CliRunner().invoke(run, command)
    assert done.exit_code == 0, done.output


@pytest.fixture(scope="module")
def site(once_for_all) -> Path:
    return once_for_all("nothing", build) / "site"


def differences(site: Path) -> tuple[int, list[str]]:
    """How many cells were compared, and what differs, over all outputs."""
    count, wrong = 0, []
    for name, read, rows in OUTPUTS:
        said = read(site)
        count += len(rows)
        wrong += [
            f"{name}: {row} says {said.get(row)}, not {TRUTH[row]}" for row in rows if said.get(row) != TRUTH[row]
        ]
    return count, wrong


def test_every_kind_of_nothing_is_the_same_in_every_output(site, capsys):
    count, wrong = differences(site)
    with capsys.disabled():
        print(f"\n{len(OUTPUTS)} outputs, {count} cells compared, {len(wrong)} differences")
    assert wrong == []
    assert len(set(TRUTH.values())) == len(TRUTH)  # no two of them are alike to begin with


def test_a_figure_too_small_to_show_that_is_printed_as_zero_is_caught(tmp_path, monkeypatch):
    """One output broken on purpose: the tables print 0 for what rounds to zero. Already `verify` refuses the site."""
    monkeypatch.setattr(render, "format_row", lambda row: "£0" if row.symbol == "low" else format_row(row))
    datasets = write_kinds(tmp_path)
    command = ["--datasets", str(datasets), "--site", str(tmp_path / "site"), "--date", "2026-01-31"]
    done = CliRunner().invoke(run, command)
    assert done.exit_code == 1
    assert "wrong-number" in done.output
    assert not (tmp_path / "site").exists()


def test_the_round_trip_sees_a_broken_output_by_itself(tmp_path, site):
    """`verify` aside: a page that says 0 and a file that leaves the reason out."""
    for name in ("datasets/children/index.html", "data/scorecard.csv"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = (site / name).read_text(encoding="utf-8")
        path.write_text(text.replace("[low]</a> <span", "£0</a> <b").replace("-,low,", "-,0,"), encoding="utf-8")
    assert table_of("years")(tmp_path)["tiny"] == "0"
    assert file_of("data/scorecard.csv")(tmp_path)["tiny"] == "0"


@pytest.mark.parametrize("mark", sorted(MARKS))
def test_a_sentence_says_in_words_why_there_is_no_number(tmp_path, mark):
    portal = load_portal(write_kinds(tmp_path))[0]
    (dataset,) = (d for d in portal.datasets if d.slug == "children")
    figures = {f.rows[0]: f for f in derive_figures(dataset, portal.reference)}
    name = next(name for name, kind in TRUTH.items() if kind == mark)
    assert (figures[name].text, figures[name].missing) == MARKS[mark][1:]


def test_a_portal_without_a_table_of_symbols_shows_the_mark_itself():
    dataset = make_dataset("id,value\na,due\n", page="figures: [{id: a, rows: [a]}]")
    (figure,) = derive_figures(dataset, make_portal(dataset).reference)
    assert figure.text == "[due]"
