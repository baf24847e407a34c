"""A house in miniature: our own driver, with rooms that do next to nothing, so that whole builds take a second."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from scripts.fingerprint import digest

ROOT = Path(__file__).resolve().parents[2]

RULEBOOK = '''
class RuleErrors(Exception):
    errors = ["one", "two"]

def build_rulebook(rules_dir):
    words = (rules_dir / "rule.txt").read_text()
    if "broken" in words:
        raise RuleErrors("rules/rule.txt:1:1: broken;should be whole")
    return {"data_date": "2026-11-21", "words": words}

def run_cases(rulebook, rules_dir):
    return ["a case"] if "wrong" in rulebook["words"] else []
'''

RUNTIME = '''
import time

def prepare_runtime(node_modules, calculator_dir, rulebook, cache, out):
    time.sleep(0.1)
    return {"words": rulebook["words"]}

def pack_offline(site_dir, zip_path):
    for number in range(20):
        (zip_path.parent / f"part-{number}").write_text((site_dir / f"page-{number}").read_text())
    zip_path.write_text("zip")
'''

SITE = '''
import time

def stage(root, rulebook, manifest, out):
    (out / "words").write_text(manifest["words"])

def build_site(root, staged, out, offline):
    words = (staged / "words").read_text()
    out.mkdir(parents=True, exist_ok=True)
    for number in range(20):
        (out / f"page-{number}").write_text(words)
        time.sleep(0.01)
    if "burst" in words:
        raise ValueError("the room burst")

def write_single(rulebook, manifest, out):
    out.write_text(rulebook["words"])
'''

PROJECT = '''
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"
[project]
name = "yibao-calculator"
version = "1"
requires-python = ">=3.11"
[tool.hatch.build.targets.wheel]
packages = ["calculator"]
artifacts = ["calculator/rulebook.json"]
'''


@dataclass
class House:
    """A checkout in miniature at `root`."""

    root: Path

    def says(self, words: str) -> None:
        """Change its one rule."""
        (self.root / "rules" / "rule.txt").write_text(words)

    def command(self, *arguments: str) -> list[str]:
        """The build's command line."""
        return [sys.executable, "-m", "scripts.build", *arguments]

    @property
    def env(self) -> dict[str, str]:
        """No other Python is on this PATH, so no pyodide-lock.json is made."""
        return {**os.environ, "PATH": str(self.root / "bin"), "HOME": str(self.root), "PYENV_ROOT": ""}

    def build(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the build to its end."""
        return subprocess.run(
            self.command(*arguments), cwd=self.root, env=self.env, capture_output=True, text=True, check=False
        )

    def outputs(self) -> str:
        """One hash over all that is published."""
        return digest(self.root, ["site", "dist", "calculator/rulebook.json"], {})

    def pages(self) -> set[str]:
        """What the published pages say; one element if they are of one build."""
        return {path.read_text() for path in (self.root / "site").glob("page-*")}

    def parts(self) -> set[str]:
        """The same of dist/."""
        return {path.read_text() for path in (self.root / "dist").glob("part-*")}

    def rulebook(self) -> str:
        """What the rulebook says that the command line reads."""
        words: str = json.loads((self.root / "calculator" / "rulebook.json").read_text())["words"]
        return words

    def rulebook_in_the_wheel(self) -> str:
        """The same of the wheel."""
        (wheel,) = (self.root / "dist").glob("*.whl")
        with zipfile.ZipFile(wheel) as archive:
            words: str = json.loads(archive.read("calculator/rulebook.json"))["words"]
        return words

    def whole(self) -> bool:
        """Whether site/ and dist/ are each all there, of one build each."""
        counts = [len(list((self.root / "site").glob("page-*"))), len(list((self.root / "dist").glob("part-*")))]
        return counts == [20, 20] and len(self.pages()) == 1 and len(self.parts()) == 1


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A house in a folder with a space in its name, not yet built."""
    return furnish(tmp_path / "a house")


def furnish(root: Path) -> House:
    """A house at `root`, which is not there yet."""
    shutil.copytree(ROOT / "scripts", root / "scripts", ignore=lambda _, names: [n for n in names if "." not in n])
    for room, code in {"rulebook": RULEBOOK, "runtime": RUNTIME, "site": SITE}.items():
        (root / "scripts" / room).mkdir()
        (root / "scripts" / room / "__init__.py").write_text(code)
    for folder in ("rules", "calculator", "bin"):
        (root / folder).mkdir()
    (root / "calculator" / "__init__.py").write_text("")
    (root / "pyproject.toml").write_text(PROJECT)
    (root / "requirements-pyodide-build.txt").write_text("")
    (root / "rules" / "rule.txt").write_text("first")
    return House(root)
