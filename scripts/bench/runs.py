"""What is measured: the whole build of the real places, and ever bigger sites beside plain MkDocs on the same Markdown."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts.bench.measure import Measured, measure, median
from scripts.bench.synthetic import grown, pages_of
from scripts.runtime import prepare_runtime

CASES = 2000
CASE = {"scheme": "employee", "place": "CN", "as_of": "2026-11-21", "paid_on": "2026-11-20"}


@dataclass(frozen=True)
class Sized:
    """One site. places: place pages. pages: all. stage, site: our Markdown, then HTML of it. plain: `mkdocs build` of the same.

    Each figure is the median of the runs, which take turns.
    """

    places: int
    pages: int
    stage: Measured
    site: Measured
    plain: Measured
    runs: int

    @property
    def ours(self) -> Measured:
        return self.stage + self.site


class Bench:
    """Measures in a folder of its own, which is emptied. root: a checkout that has been built."""

    def __init__(self, root: Path, folder: Path) -> None:
        self.root, self.folder = root, folder
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        self.rulebook: dict[str, Any] = json.loads((root / "build" / "rulebook.json").read_text("utf-8"))
        cache = root / "build" / "cache"
        manifest = prepare_runtime(root / "node_modules", root / "calculator", self.rulebook, cache, folder / "runtime")
        self.manifest = self._write("manifest.json", manifest)

    def python(self, *arguments: str, text: str = "") -> Measured:
        return measure([sys.executable, *arguments], self.root, text=text)

    def whole(self) -> tuple[Measured, dict[str, float], int]:
        """A clean build of everything, the runtime from its cache: figures, seconds by stage, pages of the site."""
        took = self.python("-m", "scripts.build", "--force")
        stages: dict[str, float] = json.loads((self.root / "build" / "times.json").read_text("utf-8"))
        return took, stages, _html(self.root / "site")

    def answers(self) -> list[tuple[str, Measured]]:
        """An unchanged build, and the command line."""
        lines = cases()
        return [
            ("没有改动的构建", self.python("-m", "scripts.build")),
            ("命令行:一个问题", self.python("-m", "calculator", "assess", text=lines[0])),
            (f"命令行:{CASES} 个问题(--jsonl)", self.python("-m", "calculator", "assess", "--jsonl", text="".join(lines))),
        ]

    def sized(self, places: int | None, runs: int) -> Sized:
        """A site of so many place pages, made `runs` times in turn by us and by plain MkDocs. None: the real places."""
        rulebook = self.rulebook if places is None else grown(self.rulebook, places)
        given = self._write("rulebook.json", rulebook)
        staged, site, plain = (self.folder / name for name in ("staged", "site", "plain"))
        found: list[tuple[Measured, Measured, Measured]] = []
        for number in range(runs):
            for folder in (staged, site, plain):
                shutil.rmtree(folder, ignore_errors=True)
            stage = self.python("-m", "scripts.bench.work", "stage", given, self.manifest, str(staged))
            first = self._plain(staged, plain) if number % 2 else None  # who goes second finds the files in memory: by turns
            ours = self.python("-m", "scripts.bench.work", "site", str(staged), str(site))
            found.append((stage, ours, first or self._plain(staged, plain)))
        pages = _html(site)
        for folder in (staged, site, plain):
            shutil.rmtree(folder, ignore_errors=True)
        stage, ours, beside = (median(one) for one in zip(*found, strict=True))
        return Sized(pages_of(rulebook), pages, stage, ours, beside, runs)

    def _plain(self, staged: Path, out: Path) -> Measured:
        """What anyone would type, with our mkdocs.yml: the same theme, plugins and Markdown."""
        command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(out)]
        return measure(command, self.root, {"NO_MKDOCS_2_WARNING": "1", "YIBAO_STAGED": str(staged), "OFFLINE": "false"})

    def _write(self, name: str, value: Any) -> str:
        path = self.folder / name
        path.write_text(json.dumps(value, ensure_ascii=False), "utf-8")
        return str(path)


def cases() -> Sequence[str]:
    """`CASES` questions, one a line: every lapse length in turn."""
    months = (f"{2026 - back // 12}-{12 - back % 12:02d}" for back in range(2, 62))
    pool = [json.dumps({**CASE, "last_paid_month": month}) + "\n" for month in months if month < "2026-11"]
    return [pool[number % len(pool)] for number in range(CASES)]


def _html(site: Path) -> int:
    return sum(1 for _ in site.rglob("*.html"))
