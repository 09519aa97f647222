"""Every `value` in every dataset is what its `printed` token says."""

import csv
from pathlib import Path

import pytest

from portal.printed import parse_printed

DATASETS = Path(__file__).resolve().parents[2] / "datasets"


def agrees(row: dict[str, str]) -> bool:
    """A range fills value_low and value_high, a two-figure cell gives one of its figures, all else is equal."""
    parsed = parse_printed(row["printed"])
    if row["qualifier"] == "range":
        return not row["value"] and parsed == (float(row["value_low"]), float(row["value_high"]))
    if row["value_low"] or row["value_high"]:
        return False
    try:
        value = float(row["value"])
    except ValueError:  # a symbol, or nothing: right only where nothing readable is printed
        return parsed is None
    if isinstance(parsed, tuple):
        return "(" in row["printed"] and value in parsed
    return value == parsed


def observation_files() -> list[Path]:
    return [path for path in sorted(DATASETS.glob("*/data/*.csv")) if {"printed", "value"} <= set(header(path))]


def header(path: Path) -> list[str]:
    with path.open(encoding="utf-8", newline="") as lines:
        return next(csv.reader(lines), [])


@pytest.mark.parametrize("path", observation_files(), ids=lambda path: path.stem)
def test_each_value_is_what_the_document_prints(path):
    with path.open(encoding="utf-8", newline="") as lines:
        printed = [r for r in csv.DictReader(lines) if "derived" not in r["flags"].split(";")]
    wrong = [f"{r['id']}: {r['printed']!r} is not {r['value']!r}" for r in printed if not agrees(r)]
    assert wrong == []


def test_there_are_figures_to_check():
    assert observation_files()


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("75", 75),
        ("1,248", 1248),
        ("17%", 17),
        ("0.81", 0.81),
        ("five", 5),
        ("Twenty", 20),
        ("£150,000", 150_000),
        ("£5.8m", 5_800_000),
        ("£10 million", 10_000_000),
        ("£174k", 174_000),
        ("-£4,150,000", -4_150_000),
        ("−£4,150,000", -4_150_000),
        ("(480,715)", -480_715),
        ("4(1%)", (4, 1)),
        ("16 (2%)", (16, 2)),
        ("75 and 80", (75, 80)),
        ("20 to 25", (20, 25)),
        ("300-400", (300, 400)),
        ("300–400", (300, 400)),
        ("200/250", (200, 250)),
        ("x7", 7),
    ],
)
def test_a_printed_figure_is_read(printed, value):
    assert parse_printed(printed) == value


@pytest.mark.parametrize(
    "printed", ["", "n/a", "-", "▲", "x", "7x", "12,48", "1.2.3", "many", "5 children", "4 and more"]
)
def test_what_is_no_figure_is_none(printed):
    assert parse_printed(printed) is None


def observation(**cells: str) -> dict[str, str]:
    return {"printed": "", "value": "", "qualifier": "exact", "value_low": "", "value_high": "", **cells}


def test_a_range_fills_the_two_ends():
    assert agrees(observation(printed="20 to 25", qualifier="range", value_low="20", value_high="25"))


def test_a_range_is_not_one_of_its_ends():
    assert not agrees(observation(printed="20 to 25", value="20"))


def test_a_two_figure_cell_gives_either_figure():
    assert agrees(observation(printed="4(1%)", value="1"))


def test_a_slip_of_the_pen_is_seen():
    assert not agrees(observation(printed="1,248", value="1284"))
