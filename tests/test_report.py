from __future__ import annotations

import json

import pytest

from portal.model import Problem
from portal.report import OF_ONE_KIND, render_problems

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
        '::error file=datasets/a.csv,line=14,col=7,title=type-error::"1,248" is not a number%0ARemove the comma.'
    )


def test_a_line_break_in_a_cell_starts_no_command_on_github():
    sly = Problem("type-error", '"1\n::error::2\r100%" is not a number', "a,b:c.csv", 1)
    lines = render_problems([sly], "github").splitlines()
    assert lines[0] == '::error file=a%2Cb%3Ac.csv,line=1,title=type-error::"1%0A::error::2%0D100%25" is not a number'
    assert not [line for line in lines if "::error::2" in line and not line.startswith("::error file=")]


def many(number, path="datasets/a.csv", code="type-error", severity="error"):
    return [Problem(code, f"wrong {n}", path, n + 2, severity=severity) for n in range(number)]


def test_problems_stand_file_by_file_and_line_by_line_whatever_found_them_first():
    late, early, other = (Problem("x", "", path, line) for path, line in (("b.csv", 9), ("b.csv", 2), ("a.csv", 5)))
    lines = render_problems([late, early, other], "text").splitlines()
    assert [line.split()[0] for line in lines if "error  x" in line] == ["a.csv:5", "b.csv:2", "b.csv:9"]


def test_the_same_mistake_in_thousands_of_rows_is_listed_some_times_and_counted():
    text = render_problems([*many(3432), *many(2, code="ragged-row")], "text")
    assert text.count("error  type-error\n  wrong") == OF_ONE_KIND
    assert "datasets/a.csv  error  type-error\n  and 3,407 more of the same kind in this file\n" in text
    assert text.count("ragged-row") == 2
    assert text.endswith("3,434 errors, 0 warnings")


def test_thousands_of_files_are_cut_as_well_and_errors_come_before_warnings():
    warnings = [Problem("old", "", f"datasets/a{n:04}.csv", severity="warning") for n in range(3000)]
    text = render_problems([*warnings, Problem("bad", "", "datasets/z.csv")], "text")
    assert "datasets/z.csv  error  bad" in text
    assert text.count("  warning  old") == 499
    assert "and 2,501 more that are not listed; --format json lists up to 10,000\n" in text
    assert text.endswith("1 error, 3,000 warnings")


def test_json_that_is_cut_says_so_in_its_last_entry():
    held = json.loads(render_problems([*many(9_000), *many(1_500, "datasets/b.csv", "old", "warning")], "json"))
    assert len(held) == 10_001
    assert (held[-1]["code"], held[-1]["severity"]) == ("more-problems", "warning")
    assert held[-1]["message"] == "and 0 errors, 500 warnings that are not listed"


def test_json_is_written_in_letters_that_every_terminal_has():
    text = render_problems([Problem("x", "“é” \udcff", "ä.csv")], "json")
    assert text.isascii()
    assert json.loads(text)[0]["path"] == "ä.csv"


def test_github_shows_ten_of_each_and_sees_every_file_and_every_kind_first():
    found = [
        *many(40),
        *many(1, code="ragged-row"),
        *many(3, "datasets/b.csv"),
        *many(12, "mkdocs.yml", "old", "warning"),
    ]
    lines = render_problems(found, "github").splitlines()
    errors = [line for line in lines if line.startswith("::error ")]
    assert (len(errors), len([line for line in lines if line.startswith("::warning ")])) == (10, 10)
    assert [line.partition("::wrong")[0] for line in errors[:3]] == [
        "::error file=datasets/a.csv,line=2,title=type-error",
        "::error file=datasets/b.csv,line=2,title=type-error",
        "::error file=datasets/a.csv,line=2,title=ragged-row",
    ]
    assert [line for line in lines if line.startswith("::notice")] == [
        "::notice title=more problems::20 of 56 problems are marked in the files: all are in the log of this step."
    ]


def test_github_s_log_holds_the_whole_text_in_a_part_that_folds():
    lines = render_problems([ERROR], "github").splitlines()
    assert lines[1:] == [
        "::group::All problems",
        *render_problems([ERROR], "text").splitlines()[:-1],
        "::endgroup::",
        "1 error, 0 warnings",
    ]


@pytest.mark.parametrize("style", ["text", "github"])
@pytest.mark.parametrize(
    "sly", ["::stop-commands::x", "  ::add-mask::e", "a ##[error]b", "\n::set-env name=A::b", "\r::error::x"]
)
def test_no_cell_and_no_file_name_commands_github_s_runner(style, sly):
    text = render_problems([Problem("x", sly, f"{sly}.csv", 3, fix=sly)], style)
    ours = ("::error file=", "::group::All problems", "::endgroup::")
    obeyed = [line for line in text.splitlines() if line.lstrip().startswith("::") and not line.startswith(ours)]
    assert obeyed == []
    assert not [line for line in text.splitlines() if "##[" in line and not line.startswith("::error file=")]


def test_json_commands_no_runner_either():
    text = render_problems([Problem("x", "##[add-mask]a", "a.csv")], "json")
    assert "##[" not in text
    assert json.loads(text)[0]["message"] == "##[add-mask]a"


def test_text_that_would_rewrite_a_terminal_or_turn_round_is_spelt_out():
    text = render_problems([Problem("x", "a\x1b[2Jb\u202ec\rd", "a.csv")], "text")
    assert "a<U+001B>[2Jb<U+202E>c<U+000D>d" in text


def test_github_is_told_paths_from_the_root_of_the_repository(tmp_path, monkeypatch):
    (tmp_path / ".git").mkdir()
    (tmp_path / "deep").mkdir()
    monkeypatch.chdir(tmp_path / "deep")
    assert render_problems([Problem("x", "m", "datasets/a.csv", 1)], "github").startswith(
        "::error file=deep/datasets/a.csv"
    )
    outside = Problem("x", "m", str(tmp_path / "mkdocs.yml"), 1)
    assert render_problems([outside], "github").startswith("::error file=mkdocs.yml,")
