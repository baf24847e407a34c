"""The schema as others read it: JSON Schema files for an editor, and rows of a table for the docs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypedDict

from scripts.rulebook.forms import FORMS
from scripts.rulebook.kinds import ByShape, Field, FirstWord, Keys, ListOf, MapOf, Maybe
from scripts.rulebook.ruleform import rule_form
from scripts.rulebook.scalars import Choice, Kind
from scripts.rulebook.topics import TOPICS

ALONE = ("rule", "rulebook", "calendar")
"""Kinds of which a file holds one; of the others it holds a list."""

EDITOR_FILES = {
    "rule": ["rules/CN/*.yaml", "rules/XPCC*/*.yaml", "rules/[0-9]*/**/*.yaml"],
    "rulebook": ["rules/rulebook.yaml"],
    "group": ["rules/groups.yaml"],
    "calendar": ["rules/calendar.yaml"],
    "ledger": ["rules/ledger/*.yaml"],
    **{kind: [f"rules/{kind}s/*.yaml"] for kind in ("document", "channel", "procedure", "claim", "conflict", "place")},
}
"""Which schema goes with which files, for the editor's settings (`yaml.schemas`)."""


class Row(TypedDict):
    """One key of a file. `key`: a dotted path, `[]` for the items of a list, `*` for any key. `choices`: word → meaning."""

    key: str
    meaning: str
    value: str
    example: str
    required: bool
    choices: dict[str, str]


def write_schemas(out_dir: Path) -> list[Path]:
    """Write one JSON Schema (draft 7) for each kind of file; returns the paths written."""
    out_dir.mkdir(parents=True, exist_ok=True)
    paths = []
    for kind in FORMS:
        path = out_dir / f"{kind}.json"
        path.write_text(
            json.dumps(json_schema(kind), ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8"
        )
        paths.append(path)
    return paths


def json_schema(kind: str) -> dict[str, Any]:
    """The JSON Schema of one kind of file."""
    one = FORMS[kind].schema()
    whole = one if kind in ALONE else {"anyOf": [{"type": "array", "items": one}, one]}
    return {"$schema": "http://json-schema.org/draft-07/schema#", "title": FORMS[kind].words(), **whole}


def schema_rows(kind: str, topic: str | None = None) -> list[Row]:
    """Rows for the docs: the keys of one kind of file. With `topic`, the keys of a rule's value on that topic.

    KeyError for a kind or a topic that does not exist.
    """
    if topic is not None:
        return list(_rows(TOPICS[topic].value(), ""))
    if kind != "rule":
        return list(_rows(FORMS[kind], ""))
    hidden = ("values.", "readings[].differs.")
    return [row for row in _rows(rule_form("scope"), "") if not row["key"].startswith(hidden)]


def _rows(kind: Kind, path: str) -> Iterator[Row]:
    if isinstance(kind, Maybe):
        yield from _rows(kind.of, path)
    elif isinstance(kind, ListOf):
        yield from _rows(kind.of, f"{path}[]")
    elif isinstance(kind, MapOf):
        yield from _rows(kind.values, f"{path}.*")
    elif isinstance(kind, ByShape):
        for shape in kind.kinds():
            yield from _rows(shape, path)
    elif isinstance(kind, Keys):
        for item in kind.fields:
            yield _row(item, path)
            yield from _rows(item.kind, f"{path}.{item.key}".lstrip("."))


def _row(item: Field, path: str) -> Row:
    return {
        "key": f"{path}.{item.key}".lstrip("."),
        "meaning": item.meaning,
        "value": item.kind.words().strip(),
        "example": item.example,
        "required": item.required,
        "choices": _choices(item.kind),
    }


def _choices(kind: Kind) -> dict[str, str]:
    """The words that a key may hold, each with its meaning; none for a key that holds something else."""
    if isinstance(kind, Maybe | ListOf):
        return _choices(kind.of)
    if isinstance(kind, Choice | FirstWord):
        return dict(kind.options)
    if isinstance(kind, ByShape):
        return {word: meaning for shape in kind.kinds() for word, meaning in _choices(shape).items()}
    return {}
