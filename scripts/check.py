"""Prove the rulebook, as far as a few minutes go: load it, run its cases, walk its questions.

    python -m scripts.check [place …]

With places, walks only these. Exit 1 when a file is wrong, a case fails, or an answer breaks a law without a declared
exception (`exceptions` in the rule file, each with its reason).
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path

from scripts.proof.laws import LAWS, Breach
from scripts.proof.walk import Walked, places_to_walk, walk
from scripts.rulebook import RuleErrors, build_rulebook, count_cases, declared_exceptions, run_cases

RULES = Path(__file__).resolve().parents[1] / "rules"
SHOWN = 5
"""How many breaches of one law are printed."""


def main(places: list[str]) -> int:
    """Load, run the cases, walk; prints one line a stage."""
    started = time.monotonic()
    try:
        book = build_rulebook(RULES)
    except RuleErrors as errors:
        print(f"{errors}\n规则文件有 {len(errors.errors)} 处错误。", file=sys.stderr)
        return 1
    print(f"规则:{len(book['rules'])} 条,{len(book['documents'])} 份文件,{len(book['places'])} 个地方", flush=True)
    failures = run_cases(book, RULES)
    for failure in failures:
        print(failure, file=sys.stderr)
    print(f"案例:{count_cases(RULES)} 个,{len(failures)} 处不符", flush=True)
    chosen = places or places_to_walk(book)
    print(f"走遍问题:{len(chosen)} 个地方 ", end="", flush=True)
    walked = walk(book, chosen, lambda _: print("·", end="", flush=True))
    print()
    breaches = _report(walked)
    asked = sum(one.questions for one in walked)
    print(f"一共问了 {asked} 个问题,{breaches} 处违反,用时 {time.monotonic() - started:.0f} 秒")
    return 1 if failures or breaches else 0


def _report(walked: list[Walked]) -> int:
    """Print the breaches by law; returns how many have no declared exception."""
    declared = declared_exceptions(RULES)
    breaches = [breach for one in walked for breach in one.breaches]
    excused = [breach for breach in breaches if any((rule, breach.law) in declared for rule in breach.rules)]
    open_ones = [breach for breach in breaches if breach not in excused]
    for law, title in LAWS.items():
        found = [breach for breach in open_ones if breach.law == law]
        known = Counter(breach.law for breach in excused)[law]
        excuse = f"(另有 {known} 处是规则声明的例外)" if known else ""
        print(f"  {title}:{f'{len(found)} 处违反' if found else '成立'}{excuse}")
        for breach in found[:SHOWN]:
            _show(breach)
    return len(open_ones)


def _show(breach: Breach) -> None:
    print(f"    {breach.what}\n      问题 {breach.question}\n      规则 {'、'.join(breach.rules) or '无'}")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
