"""The list of what is to be verified: ordered by the answers that rest on it, emptied by two people."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from scripts.curate.worklist import main
from scripts.rulebook import build_rulebook
from scripts.site.book import Book
from scripts.site.pages import Desk, all_pages, render
from scripts.site.unverified import Worklist

ROOT = Path(__file__).resolve().parents[2]
Json = dict[str, Any]

ONCE = {
    "official_url": "https://www.nhsa.gov.cn/a",
    "verified_by": "甲",
    "verified_on": "2026-11-20",
    "sha256": "0123456789abcdef" * 4,
}


@pytest.fixture(scope="module")
def small() -> Json:
    return build_rulebook(ROOT / "tests" / "rules" / "small" / "rules")


def listed(book: Json) -> Worklist:
    return Worklist(Book(book))


def with_record(book: Json, document: str, **record: str) -> Json:
    changed = copy.deepcopy(book)
    changed["documents"][document] |= record
    return changed


def test_a_rule_answers_for_its_place_and_what_lies_below(small: Json) -> None:
    asked = {one.rule["id"]: one.asked for one in listed(small).rules}
    assert asked["CN.resident.waiting"] == {("350200", "resident")}
    assert asked["350000.employee.restoration"] == {("350200", "employee")}


def test_a_nearer_rule_takes_the_answer(small: Json) -> None:
    nearer = copy.deepcopy(next(rule for rule in small["rules"] if rule["id"] == "CN.resident.waiting"))
    nearer |= {"id": "350200.resident.waiting", "place": "350200"}
    book = {**small, "rules": [*small["rules"], nearer]}
    asked = {one.rule["id"]: one.asked for one in listed(book).rules}
    assert asked["CN.resident.waiting"] == frozenset()
    assert asked["350200.resident.waiting"] == {("350200", "resident")}


def test_what_answers_most_comes_first(compiled: Json) -> None:
    found = listed(compiled)
    for ones in ([one for one in found.rules if one.computes], found.documents):
        counts = [len(one.asked) for one in ones]
        assert counts == sorted(counts, reverse=True)
    areas = [len(one.areas) for one in found.silences]
    assert areas == sorted(areas, reverse=True)


def test_no_area_is_counted_twice_and_no_answer_is_beyond_the_areas(compiled: Json) -> None:
    found = listed(compiled)
    assert len(found.areas) == len(set(found.areas))
    assert all(area in set(found.areas) for one in found.rules for area, _ in one.asked)


def test_after_the_first_person_a_document_waits_at_the_top(compiled: Json) -> None:
    last = listed(compiled).documents[-1].document["id"]
    first = listed(with_record(compiled, last, **ONCE)).documents[0]
    assert first.document["id"] == last and first.waits_for_review


def test_after_the_second_person_it_is_off_the_list(compiled: Json) -> None:
    top = listed(compiled).documents[0].document["id"]
    after = listed(with_record(compiled, top, **ONCE, reviewed_by="乙"))
    assert top not in {one.document["id"] for one in after.documents}


@pytest.mark.parametrize(("record", "says"), [({}, False), (ONCE, False), ({**ONCE, "reviewed_by": "乙"}, True)])
def test_only_two_people_make_a_page_say_verified(compiled: Json, record: dict[str, str], says: bool) -> None:
    top = listed(compiled).documents[0]
    book = with_record(json.loads(json.dumps(compiled)), top.document["id"], **record)
    desk = Desk.open(ROOT / "docs", book)
    pages = {page.uri: page for page in all_pages(ROOT / "docs", desk)}
    for uri in ("documents.md", f"places/{top.rules[0].rule['place']}.md"):
        text = render(pages[uri], desk, frozenset(pages))
        assert ("已核实：甲" in text) is says
        assert ("已核实" in text.replace("才会说“已核实”", "")) is says
    worklist = render(pages["worklist.md"], desk, frozenset(pages))
    assert ("只差第二个人复核" in worklist) is (record == ONCE)


def test_the_command_lists_the_three_lists(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([], checkout) == 0
    said = capsys.readouterr().out
    assert all(title in said for title in ("先核对哪些文件（", "哪些规则还缺东西（", "哪里还查不到规定（", "make worklist ALL=1"))
    assert main(["--all", "--place", "350000"], checkout) == 0
    said = capsys.readouterr().out
    assert "350000." in said and "330000." not in said and "ALL=1" not in said


def test_a_place_that_does_not_exist_is_refused(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--place", "999999"], checkout) == 1
    assert capsys.readouterr().err == "rules/places/ 里没有 999999；PLACE 应当是六位代码\n"
