"""What the page runs, made from its sources and cached: Python's library with the calculator, and the bundled shell."""

from __future__ import annotations

import hashlib
import json
import subprocess
import zipfile
from dataclasses import dataclass
from pathlib import Path

from scripts.errors import BuildError, of_tool
from scripts.fingerprint import digest
from scripts.runtime.form import FINDER, WIDGET, read_words
from scripts.runtime.hashed import cached

HERE = Path(__file__).parent
BRIDGE = WIDGET / "bridge.py"
PYODIDE_FILES = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")
NOT_IN_THE_PAGE = ("__main__.py", "cli.py")
STAMP = (2026, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Workshop:
    """Where the tools are and where their results are kept."""

    node_modules: Path
    cache: Path

    @property
    def pyodide(self) -> Path:
        return self.node_modules / "pyodide"

    def pyodide_file(self, name: str) -> bytes:
        return (self.pyodide / name).read_bytes()

    def python(self, calculator_dir: Path) -> Path:
        """Folder with `library.zip` (trimmed library and calculator, bytecode) and `calculator.zip` (the calculator's source)."""
        found = {str(file.relative_to(calculator_dir)): file for file in sorted(calculator_dir.rglob("*.py"))}
        wanted = {f"calculator/{name}": file for name, file in found.items() if name not in NOT_IN_THE_PAGE}
        sources = {"bridge.py": BRIDGE, **wanted}
        pruned = self.pruned()

        def make(folder: Path) -> None:
            write_zip(folder / "calculator.zip", {name: file.read_bytes() for name, file in sources.items()})
            script = HERE / "compile.mjs"
            run_node(script, self.pyodide, pruned, folder / "calculator.zip", HERE / "inside.py", folder / "library.zip")

        ours = {name: file.read_text("utf-8") for name, file in sources.items()}
        own = digest(HERE, ("compile.mjs", "inside.py", "parts.py"), {**ours, "pruned": pruned.name, "started": starting()})
        return cached(self.cache, "python", digest(self.pyodide, PYODIDE_FILES, {"ours": own}), make)

    def pruned(self) -> Path:
        """Folder with Pyodide's `pyodide.asm.mjs` and `pyodide.asm.wasm`, without what the page cannot use."""

        def make(folder: Path) -> None:
            run_node(HERE / "prune.mjs", self.pyodide, folder)

        own = digest(HERE, ("prune.mjs", "sweep.mjs", "unused.mjs"), {})
        tools = digest(self.node_modules, ("acorn/package.json", "binaryen/package.json"), {"own": own})
        return cached(self.cache, "pruned", digest(self.pyodide, PYODIDE_FILES, {"tools": tools}), make)

    def snapshot(self, calculator_dir: Path, rulebook: bytes) -> Path:
        """Folder with `snapshot.bin`: Python's memory with the calculator and this rulebook (JSON) loaded."""
        pruned, python = self.pruned(), self.python(calculator_dir)

        def make(folder: Path) -> None:
            rules = folder / "rulebook.json"
            rules.write_bytes(rulebook)
            run_node(HERE / "snapshot.mjs", pruned, python / "library.zip", rules, HERE / "settle.py", folder / "snapshot.bin")
            rules.unlink()

        around = {"python": python.name, "rulebook": hashlib.sha256(rulebook).hexdigest()}
        return cached(self.cache, "snapshot", digest(HERE, ("snapshot.mjs", "settle.py"), around), make)

    def shell(self) -> Path:
        """Folder with all that pack.mjs bundles: the widget's scripts and widget.css, the finder's pages.js and pages.css."""
        pruned = self.pruned()

        def make(folder: Path) -> None:
            words = folder / "words.json"
            words.write_text(json.dumps(read_words("words.yml"), ensure_ascii=False), "utf-8")
            run_node(HERE / "pack.mjs", WIDGET, FINDER, self.pyodide, pruned, words, folder)
            words.unlink()

        names = [file.name for file in WIDGET.iterdir() if file.suffix in (".js", ".css")]
        finder = digest(FINDER, [file.name for file in FINDER.iterdir() if file.suffix in (".js", ".css")], {})
        around = {"pack": (HERE / "pack.mjs").read_text("utf-8"), "pruned": pruned.name, "finder": finder}
        own = digest(WIDGET, [*names, "words.yml"], around)
        tools = digest(self.node_modules, ["esbuild/package.json", "zstddec/package.json"], {"own": own})
        return cached(self.cache, "shell", digest(self.pyodide, PYODIDE_FILES, {"tools": tools}), make)


def starting() -> str:
    """Hash of what starts Python in Node."""
    return digest(HERE, ("bare.mjs",), {"page": digest(WIDGET, ("bare.js", "door.js"), {})})


def write_zip(path: Path, files: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> None:
    """Names sorted, times and modes fixed: equal contents make equal bytes."""
    with zipfile.ZipFile(path, "w", method, compresslevel=9) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, STAMP)
            entry.compress_type = method
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, files[name])


def run_node(script: Path, *arguments: Path) -> None:
    """Raises BuildError with what the script said where it fails."""
    command = ["node", str(script), *map(str, arguments)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    except FileNotFoundError:
        raise BuildError("找不到 node,请先安装 Node 20 或更新的版本") from None
    except subprocess.TimeoutExpired:
        raise BuildError(f"{script.name} 十分钟还没有做完,已停下") from None
    if done.returncode:
        raise of_tool(f"{script.name} 没有做成", done.stderr or done.stdout)
