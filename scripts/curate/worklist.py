"""What is to be verified next, the most useful first: the page 待核实清单 as lines of text.

    python -m scripts.curate.worklist [--all] [--place 330000]

`--place` leaves only what is cited in that place or below it. How the order is found: scripts/site/unverified.py.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import yaml

from scripts.progress import complain, say
from scripts.rulebook import RuleErrors, build_rulebook
from scripts.site.book import NATION, Book
from scripts.site.unverified import OpenRule, Worklist

ROOT = Path(__file__).resolve().parents[2]
SHOWN = 20


def lines(book: Book, gaps: dict[str, str], schemes: dict[str, str], *, place: str = "", most: int = SHOWN) -> Iterator[str]:
    """The three lists, each with at most so many lines. gaps, schemes: words for the keys. place: a code, or empty for all."""
    found = Worklist(book)

    def near(code: str) -> bool:
        return place in ("", NATION) or any(one["code"] == place for one in book.chain(code))

    rules = [one for one in found.rules if near(one.rule["place"])]
    documents = [one for one in found.documents if any(near(rule.rule["place"]) for rule in one.rules)]
    silences = [one for one in found.silences if near(one.province["code"]) or any(near(a["code"]) for a in one.areas)]
    yield f"规则书第 {book.version} 版：{len(book.verified)} 份文件已由两个人核对，还要核对 {len(documents)} 份"
    yield f"（一个答案 = 一个地方 × 一种医保；全国共 {len(found.areas)} 个地方，不分大小）"
    yield from _list(
        "先核对哪些文件",
        [
            f"{len(one.asked):>5} 个答案  {len(one.rules):>3} 条规则  {one.document['id']}  {one.document['title']}"
            + ("（只差第二个人复核）" if one.waits_for_review else "")
            for one in documents
        ],
        most,
    )
    yield from _list("哪些规则还缺东西", [_rule_line(one, gaps) for one in rules], most)
    yield from _list(
        "哪里还查不到规定",
        [f"{len(one.areas):>5} 个地方  {one.province['name']}  {schemes[one.scheme]}" for one in silences],
        most,
    )


def _rule_line(one: OpenRule, gaps: dict[str, str]) -> str:
    answers = f"{len(one.asked):>5} 个答案" if one.computes else "   不参与计算"
    return f"{answers}  {one.rule['id']}  {one.rule['title']}  缺：{'、'.join(gaps[gap] for gap in one.gaps)}"


def _list(title: str, found: list[str], most: int) -> Iterator[str]:
    yield f"\n{title}（{len(found)}）"
    yield from found[:most]
    if len(found) > most:
        yield f"  …… 还有 {len(found) - most} 行：make worklist ALL=1"


def main(arguments: Sequence[str] | None = None, root: Path = ROOT) -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m scripts.curate.worklist", description="待核实清单。")
    parser.add_argument("--all", action="store_true", help="全部列出")
    parser.add_argument("--place", default="", help="只看这个地方和它下面的地方（代码）")
    chosen = parser.parse_args(arguments)
    try:
        book = Book(build_rulebook(root / "rules"))
    except RuleErrors as errors:
        complain(f"{errors}\n规则文件有 {len(errors.errors)} 处错误，改好后再运行一次。")
        return 1
    if chosen.place and chosen.place not in book.places:
        complain(f"rules/places/ 里没有 {chosen.place}；PLACE 应当是六位代码")
        return 1
    labels = yaml.safe_load((root / "docs" / "templates" / "labels.yaml").read_text("utf-8"))
    most = len(book.rules) + len(book.documents) if chosen.all else SHOWN
    for line in lines(book, labels["gaps"], labels["scheme"], place=chosen.place, most=most):
        say(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
