"""`compare_official.py` finds a row that is missing, extra or different, and counts ours apart."""

import csv
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parent / "compare_official.py"
FILE = """measure,time_period,area_code,value,publication
referrals,2024,E1,6525,"Children in need, reporting year 2025"
referrals,2025,E1,c,"Children in need, reporting year 2025"
"""
COLUMNS = "id,measure,area,period_end,value,printed,flags,source,locator".split(",")
SOURCE = "dfe-children-in-need-2025"


def row(**cells):
    year = cells.pop("year", "2024")
    usual = {"id": f"r-{year}", "measure": "ours", "area": "E1", "period_end": f"{year}-03-31", "value": "6525"}
    usual |= {"printed": "6525", "flags": "", "source": SOURCE, "locator": f"referrals/{year}/E1"}
    return usual | cells


SECOND = row(year="2025", value="c", printed="c")


def compare(folder: Path, rows, file=FILE):
    (folder / "slug/data").mkdir(parents=True)
    (folder / "official.csv").write_text(file, encoding="utf-8")
    with (folder / "slug/data/slug.csv").open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    options = ["--official", folder / "official.csv", "--datasets", folder]
    return subprocess.run([sys.executable, SCRIPT, *options], capture_output=True, text=True, check=False)


def test_rows_that_equal_the_file_pass_and_symbols_and_our_own_figures_are_counted(tmp_path):
    ours = row(id="mean", value="6.5", printed="", flags="derived", locator="referrals/2024/all")
    done = compare(tmp_path, [row(), SECOND, ours])
    assert done.returncode == 0, done.stdout + done.stderr
    assert "referrals        2        2      2        1     1" in done.stdout
    assert "worked out by us, in no file: 1 rows" in done.stdout
    assert "2 of 2 rows of the file are carried" in done.stdout


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([row()], "missing: dfe-children-in-need-2025/referrals/2025/E1 c"),
        ([row(), SECOND, row(id="more", locator="referrals/2023/E1")], "extra, the file has no referrals/2023/E1"),
        ([row(), row(id="twice"), SECOND], "extra, referrals/2024/E1 is carried 2 times"),
        ([row(value="6526"), SECOND], 'value is "6526", the file reads "6525"'),
        ([row(printed="6,525"), SECOND], 'printed is "6,525", the file reads "6525"'),
        ([row(), SECOND | {"value": "x"}], 'value is "x", the file reads "c"'),
        ([row(area="E2"), SECOND], "the area is E2, the file says E1"),
        ([row(period_end="2023-03-31"), SECOND], "the period ends 2023-03-31, the file says 2024"),
    ],
)
def test_a_row_that_is_missing_extra_or_different_is_told_and_fails(tmp_path, rows, told):
    done = compare(tmp_path, rows)
    assert done.returncode == 1, done.stdout + done.stderr
    assert told in done.stdout


def test_one_measure_of_ours_stands_for_one_of_theirs(tmp_path):
    file = FILE + 'plans,2024,E1,731,"Children in need, reporting year 2025"\n'
    done = compare(tmp_path, [row(), SECOND, row(id="p", value="731", printed="731", locator="plans/2024/E1")], file)
    assert done.returncode == 1
    assert "ours stands for referrals elsewhere, here for plans" in done.stdout


def test_a_publication_that_is_not_known_is_told(tmp_path):
    done = compare(tmp_path, [row(), SECOND], FILE + "pupils,2024,E1,9,Schools\n")
    assert done.returncode == 1
    assert "3 rows, but only 2 of a known publication" in done.stdout


def test_an_empty_file_is_no_success(tmp_path):
    assert compare(tmp_path, [], FILE.splitlines()[0] + "\n").returncode == 1
