"""Addresses in markup that Markdown does not read: `yb-page:places/440300`, `yb-file:assets/places.js`, from the site's root.

MkDocs makes Markdown's own links fit each form of the site. What stands in a picture or in an attribute is made to fit here.
"""

from __future__ import annotations

import re
from pathlib import Path

from scripts.site.widget import base_of

WAY = re.compile(r"yb-(page|file):([\w{}./-]+)")


def put_ways(out: Path, *, offline: bool) -> int:
    """Write the real addresses into all pages of a finished site. Returns on how many pages."""
    changed = 0
    for page in sorted(out.rglob("*.html")):
        text = page.read_text("utf-8")
        base = base_of(page.relative_to(out).as_posix())
        found = WAY.sub(lambda way, base=base: base + _address(way[1], way[2], offline), text)  # type: ignore[misc]
        if found != text:
            page.write_text(found, "utf-8")
            changed += 1
    return changed


def _address(kind: str, name: str, offline: bool) -> str:
    if kind == "file":
        return name
    if offline:
        return f"{name}.html"
    return name.removesuffix("index") if name.rpartition("/")[2] == "index" else f"{name}/"
