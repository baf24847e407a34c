"""What many tests begin with: the compiled rulebook, and the cases beside the rules with what they expect.

Reading the rules takes ten seconds, inside a page most of a minute. So it is done once and kept by what it was made from;
where YIBAO_PREPARED names the file that `write` made, that file is read and nothing is looked at.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
MADE_FROM = ("rules", "scripts/rulebook", "calculator", "tests/prepared.py")
VARIABLE = "YIBAO_PREPARED"
Json = dict[str, Any]


@cache
def _text() -> str:
    named = os.environ.get(VARIABLE)
    return (Path(named) if named else write()).read_text("utf-8")


def write() -> Path:
    """The file with everything, made now if the rules or what reads them changed."""
    def make(folder: Path) -> None:
        command = [sys.executable, "-m", "tests.prepared", str(folder)]  # the asking process may not yet load the calculator
        subprocess.run(command, cwd=ROOT, check=True, stdin=subprocess.DEVNULL)

    return kept("prepared", MADE_FROM, make) / "prepared.json"


def kept(name: str, made_from: Sequence[str], make: Callable[[Path], None]) -> Path:
    """The folder that `make` filled from these files and folders of the project, made now if one of them changed."""
    from scripts.fingerprint import digest  # which knows nothing of the calculator

    key = digest(ROOT, made_from, {}, without=("calculator/rulebook.json",))
    home = ROOT / "build" / "cache" / f"{name}-{key[:32]}"
    if not home.is_dir():
        home.parent.mkdir(parents=True, exist_ok=True)
        rough = Path(tempfile.mkdtemp(prefix=f"{name}-", dir=home.parent))
        make(rough)
        with contextlib.suppress(OSError):  # another run has finished the same first
            rough.rename(home)
    return home


def _make(folder: Path) -> None:
    from scripts.rulebook import build_rulebook
    from scripts.rulebook.compiled import canonical
    from scripts.rulebook.expect import expected_of

    cases = [{"name": name, "case": case, "expect": expect} for name, case, expect in expected_of(ROOT / "rules")]
    made = {"rulebook": json.loads(canonical(build_rulebook(ROOT / "rules"))), "cases": cases}  # its keys in the order published
    (folder / "prepared.json").write_text(json.dumps(made, ensure_ascii=False), "utf-8")


def rulebook() -> Json:
    """The compiled rulebook; a new one each time, which a test may change."""
    found: Json = json.loads(_text())["rulebook"]
    return found


def expected() -> list[Json]:
    """Every case beside a rule, for each of its schemes: {name, case, expect}."""
    found: list[Json] = json.loads(_text())["cases"]
    return found


def asked() -> list[Json]:
    """The Case of each."""
    return [one["case"] for one in expected()]


if __name__ == "__main__":
    if len(sys.argv) > 1:
        _make(Path(sys.argv[1]))
    else:
        print(write())
