"""What the build writes for the hosted site alone: names that say what files hold, the worker's list, the icons, the switch."""

from __future__ import annotations

import hashlib
import json
import re
import struct
import subprocess
import zlib
from pathlib import Path

import pytest

from scripts.site import service
from scripts.site.icons import SIZES, read, write_icons
from scripts.site.named import name_by_content
from tests.browser.homes import ROOT
from tests.shell.host import build_in

SITE = ROOT / "site"
OFFLINE = ROOT / "build" / "offline"
SIGN = ROOT / "docs" / "assets" / "favicon.svg"


@pytest.mark.parametrize("script", ["saving.test.mjs", "keep.test.mjs"])
def test_who_is_told_what_to_keep_and_what_is_fetched_for_it(script):
    file = Path(__file__).parent / script
    run = subprocess.run(["node", "--test", str(file)], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout


def test_the_workers_list_is_what_the_site_holds():
    build = build_in(SITE / "sw.js")
    assert len(build["pages"]) > 100 and "calculator/index.html" in build["pages"]
    for path, start in build["files"].items():
        assert hashlib.sha256((SITE / path).read_bytes()).hexdigest().startswith(start), path
        assert len(start) == service.DIGITS
    pages = {path.relative_to(SITE).as_posix() for path in SITE.rglob("*.html")}
    assert pages - set(build["pages"]) == {"404.html", "embed.html", "downloads/yibao-calculator.html"}


def test_the_worker_knows_all_that_a_page_loads_and_each_way_to_start_python():
    build = build_in(SITE / "sw.js")
    html = (SITE / "calculator" / "index.html").read_text("utf-8")
    needs = build["needs"][build["pages"]["calculator/index.html"]]
    loaded = re.findall(r'<script[^>]* src="\.\./([^"]+)"', html) + re.findall(
        r'<link rel="stylesheet" href="\.\./([^"]+)"', html
    )
    assert len(loaded) > 3 and set(loaded) <= set(needs)
    config = json.loads(re.findall(r'data-yb="config">(.*?)</script>', html)[0])
    assert set(build["rungs"]) == {rung["name"] for rung in config["runtime"]["rungs"]}
    for rung in config["runtime"]["rungs"]:
        files = {value["url"].removeprefix("../") for value in rung.values() if isinstance(value, dict)}
        assert files <= set(build["rungs"][rung["name"]])
    for path in {path for paths in (*build["needs"], *build["rungs"].values()) for path in paths}:
        assert path in build["files"], path


@pytest.mark.parametrize("folder", [SITE, OFFLINE], ids=["hosted", "offline"])
def test_every_file_that_a_page_loads_is_named_by_what_it_holds(folder):
    named = re.compile(r"\.[0-9a-f]{8,}\.")
    for page in folder.rglob("*.html"):
        for address in re.findall(
            r'<(?:script|link rel="(?:stylesheet|icon)"|img)[^>]* (?:src|href)="([^":]+)"', page.read_text("utf-8")
        ):
            assert named.search(address), f"{page}: {address}"


def test_our_names_are_made_of_the_content(tmp_path):
    (tmp_path / "assets").mkdir()
    (tmp_path / "search").mkdir()
    (tmp_path / "assets" / "a.css").write_text("one")
    (tmp_path / "assets" / "search.js").write_text("'?v={index}'")
    (tmp_path / "search" / "search_index.json").write_text("{}")
    (tmp_path / "index.html").write_text('<link href="assets/a.css"><script src="assets/search.js">')
    names = name_by_content(tmp_path)
    assert names["assets/a.css"] == f"assets/a.{hashlib.sha256(b'one').hexdigest()[:12]}.css"
    for new in names.values():
        assert (tmp_path / new).is_file() and f'"{new}"' in (tmp_path / "index.html").read_text()
    asked = (tmp_path / names["assets/search.js"]).read_text()
    assert asked == f"'?v={hashlib.sha256(b'{}').hexdigest()[:12]}'"


def test_the_offline_bundle_has_neither_worker_nor_manifest():
    for pattern in ("sw.js", "*keep*.js", "*.webmanifest", "offline.html", "_headers", "embed.*", "downloads"):
        assert not list(OFFLINE.rglob(pattern)), pattern
    for page in OFFLINE.rglob("*.html"):
        html = page.read_text("utf-8")
        assert "manifest.webmanifest" not in html and "yb:hosted" not in html and "downloads/" not in html, page


def test_the_switch_puts_the_worker_that_ends_it_in_its_place(tmp_path, monkeypatch):
    monkeypatch.setenv("SERVICE_WORKER", "off")
    (tmp_path / "assets").mkdir()
    service.put_parts(ROOT, tmp_path)
    service.write_worker(ROOT, tmp_path)
    assert "unregister" in (tmp_path / "sw.js").read_text() and "fetch" not in (tmp_path / "sw.js").read_text()
    assert "register(" not in (tmp_path / "assets" / "keep.js").read_text().replace("getRegistration(", "")


def test_the_switch_makes_another_build(monkeypatch):
    from scripts.build import Build

    before = Build(ROOT).inputs()
    monkeypatch.setenv("SERVICE_WORKER", "off")
    assert Build(ROOT).inputs() != before


def test_the_manifest_names_files_that_are_there_in_the_size_they_have():
    manifest = json.loads((SITE / "manifest.webmanifest").read_text("utf-8"))
    assert manifest["name"] and manifest["display"] == "standalone" and not manifest["start_url"].startswith("/")
    sizes = set()
    for icon in manifest["icons"]:
        data = (SITE / icon["src"]).read_bytes()
        if icon["type"] == "image/png":
            width, height = struct.unpack(">II", data[16:24])
            assert icon["sizes"] == f"{width}x{height}"
            sizes.add((width, icon["purpose"]))
    assert {(192, "any"), (512, "any"), (512, "maskable")} <= sizes
    for shortcut in manifest["shortcuts"]:
        assert (SITE / shortcut["url"] / "index.html").is_file()


def pixels(data: bytes) -> list[bytes]:
    """Rows of RGBA."""
    width = struct.unpack(">I", data[16:20])[0]
    start = data.index(b"IDAT") + 4
    raw = zlib.decompress(data[start : data.index(b"IEND") - 8])
    return [raw[row * (4 * width + 1) + 1 : (row + 1) * (4 * width + 1)] for row in range(width)]


def test_the_icons_show_the_sign_of_the_svg(tmp_path):
    write_icons(SIGN, tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == set(SIZES)
    sign = read(SIGN.read_text("utf-8"))
    rows = pixels((tmp_path / "192.png").read_bytes())

    def at(x: float, y: float) -> bytes:
        return rows[int(y * 4)][int(x * 4) * 4 :][:4]

    assert at(0.1, 0.1)[3] == 0 and at(24, 3) == bytes((*sign.ground, 255))
    assert at(12, 24) == at(23, 36) == bytes((255, 255, 255, 255))
    assert at(32.5, 24) == at(40.5, 24) == bytes((0xFF, 0xC4, 0x4D, 255))
    whole = pixels((tmp_path / "512-whole.png").read_bytes())
    assert whole[0][:4] == bytes((*sign.ground, 255))
    edge = 512 // 10  # outside the safe middle there is nothing but ground
    assert all(row[: edge * 4] == bytes((*sign.ground, 255)) * edge for row in whole)


def test_a_sign_of_another_kind_is_refused(tmp_path):
    (tmp_path / "favicon.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><circle r="4"/></svg>')
    with pytest.raises(LookupError, match="favicon"):
        write_icons(tmp_path / "favicon.svg", tmp_path / "out")
