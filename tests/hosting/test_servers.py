"""nginx and Caddy, where they are installed, with our settings: packed copies, policies, how long to keep, 404, any path."""

from __future__ import annotations

import gzip
import shutil
import time
import urllib.error
import urllib.request

import pytest

from scripts.hosting.__main__ import make
from scripts.hosting.releases import put
from scripts.hosting.settings import Place
from scripts.hosting.trial import BROTLI, caddy, free_port, nginx, running
from scripts.site.policy import headers

pytestmark = pytest.mark.slow
POLICY = "default-src 'none'; script-src 'self'"
LONG = "var answer = 42;\n" * 400
FILES = {
    "index.html": "首页",
    "cost/index.html": "花费",
    "404.html": "没有这一页",
    "embed.html": "嵌入",
    "sw.js": "0",
    "assets/widget/a.0123.js": LONG,
    "downloads/yibao.txt": "离线",
}


def small_site(folder):
    for name, text in {**FILES, "_headers": headers(POLICY)}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.fixture(params=["nginx", "caddy"])
def command(request):
    if shutil.which(request.param) is None:
        pytest.skip(f"{request.param} is not installed here")
    return request.param


@pytest.fixture(params=["/", "/some/path/"])
def server(request, command, tmp_path):
    """The address of the site."""
    place = Place(request.param, str(tmp_path / "current"), port=free_port(), brotli=BROTLI.is_file())
    make(small_site(tmp_path / "site"), tmp_path / "hosting", place)
    put(tmp_path / "hosting" / "site", tmp_path)
    hosting = tmp_path / "hosting"
    told = caddy(hosting / "Caddyfile") if command == "caddy" else nginx(tmp_path, hosting / "nginx.conf")
    with running(told, tmp_path, place.port):
        yield f"http://127.0.0.1:{place.port}{place.prefix}"


def ask(address, **sent):
    """Status, headers by lower-case name (those sent twice joined) and body."""
    request = urllib.request.Request(address, headers={name.replace("_", "-"): value for name, value in sent.items()})
    try:
        answer = urllib.request.urlopen(request, timeout=10)
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        names = {name.lower() for name in answer.headers}
        return answer.status, {name: ", ".join(answer.headers.get_all(name)) for name in names}, answer.read()


def test_a_page_comes_with_its_policies_and_is_asked_for_again(server):
    for path, text in {"": "首页", "cost/": "花费"}.items():
        status, sent, body = ask(server + path)
        assert (status, body.decode()) == (200, text)
        assert POLICY in sent["content-security-policy"] and "frame-ancestors 'none'" in sent["content-security-policy"]
        assert sent["x-content-type-options"] == "nosniff" and sent["cache-control"] == "no-cache"
        assert sent["content-type"] == "text/html; charset=utf-8"


def test_only_what_is_made_for_it_can_be_framed(server):
    _, sent, _ = ask(server + "embed.html")
    assert "frame-ancestors *" in sent["content-security-policy"] and "'none'; script" in sent["content-security-policy"]
    assert "frame-ancestors 'none'" not in sent["content-security-policy"]


def test_a_hashed_file_is_kept_for_good_and_comes_packed(server):
    path = server + "assets/widget/a.0123.js"
    _, sent, body = ask(path, Accept_Encoding="gzip")
    assert sent["cache-control"] == "public, max-age=31536000, immutable"
    assert sent["content-encoding"] == "gzip" and gzip.decompress(body).decode() == LONG
    assert sent["content-type"] == "text/javascript; charset=utf-8"
    _, sent, body = ask(path)
    assert "content-encoding" not in sent and body.decode() == LONG


def test_brotli_comes_where_the_server_can(server, command):
    if command == "nginx" and not BROTLI.is_file():
        pytest.skip("nginx has no brotli module here")
    _, sent, body = ask(server + "assets/widget/a.0123.js", Accept_Encoding="br")
    assert sent["content-encoding"] == "br" and len(body) < len(LONG) / 10


def test_the_worker_is_asked_for_again_and_a_download_is_one(server):
    assert ask(server + "sw.js")[1]["cache-control"] == "no-cache"
    assert ask(server + "downloads/yibao.txt")[1]["content-disposition"] == "attachment"


def test_a_page_that_is_not_there_is_our_own_404(server):
    for path in ("nowhere/", "nowhere", "_headers", "assets/widget/gone.js", "downloads/gone"):
        status, sent, body = ask(server + path)
        assert (status, body.decode()) == (404, "没有这一页"), path
        assert POLICY in sent["content-security-policy"] and "frame-ancestors 'none'" in sent["content-security-policy"], path
        assert sent["cache-control"] == "no-cache" and "content-disposition" not in sent, path


def test_nothing_beside_the_site_can_be_had(server):
    for path in ("../nginx.whole.conf", "%2e%2e/nginx.whole.conf", "..%2fhosting/Caddyfile"):
        status, _, body = ask(server + path)
        assert status in (400, 404) and b"error_log" not in body and b"file_server" not in body, path


def test_a_new_build_is_there_within_seconds(server, tmp_path):
    assert ask(server)[2].decode() == "首页"
    (tmp_path / "site" / "index.html").write_text("新首页", "utf-8")
    put(tmp_path / "site", tmp_path)
    until = time.monotonic() + 10
    while ask(server)[2].decode() != "新首页":
        assert time.monotonic() < until
        time.sleep(0.1)


def test_a_part_of_a_file_can_be_asked_for(server):
    status, sent, body = ask(server + "assets/widget/a.0123.js", Range="bytes=4-9")
    assert (status, body.decode()) == (206, LONG[4:10])
    assert sent["content-range"] == f"bytes 4-9/{len(LONG)}"


def test_asked_again_nothing_comes_that_is_there_already(server):
    _, sent, _ = ask(server)
    assert ask(server, If_None_Match=sent["etag"])[0] == 304
