"""Whatever is damaged in a finished file is found: one cell, one member, one entry, one line."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from kinds import write_kinds
from make import make_dataset, make_htmls, make_plain, make_portal, make_register

from portal.cli import run
from portal.downloads import make_downloads, make_zip
from portal.load import load_portal
from portal.model import Portal
from portal.promises import COLUMNS
from portal.verify.files import CHECKSUMS, OUTPUTS, check_files
from portal.verify.packages import read_archive
from portal.verify.tables import pair_tables_of_pages
from portal.verify.views import pair_promises

CSV = "data/children/children.csv"
PAGE = "datasets/children/index.html"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Portal]:
    """A built site with every kind of output but promises, and its data."""
    folder = tmp_path_factory.mktemp("kinds")
    datasets = write_kinds(folder)
    done = CliRunner().invoke(
        run, ["--datasets", str(datasets), "--site", str(folder / "site"), "--date", "2026-01-31"]
    )
    assert done.exit_code == 0, done.output
    return folder / "site", load_portal(datasets)[0]


@pytest.fixture
def site(whole: tuple[Path, Portal], tmp_path: Path) -> Path:
    """A copy to spoil."""
    return shutil.copytree(whole[0], tmp_path / "site")


def find_problems(site: Path, whole: tuple[Path, Portal]) -> list[tuple[str, str]]:
    return [(p.path.removeprefix("site/"), p.code) for p in check_files(site, whole[1])]


def replace_once(path: Path, old: str, new: str) -> None:
    text = path.read_bytes().decode()
    assert old in text
    path.write_bytes(text.replace(old, new, 1).encode())


def test_a_finished_site_has_no_difference_and_every_output_is_read(whole):
    assert find_problems(whole[0], whole) == []
    counts = {output.name: sum(1 for _ in output.pairs(*whole)) for output in (*OUTPUTS, CHECKSUMS)}
    none_here = {"data/promises.csv", "sitemap.xml"}  # no promise is made, and no address told
    assert {name for name, count in counts.items() if count < 3} == none_here


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (CSV, "31 March 2016,c,", "31 March 2016,0,"),
        (CSV, "\n", "\r\n"),
        ("data/reference/symbols.csv", "confidential", "secret"),
        ("data/observations.csv", "31 March 2016,c,", "31 March 2016,0,"),
        ("data/observations.csv", ",300,400,300-400", ",300,500,300-400"),
        ("data/observations.csv", "annual-report-2024", "annual-report-2023"),
        ("data/observations.csv", "§2", "§3"),
        ("data/observations.csv", "printed,direction", "direction,printed"),
        ("data/scorecard.csv", "250,250", "250,251"),
        ("data/scorecard.csv", "-,low", "-,0"),
        ("data/scorecard.csv", "range,300,400", "range,300,401"),
        ("data/scorecard.csv", "Money,2", "Money,3"),
        ("data/scorecard.csv", "Latest,figure", "Latest,target"),
        ("data/scorecard.csv", "no-target", "meets"),
        ("data/scorecard.csv", "2024-03,", "2024-04,"),
        ("data/children/datapackage.json", '"low"', '"lo"'),
        ("data/children/datapackage.json", '"rounds to zero"', '"zero"'),
        ("data/children/datapackage.json", '"bytes": ', '"bytes": 1'),
        ("data/children/datapackage.json", '"sha256:', '"sha256:0'),
        ("data/children/datapackage.json", '"children.csv"', '"measures.csv"'),
        ("data/children/datapackage.json", "{", "["),
        ("data/children/charts/years.svg", "</svg>", ""),
        ("data/children/charts/years.json", '"value":"£250"', '"value":"£251"'),
        ("data/children/charts/years.json", '"value":"about £350"', '"value":"£350"'),
        ("data/children/charts/years.json", '"y":270', '"y":275'),
        ("data/children/charts/years.json", '"when":"31 March 2013"', '"when":"31 March 2014"'),
        ("data/children/charts/years.json", '"x":2013.243836', '"x":2014.243836'),
        ("data/children/charts/years.json", '"row":"zero"', '"row":"plain"'),
        ("data/children/charts/towns.json", '"name":"B Town"', '"name":"C Town"'),
        ("data/children/charts/towns.json", '"place":"B Town"', '"place":"C Town"'),
        ("data/children/charts/strips.json", '"high":400', '"high":500'),
        ("checksums.txt", "  data/observations.csv\n", "  data/observation.csv\n"),
    ],
)  # fmt: skip
def test_a_damaged_file_is_found_by_name(whole, site, name, old, new):
    replace_once(site / name, old, new)
    found = find_problems(site, whole)
    assert found
    assert name in {path for path, _ in found}
    assert {code for _, code in found} <= {"changed-file", "chart-file"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('id="chart-years" data-points=', "data-points="),  # a figure that the check does not recognize
        ('.json">', '.json" data-x="">'),
        (" data-points=", " data-dots="),
        ("charts/years.json", "charts/towns.json"),  # the words of another chart
        ('../children/rows/#plain"><circle', '../children/rows/#plain"> <circle'),
        ('../children/rows/#plain"><circle', '#plain"><circle'),
    ],
)
def test_points_are_not_passed_over_where_the_page_is_written_in_another_way(whole, site, old, new):
    page = site / "datasets/children/index.html"
    text = page.read_text(encoding="utf-8")
    assert old in text
    page.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert "changed-file" in {code for _, code in find_problems(site, whole)}


@pytest.mark.parametrize("lost", [CSV, "data/observations.csv", "data/children.zip", "data/children/datapackage.json"])
def test_a_lost_file_is_found(whole, site, lost):
    (site / lost).unlink()
    assert lost in {path for path, _ in find_problems(site, whole)}


def test_a_message_names_the_file_the_place_and_what_to_do(whole, site):
    replace_once(site / CSV, ",270,exact", ",271,exact")
    problem = next(p for p in check_files(site, whole[1]) if p.path.endswith("children.csv"))
    assert "children.csv says otherwise" in problem.message
    assert problem.fix.startswith("Build again.")


def test_a_row_that_is_left_out_is_found(whole, site):
    path = site / "data/observations.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:-1]), encoding="utf-8")
    assert ("data/observations.csv", "changed-file") in find_problems(site, whole)


@pytest.mark.parametrize("member", ["children.csv", "datapackage.json", "README.txt"])
def test_a_damaged_member_of_an_archive_is_found(whole, site, member):
    path = site / "data/children.zip"
    archive = zipfile.ZipFile(io.BytesIO(path.read_bytes()))
    files = {name: archive.read(name) for name in archive.namelist()}
    files[member] = files[member].replace(b"row", b"raw") if member == "README.txt" else files[member] + b"\n"
    path.write_bytes(make_zip(files, date(2026, 1, 31)))
    assert find_problems(site, whole) == [("data/children.zip", "changed-file")]


def test_an_archive_with_one_file_more_or_with_a_flipped_bit_is_found(whole, site):
    path = site / "data/children.zip"
    good = path.read_bytes()
    archive = zipfile.ZipFile(io.BytesIO(good))
    path.write_bytes(
        make_zip({name: archive.read(name) for name in archive.namelist()} | {"x": b""}, date(2026, 1, 31))
    )
    assert find_problems(site, whole) == [("data/children.zip", "changed-file")]
    path.write_bytes(good[:100] + bytes([good[100] ^ 1]) + good[101:])
    assert read_archive(path) == {}


def test_a_picture_that_is_none_is_found(whole, site):
    (site / "data/children/charts/years.png").write_bytes(b"png")
    assert find_problems(site, whole) == [("data/children/charts/years.png", "chart-file")]


def test_a_file_that_the_checksums_do_not_list_is_found(whole, site):
    (site / "data/children/charts/more.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", encoding="utf-8")
    assert find_problems(site, whole) == [("checksums.txt", "changed-file")]


def test_a_download_that_nothing_compares_with_the_data_is_found(whole, site):
    (site / "data/more.json").write_text("{}", encoding="utf-8")
    with (site / "checksums.txt").open("a", encoding="utf-8") as sums:
        sums.write("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a  data/more.json\n")
    assert find_problems(site, whole) == [("data/more.json", "unread-file")]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda page: re.sub(r"<tr><th[^>]*>[^<]*2016.*?</tr>", "", page, count=1),  # a row of the table is lost
        lambda page: page.replace(">31 March 2016<", ">31 March 2018<"),
        lambda page: page.replace("C Town", "B Town"),
        lambda page: re.sub(r'(<tr><th scope="row">31 March 2016.*?</tr>)', r"\1\1", page, count=1, flags=re.DOTALL),
    ],
)  # fmt: skip
def test_a_figure_at_another_place_in_a_table_is_found(whole, site, spoil: Callable[[str], str]):
    text = (site / PAGE).read_text(encoding="utf-8")
    assert spoil(text) != text
    (site / PAGE).write_text(spoil(text), encoding="utf-8")
    assert find_problems(site, whole) == [(PAGE, "wrong-table")]


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [("", "", 0), ("<td>b</td>", "<td>c</td>", 1), ("no entry", "none", 1), ('id="table-visits"', 'id="table-x"', 1)],
)
def test_a_cell_of_a_plain_table_is_compared_with_its_file(tmp_path, old, new, found):
    plain = make_plain("quarter,place,visits\n2024-Q1,a,\n2024-Q2,b,3\n")
    page = make_htmls(tmp_path, plain)["datasets/visits/"]
    assert old in page
    path = tmp_path / "datasets/visits/index.html"
    path.parent.mkdir(parents=True)
    path.write_text(page.replace(old, new), encoding="utf-8")
    pairs = list(pair_tables_of_pages(tmp_path, make_portal(plain)))
    assert len({p.file for p in pairs if p.found != p.expected}) == found


PROMISE = dict.fromkeys(COLUMNS, "") | {"id": "fewer", "made_by": "aim", "title": "Fewer", "text": "It was to fall."}
PROMISE |= {
    "measure": "in-care",
    "series": "council-reports",
    "rule": "at-most",
    "role": "planned",
    "made_on": "2022-01-01",
}
DECIDED = (
    "id,kind,period_start,period_end,value\naim,target,,,1100\nbefore,actual,2021-03-31,2021-03-31,1200\n"
    "after,actual,2023-03-31,2023-03-31,1050\n"
)


@pytest.mark.parametrize(
    ("column", "lie"),
    [("", ""), ("title", "More"), ("rule", "at-least"), ("status", "not-reached"), ("decided_by", "before"),
     ("decided_by", ""), ("due", "2024-01-01"), ("source", "x"), ("status", "kept"), ("id", "other")],
)  # fmt: skip
def test_each_cell_of_a_promise_is_traced_to_its_row(tmp_path, column, lie):
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerow(PROMISE)
    page = "registers: [{resource: risks, caption: Aims, form: table, columns: [id]}]"
    portal = make_portal(make_dataset(DECIDED), make_register(text.getvalue(), page=page, made_on="date"))
    (made,) = (f for f in make_downloads(portal, {}, date(2026, 1, 31)) if f.path == "data/promises.csv")
    rows = list(csv.DictReader(io.StringIO(made.content.decode())))
    assert (rows[0]["status"], rows[0]["decided_by"]) == ("reached", "after")
    rows[0] |= {column: lie} if column else {}
    (tmp_path / "data").mkdir()
    with (tmp_path / "data/promises.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    pairs = list(pair_promises(tmp_path, portal))
    assert any(p.found != p.expected for p in pairs) == bool(column)


def test_the_descriptor_is_read_by_another_parser_and_every_entry_of_the_source_is_there(whole):
    made = json.loads((whole[0] / "data/children/datapackage.json").read_text(encoding="utf-8"))
    (value,) = (f for f in made["resources"][0]["schema"]["fields"] if f["name"] == "value")
    assert [mark["value"] for mark in value["missingValues"]] == ["", "c", "x", "z", "low", "u", "due"]
