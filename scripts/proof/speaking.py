"""What the rules that speak for a place make worth asking: the days they change and the circumstances they look at."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cached_property
from typing import Any

SAMPLES: dict[str, str] = {
    "continuous_months": "continuous_months",
    "earlier_lapses": "earlier_lapses",
    "missed_this_year": "missed_this_year",
}
AHEAD = 3
"""Years ahead of the data's day that are asked about."""
ALL_SCHEMES = frozenset(("employee", "flexible", "resident"))
INFORMATION = frozenset(
    ("incentive", "retirement", "enrolment", "deferral", "registration", "collection", "procedure_rule", "portability",
     "inquiry", "authority", "scope", "ceiling")
)  # fmt: skip


class Speaking:
    """The rules on the way up from one place. `book` is the compiled rulebook."""

    def __init__(self, book: dict[str, Any], place: str) -> None:
        parents = {one["code"]: one["parent"] for one in book["places"]}
        chain = [place]
        while parent := parents.get(chain[-1]):
            chain.append(parent)
        self.data_date = date.fromisoformat(book["data_date"])
        self.groups = [group["id"] for group in book["groups"]]
        self.rules = [
            rule for rule in book["rules"] if rule["place"] in {*chain, "CN"} and rule["topic"] not in INFORMATION
        ]

        own = [rule for rule in self.rules if rule["place"] == place]
        spoken = frozenset(scheme for rule in own for scheme in rule["schemes"])
        self.schemes = spoken if spoken and place != "CN" else ALL_SCHEMES
        """Schemes on which the place itself speaks. On others it answers as the place above does, which is walked too."""
        listed = [rule for rule in book["rules"] if rule["place"] in {*chain, "CN"} and rule["sources"]]
        known = book["documents"]
        self.sourced = frozenset(rule["id"] for rule in listed if all(one["document"] in known for one in rule["sources"]))
        self.overlapping: dict[tuple[str, str, str], tuple[tuple[str, tuple[str, ...]], ...]] = {}
        """What is already known of overlaps; see `scripts.proof.overlap`."""
        self.own_topics = frozenset(rule["topic"] for rule in own if "resident" in rule["schemes"])
        self._own_waits = [rule for rule in own if rule["topic"] == "waiting" and rule["sets_value"]]
        self._own_tiers = [rule for rule in own if rule["topic"] == "restoration" and rule["sets_value"]]

    def restores(self, question: dict[str, Any]) -> bool:
        """Whether some rule in force could say when benefits come back in the situation asked about."""
        situation = question.get("situation", "same_place")
        return any(
            rule["topic"] in ("restoration", "waiting", "window", "newborn", "exemption")
            and rule["sets_value"]
            and question["scheme"] in rule["schemes"]
            and situation in rule["situations"]
            for rule in self.rules
        )

    def speaks_itself(self, scheme: str, situation: str) -> bool:
        """Whether a rule of the place itself says what a lapse does in a situation."""
        return any(scheme in rule["schemes"] and situation in rule["situations"] for rule in self._own_tiers)

    def fitting(self, question: dict[str, Any], lapse: int) -> Iterator[str]:
        """Rules of the place itself with a tier that fits the question, as far as the Case itself tells."""
        situation = question.get("situation", "same_place")
        year = question.get("coverage_year")
        day = date.fromisoformat(question.get("paid_on") or question["as_of"]) if year is None else date(year, 1, 1)
        for rule in self._own_tiers:
            value = None
            if question["scheme"] in rule["schemes"] and situation in rule["situations"]:
                value = value_on(rule, day)
            counted = lapse + ((value or {}).get("count") == "lapse_and_payment_month")
            known = {**question, "lapse": counted}
            if value and any(_fits(tier.get("when") or {}, known) for tier in value["tiers"]):
                yield rule["id"]

    def waiting(self, question: dict[str, Any]) -> Iterator[str]:
        """Rules of the place itself on how long residents wait in the insured year of the question, paid before it is over."""
        year = question["coverage_year"]
        if int((question.get("paid_on") or question["as_of"])[:4]) <= year:
            for rule in self._own_waits:
                if (value_on(rule, date(year, 1, 1)) or {}).get("fixed"):
                    yield rule["id"]

    def days(self, scheme: str) -> list[date]:
        """The day each value begins and the days around it, ordinary days to three years ahead, and the edges of months."""
        starts = {
            date.fromisoformat(day)
            for rule in self.rules
            if scheme in rule["schemes"]
            for day, _ in rule["values"]
            if day is not None
        }
        edges = {start + timedelta(days=step) for start in starts for step in (-1, 0, 1)}
        this = self.data_date
        ahead = {date(this.year + years, this.month, min(28, this.day)) for years in range(1, AHEAD + 1)}
        return sorted({*edges, *ahead, this, date(this.year, 1, 31), date(this.year, 3, 1), date(this.year + 1, 12, 31)})

    def window_days(self, year: int) -> list[date]:
        """The days that the windows for an insured year name, where they name them with the year."""
        named = {
            date.fromisoformat(text)
            for rule in self.rules
            if rule["topic"] == "window"
            for _, value in rule["values"]
            for key, text in (value or {}).items()
            if key in ("start", "end", "extension_end", "closed_after", "no_cover_after") and len(text) == 10
        }
        return sorted(day for day in named if year - 1 <= day.year <= year)

    @property
    def years(self) -> list[int]:
        """Insured years in which some value begins, and the years before them."""
        starts = {
            int(day[:4]) for rule in self.rules if "resident" in rule["schemes"] for day, _ in rule["values"] if day
        }
        return sorted({start - before for start in starts for before in (0, 1)})

    def extras(self, scheme: str) -> list[dict[str, Any]]:
        """Circumstances on which some tier depends, each on both sides of its edges, one at a time."""
        found: list[dict[str, Any]] = []
        for when in self._whens(scheme):
            for key, condition in when.items():
                if key in SAMPLES:
                    edges = {value + step for value in condition.values() for step in (-1, 0, 1)}
                    found += [{key: edge} for edge in edges if edge >= 0]
                elif key == "in_waiting":
                    found += [{key: True}, {key: False}]
                elif key == "previous_scheme":
                    found += [{key: scheme} for scheme in ("employee", "flexible", "resident")]
        unique = {str(sorted(extra.items())): extra for extra in found}
        return [unique[key] for key in sorted(unique)]

    def _whens(self, scheme: str) -> list[dict[str, Any]]:
        values = [
            value
            for rule in self._tiered
            if scheme in rule["schemes"]
            for value in [
                *(value for _, value in rule["values"]),
                *(reading["differs"] for reading in rule["readings"]),
            ]
        ]
        return [tier["when"] for value in values if value for tier in value.get("tiers") or []]

    @cached_property
    def _tiered(self) -> list[dict[str, Any]]:
        return [rule for rule in self.rules if rule["topic"] == "restoration"]


def value_on(rule: dict[str, Any], day: date) -> dict[str, Any] | None:
    """What a compiled rule says on a day; None where it says nothing."""
    current: dict[str, Any] | None = None
    for begins, value in rule["values"]:
        if begins is None or begins <= str(day):
            current = value
    return current


def _fits(when: dict[str, Any], known: dict[str, Any]) -> bool:
    """Whether the Case itself settles that every condition is met."""
    for key, condition in when.items():
        value = known.get(key)
        if value is None:
            return False
        if isinstance(condition, list):
            met = value in condition
        elif isinstance(condition, dict):
            met = condition.get("min", 0) <= value <= condition.get("max", value)
        else:
            met = value == condition
        if not met:
            return False
    return True
