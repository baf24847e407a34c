"""The calculator with the rules in it as an ordinary Python wheel, the same bytes from the same sources."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from scripts.errors import BuildError


def build_wheel(root: Path, out: Path, epoch: int) -> Path:
    """Build `root`'s wheel into `out` and return its path. `epoch`: the time written into it, seconds since 1970."""
    out.mkdir(parents=True, exist_ok=True)
    run = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out.resolve())],
        cwd=root,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(epoch)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    wheels = sorted(out.glob("yibao_calculator-*-py3-none-any.whl"))
    if run.returncode or len(wheels) != 1:
        lines = (run.stderr or run.stdout).strip().splitlines() or ["没有说明原因"]
        raise BuildError(f"打不成 wheel:{lines[-1]}。请检查 pyproject.toml 和 rules/rulebook.yaml 的 version。")
    return wheels[0]
