"""The server of `make serve` and of the browser tests."""

from __future__ import annotations

import urllib.error
import urllib.request
from pathlib import Path

import pytest

from scripts.serve import serving


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "index.html").write_text("首页", encoding="utf-8")
    (tmp_path / "404.html").write_text("没有这一页", encoding="utf-8")
    for name in ("a.mjs", "a.wasm", "a.json", "a.css"):
        (tmp_path / name).write_text("x")
    return tmp_path


def get(address: str) -> tuple[int, str, str]:
    try:
        with urllib.request.urlopen(address) as answer:
            return answer.status, answer.headers["Content-Type"], answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers["Content-Type"], error.read().decode()


@pytest.mark.parametrize("prefix", ["/", "/some/path/"])
def test_pages_and_scripts_have_the_types_that_browsers_ask_for(folder, prefix):
    with serving(folder, prefix) as root:
        assert get(root) == (200, "text/html; charset=utf-8", "首页")
        assert get(root + "a.mjs")[1].startswith("text/javascript")
        assert get(root + "a.wasm")[1] == "application/wasm"
        assert get(root + "a.json")[1].startswith("application/json")


def test_a_page_that_is_not_there_is_the_sites_own_404(folder):
    with serving(folder) as root:
        assert get(root + "nowhere/") == (404, "text/html; charset=utf-8", "没有这一页")


def test_nothing_is_served_outside_the_prefix(folder):
    with serving(folder, "/inner/") as root:
        assert get(root.removesuffix("inner/") + "index.html")[0] == 404


def test_the_sites_own_headers_are_sent_and_of_two_rules_both(folder):
    rules = "/*\n  X-All: one\n  Cache-Control: immutable\n/a.css\n  X-All: two\n/404.html\n  X-All: gone\n"
    (folder / "_headers").write_text(rules, encoding="utf-8")
    with serving(folder, "/inner/") as root:
        with urllib.request.urlopen(root + "a.css?v=1") as answer:
            assert answer.headers["X-All"] == "one, two"
            assert answer.headers.get_all("Cache-Control") == ["no-cache"]
        with pytest.raises(urllib.error.HTTPError) as missing:
            urllib.request.urlopen(root + "nowhere")
        assert missing.value.headers["X-All"] == "one, gone"
