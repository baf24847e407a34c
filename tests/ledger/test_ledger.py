"""Every id of the material has a place or a reason, and every place exists."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path
from typing import Any

from scripts.ledger import build_ledger, excused, unlisted, unplaced
from scripts.rulebook import build_rulebook
from scripts.site.words import anchor as heading

PAGES = Path(__file__).parents[2] / "docs" / "pages"
HELD = {
    "fact": 369,
    "document": 74,
    "conflict": 17,
    "case": 60,
    "verdict": 83,
    "claim": 417,
    "claim_group": 38,
    "feature": 120,
}
"""How many ids of each kind the material holds: a list that loses one is noticed."""

Ledger = dict[str, dict[str, Any]]


def test_every_id_has_a_place_or_a_reason(ledger: Ledger) -> None:
    assert unplaced(ledger) == []


def test_every_worked_example_is_a_case_or_is_told_on_a_page(ledger: Ledger) -> None:
    examples = {identifier: entry for identifier, entry in ledger.items() if entry["kind"] == "case"}
    assert [one for one, entry in examples.items() if not (entry.get("cases") or entry.get("pages"))] == []
    assert {one for one, entry in examples.items() if "cases" not in entry} <= {"W-056", "W-057", "W-059", "W-067"}


def test_no_reason_outlives_its_use(ledger: Ledger) -> None:
    assert excused(ledger) == []


def test_nothing_is_named_that_no_list_holds(rulebook: dict[str, Any], rules_dir: Path) -> None:
    assert unlisted(rulebook, rules_dir) == []


def test_the_lists_hold_all_of_the_material(ledger: Ledger) -> None:
    assert Counter(entry["kind"] for entry in ledger.values()) == HELD


def test_every_rule_page_channel_and_document_named_exists(ledger: Ledger, rulebook: dict[str, Any]) -> None:
    ids = {name: {one["id"] for one in rulebook[name]} for name in ("rules", "channels", "procedures", "claims", "conflicts")}
    ids["documents"] = set(rulebook["documents"])
    for identifier, entry in ledger.items():
        for name, known in ids.items():
            assert set(entry.get(name, ())) <= known, (identifier, name)


def test_every_page_named_exists(ledger: Ledger, rulebook: dict[str, Any]) -> None:
    pages = {page for entry in ledger.values() for page in entry.get("pages", ())}
    assert {page for page in pages if not _exists(page, rulebook)} == set()


def _exists(page: str, rulebook: dict[str, Any]) -> bool:
    address, _, anchor = page.partition("#")
    folder = address.strip("/")
    claims = {claim["id"].lower(): claim["article"] for claim in rulebook["claims"]}
    if folder.startswith("claims/"):
        return claims.get(anchor) == folder.removeprefix("claims/")
    if folder.startswith("places/"):
        code = folder.removeprefix("places/")
        rules = {heading(rule["id"]) for rule in rulebook["rules"] if rule["place"] == code}
        return code in {place["code"] for place in rulebook["places"]} and (not anchor or anchor in rules)
    if folder == "conflicts" and anchor:
        return anchor in {one["id"].lower() for one in rulebook["conflicts"]}
    written = next((path for path in (PAGES / f"{folder}.md", PAGES / folder / "index.md") if path.is_file()), None)
    return written is not None and (not anchor or f"{{ #{anchor} }}" in written.read_text(encoding="utf-8"))


def test_an_id_that_nothing_uses_is_named(rulebook: dict[str, Any], rules_dir: Path) -> None:
    """Without the claims, the claims and the verdicts on them have no place any more."""
    bare = build_ledger({**rulebook, "claims": [], "conflicts": []}, rules_dir)
    lost = Counter(bare[identifier]["kind"] for identifier in unplaced(bare))
    assert lost["claim"] == HELD["claim"] and lost["claim_group"] == HELD["claim_group"]
    assert lost["verdict"] == HELD["verdict"] - 1


def test_an_id_struck_from_its_list_is_named(rulebook: dict[str, Any], rules_dir: Path, tmp_path: Path) -> None:
    shutil.copytree(rules_dir, tmp_path / "rules")
    path = tmp_path / "rules" / "ledger" / "evidence.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("N-001, ", "", 1), encoding="utf-8")
    assert unlisted(rulebook, tmp_path / "rules") == ["N-001"]


def test_a_reason_for_something_used_is_named(rulebook: dict[str, Any], rules_dir: Path, tmp_path: Path) -> None:
    shutil.copytree(rules_dir, tmp_path / "rules")
    path = tmp_path / "rules" / "ledger" / "evidence.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("  unused:\n", "  unused:\n    N-001: 没有用到。\n", 1), encoding="utf-8")
    assert excused(build_ledger(rulebook, tmp_path / "rules")) == ["N-001"]


def test_facts_of_a_change_and_of_a_case_have_their_place_in_the_rule(
    rulebook: dict[str, Any], rules_dir: Path, tmp_path: Path
) -> None:
    """Both under ids of their own, so that nothing else can give them a place."""
    shutil.copytree(rules_dir, tmp_path / "rules")
    path = tmp_path / "rules" / "350000-福建" / "employee-restoration.yaml"
    text = path.read_text(encoding="utf-8")
    assert "\nhistory:" not in text and "\n    facts: [E-FJ-01]" in text
    text = text.replace("\n    facts: [E-FJ-01]", "\n    facts: [E-FJ-01, N-998]", 1)
    path.write_text(f"{text}history:\n  - {{on: 2026-11-20, was: 别的。, why: 看错了。, facts: [N-999]}}\n", encoding="utf-8")
    changed = build_rulebook(tmp_path / "rules")
    assert unlisted(changed, tmp_path / "rules") == ["N-998", "N-999"]
    lists = tmp_path / "rules" / "ledger" / "evidence.yaml"
    lists.write_text(lists.read_text(encoding="utf-8").replace("N-001, ", "N-001, N-998, N-999, ", 1), encoding="utf-8")
    ledger = build_ledger(changed, tmp_path / "rules")
    assert ledger["N-999"] == {"kind": "fact", "rules": ["350000.employee.restoration"]}
    assert ledger["N-998"]["rules"] == ["350000.employee.restoration"] and len(ledger["N-998"]["cases"]) == 1
