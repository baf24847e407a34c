"""The settings of servers say what `_headers` says, for a site under any path."""

from __future__ import annotations

import fnmatch
import re

import pytest

from scripts.errors import BuildError
from scripts.hosting.headers import Header, read
from scripts.hosting.settings import Place, settings
from scripts.site.policy import headers

SITE_POLICY = "default-src 'none'; script-src 'self'"
PATHS = ("/", "/index.html", "/cost/", "/cost/index.html", "/embed.html", "/sw.js", "/assets/widget/a.js", "/404.html", "/xsw.js")


@pytest.fixture
def file(tmp_path):
    file = tmp_path / "_headers"
    file.write_text(headers(SITE_POLICY), "utf-8")
    return file


def test_every_header_of_the_file_is_read(file):
    found = read(file)
    assert Header("/*", "Content-Security-Policy", SITE_POLICY) in found
    assert Header("/sw.js", "Cache-Control", "no-cache") in found
    assert len(found) == sum(line.startswith(" ") for line in file.read_text("utf-8").splitlines())


@pytest.mark.parametrize("prefix", ["/", "/a.b/c/"])
def test_a_pattern_matches_the_same_addresses_under_any_path(prefix, file):
    for header in read(file):
        for path in PATHS:
            wanted = fnmatch.fnmatchcase(path, header.pattern)
            assert bool(re.search(header.regex(prefix), prefix.rstrip("/") + path)) == wanted, (header.pattern, path)


def test_a_path_of_another_site_beside_it_does_not_match():
    assert not re.search(Header("/sw.js", "n", "v").regex("/a.b/"), "/axb/sw.js")


@pytest.mark.parametrize("name", ["nginx.conf", "Caddyfile"])
def test_all_that_is_sent_stands_in_the_settings(name, file):
    text = settings(read(file), Place("/yibao/", "/srv/there", "example.org", 8080, brotli=True))[name]
    for header in read(file):
        assert header.value in text
    assert "no-cache" in text
    assert "/srv/there" in text and "8080" in text and "/yibao/" in text


def test_what_nothing_is_said_of_is_asked_for_again(file):
    text = settings(read(file), Place())["nginx.conf"]
    assert re.search(r'map \$uri \$yibao_cache_control \{\s*default "no-cache";', text)


def test_brotli_is_only_asked_of_a_server_that_has_it(file):
    assert "# brotli_static on;" in settings(read(file), Place())["nginx.conf"]
    assert "# brotli_static on;" not in settings(read(file), Place(brotli=True))["nginx.conf"]


@pytest.mark.parametrize("prefix", ["", "yibao", "/yibao", "/a b/", "/a;/", "/../x\n/", "//"])
def test_a_path_that_no_address_has_is_refused(prefix, file):
    with pytest.raises(BuildError, match="要以 / 开头"):
        settings(read(file), Place(prefix))


def test_without_a_site_it_says_what_to_do(tmp_path):
    with pytest.raises(BuildError, match="make site"):
        read(tmp_path / "_headers")


@pytest.mark.parametrize("text", ["x\n", "  Name: value\n", "/*\n  Name value\n", "/*\n\n"])
def test_a_line_that_is_neither_path_nor_header_is_named(text, tmp_path):
    (tmp_path / "_headers").write_text(text, "utf-8")
    with pytest.raises(BuildError, match=r"_headers 第 [12] 行看不懂"):
        read(tmp_path / "_headers")
