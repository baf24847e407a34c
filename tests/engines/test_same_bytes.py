"""Every rung of the boot ladder, in every engine and both homes, answers like the command line, byte for byte."""

from __future__ import annotations

import json
import random

import pytest

from scripts.runtime.prepare import OFFLINE_RUNGS, RUNGS
from tests.browser.command import assess_all
from tests.engines.asking import RUNGS as LISTED
from tests.engines.asking import told_by
from tests.pyodide.questions import beside_rules, walked

pytestmark = pytest.mark.browser

SEED = 2026_11
SAMPLE = 60
WALKED = 1500
WAYS = [("hosted", name) for name, _ in RUNGS] + [("offline", name) for name, _ in OFFLINE_RUNGS]
ON_EVERY_RUNG = pytest.mark.parametrize(("home", "rung"), WAYS, indirect=["home"])


@pytest.fixture(scope="module")
def whole():
    """All cases beside the rules and a share of the walk, with what the command line tells."""
    return answered([*beside_rules(), *walked(WALKED)])


@pytest.fixture(scope="module")
def sample():
    """Some of the cases beside the rules, the same in every run."""
    return answered(random.Random(SEED).sample(sorted(set(beside_rules())), SAMPLE))


def answered(texts):
    """Cases as JSON texts → what the command line tells of each, a wrong one included."""
    return dict(zip(texts, assess_all(map(json.loads, texts)), strict=True))


def different(engine, home, rung, wanted):
    """The first Cases that are told otherwise."""
    found = told_by(engine, home, rung, list(wanted))
    assert len(found) == len(wanted)
    return [(text, one) for (text, other), one in zip(wanted.items(), found, strict=True) if one != other][:2]


def test_all_rungs_are_asked(engine, homes):
    for home in ("hosted", "offline"):
        engine.open(homes[home].address("calculator"))
        assert engine.run(LISTED) == [rung for name, rung in WAYS if name == home]


@ON_EVERY_RUNG
def test_a_sample_gives_the_same_bytes(engine, home, rung, sample):
    assert len(sample) == SAMPLE
    assert different(engine, home, rung, sample) == []


@pytest.mark.slow
@ON_EVERY_RUNG
def test_all_cases_give_the_same_bytes(engine, home, rung, whole):
    assert len(whole) > 2500
    assert different(engine, home, rung, whole) == []
