"""Builds side by side on a server, one of them in force: a new one takes its place in one step, and so does the one before.

    FOLDER/releases/1a2b3c4d5e6f7a8b/   a whole build, named by what it holds
    FOLDER/releases/log                 one line a switch: `put NAME` or `back NAME`; the order of builds is this one
    FOLDER/current                      a link to the one in force: what the server shows
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from scripts.errors import BuildError, reason
from scripts.fingerprint import digest, write_if_changed
from scripts.guard import alone
from scripts.progress import complain
from scripts.publish import swap

KEPT = 5
"""As many builds stay; those in force longer ago go when a new one comes."""
CURRENT, LOG, UNFINISHED = "current", "log", ".new-"
NAME = re.compile(r"[0-9a-f]{16}")
SWITCH = re.compile(rf"(put|back) ({NAME.pattern})")
BUSY = "另一次换版正在进行，等它结束……"


def put(site: Path, folder: Path) -> str:
    """Copy a build in and show it; its name. What is shown is always a whole build, whenever this is cut short."""
    if not (site / "index.html").is_file():
        raise BuildError(f"{site} 里没有网站：先运行 make hosting。")
    with _switching(folder) as releases:
        name = _copied(site, releases)
        _show(folder, "put", name)
        _prune(releases, _order(folder))
    return name


def back(folder: Path) -> str:
    """Show the build that was in force before this one; its name."""
    if in_force(folder) is None:
        raise BuildError(f"{folder} 里没有正在用的一版：先放一版上去。")
    with _switching(folder) as releases:
        now, *earlier = reversed(_order(folder))
        there = [name for name in earlier if name != now and (releases / name).is_dir()]
        if not there:
            raise BuildError(f"{now} 以前没有留着更早的一版，退不回去。")
        _show(folder, "back", there[0])
    return there[0]


def in_force(folder: Path) -> str | None:
    """The build that is shown, None where there is none."""
    link = folder / CURRENT
    name = link.readlink().name if link.is_symlink() else ""
    return name if NAME.fullmatch(name) else None


@contextmanager
def _switching(folder: Path) -> Iterator[Path]:
    """The folder of builds, for one switch at a time. BuildError with one sentence for whatever the disk refuses."""
    releases = folder / "releases"
    try:
        if (folder / CURRENT).exists() and not (folder / CURRENT).is_symlink():
            raise BuildError(f"{folder / CURRENT} 不是链接，里面可能是别人放的东西：先把它移到别处，再来一次。")
        with alone(releases / ".lock", BUSY):
            yield releases
    except OSError as error:
        raise BuildError(f"写不进 {folder}：{reason(error)}。正在用的那一版没有动。") from None


def _copied(site: Path, releases: Path) -> str:
    """The build's name, when a whole copy of it stands under that name. A copy that was changed there is replaced."""
    wanted = digest(site, ["."], {})
    name = wanted[:16]
    if (releases / name).is_dir() and digest(releases / name, ["."], {}) == wanted:
        return name
    for left in releases.glob(f"{UNFINISHED}*"):  # by a copy that was killed: nobody else is at work now
        shutil.rmtree(left, ignore_errors=True)
    unfinished = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=releases))
    try:
        copy = unfinished / name
        shutil.copytree(site, copy)
        if digest(copy, ["."], {}) != wanted:
            raise BuildError(f"复制的时候 {site} 变了：等它做完，再来一次。正在用的那一版没有动。")
        swap(copy, releases / name)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return name


def _lines(folder: Path) -> list[str]:
    """The lines of the log. What nobody can read is no switch, but stays."""
    log = folder / "releases" / LOG
    return log.read_text("utf-8", errors="replace").splitlines() if log.is_file() else []


def _order(folder: Path) -> list[str]:
    """The builds that led to the one in force, in their order; it is the last. One that was taken back is not among them.

    The log is written before the link is moved: where the two differ, the link is right.
    """
    found: list[str] = []
    for switch in filter(None, map(SWITCH.fullmatch, _lines(folder))):
        found = _after(found, *switch.groups())
    now = in_force(folder)
    return _after(found, "back", now) if now else found


def _after(order: Sequence[str], what: str, name: str) -> list[str]:
    """The order of builds after one more switch."""
    if what == "back" and name in order:
        return list(order[: len(order) - order[::-1].index(name)])
    return [*order] if order and order[-1] == name else [*order, name]


def _show(folder: Path, what: str, name: str) -> None:
    """A line in the log, then a link made beside and renamed: no moment without one."""
    now = in_force(folder)
    if now == name:
        return
    known = _lines(folder)
    if now and " ".join(known[-1:]).split()[-1:] != [now]:  # the last switch was cut short, or somebody moved the link
        known.append(f"back {now}")
    write_if_changed(folder / "releases" / LOG, "".join(f"{line}\n" for line in [*known, f"{what} {name}"]))
    beside = folder / f".{CURRENT}.new"
    beside.unlink(missing_ok=True)
    beside.symlink_to(Path("releases") / name)
    beside.replace(folder / CURRENT)


def _prune(releases: Path, order: Sequence[str]) -> None:
    """Of the builds that led here the last stay, then the newest of the others. One that cannot go is named, no more."""
    try:
        there = [one for one in releases.iterdir() if NAME.fullmatch(one.name)]
        others = sorted((one for one in there if one.name not in order), key=lambda one: one.stat().st_ctime_ns, reverse=True)
        for one in [*(releases / name for name in dict.fromkeys(reversed(order))), *others][KEPT:]:
            if one.is_dir():
                shutil.rmtree(one)
    except OSError as error:
        complain(f"新的一版已经换上，但 {releases} 里旧的删不掉：{reason(error)}。")
