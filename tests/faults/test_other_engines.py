"""The faults that engines treat each in its own way, in Firefox and WebKit."""

from __future__ import annotations

import pytest

from tests.browser.command import assess
from tests.browser.homes import Home
from tests.engines.asking import at_rest, visit
from tests.engines.conftest import engine, engines
from tests.faults import server
from tests.faults.outcome import CASE
from tests.faults.server import PYTHON, RULEBOOK, WORKER
from tests.faults.tables import rows

__all__ = ["engine", "engines"]

pytestmark = pytest.mark.browser

OTHERS = pytest.mark.parametrize("engine", ["firefox", "webkit"], indirect=True)

TOLD = [
    ("python-missing", PYTHON, server.missing),
    ("python-broken-off", PYTHON, server.broken_off(0.3)),
    ("python-is-a-login-page", PYTHON, server.login_page),
    ("rulebook-garbled", RULEBOOK, server.garbled),
    ("worker-missing", WORKER, server.missing),
    ("worker-is-a-login-page", WORKER, server.login_page),
    ("worker-crashes", WORKER, server.before("throw new Error('crash')")),
    ("no-webassembly", WORKER, server.before("delete self.WebAssembly")),
]
ANSWERED = [
    ("first-rung-missing", ("*/snapshot.*.bin",), server.missing),
    ("python-of-no-type", PYTHON, server.no_type),
    ("no-streaming-compile", WORKER, server.before("delete WebAssembly.instantiateStreaming")),
]


@OTHERS
@rows("files, fault", TOLD, at_night=[row[0] for row in TOLD if row[0] not in ("python-broken-off", "worker-missing")])
def test_told_with_what_to_do(engine, files, fault, site):
    site.put(files, fault)
    shown = visit(engine, Home("faulty", site.root, site.folder), CASE)
    assert (shown["state"], shown["assessment"]) == ("error", "")
    assert "您填的内容还在" in shown["trouble"]
    assert "12393" in shown["trouble"]
    assert {key: shown["fields"].get(key) for key in CASE} == {key: str(value) for key, value in CASE.items()}


@OTHERS
@rows("files, fault", ANSWERED, at_night=("python-of-no-type", "no-streaming-compile"))
def test_answered_all_the_same(engine, files, fault, site):
    site.put(files, fault)
    shown = visit(engine, Home("faulty", site.root, site.folder), CASE)
    assert (shown["state"], shown["assessment"]) == ("ready", assess(CASE))


@OTHERS
def test_gone_and_back(engine, site):
    home = Home("faulty", site.root, site.folder)
    assert visit(engine, home, CASE)["state"] == "ready"
    engine.open(site.root + "records/")
    engine.back()
    assert engine.run("async () => location.pathname") == "/calculator/"
    shown = at_rest(engine)
    assert (shown["state"], shown["assessment"]) == ("ready", assess(CASE))
