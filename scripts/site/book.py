"""The compiled rulebook as the pages read it: places as a tree, rules by place and topic. Nothing is decided here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

Json = Mapping[str, Any]

NATION = "CN"
GRADES = ("official_text", "reprint", "news", "article", "background")
NATIONWIDE = {"code": NATION, "name": "全国", "parent": None, "level": "nation"}
STAYING = {"same_place", "employer_arrears"}
VERIFY = ("hotline-12393", "nhsa-app", "nhsa-website")


@dataclass(frozen=True)
class Book:
    """A view of the compiled rulebook (`data`: the JSON that `build_rulebook` returns)."""

    data: Json

    @property
    def version(self) -> str:
        return str(self.data["version"])

    @property
    def data_date(self) -> str:
        """The day up to which material was gathered, ISO."""
        return str(self.data["data_date"])

    @cached_property
    def places(self) -> dict[str, Json]:
        return {place["code"]: place for place in self.data["places"]}

    @cached_property
    def provinces(self) -> list[Json]:
        """The provincial-level units that the scheme covers, and the 兵团, in the order of their codes."""
        return [p for p in self.data["places"] if p["level"] == "province" and not p.get("outside")]

    @cached_property
    def outside(self) -> list[Json]:
        return [p for p in self.data["places"] if p.get("outside")]

    @cached_property
    def rules(self) -> list[Json]:
        return list(self.data["rules"])

    @cached_property
    def rule_by_id(self) -> dict[str, Json]:
        return {rule["id"]: rule for rule in self.rules}

    @cached_property
    def documents(self) -> dict[str, Json]:
        return {key: {**value, "id": key} for key, value in self.data["documents"].items()}

    @cached_property
    def documents_by_grade(self) -> list[tuple[str, list[Json]]]:
        """Best evidence first; within a grade in the order of the rulebook."""
        found = {grade: [d for d in self.documents.values() if d["grade"] == grade] for grade in GRADES}
        return [(grade, documents) for grade, documents in found.items() if documents]

    @cached_property
    def verified(self) -> frozenset[str]:
        """Ids of the documents that one person compared with the official page and a second person reviewed."""
        return frozenset(key for key, document in self.documents.items() if document.get("reviewed_by"))

    def local_of(self, code: str) -> list[Json]:
        """The places below a province that have rules of their own."""
        return self._local_of.get(code, [])

    def under(self, code: str) -> list[Json]:
        """The places directly under `code`."""
        return self._children.get(code, [])

    @cached_property
    def _children(self) -> dict[str, list[Json]]:
        return _grouped(self.data["places"], "parent")

    @cached_property
    def _by_place(self) -> dict[str, list[Json]]:
        return _grouped(self.rules, "place")

    @cached_property
    def _local_of(self) -> dict[str, list[Json]]:
        found: dict[str, list[Json]] = defaultdict(list)
        for place in self.local:
            found[self.province_of(place["code"])["code"]].append(place)
        return found

    @cached_property
    def local(self) -> list[Json]:
        """Places below the provinces that have rules of their own, in the order of their codes."""
        return [p for p in self.data["places"] if p["level"] not in ("nation", "province") and p["code"] in self.speaking]

    @cached_property
    def speaking(self) -> frozenset[str]:
        """Codes of the places that have rules of their own."""
        return frozenset(rule["place"] for rule in self.rules)

    @cached_property
    def verify(self) -> list[Json]:
        """The channels that every page names for checking: the medical-insurance hotline, the national app and site."""
        return [self.channel[identifier] for identifier in VERIFY]

    def number(self, channel: str) -> str:
        """A hotline's number."""
        return str(self.channel[channel]["number"])

    def article(self, number: str) -> str:
        """The title of an article whose claims are judged."""
        return str(self.documents[f"article-{number}"]["title"])

    @cached_property
    def channels(self) -> list[Json]:
        """What answers most comes first."""
        return sorted(self.data["channels"], key=lambda channel: -list(channel["does"].values()).count("yes"))

    @cached_property
    def channel(self) -> dict[str, Json]:
        return {channel["id"]: channel for channel in self.data["channels"]}

    @cached_property
    def claim(self) -> dict[str, Json]:
        return {claim["id"]: claim for claim in self.data["claims"]}

    @cached_property
    def conflicts_by_kind(self) -> list[tuple[str, list[Json]]]:
        """First where documents differ, then where only the articles do."""
        articles = [c for c in self.data["conflicts"] if any(side.get("claims") for side in c["sides"])]
        others = [c for c in self.data["conflicts"] if c not in articles]
        return [(kind, found) for kind, found in (("documents", others), ("articles", articles)) if found]

    @cached_property
    def procedure(self) -> dict[str, Json]:
        return {procedure["id"]: procedure for procedure in self.data["procedures"]}

    @cached_property
    def dated(self) -> list[tuple[str, Json, bool]]:
        """Every change with a known day, latest first: (ISO day, rule, does it end there)."""
        days = [(since, rule, value is None) for rule in self.rules for since, value in rule["values"] if since is not None]
        return sorted(days, key=lambda change: (change[0], change[1]["id"]), reverse=True)

    def says(self, rule: Json) -> list[str]:
        """Its plain sentences today: what its value says, then its notes; empty for a rule that has ended."""
        _, value = self.spoken(rule, self.data_date)
        return [] if value is None else [*value.get("says", ()), *(rule.get("notes") or ())]

    @cached_property
    def built(self) -> list[Json]:
        """The places, of any level, that have rules of their own, provinces before what lies in them."""
        return [p for p in self.data["places"] if p["code"] in self.speaking and p["code"] != NATION]

    def deciding(self, scheme: str) -> list[Json]:
        """The places with a rule of their own that decides an ordinary lapse of a scheme insured by month today."""
        codes = {rule["place"] for rule in self._restoring(scheme, None) if "same_place" in rule["situations"]}
        return [place for place in self.built if place["code"] in codes]

    def governing(self, scheme: str, code: str) -> list[Json]:
        """The rules, nearest first, that decide today what a lapse of this scheme does at this place, on whatever condition."""
        return [rule for level in self._levels(code) for rule in self._restoring(scheme, level)]

    def hinting(self, scheme: str, code: str) -> list[Json]:
        """The rules on the same matter that are not sure enough to set a value."""
        found = [r for level in self._levels(code) for r in self.select(("restoration",), (scheme,), level)]
        unsure = [r for r in found if not r["sets_value"] and STAYING & set(r["situations"])]
        return sorted(unsure, key=lambda rule: self._order[rule["id"]])

    def _levels(self, code: str) -> list[str]:
        return [*(place["code"] for place in self.chain(code)), NATION]

    @cached_property
    def _order(self) -> dict[str, int]:
        return {rule["id"]: index for index, rule in enumerate(self.rules)}

    def _restoring(self, scheme: str, place: str | None) -> list[Json]:
        found = [r for r in self.select(("restoration",), (scheme,), place) if r["sets_value"]]
        return [r for r in found if STAYING & set(r["situations"]) and self.spoken(r, self.data_date)[1] is not None]

    def behind(self, side: Json) -> list[Json]:
        """The rules under one side of a conflict: those it names, and those with a source or a reading that holds its facts."""
        named, facts = set(side["rules"]), set(side["facts"])
        return [rule for rule in self.rules if rule["id"] in named or facts & self._facts[rule["id"]]]

    @cached_property
    def _facts(self) -> dict[str, set[str]]:
        """By rule, the facts that it and its readings rest on."""
        sources = {rule["id"]: [*rule["sources"], *(s for r in rule["readings"] for s in r["sources"])] for rule in self.rules}
        return {identifier: {fact for source in found for fact in source["facts"]} for identifier, found in sources.items()}

    def grace(self, rule: str) -> int:
        """Up to how many months a lapse is short, by a decision table of today: the least limit of its tiers."""
        _, value = self.spoken(self.rule_by_id[rule], self.data_date)
        return min(int(tier["when"]["lapse"]["max"]) for tier in (value or {})["tiers"] if "max" in tier["when"].get("lapse", {}))

    def insured_before(self, rule: str) -> int:
        """How many months of insurance before the lapse a decision table of today asks for: the greatest of its tiers."""
        _, value = self.spoken(self.rule_by_id[rule], self.data_date)
        asked = [tier["when"].get("continuous_months", {}) for tier in (value or {})["tiers"]]
        return max(int(months["min"]) for months in asked if "min" in months)

    def until(self, rule: Json) -> str | None:
        """The ISO day on which what the rule says today, or last said, ends or has ended; None = no end is known."""
        ends = [since for since, value in rule["values"] if value is None and since is not None]
        here, value = self.spoken(rule, self.data_date)
        return str(here) if value is None and here else next((str(day) for day in ends if day > self.data_date), None)

    def place(self, code: str) -> Json:
        return self.places.get(code, NATIONWIDE)

    def exempting(self, group: str) -> list[Json]:
        """The rules, sure enough to set a value, that spare a group of residents the wait today."""
        found = []
        for rule in self.select(topics=("exemption", "newborn")):
            _, value = self.spoken(rule, self.data_date)
            groups = ("newborn",) if rule["topic"] == "newborn" else (value or {}).get("groups", ())
            if value is not None and group in groups and rule["sets_value"]:
                found.append(rule)
        return found

    def chain(self, code: str) -> Iterator[Json]:
        """The place, then those above it; the nation is not among them."""
        place = self.places.get(code)
        while place is not None and place["code"] != NATION:
            yield place
            place = self.places.get(place["parent"] or "")

    def province_of(self, code: str) -> Json:
        return list(self.chain(code))[-1]

    def select(
        self,
        topics: Iterable[str] = (),
        schemes: Iterable[str] = (),
        place: str | None = None,
    ) -> list[Json]:
        """Rules of any of the topics, for any of the schemes, at exactly this place; an empty condition does not restrict."""
        topics, schemes = set(topics), set(schemes)
        return [
            rule
            for rule in (self.rules if place is None else self._by_place.get(place, []))
            if (not topics or rule["topic"] in topics) and (not schemes or schemes & set(rule["schemes"]))
        ]

    def spoken(self, rule: Json, day: str) -> tuple[str | None, Json | None]:
        """The rule's value on an ISO day and since when it holds (None = start unknown); (None, None) where none holds."""
        found: tuple[str | None, Json | None] = (None, None)
        for since, value in rule["values"]:
            if since is None or since <= day:
                found = (since, value)
        return found


def _grouped(items: Iterable[Json], key: str) -> dict[str, list[Json]]:
    """Items by what they have under `key`, each group in the order given."""
    found: dict[str, list[Json]] = defaultdict(list)
    for item in items:
        found[item[key]].append(item)
    return found
