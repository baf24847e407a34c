"""The calculator in other people's pages: a frame as tall as what it shows, that talks with the page around and nobody else."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Frame, Page

from tests.browser.asking import Calculator, link
from tests.browser.command import assess
from tests.shell.host import Host

pytestmark = pytest.mark.browser

CASE = {
    "scheme": "resident", "place": "CN", "as_of": "2026-03-20", "coverage_year": 2026, "last_covered_year": 2022,
    "paid_on": "2026-03-12",
}  # fmt: skip
LISTEN = """(() => {
  window.heard = []
  addEventListener('message', ({ data, origin }) => heard.push({ ...data, origin }))
  for (const name of ['answer', 'withdrawn']) {
    document.addEventListener(`yibao:${name}`, ({ target, detail }) => heard.push({ event: name, on: target.tagName, detail }))
  }
})()"""

NONSENSE = """[
  null, 0, '', 'ask', [], {}, new Map([['yibao', 'ask']]), new Date(), new ArrayBuffer(1e6), { yibao: null }, { yibao: {} },
  { yibao: 'ask' }, { yibao: 'ask', case: 1n }, { yibao: 'ask', case: null }, { yibao: 'ask', case: [] },
  { yibao: 'ask', case: 1e999 },
  { yibao: 'ask', case: '<img src=x onerror=hacked=1>' }, { yibao: 'ask', case: { place: '<script>hacked=1</script>' } },
  { yibao: 'ask', case: JSON.parse('{"__proto__": {"hacked": 1}, "constructor": {"prototype": {"hacked": 1}}}') },
  { yibao: 'ask', case: { scheme: 'x'.repeat(2e5) } },
  { yibao: 'ask', case: (() => { const one = {}; one.one = one; return one })() },
  { yibao: 'options' }, { yibao: 'options', options: {} }, { yibao: 'options', options: 'x'.repeat(1e6) },
  { yibao: 'options', options: 'theme=javascript:hacked=1&size="><img src=x onerror=hacked=1>' },
  { yibao: 'eval', code: 'hacked=1' }, { yibao: '__proto__', hacked: 1 }, { yibao: 'height', height: 9 },
  { yibao: 'answer', assessment: {} },
]"""
"""What the page around may say that means nothing, or means harm."""

Embed = Callable[..., Page]


@pytest.fixture
def site(host) -> Host:
    return host()


@pytest.fixture
def embed(host, site: Host, context: BrowserContext, tmp_path: Path) -> Iterator[Embed]:
    """`embed("data-theme=dark")`: someone else's page, under the strictest policy, with the calculator once for each argument.

    beside: an origin that may be framed there as well.
    """
    folder = tmp_path / "other"
    folder.mkdir()
    other = host(folder=folder)
    violations: list[str] = []

    def _embed(*attributes: str, beside: str = "") -> Page:
        policy = f"default-src 'none'; script-src {site.origin}; frame-src {site.origin} {beside}"
        other.headers = {"Content-Security-Policy": policy}
        lines = [f'<h1>他人的网页</h1><script src="{site.at("embed.js")}" async {one}></script>' for one in attributes]
        (folder / "index.html").write_text("<!doctype html><meta charset=utf-8><title>他人</title>" + "".join(lines), "utf-8")
        page = context.new_page()
        page.on("console", lambda message: violations.append(message.text) if "Content Security Policy" in message.text else None)
        page.add_init_script(LISTEN)
        page.goto(other.at())
        for index in range(len(attributes)):
            page.locator("iframe").nth(index).scroll_into_view_if_needed()  # frames are lazy
        return page

    yield _embed
    assert violations == []


def inside(page: Page, index: int = 0) -> Frame:
    handle = page.locator("iframe").nth(index).element_handle()
    frame = handle and handle.content_frame()
    assert frame
    frame.wait_for_selector("yibao-calculator[data-state], yibao-calculator")
    return frame


def calculator_in(page: Page, index: int = 0) -> Calculator:
    return Calculator(inside(page, index))  # type: ignore[arg-type] - a frame is asked as a page is


def heard(page: Page, **wanted: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.evaluate("heard")
    return [one for one in found if all(one.get(key) == value for key, value in wanted.items())]


def height(page: Page, index: int = 0) -> float:
    box = page.locator("iframe").nth(index).bounding_box()
    assert box
    return box["height"]


def content_height(page: Page, index: int = 0) -> float:
    found: float = inside(page, index).evaluate("Math.ceil(document.body.getBoundingClientRect().height)")
    return found


def settled(page: Page, index: int = 0) -> float:
    """The height once it has stayed the same for a while."""
    last, same = -1.0, 0
    for _ in range(200):
        now = height(page, index)
        same = same + 1 if now == last == content_height(page, index) else 0
        last = now
        if same == 8:
            return now
        page.wait_for_timeout(100)
    raise AssertionError(f"never at rest: {last}, content {content_height(page, index)}")


def ask(calculator: Calculator) -> None:
    calculator.open_link(link(CASE))
    calculator.wait("ready")


def test_the_script_is_small():
    from tests.browser.homes import ROOT

    assert (ROOT / "site" / "embed.js").stat().st_size <= 1024


def test_the_frame_grows_with_the_answer_and_shrinks_when_it_is_cleared(embed):
    page = embed("")
    before = settled(page)
    calculator = calculator_in(page)
    ask(calculator)
    with_answer = settled(page)
    assert with_answer > before + 500
    calculator.part("clear").click()
    calculator.wait("empty")
    assert abs(settled(page) - before) < 120  # a question or two more may be asked
    calculator.part("answer").evaluate("node => node.scrollIntoView()")


def test_a_frame_at_rest_stays_at_rest(embed):
    page = embed("")
    ask(calculator_in(page))
    settled(page)
    count = len(heard(page, yibao="height"))
    page.set_viewport_size({"width": 700, "height": 800})
    settled(page)
    page.wait_for_timeout(1500)
    told = [one["height"] for one in heard(page, yibao="height")]
    assert len(told) - count <= 8, told
    assert told[-1] == content_height(page)
    assert inside(page).evaluate("document.documentElement.scrollHeight <= innerHeight")


def test_several_on_one_page_do_not_know_each_other(embed):
    page = embed('data-place="350000" data-scheme="employee"', 'data-place="310000" data-scheme="resident"')
    one, other = calculator_in(page, 0), calculator_in(page, 1)
    one.wait("empty")
    assert (one.values()["place"], other.values()["place"]) == ("350000", "310000")
    assert (one.values()["scheme"], other.values()["scheme"]) == ("employee", "resident")
    small = settled(page, 1)
    ask(one)
    assert settled(page, 0) > small
    assert settled(page, 1) == small
    assert page.locator("iframe").count() == 2
    answers = heard(page, event="answer")
    assert [answer["detail"]["assessment"]["case"]["place"] for answer in answers] == ["CN"]


def test_each_answer_is_told_to_the_page_around_and_its_end_too(embed, site):
    page = embed("")
    calculator = calculator_in(page)
    ask(calculator)
    (message,) = heard(page, yibao="answer")
    assert message["origin"] == site.origin
    assert message["assessment"] == json.loads(assess(CASE))
    (event,) = heard(page, event="answer")
    assert event["on"] == "IFRAME" and event["detail"]["assessment"] == message["assessment"]
    assert calculator.page.locator('[data-yb="host"]').is_visible()
    assert "那个网站能看到" in calculator.page.locator('[data-yb="host"]').inner_text()
    calculator.part("clear").click()
    calculator.wait("empty")
    page.wait_for_function("() => heard.some((one) => one.event === 'withdrawn')")


def test_a_page_that_wants_no_answers_gets_none(embed):
    page = embed('data-answers="no"')
    calculator = calculator_in(page)
    ask(calculator)
    settled(page)
    assert heard(page, yibao="answer") == [] == heard(page, event="answer")
    assert not calculator.page.locator('[data-yb="host"]').is_visible()


def test_the_page_around_may_put_a_question_and_no_nonsense_keeps_it_from_that(embed, site):
    page = embed("")
    calculator = calculator_in(page)
    page.evaluate(f"(site) => {{ for (const one of {NONSENSE}) frames[0].postMessage(one, site) }}", site.origin)
    page.evaluate("([asked, site]) => frames[0].postMessage({ yibao: 'ask', case: asked }, site)",
                  [CASE, site.origin])  # fmt: skip
    ready = calculator.widget.locator("[data-yb=\"state\"][data-state=\"ready\"]")
    ready.wait_for(state="attached")  # nonsense may be refused before
    assert calculator.assessment == assess(CASE)
    frame = inside(page)
    assert frame.evaluate("[window.hacked, ({}).hacked, document.documentElement.dataset.theme]") == [None, None, "light"]
    assert frame.locator("img, iframe, body script:not([src]):not([type='application/json'])").count() == 0


@pytest.mark.parametrize(
    ("attribute", "ground", "ink"),
    [("light", "rgba(0, 0, 0, 0)", "rgb(23, 38, 44)"), ("dark", "rgb(18, 25, 28)", "rgb(230, 237, 239)")],
)
def test_the_theme_is_the_one_asked_for(attribute, ground, ink, embed):
    page = embed(f'data-theme="{attribute}"')
    look = inside(page).evaluate(
        "[getComputedStyle(document.documentElement).backgroundColor, getComputedStyle(document.querySelector('.yb')).color]"
    )
    assert look == [ground, ink]


def test_theme_and_size_change_with_the_attributes_and_the_answer_stays(embed):
    page = embed("")
    frame = inside(page)
    calculator = calculator_in(page)
    ask(calculator)
    plain = settled(page)
    page.evaluate("document.querySelector('script[src$=\"embed.js\"]').dataset.theme = 'dark'")
    frame.wait_for_selector("html[data-theme=dark]")
    page.evaluate("document.querySelector('script[src$=\"embed.js\"]').dataset.size = 'large'")
    frame.wait_for_selector("html[data-size=large]")
    assert settled(page) > plain
    page.evaluate("document.querySelector('script[src$=\"embed.js\"]').dataset.size = 'compact'")
    frame.wait_for_selector("html[data-size=compact]")
    assert settled(page) < plain
    assert calculator.state == "ready"


def test_auto_follows_the_reader(embed):
    page = embed("")
    frame = inside(page)
    frame.wait_for_selector("html[data-theme=light]")
    page.emulate_media(color_scheme="dark")
    frame.wait_for_selector("html[data-theme=dark]")


def test_strangers_are_neither_heard_nor_told(embed, site, host, tmp_path):
    (tmp_path / "third").mkdir()
    stranger = host(folder=tmp_path / "third")
    (stranger.folder / "bad.html").write_text(
        "<!doctype html><script>setInterval(() => { parent.postMessage({ yibao: 'height', height: 9 }, '*');"
        " for (let i = 0; i < parent.frames.length; i++) {"
        " parent.frames[i].postMessage({ yibao: 'options', options: 'theme=dark' }, '*');"
        " parent.frames[i].postMessage({ yibao: 'ask', case: {} }, '*') } }, 50)</script>", "utf-8")  # fmt: skip
    page = embed("", beside=stranger.origin)
    before = settled(page)
    page.evaluate("() => Object.assign(window, { fake: new MessageEvent('message', { data: { yibao: 'height', height: 7 } }) })")
    page.evaluate("dispatchEvent(fake)")
    page.evaluate(
        "(address) => { const frame = document.createElement('iframe'); frame.src = address; document.body.append(frame) }",
        stranger.at("bad.html"),
    )
    page.wait_for_function("(origin) => heard.filter((one) => one.origin === origin).length > 5", arg=stranger.origin)
    assert height(page) == before
    frame = inside(page)
    assert frame.evaluate("document.documentElement.dataset.theme") == "light"
    assert "#case" not in frame.url


def test_a_page_that_pretends_to_be_another_gets_no_answer(embed, site):
    """The frame answers to the origin that the browser names, whatever stands in its address."""
    page = embed("")
    page.evaluate("() => { document.querySelector('iframe').src += '#host=https://other.example' }")
    ask(calculator_in(page))
    assert [one["origin"] for one in heard(page, yibao="answer")] == [site.origin]


def test_a_kept_version_is_used_and_said_to_be_old_and_another_is_said_to_be_missing(embed, site):
    index = json.loads((site.folder / "api" / "rulebooks" / "index.json").read_text("utf-8"))
    page_html = site.folder / "embed.html"
    html = page_html.read_text("utf-8")
    file = site.folder / "api" / "rulebooks" / index[0]["file"]
    found = {
        "url": f"api/rulebooks/{index[0]['file']}",
        "size": file.stat().st_size,
        "sha": hashlib.sha256(file.read_bytes()).hexdigest(),
    }
    told = json.dumps({"current": index[0]["version"], "kept": {"2020.1.1": found}})
    start = html.index('data-yb="versions">') + len('data-yb="versions">')
    page_html.unlink()
    page_html.write_text(html[:start] + told + html[html.index("</script>", start) :], "utf-8")
    page = embed('data-version="2020.1.1"', 'data-version="1999.1.1"', f'data-version="{index[0]["version"]}"')
    kept, gone, now = (calculator_in(page, number) for number in range(3))
    assert "2020.1.1" in kept.page.locator('[data-yb="pinned"]').inner_text()
    assert "没有留存" in gone.page.locator('[data-yb="unkept"]').inner_text()
    assert not now.page.locator('[data-yb="pinned"], [data-yb="unkept"]').first.is_visible()
    ask(kept)
    assert kept.assessment == assess(CASE)
    assert f"api/rulebooks/{index[0]['file']}" in site.heard


def test_the_built_page_knows_every_kept_version(site):
    index = json.loads((site.folder / "api" / "rulebooks" / "index.json").read_text("utf-8"))
    html = (site.folder / "embed.html").read_text("utf-8")
    start = html.index('data-yb="versions">') + len('data-yb="versions">')
    told = json.loads(html[start : html.index("</script>", start)])
    assert told["current"] == json.loads((site.folder / "api" / "rulebook.json").read_text("utf-8"))["version"]
    assert set(told["kept"]) == {one["version"] for one in index if one["released"]}
    for kept in told["kept"].values():
        data = (site.folder / kept["url"]).read_bytes()
        assert (len(data), hashlib.sha256(data).hexdigest()) == (kept["size"], kept["sha"])


def test_only_the_page_to_embed_can_be_framed(site, host, context, tmp_path):
    (tmp_path / "framing").mkdir()
    other = host(folder=tmp_path / "framing")
    paths = ("embed.html", "", "calculator/", "about/verify/", "404.html", "offline.html")
    frames = "".join(f'<iframe src="{site.at(path)}"></iframe>' for path in paths)
    (other.folder / "index.html").write_text(f"<!doctype html>{frames}", "utf-8")
    page = context.new_page()
    page.goto(other.at())
    page.wait_for_timeout(1500)
    shown = [frame.url for frame in page.frames[1:]]
    assert shown == [site.at("embed.html"), *["chrome-error://chromewebdata/"] * (len(paths) - 1)]


def test_the_page_about_embedding_shows_what_it_writes(site, context):
    page = context.new_page()
    page.goto(site.at("embedding/"))
    page.locator("#yb-place").select_option("350100")
    page.locator("#yb-scheme").select_option("resident")
    page.locator("#yb-theme").select_option("dark")
    assert page.locator("#yb-lines").input_value() == (
        f'<script src="{site.at("embed.js")}" async data-place="350100" data-scheme="resident" data-theme="dark"></script>'
    )
    assert 'embed.html#place=350100&amp;scheme=resident&amp;theme=dark"' in page.locator("#yb-frame-line").input_value()
    page.locator("#yb-preview iframe").scroll_into_view_if_needed()
    frame = inside(page)
    frame.wait_for_selector("html[data-theme=dark]")
    calculator = calculator_in(page)
    assert calculator.values()["place"] == "350100"
    page.locator("#yb-size").select_option("large")
    frame.wait_for_selector("html[data-size=large]")
    ask(calculator)
    page.locator("#yb-heard", has_text="您的网页收到了答案").wait_for()
