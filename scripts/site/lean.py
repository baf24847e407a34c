"""What MkDocs and its theme put into a site that no page of ours ever asks for."""

from __future__ import annotations

import shutil
from pathlib import Path

INDEX = Path("search", "search_index.json")
THEMES = Path("assets", "javascripts")


def drop_unused(out: Path, *, offline: bool) -> None:
    """Source maps; the theme's scripts (docs/theme/main.html); offline, the index that only a server's page reads.

    Raises LookupError if a page does ask for a script of the theme.
    """
    for path in out.rglob("*.map"):
        path.unlink()
    for page in out.rglob("*.html"):
        if THEMES.as_posix() in page.read_text("utf-8"):
            raise LookupError(f"{page.relative_to(out)} asks for a file in {THEMES}")
    shutil.rmtree(out / THEMES)
    if offline:
        (out / INDEX).unlink()
