"""Three browsers and a Chinese font for the tests: those that are there, else Debian's; for Chromium, else Playwright's own.

    python -m scripts.browser      makes sure of them, and says where they are

Tests take Chromium from `find_chromium()`, where None stands for Playwright's own, and the others from `find_firefox()` and
`find_webkit()`, where None means that the tests of that engine fail, with a sentence.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from scripts.errors import BuildError
from scripts.progress import beating, complain, say

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FIREFOXES = ("firefox-esr", "firefox")
WEBKIT_FOLDERS = ("/usr/lib/*/webkit2gtk-4.*", "/usr/libexec/webkit2gtk-4.*", "/usr/lib64/webkit2gtk-4.*")
DEBIAN_CHROMIUM = ("chromium",)
DEBIAN_FIREFOX = ("firefox-esr",)
DEBIAN_WEBKIT = ("webkit2gtk-driver", "xvfb")
DEBIAN_FONT = ("fonts-noto-cjk",)


@dataclass(frozen=True)
class WebKit:
    """What it takes to drive WebKitGTK. screen: an X server that shows nothing."""

    driver: Path
    browser: Path
    screen: Path


def find_chromium() -> Path | None:
    """The Chromium to drive: $CHROMIUM, else the first one on PATH, else None."""
    return _named("CHROMIUM", CHROMIUMS)


def find_firefox() -> Path | None:
    """The Firefox to drive: $FIREFOX, else the first one on PATH, else None."""
    return _named("FIREFOX", FIREFOXES)


def find_webkit() -> WebKit | None:
    """WebKitGTK with its driver and a screen for it; None where one of the three is missing."""
    driver, screen = shutil.which("WebKitWebDriver"), shutil.which("Xvfb")
    browsers = sorted(path for folder in WEBKIT_FOLDERS for path in Path("/").glob(f"{folder[1:]}/MiniBrowser"))
    return WebKit(Path(driver), browsers[-1], Path(screen)) if driver and browsers and screen else None


def _named(variable: str, names: tuple[str, ...]) -> Path | None:
    named = os.environ.get(variable)
    if named:
        return Path(named)
    found = (shutil.which(name) for name in names)
    return next((Path(path) for path in found if path), None)


def has_chinese_font() -> bool:
    """Whether fontconfig knows a font with Chinese characters."""
    if not shutil.which("fc-list"):
        return False
    run = subprocess.run(["fc-list", ":lang=zh-cn", "family"], capture_output=True, text=True, check=False)
    return bool(run.stdout.strip())


def make_sure() -> str:
    """Install what is missing; returns one sentence about what there is. Raises BuildError where that fails."""
    wanted = (
        (find_chromium(), DEBIAN_CHROMIUM),
        (find_firefox(), DEBIAN_FIREFOX),
        (find_webkit(), DEBIAN_WEBKIT),
        (has_chinese_font(), DEBIAN_FONT),
    )
    missing = [package for there, packages in wanted if not there for package in packages]
    if missing and _may_install():
        with beating(f"用 apt-get 安装 {'、'.join(missing)}(约半分钟) "):
            _apt(missing)
    browser = find_chromium()
    if browser is None:
        with beating("下载 Playwright 自带的 Chromium(可能要几分钟) "):
            _playwright()
    font = "有中文字体" if has_chinese_font() else "没有中文字体(截图里的汉字会是方框,不影响结果)"
    others = ((find_firefox(), "Firefox", DEBIAN_FIREFOX), (find_webkit(), "WebKit", DEBIAN_WEBKIT))
    lacking = [f"没有 {name}(apt-get install {' '.join(debian)}),它的测试会失败" for there, name, debian in others if not there]
    found = [str(browser or "Playwright 自带的 Chromium"), *(name for there, name, _ in others if there)]
    return ";".join([f"浏览器:{'、'.join(found)}", *lacking, font]) + "。"


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
