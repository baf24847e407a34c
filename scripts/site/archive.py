"""Offline, all published rulebooks stand in one packed file: they differ in a few lines, and a zip packs each for itself."""

from __future__ import annotations

import io
import json
import re
import tarfile
from pathlib import Path

from scripts.site.published import write_json

FOLDER = Path("api", "rulebooks")
ARCHIVE = "api/rulebooks.tar.xz"
STAMP = 1_767_225_600
"""2026-01-01, as in the zips: equal rulebooks make equal bytes."""
BOOK = re.compile(r"[0-9a-f]{64}\.json")


def pack_rulebooks(out: Path) -> None:
    """Put api/rulebooks/<hash>.json of the site in `out` into ARCHIVE, and link there. Raises LookupError if no page does."""
    books = sorted(path for path in (out / FOLDER).iterdir() if BOOK.fullmatch(path.name))
    with tarfile.open(out / ARCHIVE, "w:xz", preset=9) as archive:
        for path in books:
            content = path.read_bytes()
            entry = tarfile.TarInfo(path.name)
            entry.size, entry.mtime = len(content), STAMP
            archive.addfile(entry, io.BytesIO(content))
            path.unlink()
    index = out / FOLDER / "index.json"
    listed = [{**one, "archive": f"../{Path(ARCHIVE).name}"} for one in json.loads(index.read_text("utf-8"))]
    write_json(index, listed)
    link, count = re.compile(rf'(href="[^"]*){FOLDER.as_posix()}/{BOOK.pattern}"'), 0
    for page in out.rglob("*.html"):
        html, found = link.subn(rf'\g<1>{ARCHIVE}"', page.read_text("utf-8"))
        if found:
            page.write_text(html, "utf-8")
            count += found
    if not count:
        raise LookupError(f"no page links to {FOLDER.as_posix()}")
