"""The finished site as it would be built in 2027: it tells how old its figures are, and calls none of them new."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

from ages_said import ageing_words

ROOT = Path(__file__).resolve().parent.parent
SPOKEN = ("alt", "aria-label", "title", "content")


class Text(HTMLParser):
    """What a page says, to the eye and to the ear; each element ends a phrase."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag, attrs):
        self.silent += tag in ("script", "style")
        self.parts += [value for name, value in attrs if name in SPOKEN and value]

    def handle_endtag(self, tag):
        self.silent -= tag in ("script", "style")

    def handle_data(self, data):
        if not self.silent:
            self.parts.append(data)


def text_of(html: str) -> str:
    reader = Text()
    reader.feed(html)
    return " ".join("".join(f"{part} " for part in reader.parts).split())


def test_what_a_page_says_is_read_from_text_and_from_labels():
    text = text_of('<p>now <b>current</b>ly</p><script>latest</script><img alt="the latest">')
    assert text == "now current ly the latest"


def test_no_page_holds_a_word_that_is_true_on_one_day_only(site_of_2027):
    found = {}
    for path in sorted(site_of_2027.rglob("*.html")):
        # Cells stand word for word, and the name of a row is its address for ever.
        html = re.sub(
            r'<dl class="mc-cells".*?</dl>|<span class="mc-row__cite">.*?</span>', "", path.read_text("utf-8")
        )
        html = html.replace("In danger right now", "")  # the reader’s day, not ours
        if words := ageing_words(text_of(html)):
            found[path.relative_to(site_of_2027).as_posix()] = words
    assert found == {}


def test_a_yearly_figure_that_is_past_its_renewal_says_so_and_an_ended_record_that_it_has_ended(site_of_2027):
    page = text_of((site_of_2027 / "datasets/looked-after-children/index.html").read_text(encoding="utf-8"))
    official, council = re.split("Council management information ?: the newest", page, maxsplit=1)
    late = "A newer one was due by 30 November 2026, and we do not hold it."
    assert f"two years and two months before this site was built. {late}" in official
    assert re.match(r".{0,120}This record will not be renewed\.", council)


def test_the_status_page_counts_the_days_and_puts_what_is_late_first(site_of_2027):
    html = (site_of_2027 / "status/index.html").read_text(encoding="utf-8")
    states = re.findall(r"</svg><span>(.*?)</span></span>", html, re.DOTALL)
    words = [re.sub(r"<[^>]+>", "", state) for state in states]
    assert words == [*["Late by 183 days"] * 3, *["Late by 93 days"] * 2, "Not known"]
    assert 'data-days="2026-11-30/2027-06-01"' in html
