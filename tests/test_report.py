from __future__ import annotations

import json

from portal.model import Problem
from portal.report import render_problems

ERROR = Problem("type-error", '"1,248" is not a number', "datasets/a.csv", 14, 7, "value", "Remove the comma.")
WARNING = Problem("old", "a warning", "datasets/b.csv", severity="warning")


def test_text_says_where_what_and_what_to_do():
    assert render_problems([ERROR, WARNING], "text") == (
        'datasets/a.csv:14:7  error  type-error\n  "1,248" is not a number\n  Remove the comma.\n\n'
        "datasets/b.csv  warning  old\n  a warning\n\n"
        "1 error, 1 warning"
    )


def test_no_problems_are_counted_too():
    assert render_problems([], "text") == "0 errors, 0 warnings"


def test_json_has_every_field_in_order():
    first, second = json.loads(render_problems([ERROR, WARNING], "json"))
    assert list(first) == ["path", "line", "column", "field", "severity", "code", "message", "fix"]
    assert (first["line"], first["column"], second["line"]) == (14, 7, None)


def test_github_gets_an_annotation_on_the_changed_line():
    first = render_problems([ERROR], "github").splitlines()[0]
    assert first == (
        '::error file=datasets/a.csv,line=14,col=7,title=type-error::"1,248" is not a number Remove the comma.'
    )


def test_a_line_break_in_a_cell_starts_no_command_on_github():
    sly = Problem("type-error", '"1\n::error::2\r100%" is not a number', "a,b:c.csv", 1)
    lines = render_problems([sly], "github").splitlines()
    assert lines[0] == '::error file=a%2Cb%3Ac.csv,line=1,title=type-error::"1%0A::error::2%0D100%25" is not a number'
    assert lines[1:] == ["1 error, 0 warnings"]
