"""What `use_now`, `account`, `claim` and `arrears` say: patterns; every number in them comes from a rule or the Case."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from calculator.schedule import Stretch
from calculator.words import day_words, money_words, percent

YEAR_COVERED = "今天还在缴过费的年度里，待遇还没停。"
NOT_STOPPED = "今天待遇还没停。"
RESTORED_NOW = "今天已经能享受待遇。"
STOPPED_NOW = "待遇已经停了，要先补缴或重新缴费。"
NOT_YET_INSURED = "以前没有参保，现在还没缴费，今天不能报销。"
STOP_UNKNOWN = "没有查到当地从哪天起停待遇，请打 12393 问今天还能不能刷。"
MAYBE_RESTORED = "已经缴了，今天可能已经恢复，文件没有写准是哪天，请试刷或打 12393。"
RESTORED_UNKNOWN = "已经缴了，哪天恢复没有查到；今天能不能报，请试刷或打 12393。"
WAIT_UNKNOWN = "已经缴了，还没到恢复的日子；这段时间能不能报，文件没写，请问 12393。"
IN_WAIT_NOW = "已经缴了，还在等待期，基金不付。"
PAID_NOT_YET = "已经缴了，还没到恢复的日子。"
OUTPATIENT_UNKNOWN = "门诊能不能刷，要看统筹和个人账户哪一样能用，请问 12393。"
PHARMACY_UNKNOWN = "在药店买药多用个人账户；没有账户的，能不能报由当地定，请问 12393。"
ACCOUNT_AS_USUAL = "账户照常用。"
NO_BALANCE = "您填了账户余额是0元。"
BLOCKED = {
    "frozen": "您填了账户已冻结。为什么冻结、怎么解冻，请问 12393。",
    "deceased": "您填了本人已去世：不能再刷，由家人到医保经办窗口办理继承。",
}
CANCELLED = "您填了参保已注销。余额能不能用、怎么取，请问参保地医保经办机构。"

RETIRED_CREDIT = "退休后每月划多少钱进账户由当地定，请问 12393。"
FLEXIBLE_CREDIT = "灵活就业有没有个人账户、每月划多少，由当地定，请问 12393。"
TRANSFER_ASK = "换地方参保时余额怎么转，由转出地和转入地定，请问两边的医保经办机构。"
INHERIT = "家人到参保地医保经办窗口办，要带什么各地不同，先打 12393 问。"
NO_BALANCE_GIVEN = "没填账户余额。"
OUTPATIENT_ASK = "没有查到当地居民门诊签约的规定，请打 12393 问要不要签约、报多少、一年最多报多少。"

AT_COUNTER = "那天就能报的，当场刷卡结算；没刷成的，可以事后手工报销。"
AFTERWARDS = "补缴到账后，带票据去手工报销。"
ASK_FIRST = "先打 12393 问这笔能不能报，票据留好。"
NOTHING_TO_CLAIM = "这笔不能报，谈不上申报。"
NOTHING_TO_CLAIM_TEXT = "不用申报"
LAST_DAY_UNKNOWN = "最晚哪天申报，没有查到当地的规定，请问 12393。"

BACK_PAYMENT_BY_PLACE = "断缴的月份能不能补、补到哪天，由当地定，先问参保地医保经办机构。"

SUBSIDY = "财政补助的钱由国家出，不用自己缴，也不会打到卡里。"
AT_LEAST = "这是{place}的最低标准，实际可能更高。"


def reduced(stretch: Stretch) -> str:
    """What the fund pays today in the wait."""
    until = f"到{day_words(stretch.last)}" if stretch.last else "到恢复前"
    if stretch.cap is not None:
        return f"在等待期，{until}最多付{money_words(stretch.cap)}。"
    return f"在等待期，{until}只按平时的{percent(stretch.ratio or Decimal(0))}付。"


def credit_rate(rate: Decimal) -> str:
    return f"在职职工每月记入缴费基数的{percent(rate)}（本人缴的那部分）。断缴的月份不记；补缴后补不补记，由当地定。"


def base_missing(rate: Decimal) -> str:
    return f"{credit_rate(rate)}填了缴费基数就能算。"


def wallet(each: Decimal, times: int, closed_from: str, closed_until: str) -> str:
    """The limits of a transfer between accounts (医保钱包)."""
    return (
        f"用“医保钱包”转给近亲属：一天最多{times}笔，每笔不超过{money_words(each)}，"
        f"{closed_from}到次日{closed_until}不能转；两边都开通了才行。"
    )


def claim_by(day: date) -> str:
    return f"手工报销要在{day_words(day)}前申报，遇节假日顺延。"


def materials(needed: list[str]) -> str:
    return f"要带{'、'.join(needed)}。"
