"""The published folder is never a mixture: exchange, recovery and lock, on plain folders."""

from __future__ import annotations

import os
import sys

import pytest
from make import make_settings

from portal.errors import PortalError
from portal.made import OutputFile, Page


@pytest.fixture
def site():
    """The module; late, so that the rest of the tests run where mkdocs is missing."""
    from portal import site

    return site


@pytest.fixture
def settings(tmp_path):
    made = make_settings(tmp_path)
    made.work_dir.mkdir(parents=True)
    return made


def fill(folder, text):
    folder.mkdir(parents=True)
    (folder / "index.html").write_text(text, encoding="utf-8")
    (folder / "checksums.txt").write_text("", encoding="utf-8")  # by this a build knows its own
    return folder


def text_of(folder):
    return (folder / "index.html").read_text(encoding="utf-8")


def test_the_first_site_takes_its_place(site, settings):
    site.publish(fill(settings.work_dir / "new", "first"), settings)
    assert text_of(settings.site_dir) == "first"


def test_a_new_site_takes_the_place_of_the_old_one_and_nothing_is_left(site, settings):
    (fill(settings.site_dir, "old") / "gone.html").write_text("old", encoding="utf-8")
    site.publish(fill(settings.work_dir / "new", "new"), settings)
    assert text_of(settings.site_dir) == "new"
    assert sorted(os.listdir(settings.site_dir)) == ["checksums.txt", "index.html"]
    assert os.listdir(settings.work_dir) == []


def test_it_does_so_where_the_system_cannot_exchange_folders(site, settings, monkeypatch):
    monkeypatch.setattr(site, "exchange", lambda *_: False)
    fill(settings.site_dir, "old")
    site.publish(fill(settings.work_dir / "new", "new"), settings)
    assert (text_of(settings.site_dir), os.listdir(settings.work_dir)) == ("new", [])


def test_two_folders_are_exchanged_in_one_step(site, tmp_path):
    one, other = fill(tmp_path / "one", "1"), fill(tmp_path / "other", "2")
    if not site.exchange(one, other):
        assert not sys.platform.startswith("linux")  # elsewhere two renames do it
        return
    assert (text_of(one), text_of(other)) == ("2", "1")


def test_a_kill_between_the_two_renames_is_recovered_by_the_next_run(site, settings, monkeypatch):
    monkeypatch.setattr(site, "exchange", lambda *_: False)
    fill(settings.site_dir, "old")
    missing = settings.work_dir / "new"  # the second rename fails: as if the run died before it
    with pytest.raises(FileNotFoundError):
        site.publish(missing, settings)
    assert not settings.site_dir.exists()
    with site.lock_site(settings):
        assert text_of(settings.site_dir) == "old"


def test_what_a_dead_run_left_half_made_is_cleared_and_the_site_stays(site, settings):
    fill(settings.site_dir, "published")
    fill(settings.work_dir / "new", "half")
    fill(settings.work_dir / "old", "older")
    site.recover(settings)
    assert (text_of(settings.site_dir), os.listdir(settings.work_dir)) == ("published", [])


def test_a_second_build_is_refused_and_may_start_when_the_first_has_ended(site, settings):
    with site.lock_site(settings), pytest.raises(PortalError, match="another build"), site.lock_site(settings):
        pytest.fail("two builds at once")
    with site.lock_site(settings):
        pass


def test_the_lock_goes_with_a_build_that_fails(site, settings):
    fill(settings.site_dir, "old")
    with pytest.raises(FileExistsError), site.lock_site(settings):
        fill(settings.site_dir, "new")
    with site.lock_site(settings):
        assert text_of(settings.site_dir) == "old"


def test_two_things_that_want_one_address_stop_the_build(site, tmp_path):
    with pytest.raises(PortalError, match="two things want this address"):
        site.write_files(tmp_path, [OutputFile("a.csv", b"1"), OutputFile("a.csv", b"2")])


def test_a_folder_of_somebody_else_is_never_replaced(site, settings):
    (fill(settings.site_dir, "mine") / "checksums.txt").unlink()
    with pytest.raises(PortalError, match="would be deleted"), site.lock_site(settings):
        pass
    assert text_of(settings.site_dir) == "mine"


def test_a_file_in_the_place_of_the_site_is_left_alone(site, settings):
    settings.site_dir.write_text("mine", encoding="utf-8")
    with pytest.raises(PortalError, match="a file stands"), site.lock_site(settings):
        pass


def test_search_entries_are_escaped_and_a_page_comes_before_its_parts(site):
    part = ("datasets/a/rows/#x", "5 < 6", "<i>one day</i>")
    page = Page("datasets/a/", "A & <b>", "", "", search_text="<script>", finds=(part,))
    pages = [page, Page("datasets/a/rows/", "Rows", "", "")]
    entries = site.search_entries(pages)
    assert [entry["location"] for entry in entries] == ["datasets/a/", "datasets/a/rows/", "datasets/a/rows/#x"]
    assert [entry["title"] for entry in entries] == ["A &amp; &lt;b&gt;", "Rows", "5 &lt; 6"]
    assert not any("<" in entry["text"] for entry in entries)
