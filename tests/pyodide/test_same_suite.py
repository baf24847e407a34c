"""The calculator's own tests, run again by the Python of the browser (Pyodide under Node)."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests import prepared
from tests.pyodide.packages import installed

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
THROUGH_ALL = "tests/unit/test_plain_words.py"


@pytest.fixture(scope="module")
def packages() -> Path:
    return installed()


def run(packages: Path, *arguments: str) -> str:
    command = ["node", str(HERE / "run.mjs"), str(ROOT), str(packages), str(prepared.write()), "tests/unit", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=3000, check=False, stdin=subprocess.DEVNULL)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-2000:]
    assert " passed" in done.stdout
    return done.stdout


def test_the_calculators_tests_pass_inside_pyodide(packages: Path) -> None:
    """All but what goes through every case beside the rules a second time."""
    run(packages, "-m", "not slow", f"--deselect={THROUGH_ALL}")


@pytest.mark.slow
def test_all_of_them_pass_inside_pyodide(packages: Path) -> None:
    run(packages)
