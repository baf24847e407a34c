"""The words that rules share, each with its meaning: schemes, situations, anchors, grades.

Schemes and situations are the calculator's own; only their meaning in Chinese stands here.
"""

from __future__ import annotations

from scripts.rulebook.scalars import Choice, Text

SCHEMES = {"employee": "职工医保(单位缴)", "flexible": "灵活就业参加职工医保", "resident": "城乡居民医保"}
BY_MONTH = ("employee", "flexible")

SITUATIONS = {
    "same_place": "在原地恢复缴费",
    "transfer": "转移接续到这里",
    "scheme_switch": "换制度(职工和居民之间)",
    "employer_arrears": "单位欠费",
    "first_enrolment": "首次参保",
}

STANDINGS = {"in_force": "在用", "unclear": "不确定,只并列展示,不参与计算"}

GRADES = {
    "official_text": "看到官方原文存档",
    "reprint": "看到官方文件的转载",
    "news": "新闻报道",
    "article": "网络文章",
    "background": "背景知识,没有看到副本",
}

CONFIDENCES = {"high": "高", "medium": "中", "low": "低"}

RESUMES = {
    "payment_day": "缴费当天",
    "next_day": "缴费次日",
    "payment_month": "缴费当月1日",
    "next_month": "缴费次月1日",
    "wait_from_payment_day": "从缴费当天起算,过完等待期的同一日",
    "day_after_wait_from_payment_day": "从缴费当天起算,过完等待期的次日",
    "wait_from_payment_day_or_next": "从缴费当天起算,过完等待期的同一日或次日(原文没说清)",
    "wait_from_payment_month": "从缴费当月起算(含当月),等待期满后的1日",
    "wait_from_next_month": "从缴费次月起算,等待期满后的1日",
}

SHORT_RESUMES = {key: RESUMES[key] for key in ("payment_day", "next_day", "payment_month", "next_month")}

PAYERS = {"employer": "单位", "person": "个人"}

VERDICTS = {
    "holds": "成立",
    "local_only": "仅部分地区",
    "outdated": "已过时",
    "wrong": "不成立",
    "unverifiable": "无法核实",
}

STATUSES = {"in_force": "在用", "superseded": "已被取代", "draft": "征求意见稿", "unclear": "不确定"}

LAWS = {
    "longer_never_earlier": "断得更久,不会恢复得更早",
    "sooner_never_later": "缴得更早,不会恢复得更晚",
    "repair_never_longer": "补缴更多,不会等得更久",
}
"""Laws of the walk (scripts.proof) from which a rule may declare an exception."""

SCHEME = Choice(SCHEMES)
SITUATION = Choice(SITUATIONS)
GRADE = Choice(GRADES)
SENTENCE = Text(says="一句话", longest=400)
TITLE = Text(says="一个短标题", longest=120)
FACT = Text(r"[A-Z][A-Z0-9]*(-[A-Z0-9]+)+", "资料编号,写成 N-040 或 E-FJ-01")
CASE_ID = Text(r"[A-Z][A-Z0-9]*-[A-Z0-9-]+", "案例编号,写成 W-036")
SLUG = Text(r"[a-z0-9]+([-_.][a-z0-9]+)*", "小写字母、数字和连字符组成的编号", longest=80)
MONTH_DAY = Text(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]|end)", '月-日,写成 "09-01" 或 "02-end"')
