"""The numbers of 备案 stand at the foot of every page when the build is told them, and nothing does when it is not."""

from __future__ import annotations

import re
from typing import Any

import pytest

from scripts.build import SWITCHES
from scripts.errors import BuildError
from scripts.site import filing
from scripts.site.filing import Filing, told, with_filing

LINE = re.compile(r'<p class="yb-filing">.*?</p>(\n(?=</main>))?')
BOTH = Filing("京ICP备12345678号-1", "京公网安备11010502030143号")


@pytest.mark.parametrize("icp", ["京ICP备12345678号", "京ICP备12345678号-1", "粤ICP备2021012345号-12", "沪ICP证030173号"])
def test_a_number_of_the_ministry_is_taken(icp: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FILING_ICP", f" {icp} ")
    monkeypatch.delenv("FILING_POLICE", raising=False)
    assert told() == Filing(icp, "")


@pytest.mark.parametrize("police", ["京公网安备11010502030143号", "沪公网安备 31010402001234号"])
def test_a_number_of_the_police_is_taken(police: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FILING_ICP", raising=False)
    monkeypatch.setenv("FILING_POLICE", police)
    assert told() == Filing("", police)


NO_ICP = ("12345678", "京ICP备1234567号", "京ICP备12345678", "X ICP备12345678号", "京icp备12345678号")
NOT_ASCII = ("京ICP备１２３４５６７８号", '京ICP备12345678号"><script>', "京ICP备12345678号\n<p>")
NO_POLICE = ("11010502030143", "京公网安备1101050203014号", "京公网安备 号", "京公网安备1101050203014３号")


@pytest.mark.parametrize(
    ("name", "odd"), [*(("FILING_ICP", odd) for odd in NO_ICP + NOT_ASCII), *(("FILING_POLICE", odd) for odd in NO_POLICE)]
)
def test_what_cannot_be_a_number_stops_the_build(name: str, odd: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, odd)
    with pytest.raises(BuildError, match=f"{name} 不像.*应当像"):
        told()


def test_every_page_has_both_numbers_at_its_foot(hosted: dict[str, Any], offline: dict[str, Any]) -> None:
    for path, page in [*hosted.items(), *offline.items()]:
        html = with_filing(page.html, BOTH)
        words = html[html.index('class="yb-filing"') :]
        assert html.count('class="yb-filing"') == 1, path
        assert words.index(BOTH.icp) < words.index(BOTH.police) < words.index("</body>"), path
        assert f'<a href="https://beian.miit.gov.cn/" target="_blank" rel="noopener">{BOTH.icp}</a>' in html
        assert 'href="https://beian.mps.gov.cn/#/query/webSearch?code=11010502030143"' in html
        assert "<article" not in words and "<h1" not in words, path
        assert LINE.sub("", html) == page.html, path


def test_one_number_stands_alone(hosted: dict[str, Any]) -> None:
    assert "beian.mps" not in with_filing(hosted["index.html"].html, Filing(icp=BOTH.icp))
    assert "beian.miit" not in with_filing(hosted["index.html"].html, Filing(police=BOTH.police))


def test_without_a_number_nothing_is_there(hosted: dict[str, Any]) -> None:
    for page in hosted.values():
        assert with_filing(page.html, Filing()) == page.html
        assert "beian." not in page.html


def test_a_page_without_a_foot_is_an_error() -> None:
    with pytest.raises(LookupError):
        with_filing("<p>没有页脚</p>", BOTH)


def test_another_number_is_another_build() -> None:
    assert set(filing.SWITCHES) <= set(SWITCHES)
