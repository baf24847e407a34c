"""Feeds that any reader can take: well-formed, with what RFC 4287 and JSON Feed 1.1 demand, the same on every day."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from scripts.site.book import Book
from scripts.site.changes import Changes, Entry
from scripts.site.feeds import Feed, atom, json_feed, write_feeds
from tests.fresh.conftest import rule

Json = dict[str, Any]
Later = Callable[..., Json]

ROOT = Path(__file__).parents[2]
WORDS = yaml.safe_load((ROOT / "docs" / "templates" / "labels.yaml").read_text("utf-8"))["feed"]
NS = "{http://www.w3.org/2005/Atom}"
HOME = "https://example.org/x/"
INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(Z|[+-]\d{2}:\d{2})")
NASTY = "<b>等待期</b> & \"6个月\" ]]> '一' \x00\x0b\ud800 &amp; 一年 😀"


def told(book: Json) -> None:
    rule(book)["values"][-1][1]["tiers"][-1]["wait"] = {"n": 9, "unit": "month"}
    rule(book)["history"] = [{"on": "2027-01-05", "was": "等6个月", "why": "新文件。"}]


@pytest.fixture
def two(small: Json, later: Later) -> Changes:
    """The small rulebook kept as its version, and a later one in which the rule of 福建 changed."""
    return Changes(Book(later("2027.1.1", "2027-01-06", told)), [small], WORDS)


def checked(text: str) -> ET.Element:
    """The feed, once everything that RFC 4287 demands of it was found."""
    root = ET.fromstring(text.encode("utf-8"))
    assert root.tag == f"{NS}feed"
    for node in (root, *root.findall(f"{NS}entry")):
        for tag in ("id", "title", "updated"):
            found = node.findall(f"{NS}{tag}")
            assert len(found) == 1 and (found[0].text or "").strip(), tag
        assert re.fullmatch(r"[a-z][a-z0-9+.-]*:\S+", node.findtext(f"{NS}id") or "")
        for tag in ("updated", "published"):
            assert all(INSTANT.fullmatch(found.text or "") for found in node.findall(f"{NS}{tag}"))
        kinds = [(link.get("rel"), link.get("type")) for link in node.findall(f"{NS}link")]
        assert len(kinds) == len(set(kinds)), "two links of one kind"
        assert all(link.get("href") for link in node.findall(f"{NS}link"))
        assert ("alternate", "text/html") in kinds
    assert (root.find(f"{NS}author/{NS}name")) is not None
    assert root.find(f"{NS}link[@rel='self']") is not None
    ids = [node.findtext(f"{NS}id") for node in root.iter(f"{NS}entry")]
    assert len(ids) == len(set(ids))
    days = [node.findtext(f"{NS}updated") or "" for node in root.iter(f"{NS}entry")]
    assert days == sorted(days, reverse=True)
    assert not days or root.findtext(f"{NS}updated") == days[0]
    return root


def entries(root: ET.Element) -> dict[str, ET.Element]:
    return {node.findtext(f"{NS}id") or "": node for node in root.iter(f"{NS}entry")}


def feed(found: list[Entry], path: str = "feed.xml") -> Feed:
    return Feed("urn:yibao-lapse-guide:feed", "更新", path, "updates/", "2026-11-21", found)


def test_all_feeds_are_valid_and_there_is_one_for_each_place_with_a_page(two: Changes, tmp_path: Path) -> None:
    book = two._book
    assert write_feeds(book, two, WORDS, "", tmp_path) == len(list(tmp_path.rglob("feed.*")))
    for path in tmp_path.rglob("feed.xml"):
        checked(path.read_text("utf-8"))
    made = {path.parent.name for path in tmp_path.glob("places/*/feed.xml")}
    assert made == {"CN", *(place["code"] for place in [*book.provinces, *book.local])}


def test_a_change_of_a_rule_tells_what_it_said_before_and_why(two: Changes) -> None:
    found = entries(checked(atom(feed(two.all()), "我们", HOME)))
    entry = found["urn:yibao-lapse-guide:rule:350000.employee.restoration:2027-01-05"]
    content = entry.findtext(f"{NS}content") or ""
    assert "等6个月" in content and "新文件。" in content
    link = entry.find(f"{NS}link")
    assert link is not None and link.get("href") == f"{HOME}places/350000/#n-350000-employee-restoration"
    assert "改了 1 条" in (found["urn:yibao-lapse-guide:rulebook:2027.1.1"].findtext(f"{NS}content") or "")


def test_a_place_hears_of_its_own_and_higher_rules_but_not_of_its_neighbours(small: Json, later: Later) -> None:
    def everywhere(book: Json) -> None:
        told(book)
        for one in book["rules"]:
            if one["place"] in ("CN", "350200"):
                one["history"] = [{"on": "2027-01-04", "was": "别的", "why": "新文件。"}]

    changes = Changes(Book(later("2027.1.1", "2027-01-06", everywhere)), [small], WORDS)

    def places(code: str) -> set[str]:
        return {entry.id.split(":")[3].split(".")[0] for entry in changes.of_place(code) if ":rule:" in entry.id}

    assert places("350200") == {"350200", "350000", "CN"}
    assert places("350000") == {"350000", "CN"}
    assert places("CN") == {"CN"}


def test_a_version_that_changes_nothing_in_a_place_is_not_announced_there(two: Changes) -> None:
    assert "urn:yibao-lapse-guide:rulebook:2027.1.1:350000" in {entry.id for entry in two.of_place("350000")}
    assert "urn:yibao-lapse-guide:rulebook:2027.1.1:CN" not in {entry.id for entry in two.of_place("CN")}


def test_entries_keep_their_ids_and_days_in_later_versions(two: Changes, later: Later) -> None:
    now = later("2027.2.1", "2027-02-01", lambda book: None, of=dict(two._book.data))
    after = Changes(Book(now), two._rulebooks, WORDS)
    before = {entry.id: entry for entry in two.all()}
    assert before.items() <= {entry.id: entry for entry in after.all()}.items()


def test_the_same_data_gives_the_same_bytes(two: Changes, tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_feeds(two._book, two, WORDS, HOME, tmp_path / name)
    for path in (tmp_path / "a").rglob("feed.*"):
        assert path.read_bytes() == (tmp_path / "b" / path.relative_to(tmp_path / "a")).read_bytes()


def test_whatever_words_hold_the_feeds_stay_well_formed() -> None:
    nasty = feed([Entry("urn:x:1", "2027-01-05", NASTY, NASTY, "updates/")])
    found = entries(checked(atom(nasty, NASTY, HOME + "?a=1&b=<")))["urn:x:1"]
    clean = re.sub("[\x00\x0b\ud800]", "", NASTY)
    assert found.findtext(f"{NS}title") == found.findtext(f"{NS}content") == clean
    assert json.loads(json_feed(nasty, NASTY, HOME))["items"][0]["title"] == NASTY


@pytest.mark.parametrize(("path", "base"), [("feed.xml", ""), ("places/350000/feed.xml", "../../")])
def test_links_are_relative_to_the_feed_until_the_site_has_an_address(path: str, base: str) -> None:
    one = feed([Entry("urn:x:1", "2027-01-05", "一", "二", "updates/")], path)
    for site_url, expected in (("", base), (HOME, HOME)):
        links = [node.get("href") for node in checked(atom(one, "我们", site_url)).iter(f"{NS}link")]
        assert links == [expected + path, f"{expected}updates/", f"{expected}updates/"]


def test_a_feed_without_entries_is_valid() -> None:
    assert checked(atom(feed([]), "我们", "")).findtext(f"{NS}updated") == "2026-11-21T00:00:00+08:00"


@pytest.mark.parametrize("site_url", ["", HOME])
def test_the_json_feed_has_what_version_1_1_demands(two: Changes, site_url: str) -> None:
    found = json.loads(json_feed(feed(two.all()), "我们", site_url))
    assert found["version"] == "https://jsonfeed.org/version/1.1"
    assert isinstance(found["title"], str) and found["title"]
    assert len({item["id"] for item in found["items"]}) == len(found["items"]) == 3
    for item in found["items"]:
        assert isinstance(item["id"], str) and item["content_text"]
        assert INSTANT.fullmatch(item["date_published"])
        assert ("url" in item) == bool(site_url)
    addresses = [value for key, value in found.items() if key.endswith("_url")]
    assert all(address.startswith("https://") for address in addresses)
    assert bool(addresses) == bool(site_url)


def test_a_rule_that_is_gone_is_told_with_the_reason(small: Json, later: Later) -> None:
    def remove(book: Json) -> None:
        book["rules"] = [one for one in book["rules"] if one["place"] != "350000"]
        book["removed"] = [{"rule": "350000.employee.restoration", "on": "2027-01-05", "why": "出处写的是另一个城市。"}]

    entries = Changes(Book(later("2027.1.1", "2027-01-06", remove)), [small], WORDS).all()
    assert any("撤下 1 条：" in entry.text and "（出处写的是另一个城市）" in entry.text for entry in entries)
