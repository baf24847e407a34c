"""The small parts that pages are made of."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

import pytest

from calculator.words import UNKNOWN_TEXT
from scripts.errors import BuildError
from scripts.site import stage, widget
from scripts.site.book import Book
from scripts.site.flow import ASIDE, FITS, flow, in_short, lines
from scripts.site.rests import Rests
from scripts.site.tables import readable, width
from scripts.site.widget import base_of, hosted_address, offline_address
from scripts.site.words import anchor, answer_words, cell, openness, tier_words
from scripts.site.worked import Worked

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("uri", "hosted", "offline", "back"),
    [
        ("index.md", "index.html", "index.html", ""),
        ("calculator.md", "calculator/index.html", "calculator.html", "../"),
        ("rules/index.md", "rules/index.html", "rules/index.html", "../"),
        ("places/350000.md", "places/350000/index.html", "places/350000.html", "../../"),
    ],
)
def test_where_a_page_goes_and_the_way_back_to_the_root(uri: str, hosted: str, offline: str, back: str) -> None:
    assert (hosted_address(uri), offline_address(uri), base_of(hosted_address(uri))) == (hosted, offline, back)


def test_ids_become_anchors_that_start_with_a_letter() -> None:
    assert anchor("CN.all.restoration") == "cn-all-restoration"
    assert anchor("350000.employee.restoration") == "n-350000-employee-restoration"


def test_a_cell_holds_no_bar_and_no_line_break() -> None:
    assert cell("一|二\n三") == "一\\|二 三"


def test_short_cells_and_dates_do_not_break() -> None:
    head = "<thead>\n<tr>\n<th>断了</th>\n<th>恢复</th>\n</tr>\n</thead>\n"
    body = "<tbody>\n<tr>\n<td>12个月</td>\n<td>恢复：2027年2月1日</td>\n</tr>\n</tbody>\n"
    table = f"<table>\n{head}{body}</table>"
    found = readable(table)
    assert found.startswith("<table data-yb-lead>")
    assert '<th scope="col">' in found
    assert '<td class="yb-short">12个月</td>' in found
    assert '恢复：<span class="yb-short">2027年2月1日</span>' in found
    assert width("<b>0到6</b>个月") == pytest.approx(4.1)
    row = '<tr>\n<td><a href="x/">福建省</a></td>\n<td>看<a href="y/">这里</a></td>\n</tr>\n'
    linked = readable(f"<table>\n<tbody>\n{row}</tbody></table>")
    assert '<td class="yb-short yb-tap"><a href="x/">' in linked and linked.count("yb-tap") == 1


def test_rows_that_would_be_towers_on_a_phone_become_cards_with_the_names_of_their_columns() -> None:
    head = "<thead>\n<tr>\n<th>情况</th>\n<th>等多久</th>\n<th>说明</th>\n</tr>\n</thead>\n"
    row = "<tr>\n<td>补缴</td>\n<td>3个月</td>\n<td>{}</td>\n</tr>\n"
    tall = readable(f"<table>\n{head}<tbody>\n{row.format('缴费后待遇不打折，' * 6)}</tbody>\n</table>")
    assert "data-yb-cards" in tall and tall.count("data-yb-head=") == 3
    assert '<td data-yb-head="等多久" class="yb-short">3个月</td>' in tall
    assert "data-yb-cards" not in readable(f"<table>\n{head}<tbody>\n{row.format('没写')}</tbody>\n</table>")


def test_worked_lapses_miss_exactly_the_months_asked_for(rulebook: dict[str, Any]) -> None:
    worked = Worked(rulebook)
    for months in (1, 3, 4, 12):
        found = worked.ask(worked.lapse("employee", "CN", months, True, situation="transfer"))
        assert found["lapse"]["length"] == months
    for years, repaid in ((1, 0), (4, 1), (10, 3)):
        found = worked.ask(worked.resident("CN", years, repaid))
        assert (found["lapse"]["length"], found["case"]["years_repaid"]) == (years, repaid)


def test_a_page_names_the_documents_of_what_it_shows_and_no_others(rulebook: dict[str, Any]) -> None:
    book, worked = Book(rulebook), Worked(rulebook)
    rests = Rests(book)
    answer = worked.ask(worked.resident("CN", 2))["waiting"]
    shown = rests.answer(answer)
    assert re.sub("<[^>]+>", "", shown) == answer["text"]
    assert re.findall('data-yb-rests="([^"]+)"', shown)[0].split() == answer["rules"]
    named = {rest.document for rest in rests.documents()}
    rules = [rule for rule in rulebook["rules"] if rule["id"] in {r.partition("#")[0] for r in answer["rules"]}]
    assert named == {source["document"] for rule in rules for source in rule["sources"]} != set()


def test_tables_of_a_place_rule_use_the_calculators_words(rulebook: dict[str, Any]) -> None:
    rules = [rule for rule in rulebook["rules"] if rule["topic"] == "restoration"]
    assert rules
    for rule in rules:
        for _, value in rule["values"]:
            for row in tier_words(value) if value else ():
                assert row["wait"] and row["effect"], rule["id"]


def test_a_template_that_asks_for_what_is_not_there_stops_the_build(
    rulebook: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(widget, "widget_html", lambda *_, **__: "")
    broken = {**rulebook, "channels": [channel for channel in rulebook["channels"] if channel["id"] != "hotline-12393"]}
    with pytest.raises(BuildError, match="写不出来"):
        stage(ROOT, broken, {}, tmp_path / "staged")


ANSWERS = ("waiting", "benefits_resume_on", "retroactive", "payment_effect")


def open_answer(**more: Any) -> dict[str, Any]:
    nothing = {"value": None, "low": None, "high": None, "rules": [], "note": None, "text": UNKNOWN_TEXT}
    return {**nothing, **more}


def test_why_an_answer_is_open() -> None:
    assert openness(open_answer()) == "unknown"
    assert openness(open_answer(rules=["330000.employee.restoration"])) == "unwritten"
    assert openness(open_answer(rules=["330000.employee.restoration"], note="还要看：责令补缴的最后期限。")) == "depends"
    assert openness(open_answer(text="没有中断")) == ""
    assert openness(open_answer(low=0, high=6)) == ""


def test_where_readings_in_force_differ_all_that_lies_between_is_said() -> None:
    assert answer_words({"value": 3, "low": 3, "high": 4, "unit": "month", "text": "3个月"}) == "3到4个月"
    days = {"value": "2027-02-01", "low": "2027-02-01", "high": "2027-03-01", "unit": "date", "text": "2027年2月1日"}
    assert answer_words(days) == "2027年2月1日到2027年3月1日之间"
    assert answer_words({"value": 3, "low": 3, "high": 3, "unit": "month", "text": "3个月"}) == "3个月"


def test_tables_say_what_the_calculator_says(rulebook: dict[str, Any]) -> None:
    worked, book = Worked(rulebook), Book(rulebook)
    for scheme in ("employee", "flexible"):
        for place in ["330100", *(place["code"] for place in book.deciding(scheme))]:
            for months in worked.lengths:
                case = worked.lapse(scheme, place, months, False)
                short, whole = worked.brief(case), worked.ask(case)
                for key in ANSWERS:
                    words = [(answer_words(found[key]), openness(found[key])) for found in (short, whole)]
                    assert words[0] == words[1], f"{place} {scheme} {months} {key}"


def test_a_rule_that_has_ended_says_until_when(rulebook: dict[str, Any]) -> None:
    book = Book(rulebook)
    assert book.until(book.rule_by_id["330100.employee.restoration"]) == "2021-07-01"
    assert book.until({"values": [[None, {}]]}) is None
    assert book.until({"values": [[None, {}], ["2099-01-01", None]]}) == "2099-01-01"


def test_thresholds_come_from_the_decision_table(rulebook: dict[str, Any]) -> None:
    worked = Worked(rulebook)
    assert worked.grace in worked.lengths and worked.grace + 1 in worked.lengths
    lengths = (worked.grace, worked.grace + 1)
    short, long = (worked.ask(worked.lapse("employee", "CN", n, True, situation="transfer")) for n in lengths)
    assert short["waiting"]["value"] == 0 and long["waiting"]["value"] is None


def test_a_procedures_picture_has_all_its_steps_in_short_and_whole_in_its_text_alternative(rulebook: dict[str, Any]) -> None:
    for procedure in rulebook["procedures"]:
        picture = flow(procedure, "a")
        boxes = re.findall(r"<rect[^>]*/>((?:<text[^>]*>[^<]*</text>)+)", picture)
        assert len(boxes) == len(procedure["steps"])
        for box, step in zip(boxes, procedure["steps"], strict=True):
            shown = "".join(re.findall(r">([^<]+)</text>", box))
            short = in_short(step["do"])
            assert html.unescape(shown) == short and ASIDE.sub("", step["do"]).startswith(short)
            assert html.escape(step["do"]) in picture
        assert 'role="img"' in picture and 'aria-labelledby="a-t a-d"' in picture
    assert in_short("换了城市的，申请把医保关系转过来。别的以后再说。") == "换了城市的，申请把医保关系转过来"
    assert in_short("查到账，再看恢复报销的日子。") == "查到账，再看恢复报销的日子"
    assert max(map(len, lines("由经办机构核定要补的月份和金额并且写下来，再问一遍"))) <= FITS + 1
