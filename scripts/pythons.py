"""Which Pythons there are on this machine: on PATH, and among pyenv's versions."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

NAMES = ("python3.14", "python3.13", "python3.12", "python3")


def find_python(at_least: tuple[int, int], env: Mapping[str, str] | None = None) -> Path | None:
    """A Python of version `at_least` or newer that really runs and can make a virtual environment, or None.

    `env` stands for the environment (PATH, HOME, PYENV_ROOT); left out, it is this process's own.
    """
    known = os.environ if env is None else env
    for candidate in _candidates(known):
        if runs(candidate, at_least):
            return candidate
    return None


def runs(python: Path, at_least: tuple[int, int]) -> bool:
    """Whether `python` starts, is `at_least` that version, and has venv with pip."""
    code = f"import sys, venv, ensurepip; sys.exit(sys.version_info < {at_least})"
    try:
        run = subprocess.run(
            [str(python), "-I", "-c", code], stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return run.returncode == 0


def _candidates(env: Mapping[str, str]) -> Iterator[Path]:
    for name in NAMES:
        found = shutil.which(name, path=env.get("PATH", os.defpath))
        if found:
            yield Path(found)
    for home in _pyenv_homes(env):
        versions = [path for path in (home / "versions").glob("3.*") if _version(path.name) >= (3, 12)]
        for version in sorted(versions, key=lambda path: _version(path.name), reverse=True):
            python = version / "bin" / "python3"
            if python.exists():
                yield python


def _pyenv_homes(env: Mapping[str, str]) -> list[Path]:
    """Where pyenv may live: as told, in the home, and where its own command stands (HOME may be a fresh one)."""
    homes = [Path(env["PYENV_ROOT"])] if env.get("PYENV_ROOT") else []
    if env.get("HOME"):
        homes.append(Path(env["HOME"]) / ".pyenv")
    command = shutil.which("pyenv", path=env.get("PATH", os.defpath))
    if command:
        homes.append(Path(command).resolve().parent.parent)
    return list(dict.fromkeys(homes))


def _version(name: str) -> tuple[int, int]:
    parts = re.match(r"(\d+)\.(\d+)", name)
    return (int(parts[1]), int(parts[2])) if parts else (0, 0)
