"""Runs the cases beside the rules: what the calculator answers, against what the rule's author expects.

An expectation is short: `waiting: 6 months` is about the answer's value;
`{value, low, high, basis, alternatives, note}` about its parts. `alternatives: []` means there are none, a list means
that each of these is among them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from calculator import Case, CaseError, Rulebook, assess
from scripts.rulebook.errors import Mark
from scripts.rulebook.load import Item, load
from scripts.rulebook.positions import mark_at
from scripts.rulebook.scalars import LENGTH, Report, written

PARTS = ("value", "low", "high", "basis", "alternatives", "note")


@dataclass(frozen=True)
class CaseFailure:
    """One expectation that was not met. `wanted`, `got`: in the words of rule files."""

    mark: Mark
    name: str
    key: str
    wanted: str
    got: str

    def __str__(self) -> str:
        return f"{self.mark}: 案例“{self.name}”的 {self.key} 算出来是 {self.got};案例写的是 {self.wanted}"


def run_cases(rulebook: dict[str, Any], rules_dir: Path) -> list[CaseFailure]:
    """Every unmet expectation of every case in the rule files. `rulebook`: the compiled one."""
    return failures_of(load(rules_dir, Report()), Rulebook.load(rulebook))


def failures_of(items: Iterable[Item], book: Rulebook) -> list[CaseFailure]:
    """Every unmet expectation of the cases beside these rules."""
    failures: list[CaseFailure] = []
    for item in items:
        if item.kind == "rule":
            for index, case in enumerate(item.data.get("cases") or []):
                failures.extend(_run(item, index, case, book))
    return failures


def files_of(rules_dir: Path) -> dict[str, str]:
    """Rule id → its file, as it is named in messages."""
    return {item.id: item.path for item in load(rules_dir, Report()) if item.kind == "rule"}


def count_cases(rules_dir: Path) -> int:
    """How many cases stand beside the rules."""
    return sum(len(item.data.get("cases") or []) for item in load(rules_dir, Report()) if item.kind == "rule")


def expected_of(rules_dir: Path) -> list[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Every case that stands beside a rule, for each of its schemes: its name, the Case, what is expected."""
    items = [item for item in load(rules_dir, Report()) if item.kind == "rule"]
    return [
        (case["name"], asked, case["expect"])
        for item in items
        for case in item.data.get("cases") or []
        for asked in _asked(item.data, case["case"])
    ]


def unmet_of(expect: dict[str, Any], answer: dict[str, Any]) -> list[tuple[str, str, str]]:
    """(key, wanted, got) for each part of the expectations that an Assessment does not meet."""
    return [unmet for key, wanted in expect.items() for unmet in _unmet(key, wanted, answer)]


def _asked(rule: dict[str, Any], given: dict[str, Any]) -> list[dict[str, Any]]:
    """The Case with what it leaves to its rule: the place, and each scheme unless it names its own."""
    schemes = [given["scheme"]] if "scheme" in given else rule["schemes"]
    return [{"place": rule["place"], "scheme": scheme, **given} for scheme in schemes]


def _run(item: Item, index: int, case: dict[str, Any], book: Rulebook) -> Iterator[CaseFailure]:
    """One case, for each scheme of the rule unless the case names its own."""
    rule, given = item.data, case["case"]
    for asked in _asked(rule, given):
        name = case["name"] if "scheme" in given or len(rule["schemes"]) == 1 else f"{case['name']}({asked['scheme']})"
        try:
            answer = assess(Case.parse(asked, book), book).to_json()
        except CaseError as error:
            mark = mark_at(item.node, "cases", index, "case", error.field.split(".")[0])
            yield CaseFailure(mark, name, error.field, "可以回答的问题", f"不能回答:{error.message}")
            continue
        for key, wanted in case["expect"].items():
            mark = mark_at(item.node, "cases", index, "expect", key)
            yield from (CaseFailure(mark, name, *unmet) for unmet in _unmet(key, wanted, answer))


def _unmet(key: str, wanted: Any, answer: Any) -> Iterator[tuple[str, str, str]]:
    """(key, wanted, got) for each part of one expectation that does not hold."""
    found = answer
    for step in key.split("."):
        found = _inside(found, step)
    if not isinstance(found, dict) or "basis" not in found:
        if not _same(wanted, found, None):
            yield key, str(wanted), str(found)
        return
    parts = wanted if isinstance(wanted, dict) else {"value": wanted}
    for part, expected in parts.items():
        holds = _among(expected, found) if part == "alternatives" else _same(expected, found[part], found["unit"])
        if not holds:
            yield f"{key}.{part}" if part != "value" else key, _words(expected, None), _part(found, part)


def _inside(found: Any, step: str) -> Any:
    if isinstance(found, dict):
        return found.get(step)
    if isinstance(found, list) and step.isdigit() and int(step) < len(found):
        return found[int(step)]
    return None


def _among(expected: list[Any], found: dict[str, Any]) -> bool:
    others = found["alternatives"]
    if not expected:
        return not others
    return all(
        any(_same(one, other["value"], other.get("unit", found["unit"])) for other in others) for one in expected
    )


def _same(expected: Any, found: Any, unit: str | None) -> bool:
    """Whether a value is the one expected; `6 months` names the number and its unit, and no wait is 0 of anything."""
    match = LENGTH.fullmatch(expected) if isinstance(expected, str) else None
    if match and isinstance(found, int) and not isinstance(found, bool):
        return int(match[1]) == found and (unit == match[2] or not found)
    if isinstance(found, dict) and isinstance(expected, str):
        return bool(found.get("kind") == expected)
    return bool(expected == found and isinstance(expected, bool) == isinstance(found, bool))


def _part(found: dict[str, Any], part: str) -> str:
    if part == "alternatives":
        return "、".join(_words(other["value"], other.get("unit", found["unit"])) for other in found[part]) or "没有"
    got = _words(found[part], found["unit"])
    if part == "value" and found["value"] is None and (found["low"], found["high"]) != (None, None):
        return f"{got}({_words(found['low'], found['unit'])} 到 {_words(found['high'], found['unit'])})"
    return got


def _words(value: Any, unit: str | None) -> str:
    """A value as rule files write it."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, list):
        return "、".join(_words(one, unit) for one in value) or "没有"
    if isinstance(value, dict):
        return str(value.get("kind", value))
    return written(value, unit) if unit in ("day", "month", "year") and isinstance(value, int) else str(value)
