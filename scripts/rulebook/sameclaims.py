"""Claims that several articles make: each has its entry, and `same_as` names the one that carries the verdict."""

from __future__ import annotations

from typing import Any

from scripts.rulebook.load import Item
from scripts.rulebook.positions import mark_at
from scripts.rulebook.scalars import Report

_CARRIED = ("verdict", "decides", "why", "instead", "channels", "procedures", "dossier")
"""What a claim takes over. Not `when` and `value`: an answer quotes each statement once."""


def check_same(items: list[Item], report: Report) -> None:
    """`same_as` leads to a claim with a verdict of its own, in one step."""
    claims = {item.id: item.data for item in items if item.kind == "claim"}
    for item in items:
        named = item.data.get("same_as") if item.kind == "claim" else None
        if named and (further := claims.get(named, {}).get("same_as")):
            mark = mark_at(item.node, "same_as")
            report.error(mark, f"{named} 自己也写着 same_as;应当直接写 {further}")


def resolved(claims: list[dict[str, Any]], conflicts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Claims with what they share filled in; what one says itself stays.

    `restated_by`: the ids that repeat a claim. `conflicts`: where it, or one that repeats it, stands against others.
    """
    by_id = {claim["id"]: claim for claim in claims}
    repeats: dict[str, list[str]] = {}
    for claim in claims:
        repeats.setdefault(claim["same_as"] or "", []).append(claim["id"])
    against: dict[str, list[str]] = {}
    for conflict in conflicts:
        for claim in {claim for side in conflict["sides"] for claim in side["claims"]}:
            against.setdefault(claim, []).append(conflict["id"])
    made = []
    for claim in claims:
        again = repeats.get(claim["id"], [])
        filled = _filled(claim, by_id.get(claim["same_as"] or "", {}), again)
        touched = {conflict for one in (claim["id"], *again) for conflict in against.get(one, ())}
        made.append({**filled, "conflicts": sorted(touched)})
    return made


def _filled(claim: dict[str, Any], same: dict[str, Any], restated_by: list[str]) -> dict[str, Any]:
    carried = {key: same[key] for key in _CARRIED if key in same and not claim.get(key)}
    return {**claim, **carried, "restated_by": restated_by}
