"""Rulebooks of a few rules, each written where it is needed: what the calculator does with words that no place uses just so."""

from __future__ import annotations

from typing import Any

from calculator import Case, Rulebook, assess
from calculator.rulebook import Rule, Spoken

Json = dict[str, Any]
PLACES = (("CN", "全国", None, "nation"), ("330000", "浙江省", "CN", "province"), ("330100", "杭州市", "330000", "prefecture"))
EMPLOYEE = {"scheme": "employee", "place": "330100", "as_of": "2026-03-20", "last_paid_month": "2025-10"}
RESIDENT = {"scheme": "resident", "place": "330100", "as_of": "2026-03-20", "coverage_year": 2026, "last_covered_year": 2025}


def rule(place: str, scheme: str, topic: str, value: Any, **more: Any) -> Json:
    """One rule in force. value: what it has said for ever, or, as a list, `[day or None, value]` by day."""
    source = {"document": "d", "clause": None, "grade": "official_text", "confidence": "high", "seen": "2026-01-01"}
    made = {
        "id": f"{place}.{scheme}.{topic}", "title": f"{place}的{topic}", "place": place, "schemes": [scheme], "topic": topic,
        "situations": ["same_place", "transfer", "employer_arrears", "first_enrolment"], "standing": "in_force",
        "sets_value": True, "values": value if isinstance(value, list) else [[None, value]], "sources": [source],
    }  # fmt: skip
    return {**made, **more}


def book(*rules: Json) -> Rulebook:
    places = [{"code": code, "name": name, "parent": parent, "level": level} for code, name, parent, level in PLACES]
    groups = [{"id": name, "name": name} for name in ("newborn", "veteran", "medical_assistance", "left_employee")]
    return Rulebook.load({
        "version": "1", "hash": "sha256:0", "places": places, "groups": groups, "documents": {"d": {"title": "文件"}},
        "channels": [], "claims": [], "rules": list(rules),
    })  # fmt: skip


def ask(case: Json, *rules: Json) -> Json:
    made = book(*rules)
    return assess(Case.parse(case, made), made).to_json()


def spoken(topic: str, value: Json) -> Spoken:
    """A rule that says this, as it is heard."""
    loaded = Rule.load(rule("CN", "resident", topic, value))
    ((_, heard),) = loaded.values
    assert heard is not None
    return Spoken(loaded, heard, None)


def months(n: int) -> Json:
    return {"n": n, "unit": "month"}


def days(n: int) -> Json:
    return {"n": n, "unit": "day"}
