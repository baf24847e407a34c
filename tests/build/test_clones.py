"""Two clones build the same bytes, whatever the folder, home, day, zone, locale, umask, hash seed and order of files."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

import pytest

from scripts.fingerprint import files_under

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
OUTPUTS = ("site", "dist", "calculator/rulebook.json")
SHOWN = 5


class World(NamedTuple):
    """Around a build. zone: as POSIX writes it, so that no list of zones is needed."""

    folder: str
    zone: str
    locale: str
    seed: str
    umask: int


WORLDS = (
    World("one", "AAA+12", "C.UTF-8", "1", 0o022),
    World("一个 文件夹", "BBB-14", "POSIX", "2", 0o077),  # 26 hours apart: never the same day
)


def around(world: World, home: Path) -> dict[str, str]:
    """The environment of a build in this world; every Python and Node of it reads folders in a disorder of its own."""
    hook = home / "hook"
    hook.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(HERE / "disorder.py", hook / "sitecustomize.py")
    shutil.copyfile(HERE / "disorder.cjs", hook / "disorder.cjs")
    return {
        **os.environ, "HOME": str(home), "TZ": world.zone, "LC_ALL": world.locale, "PYTHONHASHSEED": world.seed,
        "DISORDER": world.seed, "PYTHONPATH": str(hook), "NODE_OPTIONS": f'--require="{hook}/disorder.cjs"',
    }  # fmt: skip


def contents(clone: Path) -> dict[str, str]:
    """Name -> hash of every output."""
    paths = [path for name in OUTPUTS for path in files_under(clone / name)]
    return {path.relative_to(clone).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def differences(one: Path, two: Path) -> str:
    """Which outputs of two clones differ, and where the first of them do; nothing if none does."""
    first, second = contents(one), contents(two)
    names = sorted(name for name in first.keys() | second.keys() if first.get(name) != second.get(name))
    lines = [f"  {name}: {_where(one / name, two / name)}" for name in names[:SHOWN]]
    return "\n".join([f"{len(names)} of {len(first)} outputs differ:", *lines]) if names else ""


def _where(one: Path, two: Path) -> str:
    if not one.exists() or not two.exists():
        return f"only in {one if one.exists() else two}"
    ours, theirs = one.read_bytes(), two.read_bytes()
    if zipfile.is_zipfile(one) and zipfile.is_zipfile(two):
        with zipfile.ZipFile(io.BytesIO(ours)) as a, zipfile.ZipFile(io.BytesIO(theirs)) as b:
            for left, right in zip_longest(a.infolist(), b.infolist()):
                if left is None or right is None or left.filename != right.filename:
                    return f"holds {left and left.filename}, the other {right and right.filename}"
                if a.read(left) != b.read(right):
                    return f"{left.filename} in it: {_first(a.read(left), b.read(right))}"
                if (left.date_time, left.external_attr) != (right.date_time, right.external_attr):
                    return f"time or mode of {left.filename} in it"
    return _first(ours, theirs)


def _first(ours: bytes, theirs: bytes) -> str:
    at = next((i for i, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b), min(len(ours), len(theirs)))
    around = slice(max(0, at - 20), at + 20)
    return f"byte {at}: {ours[around]!r}, the other {theirs[around]!r}"


@pytest.fixture(scope="module")
def clones(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Path]]:
    """One clone for each world, built."""
    folder = tmp_path_factory.mktemp("worlds")
    made: list[Path] = []
    for world in WORLDS:
        clone = folder / world.folder
        source = made[-1] if made else ROOT  # of the same commit, whatever happens to the first repository meanwhile
        subprocess.run(["git", "clone", "-q", str(source), str(clone)], check=True, umask=world.umask)
        run = subprocess.run(
            ["make", "site"], cwd=clone, env=around(world, folder / f"home of {world.folder}"), umask=world.umask,
            stdin=subprocess.DEVNULL, capture_output=True, text=True, encoding="utf-8", check=False,
        )  # fmt: skip
        assert run.returncode == 0, run.stdout[-2000:] + run.stderr[-2000:]
        made.append(clone)
    yield made
    shutil.rmtree(folder)


@pytest.mark.slow
def test_fresh_clones_in_different_folders_build_the_same_bytes(clones: list[Path]) -> None:
    told = differences(*clones)
    assert not told, told
    assert len(contents(clones[0])) > 200


@pytest.mark.slow
def test_built_again_two_years_later_it_is_the_same_bytes(clones: list[Path]) -> None:
    if not shutil.which("faketime") and os.geteuid() == 0 and shutil.which("apt-get"):
        for command in (["update", "-q"], ["install", "-y", "-q", "--no-install-recommends", "faketime"]):
            subprocess.run(["apt-get", *command], stdin=subprocess.DEVNULL, capture_output=True, check=False)
    if not shutil.which("faketime"):
        pytest.skip("no faketime here (apt-get install faketime)")
    one, two = clones
    later = WORLDS[1]._replace(seed="3")
    env = {**around(later, two.parent / "another home"), "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
    command = ["faketime", "-f", "+800d", ".venv/bin/python", "-m", "scripts.build", "--force"]
    run = subprocess.run(command, cwd=two, env=env, capture_output=True, text=True, encoding="utf-8", check=False)
    assert run.returncode == 0, run.stdout[-2000:] + run.stderr[-2000:]
    told = differences(one, two)
    assert not told, told


def test_what_differs_is_named_with_the_place_where_it_does(tmp_path: Path) -> None:
    for name, text in (("one", "built on Monday"), ("two", "built on Tuesday")):
        for file in ("site/same", "site/page", "site/other", "dist/offline.zip"):
            (tmp_path / name / file).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name / file).write_text("same" if file == "site/same" else text)
        with zipfile.ZipFile(tmp_path / name / "dist" / "offline.zip", "w") as archive:
            archive.writestr(zipfile.ZipInfo("index.html"), text)
    (tmp_path / "one" / "site" / "other").unlink()
    told = differences(tmp_path / "one", tmp_path / "two").splitlines()
    assert told[0] == "3 of 3 outputs differ:"
    assert "dist/offline.zip: index.html in it: byte 9: b'built on Monday', the other b'built on Tuesday'" in told[1]
    assert "site/other: only in" in told[2] and "two/site/other" in told[2]
    assert "site/page: byte 9" in told[3]
    assert differences(tmp_path / "one", tmp_path / "one") == ""


def test_the_disorder_reaches_every_way_of_reading_a_folder(tmp_path: Path) -> None:
    for number in range(30):
        (tmp_path / "full" / f"{number:02}").mkdir(parents=True)
    ask = (
        "import json, os, pathlib, glob\np = pathlib.Path('full')\n"
        "print(json.dumps([os.listdir(p), [e.name for e in os.scandir(p)], [c.name for c in p.iterdir()],"
        " [c.name for c in p.glob('*')], [c.name for c in p.rglob('*')], [n[5:] for n in glob.glob('full/*')],"
        " next(os.walk(p))[1]]))"
    )
    node = "import {readdirSync} from 'node:fs'; console.log(JSON.stringify(readdirSync('full')))"
    said = []
    for world in WORLDS:
        env = around(world, tmp_path / world.folder)
        for command in ([sys.executable, "-c", ask], ["node", "--input-type=module", "-e", node]):
            said.append(subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=True).stdout)
    assert len(set(said)) == 4
    lists = [order for text in (said[0], said[2]) for order in json.loads(text)]
    assert len(lists) == 14 and all(sorted(order) != order and len(order) == 30 for order in lists)
