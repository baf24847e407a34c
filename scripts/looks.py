"""The contact sheet: every kind of page in every look, on one page that a reviewer opens.

    python -m scripts.looks              draw all of it
    python -m scripts.looks records      only the kinds of page so named

It is drawn from site/ into build/looks, and not kept with the source: with other fonts every picture would differ, and nobody can
judge a difference in pictures by a hash (decision 0027). What can be asserted about looks is in tests/browser.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import quote

from scripts.browser import find_chromium
from scripts.progress import say
from scripts.serve import serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[1]
OUT = ROOT / "build" / "looks"
TALLEST = 3000
"""Of a long page the beginning is drawn, so many pixels of it."""
PAPER = 718
"""A4 without its margins, in CSS pixels."""

CASE = {
    "scheme": "flexible", "place": "370200", "as_of": "2026-03-20", "last_paid_month": "2025-10", "paid_on": "2026-03-10",
    "monthly_amount": "500.00",
}  # fmt: skip
ASKED = "calculator/#case=" + quote(json.dumps(CASE))
WRONG = "calculator/#case=" + quote(json.dumps({**CASE, "monthly_amount": "-1"}))


@dataclass(frozen=True)
class Kind:
    """One kind of page, or one state of a page. ready: what must be there before it is drawn. tap: what to touch first."""

    name: str
    title: str
    address: str
    ready: str = "h1"
    tap: str = ""


KINDS = (
    Kind("home", "首页", ""),
    Kind("calculator", "计算器", "calculator/", '[data-yb="state"][data-state="empty"]'),
    Kind("answer", "答案", ASKED, '[data-yb="state"][data-state="ready"]'),
    Kind("error", "填错了", WRONG, '[data-yb="state"][data-state="error"]'),
    Kind("guide", "回答一个问题的页", "account/"),
    Kind("table", "有大表的页", "restoration/"),
    Kind("records", "怎么查", "records/"),
    Kind("rule", "规则页", "rules/employee/"),
    Kind("places", "各地规则", "places/"),
    Kind("place", "一个地方", "places/370200/"),
    Kind("unknown", "没查到的地方", "places/542522/"),
    Kind("claims", "说法核对", "claims/001/"),
    Kind("conflicts", "说法不一", "conflicts/"),
    Kind("documents", "政策原文目录", "documents/"),
    Kind("data", "数据与接口", "data/"),
    Kind("privacy", "隐私说明", "about/privacy/"),
    Kind("glossary", "名词解释", "glossary/"),
    Kind("menu", "菜单打开", "account/", tap='button[data-yb-toggle="__drawer"]'),
    Kind("search", "搜到了", "account/", tap='button[data-yb-toggle="__search"]'),
    Kind("embed", "嵌在别的网站里", "embed.html", "yibao-calculator form"),
    Kind("wrong-address", "没有这一页", "404.html"),
    Kind("offline", "没有网络", "offline.html"),
)


@dataclass(frozen=True)
class Look:
    """width: CSS pixels. switched: what the reader has switched on."""

    width: int
    scheme: Literal["light", "dark"] = "light"
    switched: tuple[str, ...] = ()
    paper: bool = False

    @property
    def name(self) -> str:
        return "paper" if self.paper else "-".join([str(self.width), self.scheme, *self.switched])

    @property
    def title(self) -> str:
        if self.paper:
            return "打印"
        words = {"light": "浅色", "dark": "深色", "size": "大字", "contrast": "高对比"}
        return f"{self.width} " + "、".join(words[one] for one in (self.scheme, *self.switched))


LOOKS = (
    *(Look(width, scheme) for width in (360, 768, 1280) for scheme in ("light", "dark")),
    *(Look(width, "light", ("size",)) for width in (360, 768, 1280)),
    Look(360, "light", ("contrast",)),
    Look(1280, "dark", ("contrast",)),
    Look(PAPER, paper=True),
)
ON = {"size": "large", "contrast": "high"}


def draw(browser: Browser, root: str, look: Look, kinds: tuple[Kind, ...]) -> Iterator[tuple[Kind, str]]:
    """Each kind of page in one look, as a picture in OUT. Yields what is to be said of it."""
    context = browser.new_context(
        viewport={"width": look.width, "height": 800}, color_scheme=look.scheme, locale="zh-CN", service_workers="block",
        reduced_motion="reduce",
    )  # fmt: skip
    saved = json.dumps({f"yb:{name}": ON[name] for name in look.switched})
    context.add_init_script(f"for (const [key, value] of Object.entries({saved})) localStorage.setItem(key, value)")
    for kind in kinds:
        page = context.new_page()
        page.goto(root + kind.address)
        page.locator(kind.ready).first.wait_for(state="attached")
        said = _prepare(page, kind, look)
        height = TALLEST if not kind.tap else 800
        clip: Any = {"x": 0, "y": 0, "width": look.width, "height": min(height, page.evaluate("document.body.scrollHeight"))}
        page.screenshot(path=OUT / f"{kind.name}-{look.name}.jpg", type="jpeg", quality=60, full_page=not kind.tap, clip=clip)
        page.close()
        yield kind, said
    context.close()


def _prepare(page: Page, kind: Kind, look: Look) -> str:
    """Bring the page into the state to be drawn. Returns what is to be said of it."""
    button = page.locator(kind.tap).first if kind.tap else None
    if button and button.is_visible():
        button.click()
    if kind.name == "search":
        page.locator(".md-search__input").fill("断缴三个月")
        page.locator(".md-search-result__item").first.wait_for()
    if not look.paper:
        return ""
    sheets = len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))
    page.emulate_media(media="print")
    return f"{sheets} 张纸"


def sheet(said: dict[tuple[str, str], str], kinds: tuple[Kind, ...]) -> str:
    """The page that shows them: a row a kind, a picture a look."""
    rows = []
    for kind in kinds:
        pictures = "".join(
            f'<figure><a href="{kind.name}-{look.name}.jpg"><img loading="lazy" src="{kind.name}-{look.name}.jpg" alt=""></a>'
            f"<figcaption>{look.title} {said[kind.name, look.name]}</figcaption></figure>"
            for look in LOOKS
        )
        rows.append(
            f'<h2 id="{kind.name}">{escape(kind.title)} <small>/{escape(kind.address[:60])}</small></h2><div>{pictures}</div>'
        )
    return (
        '<!doctype html><html lang="zh"><meta charset="utf-8"><title>样张</title><style>'
        "body { font: 16px/1.5 sans-serif; margin: 1em; background: #ddd } div { display: flex; gap: 8px; overflow-x: auto }"
        "figure { margin: 0; flex: none } img { display: block; height: 620px; width: 260px; object-fit: cover;"
        " object-position: top; background: #fff } figcaption, small { font-size: 13px; font-weight: 400 } </style>"
        f"<h1>样张：每一种页面、每一种样子</h1>{''.join(rows)}</html>"
    )


def main(names: list[str]) -> None:
    from playwright.sync_api import sync_playwright

    kinds = tuple(kind for kind in KINDS if kind.name in names) if names else KINDS
    OUT.mkdir(parents=True, exist_ok=True)
    said: dict[tuple[str, str], str] = {}
    with serving(ROOT / "site") as root, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=find_chromium())
        for look in LOOKS:
            for kind, words in draw(browser, root, look, kinds):
                said[kind.name, look.name] = words
            say(f"{look.title}：{len(kinds)} 种页面")
        browser.close()
    (OUT / "index.html").write_text(sheet(said, kinds), "utf-8")
    say(f"样张在 {(OUT / 'index.html').relative_to(ROOT)}")


if __name__ == "__main__":
    main(sys.argv[1:])
