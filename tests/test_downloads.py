from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from datetime import date

from frictionless import Package
from make import make_dataset, make_plain, make_portal

from portal.downloads import make_downloads
from portal.made import Chart

BUILT = date(2026, 1, 31)
CHART = Chart("c", "children", "T", "S", "alt", "source", "<svg/>", "<svg/>", "<svg/>", b"png", ("a",))


def download(*datasets, charts=None, built=BUILT):
    return {f.path: f.content for f in make_downloads(make_portal(*datasets), charts or {}, built)}


def test_a_csv_is_the_checked_file_byte_for_byte():
    text = '\ufeffquarter,visits\r\n"2024\nQ1","1,2"\r\n'
    assert download(make_plain(text))["data/visits/visits.csv"] == text.encode()


def test_the_zip_has_the_files_and_a_readme():
    dataset = make_plain("quarter,visits\n2024-Q1,3\n")
    files = download(dataset)
    archive = zipfile.ZipFile(io.BytesIO(files["data/visits.zip"]))
    assert archive.testzip() is None
    assert archive.namelist() == ["README.txt", "datapackage.json", "visits.csv"]
    assert archive.read("visits.csv") == dataset.resources[0].content
    readme = archive.read("README.txt").decode()
    assert readme.startswith("Visits\n======\n")
    assert "Licence: CC-BY-4.0." in readme
    assert "visits.csv: visits, 1 row" in readme


def test_the_zip_is_the_same_at_any_hour_and_carries_the_build_date():
    dataset = make_plain("a\n1\n")
    assert download(dataset)["data/visits.zip"] == download(dataset)["data/visits.zip"]
    archive = zipfile.ZipFile(io.BytesIO(download(dataset)["data/visits.zip"]))
    assert {entry.date_time for entry in archive.infolist()} == {(2026, 1, 31, 0, 0, 0)}


def test_frictionless_finds_the_published_package_valid(tmp_path):
    files = download(make_dataset('id,value,printed,flags\na,1248,"1,248",\nb,x,,blank;conflict\n'))
    for name, content in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    report = Package(str(tmp_path / "data/children/datapackage.json")).validate()
    assert report.valid, report.to_summary()
    assert [task.name for task in report.tasks] == ["children", "measures"]


def test_the_published_descriptor_names_the_published_files():
    dataset = make_plain("a\n1\n", homepage="https://example.org", profile="data-package")
    made = json.loads(download(dataset)["data/visits/datapackage.json"])
    (resource,) = made["resources"]
    assert made["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert (made["homepage"], made.get("profile")) == ("https://example.org", None)
    assert (resource["path"], resource["bytes"]) == ("visits.csv", 4)
    assert resource["hash"] == "sha256:" + hashlib.sha256(b"a\n1\n").hexdigest()


def test_observations_csv_has_every_row_with_its_dataset_and_breakdown():
    one = make_dataset("id,sex,age,value\na,girls,,1248\nb,boys,0 to 4,20\n")
    files = download(one, make_plain("x\n1\n"))
    rows = list(csv.DictReader(io.StringIO(files["data/observations.csv"].decode())))
    assert [(r["dataset"], r["id"], r["value"], r["breakdown"]) for r in rows] == [
        ("children", "a", "1248", "sex=girls;"),
        ("children", "b", "20", "sex=boys;age=0 to 4;"),
    ]


def test_a_chart_is_published_as_svg_and_png():
    files = download(make_dataset("id\na\n"), charts={"children": (CHART,)})
    assert (files["data/children/charts/c.svg"], files["data/children/charts/c.png"]) == (b"<svg/>", b"png")


def test_checksums_cover_every_other_file():
    files = download(make_dataset("id\na\n"), charts={"children": (CHART,)})
    sums = files.pop("checksums.txt").decode()
    assert sums == "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
