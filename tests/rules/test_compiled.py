"""What a sound rulebook compiles to, and that it is always the same."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from calculator import Rulebook
from calculator.schema import rulebook_schema
from scripts.rulebook import build_rulebook, count_cases, declared_exceptions, run_cases
from scripts.rulebook.compiled import canonical

SMALL = Path(__file__).parent / "small"
REAL = Path(__file__).parents[2] / "rules"


@pytest.fixture(scope="module")
def small() -> dict[str, Any]:
    return build_rulebook(SMALL / "rules")


def test_the_small_rulebook_compiles_to_the_golden_one(small: dict[str, Any]) -> None:
    assert small == json.loads((SMALL / "golden.json").read_text(encoding="utf-8"))


def test_the_compiled_rulebook_survives_json(small: dict[str, Any]) -> None:
    assert json.loads(canonical(small)) == small


@pytest.mark.parametrize("rules_dir", [SMALL / "rules", REAL], ids=["small", "real"])
def test_it_obeys_the_published_schema(rules_dir: Path) -> None:
    jsonschema.Draft202012Validator(rulebook_schema()).validate(build_rulebook(rules_dir))


def test_the_calculator_loads_it(small: dict[str, Any]) -> None:
    book = Rulebook.load(small)
    assert book.hash == small["hash"] and len(book.rules) == len(small["rules"])


def test_the_hash_covers_everything_else(small: dict[str, Any]) -> None:
    rest = {key: value for key, value in small.items() if key != "hash"}
    assert small["hash"] == "sha256:" + hashlib.sha256(canonical(rest).encode()).hexdigest()


def test_another_number_gives_another_hash(rules: Path, small: dict[str, Any]) -> None:
    path = rules / "CN" / "resident-waiting.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("fixed: 3", "fixed: 4"), encoding="utf-8")
    assert build_rulebook(rules)["hash"] != small["hash"]


def test_a_comment_changes_nothing(rules: Path, small: dict[str, Any]) -> None:
    path = rules / "CN" / "resident-waiting.yaml"
    path.write_text("# 说明\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert build_rulebook(rules) == small


def test_the_order_in_which_files_were_made_changes_nothing(tmp_path: Path, small: dict[str, Any]) -> None:
    target = tmp_path / "rules"
    for path in sorted((SMALL / "rules").rglob("*.yaml"), reverse=True):
        copy = target / path.relative_to(SMALL / "rules")
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, copy)
        os.utime(copy, (1, 1))
    assert canonical(build_rulebook(target)) == canonical(small)


def test_undated_values_come_first_and_dates_in_order(rules: Path) -> None:
    path = rules / "CN" / "employee-late_fee.yaml"
    text = path.read_text(encoding="utf-8")
    more = '  undated: {none: true}\n  2024-09-01: {daily_rate: "0.002"}\nsources:'
    path.write_text(text.replace("sources:", more, 1), encoding="utf-8")
    rule = next(rule for rule in build_rulebook(rules)["rules"] if rule["id"] == "CN.employee.late_fee")
    assert [day for day, _ in rule["values"]] == [None, "2024-09-01", "2025-07-01"]


def test_rules_and_lists_are_in_order_of_their_ids(small: dict[str, Any]) -> None:
    for name in ("rules", "channels", "procedures", "claims", "conflicts"):
        ids = [one["id"] for one in small[name]]
        assert ids == sorted(ids)
    assert [place["code"] for place in small["places"]] == ["CN", "350000", "350200", "810000"]
    assert [group["id"] for group in small["groups"]] == ["newborn", "veteran"]


def test_lengths_defaults_and_what_sets_a_value(small: dict[str, Any]) -> None:
    rules = {rule["id"]: rule for rule in small["rules"]}
    waiting, fujian = rules["CN.resident.waiting"], rules["350000.employee.restoration"]
    assert waiting["values"][0][1]["fixed"] == {"n": 3, "unit": "month"}
    assert waiting["standing"] == "in_force" and waiting["sets_value"] is True
    assert len(waiting["situations"]) == 5
    assert waiting["readings"][0]["standing"] == "unclear" and waiting["readings"][0]["sets_value"] is False
    assert fujian["values"][0][1]["count"] == "lapse"
    assert fujian["values"][0][1]["tiers"][1]["effect"]["schedule"] == [{"ratio": "0.50", "length": {"n": 6, "unit": "month"}}]


def test_cases_and_exceptions_stay_out(small: dict[str, Any]) -> None:
    assert all("cases" not in rule and "exceptions" not in rule for rule in small["rules"])


def test_a_rule_without_a_trusted_source_sets_no_value(rules: Path) -> None:
    path = rules / "CN" / "resident-window.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("confidence: medium", "confidence: low"), encoding="utf-8")
    window = next(rule for rule in build_rulebook(rules)["rules"] if rule["topic"] == "window")
    assert window["sets_value"] is False


def test_a_declared_exception_is_known_by_rule_and_law(rules: Path) -> None:
    path = rules / "CN" / "resident-waiting.yaml"
    more = "exceptions: [{law: longer_never_earlier, why: 原文如此}]\nreview_by:"
    path.write_text(path.read_text(encoding="utf-8").replace("review_by:", more, 1), encoding="utf-8")
    assert declared_exceptions(rules) == {("CN.resident.waiting", "longer_never_earlier")}


def test_the_real_rules_compile_the_same_twice() -> None:
    assert canonical(build_rulebook(REAL)) == canonical(build_rulebook(REAL))


def test_every_case_beside_the_real_rules_holds() -> None:
    assert [str(failure) for failure in run_cases(build_rulebook(REAL), REAL)] == []
    assert count_cases(REAL) >= 300
