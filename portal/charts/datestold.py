"""The two texts of a chart over time: one to hear in passing, one to read in full.

In:  each series with its rows and the runs that are joined.
Out: the short text; the long one part by part.
"""

from __future__ import annotations

from collections.abc import Sequence

from portal.charts import joins, words
from portal.charts.speech import Rhythm, rhythm_of
from portal.charts.telling import (
    fit,
    may_compare,
    places_of,
    subject,
    tell_level,
    tell_missing,
    tell_runs,
    tell_short,
)
from portal.charts.timefigure import Moment
from portal.comparability import read_rules
from portal.made import Told
from portal.model import Observation, Reference
from portal.spec import SeriesSpec

Series = tuple[SeriesSpec, Sequence[Observation], Sequence[Sequence[Observation]]]


def tell_dates_short(series: Sequence[Series], reference: Reference, place: str) -> str:
    """What, where, when; how the first series goes, and on which side of the others it ends.

    Series that may not be compared are each told by themselves.
    """
    asked = joins.in_order([row for _, rows, _ in series for row in rows])
    rhythm, level = rhythm_of(asked), _level(series, reference)
    told = series[:1] if level else series  # the others are named where the first one ends
    parts = [(0, _what(told, asked, rhythm, reference, place))]
    for spec, rows, runs in told:
        drawn = [row for row in joins.in_order(rows) if row.number is not None]
        begin = subject(spec.label if len(told) > 1 else "", drawn[0], reference, place)
        parts += tell_short(runs, rhythm, begin, drawn)
    parts += [(0, f"It ended {level}.")] if level else []
    parts += [(1, text) for text in (_gaps(asked), *tell_missing(asked, rhythm, reference.symbols)) if text]
    return fit(parts)


def tell_dates(
    series: Sequence[Series], reference: Reference, place: str, moments: Sequence[Moment] = ()
) -> tuple[Told, ...]:
    asked = joins.in_order([row for _, rows, _ in series for row in rows])
    rhythm = rhythm_of(asked)
    told = [Told(_what(series, asked, rhythm, reference, place))]
    for spec, rows, runs in series:
        first = next(row for row in joins.in_order(rows) if row.number is not None)
        begin = subject(spec.label if len(series) > 1 else "", first, reference, place)
        said = tell_runs(runs, rhythm, begin) + tell_missing(joins.in_order(rows), rhythm, reference.symbols)
        told.append(Told(" ".join(said), tuple(row.id for row in joins.in_order(rows))))
    level = _level(series, reference)
    rest = [
        f"At the end {series[0][0].label} stood {level}." if level else "",
        _gaps(asked),
        moments_sentence(moments),
        words.not_drawn_sentence(words.not_drawn([row for _, rows, _ in series for row in rows])),
    ]
    return (*told, *(Told(text) for text in rest if text))


def _what(
    series: Sequence[Series], asked: Sequence[Observation], rhythm: Rhythm, reference: Reference, place: str
) -> str:
    measures = list(dict.fromkeys(words.what_is_counted(rows[0]) for _, rows, _ in series))
    where = places_of([row for _, rows, _ in series for row in rows if row.number is not None], reference, place)
    return f"{_kind(series)} {words.listed(measures)}, in {where}, {rhythm.whole}."


def _kind(series: Sequence[Series]) -> str:
    joined = [any(len(run) > 1 for run in runs) for _, _, runs in series]
    if all(joined):
        return "Line chart of"
    return "Chart of lines and separate marks:" if any(joined) else "Chart of separate marks:"


def _level(series: Sequence[Series], reference: Reference) -> str:
    """On which side of the others the first series ends; nothing unless it may be compared with each of them."""
    rules = read_rules(reference)
    ends = [[row for row in joins.in_order(rows) if row.number is not None][-1] for _, rows, _ in series]
    if len(ends) < 2 or not all(may_compare(ends[0], end, rules) for end in ends[1:]):
        return ""
    if len({end.area for end in ends}) < len(ends):
        return ""
    return tell_level(ends[0], [(series[n][0].label, end) for n, end in enumerate(ends) if n], rules)


def _gaps(asked: Sequence[Observation]) -> str:
    drawn = [row for row in asked if row.number is not None]
    period = {row.date: row.period for row in drawn}
    return words.gap_sentence((period[start], period[end]) for start, end in joins.gaps(drawn))


def moments_sentence(moments: Sequence[Moment]) -> str:
    """ "Marked at the foot: Ofsted inspection in July 2014 and March 2022." """
    dates: dict[str, list[str]] = {}
    for moment in moments:
        dates.setdefault(moment.title, []).append(moment.when)
    said = [f"{title}, {words.listed(whens)}" for title, whens in dates.items()]
    return f"Marked at the foot: {'; '.join(said)}." if said else ""
