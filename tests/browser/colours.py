"""Whether text stands out from what is behind it."""

from __future__ import annotations

import re

from playwright.sync_api import Page

READABLE = 4.5
PAPER = [255.0, 255.0, 255.0]


def ratio(one: list[float], other: list[float]) -> float:
    """WCAG contrast of two colours, each red, green, blue from 0 to 255."""

    def light(colour: list[float]) -> float:
        parts = [value / 255 for value in colour[:3]]
        linear = [value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4 for value in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def colours(page: Page, selector: str) -> list[list[float]]:
    """The colour of an element's text, and of the nearest ground behind it; paper is white."""
    found: list[str] = page.locator(selector).first.evaluate("""(element) => {
      const clear = (colour) => colour === 'transparent' || /, 0\\)$/.test(colour)
      let ground = element
      while (ground && clear(getComputedStyle(ground).backgroundColor)) ground = ground.parentElement
      return [getComputedStyle(element).color, ground ? getComputedStyle(ground).backgroundColor : 'rgb(255, 255, 255)']
    }""")
    return [[float(number) for number in re.findall(r"[\d.]+", colour)] for colour in found]


def too_faint(page: Page, selectors: list[str]) -> dict[str, float]:
    """Those of the selectors whose first match has less contrast than WCAG asks of plain text."""
    found = {selector: ratio(*colours(page, selector)) for selector in selectors}
    return {selector: contrast for selector, contrast in found.items() if contrast < READABLE}
