"""Write what an editor needs to complete rule files: build/schemas/*.json (.vscode/settings.json points there).

    python -m scripts.curate.schemas
"""

from __future__ import annotations

import sys
from pathlib import Path

from scripts.rulebook import write_schemas

ROOT = Path(__file__).resolve().parents[2]


def main(root: Path = ROOT) -> int:
    """The command line; returns the exit code."""
    write_schemas(root / "build" / "schemas")
    return 0


if __name__ == "__main__":
    sys.exit(main())
