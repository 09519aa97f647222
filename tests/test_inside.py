"""Nothing that lies outside a dataset's folder is read, whatever leads there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from portal.inside import Refused, read_inside
from portal.load import load_portal

VISITS = (
    "name: v\ntitle: Visits\ndescription: Made up.\nlicenses: [{name: CC0-1.0}]\nresources: [{name: v, path: v.csv}]\n"
)


def make_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "datasets" / "v"
    folder.mkdir(parents=True)
    (folder / "v.csv").write_text("a\n1\n", encoding="utf-8")
    (folder / "datapackage.yaml").write_text(VISITS, encoding="utf-8")
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "v.csv").write_text("name,birthday\nSECRET,x\n", encoding="utf-8")
    (tmp_path / "secret" / "datapackage.yaml").write_text("title: SECRET [\n", encoding="utf-8")
    (tmp_path / "secret" / "page.yaml").write_text("SECRET: [\n", encoding="utf-8")
    (tmp_path / "secret" / "narrative.md").write_text("SECRET\n", encoding="utf-8")
    return folder


def code_of(folder: Path, name: str) -> str:
    with pytest.raises(Refused) as told:
        read_inside(folder, name)
    assert told.value.fix
    return told.value.code


@pytest.mark.parametrize("name", ["v.csv", "datapackage.yaml", "page.yaml", "narrative.md"])
def test_a_link_that_leads_out_is_refused_and_nothing_of_its_target_told(tmp_path, name):
    folder = make_folder(tmp_path)
    (folder / name).unlink(missing_ok=True)
    (folder / name).symlink_to(tmp_path / "secret" / name)
    portal, problems = load_portal(tmp_path / "datasets")
    assert [problem.code for problem in problems] == ["unsafe-path"]
    assert "SECRET" not in repr((portal, problems))


def test_a_folder_of_data_that_is_a_link_is_refused(tmp_path):
    folder = make_folder(tmp_path)
    (folder / "data").symlink_to(tmp_path / "secret")
    assert code_of(folder, "data/v.csv") == "unsafe-path"


def test_a_dataset_that_is_a_link_is_refused(tmp_path):
    make_folder(tmp_path)
    (tmp_path / "datasets" / "w").symlink_to(tmp_path / "secret")
    portal, (problem,) = load_portal(tmp_path / "datasets")
    assert (problem.code, problem.path.rpartition("/")[2]) == ("unsafe-path", "w")
    assert [dataset.slug for dataset in portal.datasets] == ["v"]


def test_a_link_within_the_folder_is_followed(tmp_path):
    folder = make_folder(tmp_path)
    (folder / "w.csv").symlink_to("v.csv")
    assert read_inside(folder, "w.csv") == b"a\n1\n"


def test_a_link_that_leads_in_a_circle_ends(tmp_path):
    folder = make_folder(tmp_path)
    (folder / "a.csv").symlink_to("b.csv")
    (folder / "b.csv").symlink_to("a.csv")
    assert code_of(folder, "a.csv") == "unsafe-path"


def test_a_pipe_that_is_called_like_a_file_keeps_nobody_waiting(tmp_path):
    folder = make_folder(tmp_path)
    os.mkfifo(folder / "pipe.csv")
    assert code_of(folder, "pipe.csv") == "not-a-file"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("nowhere.csv", "missing-file"),
        ("V.CSV", "wrong-case"),
        ("v.csv/inner", "missing-file"),
        ("../v/v.csv", "unsafe-path"),
        ("/etc/passwd", "unsafe-path"),
        ("//server/share.csv", "unsafe-path"),
        (r"\\server\share.csv", "unsafe-path"),
        ("C:/v.csv", "unsafe-path"),
        ("~/v.csv", "unsafe-path"),
        ("~root/v.csv", "unsafe-path"),
        ("https://example.org/v.csv", "unsafe-path"),
        ("file:v.csv", "unsafe-path"),
        ("./v.csv", "unsafe-path"),
        (".v.csv", "unsafe-path"),
        ("", "unsafe-path"),
        ("v.csv\0", "unsafe-path"),
        ("x" * 5000, "missing-file"),
    ],
)
def test_a_path_that_is_none_of_a_file_in_the_folder_is_refused(tmp_path, name, code):
    assert code_of(make_folder(tmp_path), name) == code


def test_a_file_that_may_not_be_read_is_told(tmp_path, monkeypatch):
    folder = make_folder(tmp_path)

    def refuse(path: object, flags: int) -> int:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "open", refuse)
    assert code_of(folder, "v.csv") == "no-permission"


def test_a_file_that_is_too_large_is_not_read(tmp_path):
    folder = make_folder(tmp_path)
    with pytest.raises(Refused, match="larger"):
        read_inside(folder, "v.csv", largest=2)


def test_an_address_without_its_first_part_is_told_as_an_address(tmp_path):
    with pytest.raises(Refused) as told:
        read_inside(make_folder(tmp_path), "//server/share.csv")
    assert told.value.what.endswith("is an address, not a file in the folder")


def test_the_names_in_a_folder_outside_are_not_told(tmp_path):
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "Secret-Plan.csv").write_text("a\n", encoding="utf-8")
    (tmp_path / "package").mkdir()
    (tmp_path / "package" / "data").symlink_to(tmp_path / "outside")
    for name in ("data/secret-plan.csv", "data/nothing.csv"):
        with pytest.raises(Refused) as refused:
            read_inside(tmp_path / "package", name)
        assert refused.value.code == "unsafe-path"
        assert "Secret-Plan" not in refused.value.what
