"""Where to look in the rulebook, so that a question reads only what bears on it: made once, when the rulebook is loaded.

Most places have no rules of their own: what is heard there is what is heard at their home, the nearest place on the way up
that has some, itself included.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from calculator.rule import Rule, Spoken, Variant

NATION = "CN"
LEVELS = {"nation": "national", "province": "province"}


Ground = tuple[tuple[str, ...], str]
"""What an answer rests on: the ids of its rules, and the farthest level among them."""


class Place(NamedTuple):
    code: str
    name: str
    parent: str | None
    level: str
    outside: bool = False


class Voice(NamedTuple):
    """A rule that sets values. always: what it says, where that is the same on any day.

    dated: since when it says what, in the order of the days; None = nothing from then on.
    """

    rule: Rule
    always: Spoken | None
    dated: tuple[tuple[date | None, Spoken | None], ...]

    @classmethod
    def of(cls, rule: Rule) -> "Voice":
        dated = tuple([(since, None if value is None else Spoken(rule, value, since)) for since, value in rule.values])
        return cls(rule, dated[0][1] if len(dated) == 1 and dated[0][0] is None else None, dated)

    def on(self, day: date) -> Spoken | None:
        """What it says on a day."""
        said = None
        for since, spoken in self.dated:
            if since is None or since <= day:
                said = spoken
        return said


class Heard(NamedTuple):
    """What can be heard at a home, the nearest level first, each level in the order of the rulebook.

    voices: by scheme and topic. variants: by scheme; those for elsewhere are asked only of whoever moves.
    """

    voices: Mapping[tuple[str, str], tuple[Voice, ...]]
    variants: Mapping[str, tuple[Variant, ...]]

    @classmethod
    def of(cls, rules: Iterable[Rule], above: "Heard") -> "Heard":
        """What these rules say, then what is heard above them."""
        voices: dict[tuple[str, str], tuple[Voice, ...]] = {}
        variants: dict[str, tuple[Variant, ...]] = {}
        for rule in rules:
            voice, read = Voice.of(rule), tuple(_variants(rule))
            for scheme in rule.schemes:
                if rule.sets_value:
                    voices[scheme, rule.topic] = (*voices.get((scheme, rule.topic), ()), voice)
                if read:
                    variants[scheme] = (*variants.get(scheme, ()), *read)
        return cls(
            {**above.voices, **{key: (*own, *above.voices.get(key, ())) for key, own in voices.items()}},
            {**above.variants, **{key: (*own, *above.variants.get(key, ())) for key, own in variants.items()}},
        )


class Lookup(NamedTuple):
    """chains: a place and those above it, the nation last. levels: the level that a place speaks from. By code of the place.

    grounds: of every rule that an answer may rest on alone, its id and the level it speaks from.
    """

    chains: Mapping[str, tuple[str, ...]]
    levels: Mapping[str, str]
    heard: Mapping[str, Heard]
    grounds: Mapping[tuple[Rule, ...], Ground]

    @classmethod
    def of(cls, by_place: Mapping[str, tuple[Rule, ...]], places: Mapping[str, Place]) -> "Lookup":
        chains = {code: _chain(places, code) for code in places}
        heard = {NATION: Heard.of(by_place.get(NATION, ()), Heard({}, {}))}
        for code in sorted(places, key=lambda code: len(chains[code])):
            if code != NATION:
                above = heard[chains[code][1]]
                heard[code] = Heard.of(by_place[code], above) if code in by_place else above
        levels = {code: LEVELS.get(place.level, "city") for code, place in places.items()}
        grounds: dict[tuple[Rule, ...], Ground] = {}
        for rules in by_place.values():
            grounds |= {(rule,): ((rule.id,), levels[rule.place]) for rule in rules if rule.place in levels}
        return cls(chains, levels, heard, grounds)


def _chain(places: Mapping[str, Place], code: str) -> tuple[str, ...]:
    place, codes = places.get(code), []
    while place is not None and place.code != NATION:
        codes.append(place.code)
        place = places.get(place.parent) if place.parent else None
    return (*codes, NATION)


def _variants(rule: Rule) -> Iterable[Variant]:
    """What may be taken or read otherwise: an unclear rule; a lapse's rule for whoever moves; every reading."""
    if not rule.sets_value:
        yield Variant(rule, None)
    elif rule.topic == "restoration" and "same_place" in rule.situations:
        yield Variant(rule, None, elsewhere=True)
    for reading in rule.readings:
        yield Variant(rule, reading)
