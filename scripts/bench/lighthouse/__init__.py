"""Lighthouse, mobile preset, on every type of page of the built site: medians of five visits, each by a new browser.

The site is served as a host serves it (scripts/bench/pages/server.py: brotli, files kept for ever by their names); the phone and
the line are Lighthouse's own simulation. Lighthouse comes from npm by the lock beside this file, into build/bench/lighthouse/.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from scripts.bench.lighthouse.kinds import KINDS, Kind
from scripts.bench.outcome import Benchmark, Bound, Outcome
from scripts.bench.pages.server import serving
from scripts.bench.rivals.install import from_npm
from scripts.browser import find_chromium

HERE = Path(__file__).parent
PACK = HERE.parent / "pages" / "packed.mjs"
RUNS, QUICK_RUNS = 5, 1
SCORES = {"performance": "速度", "accessibility": "无障碍", "best-practices": "做法", "seo": "搜索"}
MOST_LCP, MOST_CLS, MOST_TBT = 1500, 0.0, 50
NO_CHROMIUM = "没有找到 Chromium,量不了 Lighthouse。请先安装(Debian:apt-get install chromium),再运行一次 make lighthouse。"

Figures = dict[str, Any]


def run(root: Path, quick: bool) -> Outcome:
    """Look at every kind of page. root: a checkout that has been built. SystemExit with a sentence if there is no browser."""
    chromium = find_chromium()
    if chromium is None:
        raise SystemExit(NO_CHROMIUM)
    visits = list(looked(root, chromium, QUICK_RUNS if quick else RUNS))
    runs = {kind.name: [one for one in visits if one["name"] == kind.name] for kind in KINDS}
    found = {kind.name: {"title": kind.title, **median(runs[kind.name])} for kind in KINDS}
    versions = {name: visits[0][name] for name in ("version", "browser")}
    figures = {"medians": found, "runs": runs, "visits": len(visits) // len(KINDS), "versions": versions}
    return Outcome(table(found), list(bounds(found)), figures)


def looked(root: Path, chromium: Path, runs: int) -> Iterator[Figures]:
    """One visit after another, the kinds of page taking turns."""
    work = root / "build" / "bench" / "lighthouse"
    tool = from_npm(HERE, work / "tool")
    site = work / "www"
    shutil.rmtree(site, ignore_errors=True)
    shutil.copytree(root / "site", site, copy_function=os.link)
    subprocess.run(["node", str(PACK), str(site), str(work.parent / "pages" / "packed")], check=True)
    with serving({"": [site]}) as server:
        pages = {kind.name: server.address(kind.path) for kind in KINDS}
        asked = {"pages": pages, "runs": runs, "keep": str(work / "reports")}
        command = ["node", str(HERE / "look.mjs"), str(chromium)]
        with subprocess.Popen(command, cwd=tool, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as looking:
            assert looking.stdin and looking.stdout
            looking.stdin.write(json.dumps(asked))
            looking.stdin.close()
            for line in looking.stdout:
                yield json.loads(line)
    if looking.returncode:
        raise RuntimeError(f"look.mjs failed ({looking.returncode})")


def median(visits: Sequence[Figures]) -> Figures:
    """Of each figure its own median; what kept a score down, of all visits."""
    numbers = [name for name, value in visits[0].items() if isinstance(value, (int, float)) and name != "run"]
    short = sorted({one for visit in visits for one in visit["short"]})
    return {**{name: statistics.median(visit[name] for visit in visits) for name in numbers}, "short": short}


def table(found: Mapping[str, Figures]) -> str:
    """One row a kind of page."""
    rows = ["| 页面 | " + " | ".join(SCORES.values()) + " | LCP 毫秒 | CLS | TBT 毫秒 | 请求 | kB |", "|---" * 10 + "|"]
    for kind in KINDS:
        one = found[kind.name]
        scores = " | ".join(f"{one[score]:.0f}" for score in SCORES)
        rows.append(
            f"| {kind.title} | {scores} | {one['lcp']:.0f} | {one['cls']:.3f} | {one['tbt']:.0f} "
            f"| {one['requests']:.0f} | {one['bytes'] / 1000:.0f} |"
        )
    return "\n".join(rows)


def bounds(found: Mapping[str, Figures]) -> Iterator[Bound]:
    """The promises of the site, each over all kinds of page."""
    for score, title in SCORES.items():
        below = [kind for kind in KINDS if found[kind.name][score] < kind.least.get(score, (100, ""))[0]]
        low = [f"{kind.title} {found[kind.name][score]:.0f}" for kind in below]
        promise = f"Lighthouse {title}:100" + _exceptions(score)
        yield Bound(promise, "、".join(low) or "都到了", not low)
    for figure, most, unit in (("lcp", MOST_LCP, "毫秒"), ("cls", MOST_CLS, ""), ("tbt", MOST_TBT, "毫秒")):
        worst = max(KINDS, key=lambda kind: found[kind.name][figure])
        value = found[worst.name][figure]
        told = f"最差 {worst.title} {value:.4g}" if value else "都是 0"
        yield Bound(f"{figure.upper()} ≤ {most:g} {unit}".rstrip(), told, value <= most)


def _exceptions(score: str) -> str:
    told = ["{} {}:{}".format(kind.title, *kind.least[score]) for kind in KINDS if score in kind.least]
    return f"({';'.join(told)})" if told else ""


BENCHMARK = Benchmark("Lighthouse 怎样评每一种页面", run)
__all__ = ["BENCHMARK", "Kind"]
