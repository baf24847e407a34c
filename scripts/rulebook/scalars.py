"""The words of a schema: what a single value may be.

Each kind says three things about itself, so that a schema is written once: how a node is checked and compiled
(`compile`), its JSON Schema for the editor (`schema`), and a few Chinese words for the docs and the messages (`words`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Mapping as Dict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from scripts.rulebook.errors import Mark, RuleError
from scripts.rulebook.positions import Mapping, Node, Scalar, Sequence


@dataclass
class Report:
    """Where the checks of one run put what they find: mistakes, and references to look up once all files are read."""

    errors: list[RuleError] = field(default_factory=list)
    references: list[tuple[str, str, Mark]] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    """Kinds of which some file could not be read, so that not every id is known."""

    def error(self, at: Node | Mark, message: str) -> None:
        self.errors.append(RuleError(at if isinstance(at, Mark) else at.mark, message))


def remedy(word: str, known: Iterable[str], otherwise: str) -> str:
    """What to write instead: the known word most like `word`, else `otherwise`."""
    close = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"是不是想写 {close[0]}" if close else otherwise


def shown(node: Node) -> str:
    """How a message begins: what it found."""
    if isinstance(node, Mapping):
        return "这里是一组键"
    if isinstance(node, Sequence):
        return "这里是一个列表"
    return "这里是空的" if node.kind == "null" else f"{node.text} 不对"


class Kind:
    """One kind of value. After `compile` reported a mistake, what it returned is not used."""

    def compile(self, node: Node, report: Report) -> Any:
        raise NotImplementedError

    def schema(self) -> dict[str, Any]:
        raise NotImplementedError

    def words(self) -> str:
        raise NotImplementedError

    def wrong(self, node: Node, report: Report) -> None:
        report.error(node, f"{shown(node)};应当是{self.words()}")


@dataclass(frozen=True)
class Text(Kind):
    """A string; `pattern` must match all of it, and `says` then tells what it looks like."""

    pattern: str = ""
    says: str = "一段文字"
    longest: int = 600

    def compile(self, node: Node, report: Report) -> str | None:
        if isinstance(node, Scalar) and node.kind in ("int", "number", "bool"):
            report.error(node, f'{node.text} 没有加引号;应当写成 "{node.text}"')
        elif (
            not isinstance(node, Scalar)
            or node.kind != "text"
            or not node.text.strip()
            or (self.pattern and not re.fullmatch(self.pattern, node.text))
        ):
            self.wrong(node, report)
        elif len(node.text) > self.longest:
            report.error(node, f"文字有 {len(node.text)} 个字;应当不超过 {self.longest} 个字")
        else:
            return node.text.strip()
        return None

    def schema(self) -> dict[str, Any]:
        found: dict[str, Any] = {"type": "string", "maxLength": self.longest}
        return {**found, "pattern": f"^(?:{self.pattern})$"} if self.pattern else found

    def words(self) -> str:
        return self.says


@dataclass(frozen=True)
class Int(Kind):
    """A whole number between `low` and `high`, inclusive."""

    low: int = 0
    high: int = 10_000

    def compile(self, node: Node, report: Report) -> int | None:
        if isinstance(node, Scalar) and node.kind == "int":
            number = int(node.text)
            if self.low <= number <= self.high:
                return number
        self.wrong(node, report)
        return None

    def schema(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.low, "maximum": self.high}

    def words(self) -> str:
        return f" {self.low} 到 {self.high} 的整数"


@dataclass(frozen=True)
class Bool(Kind):
    """true or false."""

    def compile(self, node: Node, report: Report) -> bool | None:
        if isinstance(node, Scalar) and node.kind == "bool":
            return node.text.lower() == "true"
        self.wrong(node, report)
        return None

    def schema(self) -> dict[str, Any]:
        return {"type": "boolean"}

    def words(self) -> str:
        return " true 或 false"


@dataclass(frozen=True)
class Choice(Kind):
    """One of a few words, each with its meaning in Chinese."""

    options: Dict[str, str]

    def compile(self, node: Node, report: Report) -> str | None:
        if isinstance(node, Scalar) and node.text in self.options:
            return node.text
        if isinstance(node, Scalar) and node.kind != "null":
            report.error(node, f"没有 {node.text} 这个写法;{remedy(node.text, self.options, f'应当是{self.words()}')}")
        else:
            self.wrong(node, report)
        return None

    def schema(self) -> dict[str, Any]:
        return {"enum": list(self.options), "markdownEnumDescriptions": list(self.options.values())}

    def words(self) -> str:
        return " " + "、".join(self.options) + (" 之一" if len(self.options) > 1 else "")


@dataclass(frozen=True)
class Day(Kind):
    """A calendar day, kept as ISO text. `first_of_january` asks for the first day of an insured year."""

    def compile(self, node: Node, report: Report) -> str | None:
        if isinstance(node, Scalar) and is_day(node.text):
            return node.text
        if isinstance(node, Scalar) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", node.text):
            report.error(node, f"日历上没有 {node.text} 这一天;应当是真有的日期")
        else:
            self.wrong(node, report)
        return None

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}

    def words(self) -> str:
        return "日期,写成 2026-07-01"


def is_day(text: str) -> bool:
    """Whether the text is a day of the calendar written YYYY-MM-DD."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


LENGTH = re.compile(r"(\d{1,4}) (day|month|year)(s?)")
_LOOSE_LENGTH = re.compile(r"(\d{1,4})\s*-?\s*(days?|months?|years?|天|日|个?月|年)", re.IGNORECASE)
_UNITS = {"d": "day", "m": "month", "y": "year", "天": "day", "日": "day", "个": "month", "月": "month", "年": "year"}


def written(n: int, unit: str) -> str:
    """A length as rule files write it: `1 month`, `3 months`."""
    return f"{n} {unit}" if n == 1 else f"{n} {unit}s"


@dataclass(frozen=True)
class Length(Kind):
    """A length of time such as `3 months`, compiled to {"n": 3, "unit": "month"}."""

    units: tuple[str, ...] = ("day", "month", "year")

    def compile(self, node: Node, report: Report) -> dict[str, Any] | None:
        text = node.text if isinstance(node, Scalar) else ""
        match = LENGTH.fullmatch(text)
        if match and match[2] in self.units and text == written(int(match[1]), match[2]):
            return {"n": int(match[1]), "unit": match[2]}
        loose = _LOOSE_LENGTH.fullmatch(text)
        unit = _UNITS[loose[2][0].lower()] if loose else ""
        if loose and unit in self.units:
            report.error(node, f"长度 {text} 写法不对;应当写成 {written(int(loose[1]), unit)}")
        elif text.isdecimal():
            unit = "month" if "month" in self.units else self.units[0]
            report.error(node, f"长度 {text} 没有单位;应当写成 {written(int(text), unit)}")
        else:
            self.wrong(node, report)
        return None

    def schema(self) -> dict[str, Any]:
        return {
            "type": "string",
            "pattern": rf"^(1 ({'|'.join(self.units)})|(0|[2-9]|[1-9]\d+) ({'|'.join(self.units)})s)$",
        }

    def words(self) -> str:
        return "长度,写成 " + " 或 ".join(written(3, unit) for unit in self.units)


@dataclass(frozen=True)
class Number(Kind):
    """A quoted decimal: money in CNY or a ratio. Stays a string."""

    high: str = "10000000"
    low: str = "0"

    def compile(self, node: Node, report: Report) -> str | None:
        if isinstance(node, Scalar) and node.kind in ("int", "number"):
            report.error(node, f'数 {node.text} 没有加引号;应当写成 "{node.text}"')
        elif not isinstance(node, Scalar) or not re.fullmatch(r"(0|[1-9]\d{0,8})(\.\d{1,8})?", node.text):
            self.wrong(node, report)
        elif not Decimal(self.low) <= Decimal(node.text) <= Decimal(self.high):
            report.error(node, f"{node.text} 超出范围;应当在 {self.low} 到 {self.high} 之间")
        else:
            return node.text
        return None

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": r"^(0|[1-9]\d{0,8})(\.\d{1,8})?$"}

    def words(self) -> str:
        return f"加引号的数,{self.low} 到 {self.high}"


@dataclass(frozen=True)
class Reference(Kind):
    """The id of something else in the rulebook (`of` is a key of REFERENCE_WORDS)."""

    of: str

    def compile(self, node: Node, report: Report) -> str | None:
        text = Text(says=self.words().strip()).compile(node, report)
        if text is not None:
            report.references.append((self.of, text, node.mark))
        return text

    def schema(self) -> dict[str, Any]:
        return {"type": "string"}

    def words(self) -> str:
        return REFERENCE_WORDS[self.of]


REFERENCE_WORDS = {
    "document": "文件编号",
    "rule": "规则编号",
    "place": "地方代码(六位,加引号)",
    "group": "人群编号",
    "channel": "渠道编号",
    "conflict": "冲突编号",
    "procedure": "步骤编号",
    "claim": "说法编号",
}
