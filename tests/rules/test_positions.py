"""How a rule file's words are read: YAML 1.2, positions kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.rulebook.errors import RuleErrors
from scripts.rulebook.positions import MAX_BYTES, Node, mark_at, plain, read_yaml


def read(tmp_path: Path, text: str) -> Node:
    path = tmp_path / "a.yaml"
    path.write_text(text, encoding="utf-8")
    return read_yaml(path, "a.yaml")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("yes", "yes"), ("no", "no"), ("on", "on"), ("12:30", "12:30"), ("2025-01-01", "2025-01-01"), ("2024-12", "2024-12"),
        ("true", True), ("False", False), ("null", None), ("~", None), ("", None), ("12", 12), ("-3", -3), ("0", 0),
        ('"12"', "12"), ("'true'", "true"), ("012", "012"), ("1_000", "1_000"), ("0.50", "0.50"), ("[a, 1]", ["a", 1]),
    ],
)  # fmt: skip
def test_a_word_is_read_as(tmp_path: Path, text: str, value: object) -> None:
    assert plain(read(tmp_path, f"key: {text}\n")) == {"key": value}


def test_a_position_counts_characters_from_one(tmp_path: Path) -> None:
    node = read(tmp_path, "标题: 甲\n列表:\n  - {名: 乙, 数: 3}\n  - {名: 丙}\n")
    assert str(mark_at(node, "标题")) == "a.yaml:1:1"
    assert str(mark_at(node, "列表", 0, "数")) == "a.yaml:3:12"
    assert str(mark_at(node, "列表", 1)) == "a.yaml:4:5"
    assert str(mark_at(node, "列表", 7, "没有")) == "a.yaml:2:1"


@pytest.mark.parametrize("digits", [15, 16, 5000])
def test_a_number_longer_than_any_here_is_no_whole_number(tmp_path: Path, digits: int) -> None:
    assert plain(read(tmp_path, f"key: {'9' * digits}\n")) == {"key": int("9" * 15) if digits == 15 else "9" * digits}


@pytest.mark.parametrize("sign", ["\\x00", "\\x1b", "\\x7f", "\\u202e", "\\u2066", "\\ufeff"])
@pytest.mark.parametrize("text", ['key: "甲{}乙"\n', '"甲{}": 乙\n'])
def test_a_sign_that_is_not_seen_is_refused_wherever_it_stands(tmp_path: Path, text: str, sign: str) -> None:
    with pytest.raises(RuleErrors, match="控制字符;应当删掉"):
        read(tmp_path, text.format(sign))


def test_a_file_that_is_too_big_is_not_read_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("read"))
    with pytest.raises(RuleErrors, match="应当不超过"):
        read(tmp_path, "# " + "a" * MAX_BYTES)
