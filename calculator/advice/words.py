"""What the comparison says. A pattern only; the numbers come from the answers that are compared."""

from __future__ import annotations

from datetime import date

from calculator.case import Case
from calculator.words import day_words

ALREADY_PAID = "已经缴了费，不用再比较哪天缴。"
ONLY_THE_GAP = "花多少钱，只算断缴的月份要补的，以后每个月照常要缴的没有算。"
NOTHING_OPEN = "没有可以比较的办法。"
NO_WINDOW = "还没查到当地下一次集中参保期，所以没有列。"
BACK_PAY_BY_PLACE = "断缴的月份能不能补，由当地定，先问参保地医保经办机构。"
BY_EMPLOYER = "单位职工由单位来补，要单位去办。"
OTHER_YEAR = "缴的是{year}年度，{skipped}年度就没有待遇了。"
PERHAPS_CLOSED = "{year}年度从哪天起能缴，没有查到，这天不一定缴得了。"
MONTHS_NOT_LISTED = "清单里没有列的月份，钱没有算进来。"

GAP_DAYS = "从{first}到{last}，有{days}天不能报销。"
GAP_UNTIL = "从{first}起不能报销，到哪天为止查不到。"
GAP_RANGE = "从{first}起不能报销，最少{least}天，最多{most}天。"
GAP_LEAST = "从{first}起不能报销，至少{least}天。"
GAP_LATER = "缴清后，断缴期间的费用可以补报。"
ONLY_WAIT = "缴费后到{last}还在等待期。"
NOT_YET_RESTORED = "缴费后到{last}还没有恢复。"
IN_WAIT = "缴费后：{effect}。"
REPAIR_NO_USE = "比少补几年多花钱，等待却没有变短。"

TODAY = "今天（{day}）缴"
MONTH_END = "本月底（{day}）缴"
NEXT_MONTH = "下个月（{day}）缴"
PLANNED = "按计划在{day}缴"
IN_WINDOW = "等{year}年度集中参保期开始（{day}）再缴"

LAST_DAY = "最晚{day}缴，{before}；再晚，{after}。还剩{left}天。"
WITH_GAP = {True: "补上断缴月份的，", False: "不补断缴月份的，", None: ""}
LAST_DAY_TODAY = "今天（{day}）缴，{before}；明天起，{after}。"
RETROACTIVE = {True: "断缴期间的费用可以补报", False: "断缴期间的费用不能补报", None: "断缴期间的费用能不能补报说不准"}
WAITS = "等{wait}"
NO_LAPSE = "不算断缴"
LAPSED = "就算断缴"
WAIT_UNKNOWN = "要等多久查不到"
FROM_BIRTH = "从出生那天起的医疗费都能报"
FROM_PAYMENT = "缴费以后的医疗费才能报"
FROM_UNKNOWN = "从哪天起能报要问当地"
NOT_PAYABLE = "断缴的月份不能再补"
NO_COVER = "这个年度不能享受待遇"


def paying_title(pattern: str, day: date, case: Case, *, back_paid: bool | None, years_repaid: int | None) -> str:
    """What an option is called. back_paid, years_repaid: None = nothing to say of it."""
    title = pattern.format(day=short_day(day, case.as_of), year=case.coverage_year)
    if back_paid is not None:
        title += "，补上断缴的月份" if back_paid else "，不补断缴的月份"
    if years_repaid is not None:
        title += f"，补缴{years_repaid}年" if years_repaid else "，不补以前的年份"
    return title


def short_day(day: date, today: date) -> str:
    """A day as one says it; the year only where it is not this year's."""
    return f"{day.month}月{day.day}日" if day.year == today.year else day_words(day)
