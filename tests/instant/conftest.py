"""The tables as the build makes them, and what the page's own script says by them, run in Node."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from calculator.rulebook import Rulebook
from scripts.instant import instant_tables
from tests import prepared
from tests.browser.conftest import chromium, home, homes, open_page

__all__ = ["chromium", "home", "homes", "open_page"]
Json = dict[str, Any]
Tell = Callable[[Iterable[object]], list[Any]]
TOLD = Path(__file__).with_name("told.mjs")


@pytest.fixture(scope="session")
def data() -> Json:
    return prepared.rulebook()


@pytest.fixture(scope="session")
def rulebook(data: Json) -> Rulebook:
    return Rulebook.load(data)


@pytest.fixture(scope="session")
def tables(data: Json) -> dict[str, str]:
    return instant_tables(data, prepared.ROOT / "build" / "cache")


@pytest.fixture(scope="session")
def tell(tables: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Tell:
    """What docs/widget/instant.js says to each question (told.mjs tells what a question may be)."""
    path = tmp_path_factory.mktemp("tables") / "tables.json"
    path.write_text(json.dumps(tables), "utf-8")

    def run(questions: Iterable[object]) -> list[Any]:
        asked = "".join(json.dumps(question) + "\n" for question in questions)
        done = subprocess.run(["node", str(TOLD), str(path)], input=asked, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]

    return run
