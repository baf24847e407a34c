"""The command line, as the contract has it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Mapping
from typing import Any

from tests.browser.homes import ROOT


def _run(text: str, *options: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "calculator", "assess", *options]
    return subprocess.run(command, input=text.encode(), cwd=ROOT, capture_output=True, check=False)


def assess(case: Mapping[str, Any]) -> str:
    """One Case: what is printed, without the newline."""
    done = _run(json.dumps(case))
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode().removesuffix("\n")


def assess_all(cases: Iterable[Mapping[str, Any]]) -> list[str]:
    """Many Cases in one go: a line each."""
    done = _run("".join(json.dumps(case) + "\n" for case in cases), "--jsonl")
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode().splitlines()


def refusal(case: object) -> dict[str, str]:
    """A Case that is wrong: `{"field", "message"}`."""
    done = _run(json.dumps(case))
    assert (done.returncode, done.stdout) == (2, b"")
    told: dict[str, str] = json.loads(done.stderr)["error"]
    return told
