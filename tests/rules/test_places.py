"""The places: all of them, under the right parents, with the changes of recent years."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from scripts.rulebook import build_rulebook

REAL = Path(__file__).parents[2] / "rules"


@pytest.fixture(scope="module")
def places() -> dict[str, dict[str, Any]]:
    return {place["code"]: place for place in build_rulebook(REAL)["places"]}


def test_all_provinces_and_prefectures_are_there(places: dict[str, dict[str, Any]]) -> None:
    levels = Counter(place["level"] for place in places.values() if place["code"].isdigit())
    assert levels["province"] == 34 and levels["prefecture"] == 333


def test_a_parent_is_the_province_or_prefecture_of_the_code(places: dict[str, dict[str, Any]]) -> None:
    for code, place in places.items():
        if place["level"] == "prefecture":
            assert place["parent"] == code[:2] + "0000"
        if place["level"] == "county" and place["parent"] != "XPCC":
            assert place["parent"] in (code[:4] + "00", code[:2] + "0000") and place["parent"] in places


@pytest.mark.parametrize(
    ("code", "name"),
    [("540600", "那曲市"), ("460300", "三沙市"), ("460400", "儋州市"), ("370100", "济南市"), ("652900", "阿克苏地区"),
     ("222400", "延边朝鲜族自治州"), ("152900", "阿拉善盟"), ("429004", "仙桃市"), ("659012", "白杨市"), ("340302", "龙子湖区")],
)  # fmt: skip
def test_a_code_and_its_name(places: dict[str, dict[str, Any]], code: str, name: str) -> None:
    assert places[code]["name"] == name


@pytest.mark.parametrize("code", ["371200", "341400", "469000", "110100", "500200", "542400"])
def test_codes_that_were_given_up_or_never_were_places(places: dict[str, dict[str, Any]], code: str) -> None:
    assert code not in places


def test_the_corps_has_a_code_of_ours_and_its_cities_under_it(places: dict[str, dict[str, Any]]) -> None:
    assert places["XPCC"]["own_code"] is True and places["XPCC"]["parent"] == "CN"
    assert [code for code, place in places.items() if place["parent"] == "XPCC"] == [f"6590{n:02d}" for n in range(1, 13)]


def test_hong_kong_macau_and_taiwan_are_outside(places: dict[str, dict[str, Any]]) -> None:
    assert {code for code, place in places.items() if place.get("outside")} == {"710000", "810000", "820000"}
