"""The calculator's page as a visitor of any engine has it, and its Python asked without the page."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from tests.browser.asking import OPEN_LINK, link
from tests.browser.asking import SETTLED as AT_REST
from tests.browser.homes import Home
from tests.engines.engine import Engine

AT_ONCE = 50

# Waits until the page has come to rest at one of some states, and tells what it shows.
SETTLED = """async (states) => {
  const widget = document.querySelector('yibao-calculator')
  const part = (name) => widget.querySelector(`[data-yb="${name}"]`)
  const state = part('state')
  await new Promise((done) => {
    const look = () => states.includes(state.dataset.state) && done()
    new MutationObserver(look).observe(state, { attributes: true })
    look()
  })
  return {
    state: state.dataset.state, headline: part('headline').textContent, assessment: part('assessment').textContent,
    trouble: part('trouble').textContent, fields: Object.fromEntries(new FormData(widget.querySelector('form'))),
  }
}"""

# Starts Python on one rung alone: no other may help out, and the page's own does not run beside it. It has all the time it needs,
# for what it says does not depend on that; silence is tried elsewhere, by the page's clock.
CLIMB = """async (name) => {
  const { python } = document.querySelector('yibao-calculator')
  const { runtime, constructor: Ladder } = python
  python.start = () => {}
  python.end()
  class Patient extends Ladder {
    enter(step) {
      super.enter(step)
      clearTimeout(this.watch)
    }
  }
  window.alone = new Patient({ ...runtime, rungs: runtime.rungs.filter((rung) => rung.name === name) })
  return window.alone.up()
}"""
RUNGS = "async () => document.querySelector('yibao-calculator').python.runtime.rungs.map((rung) => rung.name)"
ASK = """async (texts) => {
  const told = []
  for (const text of texts) {
    const reply = await window.alone.ask(text)
    told.push(reply.type === 'answer' ? reply.text : [reply.field, reply.message])
  }
  return told
}"""


def visit(engine: Engine, home: Home, case: object) -> dict[str, Any]:
    """Open the calculator by a link to a Case; what the page shows when it has come to rest."""
    engine.open("about:blank")  # else the link would be followed on the page that is open
    engine.open(home.address("calculator") + link(case))
    return at_rest(engine)


def at_rest(engine: Engine) -> dict[str, Any]:
    """What the open page shows when it has come to rest: state, headline, assessment, trouble, and the fields by name."""
    shown: dict[str, Any] = engine.run(SETTLED, AT_REST)
    return shown


def follow(engine: Engine, case: object) -> tuple[str, str, str]:
    """Follow a link on the open page. Returns the state it comes to, the Assessment, the trouble that is told."""
    state, assessment, trouble = engine.run(OPEN_LINK, [link(case), AT_REST])
    return state, assessment, trouble


def told_by(engine: Engine, home: Home, rung: str, texts: Sequence[str]) -> list[str]:
    """What the Python of one rung answers to Cases as JSON texts, as lines of `--jsonl`."""
    engine.open("about:blank")
    engine.open(home.address("calculator"))
    assert engine.run(CLIMB, rung) == rung
    told: list[str] = []
    for start in range(0, len(texts), AT_ONCE):
        told += map(as_line, engine.run(ASK, texts[start : start + AT_ONCE]))
    return told


def as_line(reply: str | list[str]) -> str:
    """An Assessment, or the field and the message of a wrong Case, as a line of `--jsonl`."""
    if isinstance(reply, str):
        return reply
    field, message = reply
    return json.dumps({"error": {"field": field, "message": message}}, ensure_ascii=False)
