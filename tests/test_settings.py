from __future__ import annotations

from datetime import date

import pytest

from portal.errors import PortalError
from portal.settings import load_settings, shown_path


def write_config(folder, text):
    (folder / "datasets").mkdir()
    (folder / "mkdocs.yml").write_text(text, encoding="utf-8")


def test_the_facts_come_from_the_mkdocs_file_beside_the_datasets(tmp_path):
    write_config(tmp_path, "site_name: Otherton\nextra: {portal: {place: Otherton}}\n")
    settings = load_settings(tmp_path / "datasets", tmp_path / "site", date(2026, 1, 31))
    assert (settings.site_name, settings.facts["place"], settings.build_date) == (
        "Otherton",
        "Otherton",
        date(2026, 1, 31),
    )


def test_an_entry_of_the_mkdocs_file_has_its_line(tmp_path):
    write_config(tmp_path, "site_name: x\nextra:\n  portal:\n    place: Otherton\n    contact: later\n")
    lines = load_settings(tmp_path / "datasets", tmp_path / "site").lines
    assert (lines["site_name"], lines["extra.portal.contact"], lines.get("site_url")) == (1, 5, None)


@pytest.mark.parametrize("licence", ["CC0", "[CC0]", "{title: 0}"])
def test_a_licence_of_another_shape_is_refused(tmp_path, licence):
    write_config(tmp_path, f"extra: {{portal: {{licence: {licence}}}}}\n")
    with pytest.raises(PortalError, match=r"extra\.portal\.licence"):
        load_settings(tmp_path / "datasets", tmp_path / "site")


def test_a_missing_datasets_folder_is_named(tmp_path):
    with pytest.raises(PortalError, match="there is no such folder"):
        load_settings(tmp_path / "nowhere", tmp_path / "site")


@pytest.mark.parametrize("site", ["datasets", "datasets/site", "."])
def test_a_site_that_would_overwrite_the_datasets_is_refused(tmp_path, site):
    write_config(tmp_path, "site_name: Otherton\n")
    with pytest.raises(PortalError, match="over or into the datasets"):
        load_settings(tmp_path / "datasets", tmp_path / site)


@pytest.mark.parametrize("text", ["site_name: [\n", "- a list\n", "site_name: !!python/name:os.getcwd\n"])
def test_a_mkdocs_file_that_is_no_plain_mapping_is_refused(tmp_path, text):
    write_config(tmp_path, text)
    with pytest.raises(PortalError, match=r"cannot be read|no settings"):
        load_settings(tmp_path / "datasets", tmp_path / "site")


def test_the_work_folder_is_beside_the_site_so_that_folders_can_be_exchanged(tmp_path):
    write_config(tmp_path, "site_name: Otherton\n")
    settings = load_settings(tmp_path / "datasets", tmp_path / "public" / "site")
    assert settings.work_dir == tmp_path / "public" / "_build" / "site"


def test_a_path_is_shown_as_the_user_would_type_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert shown_path(tmp_path / "datasets" / "a.csv") == "datasets/a.csv"
    assert shown_path(tmp_path.parent / "a.csv") == (tmp_path.parent / "a.csv").as_posix()


@pytest.mark.parametrize("extra", ["[a]", "{portal: hello}", "{portal: {home: hi}}", "{portal: {home: {cards: [a]}}}"])
def test_facts_of_another_shape_are_refused(tmp_path, extra):
    write_config(tmp_path, f"site_name: x\nextra: {extra}\n")
    with pytest.raises(PortalError, match="not written as it should be"):
        load_settings(tmp_path / "datasets", tmp_path / "site")


@pytest.mark.parametrize(
    "topics",
    [
        "[{id: a, title: 2022}]",
        "[{id: a, title: }]",
        "[{id: a, title: T, text: 5}]",
        "[{id: a, title: T, first: a}]",
        "[{id: a, titel: T}]",
        "[{id: 2022, title: T}]",
        "[{id: top, title: T}]",
        "[{id: a, title: T}, {id: a, title: U}]",
        "a",
    ],
)
def test_topics_that_are_not_written_as_they_should_be_are_told(tmp_path, topics):
    write_config(tmp_path, f"extra: {{portal: {{topics: {topics}}}}}\n")
    with pytest.raises(PortalError, match="topics"):
        load_settings(tmp_path / "datasets", tmp_path / "site")


def test_a_mkdocs_file_that_is_a_link_to_elsewhere_is_not_read(tmp_path):
    (tmp_path / "elsewhere.yml").write_text("password: zz\n", encoding="utf-8")
    (tmp_path / "portal" / "datasets").mkdir(parents=True)
    (tmp_path / "portal" / "mkdocs.yml").symlink_to(tmp_path / "elsewhere.yml")
    with pytest.raises(PortalError, match="is a link that leads out") as stopped:
        load_settings(tmp_path / "portal" / "datasets", tmp_path / "portal" / "site")
    assert "password" not in stopped.value.message
