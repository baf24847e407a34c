"""Where to look, where to pay and whom to ask (Assessment: `where`, `verify_with`): the channels that serve a person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from calculator import words
from calculator.fields import INSURED_BY_MONTH, SCHEMES

if TYPE_CHECKING:  # the rulebook holds what is made here
    from calculator.case import Case
    from calculator.rulebook import Rulebook

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


class Need(NamedTuple):
    """What people go somewhere for, and the channels that serve it, those that serve everywhere first."""

    need: str
    title: str
    channels: tuple[Json, ...]


class Desks(NamedTuple):
    """needs: by scheme. verify: the channels that confirm an answer, as they are said."""

    needs: Mapping[str, tuple[Need, ...]]
    verify: tuple[str, ...]

    @classmethod
    def of(cls, channels: Sequence[Mapping[str, Any]]) -> Desks:
        needs = {
            scheme: tuple(_need(need, title, channels) for need, title, schemes in NEEDS if scheme in schemes)
            for scheme in SCHEMES
        }
        served = {scheme: tuple(need for need in found if need.channels) for scheme, found in needs.items()}
        return cls(served, tuple(words.channel_words(channel) for channel in channels if channel.get("verify")))


def _need(need: str, title: str, channels: Sequence[Mapping[str, Any]]) -> Need:
    serving = sorted((one for one in channels if one["does"].get(need) in SURE), key=lambda one: not SURE[one["does"][need]])
    return Need(need, title, tuple(_channel(one, need) for one in serving))


def _channel(channel: Mapping[str, Any], need: str) -> Json:
    return {
        "id": channel["id"],
        "name": channel["name"],
        "reach": channel["number"] or channel["url"],
        "everywhere": SURE[channel["does"][need]],
        "how": list(channel["steps"].get(need, ())),
    }


def where_of(case: Case, rulebook: Rulebook) -> Iterator[Json]:
    """One entry a need: `need`, `title` and `channels`, those that serve everywhere first.

    `everywhere`: false where it depends on the place whether the channel serves. `how`: what to do there, step by step.
    """
    place = rulebook.places[case.place]
    prefix = "" if place.level == "nation" else place.name
    for need in rulebook.desks.needs[case.scheme]:
        if need.need == "transfer" and case.situation == "first_enrolment":
            continue
        channels = [{**channel, "how": [*channel["how"]]} for channel in need.channels]
        for channel in channels:
            if channel["id"] == OFFICE:
                channel["name"] = prefix + channel["name"]
        yield {"need": need.need, "title": need.title, "channels": channels}


def verify_with(case: Case, rulebook: Rulebook) -> tuple[str, ...]:
    """Who can confirm the answer, the nearest office first."""
    place = rulebook.places[case.place]
    office = "参保地医保经办机构" if place.level == "nation" else f"{place.name}医保经办机构"
    return (office, *rulebook.desks.verify)
