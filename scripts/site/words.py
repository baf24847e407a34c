"""Filters for the templates: how a code or a value reads. The words of policy are the calculator's own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from calculator import words
from calculator.model import Tier
from calculator.values import Length


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
                "when": words.condition_words(tier.when, counts_payment_month=counts_payment_month),
                "wait": words.wait_words(tier.wait),
                "resume": words.RESUMES.get(tier.resume or "", ""),
                "effect": words.effect_words(tier.effect, tier.wait),
            }
        )
    return found


def length_words(raw: Mapping[str, Any]) -> str:
    """`{"n": 90, "unit": "day"}` as 90天."""
    return str(Length(raw["n"], raw["unit"]))


FILTERS = {"length_words": length_words, "cell": cell, "anchor": anchor, "tier_words": tier_words}
