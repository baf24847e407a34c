"""The command line inside this very process: every way to ask and every way to be wrong."""

from __future__ import annotations

import io
import json
import os
import runpy
import stat
import sys
from pathlib import Path

import pytest

from calculator import answer, cli
from calculator.batch import answer_line, answer_lines
from tests import prepared

CASE = {"scheme": "resident", "place": "CN", "as_of": "2026-03-20", "coverage_year": 2026, "last_covered_year": 2023}
TEXT = json.dumps(CASE)


@pytest.fixture(scope="module")
def book(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("book") / "rulebook.json"
    path.write_text(json.dumps(prepared.rulebook(), ensure_ascii=False), "utf-8")
    return path


@pytest.fixture
def run(monkeypatch, book):
    """Arguments and what is typed in, to (exit code, what came out, what was complained of)."""

    def _run(*arguments: str, text: str | bytes = "", own: bool = False):
        typed = text if isinstance(text, bytes) else text.encode()
        streams = {"stdin": io.BytesIO(typed), "stdout": io.BytesIO(), "stderr": io.BytesIO()}
        for name, stream in streams.items():
            monkeypatch.setattr(sys, name, io.TextIOWrapper(stream))
        rulebook = () if own or "assess" not in arguments else ("--rulebook", str(book))
        try:
            code = cli.main([*arguments, *rulebook])
        except SystemExit as ended:
            code = ended.code
        sys.stdout.flush()
        sys.stderr.flush()
        told = [streams[name].getvalue().decode() for name in ("stdout", "stderr")]
        monkeypatch.undo()
        return code, *told

    return _run


def error_of(done):
    code, out, complaint = done
    assert (code, out) == (2, "")
    assert complaint.endswith("\n") and complaint.count("\n") == 1
    return json.loads(complaint)["error"]


def test_one_case_gives_the_text_of_its_answer_and_a_line_end(run, rulebook, tmp_path):
    file = tmp_path / "case.json"
    file.write_text(TEXT, "utf-8")
    wanted = (0, answer(TEXT, rulebook) + "\n", "")
    assert run("assess", text=TEXT) == run("assess", "-", text=TEXT) == run("assess", str(file)) == wanted


def test_an_array_gives_an_array_and_names_the_wrong_one(run, rulebook):
    one = answer(TEXT, rulebook)
    assert run("assess", text=f"[{TEXT},{TEXT}]") == (0, f"[{one},{one}]\n", "")
    assert run("assess", text="[]") == (0, "[]\n", "")
    wrong = error_of(run("assess", text=json.dumps([CASE, {**CASE, "place": "x"}])))
    assert wrong["field"] == "1.place" and wrong["message"].startswith("第 2 个：")
    assert error_of(run("assess", text=json.dumps([3])))["field"] == "0"


@pytest.mark.parametrize(("text", "field"), [("", ""), ("{", ""), (b"\xff\xfe", ""), (json.dumps({**CASE, "paid": 1}), "paid")])
def test_wrong_input_is_one_object_on_standard_error(run, text, field):
    told = error_of(run("assess", text=text))
    assert told["field"] == field and told["message"]


def test_bytes_that_are_no_text_are_said_to_be_none(run):
    assert "UTF-8" in error_of(run("assess", text=b"\xff"))["message"]


def test_lines_are_answered_one_by_one(run, rulebook):
    text = TEXT.encode() + b"\n\xff\n \n{}\n" + TEXT.encode()
    code, out, complaint = run("assess", "--jsonl", text=text)
    lines = out.splitlines()
    assert (code, complaint, len(lines)) == (0, "", 4)
    assert lines[0] == lines[3] == answer(TEXT, rulebook)
    assert "UTF-8" in json.loads(lines[1])["error"]["message"] and json.loads(lines[2])["error"]["field"] == "scheme"


def test_lines_may_be_bytes_or_text(rulebook):
    assert list(answer_lines([TEXT, "", TEXT.encode(), b"  \n"], rulebook)) == [answer(TEXT, rulebook)] * 2
    assert json.loads(answer_line("[", rulebook))["error"]["field"] == ""


@pytest.mark.parametrize(("option", "begins"), [("--svg", "<svg "), ("--ics", "BEGIN:VCALENDAR\r\n"), ("--text", "还没缴费")])
def test_another_form_is_written_as_it_is(run, option, begins):
    code, out, complaint = run("assess", option, text=TEXT)
    assert (code, complaint) == (0, "") and out.startswith(begins)
    assert out.endswith("\n") and not out.endswith("\n\n")


def test_a_calendar_without_a_day_is_nothing(run):
    unknown = {"scheme": "employee", "place": "130400", "as_of": "2026-03-20", "last_paid_month": "2025-10",
               "paid_on": "2026-03-10"}
    assert run("assess", "--ics", text=json.dumps(unknown)) == (0, "", "")


def test_only_one_case_can_be_drawn(run):
    assert error_of(run("assess", "--svg", text=f"[{TEXT}]"))["message"]


@pytest.mark.parametrize("arguments", [(), ("answer",), ("assess", "--svg", "--jsonl"), ("schema",), ("schema", "house")])
def test_wrong_arguments_end_like_wrong_input(run, arguments):
    assert "--help" in error_of(run(*arguments, own=True))["message"]


def test_help_is_help(run):
    code, out, _ = run("assess", "--help", own=True)
    assert code == 0 and all(option in out for option in ("--svg", "--ics", "--text", "--jsonl", "--rulebook"))


def test_a_file_that_is_not_there(run):
    assert "nowhere.json" in error_of(run("assess", "nowhere.json"))["message"]
    told = error_of(run("assess", "--rulebook", "nowhere.json", text=TEXT, own=True))
    assert told["field"] == "rulebook" and "nowhere.json" in told["message"]


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"rules": 3}'])
def test_a_rulebook_that_is_none(run, tmp_path, text):
    path = tmp_path / "broken.json"
    path.write_text(text, "utf-8")
    told = error_of(run("assess", "--rulebook", str(path), text=TEXT, own=True))
    assert told["field"] == "rulebook" and "损坏" in told["message"]


def test_the_package_brings_its_own_rulebook(monkeypatch, book, rulebook):
    monkeypatch.setattr(cli, "OWN_RULEBOOK", book)
    assert cli.own_rulebook().hash == rulebook.hash


@pytest.mark.parametrize("name", sorted(cli.SCHEMAS))
def test_schemas_are_printed_for_people(run, name):
    code, out, complaint = run("schema", name)
    assert (code, complaint, json.loads(out)) == (0, "", cli.SCHEMAS[name]())
    assert "\n  " in out and "\\u" not in out


class Gone(io.RawIOBase):
    """A pipe whose reader has left. It has the number of a file that may be closed."""

    def __init__(self, number: int) -> None:
        self.number = number

    def writable(self) -> bool:
        return True

    def write(self, _) -> int:
        raise BrokenPipeError

    def fileno(self) -> int:
        return self.number


def test_whoever_stops_reading_is_not_told_off(monkeypatch, book, tmp_path):
    with (tmp_path / "out").open("wb") as kept:
        for name, stream in (("stdin", io.BytesIO(TEXT.encode())), ("stdout", Gone(kept.fileno())), ("stderr", io.BytesIO())):
            monkeypatch.setattr(sys, name, io.TextIOWrapper(stream, write_through=True))
        code = cli.main(["assess", "--jsonl", "--rulebook", str(book)])
        complaint = sys.stderr.buffer.getvalue()
        assert stat.S_ISCHR(os.fstat(kept.fileno()).st_mode), "what is still to be written goes nowhere"
        monkeypatch.undo()
    assert (code, complaint) == (0, b"")


def test_the_package_runs_as_a_program(monkeypatch):
    out = io.TextIOWrapper(io.BytesIO())
    monkeypatch.setattr(sys, "argv", ["calculator", "schema", "case"])
    monkeypatch.setattr(sys, "stdout", out)
    for name in ("stdin", "stderr"):
        monkeypatch.setattr(sys, name, io.TextIOWrapper(io.BytesIO()))
    with pytest.raises(SystemExit) as ended:
        runpy.run_module("calculator", run_name="__main__")
    out.flush()
    assert ended.value.code == 0 and json.loads(out.buffer.getvalue())["title"] == "Case"


def test_a_rulebook_changed_after_its_hash_is_refused(run, book, tmp_path):
    changed = tmp_path / "changed.json"
    changed.write_text(json.dumps({**json.loads(book.read_text("utf-8")), "title": "改过的"}, ensure_ascii=False), "utf-8")
    told = error_of(run("assess", "--rulebook", str(changed), text=TEXT, own=True))
    assert told["field"] == "rulebook" and "指纹不符" in told["message"]
