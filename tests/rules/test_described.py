"""The schema as the editor and the docs see it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from scripts.rulebook import EDITOR_FILES, json_schema, schema_rows, write_schemas
from scripts.rulebook.load import kind_of
from scripts.rulebook.positions import plain, read_yaml
from scripts.rulebook.topics import TOPICS

REAL = Path(__file__).parents[2] / "rules"
KINDS = ("rule", "document", "channel", "procedure", "group", "claim", "conflict", "ledger", "place", "rulebook", "calendar")


@pytest.fixture(scope="module")
def schemas() -> dict[str, Any]:
    return {kind: json_schema(kind) for kind in KINDS}


def test_a_schema_is_written_for_every_kind(tmp_path: Path) -> None:
    written = write_schemas(tmp_path / "schemas")
    assert sorted(path.stem for path in written) == sorted(KINDS) == sorted(EDITOR_FILES)
    for path in written:
        jsonschema.Draft7Validator.check_schema(json.loads(path.read_text(encoding="utf-8")))


def test_the_editor_finds_nothing_wrong_with_the_real_rules(schemas: dict[str, Any]) -> None:
    validators = {kind: jsonschema.Draft7Validator(schema) for kind, schema in schemas.items()}
    for path in sorted(REAL.rglob("*.yaml")):
        kind = kind_of(path.relative_to(REAL).parts)
        assert kind is not None
        found = [error.message for error in validators[kind].iter_errors(plain(read_yaml(path, str(path))))]
        assert found == [], path


@pytest.mark.parametrize(
    "spoilt",
    [
        {"topic": "restoratoin"},
        {"schemes": ["pensioner"]},
        {"values": {"undated": {"tiers": [{"wait": "3 month"}]}}},
        {"values": {"undated": {"tires": []}}},
        {"review_by": None},
        {"sources": []},
        {"colour": "red"},
    ],
    ids=str,
)
def test_the_editor_sees_the_same_mistakes(schemas: dict[str, Any], spoilt: dict[str, Any]) -> None:
    path = Path(__file__).parent / "small" / "rules" / "350000-福建" / "employee-restoration.yaml"
    rule = plain(read_yaml(path, str(path)))
    validator = jsonschema.Draft7Validator(schemas["rule"])
    assert validator.is_valid(rule)
    assert not validator.is_valid({**rule, **spoilt})


def test_every_key_is_described(schemas: dict[str, Any]) -> None:
    for kind in KINDS:
        for row in schema_rows(kind):
            assert row["meaning"] and row["value"], row["key"]
    for topic in TOPICS:
        assert all(row["meaning"] and row["value"] for row in schema_rows("rule", topic))


def test_the_docs_table_of_a_kind() -> None:
    rows = {row["key"]: row for row in schema_rows("document")}
    assert rows["title"] == {"key": "title", "meaning": "标题", "value": "标题", "example": "", "required": True, "choices": {}}
    assert rows["status"]["choices"]["superseded"] == "已被取代"
    assert {row["key"] for row in schema_rows("rule", "suspension")} == {"stop"}
    assert "tiers[].when.lapse.max" in {row["key"] for row in schema_rows("rule", "restoration")}


def test_a_kind_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(KeyError):
        schema_rows("weather")
