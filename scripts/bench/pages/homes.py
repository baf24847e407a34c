"""What each contender's page is made of, as folders for the server: the built site, and the rivals in pages of their own."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

import yaml

from scripts.bench.pages.contenders import CONTENDERS, MICROPYTHON, OURS, PLAIN, RUNGS
from scripts.bench.pages.server import Shelf
from scripts.bench.rivals.install import from_npm, publicodes
from scripts.bench.rivals.questions import wait_terms
from scripts.bench.rivals.rounds import HERE as ENGINES
from scripts.bench.rivals.rounds import NAMES

RIVALS = Path(__file__).parent / "rivals"
PYODIDE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")
CONFIG = re.compile(r'(<script[^>]*data-yb="config"[^>]*>)(.*?)(</script>)', re.DOTALL)
CALCULATOR = "calculator/index.html"

Json = dict[str, Any]


def shelf(root: Path, work: Path) -> Shelf:
    """Everything packed and ready to be served, made anew in `work`; what is installed or packed is kept for the next time.

    root: a checkout that has been built. Raises RuntimeError if a rival cannot be installed or bundled.
    """
    www = work / "www"
    shutil.rmtree(www, ignore_errors=True)
    site = www / "site"
    shutil.copytree(root / "site", site, copy_function=os.link)
    rungs = {name: one_rung(site, name, www / name) for name in RUNGS if name in CONTENDERS}
    rulebook = json.loads((root / "build" / "rulebook.json").read_text("utf-8"))
    installed = from_npm(RIVALS, work / "rivals") / "node_modules"
    pyodide = _pyodide(root, www / "pyodide")
    calculator = _calculator(site, www / "calculator")
    others = {
        PLAIN: [_page("plain", www), pyodide, calculator],
        "pyscript": [_page("pyscript", www), pyodide, calculator, _pyscript(installed, www / "core")],
        MICROPYTHON: [_micropython(installed, rulebook, www), www / "core"],
        "publicodes": [_publicodes(root, rulebook, www)],
    }
    _run(["node", Path(__file__).with_name("packed.mjs"), www, work / "packed"])
    return {OURS: [site], **{name: [folder, site] for name, folder in rungs.items()}, **others}


def one_rung(site: Path, rung: str, folder: Path) -> Path:
    """A folder to lay over the site: the calculator's page with this rung of the ladder alone. LookupError if it has none."""
    html = (site / CALCULATOR).read_text("utf-8")
    found = CONFIG.search(html)
    if not found:
        raise LookupError("the calculator's page holds no configuration")
    config = json.loads(found[2])
    runtime = config["runtime"]
    runtime["rungs"] = [one for one in runtime["rungs"] if one["name"] == rung]
    if not runtime["rungs"]:
        raise LookupError(f"the ladder has no rung {rung}")
    target = folder / CALCULATOR
    target.parent.mkdir(parents=True)
    narrowed = json.dumps(config, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    target.write_text(html[: found.start(2)] + narrowed + html[found.end(2) :], "utf-8")
    return folder


def _page(name: str, www: Path, gaps: Mapping[str, str] | None = None) -> Path:
    """A rival's page as `index.html` in a folder of its own, its gaps filled."""
    html = (RIVALS / f"{name}.html").read_text("utf-8")
    for gap, text in (gaps or {}).items():
        html = html.replace(gap, text)
    folder = www / name
    folder.mkdir()
    (folder / "index.html").write_text(html, "utf-8")
    return folder


def _pyodide(root: Path, folder: Path) -> Path:
    """Pyodide as its maker hands it out, in the version that our pages have."""
    (folder / "pyodide").mkdir(parents=True)
    for name in PYODIDE:
        shutil.copyfile(root / "node_modules" / "pyodide" / name, folder / "pyodide" / name)
    return folder


def _calculator(site: Path, folder: Path) -> Path:
    """The very calculator and rulebook that our own last rung loads."""
    folder.mkdir()
    for name in ("calculator.zip", "rulebook.json"):
        stem, suffix = name.split(".")
        (found,) = (site / "assets" / "widget").glob(f"{stem}.*.{suffix}")
        shutil.copyfile(found, folder / name)
    return folder


def _pyscript(installed: Path, folder: Path) -> Path:
    (folder / "pyscript").mkdir(parents=True)
    for file in (installed / "@pyscript" / "core" / "dist").glob("*.js"):
        shutil.copyfile(file, folder / "pyscript" / file.name)
    return folder


def _micropython(installed: Path, rulebook: Json, www: Path) -> Path:
    folder = _page("micropython", www, {"TERMS": escape(json.dumps(wait_terms(rulebook)), quote=False)})
    (folder / "micropython").mkdir()
    for name in ("micropython.mjs", "micropython.wasm"):
        package = installed / "@micropython" / "micropython-webassembly-pyscript"
        shutil.copyfile(package / name, folder / "micropython" / name)
    return folder


def _publicodes(root: Path, rulebook: Json, www: Path) -> Path:
    """Bundled with the bundler of our own pages. The rules are those of the comparison of engines."""
    folder = _page("publicodes", www)
    written = yaml.safe_load((ENGINES / "resident_wait.publicodes.yaml").read_text("utf-8"))
    rules = {**written, **{NAMES[name]: number for name, number in wait_terms(rulebook).items()}}
    (folder / "rules.json").write_text(json.dumps(rules), "utf-8")
    shutil.copyfile(RIVALS / "publicodes.js", folder / "entry.js")
    packages = publicodes(root / "build" / "engines") / "node_modules"
    options = ["--bundle", "--minify", "--format=esm", "--target=es2022", "--log-level=error", f"--outfile={folder / 'page.js'}"]
    _run([root / "node_modules" / ".bin" / "esbuild", folder / "entry.js", *options], NODE_PATH=str(packages))
    for name in ("entry.js", "rules.json"):
        (folder / name).unlink()
    return folder


def _run(command: Sequence[str | Path], **surroundings: str) -> None:
    words, around = [str(word) for word in command], {**os.environ, **surroundings}
    done = subprocess.run(words, env=around, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{words[0]} failed ({done.returncode}):\n{done.stderr.strip()}")
