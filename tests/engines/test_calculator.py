"""The calculator's page in three engines, from a server and by a double click."""

from __future__ import annotations

import pytest

from tests.browser.command import assess, refusal
from tests.engines.asking import follow, visit

pytestmark = pytest.mark.browser

HOMES = pytest.mark.parametrize("home", ["hosted", "offline"], indirect=True)
YEARLY = {"scheme": "resident", "place": "350000", "as_of": "2026-03-20", "coverage_year": 2026, "last_covered_year": 2022}
MONTHLY = {"scheme": "flexible", "place": "350000", "as_of": "2026-03-20", "last_paid_month": "2025-10", "paid_on": "2026-03-10"}
WRONG = {**YEARLY, "last_covered_year": 2030}


@HOMES
def test_a_link_is_answered_with_the_command_lines_bytes_and_a_wrong_one_told(engine, home):
    shown = visit(engine, home, YEARLY)
    assert (shown["state"], shown["trouble"]) == ("ready", "")
    assert shown["assessment"] == assess(YEARLY)
    assert shown["headline"]
    assert {key: shown["fields"][key] for key in YEARLY} == {key: str(value) for key, value in YEARLY.items()}
    state, assessment, trouble = follow(engine, WRONG)
    assert (state, assessment) == ("error", "")
    assert refusal(WRONG)["message"] in trouble
    assert follow(engine, MONTHLY)[:2] == ("ready", assess(MONTHLY))
