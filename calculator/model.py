"""What a rule can say: one type a topic. Numbers live in the rule; the other modules say how they combine.

A field that is None is a field on which the text is silent: the next level up may speak for it.
Each type loads itself from the compiled rulebook's JSON (lengths are `{"n": 3, "unit": "month"}`).
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from calculator.values import Length

Json = Mapping[str, Any]


def _length(raw: Json | None) -> Length | None:
    return None if raw is None else Length(raw["n"], raw["unit"])


def _decimal(raw: str | None) -> Decimal | None:
    return None if raw is None else Decimal(raw)


class Wait(NamedTuple):
    """A waiting period as a text states it: `length`, only a ceiling (`at_most`), or neither ("unstated")."""

    length: Length | None = None
    at_most: Length | None = None

    @classmethod
    def load(cls, raw: Any) -> Wait | None:
        if raw is None:
            return None
        if raw == "unstated":
            return cls()
        if "at_most" in raw:
            return cls(at_most=_length(raw["at_most"]))
        return cls(length=_length(raw))


class Span(NamedTuple):
    """One stretch of reduced benefits: `ratio` of the normal benefit, or at most `cap` CNY."""

    length: Length | None
    ratio: Decimal | None = None
    cap: Decimal | None = None


class Effect(NamedTuple):
    """What the fund pays between payment and full benefits. kind: none, zero, ratio or cap."""

    kind: str
    spans: tuple[Span, ...] = ()

    @classmethod
    def load(cls, raw: Any) -> Effect | None:
        if raw is None:
            return None
        if isinstance(raw, str):
            return cls(raw)
        if "ratio" in raw:
            return cls("ratio", (Span(None, ratio=Decimal(raw["ratio"])),))
        spans = tuple(
            Span(_length(s.get("length")), _decimal(s.get("ratio")), _decimal(s.get("cap"))) for s in raw["schedule"]
        )
        return cls("cap" if spans[0].cap is not None else "ratio", spans)


class Tier(NamedTuple):
    """One line of a decision table: when it holds, and what then."""

    when: Json
    wait: Wait | None
    resume: str | None
    retroactive: bool | None
    effect: Effect | None
    account_in_wait: bool | None
    liable: str | None
    source: str | None

    @classmethod
    def load(cls, raw: Json) -> Tier:
        return cls(
            raw.get("when") or {},
            Wait.load(raw.get("wait")),
            raw.get("resume"),
            raw.get("retroactive"),
            Effect.load(raw.get("effect")),
            raw.get("account_in_wait"),
            raw.get("liable"),
            raw.get("source"),
        )


class Restoration(NamedTuple):
    """What a lapse counted in months does. counts_payment_month: the threshold counts the month of payment too."""

    tiers: tuple[Tier, ...]
    counts_payment_month: bool

    @classmethod
    def load(cls, raw: Json) -> Restoration:
        return cls(tuple(Tier.load(t) for t in raw["tiers"]), raw.get("count") == "lapse_and_payment_month")


class Variable(NamedTuple):
    """The wait that grows: `per_year` for each lapsed year beyond the first `beyond_year`."""

    per_year: Length
    beyond_year: int


class Floor(NamedTuple):
    """From `lapsed_years` on, the whole wait after repair is at least `total`."""

    lapsed_years: int
    total: Length


class ResidentWait(NamedTuple):
    """国办发〔2024〕38号 and what provinces make of it. start_in_window, start_late: `year_start` or `payment_day`."""

    fixed: Length | None = None
    variable: Variable | None = None
    repair_per_year: Length | None = None
    floor: Floor | None = None
    count_from_year: int | None = None
    start_in_window: str | None = None
    start_late: str | None = None
    end: str | None = None
    in_window_first_enrolment: Wait | None = None

    @classmethod
    def load(cls, raw: Json) -> ResidentWait:
        variable, floor, start = raw.get("variable"), raw.get("floor"), raw.get("start") or {}
        return cls(
            _length(raw.get("fixed")),
            variable and Variable(Length(**variable["per_year"]), variable["beyond_year"]),
            _length((raw.get("repair") or {}).get("per_year")),
            floor and Floor(floor["lapsed_years"], Length(**floor["total"])),
            raw.get("count_from_year"),
            start.get("in_window"),
            start.get("late"),
            raw.get("end"),
            Wait.load(raw.get("in_window_first_enrolment")),
        )


class Group(NamedTuple):
    """An exempt group's terms. within: from the event to payment. lapse_max: months of the earlier scheme's lapse.

    same_year: the event lies in the year of payment (当年退役). unsettled: the text names the group, not all its terms.
    """

    within: Length | None = None
    lapse_max: int | None = None
    resume: str | None = None
    same_year: bool = False
    unsettled: bool = False

    @classmethod
    def load(cls, raw: Json) -> Group:
        return cls(
            _length(raw.get("within")),
            raw.get("lapse_max"),
            raw.get("resume"),
            bool(raw.get("same_year")),
            bool(raw.get("unsettled")),
        )


class Exemption(NamedTuple):
    groups: Mapping[str, Group]

    @classmethod
    def load(cls, raw: Json) -> Exemption:
        return cls({name: Group.load(terms) for name, terms in raw["groups"].items()})


class Newborn(NamedTuple):
    """Insured `within` so long after birth: benefits from birth. after_resume: what holds later, until `after_until`."""

    within: Length
    after_resume: str | None
    after_until: Length | None

    @classmethod
    def load(cls, raw: Json) -> Newborn:
        return cls(Length(**raw["within"]), raw.get("after_resume"), _length(raw.get("after_until")))


class LatePrice(NamedTuple):
    """The price from a month-day of the insured year (`07-01`) on. at_least: only known not to be lower."""

    month_day: str
    individual: Decimal
    at_least: bool


class Contribution(NamedTuple):
    """What insurance costs: residents' `individual` is a year's premium; of the flexible, `monthly` or `rate` a month's.

    at_least: only a minimum, places may ask more. groups: what a group pays instead. subsidy: the state's.
    late: what later payers pay, in the order of the days. helped: groups for whom the state pays some or all of it.
    rate: the share of the contribution base.
    """

    individual: Decimal | None
    at_least: bool
    groups: Mapping[str, Decimal]
    late: tuple[LatePrice, ...]
    subsidy: Decimal | None
    helped: tuple[str, ...]
    rate: Decimal | None
    monthly: Decimal | None

    @classmethod
    def load(cls, raw: Json) -> Contribution:
        groups = {k: Decimal(v) for k, v in (raw.get("groups") or {}).items()}
        late = tuple(
            LatePrice(step["from"], Decimal(step["individual"]), bool(step.get("at_least"))) for step in raw.get("late") or ()
        )
        helped, subsidy = tuple(raw.get("helped") or ()), _decimal(raw.get("subsidy"))
        by_month = _decimal(raw.get("rate")), _decimal(raw.get("monthly"))
        return cls(_decimal(raw.get("individual")), bool(raw.get("at_least")), groups, late, subsidy, helped, *by_month)


class LateFee(NamedTuple):
    """daily_rate of the arrears a day; None = the law sets none. capped: never above the principal."""

    daily_rate: Decimal | None
    capped: bool

    @classmethod
    def load(cls, raw: Json) -> LateFee:
        return cls(_decimal(raw.get("daily_rate")), raw.get("cap") == "principal")


class Fine(NamedTuple):
    min_multiple: Decimal
    max_multiple: Decimal

    @classmethod
    def load(cls, raw: Json) -> Fine:
        return cls(Decimal(raw["min_multiple"]), Decimal(raw["max_multiple"]))


class AccountRule(NamedTuple):
    """credit_rate: the share of the contribution base that comes in each month."""

    exists: bool | None
    kept: bool | None
    usable: bool | None
    cash_out: bool | None
    family_use: bool | None
    inheritance: bool | None
    transferable: bool | None
    credit_rate: Decimal | None

    @classmethod
    def load(cls, raw: Json) -> AccountRule:
        flags = ("exists", "kept", "usable", "cash_out", "family_use", "inheritance", "transferable")
        return cls(**{name: raw.get(name) for name in flags}, credit_rate=_decimal(raw.get("credit_rate")))


class Plain(NamedTuple):
    """A value the calculator reads key by key without a type of its own (windows, stops, information)."""

    says: Json

    @classmethod
    def load(cls, raw: Json) -> Plain:
        return cls(raw)


Value = Restoration | ResidentWait | Exemption | Newborn | Contribution | LateFee | Fine | AccountRule | Plain

LOADERS: Mapping[str, Any] = {
    "restoration": Restoration.load,
    "waiting": ResidentWait.load,
    "exemption": Exemption.load,
    "newborn": Newborn.load,
    "contribution": Contribution.load,
    "late_fee": LateFee.load,
    "fine": Fine.load,
    "account": AccountRule.load,
}


def load_value(topic: str, raw: Json) -> Value:
    loaded: Value = LOADERS.get(topic, Plain.load)(raw)
    return loaded
