"""The files of a release in one folder, with SHA256SUMS for people (`sha256sum -c`) and manifest.json for programs.

Both are made to be signed: nothing of the clock or of chance is in them. SHA256SUMS covers the manifest, too, so that one
signature is enough for a reader; the manifest is canonical JSON, so that who writes it again from its values has the same bytes.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
import tarfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from scripts.errors import BuildError
from scripts.fingerprint import files_under
from scripts.rulebook.compiled import canonical

SUMS, MANIFEST = "SHA256SUMS", "manifest.json"
SIGNATURES = (".minisig", ".asc", ".sig")
"""Of what may lie beside the files: they are made afterwards, by whoever holds the key."""

FILES = {
    "dist/{wheel}": ("{wheel}", "application/zip"),
    "dist/yibao-offline.zip": ("yibao-offline-{version}.zip", "application/zip"),
    "dist/yibao-calculator.html": ("yibao-calculator-{version}.html", "text/html; charset=utf-8"),
    "site/api/sbom.json": ("yibao-sbom-{version}.cdx.json", "application/vnd.cyclonedx+json; version=1.5"),
}
"""What lies in the checkout → its name in the release and its media type."""
SITE = ("yibao-site-{version}", ".tar.gz", "application/gzip")


class Made(NamedTuple):
    """What a release is made of. epoch: the one time in it, seconds since 1970. left_out: of the build, a sentence each.

    switches: the settings that the build took from its environment (SITE_URL …), where they were set.
    """

    version: str
    data_date: str
    rulebook_hash: str
    commit: str
    epoch: int
    switches: Mapping[str, str]
    left_out: list[str]


def pack(root: Path, made: Made, out: Path) -> None:
    """Fill `out`, emptied first, with the release of what stands in site/ and dist/ at `root`. BuildError for what is missing."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    wheel = f"yibao_calculator-{made.version}-py3-none-any.whl"
    kinds: dict[str, str] = {}
    for source, (name, kind) in FILES.items():
        words = {"wheel": wheel, "version": made.version}
        if not (root / source.format(**words)).is_file():
            raise BuildError(f"没有 {source.format(**words)}；请先运行 make site。")
        shutil.copyfile(root / source.format(**words), out / name.format(**words))
        kinds[name.format(**words)] = kind
    folder, suffix, kind = SITE
    folder = folder.format(version=made.version)
    write_tar(out / (folder + suffix), root / "site", folder, made.epoch)
    kinds[folder + suffix] = kind
    listed = [{**_told(out / name), "media_type": kinds[name]} for name in sorted(kinds)]
    (out / MANIFEST).write_bytes(_manifest(made, listed))
    sums = [f"{_told(out / name)['sha256']}  {name}\n" for name in sorted([*kinds, MANIFEST])]
    (out / SUMS).write_text("".join(sums), "utf-8")


def write_tar(path: Path, folder: Path, name: str, epoch: int) -> None:
    """All files of `folder`, under `name`, as a .tar.gz: sorted, of nobody, of one time. Equal folders make equal bytes."""
    with (
        path.open("wb") as raw,
        gzip.GzipFile("", "wb", 9, raw, mtime=epoch) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive,
    ):
        for file in files_under(folder):
            entry = tarfile.TarInfo(f"{name}/{file.relative_to(folder).as_posix()}")
            entry.size, entry.mtime, entry.mode = file.stat().st_size, epoch, 0o644
            with file.open("rb") as content:
                archive.addfile(entry, content)


def wrong_in(folder: Path) -> list[str]:
    """What is wrong with the release in `folder`: sentences, none when every file is what manifest and SHA256SUMS say."""
    try:
        given = (folder / MANIFEST).read_bytes()
        manifest = json.loads(given)
        wanted = {one["name"]: one for one in manifest["files"]}
        lines = (folder / SUMS).read_text("utf-8").splitlines()
        sums = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    except (OSError, ValueError, KeyError, TypeError) as error:
        return [f"{folder} 里的 {MANIFEST} 或 {SUMS} 读不出来（{type(error).__name__}）；请重新下载"]
    found = [] if given == _bytes(manifest) else [f"{MANIFEST} 不是原来的写法；请重新下载"]
    there = {path.name for path in folder.iterdir() if path.suffix not in SIGNATURES} - {SUMS}
    found += [f"多出 {name}，清单里没有它" for name in sorted(there - {*wanted, MANIFEST})]
    found += [f"缺 {name}；请重新下载" for name in sorted(wanted.keys() - there)]
    if sums.keys() != {*wanted, MANIFEST}:
        found.append(f"{SUMS} 和 {MANIFEST} 列的文件不同；请重新下载")
    for name in sorted(there & {*wanted, MANIFEST}):
        told = _told(folder / name)
        said = wanted.get(name, told)
        if any(told[key] != said[key] for key in told) or sums.get(name, told["sha256"]) != told["sha256"]:
            found.append(f"{name} 不是做发布包时的那个文件；请重新下载")
    return found


def _told(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return {"name": path.name, "size": path.stat().st_size, "sha256": hashlib.file_digest(file, "sha256").hexdigest()}


def _manifest(made: Made, files: list[dict[str, Any]]) -> bytes:
    return _bytes({
        "schema": 1,
        "name": "yibao-lapse-guide",
        "version": made.version,
        "data_date": made.data_date,
        "rulebook": {"version": made.version, "hash": made.rulebook_hash},
        "commit": made.commit,
        "source_date_epoch": made.epoch,
        "built_with": dict(made.switches),
        "left_out": made.left_out,
        "files": files,
    })  # fmt: skip


def _bytes(manifest: Mapping[str, Any]) -> bytes:
    return (canonical(manifest) + "\n").encode("utf-8")
