"""The files under rules/, each read and checked against the form of its kind."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts.rulebook.errors import Mark, RuleErrors
from scripts.rulebook.forms import FORMS
from scripts.rulebook.positions import Node, Sequence, read_yaml
from scripts.rulebook.scalars import Report

FOLDERS = {
    "documents": "document",
    "channels": "channel",
    "procedures": "procedure",
    "claims": "claim",
    "conflicts": "conflict",
    "ledger": "ledger",
    "places": "place",
}
SINGLE = {"rulebook.yaml": "rulebook", "groups.yaml": "group", "calendar.yaml": "calendar"}
APART = ("released", "seen")
"""Folders that programs keep beside the rules: rulebooks as they were published, and what the official addresses showed."""
PLACE_FOLDER = re.compile(r"(CN|XPCC|\d{6})(-(.+))?")


@dataclass(frozen=True)
class Item:
    """One rule, document, place …: its compiled value, where it stood, and whether it is free of mistakes so far."""

    kind: str
    path: str
    node: Node
    data: dict[str, Any]
    sound: bool

    @property
    def id(self) -> str:
        return str(self.data.get("code" if self.kind == "place" else "id") or "")


def kind_of(parts: tuple[str, ...]) -> str | None:
    """The kind of a file by its path below rules/; None for a path that has no meaning."""
    if len(parts) == 1:
        return SINGLE.get(parts[0])
    if parts[0] in FOLDERS:
        return FOLDERS[parts[0]]
    return "rule" if all(PLACE_FOLDER.fullmatch(part) for part in parts[:-1]) else None


def load(rules_dir: Path, report: Report) -> list[Item]:
    """Every item of every file, in the order of the paths. Mistakes go to `report`."""
    return [item for path in files(rules_dir) for item in load_file(rules_dir, path, report)]


def files(rules_dir: Path) -> list[Path]:
    """The files below rules/ that are read, in order."""
    found = sorted(path for path in rules_dir.rglob("*") if path.is_file())
    return [
        path
        for path in found
        if path.suffix != ".md" and not path.name.startswith(".") and path.relative_to(rules_dir).parts[0] not in APART
    ]


def load_file(rules_dir: Path, path: Path, report: Report) -> list[Item]:
    """The items of one file; none if it cannot be read. Mistakes go to `report`."""
    parts = path.relative_to(rules_dir).parts
    shown = "/".join((rules_dir.name, *parts))
    kind = kind_of(parts)
    if kind is None or path.suffix != ".yaml":
        expected = "rules/rulebook.yaml、groups.yaml、calendar.yaml,或 " + "、".join(FOLDERS) + " 和 <代码>-<地名> 目录下的 .yaml"
        report.error(Mark(shown, 1, 1), f"不认识这个文件;应当是 {expected}")
        return []
    try:
        node = read_yaml(path, shown)
    except RuleErrors as found:
        report.errors.extend(found.errors)
        report.unread.add(kind)
        return []
    return _items(kind, shown, node, report)


def declared_exceptions(rules_dir: Path) -> frozenset[tuple[str, str]]:
    """(rule id, law) of every exception that a rule file declares."""
    rules = [item.data for item in load(rules_dir, Report()) if item.kind == "rule"]
    return frozenset((rule["id"], one["law"]) for rule in rules for one in rule["exceptions"])


def _items(kind: str, shown: str, node: Node, report: Report) -> list[Item]:
    alone = kind in ("rule", "rulebook", "calendar") or not isinstance(node, Sequence)
    found = []
    for one in [node] if alone else node.items:  # type: ignore[union-attr]
        before = len(report.errors)
        data = FORMS[kind].compile(one, report)
        found.append(Item(kind, shown, one, data or {}, len(report.errors) == before))
    return found
