"""What a decision table says, line by line, in words: when a tier holds, and what then."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from calculator import words
from calculator.model import Effect, Json, Newborn, Tier, Wait
from calculator.values import Length

LONGEST = 40
"""Characters of a sentence; a longer one is said as two."""
RESUMES = {
    "payment_day": "到账当天恢复待遇",
    "next_day": "到账第二天恢复待遇",
    "payment_month": "从缴费当月起恢复待遇",
    "next_month": "从缴费的下个月1日起恢复待遇",
    "wait_from_payment_day": "从缴费当天算起，等满后恢复待遇",
    "day_after_wait_from_payment_day": "从缴费当天算起，等满的第二天恢复",
    "wait_from_payment_day_or_next": "从缴费当天算起，等满的当天或第二天恢复",
    "wait_from_payment_month": "等待从缴费当月算起，等满的下月1日恢复",
    "wait_from_next_month": "等待从缴费下个月算起，等满的下月1日恢复",
}


def condition_words(when: Json, *, counts_payment_month: bool = False) -> str:
    """When a tier holds, as one phrase; "" for a tier that always does."""
    return "、".join(_condition(key, asked, counts_payment_month) for key, asked in when.items())


def _condition(key: str, asked: Any, counts_payment_month: bool) -> str:
    flags = {
        ("back_paid", True): "补缴了中断月份",
        ("back_paid", False): "没有补缴",
        ("in_waiting", True): "断缴时还在等待期",
        ("in_waiting", False): "断缴时不在等待期",
        ("earlier_quarter", True): "以前的季度就断缴",
        ("earlier_quarter", False): "本季度才断缴",
        ("paid_by_order_deadline", True): "在责令期限内补缴",
        ("paid_by_order_deadline", False): "过了责令期限才补缴",
    }
    if isinstance(asked, bool):
        return flags[key, asked]
    if key == "previous_scheme":
        return "原来参加" + "或".join(words.SCHEMES[s] for s in asked)
    if key == "quarter_month":
        return "季度第" + "、".join(str(n) for n in asked) + "个月缴费"
    if key == "since_stop":
        return f"停待遇后{Length(**asked['within'])}内缴费"
    what = {
        "lapse": "断缴（含缴费当月）" if counts_payment_month else "断缴",
        "missed_this_year": "本年累计断缴",
        "continuous_months": "断缴前连续参保",
        "earlier_lapses": "以前断缴过",
    }[key]
    unit = "次" if key == "earlier_lapses" else "个月"
    return _between(what, asked.get("min"), asked.get("max"), unit)


def _between(what: str, low: int | None, high: int | None, unit: str) -> str:
    if high == 0:
        return "第一次断缴" if unit == "次" else f"{what}0{unit}"
    if low is None or low == 0:
        return f"{what}不超过{high}{unit}"
    if high is None:
        return f"{what}满{low}{unit}"
    return f"{what}{low}{unit}" if low == high else f"{what}{low}至{high}{unit}"


def tier_sentence(answer: str, tier: Tier, *, counts_payment_month: bool, conditional: bool) -> str:
    """What one tier says about one answer. conditional: name the tier's condition too."""
    when = condition_words(tier.when, counts_payment_month=counts_payment_month) if conditional else ""
    says = _tier_says(answer, tier)
    if not when:
        return f"{says}。"
    sentence = f"{when}的：{says}。"
    return sentence if len(sentence) <= LONGEST else f"条件：{when}。都符合的：{says}。"


def _tier_says(answer: str, tier: Tier) -> str:
    if answer == "waiting":
        return wait_words(tier.wait)
    if answer == "benefits_resume_on":
        return RESUMES.get(tier.resume or "", "文件没写从哪天恢复")
    if answer == "retroactive":
        return "中断期间的医疗费可以按规定补报" if tier.retroactive else "中断期间的医疗费基金不付"
    if answer == "payment_effect":
        return effect_words(tier.effect, tier.wait)
    return "等待期里个人账户可以用" if tier.account_in_wait else "等待期里个人账户不能用"


def wait_words(wait: Wait | None) -> str:
    if wait is None:
        return "有没有等待期，文件没写"
    if wait.length is None and wait.at_most is None:
        return "有等待期，等多久文件没写"
    if wait.length is None:
        return f"等待期由当地定，一般不超过{wait.at_most}"
    return f"等待期{wait.length}" if wait.length.n else words.NO_WAITING


def effect_words(effect: Effect | None, wait: Wait | None) -> str:
    if effect is None:
        return words.NOTHING_PAID if wait and wait.length and wait.length.n else words.NOTHING_CUT
    if effect.kind == "zero":
        return words.NOTHING_PAID
    if effect.kind == "none":
        return words.NOTHING_CUT
    first = effect.spans[0]
    if first.cap is not None:
        return f"这段时间最多付{first.cap}元" + ("起，逐段提高" if len(effect.spans) > 1 else "")
    rising = "起，逐段提高" if len(effect.spans) > 1 else ""
    return f"这段时间按正常待遇的{words.percent(first.ratio or Decimal(0))}付{rising}"


def newborn_late_sentence(rule: Newborn) -> str:
    return f"超过{rule.within}才参保的，{RESUMES.get(rule.after_resume or '', '由当地规定')}。"
