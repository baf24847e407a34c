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


NO_PATHS = ["", "yibao", "/yibao", "/a b/", "/a;/", "/../x\n/", "//", "/./", "/../", "/a/../", "/a/./b/", "/$uri/", "/a\n"]


@pytest.mark.parametrize("prefix", NO_PATHS)
def test_a_path_that_no_address_has_is_refused(prefix, file):
    with pytest.raises(BuildError, match="要以 / 开头"):
        settings(read(file), Place(prefix))


@pytest.mark.parametrize("prefix", ["/", "/a/", "/.well/", "/..a/", "/a.b/c~d/"])
def test_a_path_with_dots_in_its_names_is_one(prefix, file):
    assert f"location {prefix} " in settings(read(file), Place(prefix))["nginx.conf"]


ODD = ["", " ", "a b", 'a"b', "a'b", "a$b", "a;b", "a{b", "a}b", "a\nb", "a\\b", "a`b", "a#b"]


@pytest.mark.parametrize("odd", [*ODD, "-a", "a..b", ".a", "a-.b", "医保.中国", "_.a", "a" * 254])
def test_a_name_that_no_server_has_is_refused(odd, file):
    with pytest.raises(BuildError, match="域名"):
        settings(read(file), Place(name=odd))


@pytest.mark.parametrize("name", ["_", "localhost", "example.org", "a-b.example.org", "xn--fiqs8s.cn", "127.0.0.1"])
def test_a_name_of_a_server_stands_in_its_settings(name, file):
    assert f"server_name {name};" in settings(read(file), Place(name=name))["nginx.conf"]


@pytest.mark.parametrize("odd", ["", "srv", *(f"/{one}" for one in ODD if one)])
def test_a_folder_with_signs_that_mean_something_is_refused(odd, file):
    with pytest.raises(BuildError, match="文件夹"):
        settings(read(file), Place(folder=odd))


def test_a_folder_may_have_a_chinese_name(file):
    assert "alias /srv/医保/current/;" in settings(read(file), Place(folder="/srv/医保/current"))["nginx.conf"]


@pytest.mark.parametrize("port", [0, -1, 65536])
def test_a_port_that_is_none_is_refused(port, file):
    with pytest.raises(BuildError, match="端口"):
        settings(read(file), Place(port=port))


@pytest.mark.parametrize("odd", [one for one in ODD if one not in ("", " ", "a b", "a'b", "a;b", "a`b", "a#b")])
def test_a_header_that_would_be_a_setting_of_its_own_is_refused(odd, file):
    for header in (Header("/*", "X-Odd", odd), Header(f"/{odd}", "X-Odd", "a"), Header("/*", odd, "a")):
        with pytest.raises(BuildError, match="不能写进服务器的设置"):
            settings([*read(file), header], Place())


def test_without_a_site_it_says_what_to_do(tmp_path):
    with pytest.raises(BuildError, match="make site"):
        read(tmp_path / "_headers")


@pytest.mark.parametrize("text", ["x\n", "  Name: value\n", "/*\n  Name value\n", "/*\n\n"])
def test_a_line_that_is_neither_path_nor_header_is_named(text, tmp_path):
    (tmp_path / "_headers").write_text(text, "utf-8")
    with pytest.raises(BuildError, match=r"_headers 第 [12] 行看不懂"):
        read(tmp_path / "_headers")
