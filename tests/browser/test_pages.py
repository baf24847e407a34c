"""Every kind of page, in every look: quiet, readable, marked as unofficial, nothing loaded from elsewhere."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tests.browser.colours import too_faint
from tests.browser.homes import DARK_PHONE, DARK_WIDE, LIGHT_PHONE, LIGHT_WIDE, NOT_FOUND, ROOT, Home
from tests.browser.sheets import anchors_of, links_of, text_of

pytestmark = pytest.mark.browser

PLACES = ("places/310000", "places/370200", "places/hmt", "places/542522")
BODY_PX = 17
SMALL_PRINT_PX = 13
ALONE = ("404.html", "offline.html")
MARK = re.compile("非官方|不是官方")


def kinds() -> list[str]:
    """All pages that are not of a series, and some of each series."""
    site = ROOT / "site"
    pages = [page.parent.relative_to(site).as_posix() for page in sorted(site.rglob("index.html"))]
    single = [page.removeprefix(".") for page in pages if not re.match(r"places/\w|claims/\w", page)]
    series = [page for page in (*PLACES, *[one for one in pages if one.startswith("claims/")][:2]) if page in pages]
    return [*single, *series]


# what is wrong with the page as it is laid out
FAULTS = """([body, small]) => {
  const faults = []
  const seen = (element) => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0
  const size = (element) => parseFloat(getComputedStyle(element).fontSize)
  const width = document.documentElement.scrollWidth
  if (width > innerWidth) faults.push(`${width} px wide in ${innerWidth} px`)
  const main = document.querySelector('article, main') ?? document.body
  const texts = [...main.querySelectorAll('p, li, dd, td, label, summary')].filter((one) => seen(one) && one.innerText.trim())
  const notPlain = '.admonition-title, [class^="yb"], td, th, nav, footer'
  for (const one of texts) {
    const least = one.matches('p, li, dd') && !one.closest(notPlain) ? body : small
    if (size(one) < least) faults.push(`${size(one)} px: ${one.innerText.slice(0, 30)}`)
  }
  for (const image of main.querySelectorAll('img')) if (!image.naturalWidth) faults.push(`no image: ${image.src}`)
  if (document.querySelectorAll('h1').length !== 1) faults.push('not one h1')
  const mark = [...document.querySelectorAll('.yb-unofficial')].find(seen)
  if (!mark) faults.push('no mark')
  else if (mark.getBoundingClientRect().top > 200) faults.push('the mark stands too low')
  return faults
}"""


# each home in each width and each scheme, and each width in each scheme
@pytest.mark.parametrize(
    ("home", "look"),
    [("hosted", LIGHT_PHONE), ("hosted", DARK_WIDE), ("offline", DARK_PHONE), ("offline", LIGHT_WIDE)],
    indirect=["home"],
    ids=str,
)
def test_pages_of_every_kind_are_quiet_and_readable(home, look, open_page):
    page: Page | None = None
    faults = {}
    for path in kinds():
        if page is None:
            page = open_page(home, path, look)
        else:
            page.goto(home.address(path))
        if found := page.evaluate(FAULTS, [BODY_PX, SMALL_PRINT_PX]):
            faults[path] = found
    assert faults == {}


def test_under_a_sub_path_pages_of_every_kind_find_their_files(homes, open_page):
    page = open_page(homes["below"])
    for path in kinds():
        page.goto(homes["below"].address(path))
        assert page.evaluate("getComputedStyle(document.body).margin") == "0px", path  # the style sheet has come


@pytest.mark.parametrize("home", ["hosted", "offline"], indirect=True)
def test_every_page_says_that_it_is_not_official_before_the_first_digit(home):
    for page in home.pages():
        text = text_of(page)
        digit = re.search(r"[0-90-9]", text)
        mark = MARK.search(text)
        assert mark, page
        assert digit is None or mark.start() < digit.start(), page


@pytest.mark.parametrize("home", ["hosted", "offline"], indirect=True)
def test_every_link_leads_to_a_file_that_is_there(home: Home):
    there = {path for path in home.folder.rglob("*") if path.is_file()}
    broken = set()
    for page in home.pages():
        if page.name == NOT_FOUND:  # it does not know where it is; has a test of its own
            continue
        for target, fragment in links_of(page, home):
            shown = not fragment or fragment.startswith("case=") or target.suffix != ".html" or fragment in anchors_of(target)
            known = target in there and shown
            if not known:
                broken.add((page.relative_to(home.folder).as_posix(), str(target), fragment))
    assert broken == set()


@pytest.mark.parametrize("home", ["hosted", "below", "offline"], indirect=True)
def test_one_can_walk_from_page_to_page(home, open_page):
    page = open_page(home)
    page.get_by_role("link", name="打开计算器").first.click()
    page.wait_for_url(home.address("calculator"))
    page.locator(".md-tabs").get_by_role("link", name="各地规则").click()
    page.wait_for_url(home.address("places"))
    page.locator("article").get_by_role("link", name="福建省").first.click()
    page.wait_for_url(home.address("places/350000"))
    assert page.locator("h1").inner_text().startswith("福建省")
    page.locator("article").get_by_role("link", name="怎么核实").last.click()
    page.wait_for_url(home.address("about/verify") + "*")
    page.go_back()
    page.wait_for_url(home.address("places/350000"))


@pytest.mark.parametrize("home", ["hosted", "offline"], indirect=True)
def test_light_and_dark_are_the_readers_choice_and_are_remembered(home, open_page):
    page = open_page(home)
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.locator("label[for^=__palette]:visible").click()
    page.locator("body[data-md-color-scheme=slate]").wait_for()
    dark = page.evaluate(ground)
    assert dark != light
    page.goto(home.address("calculator"))
    page.locator("body[data-md-color-scheme=slate]").wait_for()
    assert page.evaluate(ground) == dark


@pytest.mark.parametrize("home", ["hosted", "below"], indirect=True)
def test_a_wrong_address_leads_home(home, open_page):
    page = open_page(home, forgive=r"HTTP 404|status of 404|request to another place: http://127.0.0.1:\d+/(x/)?api/")
    page.goto(home.root + "places/nowhere/")
    assert page.locator("h1").inner_text() == "没有找到这一页"
    page.locator(f'a[href="{urlsplit(home.root).path}"]').click()
    page.wait_for_url(home.root)


@pytest.mark.parametrize("name", ALONE)
def test_pages_that_stand_alone_look_like_the_others_and_as_the_reader_has_chosen(name, home, open_page):
    asked = r"HTTP 404|status of 404|request to another place: http://127.0.0.1:\d+/api/"
    page = open_page(home, "account", DARK_PHONE, forgive=asked)
    page.locator("[data-yb-switch=size]").click()
    looks = "['color', 'backgroundColor'].map(name => getComputedStyle(document.body)[name])"
    for scheme in ("slate", "default"):
        if scheme == "default":
            page.goto(home.address("account"))
            page.locator("label[for^=__palette]:visible").click()
        page.locator(f"body[data-md-color-scheme={scheme}]").wait_for()
        shown = page.evaluate(looks)
        page.goto(home.root + name)
        assert page.evaluate(looks) == shown
        assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 1.15 * BODY_PX
        assert too_faint(page, ["h1", "main p", "main a, main button", ".yb-unofficial"]) == {}
        page.goto(home.address("account"))


def test_pages_that_stand_alone_hold_the_same_style():
    one, other = (re.findall(r"<style>.*?</style>", (ROOT / "site" / name).read_text("utf-8"), re.DOTALL) for name in ALONE)
    assert one == other and len(one) == 1
