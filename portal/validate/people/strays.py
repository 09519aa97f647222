"""What lies in the datasets folder and is published nowhere.

In:  the folders that were read, and those that could not be.
Out: a warning for each file that no package lists, never with its content: a stranger's raw export may lie there. What
     cannot be read as a package is searched for personal data all the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from portal.model import Dataset, Portal, Problem
from portal.policy import STANDARD, Policy
from portal.privacy import withhold_path
from portal.settings import shown_path
from portal.validate.people.folder import ABOUT, OF_TOOLS, Text, find_files, find_texts, read_text
from portal.validate.people.personal import check_file_names, check_loose
from portal.validate.people.records import SHEET, check_header

FIX = (
    "Delete it, or list it under `resources` in datapackage.yaml if it is to be published. Whoever reads the "
    "repository can read it: look first whether it names anybody. If it does, the commit itself may have to be "
    "removed: CONTRIBUTING.md says how, under When something identifying was committed."
)


def check_unlisted(dataset: Dataset) -> Iterator[Problem]:
    """Only when the package has all the files that it lists: the stray may be the one that is missed."""
    entries = dataset.descriptor.get("resources")
    if not dataset.resources or not isinstance(entries, list) or len(dataset.resources) < len(entries):
        return
    for text in find_texts(dataset):
        if not text.listed:
            yield unlisted(text.path)


def unlisted(path: str) -> Problem:
    message = "no package lists this file: it is not published, but it is in the commit"
    return Problem("unlisted-file", message, withhold_path(path), fix=FIX, severity="warning")


def check_strays(root: Path, portal: Portal, only: tuple[Path, ...], policy: Policy = STANDARD) -> Iterator[Problem]:
    """Folders that could not be read as a package, and files beside the folders."""
    everything = (*portal.datasets, *((portal.reference_dataset,) if portal.reference_dataset else ()))
    read = {Path(dataset.folder).resolve() for dataset in everything}
    inside = [path for path in sorted(only or root.iterdir()) if path.is_dir() and not path.is_symlink()]
    for folder in (path for path in inside if path.resolve() not in read and path.name != ".git"):
        for path, _ in find_files(shown_path(folder)):
            yield from check_file(path, policy)
        yield from check_file_names(shown_path(folder), policy)
    for file in (path for path in sorted(root.iterdir()) if path.is_file() and not path.is_symlink() and not only):
        if file.name not in OF_TOOLS and not file.name.lower().startswith(ABOUT):
            yield unlisted(shown_path(file))
        yield from check_file(shown_path(file), policy)


def check_file(path: str, policy: Policy) -> Iterator[Problem]:
    yield from check_loose(Path(path), path, policy)
    if SHEET.search(path):
        yield from check_header(Text(path, read_text(Path(path))), policy)
