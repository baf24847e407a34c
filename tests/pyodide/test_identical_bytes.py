"""The same question gives the same bytes in CPython, in Pyodide as it comes, and in the library that the page loads."""

from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path

import pytest

from scripts.runtime.parts import Workshop
from tests.pyodide.questions import beside_rules, told_here, walked, write_rulebook

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
PYODIDE = ROOT / "node_modules" / "pyodide"


def told_there(library: str, calculator: str, texts: list[str], folder: Path) -> list[str]:
    """What Pyodide under Node answers."""
    cases = folder / "cases.jsonl"
    cases.write_text("\n".join(texts) + "\n", "utf-8")
    rulebook = write_rulebook(folder / "rulebook.json")
    command = ["node", str(HERE / "answers.mjs"), str(PYODIDE), library, calculator, str(rulebook), str(cases)]
    done = subprocess.run(command, capture_output=True, timeout=3000, check=False, stdin=subprocess.DEVNULL)
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    return done.stdout.decode("utf-8").splitlines()


def digest(lines: list[str]) -> str:
    return hashlib.sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()


def compare(texts: list[str], stock: list[str], folder: Path) -> None:
    """`texts` are put to the page's library, `stock` to Pyodide as it comes."""
    bundle = Workshop(ROOT / "node_modules", ROOT / "build" / "cache").python(ROOT / "calculator") / "library.zip"
    for library, calculator, asked in ((str(bundle), "inside", texts), ("stock", str(ROOT), stock)):
        here, there = told_here(asked), told_there(library, calculator, asked, folder)
        different = [(text, one, other) for text, one, other in zip(asked, here, there, strict=True) if one != other]
        assert different[:3] == []
        assert digest(here) == digest(there)


def test_some_questions(tmp_path: Path) -> None:
    wrong = ["{", "[]", '{"scheme": "resident"}', '{"scheme": "x"}', '{"a": NaN}', "[" * 5000]
    compare([*beside_rules()[::4], *walked(200), *wrong], [*beside_rules()[2::40], *walked(100), *wrong], tmp_path)


@pytest.mark.slow
def test_all_cases_and_five_thousand_of_the_walk(tmp_path: Path) -> None:
    texts = [*beside_rules(), *walked(5000)]
    compare(texts, texts, tmp_path)
