"""What makes the hosted site stay when the net goes: the service worker with its list of files, the manifest, the icons.

The worker is docs/hosted/sw.js; here it is told what this build holds. `SERVICE_WORKER=off make site` puts the one in its place
that ends it (docs/hosted/off), for the day on which a bad one must go.
"""

from __future__ import annotations

import hashlib
import json
import os
import posixpath
import re
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jinja2

from scripts.runtime.hashed import cached
from scripts.site import icons

SOURCES = Path("docs", "hosted")
THEME = Path("docs", "theme")
MANIFEST, FALLBACK = "manifest.webmanifest", "offline.html"
SCRIPTS = ("embedding.js", "keep.js")
WORKER = "sw.js"
GAP = """'{"build": "goes here"}'"""
KEPT = ("*.html", "assets/**/*", "search/search_index.json")
NOT_KEPT = ("404.html", "embed.html")
LOADED = re.compile(r'<(?:script|img|link(?=[^>]* rel="(?:stylesheet|icon)"))\b[^>]*? (?:src|href)="([^"#?:]+)"')
CONFIG = re.compile(r'<script type="application/json" data-yb="config">(.*?)</script>', re.DOTALL)
DIGITS = 16


def switched_off() -> bool:
    """Whether this build is to end the service worker of earlier ones. Any other value than `off` is on."""
    return os.environ.get("SERVICE_WORKER", "") == "off"


def put_parts(root: Path, out: Path) -> None:
    """Before names are given: what only the hosted site has. The manifest, the icons, the page shown without net, scripts."""
    sources = root / SOURCES
    shutil.copyfile(sources / MANIFEST, out / MANIFEST)
    (out / FALLBACK).write_text(_fallback(root), "utf-8")
    for name in SCRIPTS:
        off = sources / "off" / name
        shutil.copyfile(off if switched_off() and off.is_file() else sources / name, out / "assets" / name)
    sign, drawn_by = root / "docs" / "assets" / "favicon.svg", Path(icons.__file__)
    key = hashlib.sha256(sign.read_bytes() + drawn_by.read_bytes()).hexdigest()
    made = cached(root / "build" / "cache", "icons", key, lambda folder: icons.write_icons(sign, folder))
    shutil.copytree(made, out / "assets" / "icons")


def _fallback(root: Path) -> str:
    """The page shown without net, in the shape of the theme's pages that stand alone."""
    folders = jinja2.FileSystemLoader([root / SOURCES, root / THEME])
    page = jinja2.Environment(loader=folders, autoescape=True, undefined=jinja2.StrictUndefined).get_template(FALLBACK)
    name = json.loads((root / SOURCES / MANIFEST).read_text("utf-8"))["name"]
    return page.render(config={"site_name": name}) + "\n"


def write_worker(root: Path, out: Path) -> None:
    """After everything else: the worker, with the list of what this site holds. Raises LookupError if it has no place for it."""
    sources = root / SOURCES
    if switched_off():
        shutil.copyfile(sources / "off" / WORKER, out / WORKER)
        return
    code = (sources / WORKER).read_text("utf-8")
    if code.count(GAP) != 1:
        raise LookupError(f"{WORKER}: the place for the build was found {code.count(GAP)} times")
    text = json.dumps(json.dumps(inventory(out), ensure_ascii=False, separators=(",", ":")), ensure_ascii=False)
    (out / WORKER).write_text(code.replace(GAP, text), "utf-8")


def inventory(out: Path) -> dict[str, Any]:
    """The build as the worker reads it (type Build of sw.js). Its id changes when any file does."""
    found = {path.relative_to(out).as_posix(): path for pattern in KEPT for path in out.rglob(pattern) if path.is_file()}
    files = {
        name: hashlib.sha256(path.read_bytes()).hexdigest()[:DIGITS]
        for name, path in sorted(found.items())
        if name not in NOT_KEPT
    }
    pages: dict[str, int] = {}
    needs: list[list[str]] = []
    rungs: dict[str, list[str]] = {}
    for name in files:
        if not name.endswith(".html"):
            continue
        html = found[name].read_text("utf-8")
        loaded = sorted({at for address in LOADED.findall(html) if (at := _at(name, address)) in files})
        if loaded not in needs:
            needs.append(loaded)
        pages[name] = needs.index(loaded)
        for config in CONFIG.findall(html):
            rungs |= _rungs(json.loads(config)["runtime"], name)
    identity = hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()[:DIGITS]
    return {"id": identity, "files": files, "pages": pages, "needs": needs, "rungs": rungs}


def _rungs(runtime: dict[str, Any], page: str) -> dict[str, list[str]]:
    """Each way to start Python, with all the files it takes."""
    common = {key: value for key, value in runtime.items() if key != "rungs"}
    return {rung["name"]: sorted({_at(page, url) for url in (*_urls(rung), *_urls(common))}) for rung in runtime["rungs"]}


def _urls(value: Any) -> list[str]:
    """Every `url` in a JSON value."""
    if isinstance(value, list):
        return [url for one in value for url in _urls(one)]
    if not isinstance(value, dict):
        return []
    own = [value["url"]] if isinstance(value.get("url"), str) else []
    return own + [url for one in value.values() for url in _urls(one)]


def _at(page: str, address: str) -> str:
    """A relative address of a page, as a path from the site's root."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(address)))
