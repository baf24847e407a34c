"""Put a finished build in the place of the one before it: all of it, or nothing."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from scripts.errors import refused

AT_FDCWD = -100
RENAME_EXCHANGE = 2
APART = "import sys; from scripts.publish import main; sys.exit(main(*sys.argv[1:]))"


def publish_apart(finished: Path, root: Path, names: Iterable[str], held: int) -> None:
    """`publish` by a process that stands apart: whoever kills this build, with all its processes, cannot cut that short.

    held: the descriptor of the build's lock, which that process holds too, so that no other build begins before it ends.
    Raises BuildError where the system refuses; then all stands as before.
    """
    command = [sys.executable, "-c", APART, str(finished), str(root), *names]
    run = subprocess.run(
        command, cwd=Path(__file__).resolve().parents[1], start_new_session=True, pass_fds=[held],
        stdin=subprocess.DEVNULL, capture_output=True, check=False,
    )  # fmt: skip
    if run.returncode:
        raise refused(OSError(run.returncode, os.strerror(run.returncode), str(root)))


def publish(finished: Path, root: Path, names: Iterable[str]) -> None:
    """Swap each folder or file `finished/name` with `root/name`; what stood there before is then in `finished`.

    All must be there before the first is swapped. The swaps follow each other at once; each is one step of the
    file system where it knows such a step (Linux), and two renames elsewhere. If one is refused, those before it are undone.
    """
    wanted = list(names)
    for name in wanted:
        if not (finished / name).exists():
            raise FileNotFoundError(finished / name)
        (root / name).parent.mkdir(parents=True, exist_ok=True)
    done: list[str] = []
    try:
        for name in wanted:
            swap(finished / name, root / name)
            done.append(name)
    except OSError:
        for name in reversed(done):
            _take_back(finished / name, root / name)
        raise


def swap(new: Path, old: Path) -> None:
    """Make `new` stand at `old`, and what stood at `old`, if anything, at `new`."""
    if not old.exists():
        new.rename(old)
    elif not _exchange(new, old):
        aside = new.with_name(new.name + ".previous")
        shutil.rmtree(aside, ignore_errors=True)
        old.rename(aside)
        try:
            new.rename(old)
        except OSError:
            aside.rename(old)
            raise
        aside.rename(new)


def _take_back(new: Path, old: Path) -> None:
    if new.exists():
        swap(new, old)
    else:
        old.rename(new)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two paths in one step; False where the system has no such step."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    done = renameat2(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE)
    return bool(done == 0)


def main(finished: str, root: str, *names: str) -> int:
    """What runs apart; returns 0 or the number of the system's error."""
    try:
        publish(Path(finished), Path(root), names)
    except OSError as error:
        return error.errno or 1
    return 0

