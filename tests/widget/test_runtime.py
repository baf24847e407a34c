"""The files that the page runs, and the offline bundle."""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
import zstandard

from scripts.errors import BuildError
from scripts.runtime import pack_offline, prepare_runtime
from scripts.runtime.hashed import cached, hashed_name
from scripts.runtime.parts import Workshop
from scripts.runtime.prepare import FOLDER

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("runtime")


@pytest.fixture(scope="module")
def manifest(rulebook: dict[str, Any], out: Path) -> dict[str, Any]:
    return prepare_runtime(ROOT / "node_modules", ROOT / "calculator", rulebook, ROOT / "build" / "cache", out)


def served(manifest: dict[str, Any], form: str, name: str) -> Path:
    return Path(manifest[form]["root"]) / FOLDER / manifest[form]["files"][name]["name"]


def test_every_hosted_file_is_named_by_what_it_holds(manifest: dict[str, Any]) -> None:
    for name, file in manifest["hosted"]["files"].items():
        content = served(manifest, "hosted", name).read_bytes()
        assert hashlib.sha256(content).hexdigest()[:12] in file["name"]
        assert len(content) == file["size"]


def test_an_offline_file_unpacks_to_the_hosted_one(manifest: dict[str, Any]) -> None:
    for name in ("python.wasm", "snapshot.bin", "library.zip", "rulebook.json", "packed.js"):
        call = served(manifest, "offline", name).read_text("ascii")
        key, text = json.loads(f"[{call.strip().removeprefix('__yibaoPayload(').removesuffix(')')}]")
        assert key == manifest["offline"]["files"][name]["name"]
        content = text.encode() if name == "packed.js" else zstandard.decompress(base64.b64decode(text))
        assert hashlib.sha256(content).hexdigest() == manifest["offline"]["files"][name]["sha"]
        assert name == "packed.js" or content == served(manifest, "hosted", name).read_bytes()
    assert "packed.js" not in manifest["hosted"]["files"]


def test_the_library_is_bytecode_without_source_and_holds_the_calculator(manifest: dict[str, Any]) -> None:
    with zipfile.ZipFile(served(manifest, "hosted", "library.zip")) as library:
        names = library.namelist()
        assert all(name.endswith(".pyc") for name in names)
        assert {"bridge.pyc", "calculator/assess.pyc", "json/decoder.pyc"} <= set(names)
        assert not {"calculator/cli.pyc", "calculator/__main__.pyc"} & set(names)
        assert all(entry.compress_type == zipfile.ZIP_STORED for entry in library.infolist())


def test_the_library_holds_nothing_of_what_python_and_javascript_talk_by(manifest: dict[str, Any]) -> None:
    with zipfile.ZipFile(served(manifest, "hosted", "library.zip")) as library:
        rooms = {name.removesuffix(".pyc").split("/")[0] for name in library.namelist()}
    assert not {"_pyodide", "pyodide", "asyncio", "ssl", "inspect", "traceback"} & rooms


def test_the_bundle_has_no_text_that_no_code_reads(manifest: dict[str, Any]) -> None:
    library = served(manifest, "hosted", "library.zip").read_bytes()
    assert b"Must come before `ask`" not in library  # a docstring of bridge.py
    assert b"Iterator[str]" not in library  # what its functions give


def test_an_import_that_comes_later_ends_the_build(tmp_path: Path) -> None:
    """The page could not make it: it holds only what is imported at the start."""
    calculator = tmp_path / "calculator"
    shutil.copytree(ROOT / "calculator", calculator, ignore=shutil.ignore_patterns("__pycache__"))
    with (calculator / "dues.py").open("a", encoding="utf-8") as module:
        module.write("\n\ndef later():\n    import statistics\n")
    with pytest.raises(BuildError, match=r"calculator/dues\.py imports statistics"):
        Workshop(ROOT / "node_modules", tmp_path / "cache").python(calculator)


def test_the_page_names_no_other_host(manifest: dict[str, Any]) -> None:
    for name in ("worker.js", "element.js", "widget.css"):
        text = served(manifest, "hosted", name).read_text("utf-8")
        for host in ("cdn.", "jsdelivr", "unpkg", "googleapis", "gstatic"):
            assert host not in text, f"{name}: {host}"


def test_the_rulebook_is_a_file_of_its_own(manifest: dict[str, Any], rulebook: dict[str, Any]) -> None:
    assert json.loads(served(manifest, "hosted", "rulebook.json").read_text("utf-8")) == rulebook
    assert "福建省" not in served(manifest, "hosted", "worker.js").read_text("utf-8")


def test_embedding_needs_two_files_at_the_root(out: Path, manifest: dict[str, Any]) -> None:
    assert (out / "hosted" / "embed.js").stat().st_size <= 1024
    assert "<yibao-calculator" in (out / "hosted" / "embed.html").read_text("utf-8")


def test_made_once_for_the_same_inputs(tmp_path: Path) -> None:
    made = []
    for _ in range(2):
        home = cached(tmp_path, "thing", "key", lambda folder: made.append((folder / "file").write_text("x")))
    assert (home / "file").read_text() == "x"
    assert len(made) == 1


def test_a_failure_leaves_nothing_in_the_cache(tmp_path: Path) -> None:
    def fail(folder: Path) -> None:
        (folder / "half").write_text("x")
        raise BuildError("no")

    with pytest.raises(BuildError):
        cached(tmp_path, "thing", "key", fail)
    assert not list(tmp_path.iterdir())


def test_another_content_is_another_name() -> None:
    assert hashed_name("worker.js", b"a") != hashed_name("worker.js", b"b")
    assert hashed_name("worker.js", b"a").startswith("worker.")


def test_the_bundle_unpacks_to_one_folder_and_is_the_same_every_time(tmp_path: Path) -> None:
    site = tmp_path / "site"
    (site / "calculator").mkdir(parents=True)
    (site / "index.html").write_text("home")
    (site / "calculator" / "index.html").write_text("form")
    pack_offline(site, tmp_path / "one.zip")
    (site / "index.html").touch()
    pack_offline(site, tmp_path / "two.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as bundle:
        assert bundle.namelist() == ["yibao-offline/calculator/index.html", "yibao-offline/index.html"]


def test_a_site_without_a_home_page_is_not_packed(tmp_path: Path) -> None:
    with pytest.raises(BuildError):
        pack_offline(tmp_path, tmp_path / "out.zip")
