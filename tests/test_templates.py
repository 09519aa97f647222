"""A sentence of a dataset is words and names of figures: nothing in it is run, and a fault is told with its line."""

from __future__ import annotations

import time

import pytest
from make import make_dataset, make_plain

from portal.pages.prose import render_prose
from portal.sentences import read_pieces, words_only
from portal.validate.narrative import check_narrative
from portal.validate.words import check_sentence, check_words

PAGE = "figures: [{id: now, rows: [new]}]"


def told(narrative, page=PAGE):
    dataset = make_dataset("id,value\nnew,1248\n", page=page, narrative=narrative)
    return [(p.line, p.code) for p in check_words(dataset)]


def kinds(text):
    return [piece.kind for piece in read_pieces(text)]


def test_three_calls_are_the_whole_language():
    assert kinds("{{ number(\"a\") }}{{period('a')}}{{ text( 'a' ) }}") == ["number", "period", "text"]
    assert kinds("{{ number(a) }}{{ number('a', 'b') }}{{ numbers('a') }}") == ["refused"] * 3
    assert kinds("{{- number('a') -}}{{ number('a')|upper }}{{ number('a') + number('b') }}") == ["refused"] * 3


def test_braces_over_several_lines_are_seen():
    assert told("Words.\n\n{{\n  cycler.__init__\n}}\n") == [(3, "worked-out")]


@pytest.mark.parametrize(
    "code",
    [
        "{% include '/etc/passwd' %}",
        "{% import 'portal.html' as p %}",
        "{% extends 'main.html' %}",
        "{% for n in range(10**9) %}",
        "{{ 'a' * 10**9 }}",
        "{{ ''|center(10**9) }}",
        "{% macro m() %}{{ m() }}{% endmacro %}",
        "{{ ''.__class__.__mro__ }}",
        "{{ self.__init__.__globals__ }}",
        "{{ request }}",
        "{% set x = 1 %}",
        "{% raw %}",
    ],
)
def test_other_code_is_refused_with_its_line_and_never_run(code):
    assert told(f"Words.\n{code}\n") == [(2, "worked-out")]


def test_braces_that_never_close_are_told_where_they_open():
    text = "One.\n{{ number('now') } words\n{{ number('now') }} more {% if\n"
    assert told(text) == [(2, "open-braces"), (3, "open-braces")]


def test_a_figure_that_is_not_there_is_told_with_its_line():
    assert told('One.\n\nIt was {{ number("then") }}.\n') == [(3, "unknown-figure")]


def test_a_comment_says_nothing_and_keeps_the_lines():
    assert told("{# a note: 99\n{{ anything }} #}\nIt was {{ number('then') }}.\n") == [(3, "unknown-figure")]


def test_words_keep_their_lines_when_the_rest_goes():
    assert words_only("a {{ number('n') }} b\n{# x\n #}c\n{{\nn }}d") == "a  b\n\nc\n\nd"


def test_figures_are_filled_in_before_the_markdown_is_read_and_bring_none_of_their_own():
    text = "**{{ text('a') }}** and [{{ text('b') }}](https://zz.test/ \"{{ text('a') }}\")\n\n    {{ text('b') }}\n"
    html = render_prose(text, lambda piece: {"a": "*<b>*", "b": "[x](javascript:zz)"}[piece.text])
    assert "<strong>*&lt;b&gt;*</strong>" in html
    assert html.count("[x](javascript:zz)") == 2
    assert "<b>" not in html
    assert "<a" in html


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("It <b>rose</b>.", "markup"),
        ("<!-- a note -->", "markup"),
        ("<script>", "markup"),
        ("![a chart](chart.png)", "picture"),
        ("[a](javascript:b)", "unsafe-link"),
        ("[a](java&#115;cript&colon;b)", "unsafe-link"),
        ("[a]: data:text/html,b", "unsafe-link"),
        ("<javascript://b>", "unsafe-link"),
        ("[a](//elsewhere.test)", "unsafe-link"),
        ("> > > > > > > a", "text-too-deep"),
        ("[a [a [a [a [a [a [a", "text-too-deep"),
        ("a " * 2600, "text-too-long"),
    ],
)
def test_markdown_that_a_page_could_not_print_is_told_once_with_its_line(line, code):
    dataset = make_dataset("id,value\nnew,1248\n", page=PAGE, narrative=f"Words.\n\n{line}\n")
    assert [(p.line, p.code) for p in check_narrative(dataset)] == [(3, code)]
    assert told(f"Words.\n\n{line}\n") == [(3, code)]


@pytest.mark.parametrize(
    "line",
    [
        "## What it means",
        "Fewer than < some, and more than > that; a & b.",
        "See [how we work](../../methods/), [the act](https://otherton.test/a_(b)?c=d#e) or <https://otherton.test/>.",
        "[write](mailto:data@otherton.test)",
        "`<b>` is the sign for bold, and `[a](javascript:b)` is code.",
        "- apples\n- pears\n    - plums\n\n> quoted",
        "Words [sic] and (in brackets) 'quoted' – “so”, *plainly*.",
        "A brace { and } another, {a}.",
    ],
)
def test_ordinary_markdown_passes_without_noise(line):
    assert told(f"Words.\n\n{line}\n") == []


def test_the_markdown_of_a_plain_package_is_its_publishers_own_but_keeps_off_html():
    dataset = make_plain("year,visits\n2023,5\n")
    object.__setattr__(dataset, "narrative", "We had 1,248 visits {{ not a call }}.\n\n<iframe src='x'></iframe>\n")
    object.__setattr__(dataset, "narrative_path", "datasets/visits/narrative.md")
    assert [(p.line, p.code) for p in check_words(dataset)] == [(3, "markup")]


def test_a_sentence_of_page_yaml_that_is_too_long_is_told_once():
    problems = list(check_sentence(("page.yaml", "lede: ", 2, "{{ 7*7 }} currently 99 " * 500), ()))
    assert [(p.line, p.code) for p in problems] == [(2, "text-too-long")]


SLOW = [
    "[",
    "[a",
    "[a](",
    "](",
    "*a",
    "_a_ ",
    "`a``",
    "<a ",
    "<!--",
    "![",
    "\\",
    "&#1",
    "> ",
    "{{ ",
    "{% ",
    "{# ",
    "- a\n",
]


@pytest.mark.parametrize("part", SLOW)
def test_no_text_that_passes_takes_long_to_read(part):
    """Fifty thousand characters made to slow a reader of Markdown down: refused, or read in a moment."""
    for text in ((part * 50_000)[:50_000], "\n\n".join([(part * 4_900)[:4_900]] * 10)):
        dataset = make_dataset("id,value\nnew,1248\n", page=PAGE, narrative=text)
        started = time.process_time()
        if not list(check_words(dataset)):
            render_prose(text, lambda piece: "1")
        assert time.process_time() - started < 5


@pytest.mark.parametrize("kind", ["number", "period", "text"])
@pytest.mark.parametrize("written", ["{{{{ {}('a-b') }}}}", '{{{{{}( "a-b" )}}}}'])
def test_each_of_the_three_calls_is_read_however_it_is_spaced(kind, written):
    (piece,) = read_pieces(written.format(kind))
    assert (piece.kind, piece.text) == (kind, "a-b")
