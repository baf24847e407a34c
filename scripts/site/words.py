"""Filters for the templates: how a code or a value reads. The words of policy are the calculator's own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from calculator import words
from calculator.assessment import range_words
from calculator.model import Tier
from calculator.ranges import Range
from calculator.tier_words import RESUMES, condition_words, effect_words, wait_words
from calculator.values import Length, parse_day, parse_money

DEPENDS = words.DEPENDS_ON.partition("{")[0]
LENGTHS = ("day", "month", "year")


def cell(text: object) -> str:
    """Text for a table cell: one line, no bars."""
    return " ".join(str(text).split()).replace("|", "\\|")


def anchor(identifier: object) -> str:
    """A rule's, document's or claim's id as an HTML id: a letter first, then letters, digits and hyphens."""
    text = re.sub(r"[^A-Za-z0-9]+", "-", str(identifier)).strip("-").lower()
    return text if text[:1].isalpha() else f"n-{text}"


def tier_words(value: Mapping[str, Any]) -> list[dict[str, str]]:
    """The lines of a decision table (compiled `restoration` value): when, wait, resume, effect, each in Chinese."""
    counts_payment_month = value.get("count") == "lapse_and_payment_month"
    found = []
    for raw in value["tiers"]:
        tier = Tier.load(raw)
        found.append(
            {
                "when": condition_words(tier.when, counts_payment_month=counts_payment_month),
                "wait": wait_words(tier.wait),
                "resume": RESUMES.get(tier.resume or "", ""),
                "effect": effect_words(tier.effect, tier.wait),
            }
        )
    return found


def length_words(raw: Mapping[str, Any]) -> str:
    """`{"n": 90, "unit": "day"}` as 90天."""
    return str(Length(raw["n"], raw["unit"]))


def openness(answer: Mapping[str, Any]) -> str:
    """Why an answer is open, "" = it is not: `depends` on what the Case leaves out; `unwritten` though rules
    speak; `unknown`.

    answer: one of an Assessment, or of what `Worked.brief` keeps of it.
    """
    if "open" in answer:
        return str(answer["open"])
    if any(answer.get(bound) is not None for bound in ("value", "low", "high")) or answer["text"] != words.UNKNOWN_TEXT:
        return ""
    if (answer.get("note") or "").startswith(DEPENDS):
        return "depends"
    return "unwritten" if answer["rules"] else "unknown"


def answer_words(answer: Mapping[str, Any]) -> str:
    """What an answer says; where readings in force differ, all that lies between them and not the one value."""
    low, high = answer.get("low"), answer.get("high")
    if answer["value"] is None or low is None or high is None or low == high:
        return str(answer["text"])
    bounds = [_bound(bound, str(answer["unit"])) for bound in (low, high)]
    return range_words(Range(*bounds))


def _bound(bound: Any, unit: str) -> Any:
    """A bound as the JSON has it, as the calculator has it."""
    if unit in LENGTHS:
        return Length(bound, unit)  # type: ignore[arg-type]
    return {"date": parse_day, "CNY": parse_money}.get(unit, lambda plain: plain)(bound)


FILTERS = {"openness": openness, "length_words": length_words, "cell": cell, "anchor": anchor, "tier_words": tier_words}
