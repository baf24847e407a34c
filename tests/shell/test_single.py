"""The calculator that is one file: complete, alone, and of the same mind as the command line."""

from __future__ import annotations

import re
import shutil
from html import unescape

import pytest

from scripts.site.bill import licences
from tests.browser.asking import Calculator, link
from tests.browser.command import assess
from tests.browser.homes import DARK_PHONE, LIGHT_PHONE, ROOT, Home

FILE = ROOT / "dist" / "yibao-calculator.html"
CASES = [
    {
        "scheme": "resident",
        "place": "CN",
        "as_of": "2026-03-20",
        "coverage_year": 2026,
        "last_covered_year": 2022,
        "paid_on": "2026-03-12",
    },
    {"scheme": "flexible", "place": "350200", "as_of": "2026-03-20", "last_paid_month": "2025-10", "back_paid": True},
]


@pytest.fixture
def alone(tmp_path) -> Home:
    """The file by itself in a folder, under the name that a chat gave it."""
    folder = tmp_path / "微信 收到的"
    folder.mkdir()
    shutil.copy(FILE, folder / "index.html")
    return Home("single", folder.as_uri() + "/", folder)


@pytest.mark.browser  # of the built site: it stands where `make test` has made it
def test_it_carries_the_licences_of_all_that_is_in_it():
    found = re.findall(r'<details class="yb-licences">.*?<pre>(.*?)</pre>', FILE.read_text("utf-8"), re.DOTALL)
    assert [unescape(text) for text in found] == [licences(ROOT)]


@pytest.mark.browser
@pytest.mark.parametrize("look", [LIGHT_PHONE, DARK_PHONE], ids=str)
def test_it_answers_from_the_disk_with_nothing_beside_it(look, alone, open_page):
    calculator = Calculator(open_page(alone, "", look))
    for case in CASES:
        calculator.open_link(link(case))
        calculator.wait("ready")
        assert calculator.assessment == assess(case)


@pytest.mark.browser
def test_a_form_filled_by_hand_answers_and_prints(alone, open_page):
    page = open_page(alone)
    calculator = Calculator(page)
    calculator.answer_all(CASES[0])
    calculator.submit()
    calculator.wait("ready")
    assert calculator.assessment == assess(CASES[0])
    assert page.pdf().startswith(b"%PDF")


@pytest.mark.browser
def test_without_scripts_it_says_what_to_do(alone, open_page):
    page = open_page(alone, scripts=False)
    assert "先保存到手机或电脑" in page.locator("noscript").first.text_content()
    assert "非官方网站" in page.locator("body").inner_text()


def test_it_is_smaller_than_the_offline_bundle():
    assert FILE.stat().st_size < (ROOT / "dist" / "yibao-offline.zip").stat().st_size


def test_it_loads_nothing_and_says_how_old_it_is(rulebook_version):
    html = FILE.read_text("utf-8")
    head = html[: html.index('<script type="text/plain"')]
    assert not re.findall(r'<(?:script|img|iframe)\b[^>]*\bsrc=|<link\b[^>]*href="(?!data:)', head)
    version, date = rulebook_version
    assert f"规则第 {version} 版，资料整理到 {date}" in head
    policy = re.search(r'content="(default-src[^"]+)"', head)[1]
    assert "'self'" not in policy and "http" not in policy and "connect-src" not in policy


def test_it_is_the_one_that_the_site_offers():
    assert (ROOT / "site" / "downloads" / "yibao-calculator.html").read_bytes() == FILE.read_bytes()
    assert (ROOT / "site" / "downloads" / "yibao-offline.zip").read_bytes() == (ROOT / "dist" / "yibao-offline.zip").read_bytes()
    assert 'href="../downloads/yibao-calculator.html" download' in (ROOT / "site" / "data" / "index.html").read_text("utf-8")


@pytest.fixture
def rulebook_version() -> tuple[str, str]:
    import json

    book = json.loads((ROOT / "calculator" / "rulebook.json").read_text("utf-8"))
    return book["version"], book["data_date"]
