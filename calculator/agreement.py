"""What the keys of a Case must say together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from calculator.fields import INSURED_BY_MONTH
from calculator.history import continuous_months
from calculator.values import YearMonth

if TYPE_CHECKING:
    from calculator.case import Case

Problem = tuple[str, str]
"""(path of the key, Chinese sentence that says the remedy)."""


def contradictions(case: Case) -> Iterator[Problem]:
    """What cannot be true beside another key: the key to mend, and how."""
    if case.scheme in INSURED_BY_MONTH:
        if case.last_paid_month is None and case.situation != "first_enrolment":
            yield "last_paid_month", "请填写“最后足额缴到哪个月”；从没参加过的，情况选“首次参保”"
        if case.paid_on and case.last_paid_month and YearMonth.of(case.paid_on) <= case.last_paid_month:
            yield "paid_on", f"缴费日应在 {case.last_paid_month} 之后：这个月已经缴清了"
        yield from _agree_on_unemployment(case)
    if case.lapses and case.last_paid_month is not None:
        yield from _agree_on_history(case, continuous_months(case.lapses, case.last_paid_month))
    if case.insured_months is not None and (case.local_insured_months or 0) > case.insured_months:
        yield "local_insured_months", f"累计一共 {case.insured_months} 个月，在参保地缴的不能比它多"
    if case.situation == "employer_arrears" and case.scheme != "employee":
        yield "situation", "只有职工医保才有“单位欠费”；灵活就业和居民请选别的情况"
    months = [item.month for item in case.missed]
    for index, month in enumerate(months):
        if month in months[:index]:
            yield f"missed.{index}.month", f"{month} 写了两次，请合并成一条"
    yield from _agree_on_missed(case)
    if case.scheme == "resident":
        yield from _agree_on_years(case)


def _agree_on_missed(case: Case) -> Iterator[Problem]:
    """A month paid in full is not missed, and none falls due before the month that goes before it."""
    for index, item in enumerate(case.missed):
        if item.month == case.last_paid_month:
            yield f"missed.{index}.month", f"{item.month} 已经足额缴了，请删掉这一条，或改“最后足额缴到哪个月”"
        if item.due_on is not None and item.due_on < item.month.plus(-1).first_day():
            yield f"missed.{index}.due_on", f"{item.month} 的费不会在 {item.due_on} 就到期，请核对年份和月份"


def _agree_on_history(case: Case, since_then: int) -> Iterator[Problem]:
    if (case.earlier_lapses or 0) < len(case.lapses):
        yield "earlier_lapses", f"列出的更早的断缴有 {len(case.lapses)} 次，断缴次数不能比它少"
    if (case.continuous_months or 0) > since_then:
        yield "continuous_months", f"上次断缴以后只有 {since_then} 个月，连续缴的月数不能比它多"


def _agree_on_unemployment(case: Case) -> Iterator[Problem]:
    if not case.unemployment_months or case.last_paid_month is None:
        return
    gap = max(0, case.last_paid_month.until(YearMonth.of(case.day)) - 1)
    if case.unemployment_months > gap:
        yield "unemployment_months", f"断缴一共只有 {gap} 个月，领失业金的月数不能比它多"


def _agree_on_years(case: Case) -> Iterator[Problem]:
    assert case.coverage_year is not None
    last = case.last_covered_year
    if last is not None and last >= case.coverage_year:
        yield "last_covered_year", f"最后参保的年份应当早于 {case.coverage_year} 年"
    if case.never_insured and case.years_repaid:
        yield "years_repaid", "从没参加过居民医保，没有断保的年份可补"
    if last is not None and case.years_repaid > case.coverage_year - last - 1:
        yield "years_repaid", f"一共断保 {case.coverage_year - last - 1} 年，补缴的年数不能比它多"
    if case.born_on and case.registered_on and case.registered_on < case.born_on:
        yield "registered_on", "登记日期不能早于出生日期"
    month = case.last_paid_month
    if case.paid_on and month and YearMonth.of(case.paid_on) <= month:
        yield "paid_on", f"缴费日应在 {month} 之后：这个月已经缴清了"
