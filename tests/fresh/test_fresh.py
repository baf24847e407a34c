"""Rules past their day of review are listed by command, and named in every answer that rests on them."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from calculator import Case, Rulebook, assess
from scripts import fresh

Json = dict[str, Any]
CLOCK = re.compile(
    r"\.today\(|\.now\(|utcnow\(|(?<!date)time\.time\(|(?<!\w)(?:localtime|gmtime|fromtimestamp)\(|strftime\(\"[^\"]*\"\)"
)
BY_MONTH = {"scheme": "employee", "last_paid_month": "2025-10", "paid_on": "2026-03-10"}


def test_on_its_day_of_review_a_rule_is_still_good_and_the_day_after_it_is_overdue(small: Json) -> None:
    rules = fresh.due(small)
    day = rules[0].review_by
    assert fresh.overdue(rules, day) == []
    assert fresh.overdue(rules, day.replace(day=1, month=day.month + 1)) == [one for one in rules if one.review_by == day]


def test_the_oldest_come_first_and_those_of_the_next_month_are_named(small: Json) -> None:
    rules = fresh.due(small)
    assert [one.review_by for one in rules] == sorted(one.review_by for one in rules)
    assert len(rules) == len(small["rules"])
    assert {one.review_by for one in fresh.soon(rules, date(2027, 3, 15))} == {date(2027, 3, 31)}
    assert fresh.soon(rules, date(2027, 4, 1)) == []


def test_the_command_fails_once_a_rule_is_overdue(capsys: pytest.CaptureFixture[str]) -> None:
    assert fresh.main(["--on", "2026-11-21"]) == 0
    assert "没有过复查日" in capsys.readouterr().out
    assert fresh.main(["--on", "2099-01-01"]) == 1
    out = capsys.readouterr()
    assert "CN.resident.waiting" in out.out
    assert "条规则过了复查日" in out.err


@pytest.mark.parametrize("wrong", ["明天", "2027-02-30", "", "2027/01/01"])
def test_a_day_that_is_none_is_told_in_chinese(wrong: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert fresh.main(["--on", wrong]) == 2
    told = capsys.readouterr()
    assert told.err == f"--on 写了“{wrong}”，日历上没有这一天；应当写成 2027-01-01 这样。\n" and told.out == ""


def test_no_build_and_no_test_reads_the_clock() -> None:
    """Only the two commands meant for a schedule ask what day it is; a benchmark notes when it ran and when bytes went out."""
    root = Path(__file__).parents[2]
    reading = {
        path.relative_to(root).as_posix()
        for folder in ("scripts", "calculator", "tests", "docs")
        for path in (root / folder).rglob("*.py")
        if CLOCK.search(path.read_text("utf-8")) and path.resolve() != Path(__file__).resolve()
    }
    asks_and_quotes = {"tests/build/test_walls.py"}  # a clock that the walls must find, in a string
    benchmarks = {"scripts/bench/__main__.py", "scripts/bench/pages/server.py", "tests/bench/test_pages.py"}
    assert reading - asks_and_quotes == {"scripts/fresh.py", *benchmarks}
    users = {path.name for path in (root / "scripts").rglob("*.py") if "china_today" in path.read_text("utf-8")}
    assert users <= {"fresh.py", "sources.py"}
    scripts = [path for path in (root / "docs").rglob("*.js") if re.search(r"new Date\(\)|Date\.now\(", path.read_text("utf-8"))]
    assert {path.name for path in scripts} == {"overdue.js", "element.js"}, "the reader's own day: shown notices, `as_of`"


@pytest.mark.parametrize(
    "question",
    [
        {**BY_MONTH, "place": "350000", "back_paid": False},
        {**BY_MONTH, "place": "310000", "back_paid": True},
        {**BY_MONTH, "place": "CN", "situation": "transfer", "back_paid": True},
        {"scheme": "resident", "place": "330000", "coverage_year": 2026, "last_covered_year": 2023, "paid_on": "2026-03-10"},
    ],
    ids=["福建职工", "上海职工", "全国转移", "浙江居民"],
)
def test_every_overdue_rule_under_an_answer_is_in_its_warnings(real: Rulebook, question: Json) -> None:
    found = asked(real, {**question, "as_of": "2099-01-01"})
    rules = {rule.partition("#")[0] for rule in resting_on(found)}
    assert rules
    for identifier in rules:
        title = next(rule.title for rule in real.rules if rule.id == identifier)
        assert any(title in warning and "已过复核日期" in warning for warning in found["warnings"]), identifier
    assert not any("已过复核日期" in warning for warning in asked(real, {**question, "as_of": "2026-11-21"})["warnings"])


def test_an_answer_warns_from_the_day_after_the_review_day(real: Rulebook) -> None:
    def warned(day: str) -> bool:
        question = {**BY_MONTH, "place": "350000", "back_paid": False, "as_of": day}
        return any("已过复核日期" in warning for warning in asked(real, question)["warnings"])

    first = min(rule.review_by for rule in real.rules if rule.review_by)
    assert not warned(first.isoformat())
    last = max(rule.review_by for rule in real.rules if rule.review_by)
    assert warned(last.replace(year=last.year + 1).isoformat())


def asked(rulebook: Rulebook, question: Json) -> Json:
    return assess(Case.parse(question, rulebook), rulebook).to_json()


def resting_on(found: Json) -> set[str]:
    """Every rule that one of the main answers names."""
    keys = ("benefits_stop_on", "waiting", "benefits_resume_on", "retroactive", "payment_effect")
    return {rule for key in keys for rule in found[key]["rules"]}


@pytest.fixture(scope="module")
def real() -> Rulebook:
    from scripts.rulebook import build_rulebook

    return Rulebook.load(build_rulebook(fresh.RULES))
