"""CONTRIBUTING's new city, done as it is written there, in a checkout of its own."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

import pytest

from scripts.curate import diff, new_rule
from scripts.curate.preview import Preview
from scripts.curate.skeleton import blanks
from scripts.rulebook import RuleErrors, build_rulebook, run_cases

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
CITY = "rules/330000-浙江/330400-嘉兴"


@dataclass(frozen=True)
class Step:
    """A command to run (`file` empty), or what a file is to hold."""

    file: str
    text: str


def steps() -> Iterator[Step]:
    """The code blocks of the section on a new city, in order; a YAML block fills the file named last before it."""
    section = TEXT.split("## 加一个新城市（三十分钟）")[1].split("\n## ")[0]
    named = ""
    for block in re.finditer(r"`(rules/[^`]+\.yaml)`|```(sh|yaml)\n(.*?)```", section, re.DOTALL):
        if block[1]:
            named = block[1]
        else:
            yield Step(named if block[2] == "yaml" else "", block[3])


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    for part in ("rules", "docs"):
        shutil.copytree(ROOT / part, tmp_path / part)
    shutil.copyfile(ROOT / "mkdocs.yml", tmp_path / "mkdocs.yml")
    shutil.rmtree(tmp_path / CITY, ignore_errors=True)
    for command in (["init", "-q"], ["add", "rules"], ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "x"]):
        subprocess.run(["git", "-C", str(tmp_path), *command], check=True)
    return tmp_path


def obey(command: str, checkout: Path) -> int:
    """Do what a line of the shell says, with the module that the Makefile would run."""
    words = shlex.split(command)
    if words[:2] == ["make", "new-rule"]:
        given = dict(word.split("=", 1) for word in words[2:])
        return new_rule.main([f"--{key.lower()}={value}" for key, value in given.items()], checkout)
    if words == ["make", "rules"]:
        book = build_rulebook(checkout / "rules")
        return len(run_cases(book, checkout / "rules"))
    if words == ["make", "diff"]:
        return diff.main([], checkout)
    assert words[:2] == ["rm", "-r"], command
    for path in words[2:]:
        assert path.startswith("rules/")
        subprocess.run(["rm", "-r", str(checkout / path)], check=True)
    return 0


def test_a_new_city_is_added_as_it_is_written(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = build_rulebook(checkout / "rules")["hash"]
    filled = 0
    for step in steps():
        if not step.file:
            assert obey(step.text.strip(), checkout) == 0, step.text
            continue
        path = checkout / step.file
        assert blanks(path), f"{step.file} has no blanks to fill in"
        with pytest.raises(RuleErrors):
            build_rulebook(checkout / "rules")
        path.write_text(step.text, "utf-8")
        filled += 1
    said = capsys.readouterr().out
    assert filled == 2
    assert f"写好了 {CITY}/flexible-restoration.yaml" in said
    assert "新增 330400.flexible.restoration" in said and "→ 没有等待期（本地" in said
    assert build_rulebook(checkout / "rules")["hash"] == before


def test_the_new_city_has_a_page_in_the_preview(checkout: Path) -> None:
    for step in steps():
        if step.file:
            (checkout / step.file).parent.mkdir(parents=True, exist_ok=True)
            (checkout / step.file).write_text(step.text, "utf-8")
    page = Preview(checkout).page("places/330400.md") or ""
    assert "断3个月以内补上的不用等" in page and "4个月" in page


def test_the_minutes_add_up_to_thirty() -> None:
    section = TEXT.split("## 加一个新城市（三十分钟）")[1].split("\n## ")[0]
    assert sum(map(int, re.findall(r"（(\d+) 分钟）", section))) <= 30


def test_the_history_that_is_shown_can_be_read(checkout: Path) -> None:
    path = checkout / "rules" / "350000-福建" / "employee-restoration.yaml"
    (shown,) = re.findall(r"```yaml\n( *history:\n.*?)```", TEXT, re.DOTALL)
    rulebook = checkout / "rules" / "rulebook.yaml"
    rulebook.write_text(re.sub("data_date: .*", "data_date: 2026-12-31", rulebook.read_text("utf-8")), "utf-8")
    path.write_text(path.read_text("utf-8") + dedent(shown), "utf-8")
    rules = build_rulebook(checkout / "rules")["rules"]
    history = next(rule["history"] for rule in rules if rule["id"] == "350000.employee.restoration")
    assert [change["on"] for change in history] == ["2026-12-05"]
