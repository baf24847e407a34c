"""Offline, all published rulebooks stand in one archive, and whoever looked for one is led there."""

from __future__ import annotations

import json
import re
import shutil
import tarfile
from pathlib import Path

import pytest

from scripts.site.archive import ARCHIVE, FOLDER, pack_rulebooks

HEX = ("a" * 64, "b" * 64)
LINK = re.compile(r'href="([^"]*rulebooks[^"]*)"')


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "site" / FOLDER
    folder.mkdir(parents=True)
    for name in HEX:
        (folder / f"{name}.json").write_text(f'{{"hash": "{name}"}}\n')
    (folder / "index.json").write_text(json.dumps([{"file": f"{name}.json"} for name in HEX]))
    links = "".join(f'<a href="../{FOLDER.as_posix()}/{name}.json">x</a>' for name in (*HEX, "index"))
    (tmp_path / "site" / "updates.html").write_text(links)
    return tmp_path / "site"


def test_two_builds_make_the_same_bytes_and_no_link_is_left_without_a_file(out: Path) -> None:
    other = shutil.copytree(out, out.parent / "other")
    for one in (out, other):
        pack_rulebooks(one)
    assert (out / ARCHIVE).read_bytes() == (other / ARCHIVE).read_bytes()
    assert LINK.findall((out / "updates.html").read_text()) == [f"../{ARCHIVE}"] * 2 + [f"../{FOLDER.as_posix()}/index.json"]
    assert [path.name for path in (out / FOLDER).iterdir()] == ["index.json"]


def test_a_site_that_links_to_none_is_told(out: Path) -> None:
    (out / "updates.html").write_text("")
    with pytest.raises(LookupError, match="no page links"):
        pack_rulebooks(out)


def test_the_bundle_holds_each_byte_for_byte_and_says_where(homes: dict[str, Path]) -> None:
    hosted = {path.name: path.read_bytes() for path in (homes["hosted"] / FOLDER).iterdir() if path.name != "index.json"}
    with tarfile.open(homes["offline"] / ARCHIVE) as archive:
        packed = {entry.name: archive.extractfile(entry).read() for entry in archive}  # type: ignore[union-attr]
    assert packed == hosted
    for one in json.loads((homes["offline"] / FOLDER / "index.json").read_text("utf-8")):
        assert one["file"] in packed
        assert (homes["offline"] / FOLDER / one["archive"]).resolve() == (homes["offline"] / ARCHIVE).resolve()
