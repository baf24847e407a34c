"""For object storage behind a CDN: the files as they are to be stored, what is said of each, and a script that uploads them.

    build/hosting/objects/       the bytes, each under its own name; what browsers load is gzip already
    build/hosting/objects.json   objects: of each file the fields of `Object`; headers: pattern, name and value
    build/hosting/lists/1.txt …  names of files of which the same is said, for upload.sh
    build/hosting/upload.sh      uploads them by rclone, what is asked for by others first, and pages after it

An object carries only four headers of its own; `headers` are those that the CDN has to add (policies).
"""

from __future__ import annotations

import hashlib
import json
import os
import shlex
import shutil
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from scripts.errors import BuildError
from scripts.hosting.headers import ASK_AGAIN, CACHE, Header
from scripts.serve import TYPES

DISPOSITION = "Content-Disposition"
OF_OBJECTS = (CACHE, DISPOSITION)
GZIP_FOLDERS = ("assets/", "pyodide/", "search/")
"""Loaded by browsers, which all take gzip; api/, feeds and the like are read by programs, some of which do not."""
NOT_SERVED = "_headers"
LAST = "sw.js"
"""It names all the others: they have to be there when it comes."""


class Object(NamedTuple):
    """One file. type, cache, encoding, disposition: its headers, "" = none. size, sha256: of the bytes that are stored."""

    key: str
    type: str
    cache: str
    encoding: str
    disposition: str
    size: int
    sha256: str

    @property
    def said(self) -> dict[str, str]:
        """Its headers by name."""
        named = {"Content-Type": self.type, CACHE: self.cache, "Content-Encoding": self.encoding, DISPOSITION: self.disposition}
        return {name: value for name, value in named.items() if value}

    @property
    def turn(self) -> int:
        """When it is uploaded: no page may name a file that is not there yet."""
        return 2 if self.key == LAST else 1 if self.key.endswith(".html") else 0


def write_objects(site: Path, headers: Sequence[Header], out: Path) -> int:
    """All of the above in `out`, from a packed site; how many objects."""
    found = sorted(_objects(site, headers, out / "objects"), key=lambda one: (one.turn, sorted(one.said.items()), one.key))
    if not found:
        raise BuildError(f"{site} 里没有文件：先运行 make site。")
    at_the_edge = [header._asdict() for header in headers if header.name not in OF_OBJECTS]
    told = {"objects": [one._asdict() for one in found], "headers": at_the_edge}
    (out / "objects.json").write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")
    (out / "lists").mkdir()
    lines = []
    for number, (_, group) in enumerate(groupby(found, key=lambda one: (one.turn, one.said)), 1):
        alike = list(group)
        (out / "lists" / f"{number}.txt").write_text("".join(f"{one.key}\n" for one in alike), "utf-8")
        lines.append(_command(number, alike[0].said))
    (out / "upload.sh").write_text(UPLOAD + "".join(lines), "utf-8")
    return len(found)


UPLOAD = """#!/usr/bin/env bash
# 由 make hosting 写成。bash upload.sh 存储:桶/路径（rclone config 里起的名字），先传别的文件，再传网页，最后传 sw.js。
# 旧的文件不删：还开着旧网页的人要用。CDN 要加的头（内容安全策略等）写在 objects.json 的 headers 里。
set -euo pipefail
[ $# -eq 1 ] || { echo "写上传到哪里：bash upload.sh 存储:桶/路径" >&2; exit 2; }
cd "$(dirname "$0")"
"""


def _command(number: int, said: Mapping[str, str]) -> str:
    told = " ".join(f"--header-upload {shlex.quote(f'{name}: {value}')}" for name, value in said.items())
    return f'rclone copy objects "$1" --checksum --files-from-raw lists/{number}.txt {told}\n'


def _objects(site: Path, headers: Sequence[Header], stored: Path) -> Iterator[Object]:
    """Each file of the site, its bytes put into `stored`."""
    for path in sorted(file for file in site.rglob("*") if file.is_file()):
        key = path.relative_to(site).as_posix()
        if key == NOT_SERVED or (path.suffix in (".br", ".gz") and path.with_suffix("").is_file()):
            continue
        packed = path.with_name(f"{path.name}.gz")
        gzip = packed.is_file() and (key.endswith(".html") or key.startswith(GZIP_FOLDERS)) and not key.startswith("downloads/")
        target = stored / key
        target.parent.mkdir(parents=True, exist_ok=True)
        _link(packed if gzip else path, target)
        bytes_ = target.read_bytes()
        yield Object(
            key, TYPES.get(path.suffix, TYPES[""]), _said(headers, CACHE, key) or ASK_AGAIN, "gzip" if gzip else "",
            _said(headers, DISPOSITION, key), len(bytes_), hashlib.sha256(bytes_).hexdigest(),
        )  # fmt: skip


def _link(source: Path, target: Path) -> None:
    """The same bytes under another name, without a copy where the disk can."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _said(headers: Sequence[Header], name: str, key: str) -> str:
    """What `_headers` says of a file; the pattern that says more is right, as with servers. "" = nothing."""
    fitting = [one for one in headers if one.name == name and one.matches(f"/{key}")]
    return min(fitting, key=lambda one: one.pattern.count("*")).value if fitting else ""
