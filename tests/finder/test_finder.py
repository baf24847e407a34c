"""The table of places, the country in tiles, and the one key under which the reader's place is kept."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from scripts.site.book import Book
from scripts.site.finder import COLUMNS, TILES, Finder
from scripts.site.sounds import short, sound

ROOT = Path(__file__).parents[2]
SITE = ROOT / "site"
KILOBYTE = 1000


@pytest.fixture(scope="module")
def finder() -> Finder:
    rulebook: dict[str, Any] = json.loads((SITE / "api" / "rulebook.json").read_text("utf-8"))
    return Finder.open(ROOT / "docs", Book(rulebook))


def test_finding_in_node() -> None:
    run = subprocess.run(["node", "--test", str(Path(__file__).with_name("find.test.mjs"))], capture_output=True, text=True)
    assert run.returncode == 0, run.stdout


def test_the_table_is_small() -> None:
    (table,) = (SITE / "assets").glob("places.*.js")
    assert table.stat().st_size <= 10 * KILOBYTE
    assert len(gzip.compress(table.read_bytes())) <= 6 * KILOBYTE


def test_every_unit_has_a_tile_of_its_own(finder: Finder) -> None:
    units = {place["code"] for place in (*finder.book.provinces, *finder.book.outside)}
    assert set(TILES) == units
    assert len(units) == 35  # 34 units of the country's first level, and the 兵团
    assert max(Counter(TILES.values()).values()) == 1
    assert all(0 <= column < COLUMNS for column, _ in TILES.values())


@pytest.mark.parametrize(
    ("north", "south"), [("230000", "460000"), ("110000", "440000"), ("370000", "310000"), ("410000", "420000")]
)
def test_north_is_above_south(north: str, south: str) -> None:
    assert TILES[north][1] < TILES[south][1]


@pytest.mark.parametrize(
    ("west", "east"), [("540000", "510000"), ("650000", "210000"), ("610000", "370000"), ("530000", "350000")]
)
def test_west_is_left_of_east(west: str, east: str) -> None:
    assert TILES[west][0] < TILES[east][0]


def test_a_tile_says_what_the_rulebook_holds(finder: Finder) -> None:
    for place in finder.book.provinces:
        below = [rule for rule in finder.book.rules if rule["place"] != "CN" and _province(finder.book, rule) == place["code"]]
        sure = [rule for rule in below if rule["sets_value"]]
        clauses = [source["clause"] for rule in sure for source in rule["sources"] if source.get("clause")]
        assert finder.state(place["code"]) == ("clause" if clauses else "partly" if sure else "none"), place["name"]
    assert {finder.state(place["code"]) for place in finder.book.outside} == {"outside"}


def _province(book: Book, rule: Any) -> str:
    return str(book.province_of(rule["place"])["code"])


@pytest.mark.parametrize("folder", ["site", "build/offline"])
def test_picture_and_table_say_the_same_of_each_province(finder: Finder, folder: str) -> None:
    page = (ROOT / folder / "places" / "index.html").read_text("utf-8")
    tiles = dict(re.findall(r'<a href="[^"]+" class="yb-tile yb-(\w+)" aria-label="([^：]+)：', page))
    told = {name: state for state, name in re.findall(r'class="yb-tile yb-(\w+)" aria-label="([^：]+)：', page)}
    assert len(tiles) <= len(told) == 35
    for name, state in told.items():
        row = re.search(rf">{name}</a></td>\s*<td[^>]*>([^<]+)</td>", page)
        assert row and row[1] == finder.words["known"][state]["short"], name


@pytest.mark.parametrize("folder", ["site", "build/offline"])
def test_every_way_is_written_out_and_leads_to_a_page(folder: str) -> None:
    for path in ("index.html", "places/index.html"):
        page = ROOT / folder / path
        text = page.read_text("utf-8")
        assert "yb-page:" not in text and "yb-file:" not in text
        tiles = re.findall(r'<a href="([^"]+)" class="yb-tile', text) + re.findall(
            r'<li><a href="([^"]+/?)">[^<]+</a></li>', text
        )
        assert tiles
        for way in tiles:
            target = (page.parent / way.partition("#")[0]).resolve()
            assert target.is_file() or (target / "index.html").is_file(), way


def test_no_page_but_those_of_finding_holds_a_box_twice() -> None:
    for path in ("index.html", "places/index.html"):
        assert (SITE / path).read_text("utf-8").count('id="yb-find"') == 1


def test_one_key_is_written_read_and_told_of() -> None:
    code = (ROOT / "docs" / "finder" / "chosen.js").read_text("utf-8")
    key, form = re.search(r"KEY = '([^']+)'", code), re.search(r"FORM = (/.+/)", code)
    page = (ROOT / "docs" / "theme" / "partials" / "chosen.html").read_text("utf-8")
    labels = yaml.safe_load((ROOT / "docs" / "templates" / "labels.yaml").read_text("utf-8"))
    assert key and f'localStorage.getItem("{key[1]}")' in page
    assert form and form[1] in page
    assert key[1] in [one["key"] for one in labels["storage"]]


@pytest.mark.parametrize(
    ("name", "people", "said"),
    [
        ("深圳市", "深圳", "shen zhen"),
        ("恩施土家族苗族自治州", "恩施", "en shi"),
        ("长治市", "长治", "chang zhi"),
        ("六安市", "六安", "lu an|liu an"),
    ],
)
def test_names_as_people_say_them(name: str, people: str, said: str) -> None:
    assert short(name) == people
    assert sound(people) == said
