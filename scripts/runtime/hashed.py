"""Names and caches by content: a thing is made again only when its inputs change."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

NAME_DIGITS = 12
KEY_DIGITS = 32


def hashed_name(name: str, content: bytes) -> str:
    """`worker.js` → `worker.0123456789ab.js`: an address that never changes what it holds."""
    stem, dot, suffix = name.partition(".")
    return f"{stem}.{hashlib.sha256(content).hexdigest()[:NAME_DIGITS]}{dot}{suffix}"


def cached(cache: Path, name: str, key: str, make: Callable[[Path], None]) -> Path:
    """The folder that `make` filled for this key, made now if it is not there. A failing `make` leaves nothing behind."""
    home = cache / f"{name}-{key[:KEY_DIGITS]}"
    if home.is_dir():
        return home
    cache.mkdir(parents=True, exist_ok=True)
    rough = Path(tempfile.mkdtemp(prefix=f"{name}-", dir=cache))
    try:
        make(rough)
        rough.rename(home)
    except OSError:
        if not home.is_dir():  # else another run has finished the same first
            raise
    finally:
        shutil.rmtree(rough, ignore_errors=True)
    return home
