"""Read YAML without being led astray: no tags, no growth, no depth, no dates made of text.

The parser hands over one event after another; the values are put together here, on a stack of our own. So depth and
size are known before anything is built, and each value knows where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import yaml

from portal.documents.bounds import LONGEST_NUMBER, MOST, Document, Unreadable, check_depth, check_string
from portal.documents.yamlwords import describe_error

TAG = "tag:yaml.org,2002:"
PLAIN = {f"{TAG}{kind}" for kind in ("str", "int", "float", "bool", "null")}
ODD_BREAK = re.compile("[\x85\u2028\u2029]")
MERGE = f"{TAG}merge"
FAST = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class TextLoader(yaml.SafeLoader):
    """A date stays the text that was written; everybody who edits YAML expects so."""

    yaml_implicit_resolvers = {  # noqa: RUF012
        first: [(tag, rule) for tag, rule in rules if not tag.endswith((":timestamp", ":value"))]
        for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


@dataclass(slots=True)
class Level:
    """A list or a mapping that is still open."""

    made: Any
    place: str
    anchor: str | None
    size: int = 1  # values in it, aliases written out
    height: int = 1
    name: str | None = None  # of a mapping: the name whose value comes next
    merging: bool = False
    merged: dict[str, Any] = field(default_factory=dict)


def read_yaml(text: str, aliases: bool = True) -> Document:
    refuse_odd_breaks(text)
    try:
        return Composer(aliases).compose(yaml.parse(text, Loader=FAST))
    except yaml.YAMLError:
        return read_slowly(text, aliases)


def refuse_odd_breaks(text: str) -> None:
    """YAML ends a line at them and editors do not, so that every place after one would be told wrongly."""
    if odd := ODD_BREAK.search(text):
        above = text[: odd.start()]
        what = f"a line break that most programs do not know (U+{ord(odd[0]):04X})"
        line, column = above.count("\n") + 1, odd.start() - (above.rfind("\n") + 1) + 1
        raise Unreadable(what, "Delete the character, or write a line break in its place.", line, column)


def read_slowly(text: str, aliases: bool) -> Document:
    """What the fast parser refuses, the other describes in the same words on every computer."""
    try:
        return Composer(aliases).compose(yaml.parse(text, Loader=yaml.SafeLoader))
    except yaml.YAMLError as error:
        raise describe_error(error) from error


class Composer:
    """One document, from its events."""

    def __init__(self, aliases: bool) -> None:
        self.aliases = aliases
        self.loader = TextLoader("")
        self.stack: list[Level] = []
        self.places: dict[str, tuple[int, int]] = {}
        self.twice: list[tuple[str, int, int]] = []
        self.anchors: dict[str, tuple[Any, int, int]] = {}  # name -> value, size, height
        self.root: Any = None
        self.documents = 0
        self.line, self.column = 1, 1

    def compose(self, events: Iterable[Any]) -> Document:
        for event in events:
            self.line, self.column = event.start_mark.line + 1, event.start_mark.column + 1
            self.take(event)
        return Document(self.root, self.places, tuple(self.twice))

    def take(self, event: Any) -> None:
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                raise self.refuse("a second document begins here", "Delete the line `---`, or move the rest out.")
        elif isinstance(event, yaml.ScalarEvent):
            self.take_scalar(event)
        elif isinstance(event, yaml.AliasEvent):
            self.take_alias(str(event.anchor))
        elif isinstance(event, yaml.CollectionStartEvent):
            self.open(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.close()

    def refuse(self, what: str, fix: str) -> Unreadable:
        return Unreadable(what, fix, self.line, self.column)

    def take_scalar(self, event: Any) -> None:
        tag = event.tag if event.tag not in (None, "!") else ""
        tag = tag or self.loader.resolve(yaml.ScalarNode, event.value, event.implicit)
        level = self.stack[-1] if self.stack else None
        if level and isinstance(level.made, dict) and level.name is None and not level.merging:
            self.take_name(level, tag, event)
            return
        self.add(self.make_scalar(tag, event), 1, 0, event.anchor)

    def make_scalar(self, tag: str, event: Any) -> Any:
        if tag not in PLAIN | {MERGE}:
            raise self.refuse(f'the tag "{shown_tag(tag)}" has no place here', "Delete it; write plain text.")
        if tag in (f"{TAG}str", MERGE):
            check_string(event.value, self.line, self.column)
            return event.value
        if len(event.value) > LONGEST_NUMBER:
            raise self.refuse("a number stands here that is too large", "Put it in quotation marks.")
        try:
            made = self.loader.yaml_constructors[tag](self.loader, yaml.ScalarNode(tag, event.value))
        except (ValueError, KeyError, OverflowError, IndexError) as error:
            raise self.refuse(f'"{event.value}" cannot be read', "Put it in quotation marks.") from error
        if isinstance(made, float) and (made != made or abs(made) == float("inf")):
            raise self.refuse(f'"{event.value}" is no number', "Write a number, or put it in quotation marks.")
        return made

    def take_name(self, level: Level, tag: str, event: Any) -> None:
        if tag == MERGE:
            level.merging = True
            return
        name = self.make_scalar(tag, event)
        if not isinstance(name, str):
            what = f'the name "{event.value[:40]}" is not read as text'
            raise self.refuse(what, "Put it in quotation marks.")
        if name in level.made:
            self.twice.append((name, self.line, self.column))
        level.name = name
        self.places[join(level.place, name)] = (self.line, self.column)
        if event.anchor:
            self.anchors[event.anchor] = (name, 1, 0)

    def take_alias(self, anchor: str) -> None:
        if not self.aliases:
            raise self.refuse(f"the alias *{anchor} has no place here", "Write out what it stands for.")
        if anchor not in self.anchors:
            what = f"the alias *{anchor} stands for nothing that is complete above it"
            raise self.refuse(what, "Write out what it stands for.")
        value, size, height = self.anchors[anchor]
        self.add(value, size, height, None)

    def place(self) -> str:
        """Of the value that comes next."""
        if not self.stack:
            return ""
        level = self.stack[-1]
        return join(level.place, str(len(level.made)) if isinstance(level.made, list) else level.name or "<<")

    def open(self, event: Any) -> None:
        level = self.stack[-1] if self.stack else None
        if level and isinstance(level.made, dict) and level.name is None and not level.merging:
            raise self.refuse("a list or a mapping stands where a name belongs", "Write a name and a colon before it.")
        if event.tag not in (None, "!", f"{TAG}map", f"{TAG}seq"):
            raise self.refuse(f'the tag "{shown_tag(event.tag)}" has no place here', "Delete it.")
        check_depth(len(self.stack) + 1, self.line, self.column)
        place = self.place()
        self.places.setdefault(place, (self.line, self.column))
        mapping = isinstance(event, yaml.MappingStartEvent)
        self.stack.append(Level({} if mapping else [], place, event.anchor))
        if event.anchor:
            self.anchors.pop(event.anchor, None)  # until it is complete it stands for nothing

    def close(self) -> None:
        level = self.stack.pop()
        made = {**level.merged, **level.made} if level.merged else level.made
        self.add(made, level.size, level.height, level.anchor)

    def add(self, value: Any, size: int, height: int, anchor: str | None) -> None:
        """Put a complete value where it belongs; `size` and `height` as if every alias were written out."""
        if anchor:
            self.anchors[anchor] = (value, size, height)
        if not self.stack:
            self.root = value
            self.places.setdefault("", (self.line, self.column))
            return
        level = self.stack[-1]
        level.size += size
        level.height = max(level.height, height + 1)
        check_depth(len(self.stack) + height, self.line, self.column)
        if level.size > MOST:
            what = f"the file holds more than {MOST:,} values once its aliases are written out"
            raise self.refuse(what, "Take aliases of aliases out.")
        if isinstance(level.made, list):
            self.places.setdefault(join(level.place, str(len(level.made))), (self.line, self.column))
            level.made.append(value)
        elif level.merging:
            self.merge(level, value)
        elif level.name is None:
            raise self.refuse("an alias stands where a name belongs", "Write the name.")
        else:
            level.made[level.name], level.name = value, None

    def merge(self, level: Level, value: Any) -> None:
        """`<<`: entries of another mapping, where this one has none of its own; of several the first counts."""
        parts = value if isinstance(value, list) else [value]
        if not all(isinstance(part, dict) for part in parts):
            raise self.refuse("`<<` needs names with values", "Write the entries out.")
        for part in parts:
            level.merged = {**part, **level.merged}
        level.merging = False


def shown_tag(tag: str) -> str:
    return tag.replace(TAG, "!!")[:60]


def join(above: str, name: str) -> str:
    return f"{above}.{name}" if above else name
