"""What a rule said before: its words, its order, its days."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from scripts.rulebook import RuleErrors, build_rulebook

SMALL = Path(__file__).parents[1] / "rules" / "small" / "rules"
FUJIAN = "350000-福建/employee-restoration.yaml"
ONCE = "history:\n  - {on: 2026-11-20, was: 等待期写的是6个月。, why: 看到了新的文件。, facts: [E-FJ-01]}\n"
AGAIN = "  - {on: 2026-11-21, was: 从缴费次日起算。, why: 原文是缴费当月。}\n"


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL, tmp_path / "rules"))


def complaints(rules: Path, history: str) -> list[str]:
    path = rules / FUJIAN
    path.write_text(path.read_text("utf-8") + history, "utf-8")
    try:
        build_rulebook(rules)
    except RuleErrors as errors:
        return [str(error).split(":", 3)[-1].lstrip("0123456789:") for error in errors.errors]
    return []


def test_a_rule_keeps_what_it_said_before_and_why_it_changed(rules: Path) -> None:
    assert complaints(rules, ONCE + AGAIN) == []
    rule = next(rule for rule in build_rulebook(rules)["rules"] if rule["id"] == "350000.employee.restoration")
    assert rule["history"][0]["facts"] == ["E-FJ-01"]
    assert [change["on"] for change in rule["history"]] == ["2026-11-20", "2026-11-21"]


def test_a_rule_that_never_changed_carries_no_history(rules: Path) -> None:
    assert all("history" not in rule for rule in build_rulebook(rules)["rules"])


@pytest.mark.parametrize(
    ("history", "complaint"),
    [
        ("history: []\n", "列表只有 0 项"),
        (ONCE.replace("2026-11-20", "2027-01-01"), "2027-01-01 晚于 rulebook.yaml 的 data_date"),
        (ONCE + AGAIN.replace("2026-11-21", "2026-11-20"), "2026-11-20 不晚于前一条的 2026-11-20"),
        (ONCE.replace(", why: 看到了新的文件。", ""), "改动缺少 why"),
        (ONCE.replace("on: ", "at: "), "改动没有 at 这个键"),
    ],
)
def test_a_history_that_is_wrong_says_how_to_mend_it(rules: Path, history: str, complaint: str) -> None:
    assert any(complaint in found for found in complaints(rules, history)), complaints(rules, history)


def test_the_folders_that_programs_keep_are_not_rule_files(rules: Path) -> None:
    for name in ("released/2026.11.1.json.xz", "seen/sources.json"):
        (rules / name).parent.mkdir()
        (rules / name).write_bytes(b"{}")
    assert complaints(rules, "") == []
