"""The pictures that go along when a link is passed on (Open Graph), one a page of the menu that people send each other.

    python -m scripts.cards        draw those whose words or looks have changed

They hold Chinese text, and drawing that takes a browser and its fonts, which a build must not need; so they are drawn when words
change and kept in docs/cards, each with what it was drawn from. tests/site/test_cards.py says when one is out of date.
"""

from __future__ import annotations

import hashlib
import json
from html import escape
from pathlib import Path

import yaml

from scripts.browser import find_chromium
from scripts.progress import say

ROOT = Path(__file__).parents[1]
CARDS = ROOT / "docs" / "cards"
INDEX = CARDS / "index.json"
SIZE = (1200, 630)
PICTURES = {
    "index": "place", "calculator": "calc", "restoration": "back", "treatment": "visit", "back-payment": "back", "cost": "cost",
    "steps": "paid", "transfer": "job", "retirement": "forgot", "avoid": "forgot", "account": "balance", "records": "balance",
    "rules/employee": "employer", "rules/flexible": "job", "rules/resident": "family", "rules/newborn": "child",
    "places/index": "place", "claims/index": "claim",
}  # fmt: skip
"""The pages with a picture of their own → the icon on it."""
LOOK = """<!doctype html><meta charset="utf-8"><style>
html, body { margin: 0; }
body { box-sizing: border-box; width: 1200px; height: 630px; padding: 72px 80px; background: #f7faf9; color: #15252a;
  position: relative;
  font-family: "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; border-left: 28px solid #0b5563; }
.name { display: flex; align-items: center; gap: 22px; font-size: 40px; font-weight: 700; color: #0b5563; }
.name svg { width: 76px; height: 76px; }
h1 { margin: 84px 0 0; max-width: 800px; font-size: 88px; line-height: 1.25; word-break: keep-all; overflow-wrap: anywhere;
  text-wrap: balance; }
.line { display: flex; gap: 12px; margin-top: 34px; }
.line i { height: 12px; background: #0b5563; width: 150px; } .line i.dot { width: 22px; background: #e9a21b; }
.icon svg { position: absolute; right: 84px; top: 250px; width: 240px; height: 240px; color: #0b5563; }
p { position: absolute; bottom: 48px; margin: 0; font-size: 34px; color: #41525a; }
</style><div class="name">{logo}医保断缴指南</div><h1>{title}</h1>
<div class="line"><i></i><i class="dot"></i><i class="dot"></i><i></i></div>
<div class="icon">{icon}</div><p>非官方网站 · 每个答案写明依据，查不到的直说</p>"""


def wanted() -> dict[str, str]:
    """By the picture's name, the page that it is drawn from."""
    return {uri.replace("/", "-"): _page(uri, icon) for uri, icon in PICTURES.items()}


def _page(uri: str, icon: str) -> str:
    docs = ROOT / "docs"
    title = yaml.safe_load((docs / "pages" / f"{uri}.md").read_text("utf-8").split("---\n", 2)[1])["title"]
    drawing = (docs / "theme" / ".icons" / "yb" / f"{icon}.svg").read_text("utf-8")
    logo = (docs / "assets" / "favicon.svg").read_text("utf-8")
    return LOOK.replace("{logo}", logo).replace("{icon}", drawing).replace("{title}", escape(title))


def hash_of(page: str) -> str:
    return hashlib.sha256(page.encode()).hexdigest()[:16]


def outdated() -> list[str]:
    """Pictures that are not there or were drawn from something else."""
    known = json.loads(INDEX.read_text("utf-8")) if INDEX.is_file() else {}
    pages = wanted()
    return [name for name in pages if known.get(name) != hash_of(pages[name]) or not (CARDS / f"{name}.png").is_file()]


def main() -> None:
    from playwright.sync_api import sync_playwright

    CARDS.mkdir(parents=True, exist_ok=True)
    pages, todo = wanted(), outdated()
    for stale in CARDS.glob("*.png"):
        if stale.stem not in pages:
            stale.unlink()
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=find_chromium())
        page = browser.new_page(viewport={"width": SIZE[0], "height": SIZE[1]})
        for name in todo:
            page.set_content(pages[name])
            page.screenshot(path=CARDS / f"{name}.png")
        browser.close()
    INDEX.write_text(json.dumps({name: hash_of(pages[name]) for name in sorted(pages)}, indent=1) + "\n", "utf-8")
    say(f"画了 {len(todo)} 张,共 {len(pages)} 张")


if __name__ == "__main__":
    main()
