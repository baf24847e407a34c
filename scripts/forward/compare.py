"""Which lines of which pages another generator writes otherwise than MkDocs, but for what differences.yml gives reasons for."""

from __future__ import annotations

import filecmp
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import yaml

from scripts.forward.pages import PARTS, Parts

ACCEPTED = Path(__file__).with_name("differences.yml")
SIDES = ("mkdocs", "other")


@dataclass
class Difference:
    """One that is accepted. side: whose lines. line: what in them is read as `becomes`; a line that is empty then is none."""

    part: str
    side: str
    line: re.Pattern[str]
    becomes: str
    why: str
    used: int = 0

    def read(self, line: str) -> str:
        """A line as it is compared."""
        read, times = self.line.subn(self.becomes, line)
        self.used += times
        return read


def accepted(generator: str, file: Path = ACCEPTED) -> list[Difference]:
    """What may differ of a generator's pages. Raises ValueError for an entry that is not written as the file's head says."""
    found = []
    for said in yaml.safe_load(file.read_text("utf-8")):
        known = set(said) == {"of", "part", "side", "line", "becomes", "why"}
        if not known or said["part"] not in PARTS or said["side"] not in SIDES or len(said["why"]) < 10:
            raise ValueError(f"{file.name}: {said}")
        if generator in said["of"]:
            found.append(Difference(said["part"], said["side"], re.compile(said["line"]), said["becomes"], said["why"]))
    return found


def compare(mkdocs: Mapping[str, Parts], other: Mapping[str, Parts], allowed: Sequence[Difference]) -> list[str]:
    """Every difference that is not allowed, and every allowed one that is not there any more; one line each, Chinese."""
    found = [f"少了一页:{name}" for name in sorted(set(mkdocs) - set(other))]
    found += [f"多了一页:{name}" for name in sorted(set(other) - set(mkdocs))]
    lines: Counter[tuple[str, str, str]] = Counter()
    pages: dict[tuple[str, str, str], str] = {}
    for name in sorted(set(mkdocs) & set(other)):
        for part in PARTS:
            sides = (_read(parts[name][part], part, side, allowed) for parts, side in zip((mkdocs, other), SIDES, strict=True))
            for side, line in _unlike(*sides):
                lines[part, side, line] += 1
                pages.setdefault((part, side, line), name)
    for (part, side, line), times in lines.most_common():
        found.append(f"{part}:只有 {side} 有:{line}({times} 处,例如 {pages[part, side, line]})")
    found += [f"{ACCEPTED.name} 里多余的一条,现在没有这种不同:{one.part} {one.line.pattern}" for one in allowed if not one.used]
    return found


def _read(lines: Sequence[str], part: str, side: str, allowed: Sequence[Difference]) -> list[str]:
    meant = [one for one in allowed if (one.part, one.side) == (part, side)]
    read = []
    for line in lines:
        told = line
        for one in meant:
            told = one.read(told)
        if told or not line:
            read.append(told)
    return read


def _unlike(mkdocs: list[str], other: list[str]) -> Iterator[tuple[str, str]]:
    if mkdocs == other:
        return
    for how, from_, to, begin, end in SequenceMatcher(None, mkdocs, other, autojunk=False).get_opcodes():
        if how != "equal":
            yield from ((SIDES[0], line) for line in mkdocs[from_:to])
            yield from ((SIDES[1], line) for line in other[begin:end])


def not_passed_on(staged: Path, site: Path) -> list[str]:
    """The staged files other than Markdown that are not in a built site byte for byte. Folders with a dot stay behind."""
    files = (path.relative_to(staged) for path in sorted(staged.rglob("*")) if path.is_file() and path.suffix != ".md")
    seen = (name for name in files if not name.parts[0].startswith("."))
    return [f"没有原样带过去的文件:{name.as_posix()}" for name in seen if not _same(staged / name, site / name)]


def unlike_files(before: Path, after: Path, beside: Sequence[str]) -> list[str]:
    """The files of two finished sites that are not the same bytes, or in one alone. beside: folders that are not compared."""
    names: dict[Path, Any] = {}
    for site in (before, after):
        for path in site.rglob("*"):
            name = path.relative_to(site)
            if path.is_file() and name.parts[0] not in beside:
                names[name] = None
    return [f"做好的网站里不一样:{name.as_posix()}" for name in sorted(names) if not _same(before / name, after / name)]


def _same(one: Path, other: Path) -> bool:
    return one.is_file() and other.is_file() and filecmp.cmp(one, other, shallow=False)
