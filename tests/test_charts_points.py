"""The points of a chart: their order, their words, how the interactive view draws them, and the script it needs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import vl_convert
from make import make_dataset, make_reference

from portal.charts import draw_charts
from portal.errors import PortalError
from portal.made import Chart
from portal.runtime import make_runtime
from portal.settings import PROGRAM_ROOT

ROWS = """id,period,period_start,period_end,value
old,31 March 2020,2020-03-31,2020-03-31,900
odd,31 March 2021,2021-03-31,2021-03-31,1200
new,31 March 2022,2022-03-31,2022-03-31,1248
aim,31 March 2022,2022-03-31,2022-03-31,1000
"""
LINE = "charts: [{id: c, form: dates, title: T, subtitle: S, series: [{label: Ours, rows: [new, old, odd]}]}]"
STRIP = """charts:
  - id: c
    form: strip
    title: T
    subtitle: S
    lanes:
      - label: Lane
        series:
          - {label: Ours, rows: [new], role: value}
          - {label: Target, rows: [aim], role: target}
"""
STEPS = "charts: [{id: c, form: steps, title: T, subtitle: S, series: [{label: Ours, rows: [old, new]}]}]"


def draw(page: str) -> Chart:
    return draw_charts(make_dataset(ROWS, page=page), make_reference(), place="Otherton")[0]


def points_of(page: str) -> dict:
    return json.loads(draw(page).points)


def test_points_of_a_line_follow_time_and_carry_row_date_place_and_number():
    made = points_of(LINE)
    assert [point["row"] for point in made["points"]] == ["old", "odd", "new"]
    last = made["points"][-1]
    assert (last["when"], last["name"], last["value"], last["y"]) == ("31 March 2022", "Ours", "1,248", 1248)
    assert last["unit"] == "children"
    assert last["dataset"] == "children"


def test_points_of_a_lane_go_from_the_lowest_to_the_highest():
    made = points_of(STRIP)
    assert [(point["row"], point["name"]) for point in made["points"]] == [("aim", "Target"), ("new", "Ours")]
    assert made["courses"] == ["Lane"]
    assert [one["name"] for one in made["series"]] == ["Ours", "Target"]


def test_every_point_has_a_mark_that_leads_to_its_row_in_both_drawings():
    for page in (LINE, STRIP, STEPS):
        chart = draw(page)
        for point in json.loads(chart.points)["points"]:
            for drawing in (chart.wide, chart.narrow):
                assert f'href="../children/rows/#{point["row"]}"' in drawing


def test_a_form_that_gains_nothing_from_a_view_has_points_and_no_view():
    chart = draw(STEPS)
    assert not chart.view
    assert "spec" not in json.loads(chart.points)


@pytest.mark.parametrize("page", [LINE, STRIP])
def test_the_view_draws_every_point_in_the_colours_of_the_page(page):
    chart, made = draw(page), points_of(page)
    spec = made["spec"]
    spec["data"][0]["values"] = made["points"]
    svg = vl_convert.vega_to_svg(spec)
    assert chart.view
    assert svg.count("mark-symbol") >= 1
    assert "var(--mc-series-1" in svg
    assert "#4682b4" not in svg.lower()  # the blue of whoever names no colour


def test_a_switched_off_series_is_not_drawn_and_the_scale_follows_those_that_are_left():
    made = points_of(STRIP)
    spec = made["spec"]
    spec["data"][0]["values"] = made["points"]
    whole = vl_convert.vega_to_svg(spec)
    next(signal for signal in spec["signals"] if signal["name"] == "off")["value"] = [0]
    assert ">1,248<" in whole
    assert ">1,248<" not in vl_convert.vega_to_svg(spec)


def test_the_same_chart_gives_the_same_bytes():
    assert draw(STRIP).points == draw(STRIP).points


def test_the_script_is_put_out_with_its_licence_only_where_a_chart_has_a_view():
    templates = PROGRAM_ROOT / "site_templates"
    assert make_runtime(templates, [(draw(STEPS),)]) == ()
    script, licence = make_runtime(templates, [(draw(LINE),)])
    assert script.path == "assets/vega/vega.js"
    assert b"Interactive Data Lab" in licence.content


def test_a_script_that_is_not_the_one_we_know_stops_the_build(tmp_path: Path):
    for name in ("vega.js", "vega.js.sha256", "vega-LICENSE.txt"):
        content = (PROGRAM_ROOT / "site_templates" / "vendor" / name).read_bytes()
        (tmp_path / "vendor").mkdir(exist_ok=True)
        (tmp_path / "vendor" / name).write_bytes(content)
    (tmp_path / "vendor" / "vega.js").write_bytes(b"alert(1)")
    with pytest.raises(PortalError, match="not the file"):
        make_runtime(tmp_path, [(draw(LINE),)])
