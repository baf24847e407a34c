"""The page on how long pages take: its numbers are those of the results that are kept, in words, rows and bars."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from scripts.site.outline import outline
from scripts.site.speed import KEPT, Score, Scores, Speed, seconds

ROOT = Path(__file__).parents[2]
SVG = "{http://www.w3.org/2000/svg}"


def visit(answer: float, headline: float, size: int) -> dict[str, float]:
    return {"answer": answer, "headline": headline, "size": size, "processor": 2 * answer}


@pytest.fixture
def speed(tmp_path: Path) -> Speed:
    contenders = {
        "auto": {"title": "我们", "ours": True, "whole": True},
        "plain": {"title": "普通的", "ours": False, "whole": True},
        "other": {"title": "别的 <*>", "ours": False, "whole": False},
    }
    desk = {
        "auto": {"cold": visit(500, 100, 2_000_000), "warm": visit(300, 50, 0)},
        "plain": {"cold": visit(2000, 2000, 5_000_000), "warm": visit(1200, 1200, 100)},
        "other": {"cold": visit(400, 400, 500_000), "warm": visit(90, 90, 100)},
    }
    slow = {"auto": {"cold": visit(12_345, 1000, 2_000_000)}, "plain": {"cold": visit(30_000, 30_000, 5_000_000)}}
    given = {"desk": {"title": "电脑"}, "slow4g": {"title": "Slow 4G"}}
    figures = {"conditions": {"desk": desk, "slow4g": slow}, "given": given, "contenders": contenders}
    keep(tmp_path, "pages", figures)
    return Speed(tmp_path)


def keep(root: Path, benchmark: str, figures: dict[str, object]) -> None:
    machine = {"on": "2026-11-22T08:00+00:00", "load": [0.2, 3.0], "cores": 2, "processor": "x"}
    (root / KEPT).mkdir(parents=True)
    (root / KEPT / f"{benchmark}.json").write_text(json.dumps({"machine": machine, "bounds": [], "figures": figures}))


def test_a_row_says_what_was_found_and_how_many_times_that_is(speed: Speed) -> None:
    desk, slow = speed
    ours, plain, other = desk.rows
    assert (desk.title, desk.twice, slow.twice) == ("电脑", True, False)
    assert (ours.answer, ours.headline, ours.times, ours.mb, ours.bytes_times) == (0.5, 0.1, 0.25, 2.0, 0.4)
    assert (ours.again, ours.again_times, plain.times, slow.rows[0].again) == (0.3, 0.25, 1.0, None)
    assert (ours.processor, ours.processor_times) == (1.0, 0.25)
    assert ours.told == "我们：头一句 0.10 秒，完整答案 0.50 秒"
    assert plain.told == "普通的：完整答案 2.00 秒"
    assert other.told == "别的 <*>：答案 0.40 秒"
    assert (speed.day, speed.busy) == ("2026-11-22", False)
    assert [seconds(time) for time in (0.044, 9.994, 12.345)] == ["0.04 秒", "9.99 秒", "12.3 秒"]


def test_what_lighthouse_says_is_told_in_whole_scores_and_seconds(tmp_path: Path) -> None:
    scores = {"performance": 99.4, "accessibility": 100, "best-practices": 98, "seo": 100}
    home = {"title": "首页", **scores, "lcp": 1234.5, "bytes": 81_600}
    keep(tmp_path, "lighthouse", {"medians": {"home": home}})
    (told,) = Scores(tmp_path)
    assert (told, told.full) == (Score("首页", (99, 100, 98, 100), 1.2345, 82), False)
    assert Score("首页", (100,) * 4, 1.0, 30).full


def test_a_bar_is_as_long_as_it_took(speed: Speed) -> None:
    desk, _ = speed
    drawn = ElementTree.fromstring(desk.picture())
    bars = [bar for bar in drawn.findall(f"{SVG}rect") if bar.get("stroke")]
    widths = [float(str(bar.get("width")).rstrip("%")) for bar in bars]
    assert widths == pytest.approx([99 * 500 / 2000, 99.0, 99 * 400 / 2000], abs=0.1)
    fills = [str(bar.get("fill")) for bar in bars]
    assert "url" not in fills[0] and fills[1] == fills[2] == "url(#speed-desk-other)"
    assert drawn.find(f"{SVG}defs/{SVG}pattern[@id='speed-desk-other']") is not None
    (first,) = [mark for mark in drawn.findall(f"{SVG}rect") if not mark.get("stroke")]
    assert float(str(first.get("x")).rstrip("%")) == pytest.approx(99 * 100 / 2000, abs=0.1)


def test_a_picture_is_told_in_words_too(speed: Speed) -> None:
    for under in speed:
        drawn = ElementTree.fromstring(under.picture())
        assert drawn.get("role") == "img"
        named = str(drawn.get("aria-labelledby")).split()
        told = [drawn.find(f"{SVG}{kind}") for kind in ("title", "desc")]
        assert [one.get("id") for one in told if one is not None] == named
        assert [text.text for text in drawn.findall(f"{SVG}text")] == [row.told for row in under.rows]
        assert all(row.told in str(told[1].text) for row in under.rows) if told[1] is not None else False
        assert "style=" not in under.picture()


def test_the_page_has_every_contender_under_every_condition(homes: dict[str, Path]) -> None:
    kept = Speed(ROOT)
    page = outline((homes["hosted"] / "speed" / "index.html").read_text("utf-8"))
    tables = [one for one in page.seen() if one.tag == "table"]
    lines = [row for one in tables for row in one.seen() if row.tag == "tr"]
    rows = [[cell.words.strip() for cell in row.seen() if cell.tag == "td"] for row in lines]
    for under in kept:
        for row in under.rows:
            first, full = (seconds(time).removesuffix(" 秒") for time in (row.headline, row.answer))
            answer = f"{full}\n×{row.times:.2f}" if row.whole else "没有"
            told = [row.title, first, answer, f"{row.mb:.2f}\n×{row.bytes_times:.2f}"]
            assert any(found[:4] == told for found in rows), told
    for bound in kept.bounds:
        assert any(found[:1] == [bound["promise"]] for found in rows), bound


def test_nothing_on_the_page_is_typed() -> None:
    """A digit in the words of the page itself would be a figure that no benchmark renews."""
    written = (ROOT / "docs" / "pages" / "speed.md").read_text("utf-8").split("---\n", 2)[2]
    words = re.sub(r"\{\{.*?\}\}|\{%.*?%\}", "", written, flags=re.DOTALL)
    assert re.findall(r"[0-9]+", words.replace("Fast 4G", "").replace("Slow 4G", "")) == []
