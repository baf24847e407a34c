"""The search finds Chinese words, however they get into its box."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.homes import DARK_PHONE, LIGHT_WIDE, Home
from tests.search.engine import as_hosted, find

pytestmark = pytest.mark.browser

HOMES = pytest.mark.parametrize("home", ["hosted", "below", "offline"], indirect=True)


def open_search(page: Page) -> None:
    button = page.locator('button[data-yb-toggle="__search"]')
    if button.is_visible():
        button.click()
    else:
        page.locator(".md-search__input").click()
    page.locator(".md-search__input:focus").wait_for()


def results(page: Page) -> list[str]:
    page.locator(".md-search-result__item a").first.wait_for()
    return page.locator(".md-search-result__item").all_inner_texts()


def follow_first(page: Page, home: Home) -> None:
    before = page.url
    page.locator(".md-search-result__item a").first.click()
    page.wait_for_url(lambda address: address.startswith(home.root) and address != before)
    assert page.locator("h1").is_visible()


@HOMES
@pytest.mark.parametrize("look", [DARK_PHONE, LIGHT_WIDE], ids=str)
def test_typing_finds_pages_that_open(home, look, open_page):
    page = open_page(home, "account", look)
    open_search(page)
    page.keyboard.type("断缴")
    assert any("断缴" in text for text in results(page))
    follow_first(page, home)


@HOMES
def test_pasting_finds_too(home, open_page):
    page = open_page(home)
    open_search(page)
    page.keyboard.insert_text("等待期")  # as pasting and input methods do: no key is pressed
    assert any("等待期" in text for text in results(page))


def test_real_pasting_finds_too(home, open_page):
    page = open_page(home)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("navigator.clipboard.writeText('滞纳金')")
    open_search(page)
    page.keyboard.press("Control+V")
    assert any("滞纳金" in text for text in results(page))


@pytest.mark.parametrize("home", ["hosted", "below"], indirect=True)
@pytest.mark.parametrize("look", [DARK_PHONE, LIGHT_WIDE], ids=str)
def test_a_link_with_a_question_shows_what_is_found(home, look, open_page):
    page = open_page(home, "", look)
    page.goto(f"{home.root}?q=等待期")
    assert any("等待期" in text for text in results(page))
    page.locator(".md-search__input:focus").wait_for()
    follow_first(page, home)


def test_a_place_is_found_by_its_name(home, open_page):
    page = open_page(home)
    open_search(page)
    page.keyboard.type("青岛")
    assert any("青岛" in text for text in results(page))


def test_what_is_nowhere_is_said_to_be_nowhere(home, open_page):
    page = open_page(home)
    open_search(page)
    page.keyboard.type("qwertyuiop")
    page.locator(".md-search-result__meta", has_text="没有找到").wait_for()


def test_nothing_of_the_search_is_loaded_before_someone_searches(home, open_page):
    page = open_page(home)
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    page.goto(home.address("calculator"))
    page.wait_for_load_state("networkidle")
    assert not [address for address in loaded if "search_index" in address or "search-worker" in address]
    with page.expect_request(lambda request: "search_index" in request.url):
        open_search(page)


@pytest.mark.parametrize("home", ["hosted", "offline"], indirect=True)
def test_the_box_finds_what_the_kept_questions_are_judged_by(home, open_page):
    page = open_page(home)
    open_search(page)
    asked = ("断保一年多久恢复", "医保卡的钱能给家人用吗", "shenzhen")
    for question, told in zip(asked, find(home.name, *asked).pages, strict=True):
        page.locator(".md-search__input").fill(question)  # fires "input" alone
        first = page.locator(".md-search-result__item").first.locator("a").first
        expect(first).to_have_attribute("href", re.compile(re.escape(told[0].rstrip("/")) + r"(/|\.html|/index\.html)$"))
        pages = page.locator(".md-search-result__item").evaluate_all(
            "(items) => items.map((item) => item.querySelector('a').href)"
        )
        assert [as_hosted(address.removeprefix(home.root).partition("#")[0]) for address in pages[:3]] == told[:3]
