"""Which rules bear on the headline of a question, and what they make worth asking about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from calculator.fields import SCHEMES
from calculator.model import Plain, Restoration
from calculator.rulebook import Rule, Rulebook
from calculator.values import Length, days_of
from scripts.instant.recipes import ONE_DAY

BY_MONTH = ("restoration", "suspension")
BY_YEAR = ("waiting", "window")
MOVING = frozenset({"since_stop", "quarter_month", "earlier_quarter", "missed_this_year"})
"""Conditions of a tier that hold or not by the day of payment, not by the length of the lapse alone."""
LOOKING_BACK = {"earlier_quarter": 3, "missed_this_year": 12}
"""How many months back a condition can tell lapses apart."""


def counts_months(scheme: str, situation: str) -> bool:
    """Whether the lapse is one of months; else it is one of insured years."""
    return scheme != "resident" or situation == "scheme_switch"


def bearing(rulebook: Rulebook, place: str, scheme: str, situation: str) -> tuple[Rule, ...]:
    """The rules in force at some time that can have a say. Two places with the same ones have the same answers."""
    found: dict[Rule, None] = {}
    voices = rulebook.lookup.heard[place].voices
    for code in rulebook.lookup.chains[place]:
        for topic in BY_MONTH if counts_months(scheme, situation) else BY_YEAR:
            schemes = SCHEMES if topic == "suspension" else (scheme,)  # before a switch another scheme's benefits stop
            for one in schemes:
                for rule, *_ in voices.get((one, topic), ()):
                    if rule.place == code and (topic != "restoration" or situation in rule.situations):
                        found[rule] = None
    return tuple(found)


def conditions(rules: tuple[Rule, ...]) -> frozenset[str]:
    """What the tiers of these rules ask about."""
    return frozenset(key for _, tier in _tiers(rules) for key in tier.when)


def lapses(rules: tuple[Rule, ...], last: date) -> list[int]:
    """Lengths in whole months, ascending, such that between two of them nothing changes but by the first of the two.

    last: the last day of payment that is asked about.
    """
    found, asked_about = {0, 1}, conditions(rules)
    for value, tier in _tiers(rules):
        asked = tier.when.get("lapse") or {}
        counted = 1 if value.counts_payment_month else 0
        found |= {asked["min"] - counted} if "min" in asked else set()
        found |= {asked["max"] + 1 - counted} if "max" in asked else set()
        if "since_stop" in tier.when:
            found |= set(range(_whole_months(tier.when["since_stop"]["within"]) + 3))
    if "since_stop" in asked_about:  # benefits stop by the rule of the first unpaid month, so many months before the payment
        found |= {n for since in _stops(rules) for n in range((last.year - since.year) * 12 + last.month - since.month + 2)}
    for condition, most in LOOKING_BACK.items():
        found |= set(range(most + 2)) if condition in asked_about else set()
    return sorted(n for n in found if n >= 0)


def days_to_ask(rules: tuple[Rule, ...], first: date, last: date) -> set[date]:
    """At least one day between any two on which something may change for all lapses alike."""
    years = range(first.year, last.year + 1)
    moving = bool(conditions(rules) & MOVING)
    marks = {date(year, month, 1) for year in years for month in (range(1, 13) if moving else (1,))}
    for rule in rules:
        for since, value in rule.values:
            marks |= {since} if since else set()
            marks |= set(_dates_in(value.says, years)) if isinstance(value, Plain) else set()
    found = {first, last} | marks | {day + ONE_DAY for day in marks}
    return {day for day in found if first <= day <= last}


def _stops(rules: tuple[Rule, ...]) -> Iterator[date]:
    """Since when rules on when benefits stop hold."""
    for rule in rules:
        if rule.topic == "suspension":
            yield from (since for since, _ in rule.values if since is not None)


def _whole_months(within: Mapping[str, Any]) -> int:
    length = Length(**within)
    return {"day": length.n // 28, "month": length.n, "year": length.n * 12}[length.unit] + 1


def _tiers(rules: tuple[Rule, ...]) -> Iterator[tuple[Restoration, Any]]:
    for rule in rules:
        for _, value in rule.values:
            if isinstance(value, Restoration):
                for tier in value.tiers:
                    yield value, tier


def _dates_in(says: Any, years: range) -> Iterator[date]:
    """Every `2025-10-15`, and every `12-31` and `02-end` in each of these years."""
    for text in says.values():
        if not isinstance(text, str):
            continue
        parts = text.split("-")
        if len(parts) == 3 and len(text) == 10:
            yield date.fromisoformat(text)
        elif len(parts) == 2 and len(text) in (5, 6) and parts[0].isdigit():
            for year in years:
                month, most = int(parts[0]), days_of(year, int(parts[0]))
                yield date(year, month, most if parts[1] == "end" else min(int(parts[1]), most))
