"""What the articles say of this very case, each with our verdict (Assessment: `claims`)."""

from __future__ import annotations

import re
from typing import Any

from calculator.case import Case
from calculator.conditions import holds, known_world
from calculator.lapse import Lapse
from calculator.rulebook import Rulebook

ABOUT_THE_PERSON = ("scheme", "situation")


def claims_of(case: Case, lapse: Lapse, rulebook: Rulebook) -> tuple[dict[str, Any], ...]:
    """Claims whose conditions all hold for what the Case says; a condition on something not known does not hold."""
    world = {**known_world(case, lapse.length, None), **{key: getattr(case, key) for key in ABOUT_THE_PERSON}}
    found = []
    for claim in rulebook.claims:
        when = claim["when"]
        if any(world.get(key) is None for key in when):
            continue
        if any(world[key] not in when[key] for key in ABOUT_THE_PERSON if key in when):
            continue
        if holds({key: asked for key, asked in when.items() if key not in ABOUT_THE_PERSON}, world, False):
            said = claim["value"]
            about = {name: claim[name] for name in ("id", "verdict", "says")}
            found.append({**about, "key": said["key"], **plain_claim(said["value"])})
    return tuple(found)


def plain_claim(value: Any) -> dict[str, Any]:
    """A claim's value as an answer writes it: `6 months` is 6 with its unit."""
    length = re.fullmatch(r"([0-9]+) (day|month|year)s?", value) if isinstance(value, str) else None
    return {"value": int(length[1]), "unit": length[2]} if length else {"value": value}
