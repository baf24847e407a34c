"""Compare the calculator with the oracle, and nothing else.

    python -m scripts.proof.oracle_check [place …]
    python -m scripts.proof.oracle_check --changed [commit]     only places whose rule files differ from a commit (HEAD), quickly

Exit 1 if they differ anywhere.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from scripts.proof.oracle_walk import Both, Compared, compare_place
from scripts.proof.walk import PROCESSES, places_to_walk
from scripts.rulebook import build_rulebook

RULES = Path(__file__).resolve().parents[2] / "rules"
QUICK = 40_000
"""How many questions in all a quick comparison puts."""


def compare(raw: dict[str, Any], places: list[str], limit: int | None = None) -> Iterator[Compared]:
    """Ask about the places on two processors, as they are done. With a `limit`, so many questions in all, evenly spread."""
    share = None if limit is None else max(1, limit // max(1, len(places)))
    with get_context("fork").Pool(PROCESSES, _prepare, (raw, share)) as pool:
        yield from pool.imap_unordered(_compare, places)


class _Worker:
    """What each process keeps."""

    both: Both
    share: int | None


def _prepare(raw: dict[str, Any], share: int | None) -> None:
    _Worker.both, _Worker.share = Both(raw), share


def _compare(place: str) -> Compared:
    return compare_place(_Worker.both, place, _Worker.share)


def changed_places(base: str) -> list[str]:
    """The places of the rule files that differ from a commit or that it does not have."""
    listings = (["diff", "--name-only", "-z", base, "--", "rules"], ["ls-files", "-o", "--exclude-standard", "-z", "rules"])
    found = set()
    for listing in listings:
        told = subprocess.run(["git", *listing], cwd=RULES.parent, check=True, capture_output=True, text=True).stdout
        for path in told.split("\0"):
            folder = Path(path).parent.name.split("-")[0]
            if folder in ("CN", "XPCC") or (len(folder) == 6 and folder.isdigit()):
                found.add(folder)
    return sorted(found)


def main(arguments: list[str]) -> int:
    """See the module. Prints the smallest question of each kind on which the two differ."""
    started, raw = time.monotonic(), build_rulebook(RULES)
    quick = arguments[:1] == ["--changed"]
    speaking = places_to_walk(raw)
    places = arguments or speaking
    if quick:
        changed = changed_places(arguments[1] if arguments[1:] else "HEAD")
        places = [place for place in changed if place in speaking]
    asked = differing = 0
    for compared in compare(raw, places, QUICK if quick else None):
        asked, differing = asked + compared.asked, differing + compared.differing
        for one in compared.smallest.values():
            print(f"{one.question}\n  计算器 {one.got}\n  另算的 {one.expected}")
    print(f"{len(places)} 个地方,{asked} 个问题,{differing} 个答案不同,用时 {time.monotonic() - started:.0f} 秒")
    return 1 if differing else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
