"""Where the calculator widget stands on pages. Hosted and offline it needs different files and different markup.

The staged Markdown holds the hosted one, so that plain MkDocs serves a site that works. What the offline site has instead waits
in `.offline/`, a folder that MkDocs passes over: its markup for each page, its files, and the list of hosted files to leave out.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from pathlib import Path
from typing import Any

from scripts.releases import hex_of
from scripts.runtime import widget_html

MARK = '<div class="yb-place-for-widget"></div>'
VERSIONS = re.compile('<script type="application/json" data-yb="versions">{}</script>')
OPEN, CLOSE = "<!--yb:widget-->", "<!--/yb:widget-->"
PLACED = re.compile(re.escape(OPEN) + ".*?" + re.escape(CLOSE), re.DOTALL)
HOSTED_ONLY = re.compile(r"<!--yb:hosted-->.*?<!--/yb:hosted-->", re.DOTALL)
"""What a page says only where there is a server: downloads, the preview of what others embed."""
ASIDE = ".offline"

Json = dict[str, Any]


def base_of(address: str) -> str:
    """The way from a page back to the site's root: `calculator/index.html` → `../`."""
    return "../" * address.count("/")


def hosted_address(uri: str) -> str:
    """Where MkDocs puts a Markdown file: `calculator.md` → `calculator/index.html`."""
    stem = uri.removesuffix(".md")
    return f"{stem}.html" if stem.split("/")[-1] == "index" else f"{stem}/index.html"


def offline_address(uri: str) -> str:
    return uri.removesuffix(".md") + ".html"


def placed(text: str, uri: str, rulebook: Json, manifest: Json, out: Path) -> str:
    """A page's Markdown with the hosted widget in its place; the offline one is put aside."""
    if MARK not in text:
        return text
    offline = widget_html(rulebook, manifest, base_of(offline_address(uri)), offline=True)
    aside = out / ASIDE / "pages" / offline_address(uri)
    aside.parent.mkdir(parents=True, exist_ok=True)
    aside.write_text(offline, "utf-8")
    hosted = widget_html(rulebook, manifest, base_of(hosted_address(uri)), offline=False)
    return text.replace(MARK, f'<div class="yb-widget">\n{OPEN}{hosted}{CLOSE}\n</div>')


def stage_files(manifest: Json, out: Path) -> None:
    """The widget's files as `prepare_runtime` made them: the hosted ones in their places, the offline ones aside."""
    hosted, offline = (Path(manifest[form]["root"]) for form in ("hosted", "offline"))
    shutil.copytree(hosted, out, dirs_exist_ok=True)
    shutil.copytree(offline, out / ASIDE / "files", dirs_exist_ok=True)
    names = sorted(path.relative_to(hosted).as_posix() for path in hosted.rglob("*") if path.is_file())
    (out / ASIDE / "hosted.txt").write_text("".join(f"{name}\n" for name in names), "utf-8")


def tell_versions(kept: list[Json], rulebook: Json, out: Path) -> None:
    """The page to embed learns which published rulebooks it can take instead of the present one (docs/widget/frame.js)."""
    files = {one["version"]: out / "api" / "rulebooks" / f"{hex_of(one)}.json" for one in kept}
    found = {
        version: {
            "url": file.relative_to(out).as_posix(),
            "size": file.stat().st_size,
            "sha": hashlib.sha256(file.read_bytes()).hexdigest(),
        }
        for version, file in files.items()
    }
    page = out / "embed.html"
    around = VERSIONS.split(page.read_text("utf-8"))
    if len(around) != 2:
        raise LookupError(f"{page.name}: the place for versions was found {len(around) - 1} times")
    told = json.dumps({"current": rulebook["version"], "kept": found}, separators=(",", ":"))
    page.write_text(f'{around[0]}<script type="application/json" data-yb="versions">{told}</script>{around[1]}', "utf-8")


def make_offline(staged: Path, site: Path) -> int:
    """Turn a finished site into the offline one: its widget files and markup. Returns on how many pages the widget stands."""
    for line in (staged / ASIDE / "hosted.txt").read_text("utf-8").splitlines():
        (site / line).unlink(missing_ok=True)
    shutil.copytree(staged / ASIDE / "files", site, dirs_exist_ok=True)
    for page in sorted(site.rglob("*.html")):
        text = page.read_text("utf-8")
        if HOSTED_ONLY.search(text):
            page.write_text(HOSTED_ONLY.sub("", text), "utf-8")
    changed = 0
    for aside in sorted((staged / ASIDE / "pages").rglob("*.html")):
        page = site / aside.relative_to(staged / ASIDE / "pages")
        markup = OPEN + aside.read_text("utf-8") + CLOSE
        around = PLACED.split(page.read_text("utf-8"))
        if len(around) != 2:
            raise LookupError(f"{page}: the widget's place was found {len(around) - 1} times")
        page.write_text(markup.join(around), "utf-8")
        changed += 1
    return changed
