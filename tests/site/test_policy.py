"""The content policy of each page, and the mends of the theme's markup that a new version of the theme could break."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from scripts.site.generate import NOT_LISTED, run_mkdocs
from scripts.site.policy import DATA_TYPES, INLINE, INLINE_STYLE, hashes
from scripts.site.polish import MENDS, ThemeChanged, polish

ROOT = Path(__file__).parents[2]
POLICY = "Content-Security-Policy"


@pytest.fixture(params=("hosted", "offline"))
def site(request: pytest.FixtureRequest) -> dict[str, Any]:
    found: dict[str, Any] = request.getfixturevalue(request.param)
    return found


def test_every_page_has_a_policy_without_unsafe_inline(site: dict[str, Any]) -> None:
    for path, page in site.items():
        policy = page.meta[POLICY]
        assert "default-src 'none'" in policy, path
        assert "unsafe-inline" not in policy and "'unsafe-eval'" not in policy, path
        assert "http" not in policy, path


def test_every_inline_script_and_style_is_named_by_its_hash(site: dict[str, Any]) -> None:
    for path, page in site.items():
        code = [m["code"] for m in INLINE.finditer(page.html) if not any(kind in m["attributes"] for kind in DATA_TYPES)]
        style = [m["code"] for m in INLINE_STYLE.finditer(page.html)]
        for needed in hashes(code + style):
            assert needed in page.meta[POLICY], f"{path}: {needed}"
        assert not page.handlers, f"{path}: {page.handlers}"


def test_only_pages_with_the_calculator_may_run_webassembly(site: dict[str, Any]) -> None:
    for path, page in site.items():
        assert ("wasm-unsafe-eval" in page.meta[POLICY]) == ("<yibao-calculator" in page.html), path


@pytest.fixture(scope="module")
def shipped(homes: dict[str, Path], rulebook: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as MkDocs and the theme make it, nothing mended."""
    out = tmp_path_factory.mktemp("plain") / "site"
    run_mkdocs(ROOT, homes["staged"], out, False, rulebook["data_date"])
    return out


def test_each_mend_applies_as_often_as_expected(shipped: Path) -> None:
    total: Counter[str] = Counter()
    pages = [path for path in shipped.rglob("*.html") if path.name not in NOT_LISTED]
    for path in pages:
        counts: Counter[str] = Counter()
        polish(path.read_text("utf-8"), counts)
        for mend in MENDS:
            assert mend.least <= counts[mend.name] <= mend.most, f"{path}: {mend.name}"
        assert counts["policy"] == 1
        total += counts
    assert total["case"] > 40, "pages of places lead to the calculator with the place filled in"
    assert total["table"] > len(pages)
    assert total["icon-size"] > 5 * len(pages)
    assert total["orphan-label"] > 30, "pages outside the menu have a contents list"


@pytest.mark.parametrize("name", [mend.name for mend in MENDS if mend.least])
def test_a_theme_with_other_markup_fails_loudly(shipped: Path, name: str) -> None:
    mend = next(mend for mend in MENDS if mend.name == name)
    html = (shipped / "rules" / "employee" / "index.html").read_text("utf-8")
    for earlier in MENDS[: MENDS.index(mend)]:
        html = earlier.pattern.sub(earlier.becomes, html)
    with pytest.raises(ThemeChanged, match="applied"):
        mend.apply(mend.pattern.sub("", html, count=1))


def test_the_search_is_ours_in_every_form(homes: dict[str, Path]) -> None:
    for form in ("hosted", "offline"):
        (worker,) = (homes[form] / "assets").glob("search-worker.*.js")
        assert worker.read_bytes() == (ROOT / "docs" / "search" / "worker.js").read_bytes()
        assert not (homes[form] / "assets" / "javascripts").exists(), "the theme's scripts"
