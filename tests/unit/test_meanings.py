"""Every key of every JSON Schema has a Chinese description, and no description is of a key that is not there."""

from __future__ import annotations

import io
import json
import re
import sys
from typing import Any

import jsonschema
import pytest

from calculator import cli
from calculator.fields import FIELDS
from calculator.meanings import ASSESSMENT, RULEBOOK, TRACE
from calculator.schema import SCHEMAS

Json = dict[str, Any]


def described(schema: Any, path: str = "") -> dict[str, str | None]:
    """Dotted path of each property → its description."""
    found: dict[str, str | None] = {}
    for one in (schema.get("items"), schema.get("additionalProperties"), *schema.get("anyOf", ())):
        if isinstance(one, dict):
            found |= described(one, path)
    for key, value in schema.get("properties", {}).items():
        here = f"{path}.{key}" if path else key
        found |= {here: value.get("description"), **described(value, here)}
    return found


def of(name: str) -> dict[str, str | None]:
    whole = SCHEMAS[name]()
    found = described(whole)
    for shape, schema in whole.get("$defs", {}).items():
        found |= described(schema, "answer" if name == "assessment" else shape)
    return found


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_every_property_has_a_description_in_chinese(name: str) -> None:
    found = of(name)
    assert len(found) > 15
    assert [key for key, text in found.items() if not text or not re.search("[一-鿿]", text)] == []
    jsonschema.Draft202012Validator.check_schema(SCHEMAS[name]())


@pytest.mark.parametrize(("name", "table"), [("assessment", ASSESSMENT), ("rulebook", RULEBOOK), ("trace", TRACE)])
def test_the_descriptions_are_those_of_the_table_and_none_is_left_over(name: str, table: dict[str, str]) -> None:
    assert of(name) == dict(table)


def test_the_keys_of_a_case_are_described_by_their_fields() -> None:
    found = of("case")
    for field in FIELDS:
        assert found[field.name] == field.meaning
        for word in field.choices:
            assert word in field.meaning, (field.name, word)
        for item in field.items:
            assert found[f"{field.name}.{item.name}"] == item.meaning


@pytest.mark.parametrize("name", ["case", "assessment", "rulebook"])
def test_the_command_prints_them(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.BytesIO()
    for stream in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, stream, io.TextIOWrapper(out if stream == "stdout" else io.BytesIO()))
    assert cli.main(["schema", name]) == 0
    assert json.loads(out.getvalue().decode("utf-8")) == SCHEMAS[name]()
