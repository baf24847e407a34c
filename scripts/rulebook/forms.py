"""One schema for each kind of file under rules/: the check, the editor's JSON Schema and the docs are made from it."""

from __future__ import annotations

from typing import Any
from unicodedata import normalize

from scripts.rulebook.calendarform import CALENDAR
from scripts.rulebook.claimform import CLAIM
from scripts.rulebook.kinds import Field, Keys, ListOf, MapOf, Maybe, default, required
from scripts.rulebook.ledgerform import LEDGER
from scripts.rulebook.positions import Mapping, mark_at
from scripts.rulebook.ruleform import RuleKind
from scripts.rulebook.scalars import Bool, Choice, Day, Kind, Reference, Report, Text
from scripts.rulebook.sources import SOURCE, NoAddress, OfficialAddress
from scripts.rulebook.vocabulary import (
    FACT,
    GRADE,
    SCHEME,
    SENTENCE,
    SLUG,
    STATUSES,
    TITLE,
)

VERIFIED = ("verified_by", "verified_on", "official_url", "sha256")
"""What one person records who opened the official page. `reviewed_by` is the second one."""


def _check_verified(node: Mapping, value: dict[str, Any], report: Report) -> None:
    """Whoever verified a document says when, at which address and what was saved; someone else reviews it."""
    missing = [key for key in VERIFIED if value[key] is None]
    if missing and any(value[key] for key in ("verified_by", "verified_on", "reviewed_by")):
        report.error(
            node, f"写了核对,却缺 {'、'.join(missing)};应当四样都写:谁、哪天、官方网址、存下来的网页的 sha256"
        )
    elif value["reviewed_by"] and _name(value["reviewed_by"]) == _name(value["verified_by"]):
        report.error(
            mark_at(node, "reviewed_by"),
            f"复核人和核对人都是 {value['reviewed_by']};应当由另一个人打开官方网页再看一遍",
        )


def _name(person: str) -> str:
    """A person's name, so that a blank, a capital or a full-width letter does not make two of one."""
    return "".join(normalize("NFKC", person).split()).casefold()


DOCUMENT = Keys(
    "文件",
    (
        required("id", SLUG, "文件编号", "gbf-2024-38"),
        required("title", Text(says="标题", longest=200), "标题"),
        Field("kind", Choice({"summary": "本站归纳,不是一份文件"}), "不是一份文件时写", "summary"),
        default("number", Maybe(Text(says="文号")), None, "文号", '"国办发〔2024〕38号"'),
        required("issuer", Text(says="发文机关"), "发文机关", "国务院办公厅"),
        default(
            "issued",
            Maybe(Text(r"\d{4}.{0,24}", '以年份开头的日期,知道多少写多少,例如 "2024-07"')),
            None,
            "印发日期,知道多少写多少",
            '"2024-07-26"',
        ),
        default("effective", Maybe(Day()), None, "施行日期", "2024-08-01"),
        required("status", Choice(STATUSES), "状态", "in_force"),
        default("official_url", Maybe(OfficialAddress()), None, "官方网址,不确定就写 null"),
        required("copy", NoAddress(), "看到的是什么副本,用文字说", "地方政府网站转载的全文"),
        required("seen", Day(), "哪天看到的", "2026-11-21"),
        required("grade", GRADE, "证据等级", "reprint"),
        default("verified_by", Maybe(Text(says="核对人")), None, "谁打开官方网页核对过"),
        default("verified_on", Maybe(Day()), None, "哪天核对的"),
        default("reviewed_by", Maybe(Text(says="复核人")), None, "另一个人,也打开官方网页看过"),
        default(
            "sha256",
            Maybe(Text(r"[0-9a-f]{64}", "64位小写十六进制的 sha256")),
            None,
            "核对时存下来的网页或PDF的 sha256",
        ),
        default("note", Maybe(SENTENCE), None, "说明"),
        default("dossier", ListOf(FACT), [], "资料库里的编号", "[D-SIL]"),
    ),
    afterwards=_check_verified,
)

WORDS = ListOf(SENTENCE)
ABILITY = Maybe(Choice({"yes": "能", "no": "不能", "partly": "部分能"}))

CHANNEL = Keys(
    "渠道",
    (
        required("id", SLUG, "渠道编号", "hotline-12393"),
        required("name", TITLE, "名称", "国家医保服务平台"),
        required(
            "kind",
            Choice(
                {"hotline": "电话", "app": "手机应用", "website": "网站", "counter": "柜台", "mini_program": "小程序"}
            ),
            "种类",
            "app",
        ),
        default("number", Maybe(Text(says="电话号码,加引号")), None, "电话号码", '"12393"'),
        default("url", Maybe(OfficialAddress()), None, "网址"),
        default(
            "does",
            MapOf(Text(r"[a-z_]+", "事项,例如 balance"), ABILITY),
            {},
            "能办什么:yes、no、partly,不知道写 null",
            "{balance: yes}",
        ),
        default("steps", MapOf(Text(r"[a-z_]+", "事项,例如 balance"), ListOf(SENTENCE, 1)), {}, "每件事一步一步怎么做"),
        default("verify", Bool(), False, "答不出来时就请读者去问这里", "true"),
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
            ListOf(
                Keys(
                    "一步",
                    (
                        required("do", SENTENCE, "做什么"),
                        default("where", Maybe(SENTENCE), None, "在哪里办"),
                        default("materials", WORDS, [], "要带什么"),
                    ),
                ),
                1,
            ),
            "一步一步怎么办",
        ),
        default("materials", WORDS, [], "总共要带什么"),
        default("takes", Maybe(SENTENCE), None, "要多久"),
        default("notes", WORDS, [], "提醒"),
        default("sources", ListOf(SOURCE), [], "出处"),
    ),
)

GROUP = Keys(
    "人群",
    (
        required("id", Text(r"[a-z][a-z_]*", "小写英文编号"), "人群编号", "veteran"),
        required("name", TITLE, "名称", "退役军人"),
        required("explain", SENTENCE, "谁算这一类"),
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
            ListOf(
                Keys(
                    "一方",
                    (
                        required("reading", SENTENCE, "这一方怎么说"),
                        default("facts", ListOf(FACT), [], "资料库里的事实编号"),
                        default("rules", ListOf(Reference("rule")), [], "写在哪些规则里"),
                        default("claims", ListOf(Reference("claim")), [], "哪些文章说法这样讲"),
                    ),
                ),
                2,
            ),
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
        required(
            "level",
            Choice({"nation": "全国", "province": "省级", "prefecture": "地市级", "county": "县级"}),
            "层级",
            "prefecture",
        ),
        Field("outside", Bool(), "不在这个制度里(港澳台)", "true"),
        Field("own_code", Bool(), "代码是我们自己定的", "true"),
        Field("note", SENTENCE, "说明"),
    ),
)

REMOVED = Keys(
    "撤下的规则",
    (
        required("rule", Text(r"[A-Za-z0-9]+(\.[a-z0-9_-]+){2,3}", "规则编号"), "撤下的是哪一条", "330400.flexible.restoration"),
        required("on", Day(), "哪天撤下的", "2026-12-05"),
        required("why", SENTENCE, "为什么撤下", "出处写的是另一个城市"),
    ),
)

RULEBOOK = Keys(
    "规则库",
    (
        required("version", Text(r"\d{4}\.\d{1,2}\.\d+", '版本号,写成 "2026.11.1"'), "版本", '"2026.11.1"'),
        required("data_date", Day(), "资料截止到哪天", "2026-11-21"),
        required("title", TITLE, "名称"),
        Field("removed", ListOf(REMOVED, 1), "撤下过的规则和原因,从早到晚", "[{rule: …, on: 2026-12-05, why: …}]"),
    ),
)

FORMS: dict[str, Kind] = {
    "rule": RuleKind(),
    "document": DOCUMENT,
    "channel": CHANNEL,
    "procedure": PROCEDURE,
    "group": GROUP,
    "claim": CLAIM,
    "conflict": CONFLICT,
    "ledger": LEDGER,
    "place": PLACE,
    "rulebook": RULEBOOK,
    "calendar": CALENDAR,
}
