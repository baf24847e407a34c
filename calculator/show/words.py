"""What the picture, the calendar and the text to send say beside the Assessment's own sentences: patterns only."""

from __future__ import annotations

import re
from datetime import date
from zlib import crc32

TITLE = "断缴时间线：什么时候能用医保"
SINCE = "{day}起："
UNTIL_THEN = "在这以前："

COVERED = "照常报销。"
LAST_MONTH = "最后缴到{month}。"
LAST_YEAR = "最后参保是{year}年度。"
NO_LAPSE = "没有断缴，照常报销。"
NOT_YET = "还没有参保。"
BEFORE_UNKNOWN = "以前有没有断，还不清楚。"
GAP = {
    True: "断缴。这段时间的医疗费可以补报。",
    False: "断缴。医保基金不付。",
    None: "断缴。能不能补报还不能确定。",
}
STOP_UNKNOWN = "断缴。哪天起停的，没有查到。"
MAYBE_STOPPED = "哪天停的还不能确定。"
WAITS = "等待期{length}。"
WAIT_UNKNOWN = "要等多久，没有查到。"
NOT_RESTORED = {True: "已缴费，还不能报销。", False: "缴了费，也还不能报销。"}
IN_WAIT = {"zero": "医保基金不付。", "none": "", None: "这段时间怎么报还不能确定。"}
PART_NOTHING = "医保基金不付。"
PART_RATIO = "按正常的{share}报。"
PART_CAP = "最多报{amount}元。"
MAYBE_RESTORED = "从哪天起能用还不能确定。"
RESTORED = {False: "恢复，照常报销。", True: "可以报销了。"}
RESTORED_IF_PAID = "最早这时能用；越晚缴，能用得越晚。"
UNSETTLED = "从哪天起能用没有定论。"
NEXT_YEAR = "{year}年度要另外缴费。"
DAYS = "共{days}天。"

STOPS, STOPS_EARLIEST, STOPS_LATEST = "停止享受待遇", "最早这天停", "最晚这天停"
PAYS, PAYS_IF, REGISTERS = "缴费", "还没缴费，假设这天缴", "参保登记"
RESUMES = {False: ("恢复待遇", "最早这天恢复", "最晚这天恢复"), True: ("开始享受待遇", "最早这天开始享受", "最晚这天开始享受")}
"""By whether nothing was had before: for certain, at the earliest, at the latest."""
OTHER_SAYS = "另一种说法：这天起能用（{standing}）"
STANDING = {"in_force": "有效", "unclear": "效力不明"}
RESUMES_IN_VAIN = "等待期满，可是{year}年度已经过完"
ASKED = "提问这天"
VISIT = "{kind}：{covered}"
VISIT_KINDS = {"inpatient": "住院", "outpatient": "门诊", "pharmacy": "买药"}
VISIT_COVERED = {True: "能报", False: "不能报", None: "能不能报还不确定"}
MORE_VISITS = "还有{count}次就医没有画出来"

CALENDAR_NAME = "医保断缴提醒"
IN_CALENDAR = "医保：{text}"
LAST_CALL = "医保：缴费要趁早，这天是最后一天"
WORKED_OUT = "{day}算的：{text}"
IF_PAID = "医保：如果{day}缴费，{text}"
NOT_OFFICIAL = "这不是官方答复，以参保地医保部门的答复为准。"
VERSION = "规则版本 {version}"

ASKED_FOR = "按这些算：{facts}。"
SCHEMES = {"employee": "职工医保", "flexible": "灵活就业", "resident": "居民医保"}
ASKED_ON = "{day}提问"
PAID_ON, REGISTERED_ON = "{day}缴费", "{day}参保登记"
UNPAID = "还没缴费"
FOR_YEAR = "缴{year}年度"
LINES = {
    False: {
        "benefits_stop_on": "哪天停的",
        "waiting": "要等多久",
        "benefits_resume_on": "哪天恢复",
        "payment_effect": "缴费后怎么报",
        "retroactive": "断缴期间看病能不能补报",
    },
    True: {
        "waiting": "要等多久",
        "benefits_resume_on": "哪天开始能用",
        "payment_effect": "缴费后怎么报",
        "retroactive": "缴费以前看病能不能补报",
    },
}
"""What the main answers are called, by whether nothing was had before."""
RETROACTIVE = {True: "能", False: "不能"}
WAITED = "等满是哪天"
"""What the day of restoration is called where the insured year is over by then."""
NOT_FOUND = "没查到：{what}"
NOT_TOLD = "还算不出：{what}"
COST = {
    "employee": "断缴的月份要补：{amount}（{payer}出）",
    "flexible": "断缴的月份要补：{amount}（{payer}出）",
    "resident": "要交：{amount}（{payer}出）",
}
PAYERS = {"employer": "单位", "person": "本人"}
VISITS_LEFT_OUT = "还有{count}次就医没有列出来"
VISITED = "{day}{visit}，自己付{self_pay}"
OTHERWISE = "也有别的说法：{says}"
DEADLINE = "别错过：{text}"
BEST = "最早能用的办法：{title}"
PAY_SOON = "怎么办：先问清再缴费；越晚缴，能用得越晚。"
KEEP = "怎么办：留好缴费凭证和看病的票据。"
NEXT_YEARS = "怎么办：{year}年度用不上了，请看现在能缴的年度。"
ASK_FIRST = "怎么办：先打电话问清楚，再缴费。"
WHOM = "问谁：{offices}"


def day_words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def iso_words(day: str) -> str:
    return day_words(date.fromisoformat(day))


def month_words(month: str) -> str:
    """`2025-10` as 2025年10月."""
    return f"{int(month[:4])}年{int(month[5:])}月"


ENDS = re.compile(r"(.*?)(?:最晚|今天（).*?缴，(.*)；(?:再晚|明天起)，(.*?)。")
"""Of a last day of better terms: for whom, what holds until then and what after it, without the day and the days left."""


def ending(text: str) -> str:
    """Which better terms end, by the sentence that says so: the same name on whatever day they do."""
    found = ENDS.match(text)
    return f"terms{crc32('；'.join(found.groups() if found else (text,)).encode()):08x}"
