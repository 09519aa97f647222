"""Draw the charts of a dataset, in one house style.

In:  a checked Dataset, with the entries of `charts` in its page.yaml.
Out: one Chart for each entry, in the same order; for a plain package without entries, a chart its schema suggests.

Altair and vl-convert are used in this package and nowhere else. Follow a chart: `draw_charts` -> a form (`dates`,
`strip`, `panels`, `steps`, `compare`, `multiples`, `auto`) -> `frame.make_chart` -> `svg`. Which rows a line may join
is decided in `joins` alone.
"""

from __future__ import annotations

from portal.charts.cards import draw_card_strip, draw_spark
from portal.charts.check import find_join_problems
from portal.charts.forms import draw_charts
from portal.charts.promise import draw_promise_strip
from portal.charts.scorestrip import draw_score_strip

__all__ = [
    "draw_card_strip",
    "draw_charts",
    "draw_promise_strip",
    "draw_score_strip",
    "draw_spark",
    "find_join_problems",
]
