"""What the calculator's tests import inside Pyodide, installed from its lock once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCK = ROOT / "requirements-pyodide-tests.txt"


def installed() -> Path:
    """The folder that holds them; made anew where the lock has changed."""
    home = ROOT / "build" / "pyodide-tests"
    done = home / ".lock"
    if not done.is_file() or done.read_bytes() != LOCK.read_bytes():
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "--no-deps"]
        subprocess.run([*pip, "--upgrade", "--target", str(home), "-r", str(LOCK)], check=True, stdin=subprocess.DEVNULL)
        done.write_bytes(LOCK.read_bytes())
    return home
