"""Whether the site can leave MkDocs: the staged Markdown through ProperDocs and Zensical, page by page beside MkDocs' own.

    python -m scripts.forward           `make forward`, part of `make nightly`

With ProperDocs also the finished site, every file of it, beside the one that stands in site/: that is the move (decision 33).
Exit 1: something differs that differences.yml does not say; 2: a generator could not be installed, or built nothing.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

from scripts.beside import NotInstalled, beside
from scripts.errors import BuildError
from scripts.forward.compare import accepted, compare, not_passed_on, unlike_files
from scripts.forward.generators import Failed, build
from scripts.forward.pages import read_all
from scripts.progress import beating, complain, say
from scripts.site import build_site
from scripts.site.generate import NOT_LISTED

ROOT = Path(__file__).resolve().parents[2]
LOCK = "requirements-forward.txt"
NEXT = "properdocs"
"""What the site moves to first: it reads the same configuration and runs the same theme."""
AFTER = ("properdocs", "zensical")
BESIDE = ("downloads", "pyodide")
"""What the build lays beside the pages when they are done."""
MANY = 60


def check(root: Path, folder: Path) -> dict[str, list[str]]:
    """For each generator what is not as MkDocs has it, Chinese sentences. Raises NotInstalled, Failed or BuildError."""
    staged = root / "build" / "staged"
    added = beside(root / LOCK, folder / "tools")
    with beating("mkdocs "):
        ours = read_all(build("mkdocs", root, staged, folder, added), NOT_LISTED)
    found = {}
    for generator in AFTER:
        with beating(f"{generator} "):
            site = build(generator, root, staged, folder, added)
            pages = read_all(site, NOT_LISTED)
            found[generator] = compare(ours, pages, accepted(generator)) + not_passed_on(staged, site)
        say(f"{generator}:{len(pages)} 页,{_told(found[generator], len(accepted(generator)))}。")
    with beating(f"{NEXT},做好的网站 "):
        finished = _finished(root, staged, folder / "finished", added)
        unlike = unlike_files(root / "site", finished, BESIDE)
    say(f"{NEXT},做好的网站:{sum(path.is_file() for path in finished.rglob('*'))} 个文件,{_told(unlike, 0)}。")
    found[f"{NEXT},做好的网站"] = unlike
    return found


def _finished(root: Path, staged: Path, out: Path, added: Path) -> Path:
    shutil.rmtree(out, ignore_errors=True)
    os.environ["PYTHONPATH"] = str(added)
    try:
        build_site(root, staged, out, offline=False, generator=NEXT)
    finally:
        del os.environ["PYTHONPATH"]
    return out


def _told(found: list[str], allowed: int) -> str:
    if found:
        return f"{len(found)} 处和 mkdocs 的不一样"
    return f"和 mkdocs 的一样,除了写明原因的 {allowed} 种" if allowed else "和 mkdocs 的一样"


def main() -> int:
    """The command line; returns the exit code."""
    rulebook = ROOT / "build" / "staged" / "api" / "rulebook.json"
    if not rulebook.is_file():
        complain("还没有写出来的页面。请先运行 make site。")
        return 2
    say(f"规则书 {json.loads(rulebook.read_text('utf-8'))['version']}")
    try:
        found = check(ROOT, ROOT / "build" / "forward")
    except (NotInstalled, Failed, BuildError) as error:
        complain(f"没有比较成:{error}")
        return 2
    for generator, lines in found.items():
        for line in lines[:MANY]:
            complain(f"{generator}:{line}")
    return 1 if any(found.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
