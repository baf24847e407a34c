"""Where to look and where to pay (Assessment: `where`): the channels that serve this person's scheme and place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from calculator.case import Case
from calculator.fields import INSURED_BY_MONTH, SCHEMES
from calculator.rulebook import NATION, Rulebook

Json = dict[str, Any]

NEEDS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("pay_premium", "缴费", SCHEMES),
    ("participation_status", "查参保状态和参保地", SCHEMES),
    ("payment_records", "查缴费记录", SCHEMES),
    ("balance", "查个人账户余额", INSURED_BY_MONTH),
    ("transfer", "转移医保关系", INSURED_BY_MONTH),
    ("enrol_resident", "居民参保登记", ("resident",)),
    ("consult", "问人", SCHEMES),
)
"""What people go somewhere for: the word of the channels' `does`, how it is called, and which schemes need it."""
SURE = {"yes": True, "partly": False}
OFFICE = "medical-insurance-counter"


def where_of(case: Case, rulebook: Rulebook) -> Iterator[Json]:
    """One entry a need: `need`, `title` and `channels`, those that serve everywhere first.

    `everywhere`: false where it depends on the place whether the channel serves. `how`: what to do there, step by step.
    """
    for need, title, schemes in NEEDS:
        if case.scheme not in schemes or (need == "transfer" and case.situation == "first_enrolment"):
            continue
        serving = [channel for channel in rulebook.channels if channel["does"].get(need) in SURE]
        if serving:
            serving.sort(key=lambda channel: not SURE[channel["does"][need]])
            yield {"need": need, "title": title, "channels": [_channel(one, need, case, rulebook) for one in serving]}


def _channel(channel: Mapping[str, Any], need: str, case: Case, rulebook: Rulebook) -> Json:
    name = channel["name"]
    if channel["id"] == OFFICE and case.place != NATION:
        name = rulebook.places[case.place].name + name
    return {
        "id": channel["id"],
        "name": name,
        "reach": channel["number"] or channel["url"],
        "everywhere": SURE[channel["does"][need]],
        "how": list(channel["steps"].get(need, ())),
    }
