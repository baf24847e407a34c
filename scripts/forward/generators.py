"""Each generator in a folder of its own, with nothing but the staged pages, mkdocs.yml and our templates."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

COMMANDS = {
    "mkdocs": ["mkdocs", "build", "--quiet"],
    "properdocs": ["properdocs", "build", "--quiet", "--config-file", "mkdocs.yml"],
    "zensical": ["zensical", "build", "--strict", "--config-file", "mkdocs.yml"],
}


class Failed(Exception):
    """A generator built nothing; with its own words."""


def build(generator: str, root: Path, staged: Path, folder: Path, added: Path) -> Path:
    """The site that one generator makes of the staged pages; nothing of ours is done to it afterwards.

    folder: it works in a folder of this one. added: where generators are installed that the build has not. Raises Failed.
    """
    place = folder / generator
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(root / "docs" / "theme", place / "docs" / "theme")
    shutil.copytree(staged, place / "build" / "staged", copy_function=os.link)
    shutil.copyfile(root / "mkdocs.yml", place / "mkdocs.yml")
    own = {} if generator == "mkdocs" else {"PYTHONPATH": str(added)}
    _run([sys.executable, "-m", *COMMANDS[generator]], place, {**own, "OFFLINE": "false", "NO_MKDOCS_2_WARNING": "1"})
    return place / "site"


def _run(command: list[str], cwd: Path, around: dict[str, str]) -> None:
    environment = {key: value for key, value in os.environ.items() if key not in ("SITE_URL", "YIBAO_STAGED")} | around
    done = subprocess.run(
        command, cwd=cwd, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Failed(f"{' '.join(command[1:])}:\n{(done.stdout + done.stderr).strip()}")
