"""Known weaknesses in what is locked: pip-audit for each requirements*.txt, npm audit for each package-lock.json (`make audit`).

    python -m scripts.audit             whatever is locked
    python -m scripts.audit --strict    the same; what could not be checked is an error, too

Both ask where packages come from. Without a network, or where a mirror has the packages and not what is known of them, nothing is
checked, and that is said: an answer about some packages is none about the others. Exit 1: a known weakness; 3 (--strict): not
checked.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from scripts.beside import NotInstalled, beside
from scripts.progress import complain, say

ROOT = Path(__file__).resolve().parent.parent
LOCK = "requirements-audit.txt"
SERVICES = (("--vulnerability-service", "pypi"), ("--vulnerability-service", "osv"))
"""Whom pip-audit asks, one after the other until one knows all packages."""
NOBODY = "问不到"
LIMIT = 600
"""Seconds for one question."""

Json = Mapping[str, Any]


class Audit(NamedTuple):
    """What is known of one lock. found: weaknesses, one line each. missing: why not all was checked, "" = all was."""

    lock: str
    found: tuple[str, ...] = ()
    missing: str = ""


def of_python(lock: Path, tools: Path, services: Iterable[Sequence[str]] = SERVICES) -> Audit:
    """What pip-audit says of one lock. tools: where it is installed."""
    found: tuple[str, ...] = ()
    missing = ""
    for service in services:
        asked = ["-r", str(lock), "--require-hashes", "--disable-pip", "--format", "json", "--progress-spinner", "off", *service]
        said = _json([sys.executable, "-m", "pip_audit", *asked], lock.parent, {"PYTHONPATH": str(tools)})
        one = python_answer(lock.name, said)
        found, missing = tuple(dict.fromkeys((*found, *one.found))), one.missing
        if not missing:
            break
    return Audit(lock.name, found, missing)


def python_answer(lock: str, said: Json) -> Audit:
    """pip-audit's answer. It calls packages of which it was told nothing "skipped", and itself content."""
    packages = said.get("dependencies")
    if not packages:
        return Audit(lock, (), NOBODY)
    skipped = [one["name"] for one in packages if "skip_reason" in one]
    found = [
        f"{one['name']} {one['version']}:{weakness['id']}(改好的版本:{'、'.join(weakness['fix_versions']) or '还没有'})"
        for one in packages
        for weakness in one.get("vulns", ())
    ]
    return Audit(lock, tuple(found), f"{len(packages)} 个软件包里有 {len(skipped)} 个没有答案" if skipped else "")


def of_node(lock: Path, options: Sequence[str] = ()) -> Audit:
    """What npm audit says of one lock."""
    name = lock.relative_to(ROOT).as_posix() if lock.is_relative_to(ROOT) else lock.name
    return node_answer(name, _json(["npm", "audit", "--json", "--package-lock-only", *options], lock.parent, {}))


def node_answer(lock: str, said: Json) -> Audit:
    """npm's answer; without one it tells an error in the same form."""
    if "vulnerabilities" not in said:
        return Audit(lock, (), NOBODY)
    found = []
    for name, one in said["vulnerabilities"].items():
        why = [str(via.get("url") or via.get("title")) for via in one["via"] if isinstance(via, dict)]
        found.append(f"{name} {one['range']}:{one['severity']} {' '.join(why)}".strip())
    return Audit(lock, tuple(found))


def _json(command: Sequence[str], cwd: Path, around: Mapping[str, str]) -> Json:
    """What a program says on standard output; nothing if it says no JSON, is not there, or takes too long."""
    try:
        run = subprocess.run(
            command, cwd=cwd, env={**os.environ, **around}, stdin=subprocess.DEVNULL, capture_output=True, text=True,
            check=False, timeout=LIMIT,
        )  # fmt: skip
        said = json.loads(run.stdout)
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return {}
    return said if isinstance(said, dict) else {}


def audits(root: Path) -> Iterator[Audit]:
    """One for each lock in the checkout."""
    locks = sorted(root.glob("requirements*.txt"))
    try:
        tools = beside(root / LOCK, root / "build" / "audit" / "tools")
        yield from until_nobody(locks, lambda lock: of_python(lock, tools))
    except NotInstalled:
        yield from (Audit(lock.name, (), "pip-audit 装不上") for lock in locks)
    yield from until_nobody((root / "package-lock.json", *sorted((root / "scripts").rglob("package-lock.json"))), of_node)


def until_nobody(locks: Iterable[Path], of: Callable[[Path], Audit]) -> Iterator[Audit]:
    """One for each lock; where nobody answered once, nobody is asked again: each question takes as long as giving up does."""
    silent = False
    for lock in locks:
        one = Audit(lock.name, (), NOBODY) if silent else of(lock)
        silent = one.missing == NOBODY
        yield one


def report(told: Iterable[Audit], *, strict: bool) -> int:
    """Print what is known; returns the exit code."""
    weak, missing, count = 0, [], 0
    for one in told:
        count += 1
        for line in one.found:
            complain(f"{one.lock}:{line}")
        weak += len(one.found)
        if one.missing:
            missing.append(f"{one.lock}({one.missing})")
    if missing:
        where = "没有网络,或软件源不提供漏洞资料;换到有的地方再运行 make audit。"
        complain(f"没有查完依赖有没有已知的漏洞:{'、'.join(missing)}。{where}")
    if weak:
        complain(f"{weak} 处已知的漏洞。改 requirements*.in 或 package.json,再 make locks。")
    elif not missing:
        say(f"{count} 份锁定的依赖,没有已知的漏洞。")
    return 1 if weak else 3 if missing and strict else 0


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m scripts.audit", description="看看锁定的依赖有没有已知的漏洞。")
    parser.add_argument("--strict", action="store_true", help="没有查到也算失败")
    return report(audits(ROOT), strict=parser.parse_args(arguments).strict)


if __name__ == "__main__":
    sys.exit(main())
