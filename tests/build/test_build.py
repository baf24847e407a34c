"""The driver: what a build leaves behind when it ends well, ends badly, or is killed."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from pathlib import Path

from scripts.fingerprint import digest


def outputs(root: Path) -> str:
    return digest(root, ["site", "dist", "calculator/rulebook.json"], {})


def test_a_build_says_one_line_a_stage_and_publishes_site_and_dist(house):
    run = house.build()
    assert run.returncode == 0, run.stderr
    assert [line[:5] for line in run.stdout.splitlines()[:9]] == [f"[{n}/9]" for n in range(1, 10)]
    assert house.whole()
    assert house.pages() == {"first"}
    assert len(list((house.root / "dist").glob("yibao_calculator-1-py3-none-any.whl"))) == 1


def test_without_a_newer_python_the_lock_is_left_out_with_one_sentence(house):
    run = house.build()
    assert run.stdout.count("没有 Python 3.12") == 1
    assert not (house.root / "dist" / "pyodide-lock.json").exists()


def test_an_unchanged_second_build_does_nothing_and_says_so(house):
    house.build()
    before = outputs(house.root)
    started = time.monotonic()
    run = house.build()
    assert "没有改动" in run.stdout
    assert "[1/9]" not in run.stdout
    assert time.monotonic() - started < 5
    assert outputs(house.root) == before


def test_a_forced_build_of_the_same_inputs_gives_the_same_bytes(house):
    house.build()
    before = outputs(house.root)
    assert "[9/9]" in house.build("--force").stdout
    assert outputs(house.root) == before


def test_a_page_that_somebody_changed_or_deleted_is_built_again(house):
    house.build()
    (house.root / "site" / "page-3").unlink()
    house.build()
    assert house.whole()
    (house.root / "site" / "page-3").write_text("scribble")
    house.build()
    assert house.pages() == {"first"}


def test_rules_with_errors_stop_the_build_and_leave_everything_as_it_was(house):
    house.build()
    before = outputs(house.root)
    house.says("broken")
    run = house.build()
    assert run.returncode == 1
    assert "rules/rule.txt:1:1: broken" in run.stderr
    assert "2 处错误" in run.stderr
    assert "Traceback" not in run.stderr
    assert outputs(house.root) == before


def test_a_case_that_comes_out_differently_stops_the_build_before_the_rulebook_is_written(house):
    house.build()
    before = outputs(house.root)
    house.says("wrong")
    run = house.build()
    assert run.returncode == 1
    assert "a case" in run.stderr
    assert outputs(house.root) == before


def test_a_room_that_bursts_late_leaves_site_and_dist_as_they_were(house):
    house.build()
    house.says("burst")
    run = house.build()
    assert run.returncode == 1
    assert house.pages() == house.parts() == {"first"}
    assert house.rulebook() == "first", "the command line would answer by other rules than the site"
    house.says("second")
    assert house.build().returncode == 0
    assert house.pages() == house.parts() == {"second"}
    assert house.rulebook() == house.rulebook_in_the_wheel() == "second"


def test_a_build_killed_at_any_moment_leaves_whole_outputs_and_the_next_one_mends_all(house):
    started = time.monotonic()
    house.build()
    lasts = time.monotonic() - started
    chance = random.Random(20261121)
    for attempt in range(6):
        house.says(f"attempt {attempt}")
        build = subprocess.Popen(
            house.command(), cwd=house.root, env=house.env, start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        time.sleep(chance.uniform(0, lasts * 1.05))
        os.killpg(build.pid, signal.SIGKILL)
        build.wait()
        assert house.whole(), f"attempt {attempt}"
    house.says("last")
    assert house.build().returncode == 0
    assert house.whole()
    assert house.pages() == house.parts() == {"last"}


def test_rules_alone_writes_the_rulebook_and_no_site(house):
    assert house.build("--rules").returncode == 0
    assert (house.root / "calculator" / "rulebook.json").exists()
    assert not (house.root / "site").exists()
