"""What every other reading of an answer comes to, the one that disagrees most first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from calculator import words
from calculator.assessment import Alternative
from calculator.findings import Finding, Other
from calculator.ranges import Range
from calculator.rulebook import Variant
from calculator.values import Length

Said = Sequence[tuple[Variant, Range]]
"""Readings, each with what it comes to."""


def said_by(variant: Variant, value: Range) -> Other:
    """What a reading comes to. Said of the same place for another situation, it is unclear whether it holds here."""
    return Other(value, variant.id, _standing(variant), _title(variant))


def _standing(variant: Variant) -> str:
    return "unclear" if variant.elsewhere else variant.standing


def _title(variant: Variant) -> str:
    return words.ELSEWHERE.format(title=variant.title) if variant.elsewhere else variant.title


def alternatives_of(finding: Finding, said: Said, *, silent: bool = False) -> tuple[Alternative, ...]:
    """What other readings come to; the one that disagrees most first. silent: the note of each is left empty."""
    made: dict[tuple[Range, str], Alternative] = {}
    for variant, value in said:
        standing = _standing(variant)
        if (value, standing) not in made:
            made[value, standing] = Alternative(value, (variant.id,), standing, "" if silent else _title(variant))
    for value, name, standing, title in finding.others:
        if (value, standing) not in made:
            made[value, standing] = Alternative(value, (name,), standing, "" if silent else title)
    if len(made) == 1:
        return tuple(made.values())
    return tuple(sorted(made.values(), key=lambda a: -_distance(finding.range, a.range)))


def _distance(main: Range, other: Range) -> Decimal:
    """How far a reading lies from the answer, for the order only."""
    here = main.value if main.known else main.high if main.high is not None else main.low
    there = other.value if other.known else other.high if other.high is not None else other.low
    if here is None or there is None or type(here) is not type(there):
        return Decimal(0)
    if isinstance(here, Length):
        days = {"day": 1, "month": 30, "year": 365}
        return abs(Decimal(here.n * days[here.unit] - there.n * days[there.unit]))
    if isinstance(here, date):
        gap: timedelta = here - there
        return Decimal(abs(gap.days))
    return abs(here - there) if isinstance(here, Decimal) else Decimal(1)
