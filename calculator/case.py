"""The Case: one person's question, checked key by key (contract: "Case").

Anything wrong raises `CaseError` with the key's path (`treatments.0.kind`) and a Chinese sentence that says what would
be right.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from calculator.agreement import contradictions
from calculator.case_error import CaseError
from calculator.fields import BY_NAME, FIELDS, SCHEMES, Field
from calculator.history import EarlierLapse, continuous_months, contradiction
from calculator.rulebook import Rulebook
from calculator.values import FIRST_YEAR, LAST_YEAR, YearMonth, parse_day, parse_money, parse_ratio

MOST_ITEMS = 600
MOST_COUNT = 1200


class Missed(NamedTuple):
    """One unpaid month. amount: CNY due. due_on: last day it could be paid in time, None = not known."""

    month: YearMonth
    amount: Decimal
    due_on: date | None = None


class Treatment(NamedTuple):
    """One visit. amount: eligible expense after the deductible, CNY. normal_ratio: the fund's usual share, 0 to 1."""

    date: date
    kind: str
    amount: Decimal
    normal_ratio: Decimal | None = None


class Case(NamedTuple):
    """A checked question. None = not known, but for `exempt_group` (None = no group).

    `never_insured`: of a resident, last_covered_year was given as null, which differs from leaving it out, and no other
    key says that the person was insured before.
    """

    scheme: str
    place: str
    as_of: date
    situation: str = "same_place"
    last_paid_month: YearMonth | None = None
    previous_scheme: str | None = None
    benefits_stopped_on: date | None = None
    in_waiting: bool | None = None
    missed_this_year: int | None = None
    unemployment_months: int | None = None
    paid_on: date | None = None
    back_paid: bool | None = None
    continuous_months: int | None = None
    earlier_lapses: int | None = None
    lapses: tuple[EarlierLapse, ...] = ()
    order_deadline: date | None = None
    monthly_amount: Decimal | None = None
    missed: tuple[Missed, ...] = ()
    coverage_year: int | None = None
    last_covered_year: int | None = None
    never_insured: bool = False
    years_repaid: int = 0
    in_window: bool | None = None
    event_on: date | None = None
    exempt_group: str | None = None
    born_on: date | None = None
    registered_on: date | None = None
    treatments: tuple[Treatment, ...] = ()
    account_balance: Decimal | None = None
    account_status: str | None = None
    account_spent: Decimal | None = None
    contribution_base: Decimal | None = None
    signed_on: date | None = None
    reimbursed_this_year: Decimal | None = None
    insured_months: int | None = None
    local_insured_months: int | None = None
    retires_on: date | None = None
    hired_on: date | None = None
    applied_on: date | None = None
    deferral_on: date | None = None
    transfer_on: date | None = None
    claim_on: date | None = None
    payment_method: str | None = None
    parent_insured_months: int | None = None
    local_household: bool | None = None

    @classmethod
    def parse(cls, given: object, rulebook: Rulebook) -> "Case":
        """A JSON object to a Case. Raises CaseError for the first thing that is wrong, in the order of `FIELDS`."""
        if not isinstance(given, Mapping):
            raise CaseError("", "输入应当是一个 JSON 对象，例如 {\"scheme\": \"resident\", …}")
        for key in given:
            if key not in BY_NAME:
                raise CaseError(str(key), f"没有“{key}”这一项；请删掉，或核对拼写")
        names = sorted([name for name, value in given.items() if value is not None], key=_ORDER.__getitem__)
        values = {name: _read(BY_NAME[name], given[name], name, rulebook) for name in names}
        _fit(values)
        values["never_insured"] = given.get(_NULL_IS_SAID, "") is None and _never_insured(values)
        if values.get("situation") == "employer_arrears":
            values.setdefault("back_paid", True)  # what ends an employer's arrears is paying them
        if values.get("lapses"):
            _add_history(values)
        case = cls(**values)
        for field_path, message in contradictions(case):
            raise CaseError(field_path, message)
        return case

    @property
    def day(self) -> date:
        """The day of payment, or the day of the question where nothing is paid yet."""
        return self.paid_on or self.as_of

    @property
    def open_ended(self) -> bool:
        """Nothing is paid yet, so restoration can still be put off; a newborn's registration counts as payment."""
        return self.paid_on is None and self.registered_on is None

    def paid_by(self, day: date) -> bool:
        """Something is paid by a day; a newborn's registration counts as payment."""
        paid = self.paid_on or self.registered_on
        return paid is not None and paid <= day

    @property
    def settled(self) -> bool:
        """Too late to choose another day of payment: it is past, or the newborn is registered."""
        return self.paid_by(self.as_of if self.exempt_group == "newborn" else self.as_of - timedelta(days=1))

    @property
    def stopped_unpaid(self) -> bool:
        """Benefits are said to have stopped by the day of the question, and nothing has been paid since."""
        stopped = self.benefits_stopped_on
        return stopped is not None and stopped <= self.as_of and not self.paid_by(self.as_of)

    @property
    def paid_after_year(self) -> bool:
        """The insured year that is paid for is over."""
        return self.year_over(self.day)

    def year_over(self, day: date) -> bool:
        """Whether the insured year that is paid for is over by a day; False for whoever is insured by the month."""
        return self.coverage_year is not None and day.year > self.coverage_year

    @property
    def new(self) -> bool:
        """Nothing was had before: benefits begin, they are not restored."""
        return self.never_insured or self.situation == "first_enrolment" or self.exempt_group == "newborn"

    def to_json(self) -> dict[str, Any]:
        """The Case as understood, defaults filled in; keys that were left out stay out."""
        found: dict[str, Any] = {}
        for name, index in _SHOWN[self.scheme]:
            value = self[index]
            if value is not None and value != ():
                found[name] = value if isinstance(value, (str, int)) else _plain(value)
            elif name == _NULL_IS_SAID and self.never_insured:
                found[name] = None
        return found


_ORDER = {field.name: number for number, field in enumerate(FIELDS)}
_USED = {scheme: frozenset(field.name for field in FIELDS if scheme in field.schemes) for scheme in SCHEMES}
_NEEDED = {scheme: frozenset(field.name for field in FIELDS if scheme in field.required) for scheme in SCHEMES}
_NULL_IS_SAID = "last_covered_year"
_INSURED_BEFORE = ("last_paid_month", "previous_scheme", "benefits_stopped_on", "continuous_months")
_SHOWN = {
    scheme: tuple((field.name, Case._fields.index(field.name)) for field in FIELDS if scheme in field.schemes)
    for scheme in SCHEMES
}


def _fit(values: Mapping[str, Any]) -> None:
    """CaseError for the first key, in the order of `FIELDS`, that the scheme has no use for or needs and does not get."""
    scheme = values.get("scheme")
    if scheme is None:
        raise CaseError("scheme", f"请填写“{BY_NAME['scheme'].title}”")
    if (wrong := (values.keys() - _USED[scheme]) | (_NEEDED[scheme] - values.keys())):
        field = BY_NAME[min(wrong, key=_ORDER.__getitem__)]
        if field.name in values:
            raise CaseError(field.name, f"{_scheme_word(scheme)}用不到“{field.title}”这一项，请删掉")
        raise CaseError(field.name, f"请填写“{field.title}”")


def _never_insured(values: Mapping[str, Any]) -> bool:
    """Whether null for the last insured year says that there was none.

    It says no more than "not known" of whoever is not insured by the year, or was insured before as another key says.
    """
    by_year = values["scheme"] in BY_NAME[_NULL_IS_SAID].schemes and values.get("situation") != "scheme_switch"
    return by_year and values.get("exempt_group") != "left_employee" and not any(values.get(key) for key in _INSURED_BEFORE)


def _scheme_word(scheme: str) -> str:
    return {"employee": "职工医保", "flexible": "灵活就业", "resident": "居民医保"}[scheme]


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, (date, YearMonth)):
        return str(value)
    if isinstance(value, tuple):
        return [{name.rstrip("_"): _plain(part) for name, part in item._asdict().items() if part is not None} for item in value]
    return value


def _read(field: Field, raw: object, path: str, rulebook: Rulebook) -> Any:
    """One JSON value to its type, or CaseError at `path`."""
    if field.kind == "list":
        return _read_list(field, raw, path, rulebook)
    if field.kind == "flag":
        if not isinstance(raw, bool):
            raise CaseError(path, f"“{field.title}”只能是 true 或 false")
        return raw
    if field.kind in ("count", "year"):
        low, high = (0, MOST_COUNT) if field.kind == "count" else (FIRST_YEAR, LAST_YEAR)
        if not isinstance(raw, int) or isinstance(raw, bool) or not low <= raw <= high:
            raise CaseError(path, f"“{field.title}”应当是 {low} 到 {high} 之间的整数")
        return raw
    if not isinstance(raw, str):
        raise CaseError(path, f"“{field.title}”应当写成带引号的文字，例如 {_EXAMPLES[field.kind]}")
    if field.kind == "choice":
        if raw not in field.choices:
            raise CaseError(path, f"“{field.title}”只能是 {'、'.join(field.choices)} 之一")
        return raw
    if field.kind == "place":
        return _read_place(field, raw, path, rulebook)
    if field.kind == "group":
        if raw not in rulebook.groups:
            raise CaseError(path, f"“{field.title}”只能是 {'、'.join(rulebook.groups)} 之一")
        return raw
    try:
        return _PARSERS[field.kind](raw)
    except ValueError:
        raise CaseError(path, f"“{field.title}”写错了或不存在；正确的写法例如 {_EXAMPLES[field.kind]}") from None


_PARSERS = {"date": parse_day, "month": YearMonth.parse, "money": parse_money, "ratio": parse_ratio}
_EXAMPLES = {
    "choice": '"employee"',
    "place": '"330100"',
    "group": '"newborn"',
    "date": '"2026-03-10"',
    "month": '"2025-10"',
    "money": '"500.00"（不能是负数）',
    "ratio": '"0.85"（0 到 1 之间）',
}


_ITEMS: dict[str, type] = {"missed": Missed, "treatments": Treatment, "lapses": EarlierLapse}


def _read_list(field: Field, raw: object, path: str, rulebook: Rulebook) -> tuple[Any, ...]:
    if not isinstance(raw, list) or len(raw) > MOST_ITEMS:
        raise CaseError(path, f"“{field.title}”应当是一个列表，最多 {MOST_ITEMS} 条")
    known = {item.name: item for item in field.items}
    made = []
    for index, entry in enumerate(raw):
        here = f"{path}.{index}"
        if not isinstance(entry, Mapping):
            raise CaseError(here, f"第 {index + 1} 条应当是一个 JSON 对象")
        for key in entry:
            if key not in known:
                raise CaseError(f"{here}.{key}", f"没有“{key}”这一项；请删掉，或核对拼写")
        read = {}
        for item in field.items:
            if entry.get(item.name) is not None:
                read[item.name + "_" * (item.name == "from")] = _read(item, entry[item.name], f"{here}.{item.name}", rulebook)
            elif item.required:
                raise CaseError(f"{here}.{item.name}", f"请填写第 {index + 1} 条的“{item.title}”")
        made.append(_ITEMS[field.name](**read))
    return tuple(made)


def _read_place(field: Field, raw: str, path: str, rulebook: Rulebook) -> str:
    place = rulebook.places.get(raw)
    if place is None:
        raise CaseError(path, f"没有“{raw}”这个地区；请用六位行政区划代码（如 330100），或 CN、XPCC")
    if place.outside:
        raise CaseError(path, f"{place.name}不实行内地的基本医疗保险，这里算不了；请咨询当地主管部门")
    return raw


def _add_history(values: dict[str, Any]) -> None:
    """What the earlier lapses say of themselves is not asked for again. CaseError where they cannot all be true."""
    lapses, last_paid = values["lapses"], values.get("last_paid_month")
    if (wrong := contradiction(lapses, last_paid)) is not None:
        raise CaseError(*wrong)
    assert last_paid is not None  # without it the list was refused
    values.setdefault("earlier_lapses", len(lapses))
    values.setdefault("continuous_months", continuous_months(lapses, last_paid))
