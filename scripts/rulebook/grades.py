"""A rule's source is no better than the copy of its document: whoever saw a news report has not seen the text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scripts.rulebook.load import Item
from scripts.rulebook.positions import mark_at
from scripts.rulebook.scalars import Report
from scripts.rulebook.vocabulary import GRADES

BEST_FIRST = tuple(GRADES)


def check_grades(items: list[Item], report: Report) -> None:
    """Every source of every rule and reading, against what is registered of its document."""
    documents = {item.id: item for item in items if item.kind == "document" and item.sound}
    for item in items:
        if item.kind != "rule" or not item.sound:
            continue
        for steps, source in _sources(item.data):
            seen = documents.get(source["document"])
            if seen is None or BEST_FIRST.index(source["grade"]) >= BEST_FIRST.index(seen.data["grade"]):
                continue
            best = seen.data["grade"]
            report.error(
                mark_at(item.node, *steps, "grade"),
                f"grade 写了 {source['grade']}({GRADES[source['grade']]}),可是 {source['document']} 只登记了 "
                f"{best}({GRADES[best]}),见 {mark_at(seen.node, 'grade')};"
                f"应当写 {best} 或更低的等级,真看到了更好的副本就先改文件的 copy 和 grade",
            )


def _sources(rule: dict[str, Any]) -> Iterator[tuple[tuple[str | int, ...], dict[str, Any]]]:
    """Each source of the rule and of its readings, with the steps that lead to it."""
    for index, source in enumerate(rule["sources"]):
        yield ("sources", index), source
    for number, reading in enumerate(rule["readings"]):
        for index, source in enumerate(reading["sources"]):
            yield ("readings", number, "sources", index), source
