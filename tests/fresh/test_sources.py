"""The watch over official addresses, against a server that changes, moves, stalls, breaks off and talks rubbish."""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from scripts import sources
from scripts.errors import BuildError
from scripts.rulebook import build_rulebook
from scripts.sources import NoNetwork, Round, official, report
from scripts.watch.fetch import Limits, Seen, look
from scripts.watch.reading import Unreadable, decoded, fingerprint, visible
from scripts.watch.seen import PROBLEMS, load, open_ones
from tests.fresh.server import GOOD, OTHER, Server, dripping, head, page, raw, redirect, running, silent, status

Json = dict[str, Any]
PATIENT = Limits(wait=20.0, total=30.0, size=50_000, hops=3)
HASTY = Limits(wait=0.4, total=1.0, size=50_000, hops=3)
"""Only for servers that stall: on a busy machine an honest answer may take longer."""
LOCAL = frozenset({"127.0.0.1"})
UTF8 = GOOD.encode("utf-8")
GBK = GOOD.replace("charset=utf-8", "charset=gb2312").encode("gbk")


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="module")
def shared() -> Iterator[Server]:
    with running() as server:
        yield server


@pytest.fixture
def server(shared: Server) -> Server:
    shared.pages.clear()
    shared.asked.clear()
    return shared


def seen(server: Server, path: str = "/a", limits: Limits = PATIENT) -> Seen:
    return look(server.url(path), LOCAL.__contains__, limits)


def test_a_page_is_seen_with_its_hash_by_an_agent_that_names_the_project(server: Server) -> None:
    server.pages["/a"] = page()
    found = seen(server)
    assert (found.result, found.final, found.note) == ("ok", server.url("/a"), "")
    assert found.hash.startswith("text:") and len(found.hash) == 5 + 64
    assert server.asked == ["/a"]
    assert all("YibaoLapseGuide" in agent for agent in server.agents)


@pytest.mark.parametrize(
    ("answer", "result"),
    [
        (status(404), "gone"),
        (status(410), "gone"),
        (status(403), "refused"),
        (status(412), "refused"),
        (status(500), "broken"),
        (status(503), "broken"),
        (silent(1.5), "timeout"),
        (dripping(head(9000) + b"<p>" + b"x" * 400, 0.05), "timeout"),
        (dripping(b"HTTP/1.0 200 OK\r\nX-Slow: " + b"x" * 400, 0.05), "timeout"),
        (raw(head(9000) + UTF8), "cut"),
        (raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\nffff\r\n<p>short"), "cut"),
        (raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nwhat\r\n"), "cut"),
        (raw(head(99_999_999)), "huge"),
        (raw(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + b"<p>x" * 20_000), "huge"),
        (raw(b"what is this\r\n\r\n"), "rubbish"),
        (raw(b""), "rubbish"),
        (raw(head(0)), "rubbish"),
        (raw(head(400) + bytes(range(128, 228)) * 4), "rubbish"),
        (raw(head(200) + b"<p>" + b"\0" * 197), "rubbish"),
        (page("<html><script>location='/x'</script></html>"), "rubbish"),
        (page("<![x[" + GOOD), "rubbish"),
        (raw(head(20, "application/pdf") + b"%PDF-1.7 and no more"), "rubbish"),
        (lambda handler: handler.send(gzip.compress(UTF8), Content_Encoding="gzip"), "rubbish"),
        (redirect(""), "rubbish"),
        (redirect("http://[::1"), "rubbish"),
        (redirect("/a"), "loop"),
        (redirect("http://evil.example/"), "left"),
        (redirect("file:///etc/passwd"), "left"),
        (redirect("javascript:alert(1)"), "left"),
    ],
)
def test_every_kind_of_failure_has_its_name_and_none_is_an_exception(server: Server, answer: Any, result: str) -> None:
    server.pages["/a"] = answer
    started = time.monotonic()
    found = seen(server, limits=HASTY if result == "timeout" else PATIENT)
    assert found.result == result, found
    assert found.result in PROBLEMS and found.note and not found.hash
    assert time.monotonic() - started < 10


def test_a_server_that_is_not_there_is_unreachable(server: Server) -> None:
    assert look("http://127.0.0.1:9/", LOCAL.__contains__, PATIENT).result == "unreachable"
    assert look("http://no-such-host.invalid/", lambda host: True, Limits(2, 4)).result in ("unreachable", "timeout")


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_a_page_that_moved_is_followed_to_where_it_is(server: Server, code: int) -> None:
    server.pages |= {"/a": redirect("/b", code), "/b": redirect("/c?d=1#part", code), "/c?d=1": page()}
    found = seen(server)
    assert (found.result, found.final) == ("ok", server.url("/c?d=1"))


def test_a_chinese_address_in_a_redirect_is_followed(server: Server) -> None:
    server.pages |= {"/a": raw("HTTP/1.0 301 x\r\nLocation: /新\r\n\r\n".encode()), "/%E6%96%B0": page()}
    assert seen(server).result == "ok"


def test_a_circle_of_redirects_and_an_endless_row_of_them_end(server: Server) -> None:
    server.pages |= {"/a": redirect("/b"), "/b": redirect("/c"), "/c": redirect("/b")}
    assert seen(server).result == "loop"
    server.pages |= {f"/{n}": redirect(f"/{n + 1}") for n in range(20)}
    assert seen(server, "/0").result == "loop"
    assert "/9" not in server.asked


def test_a_redirect_to_the_front_page_means_that_the_page_is_gone(server: Server) -> None:
    server.pages |= {"/a": redirect("/", 302), "/": page()}
    assert seen(server).result == "gone"


def test_another_host_is_asked_only_if_it_is_official(server: Server) -> None:
    server.pages |= {"/a": redirect(server.url("/b", "localhost")), "/b": page()}
    assert seen(server).result == "left"
    assert server.asked == ["/a"]
    assert official("ybj.fj.gov.cn") and official("www.gov.cn") and official("gov.cn")
    assert not official("gov.cn.example.org") and not official("evilgov.cn") and not official("")


def test_what_a_reader_sees_counts_and_not_what_a_program_sees(server: Server) -> None:
    noisy = GOOD.replace("</body>", "<script>var t=123</script><style>p{}</style><!-- 9 --><p>浏览次数：1234次</p></body>")
    noisier = noisy.replace("123", "987").replace("<p>", '<p class="x" data-n="7">')
    hashes = []
    for text in (noisy, noisier, OTHER):
        server.pages["/a"] = page(text)
        hashes.append(seen(server).hash)
    assert hashes[0] == hashes[1] != hashes[2]


@pytest.mark.parametrize(
    ("data", "header", "note"),
    [
        (UTF8, "utf-8", ""),
        (UTF8, "", ""),
        (b"\xef\xbb\xbf" + UTF8, "utf-8", ""),
        (GBK, "", ""),
        (GBK, "gb2312", ""),
        (GBK, "gbk", ""),
        (GBK, "utf-8", "编码写的是 utf-8，其实是 gb18030"),
        (UTF8.replace(b"charset=utf-8", b"charset=gb2312"), "", "编码写的是 gb2312，其实是 utf-8"),
        (UTF8, "no-such-charset", "编码写的是 no-such-charset，其实是 utf-8"),
        (UTF8, "base64", "编码写的是 base64，其实是 utf-8"),
    ],
)
def test_a_wrong_charset_is_seen_through_and_named(data: bytes, header: str, note: str) -> None:
    text, found = decoded(data, header)
    assert "等待六个月" in text
    assert found == note
    assert fingerprint(data, "text/html", header)[0] == fingerprint(UTF8, "text/html", "")[0]


def test_files_count_byte_for_byte() -> None:
    whole = b"%PDF-1.7 ... %%EOF\n"
    assert fingerprint(whole, "application/pdf", "")[0].startswith("file:")
    assert fingerprint(whole, "application/pdf", "") != fingerprint(whole.replace(b"1.7", b"1.6"), "application/pdf", "")
    assert fingerprint(b"PK\x03\x04", "application/msword", "")[0].startswith("file:")
    with pytest.raises(Unreadable):
        fingerprint(whole[:10], "text/html", "")


def test_unclosed_tags_and_entities_do_not_matter() -> None:
    assert visible("<p>一&amp;二<br>三<p><b>四") == "一&二 三 四"


# ---- rounds


@pytest.fixture
def go(server: Server, tmp_path: Path) -> Callable[..., list[str]]:
    """go(day, paths, **options): one round over documents at these paths; gives what was said."""

    def gone(day: str, paths: list[str], **options: Any) -> list[str]:
        lines: list[str] = []
        given = {"pause": 0.0, "limits": PATIENT, "allowed": LOCAL.__contains__, "tell": lines.append, **options}
        Round(documents(server, paths), tmp_path / "sources.json", day, **given).run()
        return lines

    return gone


def documents(server: Server, paths: list[str], day: str = "2026-11-21") -> dict[str, Json]:
    common = {"seen": day, "verified_on": None}
    found = {f"d{path[1:]}": {"official_url": server.url(path), "title": path, **common} for path in paths}
    return {**found, "none": {"official_url": None, "title": "没有网址", **common}}


def kept(tmp_path: Path) -> dict[str, Json]:
    return load(tmp_path / "sources.json")


def test_a_round_remembers_hash_day_and_result_and_then_lists_what_changed(
    server: Server, go: Callable[..., list[str]], tmp_path: Path
) -> None:
    server.pages |= {"/a": page(), "/b": page(), "/c": page()}
    paths = ["/a", "/b", "/c"]
    assert all("第一次看到" in line for line in go("2026-11-22", paths))
    assert open_ones(kept(tmp_path), documents(server, paths)) == []
    server.pages |= {"/a": page(OTHER), "/b": status(404)}
    lines = go("2026-12-01", paths)
    assert ["变了" in lines[0], "没有了" in lines[1], "没有变" in lines[2]] == [True, True, True]
    entry = kept(tmp_path)[server.url("/a")]
    assert (entry["first"], entry["looked"], entry["changed"]) == ("2026-11-22", "2026-12-01", "2026-12-01")
    found = open_ones(kept(tmp_path), documents(server, paths))
    assert [finding.documents for finding in found] == [["da"], ["db"]]
    assert "2026-12-01" in found[0].what and "HTTP 404" in found[1].what


def test_a_change_is_listed_until_somebody_has_looked(server: Server, go: Callable[..., list[str]], tmp_path: Path) -> None:
    server.pages["/a"] = page()
    go("2026-11-22", ["/a"])
    server.pages["/a"] = page(OTHER)
    go("2026-12-01", ["/a"])
    go("2026-12-08", ["/a"])
    assert len(open_ones(kept(tmp_path), documents(server, ["/a"]))) == 1
    assert open_ones(kept(tmp_path), documents(server, ["/a"], "2026-12-08")) == []


def test_a_problem_keeps_what_was_last_seen_and_since_when_it_lasts(
    server: Server, go: Callable[..., list[str]], tmp_path: Path
) -> None:
    server.pages["/a"] = page()
    go("2026-11-22", ["/a"])
    before = kept(tmp_path)[server.url("/a")]["hash"]
    server.pages["/a"] = status(500)
    go("2026-12-01", ["/a"])
    go("2026-12-08", ["/a"])
    entry = kept(tmp_path)[server.url("/a")]
    assert (entry["result"], entry["since"], entry["hash"]) == ("broken", "2026-12-01", before)
    server.pages["/a"] = page()
    assert "没有变" in go("2026-12-09", ["/a"])[0]
    assert open_ones(kept(tmp_path), documents(server, ["/a"])) == []


def test_a_page_that_moved_is_listed_until_its_address_is_mended(
    server: Server, go: Callable[..., list[str]], tmp_path: Path
) -> None:
    server.pages |= {"/a": redirect("/b"), "/b": page()}
    assert "搬到了" in go("2026-11-22", ["/a"])[0]
    assert server.url("/b") in open_ones(kept(tmp_path), documents(server, ["/a"]))[0].what
    go("2026-11-23", ["/b"])
    assert list(kept(tmp_path)) == [server.url("/b")]


def test_a_round_that_was_broken_off_goes_on_where_it_was(
    server: Server, go: Callable[..., list[str]], tmp_path: Path
) -> None:
    def broken_off(handler: Any) -> None:
        handler.send(UTF8)

    paths = ["/a", "/b", "/c"]
    server.pages |= dict.fromkeys(paths, broken_off)

    def tell(line: str) -> None:
        if "[2/3]" in line:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        go("2026-11-22", paths, tell=tell)
    assert list(kept(tmp_path)) == [server.url("/a")]
    server.asked.clear()
    go("2026-11-22", paths)
    assert server.asked == ["/b", "/c"]
    go("2026-11-22", paths)
    assert server.asked == ["/b", "/c"]
    go("2026-11-22", paths, again=True)
    assert server.asked == ["/b", "/c", *paths]


def test_what_may_pass_by_itself_is_asked_again_the_same_day(server: Server, go: Callable[..., list[str]]) -> None:
    server.pages |= {"/a": page(), "/b": status(503), "/c": status(404)}
    go("2026-11-22", ["/a", "/b", "/c"])
    server.asked.clear()
    go("2026-11-22", ["/a", "/b", "/c"])
    assert server.asked == ["/b"]


def test_two_documents_at_one_address_are_one_request(server: Server, tmp_path: Path) -> None:
    server.pages["/a"] = page()
    both = documents(server, ["/a"]) | {"second": {**documents(server, ["/a"])["da"], "title": "又一份"}}
    Round(both, tmp_path / "s.json", "2026-11-22", pause=0, allowed=LOCAL.__contains__, tell=lambda _: None).run()
    assert server.asked == ["/a"]


def test_requests_wait_for_one_another(server: Server, go: Callable[..., list[str]]) -> None:
    server.pages |= {"/a": page(), "/b": page(), "/c": page()}
    started = time.monotonic()
    go("2026-11-22", ["/a", "/b", "/c"], pause=0.2)
    assert time.monotonic() - started >= 0.4


def test_without_a_network_nothing_is_remembered(tmp_path: Path) -> None:
    lost = {f"d{n}": {"official_url": f"http://127.0.0.1:9/{n}", "seen": "2026-11-21", "verified_on": None} for n in range(9)}
    lines: list[str] = []
    given = {"pause": 0.0, "limits": PATIENT, "allowed": LOCAL.__contains__, "tell": lines.append}
    with pytest.raises(NoNetwork):
        Round(lost, tmp_path / "sources.json", "2026-11-22", **given).run()
    assert not (tmp_path / "sources.json").exists()
    assert len(lines) == 5


def test_one_site_out_of_reach_is_remembered_once_another_was_in_reach(
    server: Server, go: Callable[..., list[str]], tmp_path: Path
) -> None:
    server.pages |= {"/a": silent(9), "/b": page()}
    impatient = Limits(wait=3.0, total=4.0)
    go("2026-11-22", ["/a", "/b"], limits=impatient)
    assert [entry["result"] for entry in kept(tmp_path).values()] == ["timeout", "ok"]
    go("2026-11-22", ["/a", "/b"], limits=impatient)
    assert kept(tmp_path)[server.url("/a")]["result"] == "timeout"
    assert server.asked == ["/a", "/b", "/a"]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"http://x/": 1}'])
def test_a_spoilt_memory_is_said_and_left_alone(go: Callable[..., list[str]], tmp_path: Path, text: str) -> None:
    (tmp_path / "sources.json").write_text(text)
    with pytest.raises(BuildError, match=r"sources\.json"):
        go("2026-11-22", ["/a"])
    assert (tmp_path / "sources.json").read_text() == text


def test_the_command_lists_and_fails_while_there_is_something_to_look_at(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    server.pages["/a"] = page()
    monkeypatch.setattr(sources, "STORE", tmp_path / "sources.json")
    monkeypatch.setattr(sources, "build_rulebook", lambda _: {"documents": documents(server, ["/a"])})
    given = ["--pause", "0", "--on"]
    monkeypatch.setattr(sources, "Round", lambda *args, **more: Round(*args, **more, allowed=LOCAL.__contains__, limits=PATIENT))
    assert sources.main([*given, "2026-11-22"]) == 0
    server.pages["/a"] = status(404)
    assert sources.main([*given, "2026-11-23"]) == 1
    assert sources.main(["--list"]) == 1
    out = capsys.readouterr()
    assert server.url("/a") in out.out and "没有了" in out.out
    assert "要人去看" in out.err


def test_no_look_ever_verifies_anything(server: Server, go: Callable[..., list[str]], tmp_path: Path) -> None:
    server.pages["/a"] = page()
    given = documents(server, ["/a"])
    copy = json.loads(json.dumps(given))
    Round(given, tmp_path / "s.json", "2026-11-22", pause=0, allowed=LOCAL.__contains__, tell=lambda _: None).run()
    report(given, tmp_path / "s.json")
    assert given == copy
    assert not [word for word in ("verified", "核实", "核对") if word in (tmp_path / "s.json").read_text("utf-8")]


def test_the_addresses_of_the_real_documents_are_all_official() -> None:
    from urllib.parse import urlsplit

    from scripts.fresh import RULES
    from scripts.watch.seen import addresses

    found = addresses(build_rulebook(RULES)["documents"])
    assert len(found) >= 20
    assert all(official(urlsplit(url).hostname or "") for url in found)
