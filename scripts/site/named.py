"""Every file that a page loads gets a name that says what it holds: a page of one build can then never get a file of another.

The widget names its files so already. Here: all other scripts and styles, the pictures, and the search index, which is asked for
by its plain name and the hash of its content.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from scripts.runtime.hashed import NAME_DIGITS, hashed_name

OWN = ("*.css", "*.js", "*.svg", "icons/*.png")
INDEX = Path("search", "search_index.json")
SUFFIXES = (".html", ".webmanifest")


def name_by_content(out: Path) -> dict[str, str]:
    """Rename the files of a finished site and say the new names in its pages. Returns old → new, relative to `out`.

    Raises LookupError if the script that asks for the search index no longer does.
    """
    _tell_index(out)
    assets = out / "assets"
    names: dict[str, str] = {}
    for path in sorted({path for pattern in OWN for path in assets.glob(pattern)}):
        named = path.with_name(hashed_name(path.name, path.read_bytes()))
        path.rename(named)
        names[path.relative_to(out).as_posix()] = named.relative_to(out).as_posix()
    address = re.compile("|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)) or "(?!)")
    for page in sorted(path for path in out.rglob("*") if path.suffix in SUFFIXES):
        text = page.read_text("utf-8")
        page.write_text(address.sub(lambda match: names[match[0]], text), "utf-8")
    return names


def _tell_index(out: Path) -> None:
    """search.js asks for the index by the hash of what it holds."""
    script, index = out / "assets" / "search.js", out / INDEX
    if not index.is_file():  # offline: a script of the same content, in the same folder as the page
        return
    code = script.read_text("utf-8")
    if code.count("{index}") != 1:
        raise LookupError(f"assets/search.js: {{index}} found {code.count('{index}')} times, expected 1")
    script.write_text(code.replace("{index}", hashlib.sha256(index.read_bytes()).hexdigest()[:NAME_DIGITS]), "utf-8")
