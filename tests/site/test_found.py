"""What search engines, and those who pass a link on, get of the site."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from scripts import cards
from scripts.site.linked import Site, linked

ROOT = Path(__file__).parents[2]
LINKED = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
REQUIRED = {
    "FAQPage": {"mainEntity"},
    "Question": {"name", "acceptedAnswer"},
    "Answer": {"text"},
    "HowTo": {"name", "step"},
    "HowToStep": {"text"},
    "Dataset": {"name", "description", "license", "distribution", "creator", "version"},
    "DataDownload": {"contentUrl", "encodingFormat"},
    "BreadcrumbList": {"itemListElement"},
    "ListItem": {"position", "name", "item"},
    "Organization": {"name"},
}
"""What schema.org's readers ask of each type that we use."""


def told(html: str) -> list[dict[str, Any]]:
    found = LINKED.findall(html)
    graph: list[dict[str, Any]] = json.loads(found[0])["@graph"] if found else []
    return graph


def check(thing: Any, where: str) -> None:
    """Everything typed below has what its type needs, and nothing is empty."""
    if isinstance(thing, dict):
        if "@type" in thing:
            assert REQUIRED[thing["@type"]] <= thing.keys(), f"{where}: {thing['@type']}"
        for value in thing.values():
            assert value not in ("", [], None), where
            check(value, where)
    elif isinstance(thing, list):
        for one in thing:
            check(one, where)


def test_what_pages_tell_has_all_that_its_types_need(hosted: dict[str, Any]) -> None:
    kinds: dict[str, int] = {}
    for path, page in hosted.items():
        for one in told(page.html):
            check(one, path)
            kinds[one["@type"]] = kinds.get(one["@type"], 0) + 1
    assert kinds["FAQPage"] > 100 and kinds["HowTo"] > 20 and kinds["Dataset"] == 1 and kinds["BreadcrumbList"] > 100


def test_nothing_is_told_that_the_page_does_not_show(hosted: dict[str, Any]) -> None:
    for path in ("restoration/index.html", "steps/index.html", "places/440300/index.html", "account/index.html"):
        page = hosted[path]
        shown = "".join(page.text.split())
        for one in told(page.html):
            if one["@type"] == "FAQPage":
                assert "".join(one["mainEntity"][0]["acceptedAnswer"]["text"].split()) in shown, path
            if one["@type"] == "HowTo":
                for step in one["step"]:
                    assert "".join(step["text"].split()) in shown, path


def test_an_offline_page_tells_search_engines_nothing(offline: dict[str, Any]) -> None:
    assert not [path for path, page in offline.items() if "ld+json" in page.html]


def test_with_the_sites_address_everything_told_is_a_whole_address() -> None:
    page = """<meta name="description" content="d"><article><nav class="yb-crumbs"><a href="../">首页</a></nav>
      <h1>补缴</h1></article><script type="application/ld+json">{"question": ""}</script>"""
    site = Site("n", "https://example.org/x/", "1", "2026-01-01")
    (way,) = told(linked(page, "back/", site))
    assert [item["item"] for item in way["itemListElement"]] == ["https://example.org/x/", "https://example.org/x/back/"]


def test_every_page_names_itself_for_those_who_pass_its_link_on(hosted: dict[str, Any]) -> None:
    for path, page in hosted.items():
        if LINKED.search(page.html):
            for name in ("og:title", "og:description", "og:type", "og:site_name"):
                assert re.search(f'<meta property="{name}" content="[^"]+">', page.html), f"{path}: {name}"


def test_the_pictures_show_the_words_that_the_pages_have() -> None:
    assert cards.outdated() == [], "make cards"
    for name in cards.wanted():
        data = (cards.CARDS / f"{name}.png").read_bytes()
        assert (int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")) == cards.SIZE


def test_programs_that_read_for_people_find_a_list_of_the_pages(homes: dict[str, Path], hosted: dict[str, Any]) -> None:
    text = (homes["hosted"] / "llms.txt").read_text("utf-8")
    assert text.startswith("# 医保断缴指南\n\n> ") and "非官方" in text
    links = re.findall(r"\]\(([^)]+)\)", text)
    assert len(links) > 30
    for link in links:
        file = homes["hosted"] / link
        assert (file / "index.html" if file.is_dir() else file).is_file(), link


@pytest.mark.parametrize("form", ["hosted", "offline"])
def test_words_lead_to_their_explanation_once_a_page(form: str, request: pytest.FixtureRequest) -> None:
    site = request.getfixturevalue(form)
    linked_pages = 0
    for path, page in site.items():
        terms = re.findall(r'<a class="yb-term" href="([^"]+)" data-yb-says="([^"]+)">', page.html)
        anchors = [address.partition("#")[2] for address, _ in terms]
        assert len(anchors) == len(set(anchors)), path
        linked_pages += bool(terms)
        nested = re.search(r'<a (?![^>]*yb-term)[^>]*>(?:(?!</a>).)*<a class="yb-term"', page.html, re.DOTALL)
        assert nested is None, path
    assert linked_pages > 100
