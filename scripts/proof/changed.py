"""Which places a change of the files can have touched."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

WHOLE = (
    "rules/places/",
    "rules/groups",
    "rules/documents/",
    "rules/rulebook.yaml",
    "calculator/",
    "scripts/proof/",
    "scripts/rulebook/",
)
"""What every answer may rest on."""
NATION = "CN"


class UnknownCommit(ValueError):
    """The commit to compare with is not there."""


@dataclass(frozen=True)
class Changed:
    """`places`: those with changed rules, and those below them. `everywhere`: the change may touch every answer."""

    places: frozenset[str]
    everywhere: bool


def changed_since(root: Path, base: str, book: dict[str, Any]) -> Changed:
    """What differs from a commit, files that it does not have included."""
    return touched(_files(root, base), book)


def _files(root: Path, base: str) -> list[str]:
    listings = (["diff", "--name-only", "--no-renames", "-z", base, "--"], ["ls-files", "-o", "--exclude-standard", "-z"])
    found: list[str] = []
    for listing in listings:
        try:
            told = subprocess.run(["git", *listing], cwd=root, capture_output=True, text=True, check=False)
        except FileNotFoundError:
            raise UnknownCommit("没有找到 git。请先装好 git,再运行一次") from None
        if told.returncode:
            raise UnknownCommit(told.stderr.strip())
        found += [path for path in told.stdout.split("\0") if path]
    return sorted(set(found))


def touched(files: list[str], book: dict[str, Any]) -> Changed:
    """The places that a change of these files can have touched."""
    parents = {place["code"]: place["parent"] for place in book["places"]}
    named = {Path(path).parent.name.split("-")[0] for path in files if path.startswith("rules/")} & {*parents, NATION}
    below = {place for place in parents if named & set(_above(place, parents))}
    everywhere = NATION in named or any(path.startswith(WHOLE) for path in files)
    return Changed(frozenset(named | below), everywhere)


def _above(place: str, parents: dict[str, str | None]) -> list[str]:
    chain: list[str] = []
    while (parent := parents.get(place)) is not None:
        chain.append(parent)
        place = parent
    return chain
