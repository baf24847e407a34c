"""What a change to the rules alters is told, question by question, before and after."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts.curate.diff import main

SMALL = Path(__file__).parents[1] / "rules" / "small" / "rules"
FUJIAN = "350000-福建/employee-restoration.yaml"
Told = Callable[..., str]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A git checkout of the small rulebook, with one more rule in a city."""
    shutil.copytree(SMALL, tmp_path / "rules")
    for command in (["init", "-q"], ["add", "."], ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "rules"]):
        subprocess.run(["git", "-C", str(tmp_path), *command], check=True)
    return tmp_path


@pytest.fixture
def told(checkout: Path, capsys: pytest.CaptureFixture[str]) -> Told:
    """told(file, old, new): what `make diff` says once `old` is replaced in that file."""

    def run(name: str = "", old: str = "", new: str = "") -> str:
        if name:
            path = checkout / "rules" / name
            text = path.read_text("utf-8")
            assert old in text
            path.write_text(text.replace(old, new), "utf-8")
        assert main([], checkout) == 0
        return capsys.readouterr().out

    return run


def test_nothing_changed_is_said(told: Told, checkout: Path) -> None:
    assert told() == "规则和 HEAD 一样，没有一个答案会变。\n"
    assert (checkout / "build" / "diff.md").read_text("utf-8") == "规则和 HEAD 一样，没有一个答案会变。\n"


def test_a_longer_wait_is_told_before_and_after(told: Told, checkout: Path) -> None:
    said = told(FUJIAN, "wait: 6 months", "wait: 5 months")
    assert "改动 350000.employee.restoration：福建:断缴超过3个月,先报一半（values）" in said
    assert "| 福建省 | 职工医保(单位缴) |" in said
    assert "等待期：6个月（省） → 5个月（省）" in said
    table = (checkout / "build" / "diff.md").read_text("utf-8")
    row = "| 在原地恢复缴费，2026-11-21 缴费，不补，接着缴 | 4个月、5个月、6个月、7个月、12个月、13个月 | 等待期 |"
    assert f"{row} 6个月（省） | 5个月（省） |" in table


def test_only_the_place_of_the_change_is_asked(told: Told) -> None:
    said = told("350000-福建/350200-厦门/resident-exemption.yaml", "within: 90 days", "within: 100 days")
    assert "要问 1 个地方" in said and "厦门市" in said and "福建省" not in said


def test_a_national_change_is_asked_wherever_someone_speaks_on_that_scheme(told: Told) -> None:
    said = told("CN/resident-waiting.yaml", "fixed: 3 months", "fixed: 2 months")
    assert "要问 2 个地方" in said and "| 全国 | 城乡居民医保 |" in said and "| 厦门市 | 城乡居民医保 |" in said


def test_words_alone_alter_no_answer(told: Told) -> None:
    said = told(FUJIAN, "title: 福建", "title: 福建省")
    assert "（title）" in said and "没有一个答案变了。" in said


def test_a_rule_taken_away_is_told(told: Told, checkout: Path) -> None:
    (checkout / "rules" / "350000-福建" / "350200-厦门" / "resident-exemption.yaml").unlink()
    said = told()
    assert "删掉 350200.resident.exemption" in said and "人群 veteran" in said


def test_a_rule_that_becomes_unclear_is_shown_as_another_reading(told: Told) -> None:
    said = told(FUJIAN, "topic: restoration", "topic: restoration\nstanding: unclear")
    assert "等待期：6个月（省） → 查不到" in said and "也有说6个月" in said


def test_a_base_that_does_not_exist_is_refused(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--base", "v99"], checkout) == 1
    assert capsys.readouterr().err == "没有 v99 这个版本；BASE 应当是提交号、分支名，或 HEAD~1 这样的写法\n"


def test_a_base_that_the_check_refuses_is_named(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = checkout / "rules" / FUJIAN
    sound = path.read_text("utf-8")
    path.write_text(sound.replace("6 months", "6 month"), "utf-8")
    commit = ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qam", "wrong"]
    subprocess.run(["git", "-C", str(checkout), *commit], check=True)
    path.write_text(sound, "utf-8")
    assert main([], checkout) == 1
    assert "HEAD 的规则按现在的检查读不出来（1 处），不能比" in capsys.readouterr().err


def test_a_mistake_in_the_working_tree_is_told(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = checkout / "rules" / FUJIAN
    path.write_text(path.read_text("utf-8").replace("6 months", "6 month"), "utf-8")
    assert main([], checkout) == 1
    assert "长度 6 month 写法不对" in capsys.readouterr().err


def test_without_git_it_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(SMALL, tmp_path / "rules")
    assert main([], tmp_path) == 1
    assert capsys.readouterr().err.startswith("这里不是 git 仓库")
