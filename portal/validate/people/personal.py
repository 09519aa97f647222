"""Does any text name or reach a person?

In:  a Dataset and the portal's policy; every file of the folder, as text, whatever is wrong with it.
Out: a Problem for each address, number or date of birth that was found, with its place and never with its words.

What stands in a comment is published nowhere, but it is in the commit, where anybody can read it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from pathlib import Path

from portal.folding import fold
from portal.identifiers import Found, find_personal
from portal.model import Dataset, Problem, Resource
from portal.policy import STANDARD, Policy
from portal.spec import PageSpec
from portal.validate.people.folder import Places, Text, find_files, find_texts, read_text
from portal.validate.people.headers import find_telling, read_header
from portal.validate.places import cell_column, find_rows

KINDS = {
    "email": "an e-mail address",
    "phone": "a telephone number",
    "nhs-number": "an NHS number",
    "ni-number": "a National Insurance number",
    "upn": "a unique pupil number",
    "postcode": "a full postcode",
    "birth-date": "a date of birth",
    "name": "a person's name: a title, then a word with a capital letter",
    "pseudonym": "one person under a letter, as case files call a child",
}
WARNED = ("name", "pseudonym")  # a shape of words, which now and then means something else
REMOVE = (
    "It is in the commit too, which may have to be removed: see CONTRIBUTING.md, "
    '"When something identifying was committed".'
)
LIST_IT = "list it in mkdocs.yml under extra.portal.disclosure.addresses"
FIXES = {
    "name": "Write the role instead of the name. " + REMOVE,
    "pseudonym": "Say what is true of many: who knows the case knows who is meant. " + REMOVE,
    **dict.fromkeys(
        ("email", "phone", "postcode"),
        "Delete it; if it is an office's own, list it in mkdocs.yml under extra.portal.disclosure.addresses. " + REMOVE,
    ),
}
CONTACT = re.compile(r"(?:contributors|sources|maintainers|publishers)\.\d+\.email|(?:author|maintainer)_email|email")
REACHES = {"email", "phone", "postcode", "name"}  # places and firms have these as well
TOLD = 5  # of one kind in one column; more are one problem with their number


def check_personal(dataset: Dataset, policy: Policy = STANDARD) -> Iterator[Problem]:
    raw: set[str] = set()
    for text in find_texts(dataset):
        found = find_unsaid(text, policy)
        raw |= {plain(text.content[start:end]) for _, start, end in found}
        contacts = contacts_of(dataset) if text.path == dataset.descriptor_path else set()
        told = [item for item in found if plain(text.content[item[1] : item[2]]) not in contacts]
        yield from tell(told, text, columns_of_places(dataset, text))
        yield from tell_contacts([item for item in found if item not in told], text)
    for resource in dataset.resources:
        yield from check_broken_cells(resource, policy, raw)
    yield from check_values(dataset, policy, raw)
    yield from check_file_names(dataset.folder, policy)


def check_loose(path: Path, shown: str, policy: Policy = STANDARD) -> Iterator[Problem]:
    """One file that belongs to no package: mkdocs.yml, or what lies in a folder without a readable descriptor."""
    text = Text(shown, read_text(path))
    yield from tell(find_unsaid(text, policy), text)


def columns_of_places(dataset: Dataset, text: Text) -> frozenset[str]:
    """The columns of which page.yaml says that they hold nobody's: addresses of schools, names of firms."""
    said = [entry for entry in dataset.page.columns if text.resource and entry.resource == text.resource.name]
    return frozenset(name for entry in said if entry.subject == "other" for name in entry.fields)


def contacts_of(dataset: Dataset) -> set[str]:
    """The mail addresses that stand where the standard puts them, to be written to."""
    return {plain(text) for place, text in find_strings(dataset.descriptor) if CONTACT.fullmatch(place) and "@" in text}


def tell_contacts(found: Sequence[Found], text: Text) -> Iterator[Problem]:
    """A question only: an export writes an office's address here, or the name of whoever made it."""
    places = Places(text.content)
    for kind, start, _ in found:
        line, column = places.of(start)
        message = f"line {line}: the package gives {KINDS[kind]} as a contact, which the site leaves out"
        fix = f"If it is an office's own, {LIST_IT}. If it is a person's own, delete it. {REMOVE}"
        yield Problem(f"personal-{kind}", message, text.path, line, column, "", fix, "warning")


def find_unsaid(text: Text, policy: Policy) -> Sequence[Found]:
    """What was found and is no address of the publisher's own."""
    if text.resource is not None and text.resource.lines and not find_personal(different_cells(text.resource)):
        return ()
    own = own_addresses(policy)
    return [item for item in find_personal(text.content) if plain(text.content[item[1] : item[2]]) not in own]


def own_addresses(policy: Policy) -> set[str]:
    """An address may be listed alone or inside a sentence, as the contact is."""
    own = {plain(address) for address in policy.addresses}
    return own | {plain(text[start:end]) for text in policy.addresses for _, start, end in find_personal(text)}


def different_cells(resource: Resource) -> str:
    """Every text of a table once: the same few words stand in a column many thousand times."""
    columns = (resource.frame.iloc[:, number].unique() for number in range(resource.frame.shape[1]))
    return "\n".join([*map(str, resource.frame.columns), *(str(cell) for cells in columns for cell in cells)])


def plain(text: str) -> str:
    """One spelling of an address or a number, however it is spaced and with or without the country."""
    words = re.sub(r"[^\w@.+]", "", fold(text).text.lower().replace("(0)", ""))
    return re.sub(r"^(?:\+|00)44", "0", words) if re.fullmatch(r"[\d+.]+", words) else words


def tell(found: Sequence[Found], text: Text, said: frozenset[str] = frozenset()) -> Iterator[Problem]:
    """By place; many of one kind in one column are one cause, told at the first."""
    if not found:
        return
    places, groups = Places(text.content), defaultdict[tuple[str, str], list[Found]](list)
    header = read_header(text.content, text.resource.delimiter) if text.resource else []
    telling = set(find_telling(header)) - said
    for item in found:
        field = field_of(item[1], text, header, places) if header else ""
        if field not in telling and not (field in said and item[0] in REACHES):  # `records` refuses a whole column
            groups[item[0], field].append(item)
    problems = [problem for (_, field), items in groups.items() for problem in tell_group(items, field, text, places)]
    yield from sorted(problems, key=lambda p: (p.line or 0, p.column or 0))


def tell_group(items: Sequence[Found], field: str, text: Text, places: Places) -> Iterator[Problem]:
    for kind, start, _ in items if len(items) <= TOLD else items[:1]:
        line, column = places.of(start)
        where = f'row {line}, column "{field}": ' if field else f"line {line}: "
        more = f"; {len(items)} such texts stand in this {'column' if field else 'file'}" if len(items) > TOLD else ""
        yield make_problem(kind, f"{where}this looks like {KINDS[kind]}{more}", text.path, line, column, field)


def make_problem(
    kind: str, message: str, path: str, line: int | None = None, column: int | None = None, field: str = ""
) -> Problem:
    severity = "warning" if kind in WARNED else "error"
    fix = FIXES.get(kind, f"Delete it. {REMOVE}")
    return Problem(f"personal-{kind}", message, path, line, column, field, fix, severity)


def field_of(position: int, text: Text, header: Sequence[str], places: Places) -> str:
    """The column's name; none when the place is the header itself, or a row that is not as the header says."""
    assert text.resource is not None
    line = places.of(position)[0]
    before = bisect_right(text.resource.lines, line)
    first = text.resource.lines[before - 1] if before else line
    if line == 1:
        return ""
    start = places.starts[first - 1]
    passed = re.sub(r'"[^"]*"?', "", text.content[start:position]).count(text.resource.delimiter)
    return header[passed] if passed < len(header) and not find_personal(header[passed]) else ""


def check_values(dataset: Dataset, policy: Policy, raw: set[str]) -> Iterator[Problem]:
    """What YAML and JSON put together: an escaped or folded text reads otherwise in the file than on the page."""
    for path, value in ((dataset.descriptor_path, dataset.descriptor), (dataset.page.path, dataset.page)):
        for place, text in find_strings(value):
            for kind, start, end in find_personal(text):
                word = plain(text[start:end])
                if path and word not in raw and word not in own_addresses(policy):
                    yield make_problem(kind, f"{place}: this looks like {KINDS[kind]}", path, field=place)


def check_broken_cells(resource: Resource, policy: Policy, raw: set[str]) -> Iterator[Problem]:
    """What a line break in a cell tears apart: the page puts it on one line again."""
    for number, name in enumerate(map(str, resource.frame.columns) if b'"' in resource.content else ()):
        cells = resource.frame.iloc[:, number]
        for row in find_rows(cells.str.contains(r"[\r\n]")):
            line, own = resource.lines[row], own_addresses(policy)
            text = " ".join(str(cells.iloc[row]).split())
            for kind in dict.fromkeys(k for k, a, b in find_personal(text) if plain(text[a:b]) not in raw | own):
                message = f'row {line}, column "{name}": over a line break, this looks like {KINDS[kind]}'
                yield make_problem(kind, message, resource.path, line, cell_column(resource, line, name), name)


def find_strings(value: object, place: str = "", seen: set[int] | None = None) -> Iterator[tuple[str, str]]:
    """(dotted place, text) of every text, names of entries too; what stands in two places is read once."""
    seen = set() if seen is None else seen
    if isinstance(value, str):
        yield place, value
        return
    if id(value) in seen:
        return
    seen.add(id(value))
    for name, inner in parts_of(value):
        if find_personal(str(name)):
            yield place, str(name)
            name = "…"
        yield from find_strings(inner, f"{place}.{name}".lstrip("."), seen)


def parts_of(value: object) -> Iterable[tuple[object, object]]:
    if isinstance(value, Mapping):
        return value.items()
    if isinstance(value, list | tuple):
        return enumerate(value)
    if is_dataclass(value):
        as_written = isinstance(value, PageSpec)  # its parts hold every text of the file once more
        return ((f.name, getattr(value, f.name)) for f in fields(value) if not (as_written and f.name == "source"))
    return ()


def check_file_names(folder: str, policy: Policy) -> Iterator[Problem]:
    """The name of a file is published with it, and is in the commit. The message names the folder only."""
    for path, name in find_files(folder):
        spaced = re.sub(r"[_]+", " ", name)
        for kind, start, end in find_personal(spaced):
            if plain(spaced[start:end]) not in own_addresses(policy):
                kept = path.rpartition(".")[2]
                message = f"the name of a .{kept} file in here looks like {KINDS[kind]}"
                fix = f"Rename or delete the file. {REMOVE}"
                severity = "warning" if kind in WARNED else "error"
                yield Problem(f"personal-{kind}", message, folder, fix=fix, severity=severity)
