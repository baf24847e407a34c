"""Builds side by side on a server, one of them in force: a new one takes its place in one step, and so does the one before.

    FOLDER/releases/1a2b3c4d5e6f7a8b/   a whole build, named by what it holds
    FOLDER/current                      a link to the one in force: what the server shows
"""

from __future__ import annotations

import shutil
from pathlib import Path

from scripts.errors import BuildError
from scripts.fingerprint import digest

KEPT = 5
"""As many builds stay; older ones go when a new one comes."""
CURRENT = "current"


def put(site: Path, folder: Path) -> str:
    """Copy a build in and show it; its name. What is shown is always a whole build, whenever this is cut short."""
    if not (site / "index.html").is_file():
        raise BuildError(f"{site} 里没有网站：先运行 make hosting。")
    releases = folder / "releases"
    name = digest(site, ["."], {})[:16]
    if not (releases / name).is_dir():
        unfinished = releases / f".{name}"
        shutil.rmtree(unfinished, ignore_errors=True)
        try:
            releases.mkdir(parents=True, exist_ok=True)
            shutil.copytree(site, unfinished)
            unfinished.rename(releases / name)
        except OSError as error:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise BuildError(f"写不进 {folder}：{error.strerror or error}。正在用的那一版没有动。") from None
    _show(folder, name)
    for old in [one for one in _all(folder) if one.name != name][:-KEPT + 1]:
        shutil.rmtree(old)
    return name


def back(folder: Path) -> str:
    """Show the build before the one in force; its name."""
    builds, now = [one.name for one in _all(folder)], in_force(folder)
    if now is None or now not in builds:
        raise BuildError(f"{folder} 里没有正在用的一版：先放一版上去。")
    at = builds.index(now)
    if at == 0:
        raise BuildError(f"{now} 已经是留着的最早一版，没有更早的可以退回。")
    _show(folder, builds[at - 1])
    return builds[at - 1]


def in_force(folder: Path) -> str | None:
    """The build that is shown, None where there is none."""
    link = folder / CURRENT
    return link.readlink().name if link.is_symlink() else None


def _all(folder: Path) -> list[Path]:
    """The whole builds, in the order in which they came."""
    home = folder / "releases"
    found = [one for one in home.iterdir() if not one.name.startswith(".")] if home.is_dir() else []
    return sorted(found, key=lambda one: (one.stat().st_ctime_ns, one.name))


def _show(folder: Path, name: str) -> None:
    """A link made beside and renamed: no moment without one."""
    beside = folder / f".{CURRENT}.new"
    beside.unlink(missing_ok=True)
    beside.symlink_to(Path("releases") / name)
    beside.replace(folder / CURRENT)
