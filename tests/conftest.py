"""What all tests share: how much hypothesis asks, and the one driver of Chromium.

Hypothesis asks as much as fits a quick run, unless HYPOTHESIS_PROFILE names another measure.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, settings

if TYPE_CHECKING:
    from playwright.sync_api import Playwright

ALWAYS = {"deadline": None, "database": None, "suppress_health_check": list(HealthCheck)}
settings.register_profile("quick", max_examples=100, derandomize=True, **ALWAYS)
settings.register_profile("few", max_examples=25, derandomize=True, phases=[Phase.explicit, Phase.generate], **ALWAYS)
settings.register_profile("nightly", max_examples=5000, **ALWAYS)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """One for all folders of tests: a second would find the first in its way."""
    from playwright.sync_api import sync_playwright  # here, since this file is read inside the page, too, where there is none

    with sync_playwright() as driver:
        yield driver
