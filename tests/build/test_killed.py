"""A build killed at any moment, with all its processes: what is published is the old build or the new one, to the byte.

The seed is printed; YIBAO_SEED=… kills at the same moments again (as far as the machine is as fast).
"""

from __future__ import annotations

import fcntl
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from scripts.fingerprint import digest
from tests.build.conftest import House

ROOT = Path(__file__).resolve().parents[2]
SEED = int(os.environ.get("YIBAO_SEED") or random.randrange(2**31))
ANYWHERE, WHILE_PUBLISHING = 40, 30
AT_THE_END = 0.4  # seconds after the last stage was announced within which all is over, on an idle machine
LAST_STAGE = "[9/9]"
OF_THE_REAL_ONE = 5


def killed(command: list[str], root: Path, env: Mapping[str, str], *, after: float, stage: str = "") -> None:
    """Run a build and kill its whole group: `after` seconds from its start, or from when it announces `stage`."""
    build = subprocess.Popen(
        command, cwd=root, env=env, start_new_session=True, text=True, bufsize=1,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    assert build.stdout
    if stage:
        said = ""
        while not said.endswith(stage):
            one = build.stdout.read(1)
            assert one, f"the build ended before {stage}: {said}"
            said += one
    time.sleep(after)
    os.killpg(build.pid, signal.SIGKILL)
    build.wait()
    ended(root)


def ended(root: Path) -> None:
    """Wait as the next build would, until whoever publishes has done so."""
    with (root / "build" / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)


@pytest.mark.slow
def test_killed_at_seventy_moments_all_that_is_published_is_of_one_build(house: House) -> None:
    print(f"YIBAO_SEED={SEED}")
    chance = random.Random(SEED)
    house.build()
    house.says("measured")
    started = time.monotonic()
    house.build()
    lasts = time.monotonic() - started
    moments = [(chance.uniform(0, lasts), "") for _ in range(ANYWHERE)]
    moments += [(chance.uniform(0, AT_THE_END), LAST_STAGE) for _ in range(WHILE_PUBLISHING)]
    chance.shuffle(moments)
    ends = {"old": 0, "new": 0}
    for number, (after, stage) in enumerate(moments):
        old = house.outputs()
        house.says(f"build {number}")
        killed(house.command(), house.root, house.env, after=after, stage=stage)
        left = house.outputs()
        run = house.build()
        assert run.returncode == 0, run.stderr
        new = house.outputs()
        assert left in (old, new), f"a mix, after {after:.3f} s {stage} (YIBAO_SEED={SEED})"
        assert house.pages() == {f"build {number}"}
        ends["new" if left == new else "old"] += 1
    print(ends)
    assert ends["old"] >= 10 and ends["new"] >= 5, f"kills do not fall on both sides of the publication: {ends}"


SLOW_SWAPS = "            time.sleep(0.5)\n            swap("


@pytest.mark.parametrize("apart", [True, False])
def test_killed_between_two_swaps_the_others_follow_since_they_are_made_apart(house: House, apart: bool) -> None:
    house.build()
    room = house.root / "scripts" / "publish.py"
    code = room.read_text().replace("            swap(", SLOW_SWAPS).replace("import sys\n", "import sys\nimport time\n")
    assert SLOW_SWAPS in code
    room.write_text(code if apart else code.replace("start_new_session=True, ", ""))
    house.says("second")
    site = (house.root / "site").stat().st_ino
    build = subprocess.Popen(
        house.command(), cwd=house.root, env=house.env, start_new_session=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    while (house.root / "site").stat().st_ino == site:
        time.sleep(0.01)
    os.killpg(build.pid, signal.SIGKILL)
    build.wait()
    ended(house.root)
    assert house.pages() == {"second"}
    assert house.parts() == {"second" if apart else "first"}, "what a process of the killed group publishes is cut short"
    assert house.rulebook() == house.parts().pop()
    assert house.build().returncode == 0
    assert house.whole() and house.pages() == house.parts() == {"second"}


@pytest.mark.slow
def test_the_real_build_killed_leaves_the_old_or_the_new_to_the_byte(tmp_path: Path) -> None:
    print(f"YIBAO_SEED={SEED}")
    chance = random.Random(SEED)
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
    (clone / "build").mkdir()
    shutil.copytree(ROOT / "build" / "cache", clone / "build" / "cache", symlinks=True)
    (clone / "node_modules").symlink_to(ROOT / "node_modules")
    command = [sys.executable, "-m", "scripts.build"]

    def build(name: str) -> float:
        started = time.monotonic()
        subprocess.run(command, cwd=clone, env=env(name), stdin=subprocess.DEVNULL, capture_output=True, check=True)
        return time.monotonic() - started

    def env(name: str) -> dict[str, str]:
        return {**os.environ, "SITE_URL": f"https://{name}.invalid/"}

    def outputs() -> str:
        return digest(clone, ["site", "dist", "calculator/rulebook.json"], {})

    build("a")
    lasts = build("b")
    for number in range(OF_THE_REAL_ONE):
        old = outputs()
        late = number % 2
        after, stage = (chance.uniform(0, AT_THE_END), LAST_STAGE) if late else (chance.uniform(0, lasts), "")
        killed(command, clone, env(f"c{number}"), after=after, stage=stage)
        left = outputs()
        build(f"c{number}")
        assert left in (old, outputs()), f"a mix, after {after:.3f} s {stage} (YIBAO_SEED={SEED})"
        assert old != outputs()
