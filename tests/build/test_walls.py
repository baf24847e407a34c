"""The walls find what breaks them, and the house stands within them."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.walls import breaches

ROOT = Path(__file__).resolve().parents[2]


def test_the_house_stands_within_its_walls():
    assert list(breaches(ROOT)) == []


@pytest.mark.parametrize(
    ("code", "word"),
    [
        ("import yaml\n", "imports yaml"),
        ("from scripts.build import main\n", "imports scripts"),
        ("import os\n", "imports os"),
        ("import datetime\nday = datetime.date.today()\n", ".today()"),
        ("text = open('x').read()\n", "open()"),
        ("def long():\n" + "    x = 1\n" * 50, "at most 50"),
        ("x = 1\n" * 301, "at most 300"),
    ],
)
def test_a_breach_in_the_calculator_is_named_with_its_line(tmp_path, code, word):
    (tmp_path / "calculator").mkdir()
    (tmp_path / "calculator" / "rule.py").write_text(code)
    found = list(breaches(tmp_path))
    assert len(found) == 1
    assert found[0].startswith("calculator/rule.py:")
    assert word in found[0]


def test_the_command_line_may_read_and_print(tmp_path):
    (tmp_path / "calculator").mkdir()
    (tmp_path / "calculator" / "cli.py").write_text("import sys\nfrom pathlib import Path\nprint(sys.argv, Path())\n")
    assert list(breaches(tmp_path)) == []
