"""Two clones in different folders, with different homes, zones and hash seeds, build the same bytes."""

from __future__ import annotations

import hashlib
import os
import subprocess
from pathlib import Path

import pytest

from scripts.fingerprint import files_under

ROOT = Path(__file__).resolve().parents[2]


def contents(clone: Path) -> dict[str, str]:
    """Name -> hash of every output."""
    paths = [path for name in ("site", "dist", "calculator/rulebook.json") for path in files_under(clone / name)]
    return {path.relative_to(clone).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


@pytest.mark.slow
def test_fresh_clones_in_different_folders_build_the_same_bytes(tmp_path):
    found = []
    source = ROOT
    for name, zone, seed in (("one", "UTC", "1"), ("一个 文件夹", "Asia/Shanghai", "2")):
        clone = tmp_path / name
        subprocess.run(["git", "clone", "-q", str(source), str(clone)], check=True)
        source = clone  # the second clone is of the same commit, whatever happens to the first repository meanwhile
        home = tmp_path / f"home {name}"
        home.mkdir()
        env = {**os.environ, "HOME": str(home), "TZ": zone, "PYTHONHASHSEED": seed}
        run = subprocess.run(
            ["make", "site"], cwd=clone, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
        )
        assert run.returncode == 0, run.stdout[-2000:] + run.stderr[-2000:]
        found.append(contents(clone))
    assert found[0] == found[1]
