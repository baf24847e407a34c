"""How long things take, beside plain MkDocs and up to 5,000 places; which bounds hold. Being slow is no failure here.

    python -m scripts.bench                          all of it; some ten minutes on an idle machine of two cores
    python -m scripts.bench --sizes 500 --runs 1     a quick look

Prints Markdown and writes it to build/bench.md.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sys
from pathlib import Path

from scripts.bench.report import bounds, marked, tables
from scripts.bench.runs import Bench
from scripts.progress import say

ROOT = Path(__file__).resolve().parents[2]
SIZES = (500, 1000, 2000, 5000)
REPEATED = 500
"""Sites of up to so many places are made several times."""


def main() -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m scripts.bench", description="量构建要多久。")
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)), help="几种大小(地方的数目),逗号隔开")
    parser.add_argument("--runs", type=int, default=3, help=f"不超过 {REPEATED} 个地方的,各量几次取中位数")
    chosen = parser.parse_args()
    sizes = [int(size) for size in chosen.sizes.split(",") if size]
    busy = os.getloadavg()[0]
    bench = Bench(ROOT, ROOT / "build" / "bench")
    say("完整构建……")
    whole = bench.whole()
    answers = bench.answers()
    measured = []
    for size in (None, *sizes):
        say(f"{size or '真实的'} 个地方……")
        measured.append(bench.sized(size, chosen.runs if (size or 0) <= REPEATED else 1))
    load = f"开始时的负载 {busy:.1f},结束时 {os.getloadavg()[0]:.1f}"
    machine = f"{os.cpu_count()} 个处理器核,Python {platform.python_version()};{load}。"
    parts = ("# 构建要多久", machine, tables(whole, answers, measured), marked(bounds(whole[0], measured)))
    text = "\n\n".join(parts) + "\n"
    print(text)
    (ROOT / "build" / "bench.md").write_text(text, "utf-8")
    shutil.rmtree(bench.folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
