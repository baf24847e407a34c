"""Begin a rule: its file with blanks, in the right folder, and what to do next.

    python -m scripts.curate.new_rule --place 330400 --scheme flexible --topic restoration [--document ID] [--suffix WORD]

With `--document` of an id that is not registered yet, its record is begun as well.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from scripts.curate.folders import file_of, places_of, wanted
from scripts.curate.skeleton import blanks, document_text, rule_text
from scripts.errors import BuildError
from scripts.progress import complain, say
from scripts.rulebook import write_schemas
from scripts.rulebook.load import Item, load
from scripts.rulebook.scalars import Report
from scripts.rulebook.vocabulary import SLUG

ROOT = Path(__file__).resolve().parents[2]


def begin(root: Path, place: str, scheme: str, topic: str, *, document: str = "", suffix: str = "") -> list[Path]:
    """Write the rule's file, and the document's where it is new; returns what was written, the document first.

    Raises BuildError for a word that means nothing, and when the file stands already.
    """
    rules = root / "rules"
    items = load(rules, Report())
    known = places_of(items)
    rule = wanted(known, place, scheme, topic, suffix)
    path = file_of(rules, rule, known)
    written = []
    if document and not _registered(items, document):
        written.append(_begin_document(rules, document))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(rule_text(rule, _data_date(items), document), "utf-8")
    return [*written, path]


def _registered(items: list[Item], document: str) -> bool:
    return any(item.kind == "document" and item.id == document for item in items)


def _begin_document(rules: Path, document: str) -> Path:
    if not re.fullmatch(SLUG.pattern, document):
        raise BuildError(f"文件编号 {document} 不能用；DOCUMENT 应当是{SLUG.says}，例如 jx-ybj-2024-12")
    path = rules / "documents" / f"{document}.yaml"
    if path.exists():
        raise BuildError(f"rules/documents/{document}.yaml 已经有了，里面却没有 {document}；请先看看那个文件")
    path.write_text(document_text(document), "utf-8")
    return path


def _data_date(items: list[Item]) -> date:
    head = next((item for item in items if item.kind == "rulebook" and item.sound), None)
    if head is None:
        raise BuildError("rules/rulebook.yaml 读不出来；请先运行 make rules，改好它说的错误")
    return date.fromisoformat(head.data["data_date"])


def explain(root: Path, written: list[Path]) -> None:
    """Say what was written, what is to be filled in, and what comes next."""
    for path in written:
        open_ones = blanks(path)
        say(f"写好了 {path.relative_to(root).as_posix()}，要填 {len(open_ones)} 处：")
        for line, about in open_ones:
            say(f"  第 {line} 行  {about}")
    say("接着：")
    say("  1. 用编辑器打开上面的文件，把标着【填】的地方填好；文件没有说的，把那一行删掉。")
    say("  2. make rules    检查；哪里还空着、写错了，它会说出哪一行")
    say("  3. make preview  看页面，改了文件页面自己会变")
    say("  4. make diff     看这次改动让哪些答案变了")


def main(arguments: Sequence[str] | None = None, root: Path = ROOT) -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m scripts.curate.new_rule", description="新写一条规则。")
    for name in ("place", "scheme", "topic", "document", "suffix"):
        parser.add_argument(f"--{name}", default="")
    chosen = parser.parse_args(arguments)
    try:
        written = begin(
            root, chosen.place, chosen.scheme, chosen.topic, document=chosen.document, suffix=chosen.suffix
        )
    except BuildError as error:
        complain(str(error))
        return 1
    write_schemas(root / "build" / "schemas")
    explain(root, written)
    return 0


if __name__ == "__main__":
    sys.exit(main())
