"""The shape of page.yaml: which entries there are, which are required, what may stand in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

TEXT = {"type": "string", "minLength": 1}
IDENTIFIER = {"type": "string", "pattern": "^[a-z0-9][a-z0-9-]*$"}
IDS = {"type": "array", "items": TEXT, "minItems": 1}
SERIES = {
    "type": "object",
    "additionalProperties": False,
    "anyOf": [{"required": ["where"]}, {"required": ["rows"]}],
    "properties": {
        "label": TEXT,
        "where": {"type": "object", "additionalProperties": {"type": "string"}, "minProperties": 1},
        "rows": IDS,
        "mark": {"enum": ["circle", "diamond", "square", "triangle"]},
        "join": {"type": "boolean"},
        "style": {"enum": ["series-1", "series-2", "series-3", "series-4", "ref"]},
        "role": {"enum": ["value", "target", "comparator", "field"]},
    },
}
LANE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["label", "series"],
    "properties": {"label": TEXT, "series": {"type": "array", "items": SERIES, "minItems": 1}},
}
TIMELINE = "inspection review decision plan campaign paper meeting report start step deadline strategy rhythm".split()
NOTES = {
    "type": "array",
    "items": {
        "type": "object",
        "additionalProperties": False,
        "required": ["title", "text"],
        "properties": {"title": TEXT, "text": TEXT},
    },
}


SUBJECTS = ["children", "families", "event-about-a-person", "staff", "other"]
PAIR = {"type": "array", "items": TEXT, "minItems": 2, "maxItems": 2}
CHECK_FORMS = {
    "sum": ("sum", "equals"),
    "mean": ("mean", "equals"),
    "product": ("resource", "product", "equals"),
    "share": ("share", "count", "base"),
    "restates": ("restates",),
    "same_base": ("same_base",),
}
CHECK = {
    "type": "object",
    "additionalProperties": False,
    "required": ["id"],
    "oneOf": [{"required": list(entries)} for entries in CHECK_FORMS.values()],
    "properties": {
        "id": IDENTIFIER,
        "sum": {"type": "array", "items": TEXT, "minItems": 2},
        "mean": {"type": "array", "items": TEXT, "minItems": 2},
        "product": PAIR,
        "resource": TEXT,
        "equals": {"anyOf": [TEXT, {"const": 100}]},
        "share": TEXT,
        "count": TEXT,
        "base": TEXT,
        "restates": PAIR,
        "same_base": {"type": "array", "items": PAIR, "minItems": 2},
        "mismatch": TEXT,
        "makes": TEXT,
    },
    "dependentRequired": {"mismatch": ["makes"], "makes": ["mismatch"]},
}


def listed(
    required: Sequence[str], properties: Mapping[str, Any], rules: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    item = {"type": "object", "additionalProperties": False, "required": list(required), "properties": dict(properties)}
    return {"type": "array", "items": {**item, **(rules or {})}}


def most(name: str, count: int, form: str, others: int) -> dict[str, Any]:
    """So many entries of a list in one form of chart, and so many in all others."""
    limits = [{"properties": {name: {"maxItems": number}}} for number in (count, others)]
    return {"if": {"properties": {"form": {"const": form}}}, "then": limits[0], "else": limits[1]}


REVIEW = dict.fromkeys(("reason", "date", "reviewed_by"), TEXT)
HARM = {"row": TEXT, **REVIEW, "harm": TEXT}
RELEASE = {"resource": TEXT, "policy": TEXT, "policy_url": TEXT, **REVIEW}
DISCLOSURE = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "rows": listed([*HARM], HARM),
        "releases": listed([*RELEASE], {**RELEASE, "series": TEXT}),
        "columns": listed(
            ["resource", "fields", "subject"], {"resource": TEXT, "fields": IDS, "subject": {"enum": SUBJECTS}}
        ),
    },
}

SHOWS = ["value", "change", "direction", "in-ten", "in-hundred"]
RENEWALS = ["monthly", "quarterly", "termly", "half-yearly", "yearly", "never", "not-known"]
FRESHNESS = listed(
    ["renewed", "why"],
    {
        "series": TEXT,
        "resource": TEXT,
        "column": TEXT,
        "renewed": {"enum": RENEWALS},
        "due_after_months": {"type": "integer", "minimum": 0, "maximum": 120},
        "why": TEXT,
    },
)

PAGE_SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "question": TEXT,
        "lede": TEXT,
        "topic": IDENTIFIER,
        "teaser": TEXT,
        "headline": TEXT,
        "comparison": TEXT,
        "figures": listed(["id", "rows"], {"id": IDENTIFIER, "show": {"enum": SHOWS}, "rows": IDS}),
        "charts": listed(
            ["id", "form", "title", "subtitle"],
            {
                "id": IDENTIFIER,
                "form": {"enum": ["dates", "strip", "panels", "steps", "compare", "multiples", "auto"]},
                "title": TEXT,
                "subtitle": TEXT,
                "finding": TEXT,
                "series": {"type": "array", "items": SERIES},
                "lanes": {"type": "array", "items": LANE},
                "beside": listed(["row", "why"], {"row": TEXT, "why": TEXT}),
                "events": {"type": "boolean"},
                "zero": {"type": "boolean"},
                "resource": TEXT,
            },
            most("series", 6, "multiples", 4),  # most series of `multiples` are for its table
        ),
        "tables": listed(
            ["id", "caption", "series"],
            {
                "id": IDENTIFIER,
                "caption": TEXT,
                "chart": TEXT,
                "no_chart": TEXT,
                "series": {"type": "array", "items": SERIES, "minItems": 1},
            },
        ),
        "registers": listed(
            ["resource", "caption", "form", "columns"],
            {
                "resource": TEXT,
                "caption": TEXT,
                "form": {"enum": ["table", "cards", "timeline"]},
                "columns": IDS,
                "subject": {"enum": SUBJECTS},
                "timeline": {"enum": [*TIMELINE, "leave-out"]},
            },
        ),
        "checks": {"type": "array", "items": CHECK},
        "claims": listed(
            ["id", "words"],
            {"id": IDENTIFIER, "words": TEXT, "figures": IDS, "rows": IDS, "among": IDS, "across": TEXT},
            {"anyOf": [{"required": ["figures"]}, {"required": ["rows"]}]},
        ),
        "know": NOTES,
        "do_not_compare": NOTES,
        "disclosure": DISCLOSURE,
        "freshness": FRESHNESS,
    },
}
