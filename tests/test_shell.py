"""The page shell: cut once at its marks, and a real run of mkdocs at the depths that pages need."""

import re
from datetime import date

import pytest

from portal.shell import Shell, ShellError, make_shell, read_shells, remove_leftovers, run_mkdocs, shell_markdown

PAGE = "<title>@@portal:title@@</title><body><!--portal:content--></body>"
PAGES = ["about/", "datasets/", "promises/", "methods/"]
FACTS = {"place": "Otherton", "brand": "Otherton", "council_note": "Made up.", "contact": "Write.", "pages": PAGES}
BUILT = date(2026, 1, 31)


def pour(shell: Shell, **values: str) -> str:
    return shell.pour(**{"title": "", "description": "", "head": "", "content": "", "toc": ""} | values)


def test_a_mark_is_filled_with_its_value():
    assert pour(make_shell(PAGE), title="Adoption", content="<p>1</p>") == (
        "<title>Adoption</title><body><p>1</p></body>"
    )


def test_a_mark_that_comes_from_the_data_is_not_filled():
    assert "&#64;@portal:title&#64;@" in pour(make_shell(PAGE), title="x", content="@@portal:title@@")


MENU = (
    '<a class="mc-tabs__link" href="../promises/">P</a><a class="mc-tabs__link" href="../datasets/">T</a>'
    '<a class="mc-tabs__link" href="../datasets/#everything">D</a><a class="md-nav__link" href="../datasets/">T</a>'
)


def test_the_tab_of_the_page_is_lit_and_named_in_the_drawer_and_no_other():
    html = pour(make_shell(f"{MENU}<!--portal:content-->"), part_of="../datasets/", current="page", content=MENU)
    menu, content = html.removesuffix(MENU), html[-len(MENU) :]
    assert menu.count('aria-current="page" href="../datasets/"') == 2
    assert menu.count("aria-current") == 2
    assert menu.count("mc-tabs__link--active") == 1
    assert content == MENU  # what a page says itself is left alone


def test_a_page_that_is_in_no_folder_lights_no_tab():
    assert "aria-current" not in pour(make_shell(MENU))


def test_titles_are_escaped_and_content_is_not():
    html = pour(make_shell(PAGE), title='"A" & <b>', content="<b>")
    assert html.startswith("<title>&quot;A&quot; &amp; &lt;b&gt;</title>")
    assert "<body><b></body>" in html


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("shell")
    docs, site = folder / "docs", folder / "site"
    for name, text in {**shell_markdown([0, 1, 2, 3]), "about.md": "# About\n\nA word to find: quince.\n"}.items():
        (docs / name).parent.mkdir(parents=True, exist_ok=True)
        (docs / name).write_text(text, encoding="utf-8")
    (docs / "assets" / "portal").mkdir(parents=True)
    (docs / "assets" / "portal" / "portal.css").write_text("", encoding="utf-8")
    run_mkdocs({}, docs, site, build_date=BUILT, site_name="Otherton data", facts=FACTS)
    shells = read_shells(site)
    return site, shells, remove_leftovers(site)


def test_there_is_a_shell_for_each_depth(built):
    assert sorted(built[1]) == [0, 1, 2, 3]


@pytest.mark.parametrize(("depth", "up"), [(0, ""), (1, "../"), (2, "../../"), (3, "../../../")])
def test_a_shell_leads_to_the_root_from_its_depth(built, depth, up):
    html = pour(built[1][depth], title="t")
    assert f'src="{up}assets/portal/head.js"' in html or f'src="{up or "./"}assets/portal/head.js"' in html
    assert f'href="{up}about/"' in html


def links_in(html, mark):
    """The addresses in the first list after the mark, without the way to the root."""
    return [
        re.sub(r"^(\.\./)+", "", href) for href in re.findall(r'href="([^"]+)"', html.split(mark)[1].split("</nav>")[0])
    ]


def test_menu_drawer_and_foot_lead_to_the_pages_that_were_made_and_to_no_others(built):
    html = pour(built[1][2], title="t")
    header = [link for link in links_in(html, 'class="mc-tabs"') if link not in ("#", "a-to-z/")]  # the search
    assert header == ["datasets/", "promises/", "datasets/#everything"]
    assert links_in(html, '<nav class="md-nav md-nav--primary"')[1:] == [*header, "methods/", "about/"]
    foot = re.findall(r'href="([^"#]+)"', html.split('class="mc-footer"')[1].split("</footer>")[0])
    assert [link.removeprefix("../../") for link in foot] == ["methods/", "about/"]


def test_an_unknown_address_leads_home_and_to_the_menus_pages(built):
    html = (built[0] / "404.html").read_text(encoding="utf-8")
    page = html.split("<article")[1].split("</article>")[0]
    assert re.findall(r'href="([^"]+)"', page) == ["/.", "/datasets/", "/promises/", "/datasets/#everything"]
    assert "search" in page


@pytest.mark.parametrize("fault", ['autocomplete="off">', ' tabindex=""', "<style", " style=", "@@portal", "portal:"])
def test_what_the_theme_gets_wrong_is_mended(built, fault):
    assert fault not in pour(built[1][2], title="t").replace("assets/portal:", "")


def test_no_script_of_the_theme_is_fetched_and_the_search_is_a_link_without_ours(built):
    site, shells, _ = built
    html = pour(shells[2], title="t")
    assert re.search(r'<a href="../../a-to-z/" class="[^"]*mc-tool--search" aria-label="Everything from A to Z"', html)
    assert "md-search" not in html
    assert "__search" not in html
    scripts = re.findall(r'<script src="([^"]+)"', html)
    assert scripts == [f"../../assets/portal/{name}.js" for name in ("head", "portal", "thread")]
    assert not (site / "assets" / "javascripts").exists()
    assert not (site / "search").exists()


def test_what_no_visitor_fetches_is_gone(built):
    site, _, _ = built
    assert not (site / "_shell").exists()
    assert not list(site.rglob("*.map"))
    assert not any("sourceMappingURL" in path.read_text(encoding="utf-8") for path in site.rglob("*.js"))


def test_search_entries_of_hand_written_pages_are_handed_over(built):
    assert any("quince" in entry["text"] for entry in built[2])
    assert not any("_shell" in entry["location"] for entry in built[2])


def test_a_link_that_mkdocs_cannot_follow_stops_with_its_words(tmp_path):
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "index.md").write_text("# Home\n\n[gone](gone.md)\n", encoding="utf-8")
    (docs / "about.md").write_text("# About\n", encoding="utf-8")
    with pytest.raises(ShellError, match=r"gone\.md"):
        run_mkdocs({}, docs, tmp_path / "site", build_date=BUILT, site_name="x", facts=FACTS)
