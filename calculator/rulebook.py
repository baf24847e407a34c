"""The compiled rulebook, and the one way to look a rule up: nearest level first.

Nothing here decides a question; it only says which rules speak for a place, a scheme, a situation and a day.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from calculator.claim import Claims, load_claims
from calculator.lookup import NATION, Lookup, Place
from calculator.model import Json
from calculator.rule import Reading, Rule, Source, Spoken, Variant, value_on
from calculator.where import Desks

__all__ = ["NATION", "Place", "Reading", "Rule", "Rulebook", "Source", "Spoken", "Variant", "value_on"]

MOVES = ("transfer", "scheme_switch")


def _shown(document: Json) -> str:
    """A document as it is named to readers."""
    number, title = document.get("number"), str(document["title"])
    return f"{title}（{number}）" if number else title


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
    lookup: Lookup
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
            Lookup.of(by_place, places),
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
    ) -> Iterable[Spoken]:
        """Rules in force on `day`, nearest level first. situation None = whatever the situation.

        A variant's rule speaks first on its own level, with the variant's values.
        """
        voices = self.lookup.heard[place].voices.get((scheme, topic), ())
        if situation is not None:
            voices = tuple([voice for voice in voices if situation in voice.rule.situations])
        found = [spoken for voice in voices if (spoken := voice.always or voice.on(day)) is not None]
        if variant is None or variant.rule.topic != topic or scheme not in variant.rule.schemes:
            return found
        return self._varied(found, variant, place, situation, day)

    def _varied(self, found: list[Spoken], variant: Variant, place: str, situation: str | None, day: date) -> list[Spoken]:
        """What is said where a variant is taken for its rule."""
        rule, chain = variant.rule, self.lookup.chains[place]
        others = [spoken for spoken in found if spoken.rule is not rule]
        since, value = value_on(variant.values, day)
        if value is None or not (situation is None or situation in rule.situations or variant.elsewhere):
            return others
        nearer = sum(chain.index(spoken.rule.place) < chain.index(rule.place) for spoken in others)
        return [*others[:nearer], Spoken(rule, value, since), *others[nearer:]]

    def first(
        self, topic: str, place: str, scheme: str, situation: str | None, day: date, variant: Variant | None = None
    ) -> Spoken | None:
        """The nearest rule that is `speaking`, None where none is."""
        return next(iter(self.speaking(topic, place, scheme, situation, day, variant)), None)

    def variants(self, place: str, scheme: str, situation: str) -> Iterator[Variant]:
        """Every reading and every unclear rule on the way up from `place`, nearest first.

        For a transfer or a switch also the local rules for a lapse in the same place: whether they hold is not written.
        """
        for variant in self.lookup.heard[place].variants.get(scheme, ()):
            if not variant.elsewhere or (situation in MOVES and situation not in variant.rule.situations):
                yield variant
