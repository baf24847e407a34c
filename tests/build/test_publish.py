"""Swapping a finished build in: readers see the old one or the new one, never half of either."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scripts import publish as publishing
from scripts.publish import publish, swap

ENDLESS = """
import sys
from pathlib import Path
from scripts.publish import publish
root = Path(sys.argv[1])
number = 0
while True:
    number += 1
    for name in ("site", "dist"):
        folder = root / "next" / name
        folder.mkdir(parents=True, exist_ok=True)
        for page in range(5):
            (folder / str(page)).write_text(str(number))
    publish(root / "next", root, ["site", "dist"])
"""


def folder(path: Path, words: str) -> Path:
    path.mkdir(parents=True)
    (path / "page").write_text(words)
    return path


def test_the_new_stands_where_the_old_stood(tmp_path):
    for name in ("site", "dist"):
        folder(tmp_path / name, "old")
        folder(tmp_path / "next" / name, "new")
    publish(tmp_path / "next", tmp_path, ["site", "dist"])
    assert (tmp_path / "site" / "page").read_text() == (tmp_path / "dist" / "page").read_text() == "new"
    assert (tmp_path / "next" / "site" / "page").read_text() == "old"


def test_nothing_is_swapped_while_a_part_is_missing(tmp_path):
    folder(tmp_path / "site", "old")
    folder(tmp_path / "next" / "site", "new")
    with pytest.raises(FileNotFoundError):
        publish(tmp_path / "next", tmp_path, ["site", "dist"])
    assert (tmp_path / "site" / "page").read_text() == "old"


def test_the_first_build_has_nothing_to_swap_with(tmp_path):
    swap(folder(tmp_path / "new", "new"), tmp_path / "site")
    assert (tmp_path / "site" / "page").read_text() == "new"


def test_a_system_without_an_exchange_step_gets_two_renames(tmp_path, monkeypatch):
    monkeypatch.setattr(publishing, "_exchange", lambda one, other: False)
    old, new = folder(tmp_path / "site", "old"), folder(tmp_path / "new", "new")
    swap(new, old)
    assert (old / "page").read_text() == "new"
    assert (new / "page").read_text() == "old"


def test_killed_while_publishing_again_and_again_each_folder_is_of_one_build(tmp_path):
    chance = random.Random(20261121)
    for _ in range(10):
        process = subprocess.Popen([sys.executable, "-c", ENDLESS, str(tmp_path)])
        while not (tmp_path / "dist").exists():  # the first of all has nothing to leave whole yet
            time.sleep(0.01)
        time.sleep(0.15 + chance.random() / 10)
        process.kill()
        process.wait()
        for name in ("site", "dist"):
            pages = {page.read_text() for page in (tmp_path / name).iterdir()}
            assert len(pages) == 1, name
