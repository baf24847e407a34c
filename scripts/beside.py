"""Python packages beside the build's own, for commands that not everyone runs: from their own lock, in a folder under build/."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path


class NotInstalled(Exception):
    """pip could not install them; with its own last words."""


def beside(lock: Path, place: Path) -> Path:
    """`place`, to be put into PYTHONPATH, with what the lock names and nothing else. Raises NotInstalled."""
    ready, digest = place / ".ready", hashlib.sha256(lock.read_bytes()).hexdigest()
    if not ready.exists() or ready.read_text("utf-8") != digest:
        shutil.rmtree(place, ignore_errors=True)
        pip = [sys.executable, "-m", "pip", "install", "-q", "--no-input", "--disable-pip-version-check", "--require-hashes"]
        command = [*pip, "--target", str(place), "-r", str(lock)]
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        if done.returncode:
            raise NotInstalled(f"{lock.name} 里的软件包装不上:{(done.stderr or done.stdout).strip()[-600:]}")
        ready.write_text(digest, "utf-8")
    return place
