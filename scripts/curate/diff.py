"""Which answers a change to the rules alters: the rules at BASE against those in the working tree, for review.

    python -m scripts.curate.diff [--base HEAD]

Prints a summary and writes every difference to build/diff.md. Asks the places whose rules changed and those below them;
all places when a national rule changed. Exit 1 when either side cannot be read.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from scripts.curate.compare import Compared, RuleChange, changed_rules, compare, concerned, other_changes
from scripts.curate.revisions import rules_at
from scripts.errors import BuildError
from scripts.fingerprint import write_if_changed
from scripts.progress import complain, say
from scripts.rulebook import RuleErrors, build_rulebook
from scripts.rulebook.vocabulary import SCHEMES

ROOT = Path(__file__).resolve().parents[2]
PRINTED = 4
"""How many groups of differences are printed for a place and scheme; the file holds all."""
PLACES = 8
"""How many places and schemes are printed."""

Json = dict[str, Any]
Parts = tuple[tuple[str, tuple[str, str]], ...]


def summary(before: Json, after: Json, compared: list[Compared], changes: list[RuleChange]) -> Iterator[str]:
    """What was changed, and how many answers of which places that alters; Markdown lines."""
    names = _names(before, after)
    altered = [one for one in compared if one.differences]
    yield f"## 改动的规则（{len(changes)} 条）\n"
    for change in changes:
        keys = f"（{'、'.join(change.keys)}）" if change.keys else ""
        yield f"- {change.what} {change.rule['id']}：{change.rule['title']}{keys}"
    if others := other_changes(before, after):
        yield f"\n规则以外还改了：{'、'.join(others)}。"
    asked, differing = sum(one.asked for one in compared), sum(len(one.differences) for one in altered)
    yield f"\n## 变了的答案：{differing} 个（问了 {asked} 个问题，{len({one.place for one in altered})} 个地方有变化）\n"
    if not differing:
        yield "没有一个答案变了。"
        return
    yield "| 地方 | 医保 | 变了 | 问了 |\n|---|---|---|---|"
    for one in altered:
        yield f"| {names[one.place]} | {SCHEMES[one.scheme]} | {len(one.differences)} | {one.asked} |"


def listed(before: Json, after: Json, compared: list[Compared], most: int) -> Iterator[str]:
    """The differences for the terminal, at most so many groups of a place and scheme."""
    names = _names(before, after)
    altered = [one for one in compared if one.differences]
    for one in altered[:PLACES]:
        groups = list(_grouped(one))
        yield f"\n{names[one.place]}，{SCHEMES[one.scheme]}"
        for circumstances, lengths, parts in groups[:most]:
            yield f"- {circumstances}{'，断' + lengths if lengths else ''}"
            yield from (f"    {name}：{old} → {new}" for name, (old, new) in parts)
        if len(groups) > most:
            yield f"- …… 还有 {len(groups) - most} 组，见 build/diff.md"
    if len(altered) > PLACES:
        yield f"\n另外 {len(altered) - PLACES} 处的变化见 build/diff.md"


def tables(before: Json, after: Json, compared: list[Compared]) -> Iterator[str]:
    """Every difference, a Markdown table for each place and scheme."""
    names = _names(before, after)
    for one in compared:
        if one.differences:
            yield f"\n### {names[one.place]}，{SCHEMES[one.scheme]}\n"
            yield "| 情形 | 断多久 | 哪一项 | 改前 | 改后 |\n|---|---|---|---|---|"
        for circumstances, lengths, parts in _grouped(one):
            yield from (f"| {circumstances} | {lengths} | {name} | {old} | {new} |" for name, (old, new) in parts)


def _names(before: Json, after: Json) -> dict[str, str]:
    return {place["code"]: place["name"] for book in (before, after) for place in book["places"]}


def _grouped(compared: Compared) -> Iterator[tuple[str, str, Parts]]:
    """Differences that are the same but for the length of the lapse, told once."""
    found: dict[tuple[str, Parts], set[str]] = defaultdict(set)
    for one in compared.differences:
        found[one.question.circumstances, tuple(one.parts.items())].add(one.question.length)
    for (circumstances, parts), lengths in found.items():
        yield circumstances, "、".join(sorted(filter(None, lengths), key=lambda text: (len(text), text))), parts


def read_both(root: Path, base: str) -> tuple[Json, Json]:
    """The compiled rules at `base` and in the working tree. Raises BuildError, and RuleErrors for the working tree's."""
    after = build_rulebook(root / "rules")
    with tempfile.TemporaryDirectory() as folder:
        try:
            before = build_rulebook(rules_at(root, base, Path(folder)))
        except RuleErrors as errors:
            first = "\n".join(str(error) for error in errors.errors[:3])
            raise BuildError(
                f"{base} 的规则按现在的检查读不出来（{len(errors.errors)} 处），不能比；BASE 请换一个晚一些的版本：\n{first}"
            ) from errors
    return before, after


def run(root: Path, base: str) -> None:
    """Compare, print, and write build/diff.md."""
    started = time.monotonic()
    before, after = read_both(root, base)
    changes = changed_rules(before, after)
    out = root / "build" / "diff.md"
    out.parent.mkdir(parents=True, exist_ok=True)
    if before["hash"] == after["hash"]:
        text = f"规则和 {base} 一样，没有一个答案会变。"
        say(text)
        write_if_changed(out, text + "\n")
        return
    pairs = concerned(before, after, changes)
    say(f"与 {base} 比：{len(changes)} 条规则不同，要问 {len({place for place, _ in pairs})} 个地方")
    compared = compare(before, after, pairs, lambda _: print("·", end="", flush=True))
    say("")
    head = list(summary(before, after, compared, changes))
    for line in [*head, *listed(before, after, compared, PRINTED)]:
        say(line)
    title = f"# 规则改动前后：{base}（{before['version']}）→ 现在（{after['version']}）\n"
    write_if_changed(out, "\n".join([title, *head, *tables(before, after, compared)]) + "\n")
    say(
        f"\n全部写在 build/diff.md，用时 {time.monotonic() - started:.0f} 秒。"
        "下面的地方只问常见的情形；没有自己规定的和上一级一样，没有重复问。"
    )


def main(arguments: Sequence[str] | None = None, root: Path = ROOT) -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m scripts.curate.diff", description="规则改动前后的答案。")
    parser.add_argument("--base", default="HEAD", help="和哪个版本比")
    chosen = parser.parse_args(arguments)
    try:
        run(root, chosen.base or "HEAD")
    except RuleErrors as errors:
        complain(f"{errors}\n规则文件有 {len(errors.errors)} 处错误，改好后再运行一次。")
        return 1
    except BuildError as error:
        complain(str(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
