# ruff: noqa: E501
"""Damage a finished site in many places, one mistake each, and see that the build would have refused every one.

    python tests/damage_site.py SITE [DATASETS] [--date YYYY-MM-DD]

In:  a finished site, and the datasets and the date that it was built of.
Out: a line for each kind of damage with the message that names it, or NOT CAUGHT; exit 1 then.

The site is copied, each damage is made in it by itself in turn of rounds: a round holds damages of different files, and
a damage counts as caught only by a message about its own file (or about the file that holds its truth). What is
reported of the untouched copy counts for nothing.
"""

from __future__ import annotations

import argparse
import io
import re
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from portal.model import Problem  # noqa: E402
from portal.pipeline import check  # noqa: E402
from portal.policy import read_policy, rules_said  # noqa: E402
from portal.settings import load_settings  # noqa: E402
from portal.verify import check_site  # noqa: E402

PAGES = ("datasets/*/index.html",)
ROWS_PAGES = ("datasets/*/rows/index.html",)
MEASURES = ("measures/*/index.html",)
NUMBER = r'<a class="mc-number"[^>]*data-rows="[^" ]+"[^>]*>'


@dataclass(frozen=True, slots=True)
class Damage:
    """`pattern` with one group, which `change` makes into something else; the first fitting file is taken."""

    name: str
    files: tuple[str, ...]
    pattern: str
    change: Callable[[str], str]


def other_digit(text: str) -> str:
    """The first digit, one more: 9 becomes 8, so that the number keeps its length."""
    return re.sub(r"\d", lambda m: "8" if m[0] == "9" else str(int(m[0]) + 1), text, count=1)


def to(new: str) -> Callable[[str], str]:
    return lambda old: new


def opposite(text: str) -> str:
    pairs = {"rose": "fell", "fell": "rose", "higher": "lower", "lower": "higher", "fewer": "more", "more": "fewer",
             "above": "below", "below": "above", "met": "missed", "missed": "met"}  # fmt: skip
    return re.sub(rf"\b({'|'.join(pairs)})\b", lambda m: pairs[m[1]], text, count=1)


DAMAGES = (
    Damage("a number in a sentence", PAGES, rf"<li><strong>[^<]*</strong>[^<]*{NUMBER}([^<]*\d[^<]*)</a>", other_digit),
    Damage("a number in a table cell", PAGES, rf"<td[^>]*>{NUMBER}([^<]*\d[^<]*)</a>", other_digit),
    Damage("a plain number put beside a bound one", PAGES, r"<td[^>]*>(<a )", to("77 <a ")),
    Damage("the head of a table's line", PAGES, r'<th scope="row">([^<]*\d{4})', other_digit),
    Damage("the head of a table's column", PAGES, r'<th scope="col"[^>]*>([^<]*(?:19|20)\d\d)', other_digit),
    Damage("a caption of a table", PAGES, r"<caption[^>]*>([^<]*)", to("A table of 77 rows")),
    Damage("a heading", PAGES, r"<h2[^>]*>([^<]*)", to("All 77 of them")),
    Damage("the title of a chart", PAGES, r"<figcaption[^>]*>.*?<(?:h3|p|strong)[^>]*>([^<]*)", to("77 children")),
    Damage("the name of a drawing", PAGES, r'<svg[^>]*aria-label="([^"]*\d[^"]*)"[^>]*data-alt=', other_digit),
    Damage("the name of one of two drawings", PAGES, r'aria-label="([^"]* (?:rose|fell) [^"]*)"', opposite),
    Damage("a chart told in words", PAGES, r"<p data-alt-rows=[^>]*>([^<]*\d[^<]*)", other_digit),
    Damage("the way of a chart told in words", PAGES, r"<p data-alt-rows=[^>]*>([^<]*\b(?:rose|fell)\b[^<]*)", opposite),
    Damage("a label in a drawing", PAGES, r"<text[^>]*>(\d[\d,]*)</text>", other_digit),
    Damage("the description of a page", PAGES, r'<meta name="description" content="([^"]*)"', to("There were 77 children.")),
    Damage("the title of a page", MEASURES, r"<title>([^<]*)", to("77 children")),
    Damage("a claim turned round", PAGES, r"data-claim=[^>]*>([^<]*\b(?:rose|fell|higher|lower|fewer|more|met|missed|above|below)\b[^<]*)", opposite),
    Damage("the rows of a claim", PAGES, r'data-claim="[^"]*"[^>]*data-rows="([^"]*)"', lambda t: " ".join(reversed(t.split())) if " " in t else "nobody"),
    Damage("the sum that was worked out", PAGES, r'class="mc-worked"[^>]*data-rows="[^" ]+ [^"]+"[^>]*>([^<]*)', other_digit),
    Damage("the way of a difference", PAGES, r'class="mc-worked"[^>]*data-rows="[^" ]+ [^"]+"[^>]*>([^<]*(?:fewer|more|higher|lower))', opposite),
    Damage("a count of a list", ("*/index.html",), r'data-tally="[^"]*"[^>]*>(\d[^<]*)', other_digit),
    Damage("a share", ("*/index.html",), r'data-share="[^"]*"[^>]*>([^<]*\d[^<]*)', other_digit),
    Damage("a count of days", ("*/index.html",), r'data-days="[^"]*"[^>]*>([^<]*\d[^<]*)', other_digit),
    Damage("a day that newer figures are due", ("status/index.html",), r"(\d{1,2} [A-Z][a-z]+ 20\d\d)", to("17 May 2031")),
    Damage("an age", PAGES, r"(\w+) years? and \w+ months? (?:before|old)", to("nine")),
    Damage("a card on the home page", ("index.html",), rf"{NUMBER}([^<]*\d[^<]*)</a>", other_digit),
    Damage("a number of the scorecard page", ("scorecard/index.html",), rf"{NUMBER}([^<]*\d[^<]*)</a>", other_digit),
    Damage("a verdict of the scorecard page", ("scorecard/index.html",), r'data-verdict="(meets|misses)"', lambda t: "misses" if t == "meets" else "meets"),
    Damage("a promise's status", ("promises/index.html",), r"</svg>(A paper shows it done|[A-Z][^<]*)</span>", to("Reached, all 77 of them")),
    Damage("a promise's status, in words alone", ("promises/index.html",), r'class="mc-promise__status [^"]*">.*?</svg>\s*([A-Z][^<]*)<', to("No later figure or paper")),
    Damage("a number of a measure's page", MEASURES, rf"<td[^>]*>{NUMBER}([^<]*\d[^<]*)</a>", other_digit),
    Damage("a date of a measure's page", MEASURES, r"<tr><th[^>]*>([^<]*(?:19|20)\d\d)", other_digit),
    Damage("the number over a row", ROWS_PAGES, r'class="mc-row__number">([^<]*\d[^<]*)', other_digit),
    Damage("the date over a row", ROWS_PAGES, r'class="mc-row__date">(\d[^<]*20\d\d)', other_digit),
    Damage("the measure over a row", ROWS_PAGES, r'class="mc-row__label"><a[^>]*>([^<]*)', to("Something else")),
    Damage("the printed token", ROWS_PAGES, r"<mark[^>]*>([^<]*\d[^<]*)</mark>", other_digit),
    Damage("the paragraph of a row", ROWS_PAGES, r"The place in it</p><p>([^<]*\d[^<]*)", other_digit),
    Damage("the document of a row", ROWS_PAGES, r'The document</p><p><a href="[^"#]*#([^"]*)"', to("nothing")),
    Damage("a cell of the row in full", ROWS_PAGES, r"<dt>Value<dd>(\d[^<]*)", other_digit),
    Damage("a name in the row in full", ROWS_PAGES, r"<dt>(Value)<dd>", to("Lower end")),
    Damage("the line of a row", ROWS_PAGES, r"Line (\d+) of", other_digit),
    Damage("the sum of its file", ROWS_PAGES, r"fingerprint <code>(\w+)", lambda t: t[::-1]),
    Damage("the version of its file", ROWS_PAGES, r", version ([\d.]+),", other_digit),
    Damage("a row's own address", ROWS_PAGES, r'<section class="mc-row" id="([^"]*)"', to("elsewhere")),
    Damage("the address to cite", ROWS_PAGES, r'Cite as <a href="#[^"]*">(#[^<]*)', to("#elsewhere")),
    Damage("a link to another row", PAGES, r'<a class="mc-number" href="([^"]*)" data-rows=', lambda t: t.partition("#")[0] + "#top"),
    Damage("a link to another row of equal value", ("datasets/looked-after-children/index.html",), "", to("")),
    Damage("data-rows of another row of equal value", ("datasets/looked-after-children/index.html",), "", to("")),
    Damage("a blank filled in", PAGES, r'data-rows="[^" ]+">(\[\w+\])</a>', to("0")),
    Damage("why there is no number", PAGES, r'\]</a> <span class="mc-kind">([^<]*)', to("confidential")),
    Damage("a cell of a package's file", ("data/*/*.csv",), r",(\d+),exact,", other_digit),
    Damage("a cell of observations.csv", ("data/observations.csv",), r",(\d+),exact,", other_digit),
    Damage("a cell of scorecard.csv", ("data/scorecard.csv",), r",(\d+),", other_digit),
    Damage("a status of promises.csv", ("data/promises.csv",), r",(done|not-due|papers-end|reached),", to("cannot")),
    Damage("a field of a data package", ("data/*/datapackage.json",), r'"title": ?"([^"]*)"', to("Something else")),
    Damage("the hash in a data package", ("data/*/datapackage.json",), r"sha256:(\w+)", lambda t: t[::-1]),
    Damage("a member of a zip", ("data/*.zip",), "", to("")),
    Damage("a drawing that can be downloaded", ("data/*/charts/*.svg",), r">(\d[\d,]*)</text>", other_digit),
    Damage("a line of the checksums", ("checksums.txt",), r"^(\w+)  data", lambda t: t[::-1]),
    Damage("a number that the search finds", ("search/n*.json",), r'":\[\["(\d[\d,]*)"', other_digit),
    Damage("a figure that the search shows", ("search/d*.json",), r'"measure","[^"]*","(\d[\d,]*)"', other_digit),
    Damage("a figure that the search shows of a page", ("search/d*.json",), r'"dataset","[^"]*","(\d[\d,]*)"', other_digit),
    Damage("a figure of another place that the search shows", ("search/d*.json",), r'\[\[\d+,"(\d[\d,]*)"', other_digit),
    Damage("a unit that the search shows", ("search/d*.json",), r'"lac-[^"]*","(children)"', to("homes")),
    Damage("a date that the search shows", ("search/d*.json",), r'"measure","[^"]*","\d[^"]*","([^"]*?20\d\d),', other_digit),
    Damage("a page left out of the list of pages", ("sitemap.xml",), r"(<url>.*?</url>\n)", to("")),
    Damage("a number typed on the page of a missing address", ("404.html",), r"<h1[^>]*>([^<]*)", to("77 pages")),
    Damage("a number of what is not published", ("not-published/index.html",), r'data-(?:tally|share|rows)="[^"]*"[^>]*>([^<]*\d[^<]*)', other_digit),
    Damage("a number of the timeline", ("timeline/index.html",), r'<p class="mc-moment__text">([A-Z][^<]*)', to("In all, 77 came.")),
    Damage("a download that is lost", ("data/*/charts/*.png",), "", to("")),
    Damage("a download that nobody made", ("data/more.csv",), "", to("")),
)  # fmt: skip


# A link that is broken may be the fault of another damage of the round, unless the damage is one to what links lead to.
LEADS = {"the document of a row", "a row's own address", "a link to another row"}


def files_of(site: Path, damage: Damage) -> Iterator[Path]:
    for pattern in damage.files:
        yield from sorted(site.glob(pattern))


def make(site: Path, damage: Damage, taken: set[Path]) -> tuple[str, bytes | None] | None:
    """Does it in the first file of its kind that fits and is whole. Gives the file and what it held; None: no place."""
    if damage.name == "a download that nobody made":
        (site / "data/more.csv").write_text("id\na\n", encoding="utf-8")
        return "data/more.csv", None
    for path in files_of(site, damage):
        if path in taken:
            continue
        content = path.read_bytes()
        new = spoil(content, damage)
        if new is not None and new != content:
            path.write_bytes(new) if new else path.unlink()
            taken.add(path)
            return path.relative_to(site).as_posix(), content
    return None


def spoil(content: bytes, damage: Damage) -> bytes | None:
    if damage.name == "a member of a zip":
        return rezip(content)
    if damage.name == "a download that is lost":
        return b""
    text = content.decode("utf-8")
    if "equal value" in damage.name:
        return equal_rows(text, "href" if damage.name.startswith("a link") else "data-rows")
    found = re.search(damage.pattern, text, re.DOTALL | re.MULTILINE)
    if not found:
        return None
    return (text[: found.start(1)] + damage.change(found[1]) + text[found.end(1) :]).encode()


def rezip(content: bytes) -> bytes:
    old, new = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(new, "w") as archive:
        for member in old.infolist():
            held = old.read(member)
            csv = member.filename.endswith(".csv")
            archive.writestr(member, other_digit(held.decode("utf-8-sig")).encode() if csv else held)
    return new.getvalue()


def equal_rows(text: str, attribute: str) -> bytes | None:
    """A number that another row says as well: its link, or the row it names, becomes the other's."""
    seen: dict[str, tuple[str, str]] = {}
    for found in re.finditer(r'<a class="mc-number" href="([^"]*)" data-rows="([^" ]*)">([^<]*\d[^<]*)</a>', text):
        href, row, number = found.groups()
        if number in seen and seen[number][1] != row:
            other = seen[number]
            new = (
                found[0].replace(href, other[0])
                if attribute == "href"
                else found[0].replace(f'"{row}"', f'"{other[1]}"')
            )
            return (text[: found.start()] + new + text[found.end() :]).encode()
        seen.setdefault(number, (href, row))
    return None


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("site", type=Path)
    parser.add_argument("datasets", nargs="?", type=Path, default=ROOT / "datasets")
    parser.add_argument("--date", type=date.fromisoformat, default=date(2026, 11, 22))
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        shutil.copytree(given.site, site)
        settings = load_settings(given.datasets, Path(folder) / "none", given.date)
        portal, warnings = check(settings)
        rules = rules_said(read_policy(settings.facts))

        def look() -> list[Problem]:
            return list(check_site(site, portal, given.date, rules, warnings))

        before = {told(p) for p in look()}
        print(f"{len(before)} messages about the untouched site")
        missed = sum(not caught for caught in try_all(site, look, before))
    print(f"{len(DAMAGES) - missed} of {len(DAMAGES)} kinds of damage caught")
    return 1 if missed else 0


def told(problem: Problem) -> str:
    return f"{problem.code} {problem.path.removeprefix('site/')}: {problem.message}"


def try_all(site: Path, look: Callable[[], list[Problem]], before: set[str]) -> Iterator[bool]:
    """Rounds of damages in different files; a file that two damages share waits for the next round."""
    left = list(DAMAGES)
    while left:
        taken: set[Path] = set()
        made = [(damage, make(site, damage, taken)) for damage in left]
        now = [(damage, done) for damage, done in made if done]
        problems = [p for p in look() if told(p) not in before] if now else []
        for damage, (file, _) in now:
            # A page that is spoilt is told of by its own name; of a download the checksums may tell first.
            ours = [p for p in problems if p.path.removeprefix("site/") == file]
            own = next((p for p in ours if p.code != "broken-link" or damage.name in LEADS), None)
            print(
                f"{'caught' if own else 'NOT CAUGHT':10} {damage.name} ({file}){': ' + told(own)[:150] if own else ''}"
            )
            yield own is not None
        for _, (file, content) in now:
            path = site / file
            path.unlink(missing_ok=True) if content is None else path.write_bytes(content)
        waiting = [damage for damage, done in made if not done]
        if len(waiting) == len(left):
            for damage in waiting:
                print(f"NO PLACE   {damage.name}")
                yield False
            return
        left = waiting


if __name__ == "__main__":
    sys.exit(main())
