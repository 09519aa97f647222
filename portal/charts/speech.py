"""How a figure and its time are said aloud: rounded like speech in the short text, as printed in the long one.

In:  Observations.
Out: "about 19", "about 1,300", "14.8 per cent", "517 days"; "on 31 March each year from 2013 to 2025", "in 2018".

One rule rounds: whole numbers below a thousand are said in full, so that no small count of people becomes another;
from a thousand on two figures are said, other numbers from ten on whole, smaller ones with two figures. "About" stands
wherever that changed the number. A rhythm of years is said once, and each figure then needs its year alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from portal.charts.words import at_time, when_of
from portal.formats import format_number, format_row
from portal.model import Observation

FULL = 1000  # whole numbers below are said in full
DAY = re.compile(r"(\d{1,2} [A-Z][a-z]+) (\d{4})")
YEAR_TO = re.compile(r"year to (\d{1,2} [A-Z][a-z]+) (\d{4})")
SPLIT = re.compile(r"\d{4}/\d\d")


def round_aloud(value: float) -> float:
    exact = Decimal(repr(float(value)))
    size = abs(exact)
    if size < FULL and exact == exact.to_integral_value():
        return value
    places = 0 if 10 <= size < FULL else size.adjusted() - 1
    return float(exact.quantize(Decimal((0, (1,), places)), ROUND_HALF_UP))


def say_exact(row: Observation) -> str:
    """The figure as it is printed, its unit in words."""
    return with_unit(format_row(row), row)


def say_about(row: Observation) -> str:
    """The figure as a person would say it; one that is printed as a bound or a range is not rounded."""
    if row.number is None or row.qualifier not in ("exact", "about"):
        return say_exact(row)
    said = round_aloud(row.number)
    if said == row.number and row.qualifier == "exact":
        return with_unit(format_number(said, row.measure.unit), row)
    return with_unit(f"about {format_number(said, row.measure.unit)}", row)


def with_unit(text: str, row: Observation) -> str:
    """17% -> 17 per cent, 517 -> 517 days; of other units the name of the figure speaks already."""
    if row.measure.unit == "days" and not text.startswith("["):
        return f"{text} day" if text == "1" else f"{text} days"
    return text.replace("%", " per cent")


def say_both(first: Observation, last: Observation) -> tuple[str, str]:
    """Two ends: as printed where rounding would make them one and the same."""
    said = say_about(first), say_about(last)
    return said if said[0] != said[1] or first.number == last.number else (say_exact(first), say_exact(last))


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When the figures are for: `whole` of all together; `years` when each is named by its year alone."""

    whole: str
    years: bool = False

    def when(self, row: Observation) -> str:
        """ "in 2018" where the rhythm has said the rest, else "on 31 March 2018"; a date worked out is said to be."""
        return self.moment(row) if self.years else when_of(row)

    def moment(self, row: Observation) -> str:
        """The same for the short text."""
        if not self.years:
            return at_time(row.period)
        return f"in {row.period if SPLIT.fullmatch(row.period) else row.period[-4:]}"

    def name(self, row: Observation) -> str:
        """The same without its preposition, for a list of dates."""
        return self.when(row).partition(" ")[2] if self.years else row.period


def rhythm_of(rows: Sequence[Observation]) -> Rhythm:
    """The rows in order of time."""
    periods = list(dict.fromkeys(row.period for row in rows))
    if len(periods) > 1 and all(row.date_status == "stated" for row in rows):
        for pattern, each, some in (
            (DAY, "on {} each year from {} to {}", "on {} from {} to {}"),
            (YEAR_TO, "in each year to {}, from {} to {}", "in years to {} from {} to {}"),
            (SPLIT, "in each year from {} to {}", "from {} to {}"),
        ):
            found = [pattern.fullmatch(period) for period in periods]
            heads = {match[1] if match and pattern is not SPLIT else "" for match in found}
            if all(found) and len(heads) == 1:
                years = [period[:4] if pattern is SPLIT else period[-4:] for period in periods]
                every = all(int(later) - int(earlier) == 1 for earlier, later in pairwise(years))
                ends = [period if pattern is SPLIT else period[-4:] for period in (periods[0], periods[-1])]
                return Rhythm((each if every else some).format(*(h for h in heads if h), *ends), True)
    return Rhythm(at_time(rows[0].period) if len(periods) == 1 else f"from {periods[0]} to {periods[-1]}")
