"""No value begins before the texts that it rests on."""

from __future__ import annotations

from typing import Any

from scripts.rulebook.load import Item
from scripts.rulebook.positions import mark_at
from scripts.rulebook.scalars import Report


def check_starts(items: list[Item], report: Report) -> None:
    """A dated value is not older than the oldest document of its rule; residents' may begin with its insured year.

    Where the effective day of one of the documents is not known, nothing is said.
    """
    effective = {item.id: item.data.get("effective") for item in items if item.kind == "document" and item.sound}
    for item in items:
        if item.kind != "rule" or not item.sound:
            continue
        days = [effective.get(source["document"]) for source in item.data["sources"]]
        known = [day for day in days if day]
        if len(known) < len(days):
            continue
        oldest = min(known)
        for start, value in item.data["values"].items():
            if start != "undated" and value is not None and start < _earliest(item.data, oldest):
                report.error(
                    mark_at(item.node, "values", start),
                    f"{start} 早于出处的施行日 {oldest};应当写施行日,或补上更早的出处",
                )


def _earliest(rule: dict[str, Any], oldest: str) -> str:
    return f"{oldest[:4]}-01-01" if rule["schemes"] == ["resident"] else oldest
