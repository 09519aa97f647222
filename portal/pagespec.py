"""Read page.yaml: what a data officer says about a dataset's page.

In:  the file's text and its path.
Out: a complete `PageSpec`, and a Problem with its line for everything that does not fit `PAGE_SCHEMA`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import jsonschema

from portal.documents import Document, Unreadable, read_document
from portal.model import Problem
from portal.pagedisclosure import check_exempted_once, make_disclosure
from portal.pageschema import CHECK_FORMS, PAGE_SCHEMA
from portal.spec import (
    ChartSpec,
    CheckSpec,
    ClaimSpec,
    FigureSpec,
    FreshnessSpec,
    Note,
    PageSpec,
    RegisterSpec,
    SeriesSpec,
    TableSpec,
)

KINDS = {
    "string": "text",
    "array": "a list",
    "object": "names with values",
    "boolean": "true or false",
    "integer": "a whole number",
}


def read_page_file(text: str | bytes, path: str) -> tuple[PageSpec, tuple[Problem, ...]]:
    """The page's specification, empty when the file cannot be used, and what is wrong with it."""
    try:
        document = read_document(
            text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text, aliases=False
        )
    except Unreadable as error:
        problem = Problem("yaml-error", error.what, path, error.line, error.column, fix=error.fix)
        return PageSpec(path=path, usable=False), (problem,)
    data, lines = document.data or {}, {place: line for place, (line, _) in document.places.items()}
    problems = (*tell_twice(document, path), *check_shape(data, lines, path))
    if problems:
        return PageSpec(path=path, lines=lines, usable=False), problems
    return replace(make_page(data, lines, path), source=document.source), problems


def tell_twice(document: Document, path: str) -> Iterator[Problem]:
    """An entry that stands twice: YAML would keep the last and say nothing."""
    for name, line, column in document.twice:
        message = f'the entry "{name}" stands twice'
        yield Problem("duplicate-entry", message, path, line, column, fix="Keep one of the two and delete the other.")


def check_shape(
    data: object, lines: Mapping[str, int], path: str, schema: Mapping[str, Any] = PAGE_SCHEMA
) -> Iterator[Problem]:
    """Names, types and required entries, in the words of somebody who edits page.yaml."""
    for error in jsonschema.Draft202012Validator(schema).iter_errors(data):
        place = ".".join(str(part) for part in error.absolute_path)
        where = f" in {named(data, error.absolute_path)}" if place else ""
        yield Problem(
            "page-shape",
            f"{describe(error)}{where}",
            path,
            lines.get(first_extra(error, place), lines.get(place)),
            field=place,
            fix=how_to_mend(error).replace("page.yaml", path.rpartition("/")[2]),
        )
    if isinstance(data, dict):
        yield from check_unique(data, lines, path)
        yield from check_exempted_once(data, lines, path)


def how_to_mend(error: jsonschema.ValidationError) -> str:
    if error.validator == "required" and "harm" in error.validator_value and "harm" not in error.instance:
        return "Say under harm, in a sentence or two, what the number could do to whom. Else it is not exempted."
    if list(error.absolute_path) == ["disclosure"]:
        return 'Write under `disclosure` the lists rows, releases or columns; see "Small numbers" in CONTRIBUTING.md.'
    return "Correct the entry in page.yaml."


def named(data: object, path: Iterable[str | int]) -> str:
    """`checks.0.sum` -> "checks, headcount, sum": nobody should have to count from nought."""
    words, at = [], data
    for part in path:
        at = at[part] if isinstance(at, (dict, list)) else None  # type: ignore[index]
        own = at.get("id") if isinstance(at, dict) else None
        words.append(str(part) if isinstance(part, str) else str(own) if own else f"entry {part + 1}")
    return ", ".join(words)


def first_extra(error: jsonschema.ValidationError, place: str) -> str:
    """Where an unknown entry stands; elsewhere the place itself."""
    if error.validator != "additionalProperties":
        return place
    return f"{place}.{next(key for key in error.instance if key not in error.schema['properties'])}".lstrip(".")


def describe(error: jsonschema.ValidationError) -> str:
    if error.validator == "additionalProperties":
        known = ", ".join(sorted(error.schema.get("properties", {})))
        extra = ", ".join(f'"{key}"' for key in error.instance if key not in error.schema.get("properties", {}))
        return f"unknown entry {extra} (known: {known})"
    if error.validator == "required":
        return f"missing: {', '.join(name for name in error.validator_value if name not in error.instance)}"
    if error.validator == "type":
        hint = " (write it in quotation marks)" if isinstance(error.instance, bool) else ""
        if isinstance(error.instance, list | dict):  # too long to repeat, and it may hold what is to stay hidden
            return f"{KINDS[error.validator_value]} should stand here"
        return f'"{error.instance}" should be {KINDS.get(error.validator_value, error.validator_value)}{hint}'
    if error.validator == "enum":
        return f'"{error.instance}" is none of: {", ".join(map(str, error.validator_value))}'
    if error.validator == "dependentRequired":
        return "`mismatch` and `makes` stand together: the reason, and what came of the sum"
    if error.validator == "maxItems":
        return f"too many entries, at most {error.validator_value} have room"
    if error.validator == "minItems":
        return f"too few entries, at least {error.validator_value} are needed"
    if error.validator == "pattern":
        return f'"{error.instance}" may hold only small letters, digits and hyphens'
    if error.validator == "oneOf":
        return describe_check(error.instance)
    if error.validator == "anyOf" and "equals" in error.absolute_path:
        return f'"{error.instance}" is neither a row nor the constant 100'
    if error.validator == "anyOf" and "claims" in error.absolute_path:
        return 'a claim needs "figures" or "rows"'
    if error.validator == "anyOf":
        return 'a series needs "where" or "rows"'
    return str(error.message)


def describe_check(entry: Mapping[str, Any]) -> str:
    """A check that has begun as one form lacks the rest of it; of one that has not, all forms are told."""
    begun = [form for form in CHECK_FORMS if form in entry]
    lacking = [name for name in CHECK_FORMS[begun[0]] if name not in entry] if len(begun) == 1 else []
    if lacking:
        named, verb = " and ".join(f"`{name}`" for name in lacking), "is" if len(lacking) == 1 else "are"
        return f"{named} {verb} missing beside `{begun[0]}`"
    return f"a check has the entries of one of: {'; '.join(', '.join(names) for names in CHECK_FORMS.values())}"


def check_unique(data: Mapping[str, Any], lines: Mapping[str, int], path: str) -> Iterator[Problem]:
    """No two figures, charts or tables share an id: it is an address."""
    for part in ("figures", "charts", "tables", "checks", "claims"):
        seen: set[str] = set()
        entries = data.get(part)
        for number, entry in enumerate(entries if isinstance(entries, list) else []):
            name = entry.get("id") if isinstance(entry, dict) else None
            if isinstance(name, str) and name in seen:
                yield Problem(
                    "duplicate-id",
                    f'two {part} are called "{name}"',
                    path,
                    lines.get(f"{part}.{number}"),
                    fix="Give each an id of its own.",
                )
            seen.add(str(name))


def make_series(entry: Mapping[str, Any]) -> SeriesSpec:
    return SeriesSpec(**{"label": "", **entry, "rows": tuple(entry.get("rows", ()))})


def make_chart(entry: Mapping[str, Any], line: int | None) -> ChartSpec:
    made = {
        "series": tuple(make_series(s) for s in entry.get("series", ())),
        "lanes": tuple(
            (lane["label"], tuple(make_series(s) for s in lane["series"])) for lane in entry.get("lanes", ())
        ),
        "beside": tuple((b["row"], b["why"]) for b in entry.get("beside", ())),
    }
    return ChartSpec(**{**entry, **made, "line": line})


def make_check(entry: Mapping[str, Any], line: int | None) -> CheckSpec:
    form = next(name for name, entries in CHECK_FORMS.items() if all(part in entry for part in entries))
    parts = {
        "sum": lambda: tuple((name,) for name in entry["sum"]),
        "mean": lambda: tuple((name,) for name in entry["mean"]),
        "product": lambda: tuple((name,) for name in entry["product"]),
        "share": lambda: ((entry["count"],), (entry["base"],)),
        "restates": lambda: ((entry["restates"][0],),),
        "same_base": lambda: tuple(tuple(pair) for pair in entry["same_base"]),
    }[form]()
    result = {"share": lambda: entry["share"], "restates": lambda: entry["restates"][1]}
    equals = result[form]() if form in result else entry.get("equals", "")
    return CheckSpec(
        entry["id"],
        form,
        parts,
        str(equals),
        entry.get("resource", ""),
        entry.get("mismatch", ""),
        entry.get("makes", ""),
        line,
    )


def make_claim(entry: Mapping[str, Any], line: int | None) -> ClaimSpec:
    lists = {name: tuple(entry.get(name, ())) for name in ("figures", "rows", "among")}
    return ClaimSpec(**{**entry, **lists, "line": line})


def make_page(data: Mapping[str, Any], lines: Mapping[str, int], path: str) -> PageSpec:
    plain = {key: data[key] for key in ("question", "lede", "topic", "teaser", "headline", "comparison") if key in data}
    return PageSpec(
        path=path,
        lines=lines,
        figures=tuple(
            FigureSpec(f["id"], f.get("show", "value"), tuple(f["rows"]), lines.get(f"figures.{n}"))
            for n, f in enumerate(data.get("figures", ()))
        ),
        charts=tuple(make_chart(c, lines.get(f"charts.{n}")) for n, c in enumerate(data.get("charts", ()))),
        tables=tuple(
            TableSpec(
                t["id"],
                t["caption"],
                tuple(make_series(s) for s in t["series"]),
                t.get("chart", ""),
                t.get("no_chart", ""),
                lines.get(f"tables.{n}"),
            )
            for n, t in enumerate(data.get("tables", ()))
        ),
        registers=tuple(
            RegisterSpec(**{**r, "columns": tuple(r["columns"]), "line": lines.get(f"registers.{n}")})
            for n, r in enumerate(data.get("registers", ()))
        ),
        checks=tuple(make_check(c, lines.get(f"checks.{n}")) for n, c in enumerate(data.get("checks", ()))),
        claims=tuple(make_claim(c, lines.get(f"claims.{n}")) for n, c in enumerate(data.get("claims", ()))),
        know=tuple(Note(**note) for note in data.get("know", ())),
        do_not_compare=tuple(Note(**note) for note in data.get("do_not_compare", ())),
        freshness=tuple(
            FreshnessSpec(**{**f, "line": lines.get(f"freshness.{n}")}) for n, f in enumerate(data.get("freshness", ()))
        ),
        **make_disclosure(data.get("disclosure") or {}, lines),
        **plain,
    )
