"""One version: the rulebook's is that of the wheel, has its section in the changelog, and none that was kept is newer."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from scripts.releases import KEPT, SUFFIX

HEADING = re.compile(r"(?m)^## +(.*\S) *$")
VERSION = re.compile(r"\d+(\.\d+)+")


def untied(root: Path, version: str) -> list[str]:
    """What does not fit the rulebook's `version` in the checkout at `root`: sentences, none when all is one."""
    return [*_changelog(root, version), *_wheel(root, version)]


def sections(changelog: str) -> dict[str, str]:
    """Heading → text of each section, the first in the file first; one that occurs twice has both texts."""
    parts = HEADING.split(changelog)[1:]
    found: dict[str, str] = {}
    for heading, text in zip(parts[::2], parts[1::2], strict=True):
        found[heading] = found.get(heading, "") + text
    return found


def _changelog(root: Path, version: str) -> list[str]:
    text = (root / "CHANGELOG.md").read_text("utf-8")
    told = sections(text)
    headings = HEADING.findall(text)
    strange = [one for one in headings if not VERSION.fullmatch(one)]
    if strange:
        return [f"CHANGELOG.md 里“{strange[0]}”这一节的标题不是版本号；应当写成 ## {version} 这样"]
    newest = headings[0] if headings else "（没有）"
    found = []
    if newest != version:
        found.append(f"CHANGELOG.md 最上面一节是 {newest}，rules/rulebook.yaml 的 version 是 {version}；应当是同一个")
    elif not re.search(r"\w", told[version]):
        found.append(f"CHANGELOG.md 的 {version} 一节还没有写；请写读者能感到的变化")
    if headings != sorted(told, key=_order, reverse=True):
        found.append("CHANGELOG.md 的各节应当一版一节，新的在前")
    kept = sorted((path.name.removesuffix(SUFFIX) for path in (root / KEPT).glob(f"*{SUFFIX}")), key=_order)
    found += [f"第 {one} 版留存过，CHANGELOG.md 里却没有它；请补上 ## {one}" for one in kept if one not in told]
    if kept and _order(kept[-1]) > _order(version):
        found.append(f"rules/released/ 里已经有第 {kept[-1]} 版，比 rules/rulebook.yaml 的 version（{version}）新；请改 version")
    return found


def _wheel(root: Path, version: str) -> list[str]:
    hatch = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["version"]
    found = re.search(hatch["pattern"], (root / hatch["path"]).read_text("utf-8"))
    taken = found["version"] if found else "读不出的"
    if taken == version:
        return []
    return [f"wheel 的版本会是 {taken}，规则书是 {version}；请改 pyproject.toml 的 tool.hatch.version"]


def _order(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))
