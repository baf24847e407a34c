"""Finding one's place by typing, by list and in the picture; the choice goes along from page to page, on this device alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.homes import LIGHT_PHONE, LIGHT_WIDE, ROOT, Home

pytestmark = pytest.mark.browser

BOTH = pytest.mark.parametrize("home", ["hosted", "offline"], indirect=True)
TOUCH = 48


def chosen(page: Page) -> str:
    return page.locator(".yb-chosen").inner_text() if page.locator(".yb-chosen").is_visible() else ""


def type_and_enter(page: Page, typed: str) -> None:
    page.locator("#yb-find").focus()
    page.keyboard.insert_text(typed)  # as pasting, voice and input methods do: no key is pressed
    page.locator("#yb-found [role=option]").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")


@BOTH
def test_typed_at_home_it_goes_along_to_the_calculator(home: Home, open_page) -> None:
    page = open_page(home, "", LIGHT_PHONE)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    assert chosen(page) == ""
    type_and_enter(page, "shenzhen")
    page.wait_for_url(lambda address: "440300" in address)
    assert len([address for address in asked if "/places." in address]) == 1
    expect(page.locator(".yb-chosen")).to_contain_text("深圳市")
    page.goto(home.address("calculator"))
    expect(page.locator("[name=place]")).to_have_value("440300")
    page.goto(home.address("restoration"))
    page.locator(".yb-chosen a").first.click()
    page.wait_for_url(home.address("places/440300"))
    page.goto(home.address("places"))
    page.locator(".yb-finder [data-yb=forget]").click()
    assert page.evaluate("localStorage.getItem('yb:place')") is None
    page.goto(home.address("calculator"))
    expect(page.locator("[name=place]")).to_have_value("")


def test_the_box_is_a_combobox_for_keys_and_readers(home: Home, open_page) -> None:
    page = open_page(home, "places", LIGHT_PHONE)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    box, options = page.get_by_role("combobox"), page.get_by_role("option")
    assert not [address for address in asked if "/places." in address]
    box.fill("sz")
    options.first.wait_for()
    assert box.get_attribute("aria-expanded") == "true"
    names = options.all_inner_texts()
    assert len(names) > 2 and any("深圳" in name for name in names)
    for _ in range(len(names) + 1):
        page.keyboard.press("ArrowDown")
    marked = page.locator("[role=option][aria-selected=true]")
    assert marked.inner_text() == names[0]  # once round
    assert box.get_attribute("aria-activedescendant") == marked.get_attribute("id")
    assert (
        min(
            option["height"] for option in options.evaluate_all("(all) => all.map((one) => one.getBoundingClientRect().toJSON())")
        )
        >= TOUCH
    )
    page.keyboard.press("Escape")
    assert box.get_attribute("aria-expanded") == "false" and options.count() == 0
    box.fill("昆仑山脉")
    expect(page.locator(".yb-type [role=status]")).to_contain_text("没有找到")


def test_by_list_a_province_then_its_city(home: Home, open_page) -> None:
    page = open_page(home, "places", LIGHT_PHONE)
    page.locator(".yb-by-list summary").click()
    page.get_by_label("省、自治区、直辖市").select_option(label="河北省")
    page.get_by_label("市、州").select_option(label="廊坊市")
    page.get_by_role("button", name="看这里的规定").click()
    page.wait_for_url(lambda address: "130000" in address)
    expect(page.locator(".yb-chosen")).to_contain_text("廊坊市")


def test_each_tile_is_a_link_that_a_finger_hits(home: Home, open_page) -> None:
    page = open_page(home, "places", LIGHT_PHONE)
    tiles = page.locator("a.yb-tile")
    assert tiles.count() == 35
    sizes = tiles.evaluate_all(
        "(all) => all.map((one) => [one.getBoundingClientRect().width, one.getBoundingClientRect().height])"
    )
    assert min(min(size) for size in sizes) >= TOUCH - 1  # a grid of 50, with a gap on all sides
    page.get_by_role("link", name="上海市：有的规定看到了条款").click()
    page.wait_for_url(lambda address: "310000" in address)
    page.get_by_role("button", name="我在上海市参保，记住这个地方").click()
    assert page.evaluate("localStorage.getItem('yb:place')") == "310000 上海市 310000"
    expect(page.locator(".yb-chosen")).to_contain_text("上海市")


@pytest.mark.parametrize(
    "value",
    [
        "<img src=x onerror=alert(1)>",
        "440300 <b>深圳</b> 440300",
        "440300 深圳市 ../../x",
        "javascript:alert(1)",
        "x" * 100_000,
        "440300",
    ],
)
def test_a_hostile_value_is_as_none(home: Home, open_page, value: str) -> None:
    page = open_page(home)
    page.evaluate("(value) => localStorage.setItem('yb:place', value)", value)
    page.goto(home.address("calculator"))
    assert chosen(page) == ""
    expect(page.locator("[name=place]")).to_have_value("")


def test_a_place_that_is_no_more_leaves_the_form_as_it_was(home: Home, open_page) -> None:
    page = open_page(home)
    page.evaluate("localStorage.setItem('yb:place', '999999 没有市 999999')")
    page.goto(home.address("calculator"))
    expect(page.locator("[name=place]")).to_have_value("")
    expect(page.locator("[data-yb=state]")).to_have_attribute("data-state", "empty")


def test_without_storage_everything_else_works(home: Home, open_page) -> None:
    page = open_page(home, forgive="exception: .*off$")  # the theme's own code asks for storage without a care
    page.context.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('off', 'SecurityError') } })"
    )
    page.goto(home.address("places"))
    type_and_enter(page, "bj")
    page.wait_for_url(lambda address: "110000" in address)
    page.goto(home.address("calculator"))
    page.locator("#yb-find").fill("深圳")
    page.locator("#yb-found [role=option]").first.click()
    expect(page.locator("[name=place]")).to_have_value("440300")


def test_two_tabs_tell_of_one_choice(home: Home, open_page) -> None:
    one = open_page(home)
    other = one.context.new_page()
    other.goto(home.address("restoration"))
    type_and_enter(one, "厦门")
    one.wait_for_url(lambda address: "350200" in address)
    expect(other.locator(".yb-chosen")).to_contain_text("厦门市")


def test_a_place_chosen_in_the_calculator_goes_along_and_a_link_with_another_wins(home: Home, open_page) -> None:
    page = open_page(home, "calculator", LIGHT_WIDE)
    page.locator("#yb-find").fill("ningbo")
    page.keyboard.press("Enter")
    expect(page.locator("[name=place]")).to_have_value("330200")
    expect(page.locator(".yb-chosen")).to_contain_text("宁波市")
    page.goto("about:blank")
    page.goto(home.address("calculator") + "#case=%7B%22scheme%22%3A%22resident%22%2C%22place%22%3A%22350200%22%7D")
    expect(page.locator("[name=place]")).to_have_value("350200")
    expect(page.locator(".yb-chosen")).to_contain_text("宁波市")


def test_what_lies_outside_is_said_to(home: Home, open_page) -> None:
    page = open_page(home, "calculator", LIGHT_WIDE)
    page.locator("#yb-find").fill("香港")
    page.locator("#yb-found [role=option]").first.click()
    expect(page.locator(".yb-type [role=status]")).to_contain_text("不实行")
    expect(page.locator("[name=place]")).to_have_value("")


@BOTH
def test_without_scripts_there_are_the_list_and_the_picture(home: Home, open_page) -> None:
    page = open_page(home, "places", LIGHT_PHONE, scripts=False)
    assert not page.locator("#yb-find").is_visible()
    page.locator(".yb-by-list summary").click()
    page.locator(".yb-provinces a", has_text="浙江").click()
    page.wait_for_url(lambda address: "330000" in address)
    assert not page.locator("[data-yb-keep]").is_visible()


def test_the_calculator_that_is_one_file_finds_places_and_keeps_nothing(open_page) -> None:
    dist = ROOT / "dist"
    page = open_page(Home("single", dist.as_uri() + "/", dist), "yibao-calculator.html", LIGHT_PHONE)
    page.locator("#yb-find").fill("qingdao")
    page.locator("#yb-found [role=option]").first.click()
    expect(page.locator("[name=place]")).to_have_value("370200")
    assert page.evaluate("localStorage.getItem('yb:place')") is None
