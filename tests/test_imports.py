"""Who may import whom. If it hurts, talk before widening it.

cli -> pipeline -> load -> validate -> figures, charts -> pages, downloads -> site -> verify
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PORTAL = ROOT / "portal"

# A module of portal/ -> the other modules of portal/ that it may import. A package counts as one module.
MAY_IMPORT = {
    "spec": set(),
    "model": {"spec"},
    "made": {"model", "spec"},
    "addresses": set(),
    "csvfile": set(),
    "folding": set(),
    "identifiers": {"folding"},
    "errors": set(),
    "arithmetic": {"made", "model", "observations", "spec"},
    "registers": {"model", "spec"},
    "makers": {"model", "registers"},
    "papers": {"model", "observations"},
    "promises": {"papers", "makers", "model", "observations", "registers"},
    "timeline": {"papers", "model", "observations", "registers"},
    "policy": set(),
    "printed": set(),
    "nofigures": set(),
    "quantities": {"disguise", "nofigures"},
    "disguise": set(),
    "privacy": {"identifiers", "model"},
    "comparability": {"model", "registers", "spec"},
    "opposites": {"model"},
    "formats": {"model"},
    "scorecard": {"formats", "model"},
    "across": {"comparability", "model", "promises", "scorecard"},
    "documents": set(),
    "inside": set(),
    "descriptorshape": set(),
    "descriptors": {"descriptorshape", "documents", "inside", "model"},
    "settings": {"documents", "errors", "inside", "model"},
    "observations": {"model"},
    "pageschema": set(),
    "pagedisclosure": {"model", "spec"},
    "pagespec": {"documents", "model", "pagedisclosure", "pageschema", "spec"},
    "resources": {"csvfile", "descriptors", "inside", "model"},
    "load": {"descriptors", "inside", "model", "observations", "pagespec", "resources", "settings", "spec"},
    "validate": {
        *("across", "addresses", "comparability", "errors", "formats", "made", "model"),
        *("observations", "policy", "printed", "privacy", "registers", "scorecard", "spec", "timeline"),
    },
    "figures": {"errors", "formats", "made", "model", "spec"},
    "charts": {"comparability", "errors", "formats", "made", "model", "scorecard", "spec"},
    "pages": {
        *("across", "addresses", "comparability", "errors", "formats", "made", "model", "observations"),
        *("opposites", "papers", "registers", "scorecard", "settings", "spec", "timeline"),
    },
    "views": {"made", "model", "promises", "scorecard"},
    "downloads": {"formats", "made", "model", "views"},
    "shell": {"errors"},
    "lean": set(),
    "site": {"errors", "lean", "made", "model", "settings", "shell"},
    "publish": {"errors", "settings"},
    "verify": {"errors", "model", "registers", "spec"},
    "report": {"model"},
    "serve": {"errors"},
    "cli": {"errors", "made", "model", "pipeline", "report", "serve", "settings"},
}
for room in ("validate", "pages"):  # they speak of promises
    MAY_IMPORT[room] |= {"makers", "promises"}
MAY_IMPORT["validate"] |= {"csvfile"}
MAY_IMPORT["validate"] |= {"arithmetic"}  # a declared check can give a hidden figure away
MAY_IMPORT["pages"] |= {"policy", "privacy"}  # how small is small, and what a warning does not repeat
MAY_IMPORT["validate"] |= {"folding", "identifiers", "settings"}  # what lies in a folder, as the user would type it
for room in ("cli", "load", "pagespec", "resources", "verify"):  # nothing quotes a cell by itself
    MAY_IMPORT[room] |= {"privacy"}
MAY_IMPORT["promises"] |= {"comparability"}  # what is never compared decides nothing
MAY_IMPORT["sentences"] = set()
MAY_IMPORT["verify"] |= {"arithmetic", "nofigures", "quantities"}  # it does the sums again, and reads every number
for room in ("comparability", "validate", "pages"):  # they read what page.yaml says
    MAY_IMPORT[room] |= {"sentences"}
MAY_IMPORT["claims"] = {"comparability", "formats", "model", "privacy", "quantities", "spec"}
for room in ("validate", "pages"):  # words that judge are tested, and printed
    MAY_IMPORT[room] |= {"claims"}
MAY_IMPORT["siteconfig"] = {"addresses"}
for room in ("shell", "validate"):  # what mkdocs.yml may say
    MAY_IMPORT[room] |= {"siteconfig"}
MAY_IMPORT["freshness"] = {"model", "observations"}
for room in ("validate", "pages"):  # when the next figure is due
    MAY_IMPORT[room] |= {"freshness"}
MAY_IMPORT["gaps"] = {"freshness", "model"}
MAY_IMPORT["pages"] |= {"gaps"}
MAY_IMPORT["validate"] |= {"quantities"}  # no number is typed into a text
MAY_IMPORT["verify"] |= {"spec"}  # which rows page.yaml puts under which label
MAY_IMPORT["reading"] = set()
MAY_IMPORT["validate"] |= {"reading"}  # how hard a page may be to read
MAY_IMPORT["young"] = set()
MAY_IMPORT["rounding"] = set()
MAY_IMPORT["youngfiles"] = {"documents", "inside", "model", "pagespec", "settings", "young"}
MAY_IMPORT["model"] |= {"young"}
MAY_IMPORT["load"] |= {"youngfiles"}
MAY_IMPORT["figures"] |= {"rounding"}  # about 4 in every 10
MAY_IMPORT["validate"] |= {"rounding", "young"}
MAY_IMPORT["pages"] |= {"young"}
MAY_IMPORT["runtime"] = {"errors", "made"}  # what draws the interactive view
MAY_IMPORT["sharing"] = {"addresses", "charts", "made", "model", "quantities", "registers", "young"}
MAY_IMPORT["searching"] = {"formats", "made", "model", "pages"}  # pages: the places of words explained
MAY_IMPORT["site"] |= {"addresses", "formats", "sharing"}  # what the head of a page says of it
MAY_IMPORT["pipeline"] = set(MAY_IMPORT) - {"cli", "report"}

# A package of others -> the only modules that may import it.
HOMES = {
    "frictionless": {"validate"},
    "pydantic_core": {"verify"},
    "altair": {"charts"},
    "vl_convert": {"charts"},
    "jinja2": {"pages"},
    "markdown": {"pages"},
    "mkdocs": {"shell"},
    "regex": {"validate"},
    "tinycss2": {"lean"},
    "click": {"cli", "report"},
    "rich": {"cli", "report"},
}

LINES_ALLOWED = 260  # the aim is 250


def sources() -> list[Path]:
    return sorted(path for path in PORTAL.rglob("*.py") if path != PORTAL / "__init__.py")


def dotted(path: Path) -> tuple[str, ...]:
    """portal/validate/file.py -> ("portal", "validate", "file")"""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return parts[:-1] if parts[-1] == "__init__" else parts


def room(path: Path) -> str:
    """The module of portal/ that a file belongs to."""
    return dotted(path)[1]


def imported(code: str, package: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Every dotted name that the code imports, however it is written and wherever it stands.

    `package` is where relative imports start from.
    """
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            yield from (tuple(name.name.split(".")) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else ()
            stem = start + tuple((node.module or "").split(".") if node.module else ())
            yield from ((*stem, name.name) for name in node.names)


def imports_of(path: Path) -> set[tuple[str, ...]]:
    package = dotted(path) if path.name == "__init__.py" else dotted(path)[:-1]
    return set(imported(path.read_text(encoding="utf-8"), package))


def rooms() -> set[str]:
    return {room(path) for path in sources()}


def show(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_every_module_is_in_the_table():
    missing = rooms() - set(MAY_IMPORT)
    assert not missing, f"add to MAY_IMPORT what these may import: {', '.join(sorted(missing))}"


@pytest.mark.parametrize("path", sources(), ids=show)
def test_a_module_imports_only_what_the_table_allows(path):
    wanted = {name[1] for name in imports_of(path) if name[0] == "portal" and len(name) > 1 and name[1] in rooms()}
    refused = wanted - MAY_IMPORT.get(room(path), set()) - {room(path)}
    assert not refused, f"{show(path)} may not import {', '.join(sorted(refused))}"


@pytest.mark.parametrize("path", sources(), ids=show)
def test_a_package_of_others_is_imported_in_its_home_only(path):
    wanted = {name[0] for name in imports_of(path)}
    strays = {package for package in wanted & set(HOMES) if room(path) not in HOMES[package]}
    assert not strays, f"{show(path)} imports {', '.join(sorted(strays))}, at home in another module"


@pytest.mark.parametrize("path", sources(), ids=show)
def test_a_module_is_short_enough_to_read(path):
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= LINES_ALLOWED, f"{show(path)} has {lines} lines; split it where a newcomer would guess"


def test_nothing_imports_the_door():
    files = [*sources(), *sorted((ROOT / "tests").rglob("*.py"))]
    guilty = [show(path) for path in files if "build" in {name[0] for name in imports_of(path)}]
    assert not guilty, f"build.py is only a door, and is imported by {', '.join(guilty)}"


def test_the_table_leads_one_way():
    """No two modules may import each other, however long the way round."""
    open_ways = {name: set(targets) for name, targets in MAY_IMPORT.items()}
    while leaves := [name for name, targets in open_ways.items() if not targets]:
        for leaf in leaves:
            del open_ways[leaf]
        for targets in open_ways.values():
            targets.difference_update(leaves)
    assert not open_ways, f"a circle among {', '.join(sorted(open_ways))}"


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("import portal.model", "portal.model"),
        ("import portal.model as m", "portal.model"),
        ("from portal import model", "portal.model"),
        ("from portal.model import Dataset", "portal.model.Dataset"),
        ("from . import table", "portal.validate.table"),
        ("from .table import check", "portal.validate.table.check"),
        ("from .. import model", "portal.model"),
        ("from ..model import Dataset", "portal.model.Dataset"),
        ("def late():\n    import altair as alt", "altair"),
        ("if TYPE_CHECKING:\n    from rich.console import Console", "rich.console.Console"),
    ],
)
def test_an_import_is_seen_however_it_is_written(code, name):
    assert list(imported(code, package=("portal", "validate"))) == [tuple(name.split("."))]
