"""Are the names in the first row those of the schema, each once?

In:  the rows of a Resource, and its fields as declared.
Out: Problems at the name's character in line 1: one a cause.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from portal.csvfile import Record, split_lines
from portal.model import Problem, Resource
from portal.privacy import quote
from portal.validate.file.shapes import INVISIBLE, is_blank, plain_name
from portal.validate.places import FEW, cell_start, column_letter, find_close, find_near, join_words

SINGLE = 3  # more missing or unknown columns than this are told together


def is_declared(resource: Resource) -> bool:
    """Whether a schema names the columns; otherwise `load` takes the fields from the header."""
    return resource.field_names != tuple(resource.frame.columns)


def check_header(records: Sequence[Record], resource: Resource, described: bool = True) -> Iterator[Problem]:
    """`described`: the schema is whole; one that lost a part says nothing of the columns."""
    names = records[0].cells
    blank = list(check_blank(records, resource))
    yield from blank
    twice = list(check_twice(names, resource))
    yield from twice
    if described and is_declared(resource) and not blank and not twice:
        yield from check_names(names, resource)
    elif not is_declared(resource):
        yield from check_padded(names, resource)


def check_blank(records: Sequence[Record], resource: Resource) -> Iterator[Problem]:
    header, *rows = records
    blank = [index for index, name in enumerate(header.cells) if not name.strip()]
    if not blank:
        return
    empty = [index for index in blank if is_blank([row.cells[index] for row in rows if index < len(row.cells)])]
    if blank == empty and len(blank) < len(header.cells):
        message = f"{name_columns(blank)} {'has' if len(blank) == 1 else 'have'} neither a name nor a cell"
        fix = f"In the spreadsheet select {name_columns(blank)}, right-click, Delete, and save again."
        yield Problem("empty-column", message, resource.path, 1, place(resource, blank[0]), fix=fix)
        return
    message = f"{name_columns(blank)} {'has' if len(blank) == 1 else 'have'} no name"
    fix = f"Type a name into row 1 of {name_columns(blank)}."
    yield Problem("blank-label", message, resource.path, 1, place(resource, blank[0]), fix=fix)


def name_columns(indexes: Sequence[int]) -> str:
    return f"column{'' if len(indexes) == 1 else 's'} {join_words(column_letter(index) for index in indexes)}"


def place(resource: Resource, index: int) -> int | None:
    return cell_start(split_lines(resource.content)[0].rstrip("\r\n"), index, resource.delimiter)


def check_twice(names: Sequence[str], resource: Resource) -> Iterator[Problem]:
    for name in (n for n, times in Counter(names).items() if n.strip() and times > 1):
        indexes = [index for index, other in enumerate(names) if other == name]
        message = f"{name_columns(indexes)} are both called {quote(name)}"
        message = message if len(indexes) == 2 else message.replace("both", "all")
        fix = "Give each column a name of its own, or delete the one that is not wanted."
        yield Problem("duplicate-label", message, resource.path, 1, place(resource, indexes[1]), name, fix)


def check_padded(names: Sequence[str], resource: Resource) -> Iterator[Problem]:
    """Without a schema nobody would know the column by its padded name."""
    for index, name in enumerate(names):
        if name != name.strip() and name.strip():
            message = f"column {column_letter(index)}: spaces stand round the name {quote(name)}"
            fix = f"Type the name again in the first row: {name.strip()}"
            yield Problem("label-spelling", message, resource.path, 1, place(resource, index), name, fix)


def check_names(names: Sequence[str], resource: Resource) -> Iterator[Problem]:
    """The file's names against the schema's, in the order in which a mistake is likely."""
    fields = list(dict.fromkeys(resource.field_names))  # one that is described twice is told there
    own, wanted = set_aside(list(dict.fromkeys(names)), fields), set_aside(fields, names)
    spelled = pair_spelled(own, wanted)
    for name, meant in spelled.items():
        yield tell_spelling(name, meant, names, resource)
    renamed = pair_renamed([n for n in own if n not in spelled], wanted, spelled, names, fields)
    for name, meant in renamed.items():
        yield tell_renamed(name, meant, names, resource)
    known = spelled | renamed
    missing = set_aside(wanted, known.values())
    extra = [name for name in own if name not in known]
    yield from tell_missing(missing, resource)
    yield from tell_extra(extra, names, resource)
    meant_names = [known.get(name, name) for name in names]
    if not missing and not extra and len(set(names)) == len(names) and meant_names != fields:
        yield tell_order(fields, resource)


def pair_spelled(own: Sequence[str], wanted: Sequence[str]) -> dict[str, str]:
    """Names that differ by case, space or hyphen only."""
    free: dict[str, list[str]] = {}
    for name in reversed(dict.fromkeys(wanted)):
        free.setdefault(plain_name(name), []).append(name)
    return {name: alike.pop() for name in own if (alike := free.get(plain_name(name)))}


def pair_renamed(
    own: Sequence[str], wanted: Sequence[str], taken: dict[str, str], names: Sequence[str], fields: Sequence[str]
) -> dict[str, str]:
    """Names that are close, or that stand where the other is expected."""
    pairs: dict[str, str] = {}
    free = dict.fromkeys(set_aside(wanted, taken.values()))
    everything = tuple(free)
    for name in own:
        index = names.index(name)
        here = fields[index] if len(names) == len(fields) and fields[index] in free else ""
        near = free if len(free) <= FEW else [other for other in find_near(name, everything) if other in free]
        if close := find_close(name, list(near)) or here:
            pairs[name] = close
            del free[close]
    return pairs


def set_aside(names: Sequence[str], others: Iterable[str]) -> list[str]:
    """Those that are not among the others, in their order."""
    taken = set(others)
    return [name for name in names if name not in taken]


def tell_spelling(name: str, meant: str, names: Sequence[str], resource: Resource) -> Problem:
    index = names.index(name)
    message = f'column {column_letter(index)} is called "{show(name)}", in the descriptor "{meant}"'
    message += " (one of the characters is invisible)" if INVISIBLE.search(name) else ""
    message += ", without the spaces round it" if name.strip() == meant != name else ""
    fix = f"Type the name again in the first row: {meant}"
    return Problem("label-spelling", message, resource.path, 1, place(resource, index), name, fix)


def show(name: str) -> str:
    """Spaces are kept: they are what is wrong."""
    return name if len(name) <= 60 else f"{name[:60]}…"


def tell_renamed(name: str, meant: str, names: Sequence[str], resource: Resource) -> Problem:
    index = names.index(name)
    message = f"column {column_letter(index)} is called {quote(name)}, which the descriptor does not know"
    message += f'; did you mean "{meant}"?'
    fix = f'Change the name in the first row to "{meant}", or the field in the descriptor to {quote(name)}.'
    return Problem("incorrect-label", message, resource.path, 1, place(resource, index), name, fix)


def tell_missing(missing: Sequence[str], resource: Resource) -> Iterator[Problem]:
    for group in split_up(missing):
        what = "column to the file, or take the field" if len(group) == 1 else "columns to the file, or take the fields"
        fix = f"Add the {what} out of the descriptor."
        listed = join_words(f'"{name}"' for name in group)
        message = f"the file has no column{'' if len(group) == 1 else 's'} {listed}, which the descriptor names"
        yield Problem("missing-label", message, resource.path, 1, None, group[0], fix)


def tell_extra(extra: Sequence[str], names: Sequence[str], resource: Resource) -> Iterator[Problem]:
    for group in split_up(extra):
        fix = "Add a field for it to the descriptor in this place, or delete the column from the file."
        fix = fix if len(group) == 1 else "Add a field for each to the descriptor, or delete the columns from the file."
        index = names.index(group[0])
        listed = join_words(f"{column_letter(names.index(name))} {quote(name)}" for name in group)
        message = f"the descriptor does not know column{'' if len(group) == 1 else 's'} {listed}"
        yield Problem("extra-label", message, resource.path, 1, place(resource, index), group[0], fix)


def split_up(names: Sequence[str]) -> list[list[str]]:
    return [[name] for name in names] if len(names) <= SINGLE else [list(names)]


def tell_order(fields: Sequence[str], resource: Resource) -> Problem:
    message = "the columns stand in another order than in the descriptor"
    fix = (
        f"Move the columns in the file, or the fields in the descriptor. The descriptor's order is {', '.join(fields)}."
    )
    return Problem("column-order", message, resource.path, 1, fix=fix)
