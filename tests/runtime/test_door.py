"""The way past Pyodide's JavaScript to bridge.py says what the way through it says, and tells of mistakes."""

from __future__ import annotations

import importlib.util
import json
from types import ModuleType
from typing import Any

import pytest

from scripts.runtime.parts import BRIDGE
from tests.browser.command import assess
from tests.prepared import rulebook
from tests.runtime.conftest import CASE

ODD = [
    "", "null", "[" * 50_000, "\0", json.dumps({**CASE, "place": "\U00020bb7野家"}), json.dumps({**CASE, "a\0b": 1}),
    json.dumps({**CASE, "\ud800": 1}), json.dumps({**CASE, "last_covered_year": 2027}), "é" * 300_000,
]  # fmt: skip

# Every text put to two ladders of one rung each.
BOTH = """async (texts) => {
  const { python } = document.querySelector('yibao-calculator')
  const { runtime, constructor: Ladder } = python
  python.start = () => {}
  python.end()
  const told = {}
  for (const name of ['snapshot', 'bundle']) {
    const ladder = new Ladder({ ...runtime, rungs: runtime.rungs.filter((rung) => rung.name === name) })
    told[name] = []
    for (const text of texts) told[name].push({ ...await ladder.ask(text), id: 0 })
  }
  return told
}"""


@pytest.fixture
def bridge() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bridge", BRIDGE)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.open_rulebook(json.dumps(rulebook()))
    return module


def parts(bridge: ModuleType, text: str) -> list[str]:
    said: bytes = bridge.reply(text)
    return said.decode().split("\0")


def test_an_answer_has_four_parts_and_the_first_is_the_command_lines(bridge):
    kind, assessment, *rest = parts(bridge, json.dumps(CASE))
    assert (kind, len(rest)) == ("answer", 2)
    assert assessment == assess(CASE)


@pytest.mark.parametrize("text", ODD)
def test_a_refusal_has_three_parts_whatever_it_quotes(text, bridge):
    kind, *rest = parts(bridge, text)
    assert (kind, len(rest)) == ("refused", 2)


def test_a_mistake_of_ours_is_told_with_its_place(bridge, monkeypatch):
    monkeypatch.setattr(bridge, "names", lambda *_: 1 / 0)
    kind, told = parts(bridge, json.dumps(CASE))
    assert kind == "broken"
    assert "ZeroDivisionError" in told
    assert "in ask" in told


@pytest.mark.browser
def test_memory_put_back_answers_as_python_that_was_started(open_page, homes):
    page = open_page(homes["hosted"], "calculator")
    told: dict[str, list[dict[str, Any]]] = page.evaluate(BOTH, [json.dumps(CASE), *ODD, json.dumps(CASE)])
    pictures = [reply.pop("takeAway", "") for replies in told.values() for reply in replies]
    assert told["snapshot"] == told["bundle"]
    assert told["snapshot"][0]["text"] == told["snapshot"][-1]["text"] == assess(CASE)
    assert [json.loads(one)["summary"] for one in pictures if one] == [json.loads(pictures[0])["summary"]] * 4
