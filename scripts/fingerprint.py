"""What went into a build and what came out, as hashes: equal hashes mean there is nothing to do."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

SKIPPED_NAMES = frozenset({"__pycache__", ".DS_Store"})
SKIPPED_SUFFIXES = frozenset({".pyc", ".swp", ".tmp"})


@dataclass(frozen=True)
class Stamp:
    """The last complete build: its inputs, its outputs, and what had to be left out of it (one sentence each)."""

    inputs: str
    outputs: str
    left_out: list[str]

    @staticmethod
    def read(path: Path) -> Stamp | None:
        """The stamp at `path`, or None where there is none that can be read."""
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            return Stamp(data["inputs"], data["outputs"], list(data["left_out"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def write(self, path: Path) -> None:
        """Put the stamp at `path`, whole or not at all."""
        write_if_changed(path, json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n")


def digest(root: Path, names: Iterable[str], extra: Mapping[str, str], *, without: Iterable[str] = ()) -> str:
    """One hash over the files and folders `names` under `root`, and over `extra` (things that are no files).

    Counts names and contents, not times or modes. A name that is not there counts as absent. `without`: paths
    relative to `root` that do not count, nor what is in them.
    """
    skipped = {root / name for name in without}
    total = hashlib.sha256()
    for key in sorted(extra):
        total.update(f"{key}={extra[key]}\n".encode())
    for name in sorted(names):
        for path in files_under(root / name):
            if skipped.isdisjoint((path, *path.parents)):
                total.update(f"{path.relative_to(root).as_posix()}\0{_hash(path)}\n".encode())
    return total.hexdigest()


def files_under(path: Path) -> list[Path]:
    """The files at or under `path`, sorted by their names; caches and editors' leavings are passed over."""
    if path.is_file():
        return [path]
    if not path.is_dir():
        return []
    found: list[Path] = []
    for entry in path.iterdir():
        if entry.name in SKIPPED_NAMES or entry.suffix in SKIPPED_SUFFIXES:
            continue
        found += files_under(entry)
    return sorted(found, key=lambda file: file.as_posix())


def write_if_changed(path: Path, text: str) -> bool:
    """Write `text` to `path` in one step, unless it is there already. True if it was written."""
    data = text.encode("utf-8")
    try:
        if path.read_bytes() == data:
            return False
    except OSError:
        pass
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".tmp")
    beside.write_bytes(data)
    beside.replace(path)
    return True


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
