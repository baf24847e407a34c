"""Packages that we name and nobody uses: each in a requirements*.in or a package.json is imported, or run by something.

What is run and not imported stands in `RUN`: the package, the file that runs it, and the words there that do.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

OURS = ("calculator", "scripts", "tests", "docs")
IMPORTED_AS = {"chinesecalendar": "chinese_calendar", "pyyaml": "yaml"}
RUN = {
    "@micropython/micropython-webassembly-pyscript": ("scripts/bench/pages/rounds.py", '"micropython-webassembly-pyscript"'),
    "@pyscript/core": ("scripts/bench/pages/rounds.py", '"@pyscript" / "core"'),
    "hatchling": ("pyproject.toml", 'build-backend = "hatchling.build"'),
    "import-linter": ("Makefile", ".venv/bin/lint-imports"),
    "mkdocs-material": ("mkdocs.yml", "name: material"),
    "mypy": ("Makefile", "-m mypy"),
    "pip-audit": ("scripts/audit.py", '"pip_audit"'),
    "pip": ("scripts/setup.sh", "-m pip install"),
    "properdocs": ("scripts/forward/generators.py", '["properdocs", "build"'),
    "zensical": ("scripts/forward/generators.py", '["zensical", "build"'),
    "pyodide-build": ("scripts/pyodide_lock.py", "pyodide-build"),
    "pyodide-lock": ("scripts/pyodide_lock.py", '"add-wheels"'),
    "pytest-xdist": ("Makefile", "-n 2 --dist loadfile"),
    "ruff": ("Makefile", "-m ruff check"),
    "setuptools": ("scripts/setup.sh", "--no-build-isolation"),
    "types-jsonschema": ("pyproject.toml", "strict = true"),
    "types-pyyaml": ("pyproject.toml", "strict = true"),
    "wheel": ("scripts/setup.sh", "--no-build-isolation"),
    "typescript": ("Makefile", "node_modules/.bin/tsc"),
}


def unused(root: Path, run: Mapping[str, tuple[str, str]] = RUN) -> Iterator[str]:
    """Each package that the checkout at `root` names and does not use, and each line of `run` that is of none: one line each."""
    imported, written = _imports(root), _written(root)
    named = set()
    for name, file in _python_packages(root):
        named.add(name)
        if name not in run and IMPORTED_AS.get(name, name.replace("-", "_")) not in imported:
            yield f"{file}:1: {name} is imported nowhere; take it out, or say in scripts/dependencies.py what runs it"
    for name, file in _node_packages(root):
        named.add(name)
        if name not in run and not re.search(rf"['\"/]{re.escape(name)}['\"/]", written):
            yield f"{file}:1: {name} is named in no script; take it out, or say in scripts/dependencies.py what runs it"
    for name, (file, words) in run.items():
        if name not in named:
            yield f"scripts/dependencies.py:1: {name} is no dependency; take it out of RUN"
        elif words not in (root / file).read_text(encoding="utf-8"):
            yield f"{file}:1: {name} is not run here ({words}); mend scripts/dependencies.py, or take the package out"


def _python_packages(root: Path) -> Iterator[tuple[str, str]]:
    """(name, the file that names it)."""
    for path in sorted(root.glob("requirements*.in")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if found := re.match(r"[A-Za-z][\w.-]*", line):
                yield found[0].lower(), path.name


def _node_packages(root: Path) -> Iterator[tuple[str, str]]:
    """(name, the file that names it)."""
    for path in [root / "package.json", *sorted(root.glob("scripts/**/package.json"))]:
        told = json.loads(path.read_text(encoding="utf-8"))
        for name in {**told.get("dependencies", {}), **told.get("devDependencies", {})}:
            yield name, path.relative_to(root).as_posix()


def _imports(root: Path) -> set[str]:
    """The first word of every import in our Python."""
    found = set()
    for path in (path for folder in OURS for path in (root / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.split(".")[0])
    return found


def _written(root: Path) -> str:
    """All our scripts of Node, and the Python that points to files of its packages."""
    files = (path for folder in ("scripts", "tests") for kind in ("*.mjs", "*.py") for path in (root / folder).rglob(kind))
    return "\n".join(path.read_text(encoding="utf-8") for path in files if path.name != "dependencies.py")
