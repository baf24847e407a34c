"""The parts of a build as commands of their own, so that each can be measured.

    python -m scripts.bench.work stage RULEBOOK MANIFEST OUT     write the staged Markdown
    python -m scripts.bench.work site STAGED OUT                 make the hosted site of it
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from scripts.site import build_site, stage

ROOT = Path.cwd()


def read(path: str) -> dict[str, Any]:
    """A JSON object from a file."""
    found: dict[str, Any] = json.loads(Path(path).read_text("utf-8"))
    return found


def main(arguments: list[str]) -> int:
    """The command line; returns the exit code."""
    match arguments:
        case ["stage", rulebook, manifest, out]:
            stage(ROOT, read(rulebook), read(manifest), Path(out))
        case ["site", staged, out]:
            build_site(ROOT, Path(staged), Path(out), False)
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
