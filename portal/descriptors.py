"""Read datapackage.yaml, or datapackage.json, of one folder.

In:  the folder.
Out: a `Described`: the descriptor in the shape that everything else relies on, with the place of each entry. What does
     not fit is left out and told; a schema that stands in a file of its own is put where it belongs.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from portal.descriptorshape import SCHEMA, find_misfits, without
from portal.documents import Document, Unreadable, read_document
from portal.inside import Refused, read_inside
from portal.model import Problem

Places = dict[str, tuple[str, int, int]]  # dotted place -> path of the file, line, column
Problems = list[Problem]
TOLD = 50  # misfits; whoever has more has another kind of file
EVERYTHING = ("resources", "licenses")  # is refused with the whole
READ = (".yaml", ".yml", ".json")


@dataclass(frozen=True, slots=True)
class Described:
    """`refused`: the dotted places of what was left out, so that nobody calls it missing as well."""

    data: dict[str, Any]
    path: str
    places: Places
    refused: tuple[str, ...] = ()
    source: str = ""  # the file as it is written

    def problem(self, place: str, code: str, message: str, fix: str) -> Problem:
        path, line, column = self.at(place)
        return Problem(code, message, path, line, column, place.rpartition(".")[2], fix)

    @property
    def folder(self) -> str:
        return self.path.rpartition("/")[0]

    def at(self, place: str) -> tuple[str, int, int]:
        while place and place not in self.places:
            place = place.rpartition(".")[0]
        return self.places.get(place, (self.path, 1, 1))


def load_descriptor(folder: Path, name: str, shown: str, problems: Problems) -> Described | None:
    """`shown`: the file's path as the user would type it. None when nothing of it can be used."""
    document = load_document(folder, name, shown, problems)
    if document is None:
        return None
    if not isinstance(document.data, dict):
        what = "no names with values stand in the file"
        fix = "Start it with `name:`, `title:`, `licenses:` and `resources:`."
        problems.append(Problem("descriptor-unreadable", what, shown, 1, 1, fix=fix))
        return None
    places = {place: (shown, *at) for place, at in document.places.items()}
    described = with_schemas(folder, fit(document.data, places, shown, problems), problems)
    return replace(described, source=document.source)


def load_document(folder: Path, name: str, shown: str, problems: Problems) -> Document | None:
    try:
        document = read_document(read_inside(folder, name), name)
    except Refused as error:
        problems.append(Problem(error.code, error.what, shown, fix=error.fix))
        return None
    except Unreadable as error:
        message = f"the file cannot be read: {error.what}"
        problems.append(Problem("descriptor-unreadable", message, shown, error.line, error.column, fix=error.fix))
        return None
    for entry, line, column in document.twice:
        message = f'"{entry[:80]}" stands twice in one place; only the last would count'
        problems.append(
            Problem("duplicate-entry", message, shown, line, column, entry, "Keep one of the two and delete the other.")
        )
    return document


def fit(data: dict[str, Any], places: Places, path: str, problems: Problems) -> Described:
    """Without what is in the wrong shape, each told once. An entry that loses what it must have goes as well."""
    misfits = list(find_misfits(data))
    tell(Described(data, path, places), "", misfits, problems)
    if len(misfits) > TOLD:
        return Described({}, path, places, EVERYTHING)
    dotted: list[str] = []
    made = without(data, [])
    while misfits:
        refused = [place for place, _, _ in misfits]
        dotted += [".".join(map(str, place)) for place in refused]
        made, places = without(made, refused), shift(places, refused)
        misfits = list(find_misfits(made))
    return Described(one_path(made), path, places, tuple(dotted))


def tell(whole: Described, above: str, misfits: Iterable[tuple[tuple[str | int, ...], str, str]], to: Problems) -> None:
    for place, what, fix in list(misfits)[:TOLD]:
        dotted = ".".join(str(part) for part in place)
        at = f"{above}.{dotted}".strip(".")
        to.append(whole.problem(at, "descriptor-shape", f"{in_words(place)}: {what}", fix))


def in_words(place: Iterable[str | int]) -> str:
    """`resources.0.schema.fields.2` -> "resources, entry 1, schema, fields, entry 3": people count from one."""
    words = [part if isinstance(part, str) else f"entry {part + 1}" for part in place]
    return ", ".join(words) or "the file"


def one_path(data: dict[str, Any]) -> dict[str, Any]:
    """The standard lets a path stand in a list; a list of one is that one."""
    for entry in data.get("resources") or []:
        if isinstance(entry.get("path"), list) and len(entry["path"]) == 1:
            entry["path"] = entry["path"][0]
    return data


def shift(places: Places, removed: Iterable[tuple[str | int, ...]]) -> Places:
    """Where things stand once entries of lists were taken out: those after them have moved up by one."""
    for place in sorted((p for p in removed if p and isinstance(p[-1], int)), key=lambda p: (len(p), p[-1]))[::-1]:
        above = ".".join(str(part) for part in place[:-1])
        start, number = (f"{above}." if above else ""), int(place[-1])
        moved: Places = {}
        for name, at in places.items():
            index, dot, rest = name[len(start) :].partition(".") if name.startswith(start) else ("", "", "")
            if not index.isdigit() or int(index) < number:
                moved[name] = at
            elif int(index) > number:
                moved[f"{start}{int(index) - 1}{dot}{rest}"] = at
        places = moved
    return places


def with_schemas(folder: Path, described: Described, problems: Problems) -> Described:
    """A schema or a dialect that the descriptor names by its file is read from the folder, never from elsewhere."""
    places, refused = dict(described.places), list(described.refused)
    for number, entry in enumerate(described.data.get("resources") or []):
        for part in ("schema", "dialect"):
            if isinstance(entry.get(part), str):
                place = f"resources.{number}.{part}"
                data, found = load_part(folder, entry[part], place, described, problems)
                places |= found
                refused += [] if data is not None else [place]
                entry[part] = data or {}
    return Described(described.data, described.path, places, tuple(refused))


def load_part(
    folder: Path, name: str, place: str, described: Described, problems: Problems
) -> tuple[dict[str, Any] | None, Places]:
    shown = f"{described.folder}/{name}"
    named: Places = {f"{place}.(file)": (shown, 1, 1)}  # that the file belongs to the package, read or not
    try:
        if not name.endswith(READ) and "://" not in name:
            raise Refused("unsafe-path", f'"{name[:80]}" is neither YAML nor JSON', "Name a .yaml or .json file.")
        document = read_document(read_inside(folder, name), name)
    except Refused as error:
        problems.append(described.problem(place, error.code, error.what, error.fix))
        return None, named
    except Unreadable as error:
        message = f"the file cannot be read: {error.what}"
        problems.append(Problem("descriptor-unreadable", message, shown, error.line, error.column, fix=error.fix))
        return None, named
    own = Described({}, shown, {at: (shown, *position) for at, position in document.places.items()})
    misfits = list(find_misfits(document.data, SCHEMA if place.endswith("schema") else {"type": "object"}))
    tell(own, "", misfits, problems)
    if misfits:
        return None, named
    return document.data, named | {f"{place}.{at}".strip("."): where for at, where in own.places.items() if at}
