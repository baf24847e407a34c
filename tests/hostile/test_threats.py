"""The page of threats names a test for each guard, and each is there; inputs are as many as were promised."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest

from tests.faults.test_fragments import UNREADABLE, WRONG
from tests.hostile.test_rule_files import HOSTILE
from tests.hostile.texts import EVIL
from tests.shell.test_embed import NONSENSE

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "project" / "threats.md").read_text("utf-8")
NAMED = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", PAGE)
ROWS = [line for line in PAGE.splitlines() if line.startswith("| ") and not line.startswith("| what stands")]
WHO = ("A hostile rule file", "A hostile link", "A hostile embedder", "A compromised dependency", "A compromised host")


@pytest.mark.parametrize(("file", "test"), [one for one in NAMED if one[1] and "test_threats" not in one[0]])
def test_a_test_that_is_named_is_there(file, test):
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    assert test in {one.name for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)}


def test_every_guard_names_a_test_and_every_file_is_there():
    assert len(ROWS) >= 20 and all("`tests/" in row for row in ROWS)
    assert all((ROOT / file).is_file() for file, _ in NAMED)


@pytest.mark.parametrize("who", WHO)
def test_everyone_who_may_attack_is_looked_at(who):
    section = PAGE.split(f"## {who}\n")[1].split("\n## ")[0]
    assert "`tests/" in section


def test_a_hundred_hostile_inputs_are_tried_over_rules_cases_links_messages_and_texts():
    mistakes = json.loads((ROOT / "tests" / "rules" / "mistakes.json").read_text("utf-8"))
    messages = NONSENSE.count("{ yibao") + 9
    counted = {"files": len(HOSTILE), "rules": len(mistakes), "links": len(UNREADABLE) + len(WRONG), "texts": len(EVIL)}
    assert sum(counted.values()) + messages >= 200 and min(*counted.values(), messages) >= 20, counted
