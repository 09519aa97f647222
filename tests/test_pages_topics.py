"""Datasets by topic: a page for each, one of all, and the way back up."""

from __future__ import annotations

import re

from make import make_dataset, make_htmls

TOPICS = [
    {"id": "money", "title": "Money", "text": "What it costs.", "first": ["spending"]},
    {"id": "care", "title": "Care"},
    {"id": "empty", "title": "Empty"},
]


def build(folder, topics=TOPICS, **topic_of):
    datasets = (
        make_dataset(f"id\n{slug}-row\n", slug=slug, page=f"topic: {topic}\nquestion: What of {slug}?" if topic else "")
        for slug, topic in topic_of.items()
    )
    return make_htmls(folder, *datasets, topics=topics)


def links_in(html):
    """The datasets that head an entry, in order."""
    return re.findall(r'<h[23][^>]*><a href="(?:[./]*datasets/)?([a-z]+)/"', html)


def test_a_topic_with_a_dataset_has_a_page_and_one_without_has_none(tmp_path):
    pages = build(tmp_path, spending="money", homes="care")
    assert sorted(url for url in pages if url.startswith("topics/")) == ["topics/care/", "topics/money/"]
    assert links_in(pages["topics/care/"]) == ["homes"]


def test_what_mkdocs_names_first_stands_first_and_the_rest_by_name(tmp_path):
    pages = build(tmp_path, budget="money", accounts="money", spending="money")
    assert links_in(pages["topics/money/"]) == ["spending", "accounts", "budget"]


def test_all_datasets_stand_in_the_order_of_the_topics_and_those_without_one_last(tmp_path):
    html = build(tmp_path, alone="", homes="care", spending="money")["datasets/"]
    assert re.findall(r"<h2[^>]*>(?:<a [^>]+>)?([^<]+)<", html)[:3] == ["Money", "Care", "Other figures"]
    assert links_in(html) == ["spending", "homes", "alone"]


def test_without_topics_there_is_one_list_and_no_page_of_a_topic(tmp_path):
    pages = build(tmp_path, topics=[], homes="", spending="")
    assert [url for url in pages if url.startswith("topics/")] == []
    assert links_in(pages["datasets/"]) == ["homes", "spending"]


def test_the_way_back_from_a_dataset_leads_to_its_topic(tmp_path):
    pages = build(tmp_path, homes="care", alone="")
    assert '<a href="../../topics/care/">Care</a>' in pages["datasets/homes/"]
    assert '<a href="../../datasets/">All datasets</a>' in pages["datasets/alone/"]
    assert '<a href="../../../topics/care/">Care</a>' in pages["datasets/homes/rows/"]


def pager_of(html):
    return re.findall(r'<a href="([^"]+)" rel="(prev|next)">', html)


def test_a_page_leads_to_the_one_before_and_after_in_the_order_of_the_topics(tmp_path):
    pages = build(tmp_path, budget="money", spending="money", homes="care")
    assert pager_of(pages["datasets/spending/"]) == [("../../datasets/budget/", "next")]
    assert pager_of(pages["datasets/budget/"]) == [
        ("../../datasets/spending/", "prev"),
        ("../../datasets/homes/", "next"),
    ]
    assert pager_of(pages["datasets/homes/"]) == [("../../datasets/budget/", "prev")]


def test_a_page_that_stands_alone_has_no_way_on(tmp_path):
    assert "mc-pager" not in build(tmp_path, topics=[], homes="")["datasets/homes/"]


def test_home_opens_a_door_to_the_data_and_lists_the_topics(tmp_path):
    home = build(tmp_path, homes="care", spending="money")[""]
    assert re.findall(r'<a class="mc-door" href="([^"]+)"', home) == ["datasets/", "datasets/#everything"]
    assert re.findall(r'<li><a href="(topics/[^"]+)"', home) == ["topics/money/", "topics/care/"]
    assert "young-people/" not in home
