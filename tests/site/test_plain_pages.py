"""Is what pages say plain? Each sentence of docs/pages and the templates, judged as the calculator's own (scripts/plain.py)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from scripts.plain import faults

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = [*sorted((DOCS / "pages").rglob("*.md")), *sorted((DOCS / "templates").rglob("*.j2"))]
CODE = re.compile(r"^```.*?^```|\{#.*?#\}|\{%.*?%\}|<!--.*?-->|<script.*?</script>|^---\n.*?^---\n", re.DOTALL | re.MULTILINE)
VALUE = re.compile(r"\{\{.*?\}\}|`[^`]*`", re.DOTALL)
MARKUP = re.compile(r"<[^>]+>|\{[^}]*\}|\*\*")
LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
BEGINS = re.compile(r"^[\s>#-]*(\d+\. )?|^\s*(!!!|\?\?\?) \w+ ")
FOR_PROGRAMMERS = {
    "data.md": "names of files, headers and keys have no plain words",
    "speed.md": "lists programs by their names, for those who measure",
}
"""Pages whose sentences may be longer, each with the reason; all else is asked of them, too."""


def sentences(path: Path) -> Iterator[str]:
    """What a page's file says itself, line by line and cell by cell; a value that the build fills in counts as one character."""
    text = MARKUP.sub("", LINK.sub(r"\1", VALUE.sub("0", CODE.sub("\n", path.read_text("utf-8")))))
    for line in text.splitlines():
        for cell in line.strip("|").split("|") if line.startswith("|") else [BEGINS.sub("", line)]:
            if re.search("[一-鿿]", cell):
                yield cell.strip()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(DOCS).as_posix())
def test_pages_speak_plainly(path: Path) -> None:
    found = [f"{fault}：{said}" for said in sentences(path) for fault in faults(said)]
    if path.name in FOR_PROGRAMMERS:
        found = [one for one in found if not one.startswith("一句有")]
    assert found == []


def test_the_list_of_exceptions_has_none_that_is_not_needed() -> None:
    by_name = {path.name: path for path in PAGES if path.parent.name == "pages"}
    for name in FOR_PROGRAMMERS:
        assert any(fault.startswith("一句有") for said in sentences(by_name[name]) for fault in faults(said)), name


def test_explanations_of_words_are_plain_and_short() -> None:
    for term in yaml.safe_load((DOCS / "glossary.yml").read_text("utf-8")):
        assert list(faults(term["says"])) == [], term["term"]
        assert len(term["says"]) <= 50, term["term"]


def test_a_sentence_that_is_not_plain_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("---\ntitle: x\n---\n- 断缴的，{{ x }} 个月后**不予**报销。\n| 甲 | 钱被扣了 |\n", "utf-8")
    assert [fault[:3] for said in sentences(page) for fault in faults(said)] == ["公文话", "被动句"]
