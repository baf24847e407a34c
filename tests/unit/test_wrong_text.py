"""Text that is no Case: each is refused in words, whatever reads it."""

from __future__ import annotations

import pytest

from calculator import CaseError, answer
from calculator.text import MOST_DEPTH, read_json


@pytest.mark.parametrize("mark", ["[", '{"a":', '[{"a":['])
def test_a_deep_nest_is_refused_before_it_is_read(rulebook, mark: str) -> None:
    with pytest.raises(CaseError, match="嵌套太深"):
        answer(mark * 100_000, rulebook)


def test_brackets_in_strings_are_no_nest() -> None:
    assert read_json('{"a": "' + "[" * 1000 + '", "b": [[{}]]}') == {"a": "[" * 1000, "b": [[{}]]}


def test_as_deep_as_allowed_is_read() -> None:
    assert read_json("[" * MOST_DEPTH + "]" * MOST_DEPTH)
