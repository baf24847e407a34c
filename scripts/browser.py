"""A Chromium and a Chinese font for the tests: those that are there, else Debian's, else Playwright's own download.

    python -m scripts.browser      makes sure of both, and says where they are

Tests take the browser from `find_chromium()`; None stands for Playwright's own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from scripts.errors import BuildError
from scripts.progress import beating, complain, say

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DEBIAN_BROWSER = "chromium"
DEBIAN_FONT = "fonts-noto-cjk"


def find_chromium() -> Path | None:
    """The Chromium to drive: $CHROMIUM, else the first one on PATH, else None."""
    named = os.environ.get("CHROMIUM")
    if named:
        return Path(named)
    found = (shutil.which(name) for name in NAMES)
    return next((Path(path) for path in found if path), None)


def has_chinese_font() -> bool:
    """Whether fontconfig knows a font with Chinese characters."""
    if not shutil.which("fc-list"):
        return False
    run = subprocess.run(["fc-list", ":lang=zh-cn", "family"], capture_output=True, text=True, check=False)
    return bool(run.stdout.strip())


def make_sure() -> str:
    """Install what is missing; returns one sentence about what there is. Raises BuildError where that fails."""
    missing = [] if find_chromium() else [DEBIAN_BROWSER]
    missing += [] if has_chinese_font() else [DEBIAN_FONT]
    if missing and _may_install():
        with beating(f"用 apt-get 安装 {'、'.join(missing)}(约半分钟) "):
            _apt(missing)
    browser = find_chromium()
    if browser is None:
        with beating("下载 Playwright 自带的 Chromium(可能要几分钟) "):
            _playwright()
    font = "有中文字体" if has_chinese_font() else "没有中文字体(截图里的汉字会是方框,不影响结果)"
    return f"浏览器:{browser or 'Playwright 自带的 Chromium'};{font}。"


def _may_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def _apt(packages: list[str]) -> None:
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update", "-q"], ["install", "-y", "-q", "--no-install-recommends", *packages]):
        subprocess.run(["apt-get", *command], env=env, stdin=subprocess.DEVNULL, capture_output=True, check=False)


def _playwright() -> None:
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    run = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if run.returncode:
        raise BuildError(
            "没有可用的浏览器:请装一个 Chromium(Debian:apt-get install chromium fonts-noto-cjk),"
            "或用环境变量 CHROMIUM 指出它在哪里,再运行一次。"
        )


def main() -> int:
    """The command line; returns the exit code."""
    try:
        say(make_sure())
    except BuildError as error:
        complain(str(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
