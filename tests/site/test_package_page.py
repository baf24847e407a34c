"""What the page of the Python package shows is run, line by line, with the rulebook as it stands."""

from __future__ import annotations

import doctest
from pathlib import Path

import calculator.cli
from calculator import Rulebook
from scripts.rulebook import build_rulebook

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "pages" / "package.md"


def test_every_example_says_what_the_page_says(monkeypatch) -> None:
    book = Rulebook.load(build_rulebook(ROOT / "rules"))
    monkeypatch.setattr(calculator.cli, "own_rulebook", lambda: book)
    shown = doctest.DocTestParser().get_doctest(PAGE.read_text("utf-8"), {}, PAGE.name, str(PAGE), 0)
    assert len(shown.examples) >= 15
    told: list[str] = []
    result = doctest.DocTestRunner(verbose=False).run(shown, out=told.append)
    assert result.failed == 0, "".join(told)
