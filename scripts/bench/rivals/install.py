"""The other engines in environments of their own, from their locks alone; installed where they are missing or another version."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

LOCK = "requirements-bench.txt"
HERE = Path(__file__).parent


def openfisca(root: Path, folder: Path) -> Path:
    """The Python that has OpenFisca. folder: where environments are kept. Raises RuntimeError if it cannot be installed."""
    place = folder / "openfisca"
    python = place / "bin" / "python"
    lock = root / LOCK
    if _stale(place, lock):
        shutil.rmtree(place, ignore_errors=True)
        _run([sys.executable, "-m", "venv", "--without-pip", str(place)], root)
        pip = [sys.executable, "-m", "pip", "--python", str(python), "--disable-pip-version-check"]
        _run([*pip, "install", "-q", "--no-input", "--require-hashes", "-r", str(lock)], root)
        _installed(place, lock)
    return python


def publicodes(folder: Path) -> Path:
    """The folder that has publicodes in its node_modules. Raises RuntimeError if it cannot be installed."""
    return from_npm(HERE, folder / "publicodes")


def from_npm(asked: Path, place: Path) -> Path:
    """`place`, with what the lock in the folder `asked` names in its node_modules. Raises RuntimeError if that fails."""
    lock = asked / "package-lock.json"
    if _stale(place, lock):
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copyfile(asked / name, place / name)
        _run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], place)
        _installed(place, lock)
    return place


def _stale(place: Path, lock: Path) -> bool:
    ready = place / ".ready"
    return not ready.exists() or ready.read_text("utf-8") != _digest(lock)


def _installed(place: Path, lock: Path) -> None:
    (place / ".ready").write_text(_digest(lock), "utf-8")


def _digest(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def _run(command: list[str], cwd: Path) -> None:
    done = subprocess.run(command, cwd=cwd, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed ({done.returncode}):\n{(done.stderr or done.stdout).strip()}")
