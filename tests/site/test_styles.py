"""The one style sheet: what something here can match is in it, the rest of the theme's rules is not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scripts.site.styles import Said, slim, without_idle

from .conftest import Document


@pytest.fixture
def said() -> Said:
    found = Said()
    found.feed('<nav class="way lifted" data-kind="toc" id="top"><a href="#">…</a></nav>')
    found.words.add("made-by-script")
    return found


def test_a_rule_that_matches_nothing_goes(said: Said) -> None:
    assert slim(".gone{color:red}.way{color:blue}", said) == ".way{color:blue}"


def test_of_several_selectors_those_that_match_stay(said: Said) -> None:
    assert slim(".gone a,.way > a:hover,kbd{x:y}", said) == ".way > a:hover{x:y}"


def test_what_a_script_may_make_stays(said: Said) -> None:
    assert slim(".made-by-script:not(.gone)::before{content:'}'}", said) == ".made-by-script:not(.gone)::before{content:'}'}"


def test_values_of_attributes_count(said: Said) -> None:
    assert slim("[data-kind=toc]{a:b}[data-kind=list]{a:b}[data-other]{a:b}", said) == "[data-kind=toc]{a:b}"


def test_one_of_a_group_is_enough(said: Said) -> None:
    assert slim(".way :is(.gone, a){a:b}.way:is(.gone,.lost){a:b}", said) == ".way :is(.gone, a){a:b}"


def test_a_query_without_rules_goes(said: Said) -> None:
    assert slim("@media print{.gone{a:b}}@media screen{#top{a:b}}@keyframes turn{to{a:b}}", said) == (
        "@media screen{#top{a:b}}@keyframes turn{to{a:b}}"
    )


def test_a_variable_that_nothing_asks_for_goes_and_what_only_it_asked_for() -> None:
    css = ":root{--a:var(--b);--b:url(\"data:x;y,'}'\");--c:1;color:var(--c)}"
    assert without_idle(css, "") == ":root{--c:1;color:var(--c)}"
    assert without_idle(css, "p{color:var(--a)}") == css


def test_half_a_rule_stops_the_build(said: Said) -> None:
    with pytest.raises(LookupError, match="in the middle"):
        slim(".way{color:red", said)


def test_without_styles_no_picture_fills_the_window_and_no_box_stands_on_top(hosted: dict[str, Document]) -> None:
    for page in hosted.values():
        if "md-container" in page.html:
            icons = re.findall(r'<svg[^>]*viewBox="0 0 (?:24 24|48 48)"[^>]*>', page.html)
            pictures = [icon for icon in icons if " width=" not in icon]
            boxes = [box for box in re.findall(r"<input[^>]*md-toggle[^>]*>", page.html) if " hidden " not in box]
            assert not pictures + boxes, page.path


def test_pages_load_one_sheet_and_it_knows_their_frame(hosted: dict[str, Document], homes: dict[str, Path]) -> None:
    sheets = re.findall(r'<link rel="stylesheet" href="([^"]+)"', hosted["index.html"].html)
    assert len(sheets) == 1
    css = (homes["hosted"] / sheets[0]).read_text("utf-8")
    for name in ("md-header__inner", "md-sidebar--primary", "md-search-result__link", "md-nav__link--active", "md-top"):
        assert f".{name}" in css, name
    assert ".focus-visible" not in css, "a class that no script sets: what has the focus would not be seen"
