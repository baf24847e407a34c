"""Where the site lives while it is tested, and how it is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, BrowserContext

ROOT = Path(__file__).resolve().parents[2]
NOT_FOUND = "404.html"


@dataclass(frozen=True)
class Home:
    """One form of the site. root: its address, ending in `/`. folder: its files."""

    name: str
    root: str
    folder: Path

    @property
    def offline(self) -> bool:
        return self.root.startswith("file:")

    def address(self, path: str) -> str:
        """`calculator` or `about/verify` as a link of this home; `""` is the first page, a file's name that file."""
        if not path or path.endswith(".html"):
            return self.root + (path or "index.html" if self.offline else path)
        if not self.offline:
            return f"{self.root}{path}/"
        flat = f"{path}.html"
        return self.root + (flat if (self.folder / flat).is_file() else f"{path}/index.html")

    def pages(self) -> list[Path]:
        """Every HTML file."""
        return sorted(self.folder.rglob("*.html"))


@dataclass(frozen=True)
class Look:
    """A screen. width, height: CSS pixels. touch: it is tapped, not clicked."""

    width: int
    scheme: Literal["light", "dark"]
    height: int = 800
    touch: bool = False

    def __str__(self) -> str:
        return f"{self.scheme}-{self.width}"

    def context(self, browser: Browser, *, scripts: bool = True, worker: bool = False) -> BrowserContext:
        """A fresh profile; its clock is not China's, so that a date taken from the wrong zone would show.

        worker: with the service worker, through which a test's `page.route` does not reach (tests/shell).
        """
        return browser.new_context(
            viewport={"width": self.width, "height": self.height},
            has_touch=self.touch,
            color_scheme=self.scheme,
            java_script_enabled=scripts,
            locale="zh-CN",
            reduced_motion="reduce",
            service_workers="allow" if worker else "block",
            timezone_id="America/Los_Angeles",
        )


LIGHT_WIDE = Look(1280, "light")
DARK_WIDE = Look(1280, "dark")
LIGHT_PHONE = Look(360, "light")
DARK_PHONE = Look(360, "dark")
SMALL_PHONE = Look(360, "light", height=640, touch=True)
LOOKS = (LIGHT_PHONE, DARK_PHONE, LIGHT_WIDE, DARK_WIDE)
