"""One stylesheet for the whole site: the theme's and ours, without what no page can show.

In:  the texts of the stylesheets in the order in which they count, and what the finished pages and our scripts name.
Out: one text, with nothing in it that only a reader of the source needs.

The theme dresses pages of all kinds, and two thirds of its rules are for parts that this portal does not have. A rule
stays when each class, element, id and attribute of one of its selectors is named somewhere: in a page, or in a script
of ours, which may add it later. So nothing is guessed from how a page looks, and a class that a page begins to use
brings its rules with it in the same build.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import tinycss2

LATER_PAIRS = {("data-md-color-scheme", "slate"), ("data-md-color-scheme", "default")}
VALUED = ("dir", "data-md-color-scheme", "data-md-color-primary", "data-md-color-accent")  # their values are known

TAG = re.compile(r"<([a-zA-Z][\w-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>")
ATTRIBUTE = re.compile(r"([a-zA-Z][\w:-]*)(?:=(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
WORD = re.compile(r"[A-Za-z][\w-]*")
PROPERTY = re.compile(r"--[\w-]+")
STARTED = re.compile(r"(?<![\w-])(-?-?[A-Za-z][\w-]*[-_])\$\{")  # a script fills the rest in: --mc-${one.style}
READ = re.compile(r"var\(\s*(--[\w-]+)")


@dataclass(frozen=True, slots=True)
class Named:
    """What pages and scripts name. Words of a script count as anything: it may make a class or an element of them."""

    words: set[str] = field(default_factory=set)  # elements, classes, ids and attributes, without regard to which
    pairs: set[tuple[str, str]] = field(default_factory=set)  # of the attributes in VALUED
    properties: set[str] = field(default_factory=set)  # --names in attributes and scripts
    starts: set[str] = field(default_factory=set)  # of words and --names


def find_named(pages: Iterable[str], scripts: Iterable[str]) -> Named:
    named = Named({"html", "body", "tbody", "root"}, set(LATER_PAIRS))  # a browser makes these where a page has none
    seen: set[tuple[str, str]] = set()
    for page in pages:
        for tag in TAG.finditer(page):
            if (tag[1], tag[2]) not in seen:
                seen.add((tag[1], tag[2]))
                note_tag(named, tag[1], tag[2])
    for script in scripts:
        named.words.update(WORD.findall(script))
        named.properties.update(PROPERTY.findall(script))
        named.starts.update(STARTED.findall(script))
    return named


def note_tag(named: Named, tag: str, attributes: str) -> None:
    named.words.update((tag, tag.lower()))
    for found in ATTRIBUTE.finditer(attributes):
        name, value = found[1].lower(), found[2] or found[3] or found[4] or ""
        named.words.update((name, found[1]))
        if name in ("class", "id"):
            named.words.update(value.split())
        elif name in VALUED:
            named.pairs.add((name, value))
        elif "--" in value:
            named.properties.update(PROPERTY.findall(value))


def make_lean(styles: Iterable[str], named: Named) -> str:
    """The stylesheets as one, in their order, without rules and properties that nothing can use."""
    rules = [rule for style in styles for rule in tinycss2.parse_stylesheet(style, True, True)]
    read: set[str] | None = None
    while True:
        text = "".join(keep_rules(rules, named, read))
        now = set(READ.findall(text)) | named.properties
        if read == now:  # a property may be read by one that nothing reads
            return drop_unmoved(text) + "\n"
        read = now


def keep_rules(rules: Iterable[Any], named: Named, read: set[str] | None = None) -> Iterator[str]:
    """`read`: the custom properties that something reads; most of the others hold a picture nobody sees."""
    for rule in rules:
        if rule.type == "qualified-rule":
            selectors = [s for s in split_selectors(rule.prelude) if can_match(s, named)]
            body = write_body(rule.content, named, read)
            if selectors and body:
                yield f"{','.join(write(s) for s in selectors)}{{{body}}}"
        elif rule.type == "at-rule" and rule.content is None:
            yield f"@{rule.at_keyword} {write(rule.prelude)};"
        elif rule.type == "at-rule" and rule.lower_at_keyword in ("media", "supports", "layer", "container"):
            inner = "".join(keep_rules(tinycss2.parse_rule_list(rule.content, True, True), named, read))
            if inner:
                yield f"@{rule.at_keyword} {write(rule.prelude)}{{{inner}}}"
        elif rule.type == "at-rule":  # keyframes, page, property: as they stand
            yield f"@{rule.at_keyword} {write(rule.prelude)}".rstrip() + f"{{{write(rule.content)}}}"


def split_selectors(prelude: Sequence[Any]) -> list[list[Any]]:
    found: list[list[Any]] = [[]]
    for token in prelude:
        if token.type == "literal" and token.value == ",":
            found.append([])
        else:
            found[-1].append(token)
    return found


def can_match(selector: Sequence[Any], named: Named) -> bool:
    """Whether all it asks for is named somewhere. What stands in :not(), :is() or :has() is not asked for."""
    before = ""
    for token in selector:
        if token.type == "ident" and before != ":":
            if not is_named(token.value, named):
                return False
        elif (token.type == "hash" and not is_named(token.value, named)) or (
            token.type == "[] block" and not has_attribute(token.content, named)
        ):
            return False
        before = token.value if token.type == "literal" else ""
    return True


def is_named(word: str, named: Named) -> bool:
    return word in named.words or word.startswith(tuple(named.starts))


def has_attribute(tokens: Sequence[Any], named: Named) -> bool:
    parts = [token for token in tokens if token.type != "whitespace"]
    if not parts or parts[0].type != "ident":
        return True
    name = parts[0].value
    if len(parts) == 3 and name in VALUED and parts[1].value == "=":
        return (name, parts[2].value) in named.pairs
    return is_named(name, named)


def write_body(content: Sequence[Any], named: Named, read: set[str] | None = None) -> str:
    parts = []
    for part in tinycss2.parse_blocks_contents(content, True, True):
        if part.type == "declaration" and read is not None and is_unread(part.name, named, read):
            continue
        if part.type == "declaration":
            parts.append(f"{part.name}:{write(part.value) or ' '}{'!important' if part.important else ''}")
        elif part.type != "error":  # rules within rules stay as they are
            parts.append(write([part]))
    return ";".join(parts)


def is_unread(name: str, named: Named, read: set[str]) -> bool:
    return name.startswith("--") and name not in read and not name.startswith(tuple(named.starts))


def write(tokens: Sequence[Any]) -> str:
    """The tokens without comments, and without blanks that say nothing."""
    parts: list[str] = []
    for token in tokens:
        if token.type == "comment":
            continue
        text = " " if token.type == "whitespace" else token.serialize()
        if text == " " and (not parts or parts[-1] in (" ", ",", "{", "}", ";")):
            continue
        if text in (",", ";", "{", "}") and parts and parts[-1] == " ":
            parts.pop()
        parts.append(text)
    return "".join(parts).strip()


KEYFRAMES = re.compile(r"@(?:-webkit-)?keyframes ([\w-]+)\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")


def drop_unmoved(text: str) -> str:
    """Without the movements that no rule asks for."""
    rest = KEYFRAMES.sub("", text)
    used = set(WORD.findall(" ".join(re.findall(r"animation(?:-name)?:([^;}]*)", rest))))
    return KEYFRAMES.sub(lambda found: found[0] if found[1] in used else "", text)
