"""The page's script by itself, run by Node's test runner."""

from __future__ import annotations

import subprocess
from pathlib import Path

TESTS = Path(__file__).with_name("instant.test.mjs")


def test_the_script_does_what_its_tests_say() -> None:
    done = subprocess.run(["node", "--test", str(TESTS)], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
