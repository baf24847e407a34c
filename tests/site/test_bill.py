"""Whoever gets the site gets the licences of what others made in it, and a list for programs; both tell today's versions."""

from __future__ import annotations

import json
import re
from importlib.metadata import distribution
from pathlib import Path

import pytest

from scripts.errors import BuildError
from scripts.site import bill
from scripts.site.bill import parts, write_bill

ROOT = Path(__file__).parents[2]


@pytest.fixture
def written(tmp_path: Path) -> Path:
    assert write_bill(ROOT, "2026.1", "2026-11-22", tmp_path) == len(list(parts(ROOT)))
    return tmp_path


def test_versions_are_those_of_the_locks() -> None:
    found = {part.name: part for part in parts(ROOT)}
    installed = json.loads((ROOT / "node_modules" / "pyodide" / "package.json").read_text("utf-8"))
    assert (found["Pyodide"].version, found["Pyodide"].licence) == (installed["version"], installed["license"])
    assert re.fullmatch(r"3\.\d+\.\d+", found["CPython"].version)
    assert f"mkdocs-material=={found['Material for MkDocs'].version} " in (ROOT / "requirements.txt").read_text("utf-8")


def test_the_text_of_the_theme_is_the_one_that_came_with_it() -> None:
    own = (ROOT / "docs" / "licences" / "mkdocs-material.txt").read_text("utf-8")
    came = distribution("mkdocs-material").read_text("licenses/LICENSE")
    assert came is not None and own == came


def test_people_read_who_made_what_and_under_which_licence(written: Path) -> None:
    text = (written / bill.LICENCES).read_text("utf-8")
    for part in parts(ROOT):
        assert f"{part.name} {part.version}".strip() in text and part.source in text and part.text.strip() in text
        assert f"全文取自：{part.origin}" in text
    assert "Mozilla Public License Version 2.0" in text and "Martin Donath" in text and "PYTHON SOFTWARE FOUNDATION" in text


def test_programs_read_a_whole_bill(written: Path) -> None:
    told = json.loads((written / bill.BILL).read_text("utf-8"))
    assert (told["bomFormat"], told["specVersion"]) == ("CycloneDX", "1.5")
    names = {one["bom-ref"] for one in told["components"]}
    hung = [name for one in told["dependencies"] for name in one["dependsOn"]]
    assert sorted(hung) == sorted(names) and {one["ref"] for one in told["dependencies"]} <= names | {"site"}
    assert all(one["licenses"] for one in told["components"])
    digest = next(one for one in told["components"] if one["name"] == "Pyodide")["hashes"][0]
    assert digest["alg"] == "SHA-512" and re.fullmatch("[0-9a-f]{128}", digest["content"])


def test_the_same_site_has_the_same_bill(written: Path, tmp_path: Path) -> None:
    before = (written / bill.BILL).read_bytes()
    write_bill(ROOT, "2026.1", "2026-11-22", tmp_path)
    assert (tmp_path / bill.BILL).read_bytes() == before


def test_every_part_has_the_whole_text_of_its_licence_and_says_where_it_was_taken_from() -> None:
    names = [part.name for part in parts(ROOT)]
    assert {"musl", "libffi", "Expat", "Emscripten", "zlib", "bzip2", "XZ Utils", "Zstandard", "HACL*", "LLVM"} <= set(names)
    for part in parts(ROOT):
        words = part.text.lower()
        assert len(part.text) > 200 and part.origin, part.name
        assert "copyright" in words or "public domain" in words, part.name
    texts = {path.name for path in (ROOT / "docs" / "licences").glob("*.txt")}
    assert len(texts) == len(names), "a text that no part has, or one for two"


@pytest.mark.parametrize("name", ["Emscripten", "zlib", "Expat", "XZ Utils"])
def test_a_text_was_taken_from_the_version_that_ships(name: str) -> None:
    """A new Pyodide brings new versions: then the texts have to be looked at again."""
    found = {part.name: part for part in parts(ROOT)}
    assert found[name].version in found[name].origin
    assert all(found["Emscripten"].version in part.origin for part in found.values() if part.inside == "Emscripten")


MARKS = {
    "zlib": rb"deflate [\d.]+ Copyright", "bzip2": rb"BZ2_bz", "XZ Utils": rb"lzma_version", "Zstandard": rb"ZSTD_",
    "Expat": rb"expat_\d", "SQLite": rb"SQLite format", "libffi": rb"ffi_call", "mimalloc": rb"mimalloc", "HACL*": rb"Hacl_",
    "LLVM": rb"_ZNSt3__2", "OpenSSL": rb"OpenSSL \d", "libyaml": rb"yaml_parser_", "ICU": rb"u_strFoldCase",
    "PCRE": rb"pcre2?_compile", "brotli": rb"BrotliDecoder", "FreeType": rb"FT_Init_FreeType", "libxml2": rb"xmlParseDocument",
    "GMP": rb"__gmpz_", "readline": rb"rl_readline",
}  # fmt: skip
"""What each library leaves in a program that has it."""


def test_what_is_found_in_the_wasm_is_in_the_list_and_the_other_way_round() -> None:
    wasm = (ROOT / "node_modules" / "pyodide" / "pyodide.asm.wasm").read_bytes()
    found = {name for name, mark in MARKS.items() if re.search(mark, wasm)}
    listed = {part.name for part in parts(ROOT)}
    assert found == listed & set(MARKS) and len(found) == 10


def test_a_part_without_the_text_of_its_licence_is_named(tmp_path: Path) -> None:
    (tmp_path / "docs" / "licences").mkdir(parents=True)
    said = "- {name: X, licence: MIT, source: s, what: w, from: f, text: gone.txt}"
    (tmp_path / "docs" / "licences" / "parts.yml").write_text(said, "utf-8")
    with pytest.raises(BuildError, match="X 没有写全，或缺许可的全文"):
        list(parts(tmp_path))


def test_a_part_that_is_not_used_any_more_is_named(tmp_path: Path) -> None:
    (tmp_path / "docs" / "licences").mkdir(parents=True)
    (tmp_path / "docs" / "licences" / "parts.yml").write_text("- {name: X, npm: gone, licence: MIT, source: s, what: w}", "utf-8")
    (tmp_path / "package-lock.json").write_text('{"packages": {}}', "utf-8")
    with pytest.raises(BuildError, match="X 在锁定的依赖里找不到"):
        list(parts(tmp_path))


def test_every_package_that_pages_are_bundled_from_is_in_the_list() -> None:
    """Of what npm installs these ship; a new one has to be looked at, and put here or into the list."""
    needed = json.loads((ROOT / "package.json").read_text("utf-8"))
    tools = {"acorn", "axe-core", "binaryen", "esbuild", "typescript"}
    assert set(needed["devDependencies"]) == tools | {"pyodide", "zstddec"} and "dependencies" not in needed


def test_both_are_served_and_travel_in_the_bundle(homes: dict[str, Path]) -> None:
    for form in ("hosted", "offline"):
        assert (homes[form] / bill.LICENCES).is_file() and (homes[form] / bill.BILL).is_file(), form
