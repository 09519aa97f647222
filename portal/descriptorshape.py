"""The shape of datapackage.yaml: which kind of value stands where. Names that the standard does not know pass.

In:  a descriptor as it was read.
Out: what does not fit, with its place; and the descriptor without it, so that everything else can still be checked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import jsonschema

TEXT = {"type": "string"}
TEXTS = {"type": "array", "items": TEXT}
NAMES = {"type": ["string", "array"], "items": TEXT, "minItems": 1}
WHOLE = {"type": "integer", "minimum": 0}


def named(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


def listed(item: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": dict(item)}


LICENCES = listed(named(name=TEXT, path=TEXT, title=TEXT))
SOURCES = listed(named(title=TEXT, path=TEXT, email=TEXT, version=TEXT))
PERSON = dict.fromkeys(("title", "path", "email", "role", "organization", "givenName", "familyName"), TEXT)
MISSING = listed({"type": ["string", "object"], "required": ["value"], "properties": {"value": TEXT, "label": TEXT}})
LABELLED = {"type": ["string", "integer", "object"], "required": ["value"], "properties": {"label": TEXT}}
FIELD: dict[str, Any] = {
    "type": "object",
    "required": ["name"],
    "properties": {
        **dict.fromkeys(("type", "format", "title", "description", "rdfType", "delimiter", "itemType"), TEXT),
        **dict.fromkeys(("groupChar", "decimalChar"), TEXT),
        "name": {"type": "string", "minLength": 1},
        "constraints": named(
            required={"type": "boolean"},
            unique={"type": "boolean"},
            pattern=TEXT,
            enum={"type": "array", "minItems": 1},
            minLength=WHOLE,
            maxLength=WHOLE,
        ),
        "missingValues": MISSING,
        "categories": {**listed(LABELLED), "minItems": 1},
        "categoriesOrdered": {"type": "boolean"},
        "trueValues": TEXTS,
        "falseValues": TEXTS,
        "bareNumber": {"type": "boolean"},
    },
}
KEY = {
    "type": "object",
    "required": ["fields", "reference"],
    "properties": {
        "fields": NAMES,
        "reference": {**named(resource=TEXT, fields=NAMES), "required": ["fields"]},
    },
}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "$schema": TEXT,
        "fields": listed(FIELD),
        "primaryKey": NAMES,
        "uniqueKeys": listed({"type": "array", "items": TEXT, "minItems": 1}),
        "foreignKeys": listed(KEY),
        "missingValues": MISSING,
        "fieldsMatch": NAMES,
    },
}
RESOURCE: dict[str, Any] = {
    "type": "object",
    "properties": {
        **dict.fromkeys(("name", "title", "description", "type", "format", "mediatype", "encoding", "hash"), TEXT),
        **dict.fromkeys(("profile", "$schema", "homepage"), TEXT),
        "path": NAMES,
        "bytes": WHOLE,
        "dialect": {"type": ["object", "string"], "properties": {"delimiter": TEXT}},
        "schema": {**SCHEMA, "type": ["object", "string"]},
        "licenses": LICENCES,
        "sources": SOURCES,
    },
}
PACKAGE: dict[str, Any] = {
    "type": "object",
    "properties": {
        **dict.fromkeys(("name", "id", "title", "description", "homepage", "version", "created", "image"), TEXT),
        **dict.fromkeys(("profile", "$schema"), TEXT),
        "keywords": TEXTS,
        "licenses": LICENCES,
        "sources": SOURCES,
        "contributors": listed({**named(**PERSON, roles=TEXTS)}),
        "resources": listed(RESOURCE),
    },
}
KINDS = {
    "string": "text",
    "array": "a list",
    "object": "names with values",
    "boolean": "true or false",
    "integer": "a whole number",
    "null": "nothing",
    "number": "a number",
}
EXAMPLES = {
    "licenses": "[{name: CC-BY-4.0}]",
    "sources": "[{title: the document or system it comes from}]",
    "contributors": "[{title: the team that made it}]",
    "keywords": "[children, adoption]",
    "resources": "a list, each entry with `- name:` and `path:`",
    "schema": "`fields:` with a list of columns below it",
    "fields": "a list of columns, each with `- name:` and `type:`",
    "constraints": "{required: true}",
    "missingValues": '["", "x"]',
    "enum": "[first, second]",
    "categories": "[first, second]",
    "primaryKey": "[id]",
    "uniqueKeys": "[[area, period]]",
    "foreignKeys": "[{fields: [measure], reference: {resource: measures, fields: [id]}}]",
    "reference": "{resource: measures, fields: [id]}",
    "dialect": '{delimiter: ";"}',
    "path": "data/table.csv",
}
Misfit = tuple[tuple[str | int, ...], str, str]  # place, what is wrong, what to do


def find_misfits(data: Any, schema: Mapping[str, Any] = PACKAGE) -> Iterator[Misfit]:
    for error in jsonschema.Draft202012Validator(schema).iter_errors(data):
        place = tuple(error.absolute_path)
        what, fix = describe(error)
        if error.validator == "type" and place and place[-1] in EXAMPLES:
            fix = f"Write it as {EXAMPLES[str(place[-1])]}."
        yield place, what, fix


def describe(error: jsonschema.ValidationError) -> tuple[str, str]:
    value, wanted = error.instance, error.validator_value
    if error.validator == "required":
        missing = ", ".join(f"`{name}`" for name in wanted if name not in value)
        return f"{missing} is missing", f"Add {missing}."
    if error.validator in ("minItems", "minLength"):
        return "nothing stands in it", "Write at least one entry, or delete the line."
    if error.validator == "minimum":
        return f"{value} is less than {wanted}", "Write a larger number."
    if error.validator == "type":
        kinds = [wanted] if isinstance(wanted, str) else list(wanted)
        should = " or ".join(KINDS[kind] for kind in kinds)
        if value is None:
            return f"should be {should} and is empty", "Write it, or delete the line."
        if "string" in kinds and isinstance(value, (bool, int, float)):
            return f"should be {should}, not {kind_of(value)}", "Put it in quotation marks."
        fix = "Write one text." if kinds == ["string"] else "Write names with values below it, such as `name: …`."
        return f"should be {should}, not {kind_of(value)}", fix
    return "does not fit", "Compare it with a dataset that passes."


def kind_of(value: object) -> str:
    kinds = {bool: "true or false", int: "a number", float: "a number", str: "text", list: "a list"}
    return kinds.get(type(value), "names with values")


def without(data: Any, places: list[tuple[str | int, ...]]) -> Any:
    """A copy in which nothing stands at these places; an entry of a list takes those after it along one place."""
    made = unshared(data)
    for place in sorted(set(places), key=lambda p: (len(p), [str(part).zfill(9) for part in p]), reverse=True):
        at = made
        for part in place[:-1]:
            at = at[part]
        if place:
            del at[place[-1]]
    return made


def unshared(data: Any) -> Any:
    """A copy in which an alias is a value of its own: what is changed here does not change there."""
    if isinstance(data, dict):
        return {name: unshared(value) for name, value in data.items()}
    return [unshared(value) for value in data] if isinstance(data, list) else data
