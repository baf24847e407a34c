"""What is said of years, deferral, registration, transfer, rewards and dates: patterns only; every number comes from a rule."""

from __future__ import annotations

from datetime import date

from calculator.words import day_words

NOT_FILLED = "没填累计缴了几个月，算不出还差多少。"
LOCAL_NOT_FILLED = "没填在参保地缴了几个月，算不出还差多少。"
NOT_GIVEN = (NOT_FILLED, LOCAL_NOT_FILLED)
BACK_PAID_COUNTS = "断掉的月份补上了才计入年限，补没补还不清楚，所以只能给范围。"
PAID_SINCE = "缴费以后每个月接着缴没缴还不清楚，所以只能给范围。"
EVERY_MONTH = "按从{since}起每月都缴来算。"
FROM_NOW, FROM_PAYMENT, FROM_UNPAID = "现在", "缴费那个月", "还没缴的第一个月"
RETIRING_MONTH = "退休那个月缴不缴，各地不同，所以可能差一个月。"
CONTINUOUS = "“连续年限”是一些地方另外设的，断缴后是接着数还是从头数，由当地定。它和退休看的累计年限不是一回事。"
DEFER_LIMIT = "这是最长的期限，要先得到批准，以批准文件写的为准。"
NO_PERSONAL_DEFERRAL = "这里说的是本人申请；单位能不能缓缴，看下一项。"
REGISTERED_UNKNOWN = "没填申请登记的日期，按还没办来算；办了没有，要去查参保状态。"
REGISTERED_SOME_DAY = "入职以后缴过费，看来单位已经办了；没填哪天办的，过没过期限算不出。"
NOT_LOCAL = "外地户口的孩子能不能在这里参保、父母要缴满多久，没有查到规定，请问居住地和户籍地的医保窗口。"
FROM_RECEIPT = "收到申请的那天不算，双休日和法定节假日不算。"
CALENDAR_ENDS = "{year}年的放假安排还没有数据，先把每天都当工作日数；碰上双休日和节假日要往后推，最晚到哪天还算不出。"
VISIBLE = "缴费以后多久能查到，没有查到统一的规定。先打 12366 问到账没有，再打 12393 问参保状态。"
LEAST_AMOUNT = "这是全国文件写的最低数，具体多少由省里定。"
NOTHING_EARNED = "连续参保的年数还没满，奖励还没有开始攒。"
CONTINUOUS_NOT_FILLED = "没填断缴前连续参保几个月，攒下多少还算不出，所以只能给范围。"
KEPT = "年数从头数，以前攒下的还在。"
LOSS_UNSETTLED = "以前攒下的断保后还留不留，全国文件没有写，各地说法不一，所以只能给范围。"
TIER_BEFORE = "按断缴前的连续月数。"
TIER_AFTER = "断缴后连续月数怎么接着数，看中断了多久，所以只能给范围。"

DEADLINES = {
    "order_deadline": "责令补缴的最后期限",
    "employer_registration": "单位给您办参保登记的最后一天",
    "registration": "参保登记应当办结",
    "transfer": "转移接续应当办结",
    "manual_claim": "手工报销应当办结",
    "deferral": "缓缴最晚到这一天",
    "back_payment": "断掉的月份还能补缴的最后一天",
    "newborn": "新生儿参保能从出生那天起报销的最后一天",
    "window_opens": "{year}年度集中参保开始",
    "window_closes": "{year}年度集中参保期最后一天",
    "retirement": "打算退休的日子",
    "years_reached": "每月都缴，到这个月缴满规定年限",
    "review": "规则该再核对一次",
}
"""What happens on a day, by the key of the deadline."""


def deadline_words(what: str, day: date, days_left: int, exact: bool) -> str:
    """`…：2026年4月1日，还剩 12 天。` For a day that may be later: 最早."""
    left = f"还剩 {days_left} 天" if days_left > 0 else "就是今天" if days_left == 0 else f"已经过了 {-days_left} 天"
    return f"{what}：{'' if exact else '最早'}{day_words(day)}，{left}。"
