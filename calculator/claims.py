"""What the articles say of this very case, each with our verdict (Assessment: `claims`)."""

from __future__ import annotations

from typing import Any

from calculator.case import Case
from calculator.conditions import holds, known_world
from calculator.lapse import Lapse
from calculator.rulebook import Rulebook

ABOUT_THE_PERSON = ("scheme", "situation")


def claims_of(case: Case, lapse: Lapse, rulebook: Rulebook) -> tuple[dict[str, Any], ...]:
    """Claims whose conditions all hold for what the Case says; a condition on something not known does not hold."""
    world = {**known_world(case, lapse.length, None), "scheme": case.scheme, "situation": case.situation}
    found = []
    for claim in rulebook.claims:
        when = claim["when"]
        if any(world[key] is None for key in when):
            continue
        if any(world[key] not in when[key] for key in ABOUT_THE_PERSON if key in when):
            continue
        if holds({key: asked for key, asked in when.items() if key not in ABOUT_THE_PERSON}, world, False):
            said = claim["value"]
            about = {name: claim[name] for name in ("id", "verdict", "says")}
            found.append({**about, "key": said["key"], "value": said["value"]})
    return tuple(found)
