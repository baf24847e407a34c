"""Puts the files that pages need into out/hosted and out/offline, and the widget into pages."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import zstandard

from scripts.errors import BuildError
from scripts.runtime.form import render
from scripts.runtime.hashed import cached, hashed_name
from scripts.runtime.parts import Workshop
from scripts.runtime.tables import write_tables

FOLDER = "assets/widget"
TABLES = "instant"
Ladder = tuple[tuple[str, dict[str, str]], ...]
RUNGS: Ladder = (
    # the boot ladder, first to last: what each rung is made of (docs/widget/worker.js)
    ("snapshot", {"worker": "worker.js", "wasm": "python.wasm", "snapshot": "snapshot.bin"}),
    ("bundle", {"worker": "worker.js", "wasm": "python.wasm", "stdlib": "library.zip"}),
    ("stock", {"worker": "stock.js", "wasm": "stock.wasm", "stdlib": "stdlib.zip", "calculator": "calculator.zip"}),
)
OFFLINE_RUNGS = tuple((rung, {**parts, "worker": "packed.js"}) for rung, parts in RUNGS[:2])
"""With Pyodide's own files the download would be twice as big."""
SINGLE_RUNGS = OFFLINE_RUNGS[1:]
"""Sent in a chat: a third smaller, and half a second slower."""
LEVEL = zstandard.MAX_COMPRESSION_LEVEL
PACKING = {"window_log": 24, "write_checksum": True}
"""As small as Zstandard can, which takes seconds: a window over the whole, so that what stood anywhere before is found."""
PLAIN = ("element.js", "frame.js", "widget.css")


def prepare_runtime(node_modules: Path, calculator_dir: Path, rulebook: dict[str, Any], cache: Path, out: Path) -> dict[str, Any]:
    """Fill out/hosted and out/offline, each laid out as the root of a site; returns the manifest for `widget_html`.

    manifest["finder"]: folder with pages.js and pages.css. manifest["start"]: the script that a page with it begins with.
    manifest[form]: {"root": folder to copy over a site, "files": {name: {"name": hashed, "size", "sha": of what it unpacks to}}}.
    Nothing is made again whose inputs are in `cache`. Raises BuildError where a tool fails.
    """
    shop = Workshop(node_modules.resolve(), cache)
    python, shell = shop.python(calculator_dir), shop.shell()
    rules = json.dumps(rulebook, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    contents = {
        "python.wasm": (shop.pruned() / "pyodide.asm.wasm").read_bytes(),
        "stock.wasm": shop.pyodide_file("pyodide.asm.wasm"),
        "stdlib.zip": shop.pyodide_file("python_stdlib.zip"),
        "library.zip": (python / "library.zip").read_bytes(),
        "calculator.zip": (python / "calculator.zip").read_bytes(),
        "snapshot.bin": (shop.snapshot(calculator_dir, rules) / "snapshot.bin").read_bytes(),
        "rulebook.json": rules,
        **{name: (shell / name).read_bytes() for name in ("worker.js", "packed.js", "stock.js", *PLAIN)},
    }
    forms = {"hosted": _hosted(contents, out / "hosted"), "offline": _offline(contents, cache, out / "offline")}
    tables = write_tables(rulebook, cache, {form: out / form / FOLDER / TABLES for form in forms})
    for form in forms.values():
        form["instant"] = tables
    manifest = {**forms, "finder": str(shell), "start": _to_stand_in_a_page(shell / "start.js")}
    (out / "hosted" / "embed.js").write_bytes((shell / "embed.js").read_bytes())
    (out / "hosted" / "embed.html").write_text(embed_html(rulebook, manifest), "utf-8")
    return manifest


def _to_stand_in_a_page(script: Path) -> str:
    code = script.read_text("utf-8").strip()
    if re.search(r"</script|<!--|\n", code, re.IGNORECASE):
        raise BuildError(f"{script.name} 里有 </script、<!-- 或换行，不能写进网页")
    return code


def _hosted(contents: Mapping[str, bytes], root: Path) -> dict[str, Any]:
    served = {name: data for name, data in contents.items() if name != "packed.js"}
    files = {name: _write(root, hashed_name(name, data), data, data) for name, data in served.items()}
    return {"root": str(root), "files": files}


def _offline(contents: Mapping[str, bytes], cache: Path, root: Path) -> dict[str, Any]:
    files = {name: _write(root, hashed_name(name, contents[name]), contents[name], contents[name]) for name in PLAIN}
    for name in sorted({name for _, parts in OFFLINE_RUNGS for name in parts.values()} | {"rulebook.json"}):
        served = hashed_name(name, contents[name]) + ".js"
        files[name] = _write(root, served, _payload(served, contents[name], cache), contents[name])
    return {"root": str(root), "files": files}


def _write(root: Path, name: str, data: bytes, content: bytes) -> dict[str, Any]:
    """Write `data`; of the content that it brings, the manifest tells length and hash."""
    path = root / FOLDER / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return {"name": name, "size": len(content), "sha": hashlib.sha256(content).hexdigest()}


def _payload(name: str, data: bytes, cache: Path) -> bytes:
    """A file as a script that hands it over (docs/widget/payload.js), since a page on file:// may not fetch it."""

    def make(folder: Path) -> None:
        text = data.decode() if name.endswith(".js.js") else base64.b64encode(packed(data)).decode()
        (folder / "payload.js").write_text(f"__yibaoPayload({json.dumps(name)},{json.dumps(text)})\n", "ascii")

    how = f"{name} zstandard {zstandard.__version__} {zstandard.ZSTD_VERSION} {LEVEL} {sorted(PACKING.items())} "
    key = hashlib.sha256(how.encode() + data).hexdigest()
    return (cached(cache, "payload", key, make) / "payload.js").read_bytes()


def packed(data: bytes) -> bytes:
    how = zstandard.ZstdCompressionParameters.from_level(LEVEL, source_size=len(data), **PACKING)
    return zstandard.ZstdCompressor(compression_params=how).compress(data)


def widget_html(
    rulebook: dict[str, Any],
    manifest: dict[str, Any],
    base: str,
    *,
    offline: bool,
    uid: str = "yb",
    preset: Mapping[str, Any] | None = None,
) -> str:
    """The `<yibao-calculator>` element with its form, stylesheet and script: one `<div>`, without blank lines.

    base: relative address of the site's root from the page ("", "../" …). uid: prefix of its element ids, unique on the page.
    preset: part of a Case that the form starts with, e.g. {"place": "350100", "scheme": "resident"}.
    """
    places = _addresses(manifest, base, offline=offline, preset=preset)
    return render("form.html.j2", rulebook, *places, uid=uid, start=manifest["start"])


def embed_html(rulebook: dict[str, Any], manifest: dict[str, Any]) -> str:
    """The page that other sites frame: nothing but the widget."""
    files, config = _addresses(manifest, "", offline=False, preset=None)
    files["frame"] = f"{FOLDER}/{manifest['hosted']['files']['frame.js']['name']}"
    return render("embed.html.j2", rulebook, files, config, uid="yb")


def single_html(rulebook: dict[str, Any], manifest: dict[str, Any], site_url: str) -> str:
    """The page that is one file, its files still linked as offline. site_url: where newer ones are; "" = not known."""
    about = {"version": rulebook["version"], "date": rulebook["data_date"], "site_url": site_url}
    places = _addresses(manifest, "", offline=True, preset=None, ladder=SINGLE_RUNGS)
    return render("single.html.j2", rulebook, *places, uid="yb", **about)


def _addresses(
    manifest: dict[str, Any], base: str, *, offline: bool, preset: Mapping[str, Any] | None, ladder: Ladder | None = None
) -> tuple[dict[str, str], dict[str, Any]]:
    """What the template links to, and the config that element.js reads (type Runtime of protocol.js)."""
    files = manifest["offline" if offline else "hosted"]["files"]

    def asset(name: str) -> dict[str, Any]:
        return {"url": f"{base}{FOLDER}/{files[name]['name']}", "size": files[name]["size"], "sha": files[name]["sha"]}

    ladder = ladder or (OFFLINE_RUNGS if offline else RUNGS)
    rungs = [{"name": rung, **{part: asset(name) for part, name in parts.items()}} for rung, parts in ladder]
    instant = {"folder": f"{base}{FOLDER}/{TABLES}/", **manifest["offline" if offline else "hosted"]["instant"]}
    runtime = {"packed": offline, "rulebook": asset("rulebook.json"), "rungs": rungs}
    config = {"runtime": runtime, "instant": instant, "preset": dict(preset or {})}
    return {
        "css": asset("widget.css")["url"],
        "element": asset("element.js")["url"],
        "places": f"{base}assets/places.js",
    }, config
