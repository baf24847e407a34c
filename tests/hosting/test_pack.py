"""Packed copies beside the files of a site: the same each time, and taken from the time before where they are still right."""

from __future__ import annotations

import gzip
import subprocess
from pathlib import Path

TOOL = Path(__file__).resolve().parents[2] / "scripts" / "hosting" / "pack.mjs"
LONG = "var answer = 42;\n" * 100


def site(folder, **files):
    folder.mkdir()
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text, "utf-8")
    return folder


def pack(*folders):
    return subprocess.run(["node", str(TOOL), *map(str, folders)], capture_output=True, text=True, check=True).stdout.strip()


def copies(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.suffix in (".br", ".gz")}


def test_what_gets_smaller_has_a_copy_in_both_ways(tmp_path):
    made = site(tmp_path / "a", a_js=LONG, small_js="1", b_png=LONG)
    assert pack(made) == "1"
    assert list(copies(made)) == ["a.js.br", "a.js.gz"]
    assert gzip.decompress((made / "a.js.gz").read_bytes()).decode() == LONG


def test_copies_of_before_are_taken_only_where_they_hold_the_very_file(tmp_path):
    before = site(tmp_path / "before", same_js=LONG, other_js=LONG, torn_js=LONG, gone_js=LONG)
    pack(before)
    mark = gzip.compress(LONG.encode(), 1, mtime=7)  # unpacks to the same, and can be told apart
    (before / "same.js.gz").write_bytes(mark)
    (before / "torn.js.gz").write_bytes(mark[:20])
    after = site(tmp_path / "after", same_js=LONG, other_js=LONG + "// new", torn_js=LONG)
    pack(after, before)
    found = copies(after)
    assert found["same.js.gz"] == mark and found["torn.js.gz"] not in (mark, mark[:20])
    assert gzip.decompress(found["other.js.gz"]).decode() == LONG + "// new"
    assert gzip.decompress(found["torn.js.gz"]).decode() == LONG
    assert not any(name.startswith("gone") for name in found)


def test_the_same_site_gives_the_same_copies(tmp_path):
    first, second = site(tmp_path / "a", a_js=LONG), site(tmp_path / "b", a_js=LONG)
    pack(first)
    pack(second, tmp_path / "nowhere")
    assert copies(first) == copies(second)
