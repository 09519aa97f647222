"""Put the finished site in the place of the published one, whole or not at all; one build at a time.

In:  a finished folder, and the settings that say where the site stands.
Out: the published folder. However a run ends, it or the next one clears what it made on the way.

On Linux the two folders are exchanged in one step (renameat2 with RENAME_EXCHANGE), so at no moment is the published
folder a mixture or missing. Elsewhere the old one is set aside first; if the build dies in that gap, the next run puts
it back before it does anything else. Nothing is ever copied into the published folder.
"""

from __future__ import annotations

import ctypes
import errno
import math
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from portal.errors import PortalError
from portal.settings import Settings, shown_path

RENAME_EXCHANGE, AT_FDCWD = 2, -100
MADE_BY_US = "checksums.txt"
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}  # the disk, the user's share of it, the longest file allowed
MOUNTED = {errno.EBUSY, errno.EXDEV}
MEGABYTE = 1_000_000
THEME = 5 * MEGABYTE  # what mkdocs writes for its theme, twice, before the rest is dropped


@contextmanager
def lock_site(settings: Settings) -> Iterator[None]:
    """One build at a time for one site; the lock goes with the process, whatever kills it."""
    check_place(settings.site_dir)
    with explain_disk(settings):
        settings.work_dir.mkdir(parents=True, exist_ok=True)
        with lock_file(settings).open("w") as handle:
            if not take_lock(handle.fileno()):
                raise PortalError(
                    "another build of this site is running", "Wait for it to end, or choose another folder with --site."
                )
            recover(settings)
            try:
                with explain_disk(settings):
                    yield
            finally:  # a build that was refused leaves nothing either
                clear(settings.work_dir)


def lock_file(settings: Settings) -> Path:
    return settings.work_dir.parent / f"{settings.site_dir.name}.lock"


def check_place(site: Path) -> None:
    """What stands there goes when the new site comes: so it must be a site of ours, or nothing."""
    if site.exists() and not site.is_dir():
        raise PortalError(
            "a file stands where the site should go", "Choose another folder with --site.", shown_path(site)
        )
    if site.is_dir() and any(site.iterdir()) and not (site / MADE_BY_US).is_file():
        raise PortalError(
            "the folder holds files that no build of ours has put there, and they would be deleted",
            "Choose another folder with --site, or empty this one.",
            shown_path(site),
        )


def take_lock(descriptor: int) -> bool:
    """False when another process has it. Raises OSError where the disk knows no locks."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def recover(settings: Settings) -> None:
    """A run that died between two renames left the site set aside: put it back, then clear what was half made."""
    old = settings.work_dir / "old"
    if old.exists() and not settings.site_dir.exists():
        old.rename(settings.site_dir)
    clear(settings.work_dir)


def clear(folder: Path) -> None:
    """Not everything may go at once: the mkdocs of a killed run may still be writing into a folder of its own."""
    for left in folder.iterdir() if folder.is_dir() else ():
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)


def publish(new: Path, settings: Settings) -> None:
    """Put the finished folder in the place of the published one."""
    site = settings.site_dir
    check_lock(settings)
    check_place(site)
    flush(new)
    if not site.exists():
        new.rename(site)
    elif exchange(new, site):
        shutil.rmtree(new, ignore_errors=True)
    else:
        replace(new, site, settings.work_dir)


def check_lock(settings: Settings) -> None:
    """Whoever deletes _build deletes parts of the new site, and lets a second build start."""
    if not lock_file(settings).exists():
        raise PortalError(
            "this folder was deleted while the build was at work in it",
            "Build again, and leave the folder alone until the build ends.",
            shown_path(settings.work_dir.parent),
        )


def flush(folder: Path) -> None:
    """Onto the disk before the names change, else a power cut could leave new names without contents.

    It also brings out what a disk only says late: that it is full, or broken. Raises OSError then.
    """
    call = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None) if sys.platform.startswith("linux") else None
    if call is None:
        if hasattr(os, "sync"):
            os.sync()
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        if call(descriptor) != 0:
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(folder))
    finally:
        os.close(descriptor)


def exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; False where the system cannot."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        call = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    return bool(call(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE) == 0)


def replace(new: Path, site: Path, work_dir: Path) -> None:
    """In two steps. `old` is only ever a whole site: what is being deleted is called something else."""
    old, gone = work_dir / "old", work_dir / "gone"
    site.rename(old)
    try:
        new.rename(site)
    except OSError:
        old.rename(site)
        raise
    old.rename(gone)
    shutil.rmtree(gone, ignore_errors=True)


@contextmanager
def explain_disk(settings: Settings) -> Iterator[None]:
    """Say which disk, and what to do: the error itself often names neither."""
    try:
        yield
    except OSError as error:
        check_lock(settings)
        # Not by its number alone: a folder copied in vain gives one error without number, about all of its files.
        if any(os.strerror(number) in str(error) for number in FULL):
            raise describe_full_disk(settings) from error
        if error.errno in MOUNTED:
            raise PortalError(
                "the folder is a disk of its own or part of an image, so it cannot be put in place in one step",
                "Name a folder inside it with --site, such as --site site/public.",
                shown_path(settings.site_dir),
            ) from error
        raise


def describe_full_disk(settings: Settings) -> PortalError:
    """A build needs room for a second site beside the first, and for what mkdocs reads and brings along."""
    room = next(folder for folder in (settings.work_dir, *settings.work_dir.parents) if folder.exists())
    written = size_of(settings.work_dir)  # it is cleared before anybody reads this
    whole = max(size_of(settings.site_dir), written) * 1.3 + THEME
    wanted = max(1, math.ceil((whole - written - shutil.disk_usage(room).free) / MEGABYTE))
    return PortalError(
        "the disk that holds this folder is full",
        f"Free about {wanted} MB on that disk, or name a folder on another with --site. Then build again.",
        shown_path(settings.work_dir.parent),
    )


def size_of(folder: Path) -> int:
    """What the files take on the disk."""
    return sum(blocks_of(os.path.join(place, name)) for place, _, names in os.walk(folder) for name in names)


def blocks_of(path: str) -> int:
    try:
        status = os.lstat(path)
    except OSError:  # gone since it was listed
        return 0
    return int(getattr(status, "st_blocks", status.st_size // 512 + 1)) * 512
