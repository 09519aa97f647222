"""Read one finished page, as far as a check needs to know it.

In:  an HTML file of the site.
Out: a `Reader`: ids, links, numbers with the rows they name, and faults that are seen on the way.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

from portal.verify.spoken import BINDERS, Listener

FETCHED = ("src", "href", "xlink:href", "data", "poster", "action", "formaction")
FETCHING = frozenset((*FETCHED, "srcset"))
WORKED = ("data-sums", "data-share", "data-days")  # worked out of a published file, or of two days
REFUSED = {"base", "iframe", "object", "embed", "frame", "applet"}
LEFTOVER = re.compile(r"@@portal:|<!--portal:|(?:href|src)=\"[^\" ]*_shell/")


class Reader(HTMLParser):
    """What a check needs to know of one page."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.leads: list[tuple[str, str]] = []  # (row that a number names, where its link leads)
        self.faults: list[tuple[str, str]] = []
        self.numbers: list[tuple[str, str]] = []  # (rows, text)
        self.blanks: list[str] = []  # rows that the page says are left blank
        self.verdicts: list[tuple[str, str]] = []  # (verdict, rows it was worked out from)
        self.counts: list[tuple[str, str, str]] = []  # (verdict, rows that are counted, text)
        self.claims: list[tuple[str, str, str, str]] = []  # (test, rows, rows it is looked for among, words)
        self.count = {"h1": 0, "title": 0}
        self.policy = ""
        self.metas: dict[str, Mapping[str, str]] = {}  # what the head says, by name
        self.spoken = Listener()
        self._number: tuple[str, list[str]] | None = None
        self._number_tag, self._inside_number = "", 0  # what binds it, and how many of these are open
        self._row = ""
        self._inside_svg = 0

    def updatepos(self, i: int, j: int) -> int:
        """No fault names a line of a page, so none are counted; it costs a tenth of the reading."""
        return j

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag in self.count and not (tag == "title" and self._inside_svg):
            self.count[tag] += 1
        if "id" in values:
            self.ids.append(values["id"])
        self.read_links(tag, values)
        self.read_faults(tag, values)
        self.read_number(tag, values)
        if tag == "svg":
            self._inside_svg += 1
        self.spoken.open(tag, values)

    def handle_endtag(self, tag: str) -> None:
        self.spoken.close(tag)
        if tag == "svg":
            self._inside_svg -= 1
        self._inside_number -= bool(self._number) and tag == self._number_tag
        if self._number and not self._inside_number:
            ids, text = self._number[0], "".join(self._number[1])
            if ids.startswith("claim:"):
                test, rows, among = ids.removeprefix("claim:").split("|")
                self.claims.append((test, rows, among, text))
            elif ids.startswith("verdict:"):
                verdict, _, counted = ids.removeprefix("verdict:").partition("|")
                self.counts.append((verdict, counted, text))
            else:
                self.numbers.append((ids, text))
            self._number = None

    def handle_data(self, data: str) -> None:
        self.spoken.say(data)
        if self._number:
            self._number[1].append(data)

    def read_links(self, tag: str, values: Mapping[str, str]) -> None:
        if tag in ("a", "area"):
            self.links += [values["href"]] if "href" in values else []
        elif tag == "link" and "canonical" in values.get("rel", "").lower().split():
            return
        elif not FETCHING.isdisjoint(values):
            fetched = [values[name] for name in FETCHED if name in values]
            fetched += [part.split()[0] for part in values.get("srcset", "").split(",") if part.strip()]
            self.links += [address for address in fetched if not address.startswith(("data:", "#"))]
            self.faults += [fault for address in fetched for fault in foreign(address)]
        if tag == "meta" and ("property" in values or "name" in values):
            self.metas.setdefault(values.get("property") or values["name"], values)
        if tag == "meta" and "http-equiv" in values:
            if values["http-equiv"].lower() == "content-security-policy":
                self.policy = values.get("content", "")
            else:
                self.faults.append(("redirect", f"<meta http-equiv={values['http-equiv']}> sends the reader elsewhere"))
        if tag in REFUSED or "ping" in values or "srcdoc" in values:
            self.faults.append(("foreign-request", f"<{tag}> has no place on these pages"))

    def read_faults(self, tag: str, values: Mapping[str, str]) -> None:
        if "style" in values or tag == "style":
            self.faults.append(("inline-style", f"<{tag}> carries a style of its own"))
        self.faults += [("inline-script", f"<{tag} {name}>") for name in values if name.startswith("on")]
        if (
            tag == "script"
            and "src" not in values
            and values.get("type") not in ("application/json", "application/ld+json")
        ):
            self.faults.append(("inline-script", "a script stands in the page"))
        if tag == "img" and "alt" not in values:
            self.faults.append(("no-alternative", f"the image {values.get('src', '')} has no alternative text"))

    def read_number(self, tag: str, values: Mapping[str, str]) -> None:
        if not values and not self._number:
            return
        if tag == "section" and "mc-row" in values.get("class", "").split():
            self._row = values.get("id", "")
        if tag == "a" and "mc-number" in values.get("class", "").split() and "href" in values:
            row = values.get("data-rows") or (values.get("data-cell", "").split("/") + [""] * 3)[2]
            self.leads += [(row, values["href"])] if row and " " not in row else []
        self.blanks += [values["data-blank"]] if "data-blank" in values else []
        if "data-verdict" in values:
            self.verdicts.append((values["data-verdict"], values.get("data-figures", "")))
        if self._number or tag not in BINDERS:  # what binds it stands around it
            self._inside_number += bool(self._number) and tag == self._number_tag
            return
        if "data-claim" in values:
            claim = (values["data-claim"], values.get("data-rows", ""), values.get("data-among", ""))
            self._number = (f"claim:{'|'.join(claim)}", [])
        elif "data-count" in values:
            self._number = (f"verdict:{values['data-count']}|{values.get('data-rows', '')}", [])
        elif "data-cell" in values:
            self._number = (f"cell:{values['data-cell']}", [])
        elif "data-tally" in values:
            self._number = (f"tally:{values['data-tally']}", [])
        elif worked := next((name for name in WORKED if name in values), ""):
            self._number = (f"{worked.removeprefix('data-')}:{values[worked]}", [])
        elif "data-rows" in values:
            self._number = (values["data-rows"], [])
        elif tag == "span" and "mc-row__number" in values.get("class", "").split():
            self._number = (self._row, [])
        elif {"mc-number", "mc-worked"} & set(values.get("class", "").split()) and "data-blank" not in values:
            self._number = ("", [])  # it wears the stitch and names no row
        self._number_tag, self._inside_number = tag, 1


def foreign(address: str) -> list[tuple[str, str]]:
    return [("foreign-request", f"{address} would be fetched from another host")] if urlsplit(address).netloc else []


def read_page(path: Path) -> Reader:
    reader = Reader()
    text = path.read_text(encoding="utf-8")
    reader.feed(text)
    reader.close()
    reader.faults += [("left-over", f'the mark "{found[0]}" is left over')] if (found := LEFTOVER.search(text)) else []
    return reader
