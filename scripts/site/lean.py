"""What MkDocs and its theme put into a site that no page of ours ever asks for."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

INDEX = Path("search", "search_index.json")
LANGUAGES = Path("assets", "javascripts", "lunr")


def drop_unused(out: Path, *, offline: bool) -> None:
    """Source maps; the search's help for languages that it does not use; offline, the index that only a server's page reads.

    Raises LookupError if the search has begun to use a language of its own.
    """
    for path in out.rglob("*.map"):
        path.unlink()
    used = json.loads((out / INDEX).read_text("utf-8"))["config"]["lang"]
    if used != ["en"]:  # what the theme calls its search without any language
        raise LookupError(f"the search uses {used}, so the files in {LANGUAGES} are needed")
    shutil.rmtree(out / LANGUAGES, ignore_errors=True)
    if offline:
        (out / INDEX).unlink()
