"""What a first visit moves is counted as a host sends it, and a page that moves too much is named with what weighs."""

from __future__ import annotations

import gzip
import random
from pathlib import Path

import pytest

from portal.verify.weight import BUDGETS, Budget, check_page_weight, check_weight, find_loaded, size_of

LIMIT = Budget("*", 100_000, 15, True, "Show less.")


def noise(size: int, seed: int = 1) -> str:
    """Text that no packing makes much smaller than `size`."""
    made = random.Random(seed)
    return "".join(made.choices("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/", k=size * 4 // 3))


def write(site: Path, **files: str) -> Path:
    for name, text in files.items():
        path = site / name.replace("__", "/").replace("_html", ".html").replace("_css", ".css").replace("_js", ".js")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return site


def found(site: Path) -> list[tuple[str, str, str]]:
    return [(problem.severity, str(problem.path), problem.message) for problem in check_weight(site)]


def test_a_page_within_its_budget_is_not_spoken_of(tmp_path):
    assert found(write(tmp_path, index_html="<p>Hello</p>", datasets__a__index_html=noise(90_000))) == []


def test_a_dataset_page_that_moves_too_much_stops_the_build_and_says_what_weighs(tmp_path):
    page = f'<link rel="stylesheet" href="../../all.css"><script src="../../one.js"></script>{noise(80_000)}'
    site = write(tmp_path, datasets__a__index_html=page, all_css=f"/* {noise(20_000, 2)} */", one_js=noise(10_000, 3))
    [problem] = check_weight(site)
    assert problem.code == "too-heavy"
    assert problem.severity == "error"
    assert problem.path == "site/datasets/a/index.html"
    assert problem.message == (
        "a first visit moves 111 kB, compressed; a page of this kind may move 100 kB "
        "(81 kB of it is the page itself, 20 kB all.css, 10 kB one.js)"
    )
    assert "page.yaml" in problem.fix


def test_where_files_weigh_more_than_the_page_the_design_is_to_be_lighter(tmp_path):
    page = '<script src="../../one.js"></script><p>Little</p>'
    [problem] = check_weight(write(tmp_path, datasets__a__index_html=page, one_js=noise(120_000)))
    assert "site_templates" in problem.fix


def test_a_list_that_grows_with_the_data_warns_and_does_not_stop(tmp_path):
    site = write(tmp_path, sources__index_html=noise(110_000), datasets__a__rows__index_html=noise(160_000))
    assert [(severity, path) for severity, path, _ in found(site)] == [
        ("warning", "site/datasets/a/rows/index.html"),
        ("warning", "site/sources/index.html"),
    ]


@pytest.mark.parametrize("page", ["index.html", "young-people/index.html", "young-people/school/index.html"])
def test_home_and_the_young_peoples_pages_have_the_smallest_budget(tmp_path, page):
    path = tmp_path / page
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(noise(65_000), encoding="utf-8")
    assert [severity for severity, _, _ in found(tmp_path)] == ["error"]


def test_too_many_files_are_counted_however_small(tmp_path):
    page = "".join(f'<script src="s{n}.js"></script>' for n in range(15))
    site = write(tmp_path, index_html=page, **{f"s{n}_js": "1" for n in range(15)})
    [problem] = check_weight(site)
    assert problem.message == "a first visit asks for 16 files; a page of this kind may ask for 15"
    assert problem.fix


def test_the_first_budget_that_fits_counts_and_every_page_has_one():
    assert BUDGETS[-1].pages == "*"
    assert list(check_page_weight("x.html", {"x.html": 100_000}, LIMIT)) == []
    assert [p.code for p in check_page_weight("x.html", {"x.html": 100_001}, LIMIT)] == ["too-heavy"]


@pytest.mark.parametrize(
    "tag",
    [
        '<link rel="stylesheet" href="../all.css">',
        "<link href=../all.css rel=stylesheet>",
        '<link rel="icon" href="../all.css?v=1">',
        '<script src="../all.css" defer></script>',
        '<img src="../all.css" alt="">',
        '<img src="/portal/all.css" alt="">',
        '<source srcset="../all.css 1x, ../b.css 2x">',
        '<object data="../all.css"></object>',
        "<svg><use href='../all.css#a'/></svg>",
        '<link rel="stylesheet" href="../all.css"><script src="../all.css"></script>',
    ],
)
def test_what_a_page_loads_by_itself_is_counted_once(tmp_path, tag):
    write(tmp_path, a__index_html=tag, all_css="p{}")
    assert find_loaded("a/index.html", tag, tmp_path) == ["all.css"]


@pytest.mark.parametrize(
    "tag",
    [
        '<template><script src="../all.css"></script></template>',
        '<a href="../all.css">Download</a>',
        '<link rel="canonical" href="../all.css">',
        '<link rel="alternate" href="../all.css">',
        '<script src="https://example.org/all.css"></script>',
        '<img src="data:image/png;base64,AAAA" alt="">',
        '<svg><use href="#a"/></svg>',
        '<img src="../not-there.css" alt="">',
    ],
)
def test_what_is_not_moved_on_a_first_visit_is_not_counted(tmp_path, tag):
    write(tmp_path, a__index_html=tag, all_css="p{}")
    assert find_loaded("a/index.html", tag, tmp_path) == []


def test_what_a_stylesheet_loads_is_counted(tmp_path):
    css = 'p{background:url("pictures/a.css")}b{mask:url(data:image/svg+xml,x)}i{mask:url(#a)}'
    write(tmp_path, styles__all_css=css, styles__pictures__a_css="x")
    assert find_loaded("index.html", '<link rel="stylesheet" href="styles/all.css">', tmp_path) == [
        "styles/all.css",
        "styles/pictures/a.css",
    ]


def test_a_size_is_what_gzip_makes_of_it_and_never_more_than_it_was():
    text = b"the same words over and over " * 1000
    assert abs(size_of(text) - len(gzip.compress(text, 6))) < 20
    assert size_of(b"x") == 1
