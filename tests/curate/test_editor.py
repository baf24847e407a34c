"""An editor completes rule files by the same schema that checks them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest

from scripts.rulebook import EDITOR_FILES, json_schema
from scripts.rulebook.load import files, kind_of
from scripts.rulebook.positions import plain, read_yaml

ROOT = Path(__file__).resolve().parents[2]


def test_the_editor_is_told_which_schema_goes_with_which_files() -> None:
    settings = json.loads((ROOT / ".vscode" / "settings.json").read_text("utf-8"))
    assert settings["yaml.schemas"] == {f"build/schemas/{kind}.json": globs for kind, globs in EDITOR_FILES.items()}
    assert settings["yaml.schemaStore.enable"] is False


@pytest.mark.parametrize("kind", EDITOR_FILES)
def test_no_sound_file_is_underlined_by_the_editor(kind: str) -> None:
    validator = jsonschema.Draft7Validator(json_schema(kind))
    for path in files(ROOT / "rules"):
        if kind_of(path.relative_to(ROOT / "rules").parts) == kind:
            wrong = [error.message for error in validator.iter_errors(plain(read_yaml(path, path.name)))]
            assert not wrong, f"{path}: {wrong[:2]}"


def test_every_message_on_a_mistake_says_where_and_how_to_mend_it() -> None:
    mistakes = json.loads((ROOT / "tests" / "rules" / "mistakes.json").read_text("utf-8"))
    said = [line for mistake in mistakes for line in mistake["says"]]
    assert len({tuple(mistake["says"]) for mistake in mistakes}) >= 60
    assert [line for line in said if not re.match(r"rules/[^:]+\.yaml:\d+:\d+: .+(应当|是不是想写|请)", line)] == []
