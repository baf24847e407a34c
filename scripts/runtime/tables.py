"""The tables of the instant answer (scripts/instant) as files: to fetch one by place, and to run as a script from the disk."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from scripts.instant import instant_tables
from scripts.runtime.hashed import NAME_DIGITS


def write_tables(rulebook: dict[str, Any], cache: Path, folders: dict[str, Path]) -> dict[str, Any]:
    """Write a table for each place that has one into folders["hosted"] and folders["offline"]; returns {"places", "hash"}.

    A file is named by its place and one hash over all tables, so that a page can name them all in a line.
    """
    tables = instant_tables(rulebook, cache)
    one = hashlib.sha256(json.dumps(tables, sort_keys=True).encode()).hexdigest()[:NAME_DIGITS]
    for folder in folders.values():
        folder.mkdir(parents=True, exist_ok=True)
    for code, text in tables.items():
        name = f"{code}.{one}.json"
        (folders["hosted"] / name).write_text(text, "utf-8")
        call = f'__yibaoPayload("{name}.js",{json.dumps(text)})\n'
        (folders["offline"] / f"{name}.js").write_text(call, "ascii")
    return {"places": list(tables), "hash": one}
