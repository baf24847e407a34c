"""What a rung is not made for it does not use: it says so, and the next one answers."""

from __future__ import annotations

import json

import pytest

from tests.browser.command import assess
from tests.runtime.conftest import CASE

pytestmark = pytest.mark.browser

TEXT = json.dumps(CASE)

# rung by rung: what is changed of the config, and what the fall from the snapshot says
OTHERS = [
    pytest.param("r => (r.rungs[0].snapshot.sha = 'ZEROS', r)", "snapshot", "SHA-256", id="other-snapshot"),
    pytest.param("r => (r.rungs[0].snapshot.size -= 1, r)", "snapshot", "expected", id="other-size"),
    pytest.param("r => (r.rungs[0].wasm.sha = 'ZEROS', r)", "snapshot", "wasm", id="other-wasm"),
    pytest.param("r => (r.rungs[0].wasm = r.rungs[2].wasm, r)", "snapshot", "", id="the-makers-wasm"),
    pytest.param("r => (r.rungs[0].snapshot = r.rungs[2].stdlib, r)", "snapshot", "", id="no-snapshot-at-all"),
]


@pytest.mark.parametrize(("change", "rung", "reason"), OTHERS)
def test_a_snapshot_that_does_not_fit_is_left_for_the_bundle(change, rung, reason, climb):
    told = climb(change, TEXT)
    assert told["rung"] == "bundle", told
    assert told["text"] == assess(CASE)
    assert [fall["rung"] for fall in told["falls"]] == [rung]
    assert reason in told["falls"][0]["reason"]


def test_a_snapshot_of_other_rules_is_not_asked(climb):
    """The page names the rules it was published with; none of the three may answer by others."""
    told = climb("r => (r.rulebook.sha = 'ZEROS', r)", TEXT)
    assert told["text"] == ""
    assert [fall["rung"] for fall in told["falls"]] == ["snapshot", "bundle", "stock"]
    assert "holds rulebook" in told["falls"][0]["reason"]
    assert "SHA-256" in told["falls"][1]["reason"]


def test_without_either_the_makers_own_pyodide_answers(climb):
    told = climb("r => (r.rungs[0].wasm.sha = r.rungs[1].stdlib.sha = 'ZEROS', r)", TEXT)
    assert told["rung"] == "stock", told
    assert told["text"] == assess(CASE)
