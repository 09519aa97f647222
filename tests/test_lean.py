"""The joined stylesheet keeps each rule that something on the site can use, and leaves out the others."""

from __future__ import annotations

import pytest

from portal.lean import find_named, make_lean

PICTURE = "url(\"data:image/svg+xml;charset=utf-8,<svg xmlns='a'><path d='M1 2;3{}'/></svg>\")"


def lean(css: str | list[str], page: str = "<p></p>", script: str = "") -> str:
    styles = [css] if isinstance(css, str) else css
    return make_lean(styles, find_named([page], [script])).rstrip("\n")


@pytest.mark.parametrize(
    "selector",
    [
        "p",
        "*",
        ":root",
        "html body",
        ".on-a-page",
        "#top",
        "[data-on]",
        '[data-on="what it says counts for nothing"]',
        "[dir=ltr] p",
        "p:not(.nowhere)",
        "p:is(.nowhere,.on-a-page)",
        "p:has(> .nowhere)",
        "p::before",
        "p:hover::after",
        "p:nth-child(2n + 1)",
        "p > a + b ~ i",
        ".from-a-script",
        "[data-md-color-scheme=slate] p",  # as a reader may choose
    ],
)
def test_a_rule_stays_that_something_can_match(selector):
    page = '<html dir="ltr"><p class="on-a-page" id="top" data-on="1"><a></a><b></b><i></i></p></html>'
    assert lean(f"{selector}{{color:red}}", page, 'x.className = "from-a-script"') == f"{selector}{{color:red}}"


@pytest.mark.parametrize(
    "selector", ["video", ".nowhere", "#nowhere", "[data-nowhere]", "p .nowhere", "p.nowhere:hover", "[dir=rtl] p"]
)
def test_a_rule_goes_that_nothing_can_match(selector):
    assert lean(f"p{{margin:0}}{selector}{{color:red}}i{{margin:0}}", '<p dir="ltr"><i></i></p>') == (
        "p{margin:0}i{margin:0}"
    )


def test_of_a_list_only_the_selectors_go_that_nothing_can_match():
    assert lean(".nowhere,p,:is(b,.gone) u,i:hover{color:red}", "<p><i></i></p>") == "p,i:hover{color:red}"


def test_a_word_within_a_word_is_another_word():
    assert lean(".mc-one{color:red}", '<p class="mc-one-more">mc-one</p>') == ""


def test_conditions_stay_with_what_is_left_in_them_and_go_when_that_is_nothing():
    css = "@media print{p{color:red}b{color:red}}@media screen{b{color:red}}@supports (top:0){@media print{p{top:0}}}"
    assert lean(css) == "@media print{p{color:red}}@supports (top:0){@media print{p{top:0}}}"


def test_the_sheets_count_in_their_order():
    assert lean(["p{color:red}", "p{color:blue}"]) == "p{color:red}p{color:blue}"


def test_important_and_vendors_properties_and_comments():
    assert lean("/* a */p{/* b */-webkit-mask:none;color : red!important /* c */}") == (
        "p{-webkit-mask:none;color:red!important}"
    )


@pytest.mark.parametrize("gap", ["a b", "a > b", "calc(1px + 2px)", "calc(1px - -2px)"])
def test_blanks_that_say_something_stay(gap):
    selector, value = (gap, "0") if gap[0] == "a" and "c(" not in gap else ("a", gap)
    assert lean(f"{selector}{{top:{value}}}", "<a><b></b></a>") == f"{selector}{{top:{value}}}"


def test_a_property_goes_when_nothing_reads_it_and_then_those_that_only_it_read():
    css = "p{--a:1px;--b:var(--a);--c:var(--d, 2px);--d:3px;--e:4px;--f:5px;top:var(--c)}"
    kept = "p{--c:var(--d, 2px);--d:3px;--e:4px;--f:5px;top:var(--c)}"
    assert lean(css, '<p style="top:var(--e)"></p>', 'style.getPropertyValue("--f")') == kept


def test_what_a_script_begins_to_name_may_end_in_any_way():
    css = "p{--mc-two:0;--one-two:0;top:0}.mc-two{top:0}.mc-part--big{top:0}"
    assert lean(css, script="fill = `var(--mc-${tone})`") == "p{--mc-two:0;top:0}"
    assert lean(css, script="name = `p mc-part--${size}`") == "p{top:0}.mc-part--big{top:0}"


def test_a_picture_in_the_sheet_ends_nothing_whether_it_stays_or_goes():
    """The semicolons, braces and quotes of a picture once cut the sheet in two, and its second half was lost."""
    css = f"p{{--seen:{PICTURE};--unseen:{PICTURE};top:0}}i{{mask:var(--seen)}}p{{color:red}}"
    assert lean(css, "<p><i></i></p>") == f"p{{--seen:{PICTURE};top:0}}i{{mask:var(--seen)}}p{{color:red}}"
    assert lean(f"p{{--unseen:{PICTURE}}}b{{mask:{PICTURE}}}p{{color:red}}") == "p{color:red}"


def test_a_movement_stays_when_a_rule_that_is_left_asks_for_it():
    moves = "@keyframes one{from{top:0}to{top:1px}}@keyframes two{50%{top:0}}"
    assert lean(f"{moves}p{{animation:one 1s}}b{{animation-name:two}}") == (
        "@keyframes one{from{top:0}to{top:1px}}p{animation:one 1s}"
    )


def test_rules_within_rules_and_pages_of_paper_stay_as_they_are():
    css = "p{top:0;&:hover{color:red}}@page{margin:1cm}@page :first{margin:2cm}"
    assert lean(css) == css


def test_what_a_page_names_in_capitals_or_without_quotes_is_named():
    assert lean("p{top:0}.one{top:0}.two{top:0}", "<P CLASS=one><p class='two'>") == "p{top:0}.one{top:0}.two{top:0}"


def test_a_greater_than_in_an_attribute_hides_nothing():
    assert lean(".one{top:0}", '<p title="a > b" class="one">') == ".one{top:0}"
