"""A build is put in place in one step, and taken back to the one before."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from scripts.errors import BuildError
from scripts.hosting import __main__ as command
from scripts.hosting import releases

ROOT = Path(__file__).resolve().parents[2]
MANY_PUTS = """
import sys
from pathlib import Path
from scripts.hosting.releases import put
for turn in range(6):
    put(Path(sys.argv[1]), Path(sys.argv[2]))
"""


def build(folder, text):
    folder.mkdir()
    (folder / "index.html").write_text(text, "utf-8")
    return folder


def shown(server):
    return (server / "current" / "index.html").read_text("utf-8")


def whole(server):
    return [one for one in (server / "releases").iterdir() if one.is_dir()]


def three(tmp_path):
    """A server with 一, 二 and 三, each put in place after the other, and their names."""
    server = tmp_path / "server"
    return server, [releases.put(build(tmp_path / text, text), server) for text in "一二三"]


def test_the_new_build_is_shown_and_the_one_before_comes_back(tmp_path):
    server = tmp_path / "server"
    first = releases.put(build(tmp_path / "a", "一"), server)
    second = releases.put(build(tmp_path / "b", "二"), server)
    assert (shown(server), releases.in_force(server)) == ("二", second)
    assert releases.back(server) == first
    assert shown(server) == "一"


def test_the_same_build_twice_is_one(tmp_path):
    server, site = tmp_path / "server", build(tmp_path / "a", "一")
    assert releases.put(site, server) == releases.put(site, server)
    assert len(whole(server)) == 1


def test_a_build_that_was_taken_back_can_be_put_in_place_again(tmp_path):
    server = tmp_path / "server"
    releases.put(build(tmp_path / "a", "一"), server)
    second = releases.put(build(tmp_path / "b", "二"), server)
    releases.back(server)
    assert releases.put(tmp_path / "b", server) == second
    assert shown(server) == "二"


def test_old_builds_go_but_never_the_one_that_is_shown(tmp_path):
    server = tmp_path / "server"
    for number in range(releases.KEPT + 3):
        releases.put(build(tmp_path / str(number), str(number)), server)
    assert len(whole(server)) == releases.KEPT
    assert shown(server) == str(releases.KEPT + 2)


@pytest.mark.parametrize("put_first", [False, True])
def test_with_nothing_before_it_says_so_and_changes_nothing(put_first, tmp_path):
    server = tmp_path / "server"
    if put_first:
        releases.put(build(tmp_path / "a", "一"), server)
    with pytest.raises(BuildError, match="没有留着更早的" if put_first else "没有正在用的"):
        releases.back(server)
    assert not put_first or shown(server) == "一"


def test_no_site_no_release(tmp_path):
    with pytest.raises(BuildError, match="make hosting"):
        releases.put(tmp_path, tmp_path / "server")


@pytest.mark.parametrize(
    ("number", "said"),
    [(errno.ENOSPC, "磁盘满了"), (errno.EROFS, "只能读"), (errno.EACCES, "没有权限"), (errno.EIO, "磁盘读写出错")],
)
def test_a_copy_that_breaks_off_leaves_the_build_in_force(number, said, tmp_path, monkeypatch):
    server = tmp_path / "server"
    releases.put(build(tmp_path / "a", "一"), server)

    def refused(source, target):
        target.mkdir()
        raise shutil.Error([(source, target, str(OSError(number, os.strerror(number))))])

    monkeypatch.setattr(shutil, "copytree", refused)
    with pytest.raises(BuildError, match=f"{said}.*。正在用的那一版没有动"):
        releases.put(build(tmp_path / "b", "二"), server)
    assert shown(server) == "一"
    assert not list((server / "releases").glob(".new-*"))


def test_a_folder_that_is_read_only_is_named_in_one_sentence(tmp_path, monkeypatch):
    server = tmp_path / "server"
    releases.put(build(tmp_path / "a", "一"), server)
    new = build(tmp_path / "b", "二")

    def read_only(*_, **__):
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), "x")

    for method in ("symlink_to", "mkdir", "write_bytes"):
        with monkeypatch.context() as patched:
            patched.setattr(Path, method, read_only)
            with pytest.raises(BuildError, match="只能读，不能写。正在用的那一版没有动"):
                releases.put(new, server)
        assert shown(server) == "一", method


@pytest.mark.parametrize("kind", ["folder", "file"])
def test_what_somebody_else_put_in_the_place_of_the_link_is_left_alone(kind, tmp_path):
    current = tmp_path / "server" / "current"
    current.parent.mkdir()
    if kind == "folder":
        build(current, "别人的")
    else:
        current.write_text("别人的", "utf-8")
    with pytest.raises(BuildError, match="current 不是链接"):
        releases.put(build(tmp_path / "a", "一"), tmp_path / "server")
    assert (current / "index.html" if kind == "folder" else current).read_text("utf-8") == "别人的"


def test_taken_back_twice_it_is_two_builds_ago(tmp_path):
    server, names = three(tmp_path)
    assert [releases.back(server), releases.back(server)] == [names[1], names[0]]
    assert shown(server) == "一"
    with pytest.raises(BuildError, match="没有留着更早"):
        releases.back(server)


def test_the_order_is_that_in_which_builds_were_shown_whatever_their_folders_say(tmp_path):
    server, names = three(tmp_path)
    assert releases.put(tmp_path / "一", server) == names[0]  # the oldest folder, shown last
    for name in names:  # as a copy to another disk would: the same times for all
        shutil.copytree(server / "releases" / name, tmp_path / "other" / name)
        shutil.rmtree(server / "releases" / name)
        shutil.copytree(tmp_path / "other" / name, server / "releases" / name)
    assert [releases.back(server), releases.back(server)] == [names[2], names[1]]


def test_after_a_step_back_a_new_build_comes_after_the_one_that_was_shown(tmp_path):
    server, names = three(tmp_path)
    releases.back(server)
    releases.put(build(tmp_path / "四", "四"), server)
    assert releases.back(server) == names[1]


def test_each_switch_is_one_line_of_the_log(tmp_path):
    server, names = three(tmp_path)
    releases.put(tmp_path / "三", server)  # is shown already: no switch
    releases.back(server)
    lines = (server / "releases" / "log").read_text("utf-8").splitlines()
    assert lines == [*(f"put {name}" for name in names), f"back {names[1]}"]


def test_the_build_to_go_back_to_is_kept_however_often_others_were_tried(tmp_path):
    server, names = three(tmp_path)
    for number in range(releases.KEPT + 2):
        releases.put(build(tmp_path / str(number), str(number)), server)
        releases.back(server)
    assert shown(server) == "三" and releases.back(server) == names[1]


def test_a_switch_cut_short_between_the_log_and_the_link_never_was(tmp_path, monkeypatch):
    server, names = three(tmp_path)

    def killed(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "symlink_to", killed)
    with pytest.raises(KeyboardInterrupt):
        releases.put(build(tmp_path / "四", "四"), server)
    monkeypatch.undo()
    assert shown(server) == "三"
    releases.put(build(tmp_path / "五", "五"), server)
    assert [releases.back(server), releases.back(server)] == [names[2], names[1]]


@pytest.mark.parametrize("torn", ["", "put 12", "put ../../etc\n", "\udcff", "rm -rf\nback\n"])
def test_a_damaged_log_costs_the_way_back_and_nothing_else(torn, tmp_path):
    server, names = three(tmp_path)
    (server / "releases" / "log").write_bytes(torn.encode("utf-8", "surrogateescape"))
    with pytest.raises(BuildError, match="没有留着更早"):
        releases.back(server)
    releases.put(build(tmp_path / "四", "四"), server)
    assert shown(server) == "四" and len(whole(server)) == 4 and releases.back(server) == names[2]


def test_a_build_that_was_changed_on_the_server_is_put_there_whole_again(tmp_path):
    server, names = three(tmp_path)
    (server / "releases" / names[2] / "index.html").write_text("改过", "utf-8")
    (server / "releases" / names[2] / "more.html").write_text("多的", "utf-8")
    assert releases.put(tmp_path / "三", server) == names[2]
    assert shown(server) == "三" and not (server / "current" / "more.html").exists()


def test_a_site_that_changes_while_it_is_copied_is_not_shown(tmp_path, monkeypatch):
    server, _ = three(tmp_path)
    copytree = shutil.copytree

    def copied(source, target):
        (source / "index.html").write_text("别的", "utf-8")
        return copytree(source, target)

    monkeypatch.setattr(shutil, "copytree", copied)
    with pytest.raises(BuildError, match=r"复制的时候.*变了"):
        releases.put(build(tmp_path / "四", "四"), server)
    assert shown(server) == "三" and len(whole(server)) == 3


def test_what_a_killed_copy_left_goes_and_what_is_not_ours_stays(tmp_path):
    server, _ = three(tmp_path)
    (server / "releases" / ".new-1").mkdir()
    (server / "releases" / "notes").mkdir()
    for number in range(releases.KEPT + 1):
        releases.put(build(tmp_path / str(number), str(number)), server)
    assert not (server / "releases" / ".new-1").exists() and (server / "releases" / "notes").is_dir()


def test_two_who_switch_at_once_do_so_one_after_the_other(tmp_path):
    server = tmp_path / "server"
    sites = [build(tmp_path / text, text) for text in "一二三"]
    runs = [
        subprocess.Popen([sys.executable, "-c", MANY_PUTS, str(site), str(server)], cwd=ROOT, stderr=subprocess.PIPE, text=True)
        for site in sites
    ]
    assert [(run.communicate()[1], run.returncode) for run in runs] == [("", 0)] * 3
    lines = (server / "releases" / "log").read_text("utf-8").splitlines()
    assert releases.in_force(server) == lines[-1].split()[1]
    assert len(whole(server)) == 3 and shown(server) in "一二三"
    assert all(before != after for before, after in pairwise(lines))


def test_an_old_build_that_cannot_go_is_named_and_the_new_one_is_shown(tmp_path, monkeypatch, capsys):
    server = tmp_path / "server"
    for number in range(releases.KEPT):
        releases.put(build(tmp_path / str(number), str(number)), server)
    rmtree = shutil.rmtree

    def refused(path, ignore_errors=False):
        if not ignore_errors:
            raise PermissionError(errno.EACCES, "Permission denied")
        rmtree(path, ignore_errors=True)

    monkeypatch.setattr(shutil, "rmtree", refused)
    releases.put(build(tmp_path / "new", "新的"), server)
    assert shown(server) == "新的" and "旧的删不掉：没有权限" in capsys.readouterr().err


@pytest.mark.parametrize("told", [["put"], ["back"], ["make", "--prefix", "/../"]])
def test_the_command_fails_with_one_sentence(told, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(command, "WORK", tmp_path / "build")
    monkeypatch.setattr(command, "OUT", tmp_path / "build" / "hosting")
    monkeypatch.setattr(command, "ROOT", tmp_path)
    assert command.main([*told, "--to", str(tmp_path / "server")]) == 1
    said = capsys.readouterr()
    assert said.out == "" and said.err.count("\n") == 1 and said.err.endswith("。\n")


def test_the_command_says_what_the_disk_refused(tmp_path, monkeypatch, capsys):
    (tmp_path / "build").write_text("a file where a folder should be", "utf-8")
    monkeypatch.setattr(command, "WORK", tmp_path / "build")
    assert command.main(["make"]) == 1
    assert "没有做成：那里已经有同名的文件" in capsys.readouterr().err
