"""Our Markdown as a reader of it on a forge meets it: links, headings, and the code that it names."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

FENCED = re.compile(r"^( *)```.*?^\1```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(<?([^)\s>]+)>?\)")
CODE = re.compile(r"`([^`\n]+)`")
MADE = (
    "build/", "dist/", "site/", "node_modules/", ".venv/", "calculator/rulebook.json", "rules/seen/sources.json",
    "rules/documents/lianxi-jiaxing.yaml", "rules/330000-浙江/330400-嘉兴/flexible-restoration.yaml",
)  # fmt: skip
"""What is made and not kept; the last two are those of the exercise in CONTRIBUTING."""


def broken(root: Path, page: Path) -> Iterator[str]:
    """Links of a page to files and headings of ours that are not there, and code in backticks that is not."""
    text = FENCED.sub("", page.read_text("utf-8"))
    for target in LINK.findall(text):
        if not re.match(r"[a-z]+:", target):
            yield from _broken_link(root, page, target)
    for named in CODE.findall(text):
        yield from _broken_name(root, page, named)


def _broken_link(root: Path, page: Path, target: str) -> Iterator[str]:
    path, _, heading = unquote(target).partition("#")
    to = Path(os.path.normpath(page.parent / path)) if path else page
    if not to.is_relative_to(root) or not to.exists():
        yield f"{target}: no such file"
    elif heading and heading not in anchors(to.read_text("utf-8")):
        yield f"{target}: no such heading"


def anchors(text: str) -> set[str]:
    """The names that forges give to the headings of a page."""
    found: set[str] = set()
    for heading in re.findall(r"^#+ +(.+?) *$", FENCED.sub("", text), re.MULTILINE):
        words = re.sub(r"\[([^\]]*)\]\([^)]*\)|`", r"\1", heading).lower()
        name = re.sub(r"[^\w\- ]", "", words).replace(" ", "-")
        found.add(next(one for one in [name, *(f"{name}-{n}" for n in range(1, 99))] if one not in found))
    return found


def _broken_name(root: Path, page: Path, named: str) -> Iterator[str]:
    """Of `folder/file.py::Name.part` what is not there; folders are those at the root, or beside the page."""
    if not (found := re.fullmatch(r"([\w.\-/一-鿿]+)(?:::([\w.]+))?", named)) or named.startswith(MADE):
        return
    path, name = found[1], found[2]
    if "/" not in path or path.startswith("/") or not (root / path.split("/")[0]).is_dir():
        return
    to = next((one for one in (root / path, page.parent / path) if one.exists()), None)
    if to is None:
        yield f"{named}: no such file"
    elif name and not defines(to, name):
        yield f"{named}: not in that file"


def defines(path: Path, name: str) -> bool:
    """Whether a Python or JavaScript file defines a name, or `Class.method`."""
    text = path.read_text("utf-8")
    if path.suffix == ".py":
        here: list[ast.stmt] = ast.parse(text).body
        for part in name.split("."):
            one = next((node for node in here if part in _names(node)), None)
            if one is None:
                return False
            here = getattr(one, "body", [])
        return True
    *around, last = name.split(".")
    if around:
        inside = re.search(rf"^(?:export )?class {around[0]}\b.*?^}}", text, re.MULTILINE | re.DOTALL)
        return bool(inside and re.search(rf"^  (?:async |get )?{last}\(", inside[0], re.MULTILINE))
    return bool(re.search(rf"^(?:export )?(?:async )?(?:function|const|let|class) {last}\b", text, re.MULTILINE))


def _names(node: ast.stmt) -> set[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return {node.name}
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    imported = {alias.asname or alias.name for alias in node.names} if isinstance(node, ast.ImportFrom) else set()
    return {target.id for target in targets if isinstance(target, ast.Name)} | imported
