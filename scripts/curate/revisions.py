"""The rules as they stood at another version in git."""

from __future__ import annotations

import io
import subprocess
import tarfile
from pathlib import Path

from scripts.errors import BuildError


def rules_at(root: Path, revision: str, into: Path) -> Path:
    """Unpack `rules/` of a revision of the checkout at `root`; returns the folder. Raises BuildError if there is none."""
    if not _git(root, "rev-parse", "--git-dir"):
        raise BuildError("这里不是 git 仓库，没有可以比的旧版本；make diff 要在 git 克隆里运行")
    commit = _git(root, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}").decode().strip()
    if not commit or revision.startswith("-"):
        raise BuildError(f"没有 {revision} 这个版本；BASE 应当是提交号、分支名，或 HEAD~1 这样的写法")
    packed = _git(root, "archive", commit, "rules")
    if not packed:
        raise BuildError(f"{revision} 这个版本里没有 rules/；BASE 请换一个晚一些的版本")
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(into, filter="data")
    return into / "rules"


def _git(root: Path, *arguments: str) -> bytes:
    """What git prints; nothing if it fails. Paths stay as they are spelled."""
    try:
        command = ["git", "-C", str(root), "-c", "core.quotePath=false", *arguments]
        run = subprocess.run(command, capture_output=True, check=False)
    except FileNotFoundError:
        raise BuildError("没有找到 git；请先装好 git") from None
    return run.stdout if run.returncode == 0 else b""
