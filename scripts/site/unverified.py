"""What is still to be verified, the most useful first: which answers of how many places rest on each text.

One *answer* here is one pooling area (roughly a prefecture) × one scheme. A rule answers for an area when it is the nearest
that speaks there on some key of its topic: its own area, and those below it that say nothing of their own. How many people
are insured in an area is not known to us, so a big city counts as one area, like a small one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from scripts.rulebook.topics import TOPICS
from scripts.site.book import NATION, Book, Json

SCHEMES = ("employee", "flexible", "resident")
SHOWN_ONLY = frozenset(topic.id for topic in TOPICS.values() if topic.informs) | {"ceiling"}
"""Topics that pages show and no answer is computed from."""

Area = str
Asked = frozenset[tuple[Area, str]]
"""Pairs of an area's code and a scheme."""


@dataclass(frozen=True)
class OpenRule:
    """A rule and what is not sure of it. gaps: keys of `labels.gaps`, why it is on the list."""

    rule: Json
    asked: Asked
    gaps: tuple[str, ...]

    @property
    def computes(self) -> bool:
        return self.rule["topic"] not in SHOWN_ONLY


@dataclass(frozen=True)
class OpenDocument:
    """A document that nobody, or only one person, compared with the official page, and the rules that cite it."""

    document: Json
    rules: tuple[OpenRule, ...]

    @cached_property
    def asked(self) -> Asked:
        """The answers that are given on its authority, each counted once; a rule's further sources only support it."""
        first = (one.asked for one in self.rules if one.computes and self.document["id"] in authorities(one.rule))
        return frozenset().union(*first)

    @property
    def waits_for_review(self) -> bool:
        return bool(self.document["verified_by"])


def authorities(rule: Json) -> set[str]:
    """The documents that answers cite: the rule's first source, and those that its tiers name."""
    tiers = [tier for _, value in rule["values"] for tier in (value or {}).get("tiers", ())]
    return {rule["sources"][0]["document"], *(tier["source"] for tier in tiers if tier.get("source"))}


@dataclass(frozen=True)
class Silence:
    """A province, a scheme, and the areas of which no sure text says what an ordinary lapse does."""

    province: Json
    scheme: str
    areas: tuple[Json, ...]


class Worklist:
    """The lists of one rulebook."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._speaking: dict[str, list[Json]] = defaultdict(list)
        for rule in book.rules:
            if book.spoken(rule, book.data_date)[1] is not None:
                self._speaking[rule["place"]].append(rule)

    @cached_property
    def areas(self) -> list[Area]:
        """Prefectures, provinces without any, counties right under a province, and whoever has rules of their own."""
        parents = {place["parent"] for place in self._book.data["places"] if place["level"] == "prefecture"}
        provinces = {place["code"] for place in self._book.provinces}

        def counts(place: Json) -> bool:
            if place["level"] == "province":
                return place["code"] in provinces - parents
            own = place["code"] in self._book.speaking
            direct = place["level"] == "county" and place["parent"] in parents & provinces
            return place["level"] == "prefecture" or direct or (place["level"] == "county" and own)

        return [place["code"] for place in self._book.data["places"] if place["code"] != NATION and counts(place)]

    @cached_property
    def _asked(self) -> dict[str, set[tuple[Area, str]]]:
        """Rule id → the answers that rest on it."""
        found: dict[str, set[tuple[Area, str]]] = defaultdict(set)
        for area in self.areas:
            levels = [place["code"] for place in self._book.chain(area)] + [NATION]
            for scheme in SCHEMES:
                for rule in self._nearest(levels, scheme):
                    found[rule["id"]].add((area, scheme))
        return found

    def _nearest(self, levels: list[str], scheme: str) -> Iterator[Json]:
        """The rules on the way up that say something which no nearer level has said."""
        taken: set[tuple[str, str, str]] = set()
        for code in levels:
            said: set[tuple[str, str, str]] = set()
            for rule in self._speaking[code]:
                if scheme not in rule["schemes"]:
                    continue
                keys = {(rule["topic"], situation, key) for situation in rule["situations"] for key in self._keys(rule)}
                if keys - taken or rule["topic"] in SHOWN_ONLY:
                    yield rule
                if rule["sets_value"]:
                    said |= keys if self._settles(rule) else set()
            taken |= said

    def _keys(self, rule: Json) -> Iterable[str]:
        return list(self._book.spoken(rule, self._book.data_date)[1] or ())

    def _settles(self, rule: Json) -> bool:
        """Does it leave nothing of its keys to the levels above? A decision table does not unless its last tier is for all."""
        value = self._book.spoken(rule, self._book.data_date)[1] or {}
        return rule["topic"] != "restoration" or any(not tier["when"] for tier in value["tiers"])

    @cached_property
    def rules(self) -> list[OpenRule]:
        """Every rule on which something is open: what answers most first, what no answer is computed from last."""
        found = [OpenRule(rule, frozenset(self._asked[rule["id"]]), self._gaps(rule)) for rule in self._book.rules]
        open_ones = [one for one in found if one.gaps]
        return sorted(open_ones, key=lambda one: (not one.computes, -len(one.asked), -len(one.gaps), one.rule["id"]))

    def _gaps(self, rule: Json) -> tuple[str, ...]:
        checks = {
            "original": not authorities(rule) <= self._book.verified,
            "clause": rule["sources"][0]["clause"] is None,
            "since": rule["values"][0][0] is None,
            "evidence": not rule["sets_value"],
            "conflict": bool(rule["conflict"]),
        }
        return tuple(gap for gap, is_open in checks.items() if is_open)

    @cached_property
    def documents(self) -> list[OpenDocument]:
        """Documents that some rule cites and that two people have not compared yet; those that wait for the second first."""
        citing: dict[str, list[OpenRule]] = defaultdict(list)
        for one in self.rules:
            for document in {source["document"] for source in one.rule["sources"]} - self._book.verified:
                citing[document].append(one)
        found = [OpenDocument(self._book.documents[key], tuple(rules)) for key, rules in citing.items()]
        order = [(not one.waits_for_review, -len(one.asked), -len(one.rules), one.document["id"], one) for one in found]
        return [one for *_, one in sorted(order, key=lambda item: item[:4])]

    @cached_property
    def silences(self) -> list[Silence]:
        """Where nothing sure is known of an ordinary lapse: province by province, the most areas first."""
        silent: dict[tuple[str, str], list[Json]] = defaultdict(list)
        for area in self.areas:
            codes = {place["code"] for place in self._book.chain(area)} | {NATION}
            for scheme in SCHEMES[:2]:
                if not self._restores(codes, scheme):
                    silent[self._book.province_of(area)["code"], scheme].append(self._book.place(area))
        found = [Silence(self._book.place(code), scheme, tuple(areas)) for (code, scheme), areas in silent.items()]
        return sorted(found, key=lambda one: (-len(one.areas), one.province["code"], one.scheme))

    def _restores(self, codes: set[str], scheme: str) -> bool:
        return any(
            rule["topic"] == "restoration"
            and rule["sets_value"]
            and scheme in rule["schemes"]
            and {"same_place", "employer_arrears"} & set(rule["situations"])
            for code in codes
            for rule in self._speaking[code]
        )
