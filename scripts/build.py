"""The whole build: load → check → wheel → runtime → stage → mkdocs (hosted and offline) → pack → publish.

Everything is made in build/ and swapped into site/, dist/ and calculator/rulebook.json at the very end, so a build that
fails or is killed leaves the site and the command line as they were, with the same rules. Unchanged inputs: nothing is done.

    python -m scripts.build            all of it
    python -m scripts.build --force    all of it, unchanged or not
    python -m scripts.build --rules    load and check the rules and write calculator/rulebook.json, no more
"""

from __future__ import annotations

import argparse
import datetime
import json
import multiprocessing
import os
import platform
import shutil
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from scripts.errors import BuildError, refused
from scripts.fingerprint import Stamp, digest, write_if_changed
from scripts.guard import alone
from scripts.progress import Progress, complain, say
from scripts.publish import publish_apart

INPUTS = (
    "LICENSE", "LICENSE-CONTENT", "README.md", "calculator", "docs", "mkdocs.yml", "package-lock.json",
    "pyproject.toml", "requirements-pyodide-build.txt", "requirements.txt", "rules", "scripts",
)  # fmt: skip
GENERATED = "calculator/rulebook.json"
SWITCHES = ("FILING_ICP", "FILING_POLICE", "REPORT_ISSUES", "REPORT_MAIL", "SERVICE_WORKER", "SITE_URL")
OUTPUTS = ("dist", "site", GENERATED)
PUBLISHED = ("site", "dist", GENERATED)
RELEASES = "dist/release"
"""What `make release` made: no build makes it, and each leaves it there."""
STAGES = 9
STANDING = "构建没有完成;site/ 和 dist/ 没有动。"
DOWNLOADS = ("yibao-offline.zip", "yibao-calculator.html")
"""Made in dist/ and served by the site as well."""


@dataclass
class Build:
    """One run of the build in the checkout at `root`."""

    root: Path
    progress: Progress = field(default_factory=lambda: Progress(STAGES))
    left_out: list[str] = field(default_factory=list)
    held: int = -1
    """The descriptor of the lock that keeps other builds waiting."""

    @property
    def work(self) -> Path:
        """Where everything is made."""
        return self.root / "build"

    @property
    def next(self) -> Path:
        """The site and dist to be."""
        return self.work / "next"

    @property
    def stamp(self) -> Path:
        """What the last complete build was made of."""
        return self.work / "stamp.json"

    def inputs(self) -> str:
        """One hash over all that the outputs depend on."""
        around = {"python": platform.python_version(), **{name: os.environ.get(name, "") for name in SWITCHES}}
        return digest(self.root, INPUTS, around, without=[GENERATED])

    def outputs(self) -> str:
        """One hash over all that the build made."""
        return digest(self.root, OUTPUTS, {}, without=[RELEASES])

    def run(self, *, force: bool) -> None:
        """Build and publish, unless the last build was of the same inputs and its outputs stand untouched."""
        started = time.monotonic()
        inputs = self.inputs()
        last = Stamp.read(self.stamp)
        if not force and last and last.inputs == inputs and last.outputs == self.outputs():
            self.left_out = last.left_out
            say(f"没有改动,site/ 和 dist/ 已是最新({time.monotonic() - started:.1f} 秒)。")
        else:
            self._make()
            self._remember(inputs)
            say(f"建好了:site/(网站)、dist/(离线包和 wheel),共 {time.monotonic() - started:.0f} 秒。")
        for sentence in self.left_out:
            say(f"注意:{sentence}")

    def _remember(self, inputs: str) -> None:
        """Note what the published build was made of. Without that note it stands all the same, and is made once more."""
        times = json.dumps(self.progress.times, ensure_ascii=False, indent=1)
        try:
            Stamp(inputs, self.outputs(), self.left_out).write(self.stamp)
            write_if_changed(self.work / "times.json", times + "\n")
        except OSError as error:
            say(f"注意:没能记下这次是怎样建的,下一次会重建。{refused(error)}")

    def _make(self) -> None:
        for folder in (self.next, self.work / "staged", self.work / "runtime", self.work / "offline"):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
        rulebook = self.rules(self.next / GENERATED)
        epoch = epoch_of(rulebook["data_date"])
        os.environ["SOURCE_DATE_EPOCH"] = str(epoch)
        wheel = self._wheel(epoch)
        self._lock(wheel)
        manifest = self._runtime(rulebook)
        self._stage(rulebook, manifest)
        self._render()
        self._pack(rulebook, manifest)
        with self.progress.stage("发布到 site/ 和 dist/"):
            if (self.root / RELEASES).is_dir():
                shutil.copytree(self.root / RELEASES, self.next / RELEASES, copy_function=os.link)
            publish_apart(self.next, self.root, PUBLISHED, self.held)
        shutil.rmtree(self.next, ignore_errors=True)

    def rules(self, out: Path) -> dict[str, Any]:
        """Load and check the rules, write the compiled rulebook to `out`, and return it as a reader of it would see it."""
        from scripts.rulebook import build_rulebook, run_cases

        rules_dir = self.root / "rules"
        with self.progress.stage("读规则"):
            text = json.dumps(build_rulebook(rules_dir), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            rulebook: dict[str, Any] = json.loads(text)
        with self.progress.stage("核对规则里的例子"):
            failures = run_cases(rulebook, rules_dir)
            if failures:
                lines = "\n".join(f"  {failure}" for failure in failures)
                raise BuildError(f"有 {len(failures)} 个例子算出来和写的不一样,请改规则或改例子:\n{lines}")
            for path in (out, self.work / "rulebook.json"):
                path.parent.mkdir(parents=True, exist_ok=True)
                write_if_changed(path, text + "\n")
        return rulebook

    def _wheel(self, epoch: int) -> Path:
        from scripts.wheel import build_wheel

        with self.progress.stage("打包计算器(wheel)"):
            return build_wheel(self.root, self.next / GENERATED, self.work / "wheel", self.next / "dist", epoch)

    def _lock(self, wheel: Path) -> None:
        from scripts.pyodide_lock import LeftOut, write_lock

        with self.progress.stage("写 pyodide-lock.json"):
            npm_lock = self.root / "node_modules" / "pyodide" / "pyodide-lock.json"
            try:
                lock = write_lock(self.root, wheel, npm_lock, self.work / "cache", self.next / "dist")
            except LeftOut as reason:
                self.left_out.append(str(reason))
                return
            served = self.work / "pyodide"
            shutil.rmtree(served, ignore_errors=True)
            served.mkdir()
            shutil.copyfile(lock, served / lock.name)
            shutil.copyfile(wheel, served / wheel.name)

    def _runtime(self, rulebook: dict[str, Any]) -> dict[str, Any]:
        from scripts.runtime import prepare_runtime

        with self.progress.stage("准备浏览器里的 Python"):
            return prepare_runtime(
                self.root / "node_modules", self.root / "calculator", rulebook,
                self.work / "cache", self.work / "runtime",
            )  # fmt: skip

    def _stage(self, rulebook: dict[str, Any], manifest: dict[str, Any]) -> None:
        from scripts.site import stage

        with self.progress.stage("写出全部页面的文字"):
            stage(self.root, rulebook, manifest, self.work / "staged")

    def _render(self) -> None:
        with self.progress.stage("排版网站和离线版"):
            staged = self.work / "staged"
            spawn = multiprocessing.get_context("spawn")
            with ProcessPoolExecutor(2, mp_context=spawn) as pool:
                both = [
                    pool.submit(render, self.root, staged, self.next / "site", False),
                    pool.submit(render, self.root, staged, self.work / "offline", True),
                ]
                for one in both:
                    one.result()
            if not self.left_out:
                shutil.copytree(self.work / "pyodide", self.next / "site" / "pyodide", dirs_exist_ok=True)

    def _pack(self, rulebook: dict[str, Any], manifest: dict[str, Any]) -> None:
        from scripts.runtime import pack_offline
        from scripts.site import write_single

        with self.progress.stage("打离线包和单文件计算器"):
            downloads = self.next / "site" / "downloads"
            downloads.mkdir(parents=True, exist_ok=True)
            pack_offline(self.work / "offline", self.next / "dist" / DOWNLOADS[0])
            write_single(rulebook, manifest, self.next / "dist" / DOWNLOADS[1])
            for name in DOWNLOADS:
                shutil.copyfile(self.next / "dist" / name, downloads / name)


def render(root: Path, staged: Path, out: Path, offline: bool) -> None:
    """Run MkDocs over the staged pages; a function of its own so that another process can be handed it."""
    from scripts.site import build_site

    build_site(root, staged, out, offline)


def epoch_of(day: str) -> int:
    """Midnight UTC of an ISO date, seconds since 1970: the one time that files of this build carry."""
    midnight = datetime.datetime.combine(datetime.date.fromisoformat(day), datetime.time(), datetime.UTC)
    return int(midnight.timestamp())


def explained(action: Callable[[], None], standing: str = STANDING) -> int:
    """Run `action`; an expected failure becomes its sentence on standard error, with `standing` after it, and exit code 1."""
    from scripts.rulebook import RuleErrors

    try:
        action()
    except KeyboardInterrupt:
        complain(f"已中断。\n{standing}".strip())
        return 130
    except RuleErrors as errors:
        told = f"{errors}\n规则文件有 {len(errors.errors)} 处错误,改好后再运行一次。"
    except yaml.YAMLError as error:
        told = f"docs/ 里有一个 YAML 文件写错了,请按下面说的地方改:\n{error}"
    except (BrokenProcessPool, MemoryError):
        told = "内存不够,系统停掉了构建里的一个进程。请关掉一些别的程序,再运行一次。"
    except OSError as error:
        told = str(refused(error))
    except BuildError as error:
        told = str(error)
    else:
        return 0
    complain(f"{told}\n{standing}".strip())
    return 1


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m scripts.build", description="建网站、离线包和 wheel。")
    parser.add_argument("--force", action="store_true", help="没有改动也重建")
    parser.add_argument("--rules", action="store_true", help="只读规则、核对例子、写 calculator/rulebook.json")
    chosen = parser.parse_args(arguments)
    build = Build(Path(__file__).resolve().parent.parent)

    def action() -> None:
        with alone(build.work / ".lock") as build.held:
            if chosen.rules:
                build.progress.total = 2
                build.rules(build.root / GENERATED)
            else:
                build.run(force=chosen.force)

    return explained(action)


if __name__ == "__main__":
    sys.exit(main())
