"""One schema for each kind of file under rules/: the check, the editor's JSON Schema and the docs table are made from it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from calculator.fields import BY_NAME
from scripts.rulebook.kinds import Anything, ByShape, Field, FirstWord, Keys, ListOf, MapOf, Maybe, default, required
from scripts.rulebook.positions import Mapping, Node, Scalar
from scripts.rulebook.scalars import Bool, Choice, Day, Int, Kind, Reference, Report, Text, nearest
from scripts.rulebook.topics import TOPICS
from scripts.rulebook.vocabulary import (
    CASE_ID,
    CONFIDENCES,
    FACT,
    GRADE,
    SCHEME,
    SENTENCE,
    SITUATION,
    SITUATIONS,
    SLUG,
    STANDINGS,
    STATUSES,
    TITLE,
    VERDICTS,
)

OFFICIAL_HOSTS = ("gov.cn", "12333.cn", "12388.gov.cn")


@dataclass(frozen=True)
class OfficialAddress(Kind):
    """An https address on a government domain: the only kind of address that pages may call official."""

    def compile(self, node: Node, report: Report) -> str | None:
        text = Text(r"https?://\S+", "网址").compile(node, report)
        host = (urlsplit(text).hostname or "") if text else ""
        if text and not any(host == official or host.endswith("." + official) for official in OFFICIAL_HOSTS):
            report.error(node, f"{host} 不是官方域名;应当是 *.gov.cn 的网址,没有就写 null")
        return text

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": r"^https?://([^/]+\.)?(gov\.cn|12333\.cn)(/|$)"}

    def words(self) -> str:
        return "官方网址(*.gov.cn)"


@dataclass(frozen=True)
class NoAddress(Kind):
    """Words that name where a copy was seen, without a web address: a mirror is never linked."""

    def compile(self, node: Node, report: Report) -> str | None:
        text = Text(says="一句话").compile(node, report)
        if text and re.search(r"://|\bwww\.", text):
            report.error(node, "这里写了网址;应当只用文字说明副本在哪里看到,镜像不当原文链接")
        return text

    def schema(self) -> dict[str, Any]:
        return {"type": "string"}

    def words(self) -> str:
        return "一句话,不带网址"


SOURCE = Keys(
    "出处",
    (
        required("document", Reference("document"), "文件编号", "gbf-2024-38"),
        default("clause", Maybe(Text(says="条款,例如 第十二条")), None, "第几条;没看到就写 null,页面会标待核实", "第十二条"),
        required("grade", GRADE, "证据等级", "official_text"),
        required("confidence", Choice(CONFIDENCES), "把握", "high"),
        required("seen", Day(), "哪天看到的", "2026-11-21"),
        default("facts", ListOf(FACT), [], "资料库里的事实编号", "[N-040, N-041]"),
        Field("note", SENTENCE, "关于这个出处要说明的"),
    ),
)
SOURCES = ListOf(SOURCE, 1)

ANSWERS = (
    "case", "lapse", "benefits_stop_on", "waiting", "benefits_resume_on", "retroactive", "payment_effect", "cost",
    "account", "treatments", "steps", "claims", "warnings", "verify_with", "headline",
)

PARTS = Keys(
    "期望",
    (
        Field("value", Anything(), "答案"),
        Field("low", Anything(), "下界"),
        Field("high", Anything(), "上界"),
        Field("basis", Choice({"city": "市", "province": "省", "national": "全国", "none": "没有依据"}), "依据的层级"),
        Field("alternatives", ListOf(Anything()), "其他读法的答案;[] 表示没有"),
        Field("note", Maybe(SENTENCE), "说明"),
    ),
    least=1,
)


@dataclass(frozen=True)
class CaseKeys(Kind):
    """The Case of an executable example: keys of the contract, scheme and place from the rule where left out."""

    def compile(self, node: Node, report: Report) -> Any:
        if isinstance(node, Mapping):
            for key, mark in node.keys.items():
                if key not in BY_NAME:
                    report.error(mark, f"案例没有 {key} 这个键;应当是合同里 Case 的键{nearest(key, list(BY_NAME))}")
            return Anything().compile(node, report)
        self.wrong(node, report)
        return None

    def schema(self) -> dict[str, Any]:
        properties = {name: {"description": item.title} for name, item in BY_NAME.items()}
        return {"type": "object", "properties": properties, "additionalProperties": False}

    def words(self) -> str:
        return "一组 Case 的键"


@dataclass(frozen=True)
class AnswerPath(Kind):
    """A key of the Assessment, or a dotted path into it (`cost.late_fee`, `treatments.0.covered`)."""

    def compile(self, node: Node, report: Report) -> str:
        text = node.text if isinstance(node, Scalar) else ""
        head = text.split(".")[0]
        if head not in ANSWERS:
            report.error(node, f"结果里没有 {head} 这一项;应当是 {'、'.join(ANSWERS)} 之一{nearest(head, ANSWERS)}")
        return text

    def schema(self) -> dict[str, Any]:
        return {"pattern": f"^({'|'.join(ANSWERS)})(\\.[a-z0-9_]+)*$"}

    def words(self) -> str:
        return "结果里的键,可以用点深入,例如 cost.late_fee"


CASE = Keys(
    "案例",
    (
        required("name", TITLE, "一句话说清楚这个案例", "断缴4个月不补缴,六个月半额"),
        Field("origin", CASE_ID, "资料库里的案例编号", "W-036"),
        Field("official", Bool(), "是官方自己举的算例", "true"),
        required("case", CaseKeys(), "问题;scheme、place 不写就用规则的", "{as_of: 2025-06-01, last_paid_month: 2024-12}"),
        required("expect", MapOf(AnswerPath(), ByShape(Anything(), PARTS), 1), "期望的答案", "{waiting: 6 months}"),
    ),
)


@cache
def rule_form(topic_id: str) -> Keys:
    """The form of a rule on one topic."""
    topic = TOPICS[topic_id]
    keyed = FirstWord({"undated": "不知道从哪天起"}, Day())
    reading = Keys(
        "读法",
        (
            required("id", SLUG, "读法编号", "every-year-counts"),
            required("title", TITLE, "这种读法说什么", "断保第一年也算1个月"),
            default("standing", Choice(STANDINGS), "unclear", "在用还是不确定", "unclear"),
            required("differs", topic.differing(), "与规则的值不同的键", "{variable: {per_year: 1 month, beyond_year: 0}}"),
            required("sources", SOURCES, "出处"),
            default("conflict", Maybe(Reference("conflict")), None, "冲突编号", "X-001"),
            Field("note", SENTENCE, "说明"),
        ),
    )
    situations = ListOf(SITUATION, 1)
    return Keys(
        "规则",
        (
            required("id", Text(r"[A-Za-z0-9]+(\.[a-z0-9_-]+){2,3}", "编号,写成 350000.employee.restoration"), "规则编号,和文件路径一致", "350000.employee.restoration"),
            required("title", TITLE, "标题", "福建:职工医保断缴后的待遇"),
            required("place", Reference("place"), "哪里:CN、XPCC 或六位代码", '"350000"'),
            required("schemes", ListOf(Choice({scheme: SCHEME.options[scheme] for scheme in topic.schemes}), 1), "哪些人", "[employee]"),
            required("situations", situations, "什么情形", "[same_place]")
            if topic.id in ("restoration", "ceiling")
            else default("situations", situations, list(SITUATIONS), "什么情形;不写就是全部", "[same_place]"),
            required("topic", Choice({key: item.title for key, item in TOPICS.items()}), "主题", topic.id),
            default("standing", Choice(STANDINGS), "in_force", "在用还是不确定", "in_force"),
            default("conflict", Maybe(Reference("conflict")), None, "冲突编号", "X-012"),
            required("values", MapOf(keyed, Maybe(topic.value()), 1), "从哪天起是什么值;undated 管第一个日期之前;null 表示那天废止"),
            required("sources", SOURCES, "出处,第一个最要紧"),
            default("readings", ListOf(reading), [], "别的读法,各有出处"),
            default("notes", ListOf(SENTENCE), [], "用到这条规则时要提醒的话"),
            required("review_by", Day(), "最晚哪天再核对一次", "2027-03-31"),
            default("cases", ListOf(CASE), [], "可以执行的案例"),
        ),
    )


@dataclass(frozen=True)
class RuleKind(Kind):
    """A rule: what its values may hold depends on its topic."""

    def compile(self, node: Node, report: Report) -> Any:
        topic = node.entries.get("topic") if isinstance(node, Mapping) else None
        name = topic.text if isinstance(topic, Scalar) else ""
        if name not in TOPICS:
            form = Keys("规则", tuple(item for item in rule_form("scope").fields if item.key not in ("values", "readings")))
            loose = (*form.fields, Field("values", Anything(), ""), Field("readings", Anything(), ""))
            return Keys("规则", loose).compile(node, report)
        return rule_form(name).compile(node, report)

    def schema(self) -> dict[str, Any]:
        general = rule_form("scope").schema()
        for key in ("values", "readings", "schemes"):
            general["properties"][key] = {"description": general["properties"][key]["description"]}
        general["required"] = [key for key in general["required"] if key != "situations"]
        branches = []
        for topic in TOPICS.values():
            own = rule_form(topic.id).schema()
            kept = {key: own["properties"][key] for key in ("values", "readings", "schemes")}
            then = {"properties": kept, "required": own["required"]}
            branches.append({"if": {"properties": {"topic": {"const": topic.id}}}, "then": then})
        return {**general, "allOf": branches}

    def words(self) -> str:
        return "一条规则"


DOCUMENT = Keys(
    "文件",
    (
        required("id", SLUG, "文件编号", "gbf-2024-38"),
        required("title", Text(says="标题", longest=200), "标题"),
        default("number", Maybe(Text(says="文号")), None, "文号", '"国办发〔2024〕38号"'),
        required("issuer", Text(says="发文机关"), "发文机关", "国务院办公厅"),
        default("issued", Maybe(Text(r"\d{4}.{0,24}", "以年份开头的日期,知道多少写多少,例如 \"2024-07\"")), None, "印发日期,知道多少写多少", '"2024-07-26"'),
        default("effective", Maybe(Day()), None, "施行日期", "2024-08-01"),
        required("status", Choice(STATUSES), "状态", "in_force"),
        default("official_url", Maybe(OfficialAddress()), None, "官方网址,不确定就写 null"),
        required("copy", NoAddress(), "看到的是什么副本,用文字说", "地方政府网站转载的全文"),
        required("seen", Day(), "哪天看到的", "2026-11-21"),
        required("grade", GRADE, "证据等级", "reprint"),
        default("verified_by", Maybe(Text(says="核对人")), None, "谁打开官方网页核对过"),
        default("verified_on", Maybe(Day()), None, "哪天核对的"),
        default("note", Maybe(SENTENCE), None, "说明"),
        default("dossier", ListOf(FACT), [], "资料库里的编号", "[D-SIL]"),
    ),
)

WORDS = ListOf(SENTENCE)
ABILITY = Maybe(Choice({"yes": "能", "no": "不能", "partly": "部分能"}))

CHANNEL = Keys(
    "渠道",
    (
        required("id", SLUG, "渠道编号", "hotline-12393"),
        required("name", TITLE, "名称", "国家医保服务平台"),
        required("kind", Choice({"hotline": "电话", "app": "手机应用", "website": "网站", "counter": "柜台", "mini_program": "小程序"}), "种类", "app"),
        default("number", Maybe(Text(says="电话号码,加引号")), None, "电话号码", '"12393"'),
        default("url", Maybe(OfficialAddress()), None, "网址"),
        default("does", MapOf(Text(r"[a-z_]+", "事项,例如 balance"), ABILITY), {}, "能办什么:yes、no、partly,不知道写 null", "{balance: yes}"),
        default("steps", MapOf(Text(r"[a-z_]+", "事项,例如 balance"), ListOf(SENTENCE, 1)), {}, "每件事一步一步怎么做"),
        default("hours", Maybe(SENTENCE), None, "服务时间"),
        default("notes", WORDS, [], "提醒"),
        default("sources", ListOf(SOURCE), [], "出处"),
    ),
)

PROCEDURE = Keys(
    "办事步骤",
    (
        required("id", SLUG, "步骤编号", "transfer-in"),
        required("title", TITLE, "标题"),
        required("for", ListOf(SCHEME, 1), "哪些人"),
        required(
            "steps",
            ListOf(Keys("一步", (
                required("do", SENTENCE, "做什么"),
                default("where", Maybe(SENTENCE), None, "在哪里办"),
                default("materials", WORDS, [], "要带什么"),
            )), 1),
            "一步一步怎么办",
        ),
        default("materials", WORDS, [], "总共要带什么"),
        default("takes", Maybe(SENTENCE), None, "要多久"),
        default("notes", WORDS, [], "提醒"),
        default("sources", ListOf(SOURCE), [], "出处"),
    ),
)

GROUP = Keys("人群", (
    required("id", Text(r"[a-z][a-z_]*", "小写英文编号"), "人群编号", "veteran"),
    required("name", TITLE, "名称", "退役军人"),
    required("explain", SENTENCE, "谁算这一类"),
))

_COUNT = Keys("范围", (Field("min", Int(0, 1200), "至少(含)"), Field("max", Int(0, 1200), "至多(含)")), least=1)
_FLAGS = ("back_paid", "in_waiting", "in_window")
_COUNTS = ("lapse", "years_repaid", "continuous_months", "earlier_lapses", "missed_this_year", "unemployment_months")

CLAIM = Keys(
    "说法",
    (
        required("id", Text(r"S[0-9A-Z]*-[0-9A-Z-]+", "说法编号,写成 S0-005"), "说法编号", "S0-005"),
        required("article", Text(r"[A-Za-z0-9_-]+", "文章编号,加引号"), "哪一篇文章", '"000"'),
        required("says", SENTENCE, "文章说了什么,用我们自己的话"),
        required("verdict", Choice(VERDICTS), "核对结果", "local_only"),
        default("decides", ListOf(Reference("rule")), [], "由哪些规则判定"),
        default("why", Maybe(SENTENCE), None, "为什么这样判"),
        Field(
            "when",
            Keys("适用情形", (
                Field("scheme", ListOf(SCHEME, 1), "哪些人", "[employee]"),
                Field("situation", ListOf(SITUATION, 1), "什么情形", "[same_place]"),
                Field("place", ListOf(Reference("place"), 1), "哪里", '["330000"]'),
                Field("exempt_group", ListOf(Reference("group"), 1), "哪些人群", "[newborn]"),
                *(Field(key, _COUNT, BY_NAME[key].title if key in BY_NAME else "断缴月数或断保年数", "{max: 3}") for key in _COUNTS),
                *(Field(key, Bool(), BY_NAME[key].title, "true") for key in _FLAGS),
            )),
            "什么样的问题会被这个说法回答",
        ),
        Field(
            "value",
            Keys("说法的答案", (required("key", AnswerPath(), "回答结果里的哪一项", "waiting"), required("value", Anything(), "答案", "3 months"))),
            "它的答案",
        ),
        default("dossier", ListOf(FACT), [], "资料库里的编号", "[S-001]"),
    ),
)

CONFLICT = Keys(
    "冲突",
    (
        required("id", Text(r"(P\d)?X-\d{3}|CF\d{2}", "冲突编号,写成 X-001"), "冲突编号", "X-001"),
        default("topic", Maybe(TITLE), None, "主题"),
        required("title", TITLE, "哪里说不一样"),
        required(
            "sides",
            ListOf(Keys("一方", (
                required("reading", SENTENCE, "这一方怎么说"),
                default("facts", ListOf(FACT), [], "资料库里的事实编号"),
                default("rules", ListOf(Reference("rule")), [], "写在哪些规则里"),
            )), 2),
            "各方说法",
        ),
        required("matters_when", SENTENCE, "什么时候有差别"),
        required("who_decides", SENTENCE, "谁说了算"),
        required("our_choice", SENTENCE, "我们怎么办"),
    ),
)

PLACE = Keys(
    "地方",
    (
        required("code", Text(r"CN|XPCC|[1-9]\d{5}", "CN、XPCC 或六位数字,加引号"), "代码", '"330100"'),
        required("name", TITLE, "名称", "杭州市"),
        required("parent", Maybe(Reference("place")), "上一级的代码", '"330000"'),
        required("level", Choice({"nation": "全国", "province": "省级", "prefecture": "地市级", "county": "县级"}), "层级", "prefecture"),
        Field("outside", Bool(), "不在这个制度里(港澳台)", "true"),
        Field("own_code", Bool(), "代码是我们自己定的", "true"),
        Field("note", SENTENCE, "说明"),
    ),
)

RULEBOOK = Keys(
    "规则库",
    (
        required("version", Text(r"\d{4}\.\d{1,2}\.\d+", "版本号,写成 \"2026.11.1\""), "版本", '"2026.11.1"'),
        required("data_date", Day(), "资料截止到哪天", "2026-11-21"),
        required("title", TITLE, "名称"),
    ),
)

FORMS: dict[str, Kind] = {
    "rule": RuleKind(), "document": DOCUMENT, "channel": CHANNEL, "procedure": PROCEDURE, "group": GROUP,
    "claim": CLAIM, "conflict": CONFLICT, "place": PLACE, "rulebook": RULEBOOK,
}
