"""Every mistake in a rule file is told with file, line, column, what is wrong and what would be right."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scripts.rulebook import RuleErrors, build_rulebook

MISTAKES = json.loads(Path(__file__).with_name("mistakes.json").read_text(encoding="utf-8"))
"""name, file, what is replaced by what in the small rulebook, and every line that the check then prints."""

Spoil = Callable[[str, str, str], list[str]]


@pytest.mark.parametrize("mistake", MISTAKES, ids=[mistake["name"] for mistake in MISTAKES])
def test_the_message_is(spoil: Spoil, mistake: dict[str, Any]) -> None:
    assert spoil(mistake["file"], mistake["replace"], mistake["by"]) == mistake["says"]


def test_there_are_enough_examples_and_each_is_different() -> None:
    assert len({tuple(mistake["says"]) for mistake in MISTAKES}) >= 60


def test_all_mistakes_of_all_files_are_told_in_one_run(rules: Path, spoil: Spoil) -> None:
    spoil("late_fee", 'daily_rate: "0.0005"', "daily_rate: 0.0005")
    spoil("groups", "name: 新生儿", "nmae: 新生儿")
    said = spoil("fujian", "wait: 6 months", "wait: 6 month")
    assert [line.split(": ")[0] for line in said] == [
        "rules/350000-福建/employee-restoration.yaml:16:15",
        "rules/CN/employee-late_fee.yaml:7:28",
        "rules/groups.yaml:1:3",
        "rules/groups.yaml:1:17",
    ]


def test_nothing_is_compiled_while_there_is_a_mistake(rules: Path) -> None:
    (rules / "groups.yaml").write_text("- {id: newborn}\n", encoding="utf-8")
    with pytest.raises(RuleErrors) as caught:
        build_rulebook(rules)
    assert caught.value.errors[0].mark.path == "rules/350000-福建/350200-厦门/resident-exemption.yaml"


def _only(rules: Path, name: str) -> str:
    """What the check says of one file, alone."""
    with pytest.raises(RuleErrors) as caught:
        build_rulebook(rules)
    return "\n".join(line for line in str(caught.value).splitlines() if line.startswith(f"rules/{name}:"))


def test_a_file_with_a_strange_name_is_refused(rules: Path) -> None:
    (rules / "notes.yml").write_text("a: 1\n", encoding="utf-8")
    assert _only(rules, "notes.yml").startswith("rules/notes.yml:1:1: 不认识这个文件;应当是 rules/rulebook.yaml")


def test_a_folder_that_is_no_place_is_refused(rules: Path) -> None:
    (rules / "福建").mkdir()
    (rules / "福建" / "employee-restoration.yaml").write_text("a: 1\n", encoding="utf-8")
    assert "不认识这个文件" in _only(rules, "福建/employee-restoration.yaml")


def test_an_empty_file_is_refused(rules: Path) -> None:
    (rules / "groups.yaml").write_text("# 还没写\n", encoding="utf-8")
    assert _only(rules, "groups.yaml") == "rules/groups.yaml:1:1: 文件是空的;应当写上内容或删掉文件"


def test_a_file_that_is_too_big_is_refused(rules: Path) -> None:
    (rules / "groups.yaml").write_bytes(b"#" * (256 * 1024 + 1))
    assert "文件有 262145 字节;应当不超过 262144 字节" in _only(rules, "groups.yaml")


def test_a_file_that_is_not_utf_8_is_refused(rules: Path) -> None:
    (rules / "groups.yaml").write_bytes("a: 1\nname: 新生儿\n".encode("gbk"))
    assert _only(rules, "groups.yaml") == "rules/groups.yaml:2:1: 不是 UTF-8 文字;应当存成 UTF-8"


def test_control_characters_are_refused(rules: Path) -> None:
    (rules / "groups.yaml").write_text("a: 1\nname: \x07\n", encoding="utf-8")
    assert _only(rules, "groups.yaml") == "rules/groups.yaml:2:1: 有不能显示的控制字符;应当删掉"


@pytest.mark.parametrize("depth", [30, 20_000])
def test_deep_nesting_is_refused(rules: Path, depth: int) -> None:
    (rules / "groups.yaml").write_text("[" * depth + "]" * depth, encoding="utf-8")
    assert "嵌套超过 16 层;应当写浅一些" in _only(rules, "groups.yaml")


def test_an_alias_is_refused(rules: Path) -> None:
    (rules / "groups.yaml").write_text("- &a {id: newborn, name: 甲, explain: 乙}\n- *a\n", encoding="utf-8")
    assert "用了锚点或别名" in _only(rules, "groups.yaml")


def test_a_missing_rulebook_file_is_told(rules: Path) -> None:
    (rules / "rulebook.yaml").unlink()
    assert _only(rules, "rulebook.yaml") == "rules/rulebook.yaml:1:1: 没有这个文件;应当写上 version、data_date、title"


def test_a_wrong_ledger_is_told(rules: Path) -> None:
    (rules / "ledger").mkdir()
    (rules / "ledger" / "all.yaml").write_text(
        "- {of: facts, ids: [N-040], pages: {N-040: [/calculator]}}\n- {of: fact, ids: []}\n", encoding="utf-8"
    )
    assert _only(rules, "ledger/all.yaml").splitlines() == [
        "rules/ledger/all.yaml:1:8: 没有 facts 这个写法;是不是想写 fact",
        "rules/ledger/all.yaml:1:45: /calculator 不对;应当是站内地址，例如 calculator/ 或 claims/000/#s0-008",
        "rules/ledger/all.yaml:2:19: 列表只有 0 项;应当至少有 1 项,每项是材料里的编号，例如 N-040",
    ]


def test_a_document_seen_by_one_waits_for_the_second(rules: Path, spoil: Spoil) -> None:
    page = "  official_url: https://www.nhsa.gov.cn/a\n  sha256: " + "0123456789abcdef" * 4 + "\n"
    once = "  verified_by: 甲\n  verified_on: 2026-11-20\n" + page + "  grade: official_text"
    assert spoil("documents", "  grade: official_text", once) == []
    assert build_rulebook(rules)["documents"]["fj-qa"]["reviewed_by"] is None
    assert spoil("documents", "verified_by: 甲", "verified_by: 甲\n  reviewed_by: 乙") == []
