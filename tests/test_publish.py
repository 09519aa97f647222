"""The published folder is never a mixture: exchange, recovery, lock and full disk, on plain folders."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import pytest
from make import make_settings

from portal import publish
from portal.errors import PortalError


@pytest.fixture
def settings(tmp_path):
    """Of a portal whose run has begun: its lock stands."""
    made = make_settings(tmp_path)
    made.work_dir.mkdir(parents=True)
    publish.lock_file(made).touch()
    return made


def fill(folder, text):
    folder.mkdir(parents=True)
    (folder / "index.html").write_text(text, encoding="utf-8")
    (folder / "checksums.txt").write_text("", encoding="utf-8")  # by this a build knows its own
    return folder


def text_of(folder):
    return (folder / "index.html").read_text(encoding="utf-8")


def test_the_first_site_takes_its_place(settings):
    publish.publish(fill(settings.work_dir / "new", "first"), settings)
    assert text_of(settings.site_dir) == "first"


def test_a_new_site_takes_the_place_of_the_old_one_and_nothing_is_left(settings):
    (fill(settings.site_dir, "old") / "gone.html").write_text("old", encoding="utf-8")
    publish.publish(fill(settings.work_dir / "new", "new"), settings)
    assert text_of(settings.site_dir) == "new"
    assert sorted(os.listdir(settings.site_dir)) == ["checksums.txt", "index.html"]
    assert os.listdir(settings.work_dir) == []


def test_it_does_so_where_the_system_cannot_exchange_folders(settings, monkeypatch):
    monkeypatch.setattr(publish, "exchange", lambda *_: False)
    fill(settings.site_dir, "old")
    publish.publish(fill(settings.work_dir / "new", "new"), settings)
    assert (text_of(settings.site_dir), os.listdir(settings.work_dir)) == ("new", [])


def test_two_folders_are_exchanged_in_one_step(tmp_path):
    one, other = fill(tmp_path / "one", "1"), fill(tmp_path / "other", "2")
    if not publish.exchange(one, other):
        assert not sys.platform.startswith("linux")  # elsewhere two renames do it
        return
    assert (text_of(one), text_of(other)) == ("2", "1")


def test_a_kill_between_the_two_renames_is_recovered_by_the_next_run(settings):
    fill(settings.site_dir, "old").rename(settings.work_dir / "old")  # the run died here
    with publish.lock_site(settings):
        assert text_of(settings.site_dir) == "old"


def test_what_a_dead_run_left_half_made_is_cleared_and_the_site_stays(settings):
    fill(settings.site_dir, "published")
    fill(settings.work_dir / "new", "half")
    fill(settings.work_dir / "old", "older")
    publish.recover(settings)
    assert (text_of(settings.site_dir), os.listdir(settings.work_dir)) == ("published", [])


def test_a_second_build_is_refused_and_may_start_when_the_first_has_ended(settings):
    with publish.lock_site(settings), pytest.raises(PortalError, match="another build"), publish.lock_site(settings):
        pytest.fail("two builds at once")
    with publish.lock_site(settings):
        pass


def test_the_lock_goes_with_a_build_that_fails(settings):
    fill(settings.site_dir, "old")
    with pytest.raises(FileExistsError), publish.lock_site(settings):
        fill(settings.site_dir, "new")
    with publish.lock_site(settings):
        assert text_of(settings.site_dir) == "old"


def test_a_folder_of_somebody_else_is_never_replaced(settings):
    (fill(settings.site_dir, "mine") / "checksums.txt").unlink()
    with pytest.raises(PortalError, match="would be deleted"), publish.lock_site(settings):
        pass
    assert text_of(settings.site_dir) == "mine"


def test_a_file_in_the_place_of_the_site_is_left_alone(settings):
    settings.site_dir.write_text("mine", encoding="utf-8")
    with pytest.raises(PortalError, match="a file stands"), publish.lock_site(settings):
        pass


def test_what_a_build_made_is_cleared_when_it_is_refused_or_fails(settings):
    with publish.lock_site(settings):
        fill(settings.work_dir / "refused", "new")
    assert os.listdir(settings.work_dir) == []
    with pytest.raises(FileExistsError), publish.lock_site(settings):
        fill(fill(settings.work_dir / "failed", "new"), "again")
    assert os.listdir(settings.work_dir) == []


def test_a_link_that_a_dead_run_left_is_removed_and_what_it_leads_to_stays(settings, tmp_path):
    elsewhere = fill(tmp_path / "elsewhere", "mine")
    (settings.work_dir / "link").symlink_to(elsewhere)
    publish.clear(settings.work_dir)
    assert (os.listdir(settings.work_dir), text_of(elsewhere)) == ([], "mine")


def test_when_the_new_site_cannot_follow_the_old_one_comes_back_at_once(settings, monkeypatch):
    monkeypatch.setattr(publish, "exchange", lambda *_: False)
    fill(settings.site_dir, "old")
    with pytest.raises(FileNotFoundError):
        publish.replace(settings.work_dir / "missing", settings.site_dir, settings.work_dir)
    assert text_of(settings.site_dir) == "old"


def test_a_half_deleted_old_site_is_never_put_back(settings, monkeypatch):
    """A run that dies while it deletes the old site leaves parts of it, but none under the name that is put back."""
    fill(settings.site_dir, "old")
    monkeypatch.setattr(publish.shutil, "rmtree", lambda *_, **__: None)  # as if it died there
    publish.replace(fill(settings.work_dir / "new", "new"), settings.site_dir, settings.work_dir)
    assert (text_of(settings.site_dir), os.listdir(settings.work_dir)) == ("new", ["gone"])


def test_a_link_to_a_site_elsewhere_stays_a_link(tmp_path):
    from portal.settings import load_settings

    (tmp_path / "datasets").mkdir()
    fill(tmp_path / "www" / "real", "old")
    (tmp_path / "site").symlink_to(tmp_path / "www" / "real")
    settings = load_settings(tmp_path / "datasets", tmp_path / "site")
    with publish.lock_site(settings):
        publish.publish(fill(settings.work_dir / "new", "new"), settings)
    assert (tmp_path / "site").is_symlink()
    assert text_of(tmp_path / "www" / "real") == text_of(tmp_path / "site") == "new"


def test_a_build_whose_folder_was_deleted_meanwhile_publishes_nothing(settings):
    fill(settings.site_dir, "old")
    new = fill(settings.work_dir / "new", "new")
    publish.lock_file(settings).unlink()
    with pytest.raises(PortalError, match="was deleted while the build was at work"):
        publish.publish(new, settings)
    assert text_of(settings.site_dir) == "old"


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_named_with_how_much_to_free(settings, number):
    fill(settings.site_dir, "old")
    with pytest.raises(PortalError) as told, publish.lock_site(settings):
        raise OSError(number, os.strerror(number))  # as a write gives it: without a name
    assert told.value.message == "the disk that holds this folder is full"
    assert told.value.fix.startswith("Free about ")
    assert Path(told.value.path).name == "_build"
    assert text_of(settings.site_dir) == "old"


def test_a_disk_without_locks_is_not_called_another_build(settings, monkeypatch):
    import fcntl

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", refuse)
    with pytest.raises(OSError, match="locks"), publish.lock_site(settings):
        pass


def test_a_folder_copied_onto_a_full_disk_is_a_full_disk_too(settings):
    """copytree gives one error without a number, with every file in it."""
    with pytest.raises(PortalError, match="the disk that holds this folder is full"), publish.lock_site(settings):
        raise publish.shutil.Error([("a", "b", str(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))))])


def test_a_site_that_is_a_disk_of_its_own_is_not_called_a_fault_of_rights(settings):
    with pytest.raises(PortalError, match="a disk of its own"), publish.lock_site(settings):
        raise OSError(errno.EBUSY, os.strerror(errno.EBUSY), str(settings.site_dir))


def delete_and_read(settings):
    publish.lock_file(settings).unlink()
    (settings.work_dir / "gone" / "page.html").read_bytes()


def test_a_folder_deleted_in_the_middle_of_a_build_is_told_as_that(settings):
    with pytest.raises(PortalError, match="was deleted while"), publish.lock_site(settings):
        delete_and_read(settings)
