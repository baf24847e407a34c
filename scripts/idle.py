"""Code that nobody uses, found by vulture: in calculator/ and scripts/, where the tests alone do not count as use.

Templates use what Python never mentions, so the words of their tags count, too. What vulture cannot see is called by
something else is in `CALLED_FROM_ELSEWHERE`, by whom; a name that is used by now has to leave that list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from keyword import iskeyword
from pathlib import Path

from vulture.core import Vulture

SURE = 60  # per cent: the lowest that vulture gives, so that all it sees is heard
TEMPLATES = ("docs/**/*.j2", "docs/pages/**/*.md", "docs/theme/**/*.html", "scripts/**/*.j2")
TAG = re.compile(r"\{[{%](.*?)[%}]\}", re.DOTALL)

CALLED_FROM_ELSEWHERE = {
    "http.server and socketserver, of whatever serves": ("do_GET", "log_message", "daemon_threads", "protocol_version"),
    "html.parser": ("handle_startendtag", "handle_data"),
    "zipfile and tarfile, which write what an entry says of itself": ("compress_type", "external_attr", "mode", "mtime"),
    "getattr, by the name of a key of the Case or of a rule": (
        "parent_insured_months", "count_from_year", "start_in_window", "start_late",
        "in_window_first_enrolment", "cash_out", "family_use", "inheritance", "transferable",
    ),
    "whoever writes the whole tuple": ("coming",),
    "compile, of a syntax tree": ("returns", "annotation"),
    "OpenFisca, of a variable": ("value_type", "entity", "definition_period", "formula"),
    "scripts/runtime/compile.mjs, inside of Pyodide": ("write_bundle",),
    "scripts/runtime/snapshot.mjs, inside of Python": ("settle",),
    "tests, which hold the other half of an idea here": ("caddy", "expected_of", "faults", "holds_on", "siblings", "unmet_of"),
}  # fmt: skip


def idle(root: Path, called: dict[str, tuple[str, ...]] = CALLED_FROM_ELSEWHERE) -> Iterator[str]:
    """What nobody uses in the checkout at `root`, and names in `called` that need not be there: one line each."""
    known = {name for names in called.values() for name in names}
    found = Vulture()
    for path in sorted([*root.glob("calculator/**/*.py"), *root.glob("scripts/**/*.py"), *root.glob("docs/**/*.py")]):
        found.scan(path.read_text(encoding="utf-8"), path)
    found.scan("\n".join(sorted(_words_of_templates(root))), root / "docs" / "templates")
    needed = set()
    for item in found.get_unused_code(min_confidence=SURE):
        name = Path(item.filename).relative_to(root).as_posix()
        if item.name in known:
            needed.add(item.name)
        elif not name.startswith("docs/"):
            yield f"{name}:{item.first_lineno}: {item.message}; take it out, or say in scripts/idle.py who calls it"
    for name in sorted(known - needed):
        yield f"scripts/idle.py:1: {name} is used, or gone; take it out of CALLED_FROM_ELSEWHERE"


def _words_of_templates(root: Path) -> set[str]:
    """Every name between the braces of a template."""
    words = set()
    for pattern in TEMPLATES:
        for path in root.glob(pattern):
            for tag in TAG.findall(path.read_text(encoding="utf-8")):
                words |= set(re.findall(r"[A-Za-z_]\w*", tag))
    return {word for word in words if not iskeyword(word)}
