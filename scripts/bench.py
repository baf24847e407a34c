"""How long things take: each stage of a full build, an unchanged build, and the command line's answers.

    python -m scripts.bench        a table on standard output
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CASES = 2000
CASE = {"scheme": "employee", "place": "CN", "as_of": "2026-11-21", "paid_on": "2026-11-20"}


def timed(command: list[str], text: str = "") -> float:
    """Seconds that `command` takes, fed with `text`. Raises CalledProcessError if it fails."""
    started = time.monotonic()
    subprocess.run([sys.executable, *command], cwd=ROOT, input=text, capture_output=True, text=True, check=True)
    return time.monotonic() - started


def cases() -> str:
    """`CASES` questions, one a line: every lapse length in turn."""
    months = (f"{2026 - back // 12}-{12 - back % 12:02d}" for back in range(2, 62))
    pool = [json.dumps({**CASE, "last_paid_month": month}) for month in months if month < "2026-11"]
    return "\n".join(pool[number % len(pool)] for number in range(CASES)) + "\n"


def main() -> int:
    """The command line; returns the exit code."""
    whole = timed(["-m", "scripts.build", "--force"])
    stages: dict[str, float] = json.loads((ROOT / "build" / "times.json").read_text(encoding="utf-8"))
    rows = [(f"  {name}", seconds) for name, seconds in stages.items()]
    rows.insert(0, ("完整构建", whole))
    rows.append(("没有改动的构建", timed(["-m", "scripts.build"])))
    rows.append(("命令行:一个问题", timed(["-m", "calculator", "assess"], cases().splitlines()[0])))
    rows.append((f"命令行:{CASES} 个问题(--jsonl)", timed(["-m", "calculator", "assess", "--jsonl"], cases())))
    for name, seconds in rows:
        print(f"{seconds:9.2f} 秒  {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
