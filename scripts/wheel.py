"""The calculator with the rules in it as an ordinary Python wheel, the same bytes from the same sources."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from scripts.errors import of_tool

BESIDE = ("pyproject.toml", "README.md", "LICENSE", "LICENSE-CONTENT", "rules/rulebook.yaml")
"""What the wheel is made of beside the package itself; what is not there is left out."""


def build_wheel(root: Path, rulebook: Path, bench: Path, out: Path, epoch: int) -> Path:
    """Build the wheel of `root`'s calculator with the compiled `rulebook` into `out` and return its path.

    bench: an empty or missing folder to work in: the rulebook that stands in `root` belongs to the published site and stays.
    epoch: the time written into the wheel, seconds since 1970.
    """
    lay_out(root, rulebook, bench)
    out.mkdir(parents=True, exist_ok=True)
    run = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out.resolve())],
        cwd=bench,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(epoch)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    wheels = sorted(out.glob("yibao_calculator-*-py3-none-any.whl"))
    if run.returncode or len(wheels) != 1:
        raise of_tool("打不成 wheel", run.stderr or run.stdout, "请检查 pyproject.toml 和 rules/rulebook.yaml 的 version。")
    return wheels[0]


def lay_out(root: Path, rulebook: Path, bench: Path) -> None:
    """Copy to `bench`, emptied first, what the wheel is made of, with the given rulebook in the package."""
    shutil.rmtree(bench, ignore_errors=True)
    generated = shutil.ignore_patterns("__pycache__", "*.pyc", rulebook.name)
    shutil.copytree(root / "calculator", bench / "calculator", ignore=generated)
    shutil.copyfile(rulebook, bench / "calculator" / rulebook.name)
    for name in BESIDE:
        if (root / name).exists():
            (bench / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(root / name, bench / name)
