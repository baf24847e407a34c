"""What the rules that speak for a place make worth asking: the days they change and the circumstances they look at."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property
from typing import Any

SAMPLES: dict[str, str] = {
    "continuous_months": "continuous_months",
    "earlier_lapses": "earlier_lapses",
    "missed_this_year": "missed_this_year",
}
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
        self.sourced = frozenset(rule["id"] for rule in self.rules if rule["sources"])

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

    def days(self, scheme: str) -> list[date]:
        """The day each value begins and the day before, an ordinary day, and days at the edges of months."""
        starts = {
            date.fromisoformat(day)
            for rule in self.rules
            if scheme in rule["schemes"]
            for day, _ in rule["values"]
            if day is not None
        }
        edges = {start - timedelta(days=before) for start in starts for before in (0, 1)}
        return sorted({*edges, self.data_date, date(self.data_date.year, 1, 31), date(self.data_date.year, 3, 1)})

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
