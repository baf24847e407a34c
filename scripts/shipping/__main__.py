"""The steps of `make release`, after the rulebook is kept.

    python -m scripts.shipping ready           are all versions one, is the rulebook kept, is everything committed?
    python -m scripts.shipping pack            put the built site/ and dist/ into dist/release/<version>/
    python -m scripts.shipping check FOLDER    is every file of a release what its manifest says?
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from scripts.build import RELEASES, SWITCHES, Build, epoch_of, explained
from scripts.errors import BuildError
from scripts.fingerprint import Stamp
from scripts.guard import alone
from scripts.progress import beating, say
from scripts.releases import KEPT, ensure_kept
from scripts.rulebook import build_rulebook
from scripts.shipping import Made, clean_commit, pack, untied, wrong_in

ROOT = Path(__file__).resolve().parents[2]


def ready(root: Path) -> tuple[dict[str, Any], str]:
    """The rulebook and the commit that a release of the checkout at `root` would be of. BuildError for what is in the way."""
    rulebook = build_rulebook(root / "rules")
    apart = untied(root, rulebook["version"])
    if apart:
        raise BuildError("这些版本对不上：\n  " + "\n  ".join(apart) + "\n改好、提交以后，再运行一次 make release。")
    ensure_kept(rulebook, root / KEPT)
    return rulebook, clean_commit(root)


def packed(build: Build) -> str:
    """Make the release of what is built; a sentence that says where it is."""
    rulebook, commit = ready(build.root)
    last = Stamp.read(build.stamp)
    if last is None or last.inputs != build.inputs() or last.outputs != build.outputs():
        raise BuildError("site/ 和 dist/ 不是用现在的文件建的；请先运行 make site，再运行一次 make release。")
    made = Made(
        version=rulebook["version"], data_date=rulebook["data_date"], rulebook_hash=rulebook["hash"], commit=commit,
        epoch=epoch_of(rulebook["data_date"]), left_out=last.left_out,
        switches={name: os.environ[name] for name in SWITCHES if os.environ.get(name)},
    )  # fmt: skip
    folder, rough = build.root / RELEASES / made.version, build.work / "release"
    with beating(f"做发布包 {made.version} "):
        _same_rulebook(build.root, made)
        pack(build.root, made, rough)
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        rough.rename(folder)
    elif (rough / "manifest.json").read_bytes() != (folder / "manifest.json").read_bytes() or wrong_in(folder):
        raise BuildError(
            f"{RELEASES}/{made.version} 里已经有这一版，和现在做出来的不同；发布过的版本不能换内容："
            "请改 rules/rulebook.yaml 的 version。还没有给过别人的，删掉那个文件夹，再运行一次 make release。"
        )
    return f"发布包做好了：{RELEASES}/{made.version}（提交 {commit[:12]}）。签名和核对的办法见 CONTRIBUTING.md 的“发布”。"


def _same_rulebook(root: Path, made: Made) -> None:
    """Wheel and site must hold the rulebook that was kept."""
    with zipfile.ZipFile(root / "dist" / f"yibao_calculator-{made.version}-py3-none-any.whl") as archive:
        inside = json.loads(archive.read("calculator/rulebook.json"))
    served = json.loads((root / "site" / "api" / "rulebook.json").read_bytes())
    for name, one in (("wheel", inside), ("网站", served)):
        if (one["version"], one["hash"]) != (made.version, made.rulebook_hash):
            raise BuildError(f"{name}里的规则书不是留存的那一份；请运行 make rebuild，再运行一次 make release。")


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m scripts.shipping", description="做发布包，核对发布包。")
    parser.add_argument("what", choices=("ready", "pack", "check"))
    parser.add_argument("folder", nargs="?", type=Path, help="check：哪个文件夹里的发布包")
    asked = parser.parse_args(arguments)
    build = Build(ROOT)

    def action() -> None:
        if asked.what == "ready":
            rulebook, commit = ready(ROOT)
            say(f"第 {rulebook['version']} 版：各处的版本一致，规则书已留存，全部提交了（{commit[:12]}）。")
        elif asked.what == "pack":
            with alone(build.work / ".lock"):
                say(packed(build))
        elif asked.folder is None:
            parser.error("check 要写发布包在哪个文件夹")
        elif found := wrong_in(asked.folder):
            raise BuildError("\n".join(found))
        else:
            say(f"{asked.folder}：每个文件都和清单一致。")

    return explained(action, "发布包没有做成。" if asked.what == "pack" else "")


if __name__ == "__main__":
    sys.exit(main())
