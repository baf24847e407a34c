"""The schema of a claim: what an article says, our verdict, whom it is meant for and what it comes to."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, cast

from calculator import values
from calculator.assessment import plain, range_words, value_words
from calculator.claim import HOW
from calculator.fields import ACCOUNT_STATUS, BY_NAME, FIELDS, PAYMENT_METHODS, TREATMENT_KINDS
from calculator.ranges import Range
from calculator.words import CLAIMED_EFFECTS, money_words
from scripts.rulebook.examples import AnswerPath
from scripts.rulebook.kinds import Anything, ByShape, Field, Keys, ListOf, Maybe, default, required
from scripts.rulebook.positions import Node
from scripts.rulebook.scalars import LENGTH as WRITTEN_LENGTH
from scripts.rulebook.scalars import Bool, Choice, Int, Kind, Length, Number, Reference, Report, Text
from scripts.rulebook.vocabulary import FACT, SCHEME, SENTENCE, SHORT_RESUMES, SITUATION, VERDICTS

_COUNT = Keys("范围", (Field("min", Int(0, 2200), "至少(含)"), Field("max", Int(0, 2200), "至多(含)")), least=1)
_FLAGS = ("back_paid", "in_waiting", "in_window", "local_household")
_COUNTS = (
    "lapse",
    "years_repaid",
    "continuous_months",
    "earlier_lapses",
    "missed_this_year",
    "unemployment_months",
    "insured_months",
    "parent_insured_months",
)
_DERIVED = {
    "lapse": "断缴月数或断保年数",
    "year": "缴的是哪一年的；按月缴的，是缴费那天的年份",
    "month_of_year": "缴费在参保年度的第几个月；0 是年度开始以前",
    "newborn_days": "新生儿出生后第几天登记",
    "birthday": "新生儿出生的月日，901 是9月1日",
}
_MORE = ("year", "month_of_year", "newborn_days", "birthday")
_METHOD = Choice({method: method for method in PAYMENT_METHODS})
_STATUS = Choice({status: status for status in ACCOUNT_STATUS})
_STARTS = {
    "payment": "缴费那天",
    "first_unpaid": "第一个没缴的月（年）的第一天",
    "year_start": "参保年度的1月1日",
    "next_year": "缴费那年的下一年1月1日",
    **{item.name: item.title for item in FIELDS if item.kind == "date"},
}
_BASES = {"lapse": _DERIVED["lapse"], **{item.name: item.title for item in FIELDS if item.kind in ("money", "count")}}
_AMOUNT = Number("1000000")
_MONTH_DAY = Text(r"(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8]|30)", '月-日，写成 "07-01"')

WHEN = Keys(
    "适用情形",
    (
        Field("scheme", ListOf(SCHEME, 1), "哪些人", "[employee]"),
        Field("situation", ListOf(SITUATION, 1), "什么情形", "[same_place]"),
        Field("place", ListOf(Reference("place"), 1), "哪里，连同它下面的地方", '["330000"]'),
        Field("exempt_group", ListOf(Reference("group"), 1), "哪些人群", "[newborn]"),
        Field("account_status", ListOf(_STATUS, 1), "个人账户的状态", "[retired]"),
        Field("payment_method", ListOf(_METHOD, 1), "怎么缴的费", "[bank_debit]"),
        *(Field(key, _COUNT, _DERIVED.get(key) or BY_NAME[key].title, "{max: 3}") for key in (*_COUNTS, *_MORE)),
        *(Field(key, Bool(), BY_NAME[key].title, "true") for key in _FLAGS),
        Field("paid", Bool(), "提问那天是不是已经缴了", "false"),
    ),
)

DAY = Keys(
    "算出来的日期",
    (
        required("from", Choice(_STARTS), "从哪天起", "payment"),
        Field("plus", Length(), "再过多久", "3 months"),
        Field("next", _MONTH_DAY, "之后最近的几月几日", '"07-01"'),
        Field("land", Choice(SHORT_RESUMES), "落在哪天", "next_month"),
        Field("date", Int(1, 28), "那个月的几号", "15"),
        Field("month_end", Bool(), "那个月的最后一天", "true"),
    ),
)
AMOUNT = Keys(
    "算出来的金额",
    (
        required("of", Choice(_BASES), "按什么算", "contribution_base"),
        Field("times", _AMOUNT, "乘以多少", '"0.028"'),
        Field("least", _AMOUNT, "至少", '"3925"'),
        Field("most", _AMOUNT, "至多", '"19623"'),
    ),
)
SPAN = Keys(
    "算出来的一段日子",
    (
        required("from", Choice(_STARTS), "从哪天起", "claim_on"),
        required("least", Length(), "最快多久", "15 days"),
        required("most", Length(), "最慢多久", "30 days"),
        Field("working", Bool(), "只数工作日", "true"),
    ),
)
LENGTH = Keys("算出来的时长", (required("each", Length(), "每断一个月（年）多久", "1 month"),))
VISIT = Keys(
    "算出来的每次看病",
    (
        Field("kinds", ListOf(Choice({kind: kind for kind in TREATMENT_KINDS}), 1), "哪几类", "[outpatient]"),
        Field("ratio", Number("1"), "报多少", '"0.65"'),
        Field("share", Number("1"), "平时比例的几成", '"0.50"'),
        Field("above", _AMOUNT, "超过多少的部分才报", '"500"'),
        Field("most", _AMOUNT, "一年最多报多少", '"500"'),
        Field("signed", Bool(), "签约以后才报", "true"),
        Field("after_spending", _AMOUNT, "账户先花满多少", '"1000"'),
    ),
    least=1,
)


def fixed(key: str, value: Any) -> dict[str, Any]:
    """A fixed value as an answer writes it, with its words: `6 months` is 6 with its unit."""
    if isinstance(value, dict):
        low, high = (_length_of(value[bound]) if bound in value else None for bound in ("low", "high"))
        unit = next(bound.unit for bound in (low, high) if bound)
        bounds = {"low": plain(low), "high": plain(high), "unit": unit, "text": range_words(Range(low, high))}
        return {"key": key, "value": None, **bounds}
    length = _length_of(value) if isinstance(value, str) else None
    if length is not None:
        return {"key": key, "value": length.n, "text": value_words(length), "unit": length.unit}
    if isinstance(value, bool):
        return {"key": key, "value": value, "text": value_words(value)}
    if key == "payment_effect":
        return {"key": key, "value": value, "text": CLAIMED_EFFECTS.get(value, value)}
    is_money = value.replace(".", "").isdigit()
    return {"key": key, "value": value, "text": money_words(Decimal(value)) if is_money else value}


def _length_of(text: str) -> values.Length | None:
    found = WRITTEN_LENGTH.fullmatch(text)
    return values.Length(int(found[1]), cast(values.Unit, found[2])) if found else None


@dataclass(frozen=True)
class Said(Keys):
    """One thing a claim says of one answer; a fixed value is written out as answers write it."""

    def compile(self, node: Node, report: Report) -> dict[str, Any] | None:
        made = super().compile(node, report)
        return fixed(made["key"], made["value"]) if made and "value" in made else made


SAID = Said(
    "说法的答案",
    (
        required("key", AnswerPath(), "回答结果里的哪一项；每次看病写 treatments.N.…", "waiting"),
        Field("value", Anything(), "答案", "3 months"),
        Field("daily_rate", Number("0.01"), "每天按欠费的多少加收", '"0.002"'),
        Field("day", DAY, "一个日期", "{from: payment, land: next_month}"),
        Field("amount", AMOUNT, "一笔钱", '{of: contribution_base, times: "0.028"}'),
        Field("length", LENGTH, "一段时间", "{each: 1 month}"),
        Field("visit", VISIT, "每次看病报多少", '{ratio: "0.65"}'),
        Field("span", SPAN, "一段日子", "{from: claim_on, least: 15 days, most: 30 days, working: true}"),
    ),
    exactly_one=("value", *HOW),
)


@dataclass(frozen=True)
class OneOrSeveral(Kind):
    """What a claim says: of one answer, or of several; compiled it is always a list."""

    of: Kind

    def compile(self, node: Node, report: Report) -> list[Any] | None:
        made = ByShape(keys=self.of, items=ListOf(self.of, 1)).compile(node, report)
        return made if isinstance(made, list) or made is None else [made]

    def schema(self) -> dict[str, Any]:
        return ByShape(keys=self.of, items=ListOf(self.of, 1)).schema()

    def words(self) -> str:
        return f"{self.of.words()}，或者几条"


CLAIM = Keys(
    "说法",
    (
        required("id", Text(r"S[0-9A-Z]*-[0-9A-Z-]+", "说法编号,写成 S0-005"), "说法编号", "S0-005"),
        required("article", Text(r"[A-Za-z0-9_-]+", "文章编号,加引号"), "哪一篇文章", '"000"'),
        required("says", SENTENCE, "文章说了什么,用我们自己的话"),
        Field("verdict", Choice(VERDICTS), "核对结果", "local_only"),
        default("same_as", Maybe(Reference("claim")), None, "和哪一条说法一样：结论、理由都用那一条的", "S0-008"),
        default("decides", ListOf(Reference("rule")), [], "由哪些规则判定"),
        default("why", Maybe(SENTENCE), None, "为什么这样判"),
        default("instead", Maybe(SENTENCE), None, "读了文章的人应当怎样做"),
        default("channels", ListOf(Reference("channel")), [], "现在该用哪些渠道", "[nhsa-app]"),
        default("procedures", ListOf(Reference("procedure")), [], "一步一步的做法", "[check-balance]"),
        Field("when", WHEN, "什么样的问题会被这个说法回答"),
        Field("value", OneOrSeveral(SAID), "它的答案；文章给了算法的，写算法"),
        default("dossier", ListOf(FACT), [], "资料库里的编号", "[S-001]"),
    ),
    exactly_one=("verdict", "same_as"),
)
