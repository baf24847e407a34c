"""Memory does not grow with the lines that are answered."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest

from calculator import Case, Rulebook
from scripts.bench.endless import Flow, questions, stream
from scripts.rulebook import build_rulebook
from scripts.rulebook.compiled import canonical

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def rulebook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("rulebook") / "rulebook.json"
    path.write_text(canonical(build_rulebook(ROOT / "rules")), "utf-8")
    return path


def test_no_two_lines_ask_the_same(rulebook: Path) -> None:
    data = json.loads(rulebook.read_text("utf-8"))
    book = Rulebook.load(data)
    asked = list(itertools.islice(questions(data), 3000))
    assert len(set(asked)) == len(asked)
    assert {Case.parse(json.loads(line), book).scheme for line in asked} == {"employee", "flexible", "resident"}


def test_every_line_is_answered_while_memory_is_watched(rulebook: Path) -> None:
    flow = stream(ROOT, rulebook, 400)
    assert (flow.lines, flow.errors) == (400, 0)
    assert len(flow.resident) > 100
    assert all(5 < mib < 500 for _, mib in flow.resident)


def test_growth_is_from_the_first_look_to_the_highest() -> None:
    assert Flow(3, 0, ((1, 30.0), (2, 32.5), (3, 29.0))).growth == 2.5


@pytest.mark.slow
def test_memory_stays_flat_over_fifty_thousand_lines(rulebook: Path) -> None:
    flow = stream(ROOT, rulebook, 50_000)
    assert flow.errors == 0
    assert flow.growth <= 1.0
