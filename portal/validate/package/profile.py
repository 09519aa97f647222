"""The profile that the Data Package standard publishes of its version 2.0, applied to the packages that name it.

In:  a Dataset.
Out: a Problem for each entry that the profile refuses, where it stands.

The profile comes with a package of others and is read from disk, never from its address. It leaves out three things
that the prose of the same standard defines; these are looked at elsewhere: the type `list`, `fieldsMatch` as text, and
a table named by `$schema` of its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import jsonschema
from referencing import Registry

from portal.model import Dataset, Problem
from portal.privacy import quote
from portal.validate.package.where import described_fields, entries, problem_at

VERSION = "https://datapackage.org/profiles/2.0/datapackage.json"
NAMED = (
    *("data-package", "tabular-data-package", "data-resource", "tabular-data-resource"),
    *("https://datapackage.org/profiles/1.0/", "https://datapackage.org/profiles/2.0/"),
    "https://specs.frictionlessdata.io/schemas/",
)
EXAMPLES = {"mediatype": "text/csv", "hash": "sha256: and the sum", "path": "data/table.csv or https://…"}
FIXES = {
    "required": "Add it.",
    "enum": "Write one of these.",
    "pattern": "Write it so, or take the line out.",
    "uniqueItems": "Take one of the two out.",
    **dict.fromkeys(("minItems", "minProperties", "anyOf"), "Fill it in, or take the line out."),
}
FILE = "dplib/profiles/2.0/datapackage.json"


def check_profile(dataset: Dataset) -> Iterator[Problem]:
    """Against the published profile when the package names version 2.0; another profile is not fetched."""
    named = str(dataset.descriptor.get("$schema") or dataset.descriptor.get("profile") or "data-package")
    if not named.startswith(NAMED):
        place = "$schema" if dataset.descriptor.get("$schema") else "profile"
        message = f"the package follows the profile {quote(named)}, which is not read here; nothing is fetched"
        fix = f"Check it against that profile yourself, or write {VERSION} if no other is meant."
        yield problem_at(dataset, place, "profile-not-read", message, fix, "warning")
    if named != VERSION:
        return
    package, _ = validators()
    for error in package.iter_errors(dataset.descriptor):
        yield make_problem(dataset, [str(part) for part in error.absolute_path], error)
    for place, entry in entries(dataset):
        for at, field in described_fields(place, entry):
            yield from check_field(dataset, at, field)


def check_field(dataset: Dataset, place: str, field: Mapping[str, Any]) -> Iterator[Problem]:
    """By the branch of its own type: so the reason is the one that counts, of sixteen."""
    _, kinds = validators()
    kind = kinds.get(str(field.get("type", "string")))
    for error in kind.iter_errors(field) if kind else ():
        yield make_problem(dataset, [*place.split("."), *(str(part) for part in error.absolute_path)], error)


def make_problem(dataset: Dataset, place: list[str], error: jsonschema.ValidationError) -> Problem:
    message = f"{in_words(place)}: {describe(error)}"
    fix = FIXES.get(
        str(error.validator), "Correct it as https://datapackage.org/standard/data-package/ says, or take it out."
    )
    return problem_at(dataset, ".".join(place), "profile", message, fix)


def in_words(place: list[str]) -> str:
    """The entry and the number it has in its list, as people count."""
    last = place[-1] if place else "the package"
    return f"{place[-2]}, entry {int(last) + 1}" if last.isdigit() and len(place) > 1 else last


def describe(error: jsonschema.ValidationError) -> str:
    value = error.instance
    if error.validator == "required":
        return f"{', '.join(quote(name) for name in error.validator_value if name not in value)} is missing"
    if error.validator in ("minItems", "minProperties"):
        return "nothing stands in it"
    if error.validator == "enum":
        return f"{quote(value)} is none of: {', '.join(map(str, error.validator_value))}"
    if error.validator == "uniqueItems":
        return "something stands in it twice"
    if error.validator == "pattern":
        example = EXAMPLES.get(str(error.absolute_path[-1]), "letters, digits, dots and hyphens")
        return f"{quote(value)} is not written as it should be, such as {example}"
    if error.validator == "anyOf" and isinstance(value, dict):
        return "neither a name nor a path stands in it"
    return "it is not what Data Package 2.0 wants"


@cache
def validators() -> tuple[Any, Mapping[str, Any]]:
    """The whole but the columns, and a column of each type."""
    profile = json.loads(Path(str(distribution("dplib-py").locate_file(FILE))).read_text(encoding="utf-8"))
    schema = profile["properties"]["resources"]["items"]["properties"]["schema"]["properties"]
    del schema["fieldsMatch"]  # a list in the profile, text in the prose: `keys` takes both
    branches = schema["fields"]["items"].pop("anyOf", None) or schema["fields"]["items"].pop("oneOf")
    kinds = {kind: make(branch) for branch in branches for kind in branch["properties"]["type"]["enum"]}
    return make(profile), kinds


def make(schema: Mapping[str, Any]) -> Any:
    return jsonschema.Draft7Validator(schema, registry=Registry())  # an empty registry fetches nothing
