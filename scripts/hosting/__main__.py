"""python -m scripts.hosting make|put|back: what a server needs (build/hosting), a build put in place, and taken back."""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from scripts.errors import BuildError, reason
from scripts.guard import alone
from scripts.hosting.headers import read
from scripts.hosting.objects import write_objects
from scripts.hosting.releases import back, put
from scripts.hosting.settings import Place, settings
from scripts.progress import complain, say
from scripts.publish import swap

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / "build"
OUT = WORK / "hosting"
"""Not in dist/, which is the build's own: what stood there besides would count as a change of it."""


def make(site: Path, out: Path, place: Place) -> int:
    """Settings and the packed site in `out`, all at once; how many files were packed. BuildError for what is missing."""
    headers = read(site / "_headers")
    texts = settings(headers, place)
    fresh = out.with_name(f".{out.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        shutil.copytree(site, fresh / "site")
        for name, text in texts.items():
            (fresh / name).write_text(text, "utf-8")
        packed = _packed(fresh / "site", out / "site")
        write_objects(fresh / "site", headers, fresh)
        swap(fresh, out)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return packed


def _packed(site: Path, before: Path) -> int:
    """How many files got a packed copy beside them. before: a site packed earlier, if it is there."""
    tool = Path(__file__).with_name("pack.mjs")
    try:
        run = subprocess.run(["node", str(tool), str(site), str(before)], capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise BuildError("没有找到 node：装好 Node 20 再来。") from None
    if run.returncode:
        why = [line for line in run.stderr.splitlines() if "Error" in line]
        raise BuildError(f"压缩网站的文件没有成功：{(why or ['没有说明原因'])[0].strip()}")
    return int(run.stdout)


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m scripts.hosting", description="服务器要用的设置和文件。")
    parser.add_argument("what", choices=("make", "put", "back"), help="做设置；放一版上去；退回前一版")
    parser.add_argument("--to", type=Path, default=Path("/srv/yibao"), help="放在服务器的哪个文件夹")
    parser.add_argument("--prefix", default="/", help="网站的路径，例如 /yibao/")
    parser.add_argument("--name", default="_", help="域名")
    parser.add_argument("--port", type=int, default=80)
    parser.add_argument("--brotli", action="store_true", help="nginx 装了 brotli 的静态模块")
    asked = parser.parse_args(arguments)
    try:
        say(_done(asked))
    except BuildError as error:
        complain(str(error))
        return 1
    except OSError as error:
        complain(f"没有做成：{reason(error)}（{error.filename or OUT}）。改好以后再运行一次。")
        return 1
    return 0


def _done(asked: argparse.Namespace) -> str:
    """Do what was asked for; the sentence that says so."""
    if asked.what == "back":
        return f"退回到 {back(asked.to)}。"
    with alone(WORK / ".lock"):  # the build's own: what is copied must not change meanwhile
        if asked.what == "put":
            return f"现在用的是 {put(OUT / 'site', asked.to)}。"
        place = Place(asked.prefix, f"{asked.to}/current", asked.name, asked.port, asked.brotli)
        packed = make(ROOT / "site", OUT, place)
    return f"build/hosting 做好了：nginx、Caddy、容器的设置，给对象存储的清单，和网站（{packed} 个文件有压缩好的副本）。"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
