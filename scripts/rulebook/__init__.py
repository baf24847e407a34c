"""Rule files (YAML under rules/) → checked → one compiled rulebook.

Nothing is compiled while there is a mistake anywhere: `build_rulebook` raises RuleErrors with all of them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from scripts.rulebook.compiled import compile_rulebook
from scripts.rulebook.cross import check_all
from scripts.rulebook.described import EDITOR_FILES, Row, json_schema, schema_rows, write_schemas
from scripts.rulebook.errors import Mark, RuleError, RuleErrors
from scripts.rulebook.expect import CaseFailure, count_cases, files_of, run_cases
from scripts.rulebook.load import declared_exceptions, load
from scripts.rulebook.scalars import Report

__all__ = [
    "EDITOR_FILES",
    "CaseFailure",
    "Mark",
    "Row",
    "RuleError",
    "RuleErrors",
    "build_rulebook",
    "count_cases",
    "declared_exceptions",
    "files_of",
    "json_schema",
    "run_cases",
    "schema_rows",
    "write_schemas",
]


def build_rulebook(rules_dir: Path) -> dict[str, Any]:
    """The compiled rulebook of a folder of rule files. Raises RuleErrors."""
    report = Report()
    items = load(rules_dir, report)
    check_all(items, report)
    if report.errors:
        raise RuleErrors(report.errors)
    return compile_rulebook(items)
