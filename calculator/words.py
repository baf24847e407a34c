"""Every sentence the calculator says, in one place: short, plain Chinese, one fact each.

A sentence is a pattern; what it says of policy (months, ratios, days) comes from the rule that is passed in.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from calculator.model import Contribution, Floor, Group, Json, Newborn, Variable
from calculator.schedule import Payment
from calculator.values import YearMonth

UNKNOWN_TEXT = "查不到，请问 12393 或参保地医保经办机构"
CANNOT_TELL_TEXT = "还算不出"
NO_BREAK_TEXT = "没有中断"
NO_ACCOUNT_TEXT = "没有个人账户"
DEPENDS = "还要看："
DEPENDS_ON = DEPENDS + "{questions}。补填后会更准。"
WINDOW_UNKNOWN = "不知道缴费日是否在集中参保期内，所以只能给范围。"
WINDOW_NOT_OPEN = "集中参保期{day}才开始，开始后缴费按期内算。"
NO_COVER_OUTSIDE = "过了缴费期再缴，这个年度不能享受待遇。"
GAP_BY_WINDOW = "不知道缴费日是否在集中参保期内；期内缴费的，待遇没有中断。"
REACH_UNKNOWN = "能不能从1月1日起算还不清楚。缴费以前的医疗费能不能补报，请问当地。"
NEVER_INSURED = "以前没有参过保，谈不上停待遇。"
FIRST_TIME = "第一次参保"
NO_USE_TEXT = "这个年度用不上了"
NOTHING_TO_PAY = "这个年度的费现在缴也用不上，不用再缴。"
GROUP_UNLISTED = "文件没有列出这类人，能不能免等待，请问参保地医保经办机构。"
GROUP_TERMS_UNKNOWN = "是否符合免等待的时限还不清楚，所以只能给范围。"
NEWBORN_DATES = "要有出生日期和参保登记日期，才能算；少了哪个请补填。"
NEWBORN_EDGE = "出生当天算第1天的话，登记那天已经过了期限，请先问当地医保窗口。"
NEWBORN_LATE = "超过期限才登记的，由当地规定；这里没有查到当地的规定。"
IF_IT_WAITS = "要等的话，"
EFFECT_OF_A_WAIT = IF_IT_WAITS + "{effect}；不用等的，没有影响。要不要等，请问当地。"
LAST_YEAR_UNKNOWN = "没填最后参保是哪一年，算不出从哪天起停。"
LAST_MONTH_UNKNOWN = "没填最后缴到哪个月，算不出从哪天起停。"
RESIDENT_GAP = "断保期间和等待期里的医疗费，基金不付，补缴后也不能补报。"
NOT_PAID_YET = "还没缴费，这里按{day}当天缴费来算；越晚缴，能用得越晚。"
NO_LAPSE = "没有断缴。"
NO_RULE = "没有查到{place}关于这种情况的规定。国家文件也没有统一规定，要问当地。"
UNSTATED = "文件提到了，但没有写出确切的数，请问参保地医保经办机构。"
NO_RULE_ALTERNATIVES = "现行有效的文件没有定论，别的说法列在下面，不能当准。"
RESTS_ON = "没有查到{place}自己现行有效的规定，这里按{level}文件算。"
BACK_TO_YEAR_START = "在缴费期里缴的，从1月1日起算，1月1日以后的医疗费可以补报。"
NEXT_YEARS_PREMIUM = "缴的是下一年度的费，今年中断期间的医疗费不归它管。"
DAYS_AND_MONTHS = "一级文件按天、一级文件按月，合起来只能给范围。"
PARTLY = "{place}的规定只写了一部分，没写的按{level}文件算。"
YEAR_START_STOP = "居民医保按年度享受，没缴的年度从1月1日起没有待遇。"
UNEMPLOYMENT = "领失业金的月份由失业保险基金缴医保费，不算断缴。"
NO_GAP = "待遇没有中断，不存在补报的问题。"
NO_FIXED_END = "文件没有写明从哪天算起、到哪天为止，所以给出最早和最晚。"
ONLY_BOUNDS = "文件没有写一个确定的数，只能给范围，具体由当地定。"
AFTER_YEAR_END = "等待期满时，这个参保年度已经过完。要接着缴下一年度，才能用上。"
PAID_AFTER_YEAR = "缴费时这个年度已经过完，用不上了。请核对填的年度。"
WINDOW_CONTRADICTS = "填的“是否在集中参保期”和规则库里的日期不一致，这里按规则库算。"
OVERDUE_REVIEW = "“{title}”已过复核日期（{day}）。可能有变化，请先核实。"
ASK = "以参保地医保经办机构的答复为准。"

LEVELS = {"city": "市级", "province": "省级", "national": "国家"}
SCHEMES = {"employee": "职工医保", "flexible": "灵活就业", "resident": "居民医保"}
NO_WAITING = "没有等待期"
ENOUGH = "不差了"
FROM_LEAST = "至少{least}"
FROM_NOTHING = "最少{least}，最多多少还不知道"
PERHAPS_NO_WAIT = "可能没有等待期，最长多久还不知道"
TIMES = "平均工资的{times}倍"
YES_NO = {True: "是", False: "否"}
NOTHING_CUT = "能用以后照常报，不打折"
NOTHING_PAID = "能用以前，统筹基金不付"


CLAIMED_EFFECTS = {"none": "待遇不打折", "zero": "等待期里不能报", "ratio": "只按平时的一部分报"}


def day_words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def month_words(month: YearMonth) -> str:
    return f"{month.year}年{month.month}月"


def money_words(amount: Decimal) -> str:
    return f"{amount:.2f}元"


def resident_sentence(name: str, value: Any) -> str:
    """What one field of the residents' waiting rule says."""
    if name == "fixed":
        return f"没在集中参保期缴费，或者断保过，固定等{value}。"
    if name == "variable":
        assert isinstance(value, Variable)
        if value.beyond_year == 0:
            return f"每断保1年，再多等{value.per_year}。"
        return f"断保超过{value.beyond_year}年的，每多断1年再多等{value.per_year}。"
    if name == "floor":
        assert isinstance(value, Floor)
        return f"连续断保满{value.lapsed_years}年的，补缴后合计也不少于{value.total}。"
    if name == "in_window_first_enrolment":
        return "从没参保过、在集中期缴费的，要不要等，文件没写清。"
    starts = {"year_start": "参保年度的1月1日", "payment_day": "缴费到账那天", "payment_month": "缴费当月1日"}
    if name == "repair_per_year":
        return f"每补缴1年，少等{value}（只减多等的部分）。"
    if name == "count_from_year":
        return f"断保年数从{value}年度开始数。"
    if name == "end":
        return "等满当天就能报销。" if value == "same_day" else "等满的第二天起能报销。"
    when = "在集中期缴费的" if name == "start_in_window" else "过了集中期缴费的"
    return f"{when}，从{starts[value]}开始等。"


def window_sentence(first: date | None, last: date) -> str:
    return f"集中参保期：{day_words(first) if first else '（开始日未见）'}至{day_words(last)}。"


def group_sentence(group: str, terms: Group) -> str:
    limit = "具体条件看当地，符合的" if terms.unsettled else ""
    if terms.same_year:
        limit = "当年的"
    if terms.within is not None:
        limit = f"{terms.within}内缴费的，"
    elif terms.lapse_max is not None:
        limit = f"中断不超过{terms.lapse_max}个月的，"
    landing = {"next_day": "缴费第二天起享受", "payment_day": "缴费当天起享受"}.get(terms.resume or "", "")
    return f"{group}：{limit}不设等待期{'，' + landing if landing else ''}。"


def group_unlisted(group: str) -> str:
    return f"文件没有把“{group}”列进免等待的人群，所以只能给范围。"


def newborn_sentence(rule: Newborn) -> str:
    return f"出生{rule.within}内参保缴费的，从出生那天起就能报销。"


def stop_sentence(stop: str) -> str:
    return {
        "next_month": "从欠费的下个月1日起停待遇。",
        "this_month": "从欠费当月1日起停待遇。",
        "year_start": YEAR_START_STOP,
    }[stop]


FEE_NONE = "法律没有规定个人要交滞纳金；当地可能另有规定。"


def fee_sentence(rate: Decimal) -> str:
    return f"单位欠费，从欠缴那天起每天加收欠费的{(rate * 10000).normalize():f}‱（万分之{(rate * 10000).normalize():f}）。"


def fine_sentence(low: Decimal, high: Decimal) -> str:
    return f"责令后仍不缴的，对单位处欠费{low:f}至{high:f}倍罚款。"


def premium_sentence(year: int, amount: Decimal, least_of: str | None) -> str:
    """least_of: whose minimum the amount is (国家 …), None = it is the price."""
    return f"{year}年度居民个人缴费{f'{least_of}最低标准' if least_of else '标准'}：每人{amount:f}元。"


def month_price_sentence(terms: Contribution, base: Decimal | None, price: Decimal) -> str:
    """What a rule asks of the flexible a month, and, by the base, what that comes to."""
    least = "至少" if terms.at_least else ""
    if terms.monthly is not None:
        return f"灵活就业每月{least}缴{money_words(price)}。"
    assert terms.rate is not None and base is not None
    rate = percent(terms.rate)
    return f"灵活就业每月{least}缴基数的{rate}：{money_words(base)}×{rate}＝{money_words(price)}。"


ACCOUNT_SENTENCES = {
    ("kept", True): "个人账户的钱归本人，断缴不清零。",
    ("usable", True): "断缴期间账户余额可以用。",
    ("usable", False): "断缴期间账户余额不能用。",
    ("cash_out", False): "账户余额原则上不能取现。",
    ("cash_out", True): "账户余额可以取现。",
    ("family_use", True): "账户可以给参保的近亲属用（家庭共济）。",
    ("family_use", False): "账户不能给家人用。",
}
NO_ACCOUNT = "居民医保不设个人账户。以前职工医保账户里的钱仍归本人。"
USABLE_DIFFERS = "多数地方能用，少数地方停缴期间冻结，请问当地。"
CASH_EXCEPTIONS = "去世后继承、出境定居等，当地可能允许支取。"
FAMILY_NEEDS = "近亲属自己也要参加基本医保。"
FEE_OF_LISTED = "只算了列出的月份的滞纳金。"
NOT_LISTED_ALL = "只算了列出的月份，没列的月份还要另加。"
NOT_PRICED_ALL = "有的月份没查到每月缴多少，还要另加。"
WORKED_OUT = "按当地的每月金额或费率算的，以经办机构的账单为准。"
NO_DUE_DAY = "没填最晚应缴日，算不出拖了几天。"
NO_AMOUNT = "没填每月应缴多少钱。"
NO_BASE = "没填缴费基数，也没填每月应缴多少钱。"
NO_EMPLOYER = "单位应缴的由单位补。这几个月没有单位的，就没有单位该补的钱。"
MAY_SKIP = "个人可以补也可以不补的，不补就不用出这笔钱；能不能补由当地定。"
FINE_ONLY_AFTER_ORDER = "只有责令后仍不缴，才会罚单位。"
PRICE_MAY_BE_HIGHER = "这是最低标准，实际可能更高，请以当地公告为准。"
PRICE_BY_GROUP = "刚从职工医保停下来的人，价钱可能不同。请在特殊人群里选一下，再算。"
PRICE_UNKNOWN = "没有查到这一年度的缴费标准，请看当地公告。"
SUBSIDISED = "这类人由政府全额或定额资助，个人少缴或不缴。"
NO_RATIO = "没填正常报销比例，算不出具体金额。"
WHILE_COVERED = "就医那天待遇还没停。"
BEFORE_BIRTH = "您填了出生日期：就医那天孩子还没有出生，请核对。"
IN_GAP = "就医那天在中断期间。"
IN_GAP_UNKNOWN = "就医那天在中断期间，能不能报销没有查到规定，请问参保地医保经办机构。"
VISIT_UNKNOWN = "就医那天能不能报销，没有查到规定，请问参保地医保经办机构。"
VISIT_BETWEEN = "恢复的日子只知道最早和最晚，就医那天在中间，请问参保地医保经办机构。"
IN_WAIT = "就医那天在等待期。"
BEFORE_RESUMING = "就医那天已经缴费，还没到恢复的日子。"
RESTORED = "就医那天已经能享受待遇。"

BEGINS = {False: "恢复", True: "开始享受"}
HAS = {False: "恢复", True: "享受"}
"""What a headline calls it, and what it calls it from a day on, by whether nothing was had before."""
HEADLINE = "{day}起{has}医保待遇。"
HEADLINE_DONE = "已从{day}起{has}医保待遇。"
HEADLINE_BETWEEN = "{begins}医保待遇的日子在{range}。"
HEADLINE_EARLIEST = "最早从{day}起{has}医保待遇，最晚到哪天还不能确定。"
HEADLINE_UNPAID = "还没缴费。今天（{today}）缴的话，最早从{day}起{has}医保待遇。"
HEADLINE_SHUT = "{year}年度的医保费，{opens}才开始缴。那天起缴的，最早从{day}起{has}医保待遇。"
HEADLINE_UNKNOWN = "{place}：这种情况查不到规定，算不出哪天{begins}待遇。请打 12393 或问参保地医保经办机构。"
HEADLINE_DEPENDS = "还差一点信息，算不出哪天{begins}待遇。请补填：{questions}。"
HEADLINE_NEWBORN = "还没办参保登记。最晚{day}登记并缴费，从出生那天起就能报销。"
HEADLINE_NEWBORN_LATE = "能从出生那天起报销的期限（{day}）已经过了。填上打算哪天登记，再算从哪天起能报销。"
HEADLINE_TOO_LATE = "{year}年度的费现在缴，等待期满时这个年度已经过完，用不上。请缴{next}年度的。"
HEADLINE_YEAR_OVER = "{year}年度已经过完，它的费现在缴用不上。请改看现在能缴的年度。"
HEADLINE_NO_COVER = "{year}年度的缴费期已过，这时再缴，这个年度不能享受待遇。"
HEADLINE_NO_LAPSE = "没有断缴，医保待遇不受影响。"
HEADLINE_STOPPED = "没有断缴的月份，您填的却是待遇已经停了。请打 12393 问为什么停。"
STOPPED_WITHOUT_LAPSE = "没有断缴的月份，您填的却是待遇已经停了，请打 12393 问清楚。"
EMPLOYER_LIABLE = "单位欠费期间，本该由基金付的医疗费，由单位承担。"
ELSEWHERE = "{title}。这是同一个地方断缴的规定，换地方、换险种时一样不一样，文件没写。"


def lapse_words(length: int | None, unit: str, first: Any, last: Any) -> str:
    if length is None:
        return "断缴多久还不清楚"
    if length == 0:
        return "没有整年断保" if unit == "year" else "没有断缴"
    if unit == "year":
        span = f"{first}年度" if first == last else f"{first}至{last}年度"
        return f"断保{length}年（{span}）"
    span = month_words(first)
    if first != last:
        span += f"至{last.month}月" if first.year == last.year else f"至{month_words(last)}"
    return f"断缴{length}个月（{span}）"


def payment_words(payment: Payment) -> str:
    """What the fund pays until full benefits."""
    if payment.kind == "none":
        return NOTHING_CUT
    if payment.kind == "zero":
        return NOTHING_PAID
    parts = []
    for stretch in payment.stretches:
        until = f"到{day_words(stretch.last)}" if stretch.last else "到恢复前"
        share = f"按正常的{percent(stretch.ratio)}付" if stretch.ratio else "不付"
        if stretch.cap is not None:
            share = f"最多付{stretch.cap}元"
        parts.append(f"{day_words(stretch.first)}{until}{share}")
    return "；".join(parts) or "等待期里打折付，从哪天起、打几折还不能确定"


def percent(ratio: Decimal) -> str:
    return f"{(ratio * 100).normalize():f}%"


def channel_words(channel: Json) -> str:
    reach = channel.get("number") or channel.get("url")
    return f"{channel['name']}：{reach}" if reach and str(reach) not in channel["name"] else str(channel["name"])
