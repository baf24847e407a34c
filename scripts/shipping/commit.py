"""Which commit a release is made of: what is not in a commit, nobody can make again."""

from __future__ import annotations

import subprocess
from pathlib import Path

from scripts.errors import BuildError, refused

SHOWN = 5


def clean_commit(root: Path) -> str:
    """The commit of the checkout at `root`. Raises BuildError where there is none, or where something differs from it."""
    listed = _git(root, "status", "--porcelain", "--untracked-files=all", "--no-renames", "-z")
    changed = [line[3:] for line in listed.split("\0") if line]
    if changed:
        named = "、".join(changed[:SHOWN]) + ("……" if len(changed) > SHOWN else "")
        raise BuildError(
            f"有 {len(changed)} 个文件还没有提交（{named}）；发布包要说得出是哪一次提交：请先提交，再运行一次 make release。"
        )
    return _git(root, "rev-parse", "--verify", "HEAD").strip()


def _git(root: Path, *arguments: str) -> str:
    try:
        run = subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise refused(error) from None
    if run.returncode:
        told = (run.stderr.strip().splitlines() or ["没有说明原因"])[0]
        raise BuildError(f"git 说不出这里是哪一次提交（{told}）；请在 git 克隆里、提交以后运行 make release。")
    return run.stdout
