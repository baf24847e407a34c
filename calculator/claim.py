"""A claim of an article: for whom it is meant, and what it comes to. Types only; `calculator.claims` asks them.

What a claim comes to is fixed (`value`) or worked out from the Case by the claim's own numbers (`HOW`). Its numbers stand
in rules/claims; nothing here is policy, and none of it ever sets an answer.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from calculator.values import Length

Json = Mapping[str, Any]
HOW = ("daily_rate", "day", "amount", "length", "visit", "span")
ANYWHERE = ""
ANYONE = ("employee", "flexible", "resident")
FARTHEST = 10**6


class Said(NamedTuple):
    """One thing a claim lets work out of one answer. how: one of HOW. terms: its numbers."""

    key: str
    how: str
    terms: Json

    @classmethod
    def load(cls, raw: Json) -> Said:
        how = next(how for how in HOW if how in raw)
        return cls(raw["key"], how, raw if how == "daily_rate" else {name: _typed(name, term) for name, term in raw[how].items()})


Asked = tuple[tuple[str, Container[Any]], ...]
"""What must hold for a claim to be meant: what is accepted, by key of the Case (or of `claims.known_of`)."""


Part = tuple[dict[str, Any], Said | None]
"""A whole entry that needs no working out; or an entry without its value, and what works it out."""


class Claim(NamedTuple):
    asked: Asked
    parts: tuple[Part, ...]

    @classmethod
    def load(cls, raw: Json, same: dict[str, Said]) -> Claim:
        """same: what was loaded before; a thing that several claims let work out is one object, so that it is worked out once."""
        about = {name: raw[name] for name in ("id", "verdict", "says")}
        about |= {"note": raw.get("why"), "also": raw.get("restated_by") or [], "conflicts": raw.get("conflicts") or []}
        asked = ((key, _accepts(terms)) for key, terms in raw["when"].items() if key not in ("scheme", "place"))
        fixed: list[Part] = [({**about, **said}, None) for said in raw["value"] if "value" in said]
        loaded = [Said.load(said) for said in raw["value"] if "value" not in said]
        worked: list[Part] = [(about, same.setdefault(repr(said), said)) for said in loaded]
        return cls(tuple(asked), (*fixed, *worked))


class Meant(NamedTuple):
    """All that is claimed for one place and scheme. Many claims ask the same: numbers says of each part its place in `asked`."""

    asked: tuple[Asked, ...]
    numbers: tuple[int, ...]
    parts: tuple[Part, ...]

    @classmethod
    def of(cls, claims: Iterable[Claim]) -> Meant:
        asked = dict[Asked, int]()
        numbered = [(asked.setdefault(claim.asked, len(asked)), part) for claim in claims for part in claim.parts]
        return cls(tuple(asked), tuple([number for number, _ in numbered]), tuple([part for _, part in numbered]))


Claims = Mapping[tuple[str, str], Meant]


def load_claims(found: Iterable[Json]) -> Claims:
    """Claims by the place and the scheme they are meant for; ANYWHERE for those that name no place."""
    made: dict[tuple[str, str], list[Claim]] = {}
    same: dict[str, Said] = {}
    for raw in found:
        if raw.get("when") is None or raw.get("value") is None:
            continue
        claim = Claim.load(raw, same)
        for place in raw["when"].get("place") or (ANYWHERE,):
            for scheme in raw["when"].get("scheme") or ANYONE:
                made.setdefault((place, scheme), []).append(claim)
    return {key: Meant.of(claims) for key, claims in made.items()}


def _accepts(terms: Any) -> Container[Any]:
    """What a condition accepts: a flag, the words of a list, or the whole numbers between two bounds."""
    if isinstance(terms, bool):
        return (terms,)
    if isinstance(terms, list):
        return frozenset(terms)
    return range(terms.get("min", -FARTHEST), terms.get("max", FARTHEST) + 1)


def _typed(name: str, term: Any) -> Any:
    """A term as it is worked with: lengths of time, and the day of a year as (month, day)."""
    if name == "next":
        return tuple(int(part) for part in term.split("-"))
    return Length(**term) if isinstance(term, dict) else term


def money(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
