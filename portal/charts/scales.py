"""Round numbers for axes, and places in time.

In:  the smallest and largest figure; dates.
Out: tick values; decimal years.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import ceil, floor, log10

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
Ticks = tuple[float, ...]


def decimal_year(day: date) -> float:
    """31 March 2025 -> 2025.244. A quantitative axis has no time zone and no ideas of its own about months."""
    days = (date(day.year + 1, 1, 1) - date(day.year, 1, 1)).days
    return day.year + (day.timetuple().tm_yday - 1) / days


def round_ticks(low: float, high: float, most: int = 5) -> Ticks:
    """Ticks at a round step that enclose low..high, as many as fit in `most`."""
    if high <= low:
        high = low + (abs(low) or 1)
    power = 10 ** floor(log10((high - low) / most))
    for factor in (step * scale for scale in (1, 10) for step in _STEPS):
        step = factor * power
        if factor % 2.5 == 0 and factor % 5 and step < 25:
            continue  # 62.5% and 67.5% are no round numbers to a reader
        first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
        if last - first + 1 <= most:
            return tuple(round(n * step, 10) for n in range(first, last + 1))
    return (low, high)


def value_ticks(values: Sequence[float], zero: bool) -> Ticks:
    """Ticks for a value axis: from zero for counts, from a round number below the lowest otherwise."""
    low, high = min(values), max(values)
    return round_ticks(min(low, 0), max(high, 0), 5) if zero else round_ticks(low, high, 5)


def year_ticks(start: float, end: float, most: int) -> Ticks:
    """Whole years at an even step, at most so many."""
    first, last = ceil(start - 1e-6), floor(end + 1e-6)
    for step in (1, 2, 3, 5, 10, 20, 50, 100):
        years = [year for year in range(first, last + 1) if year % step == first % step]
        if len(years) <= most:
            return tuple(float(year) for year in years)
    return (float(first), float(last))
