"""The snapshot: the same bytes whenever and wherever it is made, and of use with nothing but what it was made for."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import struct
import subprocess
from pathlib import Path

import pytest

from scripts.runtime.parts import HERE, Workshop

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = (
    "package.json", "scripts/runtime/snapshot.mjs", "scripts/runtime/bare.mjs", "docs/widget/bare.js", "docs/widget/door.js",
)  # fmt: skip
ELSEWHERE = (
    {"TZ": "Asia/Shanghai", "LC_ALL": "zh_CN.UTF-8", "PYTHONHASHSEED": "1"},
    {"TZ": "America/St_Johns", "LC_ALL": "C", "PYTHONHASHSEED": "2"},
)


@pytest.fixture(scope="module")
def shop() -> Workshop:
    return Workshop(ROOT / "node_modules", ROOT / "build" / "cache")


@pytest.fixture(scope="module")
def made(shop: Workshop, tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """Made twice, by scripts in different folders at different times, and once by the build, all of one and the same source."""
    folder = tmp_path_factory.mktemp("snapshot")
    rules = (ROOT / "build" / "rulebook.json").read_bytes().rstrip(b"\n")
    rulebook = folder / "rulebook.json"
    calculator = shutil.copytree(ROOT / "calculator", folder / "calculator")  # which may be edited while this runs
    library = shop.python(calculator) / "library.zip"
    rulebook.write_bytes(rules)
    files = []
    for number, around in enumerate(ELSEWHERE):
        out = folder / f"{number}.bin"
        home = folder / ("某个 很长的文件夹" * (number + 1))
        for needed in SCRIPTS:
            (home / needed).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / needed, home / needed)
        script = home / "scripts" / "runtime" / "snapshot.mjs"
        command = ["node", script, shop.pruned(), library, rulebook, HERE / "settle.py", out]
        subprocess.run(command, check=True, env={**os.environ, **around}, cwd=folder, capture_output=True)
        files.append(out.read_bytes())
    return [*files, (shop.snapshot(calculator, rules) / "snapshot.bin").read_bytes()]


def header(snapshot: bytes) -> dict[str, object]:
    (length,) = struct.unpack_from("<I", snapshot)
    told: dict[str, object] = json.loads(snapshot[4 : 4 + length])
    return told


def differences(one: bytes, other: bytes) -> list[tuple[int, bytes, bytes]]:
    """Where two snapshots differ first: the place, and what stands there in each."""
    places = [at for at in range(0, max(len(one), len(other)), 64) if one[at : at + 64] != other[at : at + 64]]
    return [(at, one[at : at + 64], other[at : at + 64]) for at in places[:5]]


def test_made_anywhere_at_any_time_it_has_the_same_bytes(made):
    for snapshot in made[1:]:
        assert (len(snapshot), differences(made[0], snapshot)) == (len(made[0]), [])


def test_it_says_what_it_was_made_with_and_of(made, shop):
    told = header(made[0])
    rules = (ROOT / "build" / "rulebook.json").read_bytes().rstrip(b"\n")
    assert told["wasm"] == hashlib.sha256((shop.pruned() / "pyodide.asm.wasm").read_bytes()).hexdigest()
    assert told["rulebook"] == hashlib.sha256(rules).hexdigest()
    assert told["version"] == json.loads(rules)["version"]
