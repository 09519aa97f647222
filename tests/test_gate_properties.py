"""Whatever is committed, `check` answers: no traceback, no hang, exit 0 or 1, and each problem leads to a place.

A short run is part of the suite. The long one: `python -m pytest tests/test_gate_properties.py --examples 50000`.
What it finds becomes a small test of its own beside the code that was mended.
"""

from __future__ import annotations

import copy
import csv
import faulthandler
import io
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml
from click.testing import CliRunner, Result
from hypothesis import event, given
from hypothesis import strategies as st
from make import COMMON

from portal.cli import run
from portal.report import JSON_FIELDS

SECONDS = 10  # no check of a few hundred bytes may take longer
ONLY_VISITS = ("visits",)
WITH_REFERENCE = ("children", "reference")

# What people have really written into such places, and what an attacker would.
ODD_TEXTS = [
    *(
        "",
        " ",
        "\t",
        "0",
        "-1",
        "1,248",
        "17%",
        "£5.8m",
        "n/a",
        "..",
        ":",
        "NaN",
        "-Infinity",
        "1e999",
        "1E+05",
        "44561",
    ),
    *("03/04/2024", "2024-02-30", "2024-Q5", "9" * 400, "é", "\u202eabc", "\ufeff", "\u2028", "\x00", "\x1b[31m", "😀"),
    *(
        '"',
        "'",
        "a,b",
        "a;b",
        "a\nb",
        "a\r\nb",
        "=1+1",
        "<script>",
        "{{ 7*7 }}",
        "{% for %}",
        "*a",
        "&a",
        "!!python/none",
    ),
    *("../../etc/passwd", "/etc/passwd", "~", "data", "data/visits.csv", "C:\\x.csv", "https://example.org/a.csv"),
    *(
        "javascript:alert(1)",
        "(a+)+$",
        "(",
        "[",
        "\\",
        "%Y-%m-%d",
        "any",
        "default",
        "total",
        "07700 900123",
        "a" * 5000,
    ),
]
ODD_KEYS = [
    *("name", "title", "path", "schema", "fields", "type", "format", "constraints", "pattern", "enum", "missingValues"),
    *(
        "primaryKey",
        "foreignKeys",
        "uniqueKeys",
        "categories",
        "dialect",
        "encoding",
        "profile",
        "$schema",
        "resources",
    ),
    *("licenses", "sources", "created", "delimiter", "required", "minimum", "groupChar", "decimalChar", "fieldsMatch"),
    *(
        "data",
        "compression",
        "extrapaths",
        "reference",
        "resource",
        "bareNumber",
        "jsonSchema",
        "contributors",
        "bytes",
    ),
]
TYPES = (
    "string number integer boolean date datetime time year yearmonth duration object array list any geopoint odd"
).split()
SPLICES = [
    *(
        b"\x00",
        b"\xff",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b'"',
        b'""',
        b"\n",
        b"\r",
        b"\r\n",
        b"\n\n",
        b",",
        b";",
        b"\t",
        b" ",
    ),
    *(b"{", b"}", b"[", b"]", b"[" * 3000, b"{a: " * 800, b": ", b"- ", b"#", b"&a ", b"*a", b"!!x ", b"|", b">", b"%"),
    *(b"\\ud800", b"\\", b"'", b"<b>", b"{{", b"}}", b"{%", b"%}", b"9" * 400, b"1e999", b"\xe2\x80\xae", b"\xc2\xa0"),
]

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(-3, 3),
    st.floats(),
    st.sampled_from(ODD_TEXTS),
    st.text(max_size=20),
)
junk = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(ODD_KEYS) | st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)
cells = st.sampled_from(ODD_TEXTS) | st.integers(-9, 99_999).map(str) | st.text(max_size=12) | st.dates().map(str)


@given(data=st.data())
def test_any_descriptor_gets_an_answer(data):
    descriptor = read_yaml("visits/datapackage.yaml")
    for _ in range(data.draw(st.integers(1, 4))):
        change_somewhere(descriptor, data)
    written = data.draw(st.sampled_from(["yaml", "json"]))
    text = json.dumps(descriptor) if written == "json" else yaml.safe_dump(descriptor, allow_unicode=True)
    files: dict[str, bytes | None] = {f"visits/datapackage.{written}": text.encode("utf-8", "surrogatepass")}
    if written == "json":
        files["visits/datapackage.yaml"] = None
    check(ONLY_VISITS, files)


@given(data=st.data())
def test_any_table_gets_an_answer(data):
    width = data.draw(st.integers(1, 5))
    names = st.sampled_from(["quarter", "visits", "Visits", "visits ", "area", "total", "year", "id"]) | cells
    header = data.draw(st.lists(names, min_size=width, max_size=width))
    rows = data.draw(st.lists(st.lists(cells, min_size=max(0, width - 1), max_size=width + 1), max_size=8))
    fields = [
        {"name": name, "type": data.draw(st.sampled_from(TYPES)), **data.draw(field_extras)} for name in header if name
    ]
    descriptor = read_yaml("visits/datapackage.yaml")
    descriptor["resources"][0]["schema"]["fields"] = fields if data.draw(st.booleans()) else data.draw(junk)
    ends = data.draw(st.sampled_from(["\n", "\r\n", "\r"]))
    table = write_csv([header, *rows], data.draw(st.sampled_from(",;\t|")), ends)
    encoding = data.draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "latin-1"]))
    content = {
        "visits/data/visits.csv": table.encode(encoding, "replace"),
        "visits/datapackage.yaml": yaml.safe_dump(descriptor, allow_unicode=True).encode("utf-8", "surrogatepass"),
    }
    check(ONLY_VISITS, content)


@given(data=st.data())
def test_any_bytes_get_an_answer(data):
    portal = data.draw(st.sampled_from([ONLY_VISITS, WITH_REFERENCE]))
    names = [p.relative_to(COMMON / "datasets").as_posix() for part in portal for p in files_of(part)]
    files: dict[str, bytes | None] = {}
    for name in data.draw(st.lists(st.sampled_from(sorted(names)), min_size=1, max_size=2, unique=True)):
        files[name] = mangle((COMMON / "datasets" / name).read_bytes(), data)
    if portal is WITH_REFERENCE and data.draw(st.integers(0, 9)) == 0:
        files["children/narrative.md.j2"] = mangle(b'# A story\n\n{{ number("in-care") }} children.\n', data)
    check(portal, files)


@given(data=st.data())
def test_any_observations_get_an_answer(data):
    name = data.draw(st.sampled_from(["children", "children", "measures"]))
    text = (COMMON / f"datasets/children/data/{name}.csv").read_text(encoding="utf-8")
    rows = list(csv.reader(io.StringIO(text)))
    rows += [list(row) for row in data.draw(st.lists(st.sampled_from(rows[1:]), max_size=3))]
    for _ in range(data.draw(st.integers(1, 6))):
        row = data.draw(st.integers(0 if data.draw(st.integers(0, 9)) == 0 else 1, len(rows) - 1))
        column = data.draw(st.integers(0, len(rows[0]) - 1))
        alike = [other[column] for other in rows[1:]]
        rows[row][column] = data.draw(cells | st.sampled_from([*"cxzu", "low", "due", "3", "5", "a;b", *alike]))
    check(WITH_REFERENCE, {f"children/data/{name}.csv": write_csv(rows, ",", "\n").encode("utf-8", "surrogatepass")})


@given(data=st.data())
def test_any_page_gets_an_answer(data):
    page = copy.deepcopy({**read_yaml("children/page.yaml"), **data.draw(page_parts)})
    for _ in range(data.draw(st.integers(0, 3))):
        change_somewhere(page, data)
    text = yaml.safe_dump(page, allow_unicode=True).encode("utf-8", "surrogatepass")
    check(WITH_REFERENCE, {"children/page.yaml": text})


FIELD = {
    "constraints": st.fixed_dictionaries(
        {},
        optional={
            "required": st.booleans() | scalars,
            "unique": st.booleans(),
            "pattern": st.sampled_from(ODD_TEXTS),
            "enum": st.lists(scalars, max_size=3) | scalars,
            "minimum": scalars,
            "maxLength": scalars,
        },
    ),
    "format": st.sampled_from(["default", "any", "email", "uri", "%d/%m/%Y", "%Q", ""]) | scalars,
    "missingValues": st.lists(scalars, max_size=3)
    | st.lists(st.dictionaries(st.sampled_from(["value", "label"]), scalars)),
    "groupChar": st.sampled_from([",", " ", "", "ab"]),
    "decimalChar": st.sampled_from([",", ".", ""]),
    "bareNumber": st.booleans(),
    "title": scalars,
    "categories": st.lists(scalars, max_size=3),
}
field_extras = st.fixed_dictionaries({}, optional=FIELD)
page_parts = st.fixed_dictionaries(
    {},
    optional={
        "charts": st.lists(
            st.fixed_dictionaries(
                {
                    "id": st.sampled_from(["a", "b"]),
                    "form": st.sampled_from("dates strip panels steps compare auto".split()),
                },
                optional={
                    "title": st.just("Children in care"),
                    "subtitle": st.just("On one day"),
                    "series": st.lists(
                        st.fixed_dictionaries({"label": st.just("in care"), "where": st.just({"measure": "in-care"})}),
                        max_size=2,
                    ),
                },
            ),
            max_size=2,
        ),
        "checks": st.lists(
            st.fixed_dictionaries(
                {
                    "id": st.just("a"),
                    "sum": st.just(["in-care-2023", "in-care-2024"]),
                    "equals": st.sampled_from(["in-care-2024", 100]),
                }
            ),
            max_size=2,
        ),
        "disclosure": st.lists(
            st.dictionaries(
                st.sampled_from(["row", "reason", "harm", "date", "resource", "policy", "reviewed_by"]),
                scalars,
                max_size=6,
            ),
            max_size=2,
        ),
        "registers": junk,
        "tables": junk,
        "know": junk,
    },
)


def change_somewhere(value: Any, data: st.DataObject) -> None:
    """Replace, drop, double or add one entry, at any depth."""
    spots = list(spots_of(value))
    if not spots:
        return
    holder, key = data.draw(st.sampled_from(spots))
    what = data.draw(st.sampled_from(["replace", "replace", "drop", "double", "add"]))
    if what == "drop":
        del holder[key]
    elif what == "double" and isinstance(holder, list):
        holder.append(copy.deepcopy(holder[key]))
    elif what == "add" and isinstance(holder, dict):
        holder[data.draw(st.sampled_from(ODD_KEYS))] = data.draw(junk)
    else:
        holder[key] = data.draw(junk)


def spots_of(value: Any) -> Iterator[tuple[Any, Any]]:
    for key in list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        yield value, key
        yield from spots_of(value[key])


def mangle(content: bytes, data: st.DataObject) -> bytes:
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(content)))
        end = min(len(content), start + data.draw(st.sampled_from([0, 0, 1, 2, 10, 100])))
        inserted = data.draw(st.sampled_from(SPLICES) | st.binary(max_size=4) | st.just(content[start:end] * 2))
        content = content[:start] + inserted + content[end:]
    return content


def write_csv(rows: list[list[str]], delimiter: str, ends: str) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=ends).writerows(rows)
    return text.getvalue()


def read_yaml(name: str) -> Any:
    return yaml.safe_load((COMMON / "datasets" / name).read_text(encoding="utf-8"))


def files_of(dataset: str) -> list[Path]:
    return [path for path in (COMMON / "datasets" / dataset).rglob("*") if path.is_file()]


def check(datasets: tuple[str, ...], files: dict[str, bytes | None]) -> None:
    with portal_of(datasets, files) as folder, at_most(SECONDS):
        told = CliRunner().invoke(run, ["check", "--datasets", "datasets", "--format", "json"])
        judge(told, folder)


@contextmanager
def portal_of(datasets: tuple[str, ...], files: dict[str, bytes | None]) -> Iterator[Path]:
    """The named datasets of the common portal with `files` laid over them, None taking one away; we stand in it."""
    before = Path.cwd()
    folder = Path(tempfile.mkdtemp(prefix="gate-"))
    try:
        shutil.copy(COMMON / "mkdocs.yml", folder)
        for name in datasets:
            shutil.copytree(COMMON / "datasets" / name, folder / "datasets" / name)
        for name, content in files.items():
            path = folder / "datasets" / name
            path.unlink(missing_ok=True)
            if content is not None:
                path.write_bytes(content)
        os.chdir(folder)
        yield folder
    finally:
        os.chdir(before)
        shutil.rmtree(folder)


@contextmanager
def at_most(seconds: int) -> Iterator[None]:
    """A check that hangs, in whatever library, ends the run and shows where."""
    faulthandler.dump_traceback_later(seconds, exit=True)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()


def judge(told: Result, folder: Path) -> None:
    assert told.exit_code in (0, 1), told.output
    problems = json.loads(told.stdout)
    assert bool([p for p in problems if p["severity"] == "error"]) == bool(told.exit_code)
    for problem in problems:
        event(problem["code"])
        judge_problem(problem, folder)


def judge_problem(problem: dict[str, Any], folder: Path) -> None:
    """A place that is there, words that say what and what to do, and nothing of this computer."""
    assert list(problem) == list(JSON_FIELDS)
    assert problem["message"].strip(), problem
    assert problem["fix"].strip(), problem
    spoken = f"{problem['path']} {problem['message']} {problem['fix']}"
    assert str(folder) not in spoken, problem
    assert "Traceback" not in spoken, problem
    place = folder / problem["path"]
    assert place.exists(), problem
    if problem["line"]:
        lines = place.read_bytes().replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1
        assert 1 <= problem["line"] <= lines, problem
