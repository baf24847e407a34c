"""The words of a schema: values made of other values (lists, keys, choices by shape)."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as Dict
from dataclasses import dataclass
from typing import Any

from scripts.rulebook.positions import Mapping, Node, Scalar, Sequence
from scripts.rulebook.scalars import Kind, Report, remedy, shown


@dataclass(frozen=True)
class Anything(Kind):
    """Any scalar, or lists and mappings of scalars: facts that pages show and nobody computes from."""

    def compile(self, node: Node, report: Report) -> Any:
        if isinstance(node, Scalar):
            if node.kind == "number":
                report.error(node, f'数 {node.text} 没有加引号;应当写成 "{node.text}"')
            return node.value
        if isinstance(node, Sequence):
            return [self.compile(item, report) for item in node.items]
        return {key: self.compile(value, report) for key, value in node.entries.items()}

    def schema(self) -> dict[str, Any]:
        return {}

    def words(self) -> str:
        return "任意的值"


@dataclass(frozen=True)
class Maybe(Kind):
    """A value or null."""

    of: Kind

    def compile(self, node: Node, report: Report) -> Any:
        if isinstance(node, Scalar) and node.kind == "null":
            return None
        return self.of.compile(node, report)

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [self.of.schema(), {"type": "null"}]}

    def words(self) -> str:
        return f"{self.of.words()},或 null"


@dataclass(frozen=True)
class ListOf(Kind):
    """A list of at least `least` items of one kind."""

    of: Kind
    least: int = 0

    def compile(self, node: Node, report: Report) -> list[Any] | None:
        if not isinstance(node, Sequence):
            report.error(node, f"{shown(node)};应当写成列表,每项是{self.of.words()}")
            return None
        if len(node.items) < self.least:
            report.error(node, f"列表只有 {len(node.items)} 项;应当至少有 {self.least} 项,每项是{self.of.words()}")
        return [self.of.compile(item, report) for item in node.items]

    def schema(self) -> dict[str, Any]:
        return {"type": "array", "items": self.of.schema(), "minItems": self.least}

    def words(self) -> str:
        return f"列表,每项是{self.of.words()}"


@dataclass(frozen=True)
class MapOf(Kind):
    """A mapping whose keys are themselves values of a kind (dates, group ids …)."""

    keys: Kind
    values: Kind
    least: int = 0

    def compile(self, node: Node, report: Report) -> dict[str, Any] | None:
        if not isinstance(node, Mapping):
            report.error(node, f"{shown(node)};应当是{self.words()}")
            return None
        if len(node.entries) < self.least:
            report.error(node, f"这里是空的;应当至少写一项,键是{self.keys.words()}")
        for key, mark in node.keys.items():
            self.keys.compile(Scalar(mark, key, "text"), report)
        return {key: self.values.compile(value, report) for key, value in node.entries.items()}

    def schema(self) -> dict[str, Any]:
        keys = {key: value for key, value in self.keys.schema().items() if key in ("pattern", "enum", "anyOf")}
        return {
            "type": "object",
            "propertyNames": keys,
            "additionalProperties": self.values.schema(),
            "minProperties": self.least,
        }

    def words(self) -> str:
        return f"一组键值,键是{self.keys.words()}"


@dataclass(frozen=True)
class ByShape(Kind):
    """Different kinds by how the value is written: as a word, as a list, or as keys."""

    word: Kind | None = None
    keys: Kind | None = None
    items: Kind | None = None

    def compile(self, node: Node, report: Report) -> Any:
        kind = self.word if isinstance(node, Scalar) else self.keys if isinstance(node, Mapping) else self.items
        if kind is None:
            self.wrong(node, report)
            return None
        return kind.compile(node, report)

    def kinds(self) -> list[Kind]:
        """The kinds that stand for some shape."""
        return [kind for kind in (self.word, self.keys, self.items) if kind is not None]

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [kind.schema() for kind in self.kinds()]}

    def words(self) -> str:
        return ",或".join(kind.words() for kind in self.kinds())


@dataclass(frozen=True)
class FirstWord(Kind):
    """A word out of `options`, else a value of another scalar kind (such as `unstated`, else a length)."""

    options: Dict[str, str]
    otherwise: Kind

    def compile(self, node: Node, report: Report) -> Any:
        if isinstance(node, Scalar) and node.text in self.options:
            return node.text
        return self.otherwise.compile(node, report)

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [{"enum": list(self.options)}, self.otherwise.schema()]}

    def words(self) -> str:
        return f"{self.otherwise.words()},或 {'、'.join(self.options)}"


@dataclass(frozen=True)
class Field:
    """One key of an object: its meaning and an example for the docs, and what stands in when it is left out."""

    key: str
    kind: Kind
    meaning: str
    example: str = ""
    required: bool = False
    default: Any = None
    has_default: bool = False


def default(key: str, kind: Kind, value: Any, meaning: str, example: str = "") -> Field:
    """A key that is filled in when the file leaves it out."""
    return Field(key, kind, meaning, example, default=value, has_default=True)


def required(key: str, kind: Kind, meaning: str, example: str = "") -> Field:
    """A key that every file must have."""
    return Field(key, kind, meaning, example, required=True)


Afterwards = Callable[[Mapping, dict[str, Any], Report], None]


@dataclass(frozen=True)
class Keys(Kind):
    """A mapping with named keys. `exactly_one`: of these keys only one stands. `least`: how many keys it needs."""

    name: str
    fields: tuple[Field, ...]
    exactly_one: tuple[str, ...] = ()
    least: int = 0
    afterwards: Afterwards | None = None

    def compile(self, node: Node, report: Report) -> dict[str, Any] | None:
        if not isinstance(node, Mapping):
            report.error(node, f"{shown(node)};应当是{self.words()}")
            return None
        before = len(report.errors)
        known = {item.key: item for item in self.fields}
        for key, mark in node.keys.items():
            if key not in known and key != key.encode("ascii", "ignore").decode():
                report.error(mark, f"{self.name}里的“{key}”被读成了一个键;带逗号或冒号的文字应当加引号")
            elif key not in known:
                choices = f"应当是 {'、'.join(known)} 之一"
                report.error(mark, f"{self.name}没有 {key} 这个键;{remedy(key, known, choices)}")
        self._missing(node, report)
        compiled: dict[str, Any] = {}
        for item in self.fields:
            if item.key in node.entries:
                compiled[item.key] = item.kind.compile(node.entries[item.key], report)
            elif item.has_default:
                compiled[item.key] = item.default
        if self.afterwards is not None and len(report.errors) == before:
            self.afterwards(node, compiled, report)
        return compiled

    def _missing(self, node: Mapping, report: Report) -> None:
        for item in self.fields:
            if item.required and item.key not in node.entries:
                example = f",例如 {item.key}: {item.example}" if item.example else ""
                report.error(node, f"{self.name}缺少 {item.key}({item.meaning});应当补上{example}")
        chosen = [key for key in self.exactly_one if key in node.entries]
        if self.exactly_one and len(chosen) != 1:
            report.error(node, f"{self.name}里 {'、'.join(self.exactly_one)} 写了 {len(chosen)} 个;应当只写一个")
        elif len(node.entries) < self.least:
            report.error(node, f"{self.name}是空的;应当至少写 {'、'.join(item.key for item in self.fields)} 里的一个")

    def schema(self) -> dict[str, Any]:
        properties = {item.key: {**item.kind.schema(), "description": described(item)} for item in self.fields}
        found: dict[str, Any] = {"type": "object", "properties": properties, "additionalProperties": False}
        needed = [item.key for item in self.fields if item.required]
        if needed:
            found["required"] = needed
        if self.exactly_one:
            found["oneOf"] = [{"required": [key]} for key in self.exactly_one]
        if self.least:
            found["minProperties"] = self.least
        return found

    def words(self) -> str:
        return f"{self.name}(键有 {'、'.join(item.key for item in self.fields)})"


def described(item: Field) -> str:
    """What the editor shows for a key."""
    return f"{item.meaning}。例:{item.example}" if item.example else item.meaning
