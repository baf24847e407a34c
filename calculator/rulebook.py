"""The compiled rulebook as types, and the one way to look a rule up: nearest level first.

Nothing here decides a question; it only says which rules speak for a place, a scheme, a situation and a day.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from calculator.claim import Claims, load_claims
from calculator.model import Json, Value, load_value
from calculator.where import Desks

NATION = "CN"
MOVES = ("transfer", "scheme_switch")
LEVELS = {"nation": "national", "province": "province"}


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

    def source(self, document: str | None = None) -> "Source":
        """The named source, else the first."""
        first = self.sources[0]
        return first if document is None else next((s for s in self.sources if s.document == document), first)

    @classmethod
    def load(cls, raw: Json) -> "Rule":
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


def _source(raw: Json) -> "Source":
    return Source(raw["document"], raw.get("clause"), raw["grade"], raw["confidence"], raw["seen"])


def _shown(document: Json) -> str:
    """A document as it is named to readers."""
    number, title = document.get("number"), str(document["title"])
    return f"{title}（{number}）" if number else title


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


class Index(NamedTuple):
    """Where to look, so that a question reads only the rules that bear on it. All in the order of the rulebook.

    chains: a place and those above it, the nation last. speaking: the rules that set values, by place, scheme and topic.
    varying: the rules that may be read or taken otherwise, by place and scheme. levels: by place, the level it speaks from.
    """

    chains: Mapping[str, tuple[str, ...]]
    speaking: Mapping[tuple[str, str, str], tuple[Rule, ...]]
    varying: Mapping[tuple[str, str], tuple[Rule, ...]]
    levels: Mapping[str, str]

    @classmethod
    def of(cls, rules: tuple[Rule, ...], places: Mapping[str, Place]) -> "Index":
        speaking: dict[tuple[str, str, str], tuple[Rule, ...]] = {}
        varying: dict[tuple[str, str], tuple[Rule, ...]] = {}
        for rule in rules:
            varies = not rule.sets_value or rule.readings or rule.topic == "restoration"
            for scheme in rule.schemes:
                if rule.sets_value:
                    key = rule.place, scheme, rule.topic
                    speaking[key] = (*speaking.get(key, ()), rule)
                if varies:
                    varying[rule.place, scheme] = (*varying.get((rule.place, scheme), ()), rule)
        levels = {code: LEVELS.get(place.level, "city") for code, place in places.items()}
        return cls({code: _chain(places, code) for code in places}, speaking, varying, levels)


def _chain(places: Mapping[str, Place], code: str) -> tuple[str, ...]:
    place, codes = places.get(code), []
    while place is not None and place.code != NATION:
        codes.append(place.code)
        place = places.get(place.parent) if place.parent else None
    return (*codes, NATION)


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
    lookup: Index
    desks: Desks
    titles: Mapping[str, str]
    calendar: Json | None = None

    @classmethod
    def load(cls, data: Json) -> "Rulebook":
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
            Index.of(rules, places),
            Desks.of(data["channels"]),
            {name: _shown(document) for name, document in data["documents"].items()},
            data.get("calendar"),
        )

    def chain(self, code: str) -> Iterator[Place]:
        """The place and those above it, the nation last."""
        return (self.places[level] for level in self.lookup.chains[code])

    def level(self, rule: Rule) -> str:
        """`city`, `province` or `national`: the level a rule speaks from."""
        return self.lookup.levels[rule.place]

    def speaking(
        self, topic: str, place: str, scheme: str, situation: str | None, day: date, variant: Variant | None = None
    ) -> Iterator[Spoken]:
        """Rules in force on `day`, nearest level first. situation None = whatever the situation.

        A variant's rule speaks first on its own level, with the variant's values.
        """
        if variant is not None and (variant.rule.topic != topic or scheme not in variant.rule.schemes):
            variant = None
        for code in self.lookup.chains[place]:
            rules = self.lookup.speaking.get((code, scheme, topic), ())
            if variant is not None and variant.rule.place == code:
                varied = variant.rule
                if situation is None or situation in varied.situations or variant.elsewhere:
                    since, value = value_on(variant.values, day)
                    if value is not None:
                        yield Spoken(varied, value, since)
                rules = tuple(rule for rule in rules if rule is not varied)
            for rule in rules:
                if situation is None or situation in rule.situations:
                    dated = rule.values
                    since, value = dated[0] if len(dated) == 1 and dated[0][0] is None else value_on(dated, day)
                    if value is not None:
                        yield Spoken(rule, value, since)

    def variants(self, place: str, scheme: str, situation: str) -> Iterator[Variant]:
        """Every reading and every unclear rule on the way up from `place`, nearest first.

        For a transfer or a switch also the local rules for a lapse in the same place: whether they hold is not written.
        """
        for code in self.lookup.chains[place]:
            for rule in self.lookup.varying.get((code, scheme), ()):
                if not rule.sets_value:
                    yield Variant(rule, None)
                elif rule.topic == "restoration" and situation in MOVES and situation not in rule.situations \
                        and "same_place" in rule.situations:
                    yield Variant(rule, None, elsewhere=True)
                for reading in rule.readings:
                    yield Variant(rule, reading)
