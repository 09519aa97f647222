"""Choose the form that draws each chart.

In:  a Dataset and the reference tables.
Out: Charts.
"""

from __future__ import annotations

from altair.utils.schemapi import debug_mode

from portal.charts.auto import sketch_auto, suggest_chart
from portal.charts.compare import sketch_compare
from portal.charts.dates import sketch_dates
from portal.charts.frame import make_chart
from portal.charts.multiples import sketch_multiples
from portal.charts.panels import sketch_panels
from portal.charts.select import place_of
from portal.charts.steps import sketch_steps
from portal.charts.strip import sketch_strip
from portal.errors import PortalError
from portal.made import Chart
from portal.model import Dataset, Reference
from portal.spec import ChartSpec

FORMS = {
    "dates": sketch_dates,
    "strip": sketch_strip,
    "panels": sketch_panels,
    "steps": sketch_steps,
    "compare": sketch_compare,
    "multiples": sketch_multiples,
    "auto": sketch_auto,
}


def draw_charts(dataset: Dataset, reference: Reference, *, place: str) -> tuple[Chart, ...]:
    """Every chart of a dataset's page."""
    specs = dataset.page.charts or suggest_chart(dataset)
    return tuple(draw_chart(dataset, spec, reference, place) for spec in specs)


def draw_chart(dataset: Dataset, spec: ChartSpec, reference: Reference, place: str) -> Chart:
    """One chart in the form its entry names."""
    if spec.form not in FORMS:
        known = ", ".join(sorted(FORMS))
        raise PortalError(f'{place_of(dataset, spec)}: there is no form "{spec.form}"', f"Use one of: {known}.")
    sketch = FORMS[spec.form](dataset, spec, reference, place)
    # Altair checks each layer against a schema, which takes longer than drawing it; Vega still refuses what is wrong.
    with debug_mode(False):
        return make_chart(dataset, spec, sketch, reference, place)
