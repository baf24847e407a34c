"""What is checked of a file before anything is computed with it."""

from __future__ import annotations

import subprocess
from pathlib import Path


def test_a_file_is_what_was_published_or_was_when_it_was_kept():
    """download.test.mjs, by Node."""
    run = subprocess.run(["node", "--test", str(Path(__file__).with_name("download.test.mjs"))], capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
