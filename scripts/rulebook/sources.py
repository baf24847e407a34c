"""Where something was seen: a source, an official address, and words that may not hold an address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from scripts.rulebook.kinds import Field, Keys, ListOf, Maybe, default, required
from scripts.rulebook.positions import Node
from scripts.rulebook.scalars import Choice, Day, Kind, Reference, Report, Text
from scripts.rulebook.vocabulary import CONFIDENCES, FACT, GRADE, SENTENCE

OFFICIAL_HOSTS = ("gov.cn", "12333.cn")
ADDRESS = re.compile(r"https?://([a-z0-9.-]+)(:[0-9]{1,5})?([/?#][A-Za-z0-9._~%!$&*+,;=:@/?#-]*)?")
"""Plain signs alone: what browsers read in two ways (a backslash, a name before the host) or pages would have to mask is none."""


@dataclass(frozen=True)
class OfficialAddress(Kind):
    """An https address on a government domain: the only kind of address that pages may call official."""

    def compile(self, node: Node, report: Report) -> str | None:
        text = Text(r"https?://\S+", "网址").compile(node, report)
        found = ADDRESS.fullmatch(text or "")
        if text and not found:
            report.error(node, "网址里有不该有的字符;应当只有域名、端口和路径,汉字和括号写成 %XX")
        elif found and not any(f".{found[1]}".endswith(f".{official}") for official in OFFICIAL_HOSTS):
            report.error(node, f"{found[1]} 不是官方域名;应当是 *.gov.cn 的网址,没有就写 null")
        return text

    def schema(self) -> dict[str, Any]:
        hosts = "|".join(map(re.escape, OFFICIAL_HOSTS))
        return {"type": "string", "pattern": rf"^{ADDRESS.pattern.replace('([a-z0-9.-]+)', rf'([a-z0-9.-]+[.])?({hosts})', 1)}$"}

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
        default(
            "clause", Maybe(Text(says="条款,例如 第十二条")), None, "第几条;没看到就写 null,页面会标待核实", "第十二条"
        ),
        required("grade", GRADE, "证据等级", "official_text"),
        required("confidence", Choice(CONFIDENCES), "把握", "high"),
        required("seen", Day(), "哪天看到的", "2026-11-21"),
        default("facts", ListOf(FACT), [], "资料库里的事实编号", "[N-040, N-041]"),
        Field("note", SENTENCE, "关于这个出处要说明的"),
    ),
)
SOURCES = ListOf(SOURCE, 1)
