"""The Assessment: what comes out (contract: "Assessment"). Types with the exact JSON they become."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from calculator import words
from calculator.ranges import Range
from calculator.schedule import Payment
from calculator.values import Length, Multiple, Ratio, Shortfall
from calculator.year_groups import YEAR_GROUPS, YEAR_UNITS

SCHEMA_VERSION = 2
Json = dict[str, Any]


class Alternative(NamedTuple):
    """Another reading that has a source. standing: in_force or unclear."""

    range: Range
    rules: tuple[str, ...]
    standing: str
    note: str


class Answer(NamedTuple):
    """One answer: what is known of it, the level it rests on, by which rules, and what else is said.

    unit: month, day, date, CNY, bool or effect. basis: city, province, national or none.
    """

    range: Range
    unit: str
    basis: str
    rules: tuple[str, ...]
    alternatives: tuple[Alternative, ...]
    note: str | None
    text: str
    payer: str | None = None

    @property
    def span(self) -> Range:
        """The bounds that are shown: other readings in force widen them."""
        return _with_readings_in_force(self.range, self.alternatives)

    def to_json(self) -> Json:
        main, unit, basis, rules, alternatives, note, text, payer = self
        least, most = self.span if alternatives else main
        low, unit = plain(least), _unit(main, unit)
        one = most == least and type(low) is not dict  # an object of the JSON is nobody else's
        found: Json = {
            "value": low if one else plain(main.value),  # bounds that meet hold the value alone
            "low": low,
            "high": low if one else plain(most),
            "unit": unit,
            "basis": basis,
            "rules": [*rules],
            "alternatives": [_alternative(other, unit) for other in alternatives] if alternatives else [],
            "note": note,
            "text": text,
        }
        if payer is not None:
            found["payer"] = payer
        return found


def _alternative(other: Alternative, unit: str) -> Json:
    least, most = other.range
    known = other.range.known
    found: Json = {
        "value": plain(least) if known else None,
        "rules": list(other.rules),
        "standing": other.standing,
        "note": other.note,
    }
    if not known:
        found |= {"low": plain(least), "high": plain(most)}
    if (own := _unit(other.range, unit)) != unit:
        found["unit"] = own
    found["text"] = range_words(other.range)
    return found


def _with_readings_in_force(main: Range, others: tuple[Alternative, ...]) -> Range:
    """Readings in force that differ widen the bounds, never the value."""
    low, high = main.low, main.high
    unit = _unit(main, "")
    for other in others:
        if other.standing != "in_force" or low is None or high is None or isinstance(low, bool):
            continue
        if isinstance(low, Length):
            same = [b for b in (other.range.low, other.range.high) if b is not None and (b.unit == unit or not b.n)]
            low, high = min([low, *same], key=lambda b: b.n), max([high, *same], key=lambda b: b.n)
        elif isinstance(low, (date, Decimal)):
            bounds = [b for b in (other.range.low, other.range.high) if b is not None]
            low, high = min([low, *bounds]), max([high, *bounds])
    return Range(low, high)


def _unit(found: Range, unit: str) -> str:
    low, high = found
    length = high if isinstance(high, Length) else low
    return length.unit if isinstance(length, Length) else unit


def plain(value: Any) -> Any:
    """A value as it stands in the JSON: dates and money as strings, lengths as whole numbers."""
    made = _PLAIN.get(type(value))
    return value if made is None else made(value)


_PLAIN: dict[type, Callable[[Any], Any]] = {
    date: date.isoformat,
    **dict.fromkeys((Decimal, Multiple, Ratio), lambda amount: format(amount, "f")),
    **dict.fromkeys((Length, Shortfall), lambda length: length.n),
    Payment: Payment.to_json,
}


def range_words(found: Range) -> str:
    """A range as a reader says it."""
    if found.low is not None and found.low == found.high:
        return value_words(found.low)
    if found.low is None and found.high is None:
        return words.UNKNOWN_TEXT
    if found.high is None:
        if isinstance(found.low, date):
            return f"最早{value_words(found.low)}"
        if type(found.low) is Length and not found.low.n:
            return words.PERHAPS_NO_WAIT
        nothing = not (found.low.n if isinstance(found.low, Length) else found.low)
        return (words.FROM_NOTHING if nothing else words.FROM_LEAST).format(least=value_words(found.low))
    if found.low is None:
        return f"最晚{value_words(found.high)}" if isinstance(found.high, date) else f"最多{value_words(found.high)}"
    if isinstance(found.low, date):
        return f"{value_words(found.low)}到{value_words(found.high)}之间"
    low = found.low.n if isinstance(found.low, Length) else value_words(found.low)
    return f"{low}到{value_words(found.high)}"


def value_words(value: Any) -> str:
    """A single value as a reader says it."""
    return _WORDS.get(type(value), str)(value)


_WORDS: dict[type, Callable[[Any], str]] = {
    bool: lambda answer: words.YES_NO[answer],
    Length: lambda length: str(length) if length.n else words.NO_WAITING,
    Shortfall: lambda length: str(length) if length.n else words.ENOUGH,
    Multiple: lambda multiple: words.TIMES.format(times=multiple),
    Ratio: words.percent,
    Decimal: words.money_words,
    Payment: words.payment_words,
    date: words.day_words,
}


class StepLine(NamedTuple):
    """One step of the explanation with its source. clause, effective_from: None = 待核实."""

    sentence: str
    rule: str
    document: str
    clause: str | None
    effective_from: date | None
    grade: str
    confidence: str

    def to_json(self) -> Json:
        return {
            "sentence": self.sentence,
            "rule": self.rule,
            "document": self.document,
            "clause": self.clause,
            "effective_from": plain(self.effective_from),
            "grade": self.grade,
            "confidence": self.confidence,
        }


class Assessment(NamedTuple):
    """The whole answer. `answers` holds every answer by its dotted key (`cost.late_fee`, `treatments.0.covered`)."""

    case: Json
    lapse: Json
    headline: str
    answers: dict[str, Answer]
    visits: tuple[str, ...]
    arrears: tuple[Json, ...]
    steps: tuple[StepLine, ...]
    claims: tuple[Json, ...]
    deadlines: tuple[Json, ...]
    warnings: tuple[str, ...]
    verify_with: tuple[str, ...]
    where: tuple[Json, ...]
    rulebook: Json

    def to_json(self) -> Json:
        answer = {key: found.to_json() for key, found in self.answers.items()}
        return {
            "case": self.case,
            "headline": self.headline,
            "lapse": self.lapse,
            **{key: answer[key] for key in ANSWERS},
            **{
                group: made
                for group, keys in GROUPED
                if (made := {key: answer[dotted] for key, dotted in keys if dotted in answer})
            },
            "arrears": list(self.arrears),
            "treatments": [
                {"date": day, **{key: answer[f"treatments.{i}.{key}"] for key in TREATMENT}}
                for i, day in enumerate(self.visits)
            ],
            "steps": [step.to_json() for step in self.steps],
            "claims": list(self.claims),
            "deadlines": list(self.deadlines),
            "warnings": list(self.warnings),
            "verify_with": list(self.verify_with),
            "where": list(self.where),
            "rulebook": self.rulebook,
            "schema_version": SCHEMA_VERSION,
        }


ANSWERS = ("benefits_stop_on", "waiting", "benefits_resume_on", "retroactive", "payment_effect")
COSTS = ("principal", "late_fee", "repair", "total", "fine")
ACCOUNT = ("usable", "cash_out", "family_use", "kept", "in_wait")
ACCOUNT_MORE = ("inheritance", "transferable", "credited", "spendable_up_to", "wallet")
TREATMENT = ("covered", "fund_pays", "self_pay", "ratio", "claim")
GROUPS: dict[str, tuple[str, ...]] = {
    "use_now": ("fund", "account", "inpatient", "outpatient", "pharmacy"),
    "cost": COSTS,
    "premium": ("subsidy", "whole"),
    "account": (*ACCOUNT, *ACCOUNT_MORE),
    "outpatient": ("starts_on", "left_this_year"),
    **YEAR_GROUPS,
}
"""Answers that stand together under one key of the Assessment; a group none of whose answers is asked for is left out."""
GROUPED = tuple((group, tuple((key, f"{group}.{key}") for key in keys)) for group, keys in GROUPS.items())
UNITS = {
    "benefits_stop_on": "date",
    "waiting": "month",
    "benefits_resume_on": "date",
    "retroactive": "bool",
    "payment_effect": "effect",
    "covered": "bool",
    "fund_pays": "CNY",
    "self_pay": "CNY",
    "ratio": "ratio",
    "claim": "date",
    **{f"cost.{name}": "CNY" for name in COSTS},
    **{f"account.{name}": "bool" for name in GROUPS["account"]},
    **{f"use_now.{name}": "bool" for name in GROUPS["use_now"]},
    **{f"premium.{name}": "CNY" for name in GROUPS["premium"]},
    **{f"account.{name}": "CNY" for name in ("credited", "spendable_up_to", "wallet")},
    "outpatient.starts_on": "date",
    "outpatient.left_this_year": "CNY",
    **YEAR_UNITS,
}
