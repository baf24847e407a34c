"""What import-linter cannot say of the walls: the calculator is pure, everything is short enough to read, and all of it is used.

    python -m scripts.walls

Prints each breach as `file:line: what; what would be right`; exit 1 if there is one.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from scripts import dependencies, idle

HERE = Path(__file__).resolve().parent
MODULE_LINES = 300
FUNCTION_LINES = 50
SCRIPTS = ("*.js", "*.mjs", "*.sh")
OUTER = frozenset({"__main__.py", "cli.py"})  # the calculator's two files that may read and print
OUTSIDE = frozenset((
    "asyncio", "ctypes", "glob", "http", "io", "locale", "os", "pathlib", "random", "secrets", "select", "shutil",
    "signal", "socket", "ssl", "subprocess", "sys", "tempfile", "threading", "time", "urllib", "uuid", "zoneinfo",
))  # of the standard library: files, network, clock, chance, the machine  # fmt: skip
SLOW = {"dataclasses": "a record is a NamedTuple, made ten times as fast: every command and every page begins by making all"}
CLOCKS = frozenset({"today", "now", "utcnow", "fromtimestamp"})
CALLS = frozenset({"open", "input", "print", "exec", "eval", "__import__"})


def breaches(root: Path) -> Iterator[str]:
    """Every breach in the checkout at `root`, one line each; what nobody uses is looked for in `main`."""
    scripts = sorted(path for folder in ("scripts", "docs") for kind in SCRIPTS for path in (root / folder).rglob(kind))
    for path in scripts:
        for line, what in _length(path):
            yield f"{path.relative_to(root).as_posix()}:{line}: {what}"
    yield from _long_functions(root, [path for path in scripts if path.suffix != ".sh"])
    for path in _python_files(root, "calculator", "scripts"):
        tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
        name = path.relative_to(root).as_posix()
        for line, what in _sizes(path, tree):
            yield f"{name}:{line}: {what}"
        if name.startswith("calculator/"):
            for line, what in _imports(tree, pure=path.name not in OUTER):
                yield f"{name}:{line}: {what}"
        if name.startswith("calculator/") and path.name not in OUTER:
            for line, what in _effects(tree):
                yield f"{name}:{line}: {what}"


def _python_files(root: Path, *folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (root / folder).rglob("*.py"))


def _length(path: Path) -> Iterator[tuple[int, str]]:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    if lines > MODULE_LINES:
        yield 1, f"{lines} lines; a module has at most {MODULE_LINES}: split it by idea"


def _long_functions(root: Path, scripts: list[Path]) -> list[str]:
    """Of JavaScript, which Python cannot read."""
    command = ["node", str(HERE / "long.mjs"), str(FUNCTION_LINES), *[path.relative_to(root).as_posix() for path in scripts]]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout.splitlines()


def _sizes(path: Path, tree: ast.AST) -> Iterator[tuple[int, str]]:
    yield from _length(path)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION_LINES:
                yield node.lineno, f"{node.name} has {length} lines; a function has at most {FUNCTION_LINES}"


def _imports(tree: ast.AST, *, pure: bool) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        for name in _imported(node):
            if name == "calculator":
                continue
            if name not in sys.stdlib_module_names:
                yield _line(node), f"imports {name}; the calculator uses the standard library alone"
            elif name in SLOW:
                yield _line(node), f"imports {name}; {SLOW[name]}"
            elif pure and name in OUTSIDE:
                yield _line(node), f"imports {name}; only cli.py and __main__.py may touch files, clock or network"


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name.split(".")[0] for alias in node.names]
    if isinstance(node, ast.ImportFrom) and not node.level:
        return [(node.module or "").split(".")[0]]
    return []


def _effects(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        if isinstance(called, ast.Name) and called.id in CALLS:
            yield node.lineno, f"calls {called.id}(); the core takes values and gives values"
        if isinstance(called, ast.Attribute) and called.attr in CLOCKS:
            yield node.lineno, f"calls .{called.attr}(); the day of the question is the Case's as_of"


def _line(node: ast.AST) -> int:
    return int(getattr(node, "lineno", 1))


def main() -> int:
    """The command line; returns the exit code."""
    root = HERE.parent
    found = [*breaches(root), *idle.idle(root), *dependencies.unused(root)]
    for line in found:
        print(line)
    print(f"围墙检查:{len(found)} 处越界。" if found else "围墙检查:没有越界。")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
