"""A pyodide-lock.json that knows our wheel, so that anyone's page can `loadPackage("yibao-calculator")`.

pyodide-build writes it, and that needs Python >= 3.12, which the rest of the project does not. So it lives in a
virtual environment of its own under the cache, and where it cannot be had the step is left out.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

from scripts.errors import of_tool
from scripts.pythons import find_python

NEEDS = (3, 12)
TOOLS = "requirements-pyodide-build.txt"
REMEDY = "请运行 make distclean,再运行 make site。"


class LeftOut(Exception):
    """The step could not be done here. Its text is one Chinese sentence that says why, and what would mend it."""


def write_lock(root: Path, wheel: Path, npm_lock: Path, cache: Path, out: Path) -> Path:
    """Write `out/pyodide-lock.json`: Pyodide's own (`npm_lock`) and `wheel`, which is to lie beside it when served.

    Raises LeftOut where there is no Python >= 3.12 or its tools cannot be installed.
    """
    command = _tools(root / TOOLS, cache) / "bin" / "pyodide"
    target = out / "pyodide-lock.json"
    out.mkdir(parents=True, exist_ok=True)
    run = _run(command, "lockfile", "add-wheels", "--input", npm_lock.resolve(), "--output", target.resolve(),
               "--base-path", wheel.resolve().parent, wheel.resolve())  # fmt: skip
    if run.returncode or not target.exists():
        raise of_tool("pyodide-build 没能把 wheel 写进 pyodide-lock.json", run.stderr or run.stdout, REMEDY)
    return target


def _tools(requirements: Path, cache: Path) -> Path:
    """The virtual environment with pyodide-build in it, made once for each set of pinned versions."""
    python = find_python(NEEDS)
    if python is None:
        raise LeftOut("没有生成 pyodide-lock.json:这台机器上没有 Python 3.12 或更新的版本(网站和离线包不受影响)。")
    pins = hashlib.sha256(requirements.read_bytes() + str(python.resolve()).encode()).hexdigest()[:12]
    home = cache / f"pyodide-build-{pins}"
    ready = home / ".ready"
    if ready.exists():
        return home
    shutil.rmtree(home, ignore_errors=True)
    made = _run(python, "-m", "venv", home.resolve())
    if not made.returncode:
        made = _run(home / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
                    "--no-input", "--require-hashes", "-r", requirements)  # fmt: skip
    if made.returncode:
        raise LeftOut(f"没有生成 pyodide-lock.json:装不上 pyodide-build({_last_line(made)});连上网后 make rebuild。")
    ready.touch()
    return home


def _run(command: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(command), *map(str, arguments)], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )


def _last_line(run: subprocess.CompletedProcess[str]) -> str:
    lines = (run.stderr or run.stdout).strip().splitlines()
    return lines[-1].strip() if lines else "没有说明原因"
