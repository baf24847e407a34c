"""Who speaks for a place: the values that rules set, the nearest level first."""

from __future__ import annotations

from datetime import date
from typing import Any

Json = dict[str, Any]


class Levels:
    """The rules on the way from one place up to the nation, for one scheme. `rulebook`: compiled."""

    def __init__(self, rulebook: Json, place: str, scheme: str) -> None:
        parents = {one["code"]: one["parent"] for one in rulebook["places"]}
        chain = [place]
        while parents.get(chain[-1]):
            chain.append(parents[chain[-1]])
        if "CN" not in chain:
            chain.append("CN")
        self._rules: dict[str, list[Json]] = {}
        for level in chain:
            here = [rule for rule in rulebook["rules"] if rule["place"] == level]
            for rule in sorted(here, key=lambda rule: str(rule["id"])):
                if rule["sets_value"] and scheme in rule["schemes"]:
                    self._rules.setdefault(rule["topic"], []).append(rule)

    def speaking(self, topic: str, day: date, situation: str | None = None) -> list[Json]:
        """The values on a day, nearest first; with a situation, only of rules for it."""
        found = []
        for rule in self._rules.get(topic, []):
            if situation is None or situation in rule["situations"]:
                value = _on(rule["values"], day.isoformat())
                if value is not None:
                    found.append(value)
        return found

    def field(self, topic: str, day: date, key: str) -> Any:
        """One field (`start.late`: a field in it) of a topic as the nearest level states it; None if none does."""
        for value in self.speaking(topic, day):
            found: Any = value
            for part in key.split("."):
                found = (found or {}).get(part)
            if found is not None:
                return found
        return None


def _on(values: list[Any], day: str) -> Json | None:
    """The value on a day: the last that has begun."""
    current: Json | None = None
    for begins, value in values:
        if begins is None or begins <= day:
            current = value
    return current
