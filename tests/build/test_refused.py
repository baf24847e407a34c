"""What the system refuses, or what is missing, is said in one sentence with what mends it; the build before stays whole."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from scripts import publish as publishing
from scripts.build import explained
from scripts.curate.revisions import rules_at
from scripts.errors import BuildError, of_tool, refused
from scripts.proof.changed import UnknownCommit, changed_since
from scripts.publish import publish
from scripts.runtime.parts import run_node
from tests.build.conftest import House, furnish

REFUSING = '''
import os, sys
number, place = int(os.environ["REFUSED"]), os.environ["PLACE"]
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT

def refuse(event, arguments):
    writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITES
    if (writes or event in ("os.mkdir", "os.rename")) and not isinstance(arguments[0], int):
        paths = [os.path.abspath(os.fsdecode(one)) for one in arguments[:2] if isinstance(one, (str, bytes, os.PathLike))]
        if any(place in path for path in paths):
            raise OSError(number, os.strerror(number), paths[0])

sys.addaudithook(refuse)
'''
"""As a disk would: nothing can be opened for writing, made or renamed in PLACE, by any Python of the build."""

PLACES = (
    "build/.lock", "build/next/site", "build/next/calculator", "build/rulebook.json", "build/wheel", "dist/yibao_calculator",
    "build/staged/words", "next/site/page-7", "offline/page-19", "dist/part-3", "dist/yibao-offline.zip", "site/downloads",
)  # fmt: skip
NUMBERS = {
    errno.ENOSPC: "磁盘满了", errno.EDQUOT: "磁盘配额用完了", errno.EROFS: "只能读,不能写",
    errno.EACCES: "没有权限", errno.EIO: "磁盘读写出错",
}  # fmt: skip
QUICK = [(errno.ENOSPC, "dist/part-3"), (errno.ENOSPC, "dist/yibao_calculator"), (errno.EROFS, "build/.lock")]
MANY = [(number, place) for number in NUMBERS for place in PLACES if (number, place) not in QUICK]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house that was built, and whose rule has changed since."""
    house = furnish(tmp_path_factory.mktemp("refused") / "a house")
    assert house.build().returncode == 0
    house.says("second")
    (house.root.parent / "hook").mkdir()
    (house.root.parent / "hook" / "sitecustomize.py").write_text(REFUSING)
    yield house


def one_sentence(run: subprocess.CompletedProcess[str], said: str) -> None:
    """What the reader is told: `said`, what to do, and that nothing was touched, and no trace of where in the code."""
    assert run.returncode == 1, run.stdout + run.stderr
    lines = run.stderr.replace("，", ",").strip().splitlines()
    assert len(lines) == 2, run.stderr
    assert said in lines[0] and "请" in lines[0] and lines[0].endswith("再运行一次。")
    assert lines[1] == "构建没有完成;site/ 和 dist/ 没有动。"


def refuse(house: House, number: int, place: str) -> subprocess.CompletedProcess[str]:
    env = {**house.env, "PYTHONPATH": str(house.root.parent / "hook"), "REFUSED": str(number), "PLACE": place}
    return subprocess.run(house.command(), cwd=house.root, env=env, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("number", "place"), QUICK + [pytest.param(*one, marks=pytest.mark.slow) for one in MANY], ids=lambda one: str(one)
)
def test_a_disk_that_refuses_is_one_sentence_and_the_build_before_stays(built: House, number: int, place: str) -> None:
    before = built.outputs()
    built.says(f"{number} in {place}")
    one_sentence(refuse(built, number, place), NUMBERS[number])
    assert built.outputs() == before


def test_when_the_disk_has_room_again_the_next_build_succeeds(house: House) -> None:
    house.build()
    house.says("second")
    hook = house.root.parent / "hook"
    hook.mkdir()
    (hook / "sitecustomize.py").write_text(REFUSING)
    assert refuse(house, errno.ENOSPC, "dist/part-3").returncode == 1
    assert house.build().returncode == 0
    assert house.whole() and house.pages() == {"second"}


def test_a_build_that_cannot_be_noted_stands_all_the_same(house: House) -> None:
    hook = house.root.parent / "hook"
    hook.mkdir()
    (hook / "sitecustomize.py").write_text(REFUSING)
    run = refuse(house, errno.ENOSPC, "build/stamp.json")
    assert run.returncode == 0 and "下一次会重建。磁盘满了" in run.stdout
    assert house.whole()


def mounted(house: House, mount: str) -> subprocess.CompletedProcess[str]:
    """Build where `mount` was run first, in a world of mounts that ends with the build."""
    unshare = shutil.which("unshare")
    world = [str(unshare), "--mount", *([] if os.geteuid() == 0 else ["--map-root-user"])]
    if not unshare or subprocess.run([*world, "true"], capture_output=True, check=False).returncode:
        pytest.skip("no right to mount here; the same is tried with refusals of our own")
    script = f'{mount} && PATH="{house.env["PATH"]}" exec "$@"'
    env = {**house.env, "PATH": os.environ["PATH"]}
    command = [*world, "sh", "-c", script, "sh", *house.command()]
    return subprocess.run(command, cwd=house.root, env=env, capture_output=True, text=True, check=False)


@pytest.mark.slow
@pytest.mark.parametrize("room", ["16k", "64k", "128k", "200k"])
def test_a_full_disk(built: House, room: str) -> None:
    before = built.outputs()
    one_sentence(mounted(built, f"mount -t tmpfs -o size={room} tmpfs build"), "磁盘满了")
    assert built.outputs() == before


@pytest.mark.slow
@pytest.mark.parametrize("folder", [".", "build"])
def test_a_folder_that_can_only_be_read(built: House, folder: str) -> None:
    before = built.outputs()
    one_sentence(mounted(built, f"mount --bind {folder} {folder} && mount -o remount,ro,bind {folder} && cd ."), "只能读,不能写")
    assert built.outputs() == before


@pytest.mark.slow
def test_files_that_may_not_grow(built: House) -> None:
    before = built.outputs()
    command = ["prlimit", "--fsize=1024:1024", *built.command()]
    env = {**built.env, "PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"}
    run = subprocess.run(command, cwd=built.root, env=env, capture_output=True, text=True, check=False)
    one_sentence(run, "文件太大")
    assert built.outputs() == before


def test_a_swap_that_is_refused_takes_back_those_before_it(tmp_path, monkeypatch):
    for name in ("site", "dist", "rules"):
        for root in (tmp_path, tmp_path / "next"):
            (root / name).mkdir(parents=True)
            (root / name / "page").write_text(root.name)
    shutil.rmtree(tmp_path / "dist")  # the first build of it
    swap = publishing.swap

    def third_refused(new: Path, old: Path) -> None:
        if (new.name, (old / "page").read_text()) == ("rules", tmp_path.name):
            raise OSError(errno.EACCES, "refused")
        swap(new, old)

    monkeypatch.setattr(publishing, "swap", third_refused)
    with pytest.raises(OSError, match="refused"):
        publish(tmp_path / "next", tmp_path, ["site", "dist", "rules"])
    assert (tmp_path / "site" / "page").read_text() == (tmp_path / "rules" / "page").read_text() == tmp_path.name
    assert not (tmp_path / "dist").exists()
    assert (tmp_path / "next" / "dist" / "page").read_text() == "next"


def test_a_refused_publication_is_told_by_the_process_that_did_it(house: House) -> None:
    house.build()
    before = house.outputs()
    house.says("second")
    room = house.root / "scripts" / "publish.py"
    room.write_text(room.read_text().replace("    wanted = list(names)\n", "    raise PermissionError(13, 'no')\n", 1))
    one_sentence(house.build(), "没有权限")
    assert house.outputs() == before


@pytest.mark.parametrize("end", [BrokenProcessPool("killed"), MemoryError()])
def test_too_little_memory_is_one_sentence(end: Exception, capsys: pytest.CaptureFixture[str]) -> None:
    def short_of_memory() -> None:
        raise end

    assert explained(short_of_memory) == 1
    assert "内存不够" in capsys.readouterr().err


def test_a_missing_program_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BuildError, match=r"node.*请先安装"):
        run_node(tmp_path / "pack.mjs")
    with pytest.raises(BuildError, match="没有找到 git"), rules_at(tmp_path, "HEAD", tmp_path):
        pass
    with pytest.raises(UnknownCommit, match="没有找到 git"):
        changed_since(tmp_path, "HEAD", {})
    try:
        subprocess.run(["esbuild"], check=False)
    except FileNotFoundError as error:
        assert str(refused(error)) == "没有找到程序 esbuild。请先装好它（README 写着要哪些），再运行一次。"


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("Traceback …\nOSError: [Errno 28] No space left on device: 'x'", "磁盘满了。请腾出一些地方"),
        ("Error: ENOSPC: no space left on device, write", "磁盘满了。请腾出一些地方"),
        ("Error: EROFS: read-only file system, open 'x'", "只能读，不能写。请换一个能写的文件夹"),
        ("Error: line 3: expected ;", "没有做成：\nError: line 3: expected ;"),
        ("", "没有说明原因"),
    ],
)
def test_of_a_tools_many_lines_a_refusal_of_the_system_is_picked_out(told: str, said: str) -> None:
    assert said in str(of_tool("pack.mjs 没有做成", told))
