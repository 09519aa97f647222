"""Turn the rows of an observation table into `Observation`s.

In:  a resource with the columns of `OBSERVATION_COLUMNS` (plus breakdown columns) and the package's measures.
Out: one Observation a row. Cells that cannot be understood become None or stay text: `validate` says so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal

from portal.model import OBSERVATION_COLUMNS, Measure, Observation, Resource

MEASURE_COLUMNS = tuple(f.name for f in fields(Measure))
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def is_observation_table(resource: Resource) -> bool:
    return set(OBSERVATION_COLUMNS) <= set(resource.field_names)


def read_number(text: str) -> float | None:
    """A plain decimal number; `float` alone would take 1_248, 1e3, NaN and other scripts' digits as well."""
    return float(text) if NUMBER.fullmatch(text) else None


def whole_units(text: str, multiplier: str) -> float | None:
    """A cell's number in whole units: 47757 of a measure in thousands of pounds is 47757000."""
    return None if read_number(text) is None else float(Decimal(text) * read_times(multiplier))


def read_times(multiplier: str) -> int:
    """1, 1000 or 1000000; what else stands there is for the checks to tell."""
    return int(multiplier) if re.fullmatch(r"1|1000|1000000", multiplier) else 1


def read_date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def make_measures(resources: tuple[Resource, ...]) -> dict[str, Measure]:
    """The package's `measures` resource by id; empty when there is none."""
    found = next((r for r in resources if r.name == "measures"), None)
    if found is None or "id" not in found.frame.columns:
        return {}
    return {row["id"]: make_measure(row) for row in found.records()}


def make_measure(row: Mapping[str, str]) -> Measure:
    return Measure(**{"label": row.get("label", row["id"]), **{k: v for k, v in row.items() if k in MEASURE_COLUMNS}})


def make_observations(resource: Resource, measures: Mapping[str, Measure], dataset: str) -> tuple[Observation, ...]:
    breakdowns = [name for name in resource.frame.columns if name not in OBSERVATION_COLUMNS]
    return tuple(
        make_observation(row, measures, breakdowns, dataset, resource.path, line)
        for row, line in zip(resource.records(), resource.lines, strict=True)
    )


def make_observation(
    row: Mapping[str, str], measures: Mapping[str, Measure], breakdowns: list[str], dataset: str, path: str, line: int
) -> Observation:
    measure = measures.get(row["measure"], Measure(row["measure"], row["measure"]))
    number, low, high = (whole_units(row[name], measure.multiplier) for name in ("value", "value_low", "value_high"))
    plain = {
        name: row[name]
        for name in (
            "id area series kind basis date_status period qualifier printed direction repeats source locator note"
        ).split()
    }
    return Observation(
        **plain,
        measure=measure,
        period_start=read_date(row["period_start"]),
        period_end=read_date(row["period_end"]),
        number=number,
        text=row["value"],
        symbol=row["value"] if number is None else "",
        low=low,
        high=high,
        flags=tuple(flag for flag in row["flags"].split(";") if flag),
        breakdown=tuple((name, row[name]) for name in breakdowns),
        dataset=dataset,
        path=path,
        line=line,
    )
