"""trace(case, rulebook): how every answer came about, as a tree that a program can walk.

answer → the rules it rests on → the value each had on the day that picked it, its sources, its conditions; and the
same for what is said otherwise. The rulebook is listened to while the Case is answered, so the tree shows the very
lookups; answering without a trace pays nothing for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from calculator.assess import assess
from calculator.assessment import SCHEMA_VERSION, Answer, Assessment
from calculator.case import Case
from calculator.conditions import holds, known_world
from calculator.lapse import lapse_of
from calculator.model import Restoration, Tier
from calculator.rulebook import Rulebook, Source, Spoken, Variant
from calculator.tier_words import condition_words

Json = dict[str, Any]


class Heard(NamedTuple):
    """One lookup that was answered. day: what picked the value. variant: None = the text in force."""

    spoken: Spoken
    day: date
    variant: Variant | None


class Listening(Rulebook):
    """A rulebook that remembers which rule spoke, for which day."""

    heard: list[Heard]

    @classmethod
    def to(cls, rulebook: Rulebook) -> Listening:
        book = cls(*rulebook)
        book.heard = []
        return book

    def speaking(
        self, topic: str, place: str, scheme: str, situation: str | None, day: date, variant: Variant | None = None
    ) -> Iterator[Spoken]:
        for spoken in super().speaking(topic, place, scheme, situation, day, variant):
            varied = variant if variant is not None and variant.rule is spoken.rule else None
            self.heard.append(Heard(spoken, day, varied))
            yield spoken


def trace(case: Case, rulebook: Rulebook) -> Json:
    """The tree for one Case (schema: `python -m calculator schema trace`). Total, as `assess` is."""
    book = Listening.to(rulebook)
    found = assess(case, book)
    return _Tree(case, book, found).to_json()


class _Tree:
    """Everything that the branches look up."""

    def __init__(self, case: Case, book: Listening, found: Assessment) -> None:
        self.book = book
        self.found = found
        self.rules = {rule.id: rule for rule in book.rules}
        stopped = found.answers["benefits_stop_on"].range.value
        self.world = known_world(case, lapse_of(case).months, stopped)

    def to_json(self) -> Json:
        return {
            "case": self.found.case,
            "headline": self.found.headline,
            "answers": [self.answer(key, answer) for key, answer in self.found.answers.items()],
            "rulebook": self.found.rulebook,
            "schema_version": SCHEMA_VERSION,
        }

    def answer(self, key: str, answer: Answer) -> Json:
        made = answer.to_json()
        bounds = {name: made[name] for name in ("value", "low", "high", "unit", "text", "basis", "note")}
        others = [
            {**{name: other[name] for name in ("text", "standing", "note")}, "rules": [self.rule(r) for r in other["rules"]]}
            for other in made["alternatives"]
        ]
        return {"key": key, **bounds, "rules": [self.rule(name) for name in answer.rules], "alternatives": others}

    def rule(self, name: str) -> Json:
        """A rule, or a reading of one (`rule#reading`), with what it said when it was asked."""
        identifier, _, reading = name.partition("#")
        rule = self.rules[identifier]
        sources = next((r.sources for r in rule.readings if r.id == name), rule.sources)
        heard = [h for h in self.book.heard if h.spoken.rule is rule and _is_about(h, name, bool(reading))]
        return {
            "rule": name,
            "title": rule.title,
            "place": rule.place,
            "level": self.book.level(rule),
            "topic": rule.topic,
            "used": [self.used(h) for h in _once(heard)],
            "sources": [self.source(source) for source in sources],
            "sentences": [step.sentence for step in self.found.steps if step.rule == identifier and not reading],
        }

    def used(self, heard: Heard) -> Json:
        spoken = heard.spoken
        tiers = spoken.value.tiers if isinstance(spoken.value, Restoration) else ()
        counts = isinstance(spoken.value, Restoration) and spoken.value.counts_payment_month
        return {
            "picked_by": str(heard.day),
            "effective_from": None if spoken.since is None else str(spoken.since),
            "value": shown(spoken.value),
            "conditions": [self.condition(tier, counts) for tier in tiers],
        }

    def condition(self, tier: Tier, counts_payment_month: bool) -> Json:
        """One line of a decision table: does it hold for this person? None = that depends on what is not known."""
        asked = [self.asked(key, value, counts_payment_month) for key, value in tier.when.items()]
        met = [one["met"] for one in asked]
        return {"holds": False if False in met else None if None in met else True, "when": asked}

    def asked(self, key: str, value: Any, counts_payment_month: bool) -> Json:
        says = condition_words({key: value}, counts_payment_month=counts_payment_month)
        met = None if self.world.get(key) is None else holds({key: value}, self.world, counts_payment_month)
        return {"key": key, "asks": shown(value), "says": says, "met": met}

    def source(self, source: Source) -> Json:
        document = self.book.documents[source.document]
        about = {"document": source.document, "title": document["title"], "number": document.get("number")}
        return {**about, "clause": source.clause, "grade": source.grade, "confidence": source.confidence, "seen": source.seen}


def _is_about(heard: Heard, name: str, reading: bool) -> bool:
    """Whether a lookup was made for this rule as it stands, or for this reading of it."""
    if reading:
        return heard.variant is not None and heard.variant.id == name
    return heard.variant is None or heard.variant.reading is None


def _once(heard: list[Heard]) -> list[Heard]:
    """The same rule asked for the same day has said the same."""
    return list({(h.day, h.spoken.since): h for h in heard}.values())


def shown(value: Any) -> Any:
    """What a rule says, as JSON: named fields without the silent ones, dates and numbers as the Case writes them."""
    if isinstance(value, Mapping):
        return {str(key): shown(item) for key, item in value.items()}
    if hasattr(value, "_asdict"):
        return {key: shown(item) for key, item in value._asdict().items() if item is not None}
    if isinstance(value, (list, tuple)):
        return [shown(item) for item in value]
    if isinstance(value, Decimal):
        return format(value, "f")
    return str(value) if isinstance(value, date) else value

