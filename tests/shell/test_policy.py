"""No page of any form breaks its own policy, however it is used: every kind of page is used under a watch."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from scripts.serve import headers_for
from tests.browser.asking import Calculator, link
from tests.browser.conftest import WAIT_MS
from tests.browser.homes import LIGHT_WIDE, ROOT, Home

pytestmark = pytest.mark.browser

CASE = {"scheme": "flexible", "place": "350200", "as_of": "2026-03-20", "last_paid_month": "2025-10", "back_paid": True}
TELL = """document.addEventListener('securitypolicyviolation', (event) =>
  console.error(`VIOLATION ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`))"""
KINDS = (
    "",
    "restoration",
    "places/index",
    "places/350200",
    "claims/index",
    "updates",
    "data",
    "embedding",
    "about/verify",
    "documents",
)
BARE = ("404.html", "embed.html", "offline.html")


class Violations:
    def __init__(self, context: BrowserContext) -> None:
        self.told: list[str] = []
        context.add_init_script(TELL)
        context.on("console", lambda message: self._hear(message.text))
        context.on("weberror", lambda error: self._hear(str(error.error)))

    def _hear(self, text: str) -> None:
        if any(sign in text for sign in ("VIOLATION", "Content Security Policy", "TrustedScript", "TrustedHTML")):
            self.told.append(text)


@pytest.fixture
def watched(chromium: Browser) -> Iterator[tuple[BrowserContext, Violations]]:
    context = LIGHT_WIDE.context(chromium, worker=True)
    context.set_default_timeout(WAIT_MS)
    violations = Violations(context)
    yield context, violations
    context.close()
    assert violations.told == []


def address(home: Home, kind: str) -> str:
    return home.address(kind.removesuffix("/index") if not home.offline else kind)


def use(page: Page) -> None:
    """What a reader may do on any page: switch to dark and back, search, print."""
    for _ in range(2):
        page.locator('form[data-md-component="palette"] label:visible').click()
    page.locator(".md-search__input").click()
    page.keyboard.type("断缴")
    page.locator(".md-search-result__item a").first.wait_for()
    page.keyboard.press("Escape")
    page.emulate_media(media="print")
    page.pdf()
    page.emulate_media(media="screen")
    page.evaluate("() => scrollTo(0, document.body.scrollHeight)")


@pytest.mark.parametrize("home", ["hosted", "below", "offline"], indirect=True)
def test_every_kind_of_page_keeps_to_its_policy(home, watched):
    context, _ = watched
    page = context.new_page()
    for number, kind in enumerate(KINDS):
        if home.offline and kind.endswith("index"):
            kind = kind if (home.folder / f"{kind}.html").is_file() else kind.removesuffix("/index")
        page.goto(address(home, kind))
        assert page.locator("h1").first.is_visible()
        if number % 4 == 0:
            use(page)
    for name in BARE:
        if (home.folder / name).is_file():
            page.goto(home.address(name))
            assert page.locator("h1").is_visible()


@pytest.mark.parametrize("home", ["hosted", "offline"], indirect=True)
def test_the_calculator_keeps_to_its_policy(home, watched):
    context, _ = watched
    page = context.new_page()
    page.goto(home.address("calculator"))
    calculator = Calculator(page)
    calculator.open_link(link(CASE))
    calculator.wait("ready")
    use(page)
    for name in ("copy", "copy_text", "json"):
        calculator.part(name).click()
    calculator.part("clear").click()


def test_the_one_file_and_the_frame_keep_to_theirs(watched, homes):
    context, _ = watched
    page = context.new_page()
    for where in ((ROOT / "dist" / "yibao-calculator.html").as_uri(), homes["hosted"].address("embed.html")):
        page.goto(where)
        calculator = Calculator(page)
        calculator.open_link(link(CASE))
        calculator.wait("ready")
        page.emulate_media(media="print")
        page.pdf()
        page.emulate_media(media="screen")


def test_a_breach_would_be_seen(chromium, homes):
    """The watch itself: an inline script and an eval are refused, and heard of."""
    context = LIGHT_WIDE.context(chromium)
    violations = Violations(context)
    page = context.new_page()
    page.goto(homes["hosted"].address("calculator"))
    page.evaluate("() => import('data:text/javascript,window.breach=1').catch(() => {})")
    page.evaluate("() => { document.body.setAttribute('style', 'color: red') }")
    page.wait_for_timeout(300)
    assert page.evaluate("() => window.breach") is None
    context.close()
    assert any("script-src" in told for told in violations.told) and any("style-src" in told for told in violations.told)


TEXT_AS_CODE = {
    "a script's text": "document.createElement('script').textContent = 'f()'",
    "HTML": "document.body.innerHTML = '<b>1</b>'",
    "HTML beside": "document.body.insertAdjacentHTML('beforeend', '<b>1</b>')",
    "a frame's text": "document.createElement('iframe').srcdoc = '<b>1</b>'",
    "a handler": "document.body.setAttribute('onclick', 'f()')",
    "a script from elsewhere": "document.createElement('script').src = 'https://example.org/a.js'",
    "a script that is its own address": "document.createElement('script').src = 'data:text/javascript,1'",
    "a worker from elsewhere": "new Worker('https://example.org/a.js')",
    "a text to run later": "setTimeout('f()', 0)",
    "another policy": "trustedTypes.createPolicy('mine', {})",
}


@pytest.mark.parametrize("home", ["hosted", "offline"], indirect=True)
@pytest.mark.parametrize("kind", ["calculator", "about/verify"])
def test_no_text_becomes_code_or_markup(home, kind, chromium):
    context = LIGHT_WIDE.context(chromium)
    page = context.new_page()
    page.goto(address(home, kind))
    tried = {name: page.evaluate(f"() => {{ try {{ {code}; return 'done' }} catch (error) {{ return error.name }} }}")
             for name, code in TEXT_AS_CODE.items()}  # fmt: skip
    made = "() => { const made = document.createElement('script'); made.%s; return made.%s }"
    data, own = (page.evaluate(made % (what, what.split(" ")[0])) for what in ("textContent = '{}'", "src = 'own.js'"))
    context.close()
    assert {name: said for name, said in tried.items() if said != "TypeError"} == {}
    assert data == "{}" and own.endswith("/own.js")


def policy_of(path: Path) -> str:
    found = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', path.read_text("utf-8"))
    assert found, path
    return found[1]


def every_page() -> list[Path]:
    return [
        *(ROOT / "site").rglob("*.html"),
        *(ROOT / "build" / "offline").rglob("*.html"),
        ROOT / "dist" / "yibao-calculator.html",
    ]


def test_no_policy_allows_what_is_not_ours():
    pages = every_page()
    assert len(pages) > 250
    for path in pages:
        policy = policy_of(path)
        assert "default-src 'none'" in policy, path
        assert "trusted-types default; require-trusted-types-for 'script'" in policy, path
        assert not re.search(r"'unsafe-(inline|eval)'|https?:|\*|'strict-dynamic'", policy), path
        assert ("'wasm-unsafe-eval'" in policy) == ("<yibao-calculator" in path.read_text("utf-8")), path


def test_the_header_is_the_pages_policies_together():
    """A server that sends it takes nothing away from any page, and adds nothing that no page needs."""
    header = headers_for("/restoration/", ROOT / "site")["Content-Security-Policy"]
    first, _, framing = header.partition(", ")
    assert framing == "frame-ancestors 'none'"
    sent = {part.split(" ")[0]: set(part.split(" ")[1:]) for part in first.split("; ")}
    needed: dict[str, set[str]] = {}
    for path in (ROOT / "site").rglob("*.html"):
        if path.parent.name == "downloads":
            continue
        for part in policy_of(path).split("; "):
            name, *values = part.split(" ")
            needed.setdefault(name, set()).update(values)
    assert sent == {name: values - {"'none'"} or values for name, values in needed.items()}
    assert "'unsafe-inline'" not in header and "'unsafe-eval'" not in header


@pytest.mark.parametrize("path", ["/", "/calculator/", "/x/index.html", "/404.html", "/offline.html"])
def test_no_other_page_can_be_framed(path):
    assert headers_for(path, ROOT / "site")["Content-Security-Policy"].endswith("frame-ancestors 'none'")


def test_the_page_to_embed_can_be_framed_by_anyone():
    assert headers_for("/embed.html", ROOT / "site")["Content-Security-Policy"].endswith("frame-ancestors *")
