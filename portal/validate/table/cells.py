"""What the schema lets pass and no reader should meet: dates, codes, marks and periods that mean something else.

In:  a Dataset.
Out: Problems. Each column is judged by its distinct texts, so that a long table costs little more than a short one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from portal.model import Dataset, Field, Problem, Resource
from portal.privacy import quote
from portal.validate.places import cell_column, count_texts, find_rows
from portal.validate.table.categories import check_categories
from portal.validate.table.marks import FAILED
from portal.validate.table.schemas import declared_fields, foreign_keys, has_convention, missing_values, primary_key
from portal.validate.table.when import check_made, check_periods

Finding = tuple[str, str, str, str]  # code, what is wrong, what to do, severity
CODELIKE = re.compile(r"(?i)(^|_)(code|id|ids|ref|reference|urn|uprn|ukprn|laestab|number)$")
SHORTENED = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)[eE][-+]?\d+")
EXACT = 2**53  # beyond it a spreadsheet, a chart and a browser round
LONG = 80  # characters; a column of longer texts is prose, where a space at the end does no harm


def check_cells(dataset: Dataset) -> Iterator[Problem]:
    for resource in dataset.resources:
        for field in (f for f in resource.fields if f.name in resource.frame.columns):
            yield from check_column(resource, field)
        if not has_convention(resource):
            yield from check_periods(resource)
        yield from check_categories(resource)
    yield from check_made(dataset)


def check_column(resource: Resource, field: Field) -> Iterator[Problem]:
    texts = list(count_texts(resource, field.name, missing_values(resource, field.name)))
    found = {text: finding for text in texts if (finding := judge(text, field, resource))}
    if field.type == "string":
        found = {**judge_codes(texts, field), **judge_spaces(texts, field), **judge_ranges(texts), **found}
    if found:
        yield from tell(resource, field.name, found)


def judge(text: str, field: Field, resource: Resource) -> Finding | None:
    """By the text alone. An observation's own columns are read by rules that know no spaces and no exponents."""
    if field.type in ("number", "integer"):
        return None if is_plain(text) else judge_number(text, field, resource)
    if field.type in ("date", "yearmonth"):
        return judge_date(text, field, resource)
    if field.type == "string" and text[:1] == "#" and FAILED.fullmatch(text) and text.strip("#"):
        fix = "Mend the formula in the spreadsheet, and save again as CSV UTF-8; or empty the cell."
        return "failed-formula", f"{quote(text)} is a formula that failed in the spreadsheet", fix, "error"
    if field.type == "string" and SHORTENED.fullmatch(text) and re.search("[eE][+]", text):
        return shortened_code(text, field, resource)
    return None


def is_plain(text: str) -> bool:
    return len(text) < 16 and bool(re.fullmatch(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?", text))


def judge_number(text: str, field: Field, resource: Resource) -> Finding | None:
    severity = "error" if has_convention(resource) else "warning"
    if {"groupChar", "decimalChar", "bareNumber"} & set(declared_fields(resource).get(field.name, {})):
        return None
    plain = text.strip()
    if re.fullmatch(r"[-+]?[0-9]{16,}(\.0*)?", plain) and abs(Decimal(plain)) > EXACT:
        fix = "Check the digits in the source. If it is a code and not an amount, set the type of this column to "
        what = f"{quote(text)} has more digits than a spreadsheet keeps: it rounds all after the fifteenth"
        return "huge-number", what, f'{fix}"string" in the descriptor.', "error"
    if SHORTENED.fullmatch(plain):
        what = f"{quote(text)} is how a spreadsheet shortens a number: digits may be lost"
        fix = "Write all its digits. In Excel: widen the column, Format Cells, Number, and save again as CSV UTF-8."
        return "shortened-number", what, fix, severity
    if "_" in plain or (not plain.isascii() and plain.strip("+-").replace(".", "").isdecimal()):
        what = f"{quote(text)} is written in a way that few programs read as a number"
        return "odd-number", what, "Write it in the digits 0 to 9 alone.", "error"
    return judge_form(text, plain, field, severity)


def judge_form(text: str, plain: str, field: Field, severity: str) -> Finding | None:
    if not re.fullmatch(r"[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)", plain):
        return None  # the schema has refused it
    if re.fullmatch(r"-?0[0-9]+(\.[0-9]+)?", plain):
        fix = 'If it is a code, set the type of this column to "string" in the descriptor; if it is a number, '
        what = f"{quote(text)} begins with a nought, which a column of numbers loses in any spreadsheet"
        return "leading-nought", what, f"{fix}write {plain.lstrip('0') or '0'}.", "warning"
    if text != plain:
        return "edge-space", f'"{text}" has spaces round the number', f"Write {plain}, without them.", severity
    if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", plain):
        return None
    number = f"{'-' if plain[0] == '-' else ''}{plain.lstrip('+-')}"
    tidy = re.sub(r"\.$", "", re.sub(r"^(-?)\.", r"\g<1>0.", number))
    return "odd-number", f"{quote(text)} is not written as numbers are here", f"Write {tidy}.", severity


def judge_date(text: str, field: Field, resource: Resource) -> Finding | None:
    """The checker takes 2024-3-1 for a date; few others do."""
    if declared_fields(resource).get(field.name, {}).get("format", "default") != "default":
        return None
    parts = re.fullmatch(r"(\d{1,4})-(\d{1,2})(?:-(\d{1,2}))?", text)
    if parts is None or re.fullmatch(r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?", text):
        return None
    if len(parts[1]) < 4:
        return (
            "odd-date",
            f"{quote(text)} is a date of the first centuries",
            "Write all four digits of the year.",
            "error",
        )
    tidy = "-".join(f"{int(part):02}" for part in parts.groups() if part)
    return "odd-date", f"{quote(text)} lacks a nought: months and days have two digits", f"Write {tidy}.", "error"


def shortened_code(text: str, field: Field, resource: Resource) -> Finding:
    keys = {*primary_key(resource), *(name for columns, *_ in foreign_keys(resource) for name in columns)}
    is_code = field.name in keys or bool(CODELIKE.search(field.name))
    what = f"{quote(text)} is how a spreadsheet shortens a long number: the rest of the code is lost"
    fix = "Find the code in the source. In Excel: format the column as Text before the codes go in; save as CSV UTF-8."
    return "shortened-code", what, fix, "error" if is_code else "warning"


def judge_codes(texts: Iterable[str], field: Field) -> dict[str, Finding]:
    """Some codes begin with a nought, all those have one length, and a few are shorter: theirs was dropped."""
    digits = [text for text in texts if text.isascii() and text.isdecimal()]
    full = {len(text) for text in digits if text[0] == "0" and len(text) > 1}
    floats = [text for text in texts if re.fullmatch(r"[0-9]+\.0", text)] if CODELIKE.search(field.name) else []
    what, fix = (
        "{} has decimals, and is a code",
        "In Excel: format the column as Text, type {}, and save again as CSV UTF-8.",
    )
    found = {text: ("code-decimals", what.format(quote(text)), fix.format(text[:-2]), "warning") for text in floats}
    if len(full) != 1 or len(digits) < 3:
        return found
    (length,) = full
    if any(len(text) > length for text in digits):
        return found
    fix = "In Excel: format the column as Text before the codes go in, and save again as CSV UTF-8; here, write {}."
    for text in (text for text in digits if len(text) < length):
        what = f"{quote(text)} is shorter than the other codes of this column, and may have lost a leading nought"
        found[text] = ("short-code", what, fix.format(text.zfill(length)), "warning")
    return found


def judge_spaces(texts: list[str], field: Field) -> dict[str, Finding]:
    spaced = [text for text in texts if text != text.strip()]
    if not spaced or max(map(len, texts)) > LONG or field.name == "printed":
        return {}
    fix = "Take the spaces away. In Excel: Find and Replace, or =TRIM() in a column beside it."
    return {
        text: ("edge-space", f'"{text.translate(SEEN)}" begins or ends with a space', fix, "warning") for text in spaced
    }


SEEN = str.maketrans("\r\n\t", "   ")
TURNED = re.compile(r"(\d{1,2})-(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)")


def judge_ranges(texts: list[str]) -> dict[str, Finding]:
    """The ages "5-9" and "10-14": a spreadsheet makes "09-May" and "14-Oct" of them."""
    turned = [text for text in texts if TURNED.fullmatch(text)]
    if not turned or not any(re.fullmatch(r"\d+ ?(-|–|to|\+) ?\d*", text) for text in texts):
        return {}
    fix = "Write the range again. In Excel: format the column as Text first, and save as CSV UTF-8."
    return {
        text: ("range-as-date", f"{quote(text)} was a range before a spreadsheet made a date of it", fix, "error")
        for text in turned
    }


def tell(resource: Resource, name: str, found: dict[str, Finding]) -> Iterator[Problem]:
    cells = resource.frame[name]
    for index in find_rows(cells.isin(found)):
        code, what, fix, severity = found[str(cells.iat[index])]
        line = resource.lines[index]
        column = cell_column(resource, line, name)
        message = f'row {line}, column "{name}": {what}'
        yield Problem(code, message, resource.path, line, column, name, fix, severity)
