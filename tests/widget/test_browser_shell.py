"""The shell's own parts, run by Node's test runner: what is typed, the address, the questions, the boot ladder."""

from __future__ import annotations

import subprocess
from pathlib import Path

import yaml

from calculator.assessment import GROUPS

HERE = Path(__file__).parent


def test_the_shell_does_what_its_tests_say() -> None:
    files = sorted(map(str, HERE.glob("*.test.mjs")))
    done = subprocess.run(["node", "--test", *files], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_policy_number_stands_in_javascript() -> None:
    words = ("month", "year", "ratio", "wait", "lapse", "lapsed")
    for file in sorted((HERE.parents[1] / "docs" / "widget").glob("*.js")):
        for line in file.read_text("utf-8").splitlines():
            code = line.split("//")[0]
            compares = any(f"{word}{sign}" in code.replace(" ", "") for word in words for sign in ("<", ">", "*"))
            assert not compares, f"{file.name}: {line.strip()}"


def test_every_answer_has_its_question_in_the_pages_words() -> None:
    words = yaml.safe_load((HERE.parents[1] / "docs" / "widget" / "words.yml").read_text("utf-8"))
    shown_openly = {"use_now", "cost", "account"}
    for group, keys in GROUPS.items():
        asked = words["answer"] if group in shown_openly else words["groups"][group]
        assert set(keys) <= set(asked), group
