"""YAML text → values that remember where they stood.

Only the plain part of YAML is read: mappings, lists, scalars. Anchors, aliases, tags, several documents in a file,
repeated keys, deep nesting and big files are refused. Scalars follow YAML 1.2: `yes` and `12:30` are words, a date is
a word that stays as it was typed, and a number with a point is kept apart so that money has to be quoted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, NoReturn

import yaml

from scripts.rulebook.errors import Mark, RuleError, RuleErrors

MAX_BYTES = 256 * 1024
MAX_DEPTH = 16

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,14})")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
"""Signs that are not seen, or that turn what is read: in quotes YAML lets one write any of them."""
_NUMBER = re.compile(
    r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|0x[0-9a-fA-F]+|0o[0-7]+|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"
)
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_BOOLS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}


@dataclass(frozen=True)
class Scalar:
    """One word of a file. `kind` is text, int, number (unquoted, not an integer as we write them), bool or null."""

    mark: Mark
    text: str
    kind: str

    @property
    def value(self) -> str | int | bool | None:
        if self.kind == "null":
            return None
        if self.kind == "bool":
            return _BOOLS[self.text]
        return int(self.text) if self.kind == "int" else self.text


@dataclass(frozen=True)
class Sequence:
    """A list and where it begins."""

    mark: Mark
    items: list[Node] = field(default_factory=list)


@dataclass(frozen=True)
class Mapping:
    """Keys with their own marks, in the file's order."""

    mark: Mark
    entries: dict[str, Node] = field(default_factory=dict)
    keys: dict[str, Mark] = field(default_factory=dict)


Node = Scalar | Sequence | Mapping


def plain(node: Node) -> Any:
    """The node as ordinary Python values, positions forgotten."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {key: plain(value) for key, value in node.entries.items()}


def mark_at(node: Node, *steps: str | int) -> Mark:
    """The position reached by following keys and indexes as far as they go; for a key, where the key stands."""
    mark = node.mark
    for step in steps:
        if isinstance(node, Mapping) and isinstance(step, str) and step in node.entries:
            mark, node = node.keys[step], node.entries[step]
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
            mark = node.mark
        else:
            break
    return mark


@lru_cache(maxsize=1024)
def _tree(text: str, shown_as: str) -> Node:
    """A build asks for the same files several times: rules, their examples, the ledger. Nobody changes a tree."""
    return _Builder(shown_as).build(yaml.parse(text, Loader=_LOADER))


def read_yaml(path: Path, shown_as: str) -> Node:
    """Parse one file. Raises RuleErrors naming `shown_as` when it cannot be read as one tree."""
    start = Mark(shown_as, 1, 1)
    if (size := path.stat().st_size) > MAX_BYTES:
        raise RuleErrors([RuleError(start, f"文件有 {size} 字节;应当不超过 {MAX_BYTES} 字节,请拆成几个文件")])
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise RuleErrors([RuleError(Mark(shown_as, line, 1), "不是 UTF-8 文字;应当存成 UTF-8")]) from None
    try:
        return _tree(text, shown_as)
    except yaml.MarkedYAMLError as error:
        at = error.problem_mark or error.context_mark
        mark = Mark(shown_as, at.line + 1, at.column + 1) if at else start
        raise RuleErrors([RuleError(mark, f"YAML 写法不对;{_plain_problem(error.problem)}")]) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise RuleErrors([RuleError(Mark(shown_as, line, 1), "有不能显示的控制字符;应当删掉")]) from None


_PROBLEMS = {
    "mapping values are not allowed": "文字里的冒号要加引号",
    "tab character": "缩进要用空格,不用制表符",
    "'\\t' that cannot start": "缩进要用空格,不用制表符",
    "cannot start any token": "文字开头的特殊符号要加引号",
    "expected ',' or '}'": "花括号要收尾,项与项之间要有逗号",
    "expected ',' or ']'": "方括号要收尾,项与项之间要有逗号",
    "did not find expected key": "缩进要对齐,引号后面不再写字",
    "expected <block end>": "缩进要对齐,引号后面不再写字",
    "expected '-' indicator": "列表的每一项要用 - 开头并对齐",
    "could not find expected ':'": "键后面要有冒号和空格",
    "unexpected end of stream": "引号要收尾",
}
"""Parts of what the two YAML parsers complain of most, as what would be right."""


def _plain_problem(problem: str | None) -> str:
    known = next((right for part, right in _PROBLEMS.items() if part in (problem or "")), None)
    return f"应当改:{known}" if known else f"应当检查缩进、冒号后的空格和引号({problem})"


class _Stop(Exception):
    """The tree cannot be read any further."""


class _Builder:
    """Builds one tree from the parser's events, without recursion into the parser."""

    def __init__(self, shown_as: str) -> None:
        self.shown_as = shown_as
        self.errors: list[RuleError] = []

    def build(self, events: Iterator[yaml.Event]) -> Node:
        root: Node | None = None
        try:
            for event in events:
                if isinstance(event, yaml.DocumentStartEvent) and root is not None:
                    self._refuse(event, "一个文件里有两份文档(---);应当分成两个文件")
                if isinstance(event, yaml.NodeEvent):
                    root = self._node(event, events, 0)
        except _Stop:
            pass
        if root is None and not self.errors:
            self.errors.append(RuleError(Mark(self.shown_as, 1, 1), "文件是空的;应当写上内容或删掉文件"))
        if self.errors or root is None:
            raise RuleErrors(self.errors)
        return root

    def _mark(self, event: yaml.Event) -> Mark:
        at = event.start_mark
        return Mark(self.shown_as, at.line + 1, at.column + 1) if at else Mark(self.shown_as, 1, 1)

    def _refuse(self, event: yaml.Event, message: str) -> NoReturn:
        self.errors.append(RuleError(self._mark(event), message))
        raise _Stop

    def _refuse_cleverness(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self._refuse(event, "用了锚点或别名(& 或 *);应当把内容原样再写一遍")
        if tag := getattr(event, "tag", None):
            self._refuse(event, f"用了标签 {tag};应当去掉,规则文件只写普通的值")
        if _CONTROL.search(getattr(event, "value", "")):
            self._refuse(event, "有不能显示的控制字符;应当删掉")

    def _node(self, event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Node:
        self._refuse_cleverness(event)
        if depth > MAX_DEPTH:
            self._refuse(event, f"嵌套超过 {MAX_DEPTH} 层;应当写浅一些")
        if isinstance(event, yaml.ScalarEvent):
            return Scalar(self._mark(event), event.value, _kind(event))
        if isinstance(event, yaml.SequenceStartEvent):
            items = Sequence(self._mark(event))
            while not isinstance(child := next(events), yaml.SequenceEndEvent):
                items.items.append(self._node(child, events, depth + 1))
            return items
        return self._mapping(event, events, depth)

    def _mapping(self, event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Mapping:
        mapping = Mapping(self._mark(event))
        while not isinstance(child := next(events), yaml.MappingEndEvent):
            if not isinstance(child, yaml.ScalarEvent):
                self._refuse(child, "键不是一个词;应当写成 `键: 值`")
            self._refuse_cleverness(child)
            key, mark = child.value, self._mark(child)
            value = self._node(next(events), events, depth + 1)
            if key in mapping.entries:
                first = mapping.keys[key].line
                self.errors.append(RuleError(mark, f"键 {key} 重复,第 {first} 行已经有了;应当只留一个"))
                continue
            mapping.entries[key], mapping.keys[key] = value, mark
        return mapping


def _kind(event: yaml.ScalarEvent) -> str:
    """Text, int, number, bool or null, as YAML 1.2 reads a plain word."""
    if event.style:  # the C parser says "" for a plain word, the Python one None
        return "text"
    if event.value in _NULLS:
        return "null"
    if event.value in _BOOLS:
        return "bool"
    if _INTEGER.fullmatch(event.value):
        return "int"
    return "number" if _NUMBER.fullmatch(event.value) else "text"
