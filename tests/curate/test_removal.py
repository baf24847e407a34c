"""Taking one rule file away changes answers in its own place and below, for its schemes and its topic, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from calculator import Rulebook
from scripts.curate.asked import questions
from scripts.curate.compare import SCHEMES, told_parts
from scripts.proof.speaking import INFORMATION, Speaking
from scripts.rulebook.cross import check_all
from scripts.rulebook.load import Item, load
from scripts.rulebook.scalars import Report

ROOT = Path(__file__).resolve().parents[2]
Json = dict[str, Any]

RESTORED = {"结论", "等待期", "恢复日", "中间看病补报", "等待期里怎么报"}
ACCOUNT = {"余额能不能用", "余额能不能取现", "余额能不能给家人用"}
MONEY = {"要缴的钱", "滞纳金", "修复的钱"}
ABOUT = {
    "restoration": RESTORED | ACCOUNT,
    "waiting": RESTORED | {"停待遇日", "修复的钱"},
    "effect": RESTORED,
    "window": RESTORED,
    "exemption": RESTORED,
    "newborn": RESTORED,
    "unemployment": RESTORED,
    "suspension": RESTORED | {"停待遇日"} | ACCOUNT,
    "contribution": MONEY,
    "late_fee": MONEY,
    "fine": MONEY,
    "account": ACCOUNT,
}
"""The parts of an answer that a topic is about; information topics are about none."""


@pytest.fixture(scope="module")
def loaded() -> tuple[list[Item], Report]:
    report = Report()
    return load(ROOT / "rules", report), report


class Whole:
    """The whole rulebook, asked once for each question."""

    def __init__(self, compiled: Json) -> None:
        self._book = Rulebook.load(compiled)
        self._told: dict[str, dict[str, str]] = {}

    def parts(self, case: Json) -> dict[str, str]:
        key = str(case)
        if key not in self._told:
            self._told[key] = told_parts(case, self._book)
        return self._told[key]


@pytest.fixture(scope="module")
def whole(compiled: Json) -> Whole:
    return Whole(compiled)


def complaints(path: str, items: list[Item], report: Report) -> list[str]:
    """What the check says once the file at `path` is gone."""
    left = Report(list(report.errors), [one for one in report.references if one[2].path != path], set(report.unread))
    check_all([item for item in items if item.path != path], left)
    return [str(error) for error in left.errors]


def below(place: str, compiled: Json) -> set[str]:
    """The place and all places below it."""
    parents = {one["code"]: one["parent"] for one in compiled["places"]}
    found = {place}
    while more := {code for code, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def asked(place: str, scheme: str, raw: Json) -> Iterator[Json]:
    """Questions in ordinary circumstances."""
    for question in questions(place, scheme, [Speaking(raw, place)], frozenset()):
        yield question.case


def strayed(rule: Json, compiled: Json, whole: Whole) -> list[str]:
    """The answers that change without the rule although they are none of its business."""
    without = Rulebook.load({**compiled, "rules": [one for one in compiled["rules"] if one["id"] != rule["id"]]})
    home, found = below(rule["place"], compiled), []
    allowed = ABOUT.get(rule["topic"], set())
    for place in looked_at(rule, home, compiled):
        for scheme in SCHEMES:
            own = place in home and scheme in rule["schemes"]
            for case in asked(place, scheme, compiled):
                switched = case.get("situation") == "scheme_switch" and rule["topic"] == "suspension"
                now = told_parts(case, without)
                parts = {name for name, words in whole.parts(case).items() if now.get(name) != words}
                if parts - (allowed if own or (switched and place in home) else set()):
                    found.append(f"{case}: {sorted(parts)}")
    return found


def looked_at(rule: Json, home: set[str], compiled: Json) -> list[str]:
    """The rule's own place, one below that speaks for itself, and of those elsewhere the two beside it and one far away."""
    speaking = sorted({one["place"] for one in compiled["rules"]})
    near = speaking.index(rule["place"])
    elsewhere = [speaking[(near + step) % len(speaking)] for step in (-1, 1, len(speaking) // 2)]
    under = [one for one in speaking if one in home and one != rule["place"]]
    return list(dict.fromkeys([rule["place"], *under[:1], *(one for one in elsewhere if one not in home)]))


def check_one(item: Item, loaded: tuple[list[Item], Report], compiled: Json, whole: Whole) -> None:
    for complaint in complaints(item.path, *loaded):
        assert item.id in complaint, f"{item.path} taken away: {complaint}"
    rule = next(one for one in compiled["rules"] if one["id"] == item.id)
    assert not strayed(rule, compiled, whole)[:3]


def chain(place: str, compiled: Json) -> set[str]:
    """The place, all above it, and the nation."""
    parents = {one["code"]: one["parent"] for one in compiled["places"]}
    found, here = {"CN"}, place
    while here:
        found.add(here)
        here = parents.get(here)
    return found


def leaning(place: str, compiled: Json, whole: Whole) -> list[str]:
    """The questions whose answers are others once only the rules of the place, of those above it and of the nation are left."""
    own = chain(place, compiled)
    alone = Rulebook.load({**compiled, "rules": [rule for rule in compiled["rules"] if rule["place"] in own]})
    cases = [case for scheme in SCHEMES for case in asked(place, scheme, compiled)]
    return [str(case) for case in cases if told_parts(case, alone) != whole.parts(case)]


def rule_files() -> list[str]:
    """Paths below the checkout, found without reading them."""
    folders = [folder for folder in (ROOT / "rules").iterdir() if folder.name[:2] in ("CN", "XP") or folder.name[:6].isdigit()]
    return sorted(path.relative_to(ROOT).as_posix() for folder in folders for path in folder.rglob("*.yaml"))


FILES = rule_files()
Loaded = tuple[list[Item], Report]


@pytest.mark.parametrize("path", FILES[::67])
def test_a_rule_taken_away_is_missed_only_at_home(path: str, loaded: Loaded, compiled: Json, whole: Whole) -> None:
    check_one(next(item for item in loaded[0] if item.path == path), loaded, compiled, whole)


@pytest.mark.slow
@pytest.mark.parametrize("path", FILES)
def test_any_rule_taken_away_is_missed_only_at_home(path: str, loaded: Loaded, compiled: Json, whole: Whole) -> None:
    check_one(next(item for item in loaded[0] if item.path == path), loaded, compiled, whole)


@pytest.mark.slow
def test_no_place_leans_on_the_rules_of_a_place_that_is_not_above_it(compiled: Json, whole: Whole) -> None:
    for place in sorted({rule["place"] for rule in compiled["rules"]}):
        assert leaning(place, compiled, whole)[:3] == [], place


def test_every_topic_is_about_something_or_only_shown(compiled: Json) -> None:
    assert {rule["topic"] for rule in compiled["rules"]} <= set(ABOUT) | INFORMATION
