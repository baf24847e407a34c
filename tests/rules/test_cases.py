"""The cases beside the rules: what an expectation may say, and how a failure reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.rulebook import build_rulebook, run_cases

FUJIAN = "350000-福建/employee-restoration.yaml"
WAITING = "CN/resident-waiting.yaml"


def failures(rules: Path, name: str, old: str, new: str) -> list[str]:
    path = rules / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return [str(failure) for failure in run_cases(build_rulebook(rules), rules)]


def test_the_cases_of_the_small_rulebook_hold(rules: Path) -> None:
    assert run_cases(build_rulebook(rules), rules) == []


NAMES = {FUJIAN: "断四个月,六个月半额", WAITING: "断保两年等四个月"}


@pytest.mark.parametrize(
    ("name", "old", "new", "at", "key", "got", "wanted"),
    [
        (FUJIAN, "waiting: 6 months", "waiting: 3 months", "29:14", "waiting", "6 months", "3 months"),
        (FUJIAN, "waiting: 6 months", "waiting: 6 days", "29:14", "waiting", "6 months", "6 days"),
        (FUJIAN, "2025-11-01", "2025-11-02", "29:33", "benefits_resume_on", "2025-11-01", "2025-11-02"),
        (FUJIAN, "effect: ratio", "effect: zero", "29:65", "payment_effect", "ratio", "zero"),
        (FUJIAN, "length: 4", "length: 5", "29:88", "lapse.length", "4", "5"),
        (WAITING, "basis: national", "basis: city", "28:14", "waiting.basis", "national", "city"),
        (WAITING, "[5 months]", "[6 months]", "28:14", "waiting.alternatives", "5 months", "6 months"),
        (WAITING, "[5 months]", "[]", "28:14", "waiting.alternatives", "5 months", "没有"),
        (
            WAITING, "coverage_year: 2026,", "coverage_year: 2020,", "27:52", "last_covered_year",
            "不能回答:最后参保的年份应当早于 2020 年", "可以回答的问题",
        ),
    ],
)  # fmt: skip
def test_a_failure_reads(rules: Path, name: str, old: str, new: str, at: str, key: str, got: str, wanted: str) -> None:
    line = f"rules/{name}:{at}: 案例“{NAMES[name]}”的 {key} 算出来是 {got};案例写的是 {wanted}"
    assert line in failures(rules, name, old, new)


def test_no_wait_is_zero_of_anything(rules: Path) -> None:
    path = rules / FUJIAN
    text = path.read_text(encoding="utf-8").replace("last_paid_month: 2024-12", "last_paid_month: 2025-03")
    text = text.replace("back_paid: false}", "back_paid: true}").split("    expect:")[0]
    expected = "    expect: {waiting: 0 days, retroactive: true, benefits_resume_on: 2025-05-01}\n"
    path.write_text(text + expected, encoding="utf-8")
    assert run_cases(build_rulebook(rules), rules) == []


def test_a_case_without_a_scheme_runs_for_every_scheme_of_its_rule(rules: Path) -> None:
    path = rules / FUJIAN
    moved = rules / "350000-福建" / "all-restoration.yaml"
    text = path.read_text(encoding="utf-8").replace("350000.employee.", "350000.all.")
    text = text.replace("[employee]", "[employee, flexible]")
    moved.write_text(text.replace("waiting: 6 months", "waiting: 5 months"), encoding="utf-8")
    path.unlink()
    claims = rules / "claims" / "all.yaml"
    claims.write_text(claims.read_text(encoding="utf-8").replace("350000.employee.", "350000.all."), encoding="utf-8")
    said = [str(failure) for failure in run_cases(build_rulebook(rules), rules)]
    assert ["(employee)" in said[0], "(flexible)" in said[1]] == [True, True] and len(said) == 2
