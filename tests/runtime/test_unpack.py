"""What the page hands over packed is unpacked whole, or refused at once and by name: the decoder itself would go on for ever."""

from __future__ import annotations

import base64
import hashlib
import json
import random
import subprocess
from pathlib import Path
from typing import Any

import pytest

from scripts.runtime.prepare import packed

ROOT = Path(__file__).parents[2]
CONTENT = random.Random(1).randbytes(200_000) + b"again and again " * 40_000
FRAME = packed(CONTENT)
BLOCK = 128 * 1024


def at(place: int) -> bytes:
    return FRAME[:place] + bytes([FRAME[place] ^ 0x10]) + FRAME[place + 1 :]


DAMAGED = {
    "first-byte": at(0),
    "header": at(5),
    "middle": at(len(FRAME) // 2),
    "checksum": at(len(FRAME) - 1),
    "cut-short": FRAME[: len(FRAME) // 2],
    "one-byte-short": FRAME[:-1],
    "nothing": b"",
    "something-behind": FRAME + b"and more",
    "twice": FRAME + FRAME,
    "a-page-instead": b"<!doctype html><title>Log in</title>",
}


def unpacked(offered: list[tuple[bytes, int]], folder: Path) -> list[dict[str, Any]]:
    file = folder / "offered.json"
    file.write_text(json.dumps([{"text": base64.b64encode(data).decode(), "size": size} for data, size in offered]))
    command = ["node", "tests/runtime/unpack.mjs", str(file)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    told: list[dict[str, Any]] = json.loads(done.stdout)
    return told


@pytest.mark.parametrize("content", [CONTENT, b"", b"x", bytes(BLOCK), bytes(BLOCK + 1), CONTENT[: 3 * BLOCK]], ids=len)
def test_it_is_what_waspacked(content: bytes, tmp_path: Path) -> None:
    (told,) = unpacked([(packed(content), len(content))], tmp_path)
    assert told == {"size": len(content), "sha": hashlib.sha256(content).hexdigest()}


def test_each_damage_is_refused_by_name(tmp_path: Path) -> None:
    told = unpacked([(data, len(CONTENT)) for data in DAMAGED.values()], tmp_path)
    for number, (name, one) in enumerate(zip(DAMAGED, told, strict=True)):
        assert f"file-{number}: cannot be unpacked" in one.get("error", ""), (name, one)


def test_one_of_another_length_is_refused(tmp_path: Path) -> None:
    for told in unpacked([(FRAME, len(CONTENT) - 1), (FRAME, len(CONTENT) + 1)], tmp_path):
        assert "cannot be unpacked" in told["error"]


def test_a_damaged_file_does_not_stop_the_next(tmp_path: Path) -> None:
    bad, good = unpacked([(at(len(FRAME) // 2), len(CONTENT)), (FRAME, len(CONTENT))], tmp_path)
    assert "error" in bad and good["sha"] == hashlib.sha256(CONTENT).hexdigest()
