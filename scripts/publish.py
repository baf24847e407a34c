"""Put a finished build in the place of the one before it: all of it, or nothing."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

AT_FDCWD = -100
RENAME_EXCHANGE = 2


def publish(finished: Path, root: Path, names: Iterable[str]) -> None:
    """Swap each folder or file `finished/name` with `root/name`; what stood there before is then in `finished`.

    All must be there before the first is swapped. The swaps follow each other at once; each is one step of the
    file system where it knows such a step (Linux), and two renames elsewhere.
    """
    wanted = list(names)
    for name in wanted:
        if not (finished / name).exists():
            raise FileNotFoundError(finished / name)
    for name in wanted:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        swap(finished / name, root / name)


def swap(new: Path, old: Path) -> None:
    """Make `new` stand at `old`, and what stood at `old`, if anything, at `new`."""
    if not old.exists():
        new.rename(old)
    elif not _exchange(new, old):
        aside = new.with_name(new.name + ".previous")
        shutil.rmtree(aside, ignore_errors=True)
        old.rename(aside)
        new.rename(old)
        aside.rename(new)


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
