"""How the interactive view of a chart draws its points: the same scales, colours and shapes as the still drawing.

In:  what the still drawing knows of its axes.
Out: a Vega specification without data: the points stand beside it in the same file.

Colours are the page's variables, so a change from light to dark needs no new drawing. Nothing moves by itself. `off`
holds the series that are switched off, `here` the row a reader is at.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from portal.charts.house import FONTS, SHAPES, variable
from portal.charts.journey import Series
from portal.charts.scales import Ticks
from portal.charts.timemarks import DASH
from portal.charts.timenotes import NO_FIGURE

SIZE, LANE, LIFT = 14, 84, 28  # of type; a lane, and how far above its foot its line lies
Tick = tuple[float, str]


def time_spec(
    series: Sequence[Series],
    unit: str,
    domain: Sequence[float],
    years: Sequence[Tick],
    fixed: Ticks,
    gaps: Sequence[tuple[float, float]] = (),
) -> Any:
    """Lines over time. `fixed`: a value axis that does not start at 0 stays as drawn. `gaps`: no figure is held."""
    y: dict[str, Any] = {"name": "y", "type": "linear", "range": "height", "nice": True, "zero": True}
    y |= {"domain": [fixed[0], fixed[-1]], "zero": False, "nice": False} if fixed else {"domain": _of("shown", "y")}
    x = {
        "name": "x",
        "type": "linear",
        "range": "width",
        "domain": [round(end, 6) for end in domain],
        "zero": False,
        "nice": False,
    }
    at: dict[str, Any] = {"x": _scaled("x", "x"), "y": _scaled("y", "y")}
    beside = [n for n, one in enumerate(series) if one.style == "ref"]
    dash = [{"test": f"indexof({beside}, datum.series) >= 0", "value": DASH}, {"value": None}]
    line = {"stroke": {"scale": "colour", "field": "series"}, "strokeWidth": {"value": 2.5}, "strokeDash": dash}
    facet: dict[str, Any] = {"name": "run", "data": "drawn", "groupby": ["series", "run"]}
    runs: dict[str, Any] = {"type": "group", "from": {"facet": facet}}
    runs |= {"marks": [{"type": "line", "from": {"data": "run"}, "encode": {"update": at | line}}]}
    labels: dict[str, Any] = {"text": {"field": "name"}, "dx": {"value": 12}, "dy": {"field": "dy"}}
    labels |= {"baseline": {"value": "middle"}, "fontSize": {"value": SIZE}}
    names = [_text("ends", at | labels | halo) for halo in (_halo(), {"fill": {"field": "ink"}})]
    made = _spec([x, y, *_looks(series)], [_years(years), _values("left", unit, fixed)],
                 [*(_gaps() if gaps else ()), runs, _symbols(at), _ring(at), *names], 280)  # fmt: skip
    made["data"] += [{"name": "gaps", "values": [{"from": a, "to": b} for a, b in gaps]}] if gaps else []
    return made


def scale_spec(series: Sequence[Series], unit: str, lanes: Sequence[str]) -> Any:
    """Marks on one scale from 0, lane under lane. Without the largest figures the scale gets longer for the others."""
    x = {
        "name": "x",
        "type": "linear",
        "range": "width",
        "domain": _of("shown", "y", "high"),
        "zero": True,
        "nice": True,
    }
    y = {"name": "y", "type": "band", "range": "height", "domain": list(range(len(lanes)))}
    middle = {"scale": "y", "field": "course", "band": 1, "offset": -LIFT}
    low, high = {"x": _scaled("x", "y"), "y": middle}, {"x2": _scaled("x", "high")}
    hangs = {"offset": {"signal": f"datum.hangs ? {14 - LIFT} : {-LIFT}"}}
    at = low | {"y": middle | hangs}
    whole = {
        "x": {"value": 0},
        "x2": {"signal": "width"},
        "y": {"scale": "y", "field": "n", "band": 1, "offset": -LIFT},
    }
    rule = {"type": "rule", "from": {"data": "lanes"}, "encode": {"update": whole | {"stroke": _ink("edge")}}}
    band = {"type": "rule", "from": {"data": "ranges"}, "encode": {"update": at | high | {
        "stroke": {"scale": "colour", "field": "series"}, "strokeWidth": {"value": 8}}}}  # fmt: skip
    label = {"x": {"value": 0}, "y": {"scale": "y", "field": "n", "offset": 14}, "text": {"field": "name"}}
    label |= {"fill": _ink("ink"), "fontWeight": {"value": "bold"}, "fontSize": {"value": SIZE}}
    said = {"text": {"field": "value"}, "dy": {"value": -14}, "align": {"value": "center"}, "fontSize": {"value": SIZE}}
    heads = low | said | {"baseline": {"value": "bottom"}, "fill": _ink("ink"), "fontWeight": {"value": "bold"}}
    made = _spec([x, y, *_looks(series)], [_values("bottom", unit, ())],
                 [rule, band, _symbols(at), _ring(at), _text("lanes", label), _text("heads", heads)],
                 LANE * len(lanes) + 30)  # fmt: skip
    made["data"] += [
        {"name": "lanes", "values": [{"n": n, "name": name} for n, name in enumerate(lanes)]},
        {"name": "ranges", "source": "shown", "transform": [_keep("isValid(datum.high)")]},
        {"name": "heads", "source": "shown", "transform": [_keep("datum.head")]},
    ]
    return made


def _spec(scales: Sequence[Any], axes: Sequence[Any], marks: Sequence[Any], height: int) -> dict[str, Any]:
    shown = {"name": "shown", "source": "points", "transform": [_keep("indexof(off, datum.series) < 0")]}
    return {
        "width": 640,
        "height": height,
        "padding": 4,
        "autosize": {"type": "fit", "contains": "padding"},
        "config": {"aria": False, "font": FONTS, "view": {"stroke": None}},
        "signals": [{"name": "off", "value": []}, {"name": "here", "value": ""}],
        "data": [
            {"name": "points"},
            shown,
            {"name": "drawn", "source": "shown", "transform": [{"type": "collect", "sort": {"field": "x"}}]},
            {"name": "at", "source": "shown", "transform": [_keep("datum.row === here")]},
            {"name": "ends"},
        ],
        "scales": list(scales),
        "axes": list(axes),
        "marks": list(marks),
    }


def _gaps() -> list[dict[str, Any]]:
    """Ground and words, where the still drawing has a hatch; words only where they fit."""
    whole = {"x": _scaled("x", "from"), "x2": _scaled("x", "to"), "y": {"value": 0}, "y2": {"signal": "height"}}
    ground = whole | {"fill": _ink("line"), "fillOpacity": {"value": 0.45}}
    wide = "scale('x', datum.to) - scale('x', datum.from)"
    words: dict[str, Any] = {"x": {"signal": f"scale('x', datum.from) + ({wide}) / 2"}, "y": {"signal": "height / 2"}}
    words |= {"text": {"signal": f"{wide} > {8 * len(NO_FIGURE)} ? '{NO_FIGURE}' : ''"}, "align": {"value": "center"}}
    words |= {"fill": _ink("ink-2"), "fontSize": {"value": SIZE}}
    return [{"type": "rect", "from": {"data": "gaps"}, "encode": {"update": ground}}, _text("gaps", words)]


def _looks(series: Sequence[Series]) -> list[dict[str, Any]]:
    """Colours and shapes of the series, and what a hollow one is filled with."""
    domain = list(range(len(series)))
    looks = {
        "colour": [variable(one.style) for one in series],
        "ground": [variable("page" if one.hollow else one.style) for one in series],
        "shape": ["stroke" if one.mark == "tick" else SHAPES[one.mark] for one in series],
        "turned": [90 if one.mark == "tick" else 0 for one in series],
        "size": [340 if one.mark == "tick" else 70 for one in series],
    }
    return [{"name": name, "type": "ordinal", "domain": domain, "range": values} for name, values in looks.items()]


def _symbols(at: dict[str, Any]) -> dict[str, Any]:
    scales = {"shape": "shape", "stroke": "colour", "angle": "turned", "size": "size"}
    by = {channel: {"scale": scale, "field": "series"} for channel, scale in scales.items()}
    fill = [{"test": "datum.hollow", "value": variable("page")}, {"scale": "ground", "field": "series"}]
    update = at | by | {"fill": fill, "strokeWidth": {"value": 2}}
    return {"type": "symbol", "from": {"data": "shown"}, "encode": {"update": update}}


def _ring(at: dict[str, Any]) -> dict[str, Any]:
    look = {"stroke": _ink("ink"), "strokeWidth": {"value": 3}, "fill": {"value": "none"}, "size": {"value": 480}}
    return {"type": "symbol", "from": {"data": "at"}, "encode": {"update": at | look}}


def _text(data: str, update: dict[str, Any]) -> dict[str, Any]:
    return {"type": "text", "from": {"data": data}, "encode": {"update": update}}


def _halo() -> dict[str, Any]:
    """Ground under a name, so that no line runs through it."""
    return {"stroke": _ink("page"), "strokeWidth": {"value": 5}, "fill": _ink("page")}


def _years(years: Sequence[Tick]) -> dict[str, Any]:
    values = [round(value, 6) for value, _ in years]
    words = {"text": {"signal": f"{json.dumps([name for _, name in years])}[indexof({values}, datum.value)]"}}
    axis = {"orient": "bottom", "scale": "x", "values": values, "labelOverlap": "greedy", "labelSeparation": 8}
    return axis | _axis_look("ink-2", "edge") | {"encode": {"labels": {"update": words}}}


def _values(orient: str, unit: str, fixed: Ticks) -> dict[str, Any]:
    sign, after = "£" if unit == "GBP" else "", " + '%'" if unit == "percent" else ""
    number = f"(datum.value < 0 ? '\u2212' : '') + '{sign}' + format(abs(datum.value), ',')"
    words = {"text": {"signal": number + after}}
    axis: dict[str, Any] = {"orient": orient, "scale": "y" if orient == "left" else "x", "tickCount": 5}
    axis |= {"values": list(fixed)} if fixed else {}
    plain = {"grid": True, "domain": False, "ticks": False} if orient == "left" else {}
    return (
        axis | _axis_look("ink-2", "edge") | plain | {"encode": {"labels": {"update": words}}, "labelOverlap": "greedy"}
    )


def _axis_look(ink: str, edge: str) -> dict[str, Any]:
    look = {"labelColor": variable(ink), "labelFontSize": SIZE, "labelFont": FONTS, "gridColor": variable("line")}
    return look | {"domainColor": variable(edge), "tickColor": variable(edge), "labelPadding": 6}


def _scaled(scale: str, name: str) -> dict[str, str]:
    return {"scale": scale, "field": name}


def _of(data: str, *names: str) -> dict[str, Any]:
    return (
        {"data": data, "field": names[0]}
        if len(names) == 1
        else {"fields": [{"data": data, "field": n} for n in names]}
    )


def _ink(token: str) -> dict[str, str]:
    return {"value": variable(token)}


def _keep(expression: str) -> dict[str, str]:
    return {"type": "filter", "expr": expression}
