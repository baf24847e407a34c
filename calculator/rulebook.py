"""The compiled rulebook as types, and the one way to look a rule up: nearest level first.

Nothing here decides a question; it only says which rules speak for a place, a scheme, a situation and a day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from calculator.claim import Claims, load_claims
from calculator.model import Json, Value, load_value

NATION = "CN"
MOVES = ("transfer", "scheme_switch")


class Place(NamedTuple):
    code: str
    name: str
    parent: str | None
    level: str
    outside: bool = False


class Source(NamedTuple):
    """Where a rule was seen. grade: kind of copy. clause: None = not seen, shown as 待核实."""

    document: str
    clause: str | None
    grade: str
    confidence: str
    seen: str


Dated = tuple[tuple[date | None, Value | None], ...]


class Reading(NamedTuple):
    """Another way to read a rule, or another version of it. `values` has the differing keys already put in.

    Each is itself and equal to no other, like a Rule: values need not be hashable.
    """

    id: str
    title: str
    standing: str
    values: Dated
    sources: tuple[Source, ...]

    __eq__, __ne__, __hash__ = object.__eq__, object.__ne__, object.__hash__  # type: ignore[misc]  # mypy sees fields alone


class Rule(NamedTuple):
    id: str
    title: str
    place: str
    schemes: tuple[str, ...]
    situations: tuple[str, ...]
    topic: str
    standing: str
    sets_value: bool
    values: Dated
    sources: tuple[Source, ...]
    readings: tuple[Reading, ...]
    notes: tuple[str, ...]
    review_by: date | None

    __eq__, __ne__, __hash__ = object.__eq__, object.__ne__, object.__hash__  # type: ignore[misc]  # mypy sees fields alone

    def source(self, document: str | None = None) -> Source:
        """The named source, else the first."""
        return next((s for s in self.sources if s.document == document), self.sources[0])

    @classmethod
    def load(cls, raw: Json) -> Rule:
        sources = tuple(_source(s) for s in raw["sources"])
        topic = raw["topic"]
        return cls(
            raw["id"],
            raw["title"],
            raw["place"],
            tuple(raw["schemes"]),
            tuple(raw["situations"]),
            topic,
            raw["standing"],
            raw["sets_value"],
            _dated(topic, raw["values"], {}),
            sources,
            tuple(
                Reading(
                    f"{raw['id']}#{r['id']}",
                    r["title"],
                    r["standing"],
                    _dated(topic, raw["values"], r["differs"]),
                    tuple(_source(s) for s in r["sources"]),
                )
                for r in raw.get("readings") or ()
            ),
            tuple(raw.get("notes") or ()),
            date.fromisoformat(raw["review_by"]) if raw.get("review_by") else None,
        )


def _source(raw: Json) -> Source:
    return Source(raw["document"], raw.get("clause"), raw["grade"], raw["confidence"], raw["seen"])


def _dated(topic: str, raw: Any, differs: Json) -> Dated:
    return tuple(
        (
            None if day is None else date.fromisoformat(day),
            None if value is None else load_value(topic, {**value, **differs}),
        )
        for day, value in raw
    )


def value_on(values: Dated, day: date) -> tuple[date | None, Value | None]:
    """The value in force on `day` and since when (None = start unknown); (None, None) where none is."""
    found: tuple[date | None, Value | None] = (None, None)
    for since, value in values:
        if since is None or since <= day:
            found = (since, value)
    return found


class Spoken(NamedTuple):
    """A rule that speaks: its value on the day asked for, and since when it holds."""

    rule: Rule
    value: Value
    since: date | None


class Variant(NamedTuple):
    """One change to what is in force: a reading instead of its rule's text, or an unclear rule taken as if in force.

    elsewhere: the rule is in force, but for another situation than the one asked about.
    """

    rule: Rule
    reading: Reading | None
    elsewhere: bool = False

    @property
    def id(self) -> str:
        return self.reading.id if self.reading else self.rule.id

    @property
    def title(self) -> str:
        return self.reading.title if self.reading else self.rule.title

    @property
    def standing(self) -> str:
        return self.reading.standing if self.reading else "unclear"

    @property
    def values(self) -> Dated:
        return self.reading.values if self.reading else self.rule.values


class Rulebook(NamedTuple):
    version: str
    hash: str
    places: Mapping[str, Place]
    groups: Mapping[str, str]
    documents: Mapping[str, Json]
    channels: tuple[Json, ...]
    claims: Claims
    rules: tuple[Rule, ...]
    by_place: Mapping[str, tuple[Rule, ...]]
    calendar: Json | None = None

    @classmethod
    def load(cls, data: Json) -> Rulebook:
        """The compiled JSON (schema: `python -m calculator schema rulebook`) to a Rulebook."""
        rules = tuple(Rule.load(raw) for raw in data["rules"])
        by_place: dict[str, tuple[Rule, ...]] = {}
        for rule in rules:
            by_place[rule.place] = (*by_place.get(rule.place, ()), rule)
        places = {
            p["code"]: Place(p["code"], p["name"], p["parent"], p["level"], bool(p.get("outside"))) for p in data["places"]
        }
        places.setdefault(NATION, Place(NATION, "全国", None, "nation"))
        return cls(
            data["version"],
            data["hash"],
            places,
            {g["id"]: g["name"] for g in data["groups"]},
            data["documents"],
            tuple(data["channels"]),
            load_claims(data["claims"]),
            rules,
            by_place,
            data.get("calendar"),
        )

    def chain(self, code: str) -> Iterator[Place]:
        """The place and those above it, the nation last."""
        place: Place | None = self.places[code]
        while place is not None and place.code != NATION:
            yield place
            place = self.places.get(place.parent) if place.parent else None
        yield self.places[NATION]

    def level(self, rule: Rule) -> str:
        """`city`, `province` or `national`: the level a rule speaks from."""
        return {"nation": "national", "province": "province"}.get(self.places[rule.place].level, "city")

    def speaking(
        self, topic: str, place: str, scheme: str, situation: str | None, day: date, variant: Variant | None = None
    ) -> Iterator[Spoken]:
        """Rules in force on `day`, nearest level first. situation None = whatever the situation.

        A variant's rule speaks first on its own level, with the variant's values.
        """
        for level in self.chain(place):
            rules = self.by_place.get(level.code, ())
            if variant is not None and variant.rule.place == level.code:
                rules = (variant.rule, *(r for r in rules if r.id != variant.rule.id))
            for rule in rules:
                varied = variant if variant is not None and variant.rule.id == rule.id else None
                if rule.topic != topic or scheme not in rule.schemes or not (rule.sets_value or varied):
                    continue
                elsewhere = varied is not None and varied.elsewhere
                if situation is not None and situation not in rule.situations and not elsewhere:
                    continue
                since, value = value_on(varied.values if varied else rule.values, day)
                if value is not None:
                    yield Spoken(rule, value, since)

    def variants(self, place: str, scheme: str, situation: str) -> Iterator[Variant]:
        """Every reading and every unclear rule on the way up from `place`, nearest first.

        For a transfer or a switch also the local rules for a lapse in the same place: whether they hold is not written.
        """
        for level in self.chain(place):
            for rule in self.by_place.get(level.code, ()):
                if scheme not in rule.schemes:
                    continue
                if not rule.sets_value:
                    yield Variant(rule, None)
                elif rule.topic == "restoration" and situation in MOVES and situation not in rule.situations \
                        and "same_place" in rule.situations:
                    yield Variant(rule, None, elsewhere=True)
                for reading in rule.readings:
                    yield Variant(rule, reading)
