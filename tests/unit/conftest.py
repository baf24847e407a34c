"""The real rulebook, compiled once a run, and short ways to ask it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from calculator import Case, Rulebook, assess
from tests import prepared

ROOT = Path(__file__).resolve().parents[2]
Json = dict[str, Any]
Ask = Callable[..., Json]


@pytest.fixture(scope="session")
def compiled() -> Json:
    return prepared.rulebook()


@pytest.fixture(scope="session")
def rulebook(compiled: Json) -> Rulebook:
    return Rulebook.load(json.loads(json.dumps(compiled)))


@pytest.fixture(scope="session")
def ask(rulebook: Rulebook) -> Ask:
    """Keys of a Case to its Assessment as JSON; asked on 2026-03-20 of the nation's texts unless said otherwise."""

    def _ask(**keys: Any) -> Json:
        given = {"scheme": "resident", "place": "CN", "as_of": "2026-03-20", **keys}
        return assess(Case.parse(json.loads(json.dumps(given)), rulebook), rulebook).to_json()

    return _ask
