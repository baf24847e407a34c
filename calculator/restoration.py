"""A lapse counted in months: which tier holds, how long the wait is, and what the fund pays meanwhile.

Each field comes from the nearest level that speaks for it. Where an input is not known, every possible world is tried.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from calculator import words
from calculator.case import Case
from calculator.conditions import World, deciding, holds, known_world, worlds
from calculator.fields import BY_NAME, FIELDS
from calculator.findings import Finding, Findings
from calculator.model import Effect, Restoration, Tier, Wait
from calculator.ranges import UNKNOWN, Range, exact, hull
from calculator.resume import no_wait, resume_range, wait_starts
from calculator.rulebook import Rulebook, Spoken, Variant
from calculator.schedule import Payment, payment_between
from calculator.tier_words import tier_sentence
from calculator.values import NO_WAIT, first_of

QUESTIONS = {field.name: field.title for field in FIELDS} | {
    "since_stop": BY_NAME["benefits_stopped_on"].title,
    "paid_by_order_deadline": BY_NAME["order_deadline"].title,
    "lapse": BY_NAME["last_paid_month"].title,
    "earlier_quarter": BY_NAME["last_paid_month"].title,
}
ANSWERED = ("waiting", "benefits_resume_on", "retroactive", "payment_effect", "account.in_wait")
"""The answers filled here, in the order of the fields of an Outcome."""
NONE_CUT, ALL_CUT = Effect("none"), Effect("zero")


class Match(NamedTuple):
    """The tier of one rule that holds in a world."""

    spoken: Spoken
    tier: Tier


class Outcome(NamedTuple):
    """What one world comes to. `grounds`: for each answer the match it rests on."""

    wait: Range
    resume: Range
    retroactive: Range
    payment: Range
    account_in_wait: Range
    liable: str | None
    grounds: tuple[tuple[str, Match], ...]


def restore(
    case: Case, rulebook: Rulebook, lapse: int | None, stopped_on: date | None, variant: Variant | None, found: Findings
) -> None:
    """Fill `waiting`, `benefits_resume_on`, `retroactive`, `payment_effect` of `found`. lapse: whole months."""
    day = case.day if case.coverage_year is None else first_of(case.coverage_year)
    speakers = list(rulebook.speaking("restoration", case.place, case.scheme, case.situation, day, variant))
    tiers = [tier for spoken in speakers for tier in _restoration(spoken).tiers]
    possible = worlds(known_world(case, lapse, stopped_on), tiers)
    outcomes = _outcomes(speakers, possible, case.day)
    distinct = list({id(outcome): outcome for outcome in outcomes}.values())
    found.payments = tuple(dict.fromkeys([o.payment for o in distinct]))
    found.asked_stop = any("since_stop" in tier.when for tier in tiers)
    if variant is not None:  # of another reading only the ranges are asked
        for key, ranges in zip(ANSWERED, zip(*distinct, strict=True), strict=False):
            found.answers[key] = Finding(hull(ranges))
        return
    if len(distinct) > 1:
        come_to = [outcome[:-1] for outcome in outcomes]  # by whichever line of a table
        found.missing = tuple(QUESTIONS[key] for key in deciding(possible, come_to))
    for key, ranges in zip(ANSWERED, zip(*distinct, strict=True), strict=False):
        rules = [match.spoken.rule for o in distinct for name, match in o.grounds if name == key]
        several = len(distinct) > 1 and len(set(ranges)) > 1
        note = words.DEPENDS_ON.format(questions="、".join(found.missing)) if several else None
        found.answers[key] = Finding(hull(ranges), tuple(dict.fromkeys(rules)), note)
    liable = {o.liable for o in distinct}
    found.liable = liable.pop() if len(liable) == 1 else None
    if not found.silent:
        _explain(distinct, found)


def _outcomes(speakers: list[Spoken], possible: list[World], day: date) -> list[Outcome]:
    """One for each world; worlds in which the same tiers hold share theirs."""
    made: dict[tuple[int, ...], Outcome] = {}
    found = []
    for world in possible:
        matches = _matches(speakers, world)
        key = tuple([id(match.tier) for match in matches])
        if key not in made:
            made[key] = _outcome(matches, day)
        found.append(made[key])
    return found


def _explain(outcomes: list[Outcome], found: Findings) -> None:
    """Each tier's condition is said once; where the possible worlds differ, with every sentence."""
    several = len({id(match.tier) for o in outcomes for _, match in o.grounds}) > 1
    said: list[Tier] = []
    for outcome in outcomes:
        for name, match in outcome.grounds:
            if name == "payment_effect" and match.tier.effect is None and not _waits(match.tier):
                continue
            if name == "benefits_resume_on" and match.tier.resume is None:
                continue
            sentence = tier_sentence(
                name,
                match.tier,
                counts_payment_month=_restoration(match.spoken).counts_payment_month,
                conditional=several or match.tier not in said,
            )
            said.append(match.tier)
            found.explain(sentence, match.spoken, match.tier.source)


def _waits(tier: Tier) -> bool:
    return tier.wait is not None and tier.wait.length is not None and tier.wait.length.n > 0


def _restoration(spoken: Spoken) -> Restoration:
    assert isinstance(spoken.value, Restoration)
    return spoken.value


def _outcome(matches: list[Match], day: date) -> Outcome:
    """What the tiers that hold come to, the nearest first."""
    waiting = back = account = liable = landing = cut = None
    for match in matches:
        tier = match.tier
        if waiting is None and tier.wait is not None:
            waiting = match
        if back is None and tier.retroactive is not None:
            back = match
        if account is None and tier.account_in_wait is not None:
            account = match
        liable = liable or tier.liable
    for match in matches:  # whose day of restoration and whose cut holds: a higher level's only where it is about the same wait
        if _same_wait(match, waiting):
            if landing is None and match.tier.resume is not None:
                landing = match
            if cut is None and match.tier.effect is not None:
                cut = match
    cut = cut or waiting
    wait = _wait_range(waiting.tier.wait) if waiting else UNKNOWN
    resume = resume_range(landing.tier.resume if landing else None, wait, day) if waiting or landing else UNKNOWN
    grounds = zip(ANSWERED, (waiting, landing or waiting, back, cut, account), strict=True)
    return Outcome(
        wait,
        resume,
        exact(back.tier.retroactive) if back else UNKNOWN,
        _payment(cut.tier.effect if cut else None, wait, resume, landing.tier.resume if landing else None, day),
        exact(account.tier.account_in_wait) if account else UNKNOWN,
        liable,
        tuple([(name, match) for name, match in grounds if match is not None]),
    )


def _matches(speakers: list[Spoken], world: World) -> list[Match]:
    """Of each rule the first tier that holds."""
    found = []
    for spoken in speakers:
        value = _restoration(spoken)
        for tier in value.tiers:
            if holds(tier.when, world, value.counts_payment_month):
                found.append(Match(spoken, tier))
                break
    return found


def _wait_range(wait: Wait | None) -> Range:
    if wait is None or (wait.length is None and wait.at_most is None):
        return UNKNOWN
    return exact(wait.length) if wait.length is not None else Range(NO_WAIT, wait.at_most)


def _same_wait(match: Match, waiting: Match | None) -> bool:
    return waiting is None or match is waiting or match.tier.wait is None or match.tier.wait == waiting.tier.wait


def _payment(effect: Effect | None, wait: Range, resume: Range, landing: str | None, day: date) -> Range:
    """What the fund pays in the wait. A waiting period (待遇等待期) is by its meaning a time without benefits.

    A text that counts the wait from the month of payment does not say that the days before the payment are paid for, too.
    """
    if wait == UNKNOWN and effect is None:
        return UNKNOWN
    if effect is None and not wait.known:
        return UNKNOWN
    if effect is None:
        effect = NONE_CUT if no_wait(wait) else ALL_CUT
    if effect.kind == "none":
        return exact(Payment("none"))
    start = wait_starts(landing, day) if effect.kind in ("ratio", "cap") else day
    return exact(payment_between(effect, start, resume.value, paid_on=day))
