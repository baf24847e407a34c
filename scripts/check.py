"""Prove the rulebook: load it, run its cases, walk its questions.

    python -m scripts.check [place …]
    python -m scripts.check --changed [commit]

With places, walks only these. With `--changed`, walks the places that the files changed since a commit (HEAD) can have
touched, and a spread sample of the rest where the change may reach every answer; 20 seconds at most.

Exit 1 when a file is wrong, a case fails, or an answer breaks a law without a declared exception (`exceptions` in the
rule file, each with its reason); exit 2 for a place or a commit that is not there.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from pathlib import Path
from typing import Any

from scripts.proof.breach import LAWS, Breach
from scripts.proof.changed import UnknownCommit, changed_since
from scripts.proof.counting import IN_FULL, Walked, checked, distinct
from scripts.proof.walk import places_to_walk, walk
from scripts.rulebook import RuleErrors, build_rulebook, count_cases, declared_exceptions, files_of, run_cases

ROOT = Path(__file__).resolve().parents[1]
RULES = ROOT / "rules"
SHOWN = 5
"""How many breaches of one law are printed."""
QUICK = 7_000
"""How many questions a quick check asks in full; half of them of what changed, if the change may reach every answer."""


def main(arguments: list[str]) -> int:
    """Load, run the cases, walk; prints one line a stage."""
    asked = _arguments(arguments)
    started = time.monotonic()
    try:
        book = build_rulebook(RULES)
    except RuleErrors as errors:
        print(f"{errors}\n规则文件有 {len(errors.errors)} 处错误。", file=sys.stderr)
        return 1
    print(f"规则:{len(book['rules'])} 条,{len(book['documents'])} 份文件,{len(book['places'])} 个地方", flush=True)
    try:
        portions = _portions(asked, book)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    failures = run_cases(book, RULES)
    for failure in failures:
        print(failure, file=sys.stderr)
    print(f"案例:{count_cases(RULES)} 个,{len(failures)} 处不符", flush=True)
    if not portions:
        print("改动碰不到任何答案,不用走")
        return 1 if failures else 0
    walked: list[Walked] = []
    for places, most in portions:
        print(f"{'走遍问题' if most is None else '抽查问题'}:{len(places)} 个地方 ", end="", flush=True)
        walked += walk(book, places, lambda _: print("·", end="", flush=True), most)
        print()
    broken = report(walked, declared_exceptions(RULES))
    used = sum(resource.getrusage(who).ru_utime for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(
        f"一共 {distinct(walked)} 个不同的问题,其中 {distinct(walked, IN_FULL)} 个查了每一条,{broken} 处违反,"
        f"用时 {time.monotonic() - started:.0f} 秒(处理器 {used:.0f} 秒)"
    )
    return 1 if failures or broken else 0


def _arguments(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m scripts.check", description="走遍问题,证明规则书没有漏洞")
    parser.add_argument("places", nargs="*", metavar="PLACE", help="只走这些地方(六位代码)")
    parser.add_argument("--changed", nargs="?", const="HEAD", metavar="COMMIT", help="只查和一次提交(默认 HEAD)不同的地方")
    return parser.parse_args(arguments)


def _portions(asked: argparse.Namespace, book: dict[str, Any]) -> list[tuple[list[str], int | None]]:
    """What is walked: places, and how many questions at most (None = all). ValueError for what is not there."""
    known = {place["code"] for place in book["places"]}
    unknown = [place for place in asked.places if place not in known]
    if unknown:
        raise ValueError(f"没有 {'、'.join(unknown)} 这个地方")
    if asked.changed is None:
        return [(asked.places or places_to_walk(book), None)]
    try:
        changed = changed_since(ROOT, asked.changed, book)
    except UnknownCommit as error:
        raise ValueError(f"不能和 {asked.changed} 比较:{error}") from None
    every = places_to_walk(book)
    places = [place for place in every if place in changed.places]
    if not changed.everywhere:
        return [(places, QUICK)] if places else []
    others = [place for place in every if place not in changed.places]
    return [(places, QUICK // 2), (others, QUICK // 2)] if places and others else [(every, QUICK)]


def report(walked: list[Walked], declared: frozenset[tuple[str, str]]) -> int:
    """Print each law, on how many questions it was checked, and what breaks it; returns how many have no exception."""
    found = [one for place in walked for one in place.breaches]
    counts = checked(walked)
    total = 0
    for law, title in LAWS.items():
        here = [(breach, count) for breach, count in found if breach.law == law]
        excused = [one for one in here if any((rule, law) in declared for rule in one[0].rules)]
        open_ones = [one for one in here if one not in excused]
        broken, known = sum(count for _, count in open_ones), sum(count for _, count in excused)
        excuse = f",另有 {known} 处是规则声明的例外" if known else ""
        print(f"  {title}:{f'{broken} 处违反' if broken else '成立'}(查了 {counts[law]} 个问题{excuse})")
        _show([breach for breach, _ in open_ones])
        total += broken
    return total


def _show(breaches: list[Breach]) -> None:
    """The smallest questions first, none twice."""
    shown: list[str] = []
    files = files_of(RULES) if breaches else {}
    for breach in sorted(breaches, key=lambda one: len(str(one.questions))):
        asked = "\n           ".join(str(question) for question in breach.questions)
        if asked not in shown and len(shown) < SHOWN:
            shown.append(asked)
            print(f"    {breach.what}\n      问题 {asked}\n      规则 {'、'.join(breach.rules) or '无'}")
            named = [files[rule] for rule in breach.rules if rule in files]
            if named:
                print(f"      看 {'、'.join(named)}:规则写错了就改它;确有其事,就在 exceptions 里写明这一条和理由")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
