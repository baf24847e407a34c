"""What the articles say of this very case, each with our verdict (Assessment: `claims`)."""

from __future__ import annotations

import re
from typing import Any

from calculator.case import Case
from calculator.conditions import known_world
from calculator.fields import FIELDS
from calculator.lapse import Lapse
from calculator.rulebook import Rulebook


def claims_of(case: Case, lapse: Lapse, rulebook: Rulebook) -> tuple[dict[str, Any], ...]:
    """Claims whose conditions all hold for what the Case says; a condition on something not known does not hold."""
    known = {field.name: getattr(case, field.name) for field in FIELDS} | known_world(case, lapse.length, None)
    found = []
    for claim in rulebook.claims:
        if all(_met(asked, known.get(key)) for key, asked in claim["when"].items()):
            said = claim["value"]
            about = {name: claim[name] for name in ("id", "verdict", "says")}
            found.append({**about, "key": said["key"], **plain_claim(said["value"])})
    return tuple(found)


def _met(asked: Any, known: Any) -> bool:
    """One condition: a flag, a list to be in, or bounds to lie between."""
    if known is None or isinstance(asked, bool):
        return known is asked
    if isinstance(asked, list):
        return known in asked
    return bool(asked.get("min", known) <= known <= asked.get("max", known))


def plain_claim(value: Any) -> dict[str, Any]:
    """A claim's value as an answer writes it: `6 months` is 6 with its unit."""
    length = re.fullmatch(r"([0-9]+) (day|month|year)s?", value) if isinstance(value, str) else None
    return {"value": int(length[1]), "unit": length[2]} if length else {"value": value}
