"""A build is put in place in one step, and taken back to the one before."""

from __future__ import annotations

import shutil

import pytest

from scripts.errors import BuildError
from scripts.hosting import releases


def build(folder, text):
    folder.mkdir()
    (folder / "index.html").write_text(text, "utf-8")
    return folder


def shown(server):
    return (server / "current" / "index.html").read_text("utf-8")


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
    assert len(list((server / "releases").iterdir())) == 1


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
    assert len(list((server / "releases").iterdir())) == releases.KEPT
    assert shown(server) == str(releases.KEPT + 2)


@pytest.mark.parametrize("put_first", [False, True])
def test_with_nothing_before_it_says_so_and_changes_nothing(put_first, tmp_path):
    server = tmp_path / "server"
    if put_first:
        releases.put(build(tmp_path / "a", "一"), server)
    with pytest.raises(BuildError, match="没有更早的" if put_first else "没有正在用的"):
        releases.back(server)
    assert not put_first or shown(server) == "一"


def test_no_site_no_release(tmp_path):
    with pytest.raises(BuildError, match="make hosting"):
        releases.put(tmp_path, tmp_path / "server")


def test_a_copy_that_breaks_off_leaves_the_build_in_force(tmp_path, monkeypatch):
    server = tmp_path / "server"
    releases.put(build(tmp_path / "a", "一"), server)

    def full(source, target):
        target.mkdir()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copytree", full)
    with pytest.raises(BuildError, match="No space left on device。正在用的那一版没有动"):
        releases.put(build(tmp_path / "b", "二"), server)
    assert shown(server) == "一"
    assert [one.name for one in (server / "releases").iterdir() if one.name.startswith(".")] == []
