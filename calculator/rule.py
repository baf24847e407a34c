"""One rule of the rulebook: where it holds, what it says since when, by which sources, and how else it may be read."""

from datetime import date
from typing import Any, NamedTuple

from calculator.model import Json, Value, load_value


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
