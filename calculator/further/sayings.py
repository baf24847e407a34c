"""What rules say on a topic that stands beside restoration: in force, the nearest level first; and what else is said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from calculator.case import Case
from calculator.findings import Findings, Other
from calculator.model import Json, Plain
from calculator.ranges import UNKNOWN, Range
from calculator.rulebook import Rule, Rulebook, Spoken, Variant, value_on


class Sayings(NamedTuple):
    """in_force: the rules that speak on the day, nearest first. others: unclear rules and readings, with what they say."""

    in_force: tuple[Spoken, ...]
    others: tuple[tuple[Variant, Json], ...]

    @property
    def terms(self) -> Json:
        """Every key from the nearest level that speaks of it."""
        return {key: value for spoken in reversed(self.in_force) for key, value in said(spoken).items()}

    def of(self, variant: Json) -> Json:
        """The terms, where another text is taken for what is in force."""
        return {**self.terms, **variant}

    def rules(self, *names: str) -> tuple[Rule, ...]:
        """The rules whose keys these are; where no level speaks of them, the nearest rule on the topic."""
        speaking = (next((s for s in self.in_force if said(s).get(name) is not None), None) for name in names)
        found = tuple(dict.fromkeys(spoken.rule for spoken in speaking if spoken is not None))
        return found or tuple(spoken.rule for spoken in self.in_force[:1])

    def explain(self, found: Findings) -> None:
        """Every sentence of the nearest rule as a step, with its source."""
        for spoken in self.in_force[:1]:
            for sentence in said(spoken).get("says") or ():
                found.explain(sentence, spoken)


def sayings(rulebook: Rulebook, topic: str, case: Case, day: date, situation: str | None = None) -> Sayings:
    """What is said on `topic` where the person is insured, on `day`. situation None = whatever it is."""
    speakers = tuple(rulebook.speaking(topic, case.place, case.scheme, situation, day))
    others = []
    for variant in rulebook.variants(case.place, case.scheme, case.situation):
        asked = variant.rule.topic == topic and (situation is None or situation in variant.rule.situations)
        value = value_on(variant.values, day)[1] if asked else None
        if isinstance(value, Plain):
            others.append((variant, value.says))
    return Sayings(speakers, tuple(others))


def said(spoken: Spoken) -> Json:
    assert isinstance(spoken.value, Plain)
    return spoken.value.says


def other(variant: Variant, value: Range) -> Other:
    return Other(value, variant.id, variant.standing, variant.title)


def beside(main: Mapping[str, Range], readings: Sequence[tuple[Variant, Mapping[str, Range]]], key: str) -> tuple[Other, ...]:
    """What other texts come to for one answer, where it is something else."""
    differing = ((variant, made.get(key, UNKNOWN)) for variant, made in readings)
    return tuple(other(variant, value) for variant, value in differing if value not in (UNKNOWN, main[key]))


def flag(value: Any) -> Range:
    """A yes or no of a rule; None where it is silent."""
    return Range(value, value)
