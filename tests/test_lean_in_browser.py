"""The one stylesheet against all that it was made of, in a real Chromium: nothing that a page can show is lost.

What Chromium makes of the whole sheets is compared with what it makes of the lean one, rule by rule. A rule that is
missing must match nothing on any page; what is there must say the same, under the same conditions and in that order.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest
from browser import pick_pages
from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parent.parent
OURS = ROOT / "site_templates" / "assets" / "portal" / "css"
LEAN = "assets/portal/portal.css"

# The rules as Chromium read them: under which conditions, each selector of a list by itself, and what they say.
# Properties of ours that nothing reads say nothing.
READ = """
window.readRules = css => {
    const sheet = new CSSStyleSheet(), found = [];
    sheet.replaceSync(css);
    const walk = (rules, where) => {
        for (const rule of rules) {
            if (rule instanceof CSSStyleRule) {
                const says = rule.cssText.slice(rule.selectorText.length);
                for (const selector of split(rule.selectorText)) found.push({where, selector, says});
            } else if (rule.cssRules && !(rule instanceof CSSKeyframesRule)) {
                walk(rule.cssRules, where + rule.cssText.split("{")[0]);
            } else found.push({where, selector: "", says: rule.cssText});
        }
    };
    const split = list => {
        const parts = [""];
        let depth = 0;
        for (const sign of list) {
            depth += "([".includes(sign) - ")]".includes(sign);
            if (sign === "," && !depth) parts.push("");
            else parts[parts.length - 1] += sign;
        }
        return parts.map(part => part.trim());
    };
    walk(sheet.cssRules, "");
    return found;
};
"""

# What differs: rules of the whole that are missing, rules in another order, and rules that nobody wrote.
COMPARE = """([whole, lean]) => {
    const say = rule => `${rule.where}${rule.selector}${rule.says}`;
    const read = new Set(lean.match(/var\\(\\s*--[\\w-]+/g).map(found => found.replace(/var\\(\\s*/, "")));
    const trimmed = rule => ({...rule, says: rule.says.replace(
        /(--[\\w-]+):((?:[^;"']|"[^"]*"|'[^']*')*);/g, (all, name) => read.has(name) ? all : ""
    ).replace(/\\s+/g, " ").replace(/ ?, ?/g, ",")});
    const left = readRules(lean).map(trimmed), missing = [];
    const count = left.length;
    let at = 0;
    for (const rule of readRules(whole).map(trimmed)) {
        if (at < left.length && say(left[at]) === say(rule)) at += 1;
        else missing.push(rule);
    }
    return {count, unknown: left.slice(at).map(say), missing};
}"""

# States (a pointer over it, a focus) and parts that are no element are taken off a selector: then it matches more.
MATCH = """async ([pages, missing]) => {
    const bare = selector => selector
        .replace(/:not\\([^()]*:(?:hover|focus|active|checked|target)[^()]*\\)/g, "")
        .replace(/::?(?:hover|focus[\\w-]*|active|checked|indeterminate|target|disabled|enabled)(?![\\w-])/g, "")
        .replace(/::?(?:before|after|marker|backdrop|placeholder[\\w-]*|autofill|-[\\w-]+)(?![\\w-])/g, "")
        .replace(/(^|[\\s>+~(,])(?=$|[\\s>+~),])/g, "$1*");
    const asked = missing.filter(rule => rule.selector && rule.says !== " { }");
    const found = new Set();
    for (const page of pages) {
        const answer = await fetch(page);
        const whole = new DOMParser().parseFromString(await answer.text(), "text/html");
        whole.documentElement.classList.add("js", "no-js"); // with scripts and without
        for (const rule of asked) {
            try { if (whole.querySelector(bare(rule.selector))) found.add(rule); } catch { /* for other browsers */ }
        }
    }
    return [...found].map(rule => `${rule.where}${rule.selector}${rule.says}`);
}"""


def find_whole() -> str:
    """The theme's stylesheets and ours, as they are before anything is left out."""
    found = importlib.util.find_spec("material")
    assert found
    assert found.origin
    theme = Path(found.origin).parent / "templates" / "assets" / "stylesheets"
    paths = [*theme.glob("main.*.css"), *theme.glob("palette.*.css"), *sorted(OURS.glob("*.css"))]
    assert len(paths) > 5
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


@pytest.fixture(scope="module")
def page(browser: Browser) -> Any:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    page.add_init_script(READ)
    yield page
    context.close()


def find_lost(page: Page, base: str, pages: list[str], whole: str, lean: str) -> list[str]:
    """What the lean sheet lacks and a page would have used, and what it says that the whole does not say there."""
    page.goto(base)
    compared = page.evaluate(COMPARE, [whole, lean])
    unknown = [f"nobody wrote it so: {rule}" for rule in compared["unknown"]]
    lost = page.evaluate(MATCH, [[base + here for here in pages], compared["missing"]])
    return [*unknown, *(f"lost: {rule}" for rule in sorted(lost))]


def test_no_rule_that_a_page_can_use_is_lost(page, served_site, built_site):
    lean = (built_site / LEAN).read_text(encoding="utf-8")
    assert find_lost(page, served_site, pick_pages(built_site), find_whole(), lean) == []


@pytest.mark.parametrize(
    ("taken", "given", "told"),
    [
        (".mc-brand__sub{", ".mc-none{", ["nobody wrote it so: .mc-none", "lost: .mc-brand__sub"]),
        (".mc-brand__sub{", ".mc-brand__sub{}}.mc-none{", ["nobody wrote it so: .mc-brand__sub {", "lost: .mc-tabs"]),
        (".mc-brand__sub{", '.mc-brand__sub{top:"', ["nobody wrote it so: .mc-brand__sub {", "lost: .mc-tabs"]),
        (".mc-brand__sub{", "@media print{", ["lost: .mc-brand__sub"]),
    ],
)
def test_a_lost_rule_and_a_sheet_cut_in_two_are_found(page, served_site, built_site, taken, given, told):
    lean = (built_site / LEAN).read_text(encoding="utf-8")
    assert taken in lean
    found = find_lost(page, served_site, [""], find_whole(), lean.replace(taken, given, 1))
    assert [words for words in told if not any(line.startswith(words) for line in found)] == []
