"""A new rule begins as a file with blanks: the check names every blank and nothing else."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from scripts.curate.folders import Place, Wanted
from scripts.curate.new_rule import main
from scripts.curate.skeleton import blanks, document_text, rule_text
from scripts.rulebook.forms import DOCUMENT, FORMS
from scripts.rulebook.positions import Sequence, read_yaml
from scripts.rulebook.scalars import Report
from scripts.rulebook.topics import TOPICS

CITY = Place("330400", "嘉兴市", "330000", outside=False)
EVERY = [(topic.id, scheme) for topic in TOPICS.values() for scheme in (*topic.schemes, "all")]
ARGUMENTS = ["--place", "330400", "--scheme", "flexible", "--topic", "restoration", "--suffix", "lianxi"]


@pytest.mark.parametrize(("topic", "scheme"), EVERY, ids=["-".join(one) for one in EVERY])
def test_only_the_blanks_are_wrong(topic: str, scheme: str, tmp_path: Path) -> None:
    path = tmp_path / "new.yaml"
    path.write_text(rule_text(Wanted(CITY, scheme, topic, ""), date(2026, 11, 21)), "utf-8")
    report = Report()
    FORMS["rule"].compile(read_yaml(path, "new.yaml"), report)
    before_cases = len(path.read_text("utf-8").split("\ncases:")[0].splitlines())
    marked = {line for line, _ in blanks(path)}
    wrong = {error.mark.line for error in report.errors}
    assert wrong <= marked
    assert {line for line in marked if line <= before_cases} <= wrong
    assert all("这里是空的" in error.message for error in report.errors)


def test_a_documents_blanks_are_wrong_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "new.yaml"
    path.write_text(document_text("lianxi-1"), "utf-8")
    node, report = read_yaml(path, "new.yaml"), Report()
    assert isinstance(node, Sequence)
    DOCUMENT.compile(node.items[0], report)
    assert {error.mark.line for error in report.errors} == {line for line, _ in blanks(path)}


def test_the_file_stands_in_the_places_folder(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(ARGUMENTS, checkout) == 0
    said = capsys.readouterr().out
    assert "写好了 rules/330000-浙江/330400-嘉兴/flexible-restoration-lianxi.yaml" in said
    assert "第 4 行  title：" in said and "make rules" in said and "make diff" in said
    assert (checkout / "build" / "schemas" / "rule.json").is_file()


def test_a_province_and_a_county_find_their_folders(checkout: Path) -> None:
    rest = ["--scheme", "resident", "--topic", "enrolment", "--suffix", "x"]
    folders = {"CN": "CN", "浙江": "330000-浙江", "济源": "410000-河南/419001-济源", "兰溪": "330000-浙江/330781-兰溪"}
    for place, folder in folders.items():
        assert main(["--place", place, *rest], checkout) == 0
        assert (checkout / "rules" / folder / "resident-enrolment-x.yaml").is_file()


def test_a_document_that_is_not_registered_gets_a_record(checkout: Path) -> None:
    assert main([*ARGUMENTS, "--document", "lianxi-1"], checkout) == 0
    assert (checkout / "rules" / "documents" / "lianxi-1.yaml").is_file()
    rule = (checkout / "rules/330000-浙江/330400-嘉兴/flexible-restoration-lianxi.yaml").read_text("utf-8")
    assert "- document: lianxi-1" in rule


MISTAKES = {
    "没有写 PLACE、TOPIC。写法：make new-rule PLACE=330400 SCHEME=flexible TOPIC=restoration（": ["", "flexible", ""],
    "没有 restoratoin 这个主题；是不是想写 restoration？TOPIC 应当是下面的一个：": ["330400", "flexible", "restoratoin"],
    "没有 灵活 这种医保；SCHEME 应当是 employee（职工医保(单位缴)）、": ["330400", "灵活", "restoration"],
    "“居民等待期”不管灵活就业参加职工医保；SCHEME 应当是 resident（城乡居民医保）": ["330400", "flexible", "waiting"],
    "rules/places/ 里没有 嘉兴县 这个地方；是不是想写 嘉兴市？PLACE 应当是六位代码或地名": ["嘉兴县", "flexible", "restoration"],
    "香港特别行政区不在这个医保制度里，不写它的规则": ["810000", "flexible", "restoration"],
    "已经有 rules/330000-浙江/flexible-restoration.yaml；要改就直接改它": ["330000", "flexible", "restoration"],
    "叫“海”的地方有 ": ["海", "flexible", "restoration"],
}


@pytest.mark.parametrize("said", MISTAKES)
def test_what_is_wrong_is_said(said: str, checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place, scheme, topic = MISTAKES[said]
    before = sorted((checkout / "rules").rglob("*"))
    assert main(["--place", place, "--scheme", scheme, "--topic", topic], checkout) == 1
    assert capsys.readouterr().err.startswith(said)
    assert sorted((checkout / "rules").rglob("*")) == before


def test_a_document_id_in_chinese_is_refused(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*ARGUMENTS, "--document", "嘉兴通知"], checkout) == 1
    assert "文件编号 嘉兴通知 不能用" in capsys.readouterr().err
