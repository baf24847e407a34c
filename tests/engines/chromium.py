"""Chromium, driven by Playwright."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Playwright

from tests.engines.engine import SCRIPT_TIMEOUT_S


class Chromium:
    """A window of a headless Chromium; program None: Playwright's own."""

    name = "chromium"

    def __init__(self, playwright: Playwright, program: Path | None) -> None:
        self.browser: Browser = playwright.chromium.launch(executable_path=program)
        self.page = self.browser.new_page()
        self.page.set_default_timeout(SCRIPT_TIMEOUT_S * 1000)

    def open(self, address: str) -> None:
        """See Engine."""
        self.page.goto(address)

    def back(self) -> None:
        """See Engine."""
        self.page.go_back()

    def run(self, function: str, *arguments: Any) -> Any:
        """See Engine."""
        return self.page.evaluate(f"async (given) => ({function})(...given)", list(arguments))

    def close(self) -> None:
        """See Engine."""
        self.browser.close()
