"""What our own code does to each HTML page after MkDocs: mend the theme's markup, then set the content policy.

Each mend says how often it must apply to a page of the theme, so a theme with other markup fails the build.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from scripts.site.policy import CHARSET, THEMED, guarded
from scripts.site.tables import readable


class ThemeChanged(LookupError):
    """The theme's markup is not what a mend expects."""


@dataclass(frozen=True)
class Mend:
    """name; pattern; replacement; how often on a themed page, at least and at most; for which fault."""

    name: str
    pattern: re.Pattern[str]
    becomes: str | Callable[[re.Match[str]], str]
    least: int
    most: int

    def apply(self, html: str) -> tuple[str, int]:
        """The page mended, and how often. Raises ThemeChanged if that is too seldom or too often."""
        html, count = self.pattern.subn(self.becomes, html)
        if not self.least <= count <= self.most:
            raise ThemeChanged(f"{self.name}: applied {count} times, expected {self.least} to {self.most}")
        return html, count


SUBMENU = re.compile(
    r'<nav class="md-nav" data-md-level="1" aria-labelledby="(__nav_\d+)_label">'
    r'(\s*<label class="md-nav__title" for="\1">\s*<span class="md-nav__icon md-icon"></span>\s*)([^<]+?)(\s*</label>)'
)

ICON = re.compile(r'<svg(?![^>]* width=)(?=[^>]* viewBox="0 0 ([\d.]+) ([\d.]+)")')

MENDS = (
    # which program wrote a page, and in which version, helps only those who look for weak ones
    Mend("generator", re.compile(r'[ ]*<meta name="generator"[^>]*>\n'), "", 1, 1),
    # autocomplete is not allowed on checkboxes
    Mend("checkbox-autocomplete", re.compile(r'(<input class="md-toggle"[^>]*?) autocomplete="off"'), r"\1", 2, 2),
    # aria-expanded says nothing on a nav
    Mend("nav-expanded", re.compile(r'(<nav class="md-nav"[^>]*?) aria-expanded="(?:true|false)"'), r"\1", 4, 4),
    # a submenu is named by its title: the label that should name it holds but an icon
    Mend("submenu-name", SUBMENU, r'<nav class="md-nav" data-md-level="1" aria-label="\3">\2\3\4', 4, 4),
    # without styles, boxes to tick that are no part of the page
    Mend("hidden-toggle", re.compile(r'<input (?=class="md-toggle")'), "<input hidden ", 2, 2),
    Mend("hidden-nav-toggle", re.compile(r'<input (?=class="md-nav__toggle md-toggle)'), "<input hidden ", 0, 20),
    # without styles, a picture that has no size is as wide as the window
    Mend("icon-size", ICON, r'<svg width="\1" height="\2"', 0, 200),
    # the theme says "jump to" and not where
    Mend("skip-words", re.compile(r'(class="md-skip">\s*)跳转至'), r"\1跳到正文", 0, 1),
    # tabindex="" is not a number
    Mend("empty-tabindex", re.compile(r' tabindex=""'), "", 0, 40),
    # what a link to the calculator brings along, put behind its address, which MkDocs has made
    Mend("case", re.compile(r'<a\b[^>]*? data-yb-case="[^"]+"[^>]*>'), lambda match: with_case(match[0]), 0, 4),
    # a heading breaks between its phrases where it can, and within one only where it must
    Mend("phrases", re.compile(r"(<h[1-3]\b[^>]*>)([^<]+)(?=<)"), lambda match: match[1] + phrases(match[2]), 0, 2000),
    Mend("table", re.compile(r"<table>.*?</table>", re.DOTALL), lambda match: readable(match[0]), 0, 60),
)
WIDGET = re.compile(
    r'(<script type="application/json" data-yb="config">.*?</script>\n?)(.*?)'
    r'(<script data-yb="start">.*?</script>)\s*<script src="([^"]*/element\.[^"]*)" defer></script>',
    re.DOTALL,
)
CASE = re.compile(r' data-yb-case="([^"]+)"')


def with_case(link: str) -> str:
    """A link `data-yb-case` to the calculator that opens it filled in so far. The Case is percent-encoded already."""
    case = CASE.findall(link)[0]
    return re.sub(r'(href="[^"#]*)"', lambda match: f'{match[1]}#case={case}"', CASE.sub("", link), count=1)


BETWEEN_PHRASES = re.compile(r"(?<=[，；：。？！、）》”])(?=[^，；：。？！、）》”])|(?<=[^，；：。？！、（《“])(?=[（《])")


def phrases(heading: str) -> str:
    """The text of a heading with each phrase, its punctuation included, in a box that is moved to the next line whole."""
    parts = BETWEEN_PHRASES.split(heading.strip())
    return "".join(f'<span class="yb-phrase">{part}</span>' for part in parts) if len(parts) > 1 else heading


ORPHAN_LABEL = re.compile(r'(<label class="md-nav__title") for="__toc"')


def polish(html: str, counts: Counter[str] | None = None, *, offline: bool = False) -> str:
    """One page, mended and with its content policy. Raises ThemeChanged. `counts` adds up how often each mend applied."""
    counts = Counter() if counts is None else counts
    if THEMED in html:
        html, begin = _widget_cut(html)
        for mend in MENDS:
            html, count = mend.apply(html)
            counts[mend.name] += count
        if 'id="__toc"' not in html:  # a page outside the menu: its contents list has no checkbox to be a label for
            html, count = ORPHAN_LABEL.subn(r"\1", html)
            counts["orphan-label"] += count
        html = html.replace(CHARSET, CHARSET + begin, 1)
    if html.count(CHARSET) != 1:
        raise ThemeChanged(f"found {html.count(CHARSET)} times: {CHARSET}")
    counts["policy"] += 1
    return guarded(html, offline=offline)


def _widget_cut(html: str) -> tuple[str, str]:
    """A page without the calculator's scripts, and what stands at its top instead: so Python starts while the rest is being read.

    They are its configuration, what starts Python, and the rest. Raises ThemeChanged if a page with the calculator lacks one.
    """
    found = WIDGET.search(html)
    if not found:
        if "<yibao-calculator" in html:
            raise ThemeChanged("the calculator's scripts are not where they were")
        return html, ""
    config, between, start, address = found.groups()
    begin = f'\n{config.rstrip()}\n{start}\n<script src="{address}" async fetchpriority="high"></script>'
    return html[: found.start()] + between + html[found.end() :], begin
