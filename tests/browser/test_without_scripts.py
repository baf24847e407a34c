"""With JavaScript switched off the pages can be read, and the calculator's page says where the ready-made tables are."""

from __future__ import annotations

import pytest

from tests.browser.homes import DARK_PHONE, LIGHT_WIDE

pytestmark = pytest.mark.browser

LOOKS = pytest.mark.parametrize("look", [DARK_PHONE, LIGHT_WIDE], ids=str)
HOMES = pytest.mark.parametrize("home", ["hosted", "offline"], indirect=True)


@HOMES
@LOOKS
@pytest.mark.parametrize("path", ["", "restoration", "places/350000", "records"])
def test_tables_can_be_read(home, look, path, open_page):
    page = open_page(home, path, look, scripts=False)
    assert page.locator(".yb-unofficial").first.is_visible()
    table = page.locator("article table").first
    table.scroll_into_view_if_needed()
    assert table.is_visible()
    rows = table.locator("tbody tr").all_inner_texts()
    assert len(rows) > 3
    assert all(row.strip() for row in rows)


@HOMES
def test_the_calculator_says_what_to_do_instead(home, open_page):
    page = open_page(home, "calculator", scripts=False)
    notice = page.locator("yibao-calculator noscript p")
    assert notice.is_visible()
    assert "12393" in notice.inner_text()
    page.locator("article").get_by_role("link", name="算好的表").click()
    page.wait_for_url(home.address("restoration") + "*")
    assert page.locator("article table").first.is_visible()


def test_the_menu_works(home, open_page):
    page = open_page(home, "", LIGHT_WIDE, scripts=False)
    page.locator(".md-tabs").get_by_role("link", name="各地规则").click()
    page.wait_for_url(home.address("places"))
    assert page.locator("article table, article li").count() > 30
