"""Is it a table with a row for each person?

In:  a Dataset; every file of its folder, listed or not.
Out: an error where a header or a column of numbers says so, a warning where only the shape of the table does.

Whatever was left out of such a table, a row is still one child. It is refused whole, and no cell of it is repeated.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from portal.identifiers import is_nhs_number
from portal.model import Dataset, Problem
from portal.policy import STANDARD, Policy
from portal.validate.people.folder import Places, Text, find_texts
from portal.validate.people.headers import CONTACT, find_headers, guess_delimiter, normal, read_first_rows
from portal.validate.people.personal import REMOVE, columns_of_places, own_addresses, plain
from portal.validate.people.shape import check_shape
from portal.validate.places import field_start

NAMED = 5
FIX = (
    "Take the file out, and publish counts instead: how many, by place and period, with 1 to 5 hidden. If a place and "
    f"no person is meant, leave the column out. {REMOVE}"
)
SHEET = re.compile(r"\.(csv|tsv|tab|txt|dat|bak|old|orig|json)$|/[^./]+$", re.IGNORECASE)


def check_records(dataset: Dataset, policy: Policy = STANDARD) -> Iterator[Problem]:
    for text in find_texts(dataset):
        said = columns_of_places(dataset, text)
        found = list(check_header(text, policy, said)) if text.resource or SHEET.search(text.path) else []
        yield from found
        if text.resource and not found:
            numbers = list(check_health_numbers(text))
            yield from numbers or check_shape(text.resource, dataset.descriptor)


def check_header(text: Text, policy: Policy = STANDARD, said: frozenset[str] = frozenset()) -> Iterator[Problem]:
    """The names alone are enough: nobody has to look at a row."""
    line, telling = find_headers(text.content, text.resource.delimiter if text.resource else ",")
    telling = tuple(name for name in telling if not is_innocent(name, line, text, policy, said))
    if telling:
        named = ", ".join(f'"{" ".join(name.split())}"' for name in telling[:NAMED])
        more = f" and {len(telling) - NAMED} more" if len(telling) > NAMED else ""
        what = f"{'the column' if len(telling) == 1 else 'the columns'} {named}{more}"
        message = f"{what} can only be of a table with a row for each person, which must not be published"
        fix = FIX
        if text.resource and all(normal(name) in CONTACT for name in telling):
            verb = "tells" if len(telling) == 1 else "tell"
            message = f"{what} {verb} how to reach somebody, and nothing says that it is no person"
            fix = ask_for_places(text.resource.name, telling)
        yield Problem("record-level", message, text.path, line, column_of(text, line, telling[0]), telling[0], fix)


def ask_for_places(table: str, names: Sequence[str]) -> str:
    """Schools, centres and libraries have an address; only the publisher knows that no row is somebody's home."""
    said = json.dumps(list(names), ensure_ascii=False)
    return (
        f"If each row is a school, an office or another place, say so in page.yaml: disclosure: {{columns: "
        f"[{{resource: {table}, fields: {said}, subject: other}}]}}. If a row may be a person or a home: {FIX}"
    )


def column_of(text: Text, line: int, name: str) -> int | None:
    places = Places(text.content)
    start = places.starts[line - 1]
    end = places.starts[line] if line < len(places.starts) else len(text.content)
    delimiter = guess_delimiter(text.content, text.resource.delimiter if text.resource else ",")
    cells = next((cells for at, cells in read_first_rows(text.content, delimiter) if at == line), [])
    return field_start(text.content[start:end], cells.index(name), delimiter) if name in cells else None


def is_innocent(name: str, line: int, text: Text, policy: Policy, said: frozenset[str] = frozenset()) -> bool:
    """Numbers of calls under "phone", the publisher's own addresses, or those of places, as page.yaml says."""
    if normal(name) not in CONTACT or name in said:
        return normal(name) in CONTACT
    cells = [cell for cell in cells_of(name, line, text) if cell.strip()]
    own = own_addresses(policy)
    return bool(cells) and all(re.fullmatch(r"[\d.,%]{1,9}|[a-z]{1,3}|-", cell) or plain(cell) in own for cell in cells)


def cells_of(name: str, line: int, text: Text) -> Sequence[str]:
    if text.resource is not None and name in text.resource.frame.columns:
        return [str(cell) for cell in text.resource.frame[name].unique()]
    rows = read_first_rows(text.content, guess_delimiter(text.content, ","))
    header = next((cells for start, cells in rows if start == line), [])
    return [cells[header.index(name)] for start, cells in rows if start > line and len(cells) == len(header)]


def check_health_numbers(text: Text) -> Iterator[Problem]:
    """Ten digits may be any id; when all of a column pass the check on NHS numbers, they are none but these."""
    resource = text.resource
    for number, name in enumerate(map(str, resource.frame.columns) if resource else ()):
        assert resource is not None
        cells = [cell for cell in resource.frame.iloc[:, number].unique().tolist() if cell.strip()]
        if len(cells) >= 3 and all(is_nhs_number(re.sub(r"[ -]", "", cell)) for cell in cells):
            message = f"column {number + 1} holds NHS numbers: each passes the check of its last digit"
            column = field_start(text.content.split("\n", 1)[0], number, resource.delimiter)
            yield Problem("record-level", message, text.path, 1, column, name, FIX)
