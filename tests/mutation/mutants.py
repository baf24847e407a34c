"""Every mutant of `calculator/`: one small change each, made by the operators of cosmic-ray.

Not changed is what the running program never reads: annotations, aliases of types, docstrings, and assertions that only tell
the type checker what is already so.
"""

from __future__ import annotations

import ast
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ROOT / "build" / "mutation"
LOCK = ROOT / "requirements-mutation.txt"
WITH_ARGUMENTS = ("VariableReplacer", "VariableInserter")
Position = tuple[int, int]


class Mutant(NamedTuple):
    """One change. start, end: where, in the file as it is (line, column). lines: those of the statement around it."""

    path: str
    operator: str
    start: Position
    end: Position
    new: str
    lines: tuple[int, int]
    within: str
    old: str

    @property
    def name(self) -> str:
        """Where by name, the line as it is and as it becomes: the same as long as its function stays the same."""
        changed = self.source().splitlines()[self.start[0] - 1].strip()
        return f"{self.path}:{self.within}: {self.old} ⇒ {changed}"

    @property
    def module(self) -> str:
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    def source(self) -> str:
        """The file with this change."""
        return _replaced((ROOT / self.path).read_text("utf-8"), self.start, self.end, self.new)


def mutants(seed: int | None = None) -> Iterator[Mutant]:
    """All of them, no two alike. With a seed in an order of chance, so that whoever takes the first n has a fair sample."""
    files = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in sorted((ROOT / "calculator").rglob("*.py"))}
    operators = _operators()
    parsed = {name: _File(name, text, operators) for name, text in files.items()}
    spots = [(name, spot) for name, file in parsed.items() for spot in file.spots]
    if seed is not None:
        random.Random(seed).shuffle(spots)
    seen: set[tuple[str, Position, Position, str]] = set()
    for name, spot in spots:
        made = parsed[name].mutant(spot)
        if made is not None and (made.path, made.start, made.end, made.new) not in seen:
            seen.add((made.path, made.start, made.end, made.new))
            yield made


def _operators() -> dict[str, Any]:
    """Those of cosmic-ray that need no arguments; its operators are installed from their lock the first time."""
    done = TOOLS / ".lock"
    if not done.is_file() or done.read_bytes() != LOCK.read_bytes():
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "--no-deps"]
        command = [*pip, "--upgrade", "--target", str(TOOLS), "-r", str(LOCK)]
        subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
        done.write_bytes(LOCK.read_bytes())
    sys.path.append(str(TOOLS))
    from cosmic_ray.operators.provider import OperatorProvider

    provider = OperatorProvider()
    return {name: provider[name]() for name in sorted(provider) if name not in WITH_ARGUMENTS}


class _File:
    """One file and every spot where an operator can change it: (node, operator's name, which of its changes)."""

    def __init__(self, path: str, source: str, operators: dict[str, Any]) -> None:
        import parso

        self.path, self.source, self.operators = path, source, operators
        self.tree = parso.parse(source)
        self.places = _Places(ast.parse(source))
        self.spots = [
            (node, name, index)
            for node in _nodes(self.tree)
            for name, operator in operators.items()
            for index, (start, _) in enumerate(operator.mutation_positions(node))
            if not self.places.idle(start)
        ]

    def mutant(self, spot: tuple[Any, str, int]) -> Mutant | None:
        """None where the change gives no Python, or nothing new."""
        node, name, index = spot
        line = node.start_pos[0]
        changed = self._changed(node, self.operators[name], index)
        try:
            ast.parse(changed)
        except SyntaxError:
            return None
        if changed == self.source:
            return None
        start, end, new = _difference(self.source, changed)
        old = self.source.splitlines()[start[0] - 1].strip()
        return Mutant(self.path, name, start, end, new, self.places.statement(line), self.places.within(line), old)

    def _changed(self, node: Any, operator: Any, index: int) -> str:
        """The file's text with one node changed; the tree is put back as it was."""
        before = [(one, _state(one)) for one in (node.parent, *_nodes(node))]
        at = next(place for place, one in enumerate(node.parent.children) if one is node)
        new = operator.mutate(node, index)
        node.parent.children[at : at + 1] = [] if new is None else [new]
        changed: str = self.tree.get_code()
        for one, state in before:
            _put_back(one, state)
        return changed


def _nodes(node: Any) -> Iterator[Any]:
    yield node
    for child in getattr(node, "children", ()):
        yield from _nodes(child)


def _state(node: Any) -> Any:
    return list(node.children) if hasattr(node, "children") else node.value


def _put_back(node: Any, state: Any) -> None:
    if isinstance(state, list):
        node.children = state
    else:
        node.value = state


def _difference(old: str, new: str) -> tuple[Position, Position, str]:
    """Where two texts differ, and what the second has there."""
    first = _alike(old, new)
    most = min(len(old), len(new)) - first
    last = min(most, _alike(old[::-1], new[::-1]))
    return _position(old, first), _position(old, len(old) - last), new[first : len(new) - last]


def _alike(one: str, other: str) -> int:
    """How many letters two texts have in common at the beginning."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if one[:middle] == other[:middle] else (low, middle - 1)
    return low


def _position(text: str, at: int) -> Position:
    return text.count("\n", 0, at) + 1, at - (text.rfind("\n", 0, at) + 1)


def _replaced(text: str, start: Position, end: Position, new: str) -> str:
    lines = text.splitlines(keepends=True)
    first = sum(map(len, lines[: start[0] - 1])) + start[1]
    last = sum(map(len, lines[: end[0] - 1])) + end[1]
    return text[:first] + new + text[last:]


class _Places:
    """Which places of a file the program never reads, and which statement and function a line belongs to."""

    def __init__(self, tree: ast.Module) -> None:
        self.tree = tree
        self.unread = [(one.lineno, one.col_offset, one.end_lineno, one.end_col_offset) for one in self._unread()]
        self.statements = [_head(node) for node in ast.walk(tree) if isinstance(node, ast.stmt)]

    def _unread(self) -> Iterator[Any]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef):
                every = [*node.args.args, *node.args.kwonlyargs, *node.args.posonlyargs, node.args.vararg, node.args.kwarg]
                yield from (one.annotation for one in every if one is not None and one.annotation is not None)
                yield from [node.returns] if node.returns is not None else []
            elif isinstance(node, ast.AnnAssign):
                yield node.annotation
            elif isinstance(node, ast.Assert):
                yield node
        yield from (
            node.value for node in self.tree.body
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Subscript | ast.BinOp) and _is_type(node.value)
        )  # fmt: skip

    def idle(self, at: Position) -> bool:
        return any((l1, c1) <= at < (l2, c2) for l1, c1, l2, c2 in self.unread)

    def statement(self, line: int) -> tuple[int, int]:
        """The lines of the innermost statement around a line: of a compound one only its head."""
        best = (line, line)
        for first, last in self.statements:  # those inside come after those around
            if first <= line <= last:
                best = (first, last)
        return best

    def within(self, line: int) -> str:
        """The dotted name of the function or class around a line."""
        names = []
        node: Any = self.tree
        while node is not None:
            node = next(
                (one for one in ast.iter_child_nodes(node) if isinstance(one, ast.FunctionDef | ast.ClassDef)
                 and min([one.lineno, *(d.lineno for d in one.decorator_list)]) <= line <= (one.end_lineno or 0)),
                None,
            )  # fmt: skip
            if node is not None:
                names.append(node.name)
        return ".".join(names) or "module"


def _head(node: ast.stmt) -> tuple[int, int]:
    """The first and the last line of a statement; of a compound one only its head."""
    body = getattr(node, "body", None)
    last = body[0].lineno - 1 if body else node.end_lineno or node.lineno
    first = min([node.lineno, *(one.lineno for one in getattr(node, "decorator_list", ()))])
    return first, max(last, node.lineno)


def _is_type(node: ast.expr) -> bool:
    """Whether an expression is made of names, `|` and subscripts alone: an alias of a type."""
    kinds = (ast.Name, ast.Attribute, ast.Subscript, ast.BinOp, ast.Tuple, ast.List, ast.Constant)
    return all(isinstance(one, kinds) for one in ast.walk(node) if isinstance(one, ast.expr))
