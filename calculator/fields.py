"""Every key of a Case, once: what it is called, whom it is for, what it may hold.

The parser, the JSON Schema, the form and the docs are all made from this table (contract: "Case").
"""

from __future__ import annotations

from typing import Literal, NamedTuple

SCHEMES = ("employee", "flexible", "resident")
SITUATIONS = ("same_place", "transfer", "scheme_switch", "employer_arrears", "first_enrolment")
TREATMENT_KINDS = ("inpatient", "outpatient", "pharmacy")
ACCOUNT_STATUS = ("frozen", "cancelled", "retired", "deceased")
PAYMENT_METHODS = ("bank_debit", "online", "counter", "employer")
INSURED_BY_MONTH = ("employee", "flexible")

OF_SCHEMES = "employee 职工（单位缴）；flexible 灵活就业参加职工医保；resident 城乡居民"
OF_STATUS = "frozen 冻结；cancelled 已注销；retired 已退休；deceased 已去世；正常的不用填"
OF_METHODS = "bank_debit 银行代扣；online 网上；counter 窗口；employer 单位代缴"
OF_KINDS = "inpatient 住院；outpatient 门诊；pharmacy 买药"

Kind = Literal["choice", "place", "group", "date", "month", "year", "count", "flag", "money", "ratio", "list"]


class Field(NamedTuple):
    """One key. `schemes`: who may use it. `required`: the schemes that must. `choices`: allowed words of a choice.

    `items`: the keys of one entry of a list. `title`, `hint`: Chinese, for forms, errors and the schema.
    """

    name: str
    kind: Kind
    title: str
    schemes: tuple[str, ...] = SCHEMES
    required: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    items: tuple[Field, ...] = ()
    hint: str = ""

    @property
    def meaning(self) -> str:
        """Title and hint in one."""
        return f"{self.title}：{self.hint}" if self.hint else self.title


FIELDS: tuple[Field, ...] = (
    Field("scheme", "choice", "参保身份", required=SCHEMES, choices=SCHEMES, hint=OF_SCHEMES),
    Field("place", "place", "参保地", required=SCHEMES, hint="六位行政区划代码；CN 是全国文件；XPCC 是兵团"),
    Field("as_of", "date", "按哪一天回答", required=SCHEMES),
    Field(
        "situation",
        "choice",
        "属于哪种情况",
        choices=SITUATIONS,
        hint="same_place 没换地方；transfer 转移接续；scheme_switch 换险种；employer_arrears 单位欠费；first_enrolment 首次参保",
    ),
    Field("last_paid_month", "month", "最后足额缴到哪个月", hint="职工、灵活就业必填（首次参保除外）"),
    Field("previous_scheme", "choice", "断缴前参加哪种医保", choices=SCHEMES, hint=OF_SCHEMES),
    Field("benefits_stopped_on", "date", "待遇实际停止的日期"),
    Field("in_waiting", "flag", "断缴时是否还在等待期", INSURED_BY_MONTH),
    Field("missed_this_year", "count", "本年度累计断缴几个月", INSURED_BY_MONTH),
    Field("unemployment_months", "count", "断缴期间领失业金的月数", INSURED_BY_MONTH),
    Field("paid_on", "date", "哪天补缴或恢复缴费", hint="打算哪天缴也可以；还没定就空着"),
    Field("back_paid", "flag", "中断的月份是否补缴", INSURED_BY_MONTH),
    Field("continuous_months", "count", "断缴前连续参保几个月"),
    Field("earlier_lapses", "count", "这次以前断缴过几次", INSURED_BY_MONTH),
    Field(
        "lapses",
        "list",
        "更早的断缴",
        INSURED_BY_MONTH,
        items=(
            Field("from", "month", "从哪个月", required=INSURED_BY_MONTH),
            Field("to", "month", "到哪个月", required=INSURED_BY_MONTH),
        ),
        hint="把这次以前断过的都列上，断缴次数和连续月数就不用再填",
    ),
    Field("order_deadline", "date", "责令补缴的最后期限", ("employee",)),
    Field("monthly_amount", "money", "每月应缴多少元", INSURED_BY_MONTH),
    Field(
        "missed",
        "list",
        "逐月列出没缴的钱",
        INSURED_BY_MONTH,
        items=(
            Field("month", "month", "哪个月", required=INSURED_BY_MONTH),
            Field("amount", "money", "应缴多少元", required=INSURED_BY_MONTH),
            Field("due_on", "date", "最晚应缴日"),
        ),
    ),
    Field("coverage_year", "year", "缴的是哪一年的居民医保", ("resident",), required=("resident",)),
    Field("last_covered_year", "year", "这之前最后参保是哪一年", ("resident",), hint="从没参加过填 null,不记得就不填"),
    Field("years_repaid", "count", "补缴（修复）几年", ("resident",)),
    Field("in_window", "flag", "是否在集中参保期内缴费", ("resident",)),
    Field("event_on", "date", "退役、释放、毕业、迁入等的日期", ("resident",)),
    Field("exempt_group", "group", "是否属于特殊人群", ("resident",)),
    Field("born_on", "date", "新生儿出生日期", ("resident",)),
    Field("registered_on", "date", "新生儿参保登记日期", ("resident",)),
    Field(
        "treatments",
        "list",
        "看过的病",
        items=(
            Field("date", "date", "就医日期", required=SCHEMES),
            Field("kind", "choice", "类别", required=SCHEMES, choices=TREATMENT_KINDS, hint=OF_KINDS),
            Field("amount", "money", "起付线以上的合规费用", required=SCHEMES),
            Field("normal_ratio", "ratio", "正常报销比例", hint="0 到 1 之间，例如 0.85"),
        ),
    ),
    Field("account_balance", "money", "个人账户余额", INSURED_BY_MONTH),
    Field("account_status", "choice", "个人账户现在的状态", choices=ACCOUNT_STATUS, hint=OF_STATUS),
    Field("account_spent", "money", "本年度个人账户已经花了多少"),
    Field(
        "contribution_base",
        "money",
        "每月的缴费基数",
        INSURED_BY_MONTH,
        hint="灵活就业的填了它，知道费率的地方能算出每月缴多少",
    ),
    Field("signed_on", "date", "门诊签约的日期", ("resident",)),
    Field("reimbursed_this_year", "money", "本年度门诊已经报了多少", ("resident",)),
    Field("insured_months", "count", "累计缴费几个月", INSURED_BY_MONTH, hint="算到最后足额缴的那个月，断缴的不算"),
    Field("local_insured_months", "count", "其中在参保地缴了几个月", INSURED_BY_MONTH),
    Field("retires_on", "date", "打算哪天退休", INSURED_BY_MONTH),
    Field("hired_on", "date", "入职（用工）日期", ("employee",)),
    Field("applied_on", "date", "申请参保登记的日期"),
    Field("deferral_on", "date", "申请缓缴的日期", INSURED_BY_MONTH),
    Field("transfer_on", "date", "转移申请受理的日期", INSURED_BY_MONTH),
    Field("claim_on", "date", "手工报销申请收到的日期", hint="材料交齐、窗口收下的那天"),
    Field("payment_method", "choice", "用什么方式缴费", choices=PAYMENT_METHODS, hint=OF_METHODS),
    Field("parent_insured_months", "count", "父母一方连续参保几个月", ("resident",)),
    Field("local_household", "flag", "孩子是不是本地户口", ("resident",)),
)

BY_NAME = {field.name: field for field in FIELDS}
