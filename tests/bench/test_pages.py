"""What the benchmark of the pages is made of: the slow line, the server, the brake, the longest task, how it judges.

Nothing here depends on how fast the machine is: a line's and a brake's arithmetic have clocks of their own.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scripts.bench.measure import family, spent
from scripts.bench.outcome import Bound, marked
from scripts.bench.pages import slow
from scripts.bench.pages.contenders import CONDITIONS, CONTENDERS, FAST_4G, MICROPYTHON, OURS, PLAIN, RUNGS, SLOW_4G
from scripts.bench.pages.homes import one_rung
from scripts.bench.pages.link import CHUNK, SLACK, Line, Speed
from scripts.bench.pages.longest import longest
from scripts.bench.pages.rounds import summed
from scripts.bench.pages.server import ASK_AGAIN, FOREVER, Server, Wire, serving
from scripts.bench.pages.slow import Duty, Signals
from scripts.bench.pages.verdict import bounds, ratio, tables
from scripts.bench.pages.visits import Question, Visit, WrongAnswer
from scripts.runtime.prepare import RUNGS as LADDER
from scripts.serve import HOST

Json = dict[str, Any]


def test_a_line_carries_as_much_as_it_says_and_no_more() -> None:
    line = Line(SLOW_4G)
    arrived = [line.send(CHUNK, 0.0) for _ in range(1000)]
    assert arrived == sorted(arrived)
    assert arrived[-1] == pytest.approx(1000 * CHUNK * 8 / 1_600_000 - SLACK)


def test_connections_share_one_line() -> None:
    line = Line(Speed("", 8000, 0.0))
    assert [line.send(1000, now) for now in (0.0, 0.0, 0.5)] == pytest.approx([1 - SLACK, 2 - SLACK, 3 - SLACK])


def test_a_line_that_has_rested_does_not_make_up_for_it() -> None:
    line = Line(Speed("", 8000, 0.0))
    line.send(1000, 0.0)
    assert line.send(1000, 100.0) == pytest.approx(101.0 - SLACK)


def test_who_ran_too_long_stands_still_the_longer() -> None:
    duty = Duty(0.25)
    for ran, late in ((0.010, 0.0), (0.030, 0.002), (0.005, 0.0), (0.012, 0.001)):
        duty.ran += ran
        duty.stood += duty.standstill() + late
    assert duty.standstill() == 0.0
    assert duty.reached == pytest.approx(0.25, abs=0.005)
    assert Duty(0.5).reached == 0.0


@pytest.fixture
def busy() -> Iterator[subprocess.Popen[bytes]]:
    """A process with a child, both of which would count for ever."""
    child = "import subprocess, sys; subprocess.Popen([sys.executable, '-c', 'while True: pass'])\nwhile True: pass"
    process = subprocess.Popen([sys.executable, "-c", child], start_new_session=True)
    while len(family(process.pid)) < 2:
        time.sleep(0.01)
    yield process
    os.killpg(process.pid, 9)
    process.wait()


def states(pids: list[int]) -> set[str]:
    return {Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] for pid in pids}


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")
@pytest.mark.parametrize("choose", [slow.brake, Signals])
def test_a_brake_stops_every_process_and_lets_all_go(choose: Any, busy: subprocess.Popen[bytes]) -> None:
    on = choose(busy.pid)

    def grows() -> bool:
        before = spent(busy.pid)
        time.sleep(0.2)
        return spent(busy.pid) > before

    on.stop()
    time.sleep(0.1)
    assert not grows()
    on.go()
    deadline = time.monotonic() + 20
    while not grows():
        assert time.monotonic() < deadline
    on.leave()


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")
def test_held_back_processes_run_the_share_they_may(busy: subprocess.Popen[bytes]) -> None:
    with slow.held_back(busy.pid, 0.25) as duty:
        time.sleep(1.0)
    assert duty.ran > 0 and duty.stood > 0
    assert duty.reached < 0.5
    assert states(family(busy.pid)) <= {"R", "S"}


@pytest.fixture
def shelf(tmp_path: Path) -> dict[str, list[Path]]:
    over, site = tmp_path / "over", tmp_path / "site"
    for folder in (over, site):
        (folder / "assets").mkdir(parents=True)
    (site / "index.html").write_text("<p>page</p>")
    (site / "assets" / "big.wasm").write_bytes(bytes(100_000))
    (site / "assets" / "big.wasm.br").write_bytes(bytes(20_000))
    (site / "assets" / "one.js").write_text("site")
    (over / "assets" / "one.js").write_text("over")
    (tmp_path / "secret").write_text("not for sale")
    return {"ours": [over, site]}


def test_what_lies_on_top_is_served_and_nothing_from_outside(shelf: dict[str, list[Path]]) -> None:
    server = Server(shelf)
    assert server.reply("/ours/assets/one.js", {})[2] == b"over"
    assert server.reply("/ours/", {})[2] == b"<p>page</p>"
    assert server.reply("/ours/?x=1", {})[2] == b"<p>page</p>"
    for path in ("/", "/theirs/", "/ours/nothing", "/ours/../secret", "/ours/%2e%2e/secret", "/ours/assets"):
        assert server.reply(path, {})[0].startswith("404"), path


def test_all_is_packed_alike_and_kept_alike(shelf: dict[str, list[Path]]) -> None:
    server = Server(shelf)
    status, headers, body = server.reply("/ours/assets/big.wasm", {"accept-encoding": "gzip, br"})
    assert (status, len(body), headers["Content-Encoding"]) == ("200 OK", 20_000, "br")
    assert (headers["Content-Type"], headers["Cache-Control"]) == ("application/wasm", FOREVER)
    assert len(server.reply("/ours/assets/big.wasm", {"accept-encoding": "gzip"})[2]) == 100_000
    again = server.reply("/ours/", {})[1]
    assert again["Cache-Control"] == ASK_AGAIN
    assert server.reply("/ours/", {"if-none-match": again["ETag"]})[0].startswith("304")


def get(port: int, path: str) -> bytes:
    with socket.create_connection((HOST, port)) as there:
        there.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        there.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: there.recv(65536), b""))


def test_the_server_holds_back_and_counts_every_byte(shelf: dict[str, list[Path]]) -> None:
    speed = Speed("", 2_000_000, 0.1)
    with serving(shelf) as server:
        wire = server.begin(speed)
        before = time.time()
        got = get(server.port, "/ours/assets/big.wasm")
        assert time.time() - before >= speed.rtt + speed.seconds(100_000) - 2 * SLACK
        assert wire.until(time.time()) == len(got) > 100_000
        assert wire.until(before + speed.rtt / 2) == 0
        assert 0 < wire.until(before + speed.rtt + speed.seconds(50_000)) < 60_000
        assert wire.paths == ["/ours/assets/big.wasm"]
        fast = server.begin(None)
        assert fast.until(time.time()) == 0
        get(server.port, "/ours/")
        assert (wire.until(time.time()), fast.paths) == (len(got), ["/ours/"])


def test_a_rung_alone_is_left_in_the_page(tmp_path: Path) -> None:
    config = {"runtime": {"rungs": [{"name": "bundle"}, {"name": "stock"}]}, "preset": {"place": "</script>"}}
    page = tmp_path / "site" / "calculator" / "index.html"
    page.parent.mkdir(parents=True)
    held = json.dumps(config).replace("<", "\\u003c")
    before, after = '<p>before</p><script type="application/json" data-yb="config">', "</script><p>after</p>"
    page.write_text(before + held + after)
    found = (one_rung(tmp_path / "site", "stock", tmp_path / "stock") / "calculator" / "index.html").read_text()
    held = found.removeprefix(before).removesuffix(after)
    assert json.loads(held) == {**config, "runtime": {"rungs": [{"name": "stock"}]}}
    with pytest.raises(LookupError, match="no rung snapshot"):
        one_rung(tmp_path / "site", "snapshot", tmp_path / "snapshot")


def event(name: str, ts: int, dur: int = 0, tid: int = 1, cat: str = "toplevel") -> Json:
    return {"name": name, "ph": "X", "ts": ts, "dur": dur, "pid": 7, "tid": tid, "cat": cat}


def test_the_longest_task_is_of_the_page_itself_and_between_the_marks() -> None:
    mark = "blink.user_timing"
    trace = [
        event("RunTask", 0, 900_000),
        event("begin", 1_000_000, cat=mark),
        event("RunTask", 1_100_000, 30_000),
        event("RunTask", 1_200_000, 45_500),
        event("Layout", 1_200_000, 800_000),
        event("RunTask", 1_300_000, 700_000, tid=2),
        event("end", 2_000_000, cat=mark),
        event("RunTask", 2_000_001, 800_000),
    ]
    assert longest(trace, "begin", "end") == 45.5
    with pytest.raises(LookupError, match="no mark never"):
        longest(trace, "begin", "never")
    with pytest.raises(LookupError, match="no task"):
        longest([trace[1], trace[6]], "begin", "end")


def test_a_wrong_answer_does_not_count() -> None:
    asked = Question({"scheme": "resident"}, '{"headline":"…"}', 4)
    asked.check(CONTENDERS[OURS], {"assessment": '{"headline":"…"}', "months": None})
    asked.check(CONTENDERS[MICROPYTHON], {"assessment": None, "months": "4"})
    for who, said in ((OURS, {"assessment": "", "months": "4"}), (MICROPYTHON, {"assessment": None, "months": "5"})):
        with pytest.raises(WrongAnswer, match=who):
            asked.check(CONTENDERS[who], said)
    assert asked.fragment == "#case=%7B%22scheme%22%3A%22resident%22%7D"


def test_bytes_are_those_that_had_gone_out_by_then() -> None:
    wire = Wire()
    wire.pieces = [(10.0, 100), (11.0, 10), (12.5, 1)]
    assert [wire.until(moment) for moment in (9.0, 10.0, 12.0, 13.0)] == [0, 100, 110, 111]


def figures(ours: float = 250.0, headline: float = 100.0, size: int = 400) -> Json:
    """As if everyone had been measured once: plain at 1000 milliseconds and 1000 bytes."""
    visits = {who: Visit(1000.0, 1000.0, 1000, 2000.0, 1.0) for who in CONTENDERS}
    visits[OURS] = Visit(headline, ours, size, 400.0, 1.0)
    visits[MICROPYTHON] = Visit(300.0, 300.0, 200, 100.0, 1.0)
    found: Json = {}
    for name, condition in CONDITIONS.items():
        kinds = ("cold", "warm")[: condition.visits]
        found[name] = {one.name: {kind: summed([visits[one.name]]) for kind in kinds} for one in condition.contenders}
    busy = {OURS: {"ms": 14.0}, PLAIN: {"ms": 900.0}}
    file = {"chromium": {"disk": 200.0, "hosted": 250.0}, "firefox": {"disk": 900.0, "hosted": 800.0}}
    return {"conditions": found, "file": file, "longest_task": busy}


def test_medians_are_of_each_figure() -> None:
    made = [Visit(1.0, 30.0, 5, 2.0, 1.0), Visit(3.0, 10.0, 5, 2.0, 1.0), Visit(2.0, 20.0, 8, 2.0, 1.0)]
    found = summed(made)
    assert (found["headline"], found["answer"], found["size"]) == (2.0, 20.0, 5)
    assert [one["answer"] for one in found["all"]] == [30.0, 10.0, 20.0]


def test_every_bound_of_the_table_is_judged() -> None:
    found = bounds(figures())
    assert [one.holds for one in found] == [*(True, True, True, False, True, True, True, True), *(True, False, None), True, True]
    assert "| 处理器慢四倍，再打开 ÷ loadPyodide() ≤ 0.16（目标 0.09） | 0.25，没够到目标 | **没有守住** |" in marked(found)
    assert [one.found for one in found[-5:-2]] == ["0.80，没够到目标", "1.12，没够到目标", "这次没有量"]
    assert found[-2] == Bound(found[-2].promise, "0.33，够到目标", True)
    slower = bounds(figures(ours=280.0, headline=310.0, size=900))
    assert [one.holds for one in slower[:8]] == [False, False, False, False, True, True, False, False]
    assert [one.holds for one in slower[8:]] == [True, False, None, False, True]


def test_what_was_not_measured_neither_holds_nor_fails() -> None:
    some = figures()
    some["conditions"] = {"desk": some["conditions"]["desk"]}
    found = bounds(some)
    assert [one.holds for one in found] == [*(True, True, None, None, None, None, None, None), *(True, False, None), None, True]
    assert ratio(some, "slow4g", OURS, "cold", "answer") is None


def test_the_tables_show_everyone_under_every_condition() -> None:
    text = tables(figures())
    for condition in CONDITIONS.values():
        assert f"**{condition.title}**" in text
    for contender in CONTENDERS.values():
        assert text.count(f"| {contender.title} |") >= 4
    assert "| 我们（自动选） | 100 | 250 | 0.25 | 0 | 0.40 | 400 | 0.20 | 250 | 0.25 | 0 |" in text


def test_the_conditions_are_those_that_were_promised() -> None:
    assert (FAST_4G.bits, FAST_4G.rtt, SLOW_4G.bits, SLOW_4G.rtt) == (9e6, 0.06, 1.6e6, 0.15)
    assert {name for name, one in CONDITIONS.items() if one.visits == 2} == {"desk", "slow"}
    assert {OURS, *(rung for rung, _ in LADDER), PLAIN, "pyscript", MICROPYTHON, "publicodes"} == set(CONTENDERS)
    assert {rung for rung, _ in LADDER} <= set(RUNGS)
    for name in ("desk", "slow", "fast4g", "slow4g"):
        assert {one.name for one in CONDITIONS[name].contenders} == set(CONTENDERS)
