"""What must be true of every page of the built site, hosted and offline."""

from __future__ import annotations

import json
import posixpath
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from calculator.fields import FIELDS
from scripts.site.book import Book

ROOT = Path(__file__).parents[2]
ALONE = ("404.html", "embed.html", "offline.html", "downloads/yibao-calculator.html")
BUILT = ("hosted", "offline")


@pytest.fixture(params=BUILT)
def site(request: pytest.FixtureRequest) -> dict[str, Any]:
    found: dict[str, Any] = request.getfixturevalue(request.param)
    return found


def themed(site: dict[str, Any]) -> dict[str, Any]:
    return {path: page for path, page in site.items() if path not in ALONE}


def test_every_staged_page_becomes_one_html_page(homes: dict[str, Path], site: dict[str, Any]) -> None:
    staged = list(homes["staged"].rglob("*.md"))
    assert len(staged) > 60
    assert len(themed(site)) == len(staged)


def test_every_page_says_it_is_unofficial_before_any_number(site: dict[str, Any]) -> None:
    for path, page in site.items():
        mark = re.search("非官方|不是官方", page.text)
        digit = re.search("[0-9０-９]", page.text)
        assert mark, path
        assert digit is None or mark.start() < digit.start(), path


def test_every_page_says_what_it_rests_on_when_and_how_to_verify(site: dict[str, Any], rulebook: dict[str, Any]) -> None:
    for path, page in themed(site).items():
        foot = page.text[page.text.rindex("依据和核实") :]
        assert rulebook["data_date"] in foot, path
        assert "12393" in foot and "国家医保服务平台" in foot and "参保地的医保经办机构" in foot, path
        assert "没有与官方网站逐字核对过" in foot or "条款待核实" not in foot, path


def test_no_page_claims_to_have_been_checked_against_the_official_site(site: dict[str, Any]) -> None:
    for path, page in site.items():
        assert not re.search(r"已(经)?与官网核对|官方认证|权威发布", page.text), path


def test_no_page_shows_what_only_a_program_should_see(site: dict[str, Any]) -> None:
    for path, page in themed(site).items():
        leak = re.search(r"built-in|object at 0x|\bNone\b|\bundefined\b|\{\{|\{%|\[object", page.text)
        assert leak is None, f"{path}: {leak}"


def test_every_page_has_one_title_and_its_own_description(site: dict[str, Any]) -> None:
    described: dict[str, str] = {}
    for path, page in themed(site).items():
        assert len(page.titles("h1")) == 1, path
        words = page.meta.get("description", "")
        assert len(words) >= 20, path
        assert words not in described, f"{path} and {described.get(words)}"
        described[words] = path


def test_guides_answer_first_then_show_why_what_to_do_and_whom_to_ask(hosted: dict[str, Any]) -> None:
    guides = [path for path in (ROOT / "docs" / "pages").rglob("*.md") if '"guide.md.j2"' in path.read_text("utf-8")]
    assert len(guides) >= 13
    for path in guides:
        address = path.relative_to(ROOT / "docs" / "pages").with_suffix("").as_posix() + "/index.html"
        page = hosted[address]
        titles = page.titles("h2")
        assert page.html.index('class="admonition answer"') < page.html.index("<table"), address
        kept = [title for title in titles if title in ("为什么", "现在怎么办", "问谁", "依据和核实")]
        assert kept == ["为什么", "现在怎么办", "问谁", "依据和核实"], address


def test_every_page_but_the_first_shows_the_way_to_it(site: dict[str, Any]) -> None:
    for path, page in themed(site).items():
        ways = re.findall(
            r'<nav aria-label="您在这里" class="yb-crumbs".*?</nav>|<nav class="yb-crumbs".*?</nav>', page.html, re.DOTALL
        )
        assert len(ways) == (path != "index.html"), path
        assert all("首页" in way and 'aria-current="page"' in way for way in ways), path
    shenzhen = next(page for path, page in site.items() if "440300" in path)
    assert re.search(r"首页\s*›\s*各地规则\s*›\s*广东省\s*›\s*深圳市", shenzhen.text)


def test_the_doors_of_the_first_page_are_eight_and_lead_to_pages(hosted: dict[str, Any]) -> None:
    doors = re.findall(r'<li><a href="([^"]+)"><svg.*?<strong>(.*?)</strong>', hosted["index.html"].html)
    assert [title for _, title in doors][:8] == [
        "换了工作", "忘了缴", "居民医保没续", "单位欠费", "刚补缴", "孩子", "正好要看病", "只想查余额",
    ]  # fmt: skip
    for address, _ in doors[:8]:
        assert 'class="admonition answer"' in hosted[f"{address.partition('#')[0]}index.html"].html


def test_links_lead_somewhere(homes: dict[str, Path], site: dict[str, Any], request: pytest.FixtureRequest) -> None:
    folder = homes[request.node.callspec.params["site"]]
    for path, page in site.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or (path == "404.html" and parts.path == "/"):
                assert parts.scheme in ("https", "http", "tel", "mailto") or path == "404.html", f"{path}: {link}"
                continue
            assert not link.startswith("/"), f"{path}: {link} breaks under a sub-path"
            target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path))) if parts.path else path
            file = folder / target
            if file.is_dir() or target == ".":
                file /= "index.html"
            assert file.is_file(), f"{path}: {link}"
            anchor = unquote(parts.fragment)
            if anchor.startswith("case="):
                assert file.parent.name == "calculator" or file.name == "calculator.html", f"{path}: {link}"
                assert set(json.loads(anchor.removeprefix("case="))) <= {field.name for field in FIELDS}, f"{path}: {link}"
                continue
            if anchor and file.suffix == ".html":
                ids = site[file.relative_to(folder).as_posix()].ids
                assert anchor in ids, f"{path}: {link}"


def test_nothing_is_loaded_from_elsewhere(homes: dict[str, Path], site: dict[str, Any], request: pytest.FixtureRequest) -> None:
    folder = homes[request.node.callspec.params["site"]]
    for path, page in site.items():
        for address in page.loads:
            if address == "data:,":  # no icon: nothing to load
                continue
            assert not urlsplit(address).scheme and not address.startswith("/"), f"{path}: {address}"
            assert (folder / posixpath.dirname(path) / address).is_file(), f"{path}: {address}"


def test_outside_links_go_to_official_sites_only(hosted: dict[str, Any]) -> None:
    for path, page in hosted.items():
        for link in page.links:
            host = urlsplit(link).hostname
            assert host is None or host.endswith(".gov.cn") or host == "gov.cn", f"{path}: {link}"


def test_ids_are_unique(site: dict[str, Any]) -> None:
    for path, page in site.items():
        twice = {identifier for identifier in page.ids if page.ids.count(identifier) > 1}
        assert not twice, f"{path}: {twice}"


def test_pages_outside_the_menu_are_not_in_it(hosted: dict[str, Any]) -> None:
    """A long menu is drawn anew on each page: 5000 places would make 1.5 MB of every page."""
    page = hosted["places/350000/index.html"]
    menu = page.html[page.html.index('class="md-nav md-nav--primary') : page.html.index("<article")]
    assert "places/360000" not in menu and "../360000" not in menu
    assert len(page.html) < 90_000


def test_a_place_where_a_rule_speaks_is_not_said_to_have_none(hosted: dict[str, Any], rulebook: dict[str, Any]) -> None:
    book = Book(rulebook)
    for place in [*book.provinces, *book.local]:
        text = hosted[f"places/{place['code']}/index.html"].text
        for scheme, name in (("employee", "职工医保"), ("flexible", "灵活就业")):
            silent = f"没有查到{place['name']}{name}断缴后的规定" in text
            assert silent == (not book.governing(scheme, place["code"])), f"{place['name']} {name}"


def test_no_number_of_policy_is_typed_into_words() -> None:
    """Numbers come from the rulebook or from a worked answer, so they stand inside {{ }}."""
    filled = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|<[^>]+>|`[^`]*`|^```.*?^```|^---.*?^---", re.DOTALL | re.MULTILINE)
    unit = "个?(?:自然|工作)?(?:月|年|天|日|周|倍|成|元|岁)"
    digits, words = rf"[0-9]+(?:\.[0-9]+)? ?(?:{unit}|%|‰)|[0-9]{{5}}", f"[一二两三四五六七八九十百千半]+{unit}"
    policy = re.compile(f"{digits}|{words}|[百千万]分之|[一减]半|半额")
    idioms = re.compile("[哪那下上这每]一?(?:年|天)|一整年|一到十年|一到十二个月")
    files = [*(ROOT / "docs" / "pages").rglob("*.md"), *(ROOT / "docs" / "templates").rglob("*.j2")]
    for path in files:
        words = idioms.sub("", filled.sub("", path.read_text("utf-8")))
        assert not policy.search(words), f"{path.name}: {policy.search(words)}"


def test_what_starts_python_stands_first_in_a_page_with_the_calculator(site: dict[str, Any]) -> None:
    pages = [page.html for page in themed(site).values() if "<yibao-calculator" in page.html]
    assert pages
    for html in pages:
        head = html[: html.index("</head>")]
        places = [head.index(sign) for sign in ('data-yb="config"', '<script data-yb="start">', "/element.", 'rel="stylesheet"')]
        assert places == sorted(places)
