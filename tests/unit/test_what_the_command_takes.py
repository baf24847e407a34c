"""What the command line takes and gives up: words as a shell hands them over, streams of any encoding, rulebooks of any order."""

from __future__ import annotations

import hashlib
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from calculator import CaseError, cli
from calculator.schema import SCHEMAS
from calculator.text import TOO_DEEP, read_json
from calculator.values import FIRST_YEAR, LAST_YEAR, YearMonth
from calculator.words import channel_words
from tests.unit.small import EMPLOYEE, PLACES, rule

Json = dict[str, Any]
Run = Callable[..., tuple[int, str, str]]
TEXT = json.dumps(EMPLOYEE)


class Lines(io.BytesIO):
    """Lines to be read, which look at what has been written each time that one is taken."""

    def __init__(self, text: str, written: io.BytesIO) -> None:
        super().__init__(text.encode())
        self.written = written
        self.seen: list[int] = []

    def __next__(self) -> bytes:
        self.seen.append(self.written.getvalue().count(b"\n"))
        return super().__next__()


def held(**more: Any) -> Json:
    """A whole rulebook as it is kept in a file, its hash included."""
    places = [{"code": code, "name": name, "parent": parent, "level": level} for code, name, parent, level in PLACES]
    made = {"version": "1", "places": places, "groups": [], "documents": {"d": {"title": "文件"}}, "channels": [], "claims": [],
            "rules": [rule("CN", "employee", "suspension", {"stop": "next_month"})]}  # fmt: skip
    canonical = json.dumps(made, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return {"hash": f"sha256:{hashlib.sha256(canonical.encode()).hexdigest()}", **made, **more}


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Arguments and what is typed in, to the exit code and what has left by then; the streams know nothing but ASCII."""

    def _run(*arguments: str, typed: io.BytesIO | None = None, written: io.BytesIO | None = None) -> tuple[int, str, str]:
        left = {"stdin": typed or io.BytesIO(TEXT.encode()), "stdout": written or io.BytesIO(), "stderr": io.BytesIO()}
        streams = {name: io.TextIOWrapper(stream, encoding="ascii") for name, stream in left.items()}
        for name, stream in streams.items():
            monkeypatch.setattr(sys, name, stream)
        try:
            try:
                code = cli.main(json.loads(json.dumps(arguments)))
            except SystemExit as ended:
                code = int(ended.code or 0)
            out = left["stdout"].getvalue().decode()
            streams["stderr"].flush()
            return code, out, left["stderr"].getvalue().decode()
        finally:
            monkeypatch.undo()

    return _run


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    path = tmp_path / "rulebook.json"
    path.write_text(json.dumps(held(), ensure_ascii=False), "utf-8")
    return path


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_a_schema_has_left_the_command_when_it_ends(run: Run, name: str) -> None:
    code, out, complaint = run("schema", name)
    assert (code, json.loads(out), complaint) == (0, SCHEMAS[name](), "")
    assert out.endswith("}\n"), "also the end of the last line"


def test_each_answer_has_left_before_the_next_line_is_taken(run: Run, kept: Path) -> None:
    written = io.BytesIO()
    lines = Lines(f"{TEXT}\n{{\n{TEXT}\n", written)
    code, out, _ = run("assess", "--jsonl", "--rulebook", str(kept), typed=lines, written=written)
    assert (code, out.count("\n"), lines.seen) == (0, 3, [0, 1, 2, 3])


def test_a_rulebook_may_be_written_in_any_order(run: Run, kept: Path) -> None:
    kept.write_text(json.dumps(dict(reversed(held().items())), ensure_ascii=False), "utf-8")
    assert run("assess", "--jsonl", "--rulebook", str(kept))[0] == 0


@pytest.mark.parametrize("digit", ["0", "f"])
def test_a_rulebook_with_any_other_hash_is_refused(run: Run, kept: Path, digit: str) -> None:
    kept.write_text(json.dumps(held(hash=f"sha256:{digit * 64}"), ensure_ascii=False), "utf-8")
    code, _, complaint = run("assess", "--jsonl", "--rulebook", str(kept))
    assert code == 2 and "指纹不符" in complaint


@pytest.mark.parametrize("wrong", [0, 1, 2])
def test_a_wrong_one_is_counted_from_one(run: Run, kept: Path, wrong: int) -> None:
    given = [{**EMPLOYEE, **({"place": "x"} if index == wrong else {})} for index in range(3)]
    code, _, complaint = run("assess", "--rulebook", str(kept), typed=io.BytesIO(json.dumps(given).encode()))
    told = json.loads(complaint)["error"]
    assert (code, told["field"]) == (2, f"{wrong}.place") and told["message"].startswith(f"第 {wrong + 1} 个：")


@pytest.mark.parametrize("name", ["(1).json", "+.json"])
def test_a_file_may_have_any_name(run: Run, kept: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    (kept.parent / name).write_text(json.dumps({**EMPLOYEE, "last_paid_month": "2025-08"}), "utf-8")
    monkeypatch.chdir(kept.parent)
    code, out, _ = run("assess", "--jsonl", "--rulebook", str(kept), name)
    assert (code, json.loads(out)["lapse"]["length"]) == (0, 6)


@pytest.mark.parametrize(("arguments", "said"), [
    (("assess", "--pdf"), "不认识 --pdf"), (("assess", "--svg", "--text"), "--text 和 --svg 不能一起用"), ((), "还缺 command"),
])  # fmt: skip
def test_a_wrong_command_is_told_in_chinese(run: Run, arguments: tuple[str, ...], said: str) -> None:
    code, _, complaint = run(*arguments)
    assert code == 2 and said in json.loads(complaint)["error"]["message"]


def test_what_was_closed_before_makes_no_nest_less_deep() -> None:
    with pytest.raises(CaseError) as refused:
        read_json("[" + "[]," * 25 + "[" * 20 + "]" * 21)
    assert refused.value.message == TOO_DEEP
    with pytest.raises(CaseError) as refused:
        read_json('{"a":' * 21 + "1" + "}" * 21)
    assert refused.value.message == TOO_DEEP


def test_many_keys_are_no_key_given_twice() -> None:
    many = {f"key{n}": n for n in range(300)}
    assert read_json(json.dumps(many)) == many


@pytest.mark.parametrize("text", [f"{FIRST_YEAR}-01", f"{LAST_YEAR}-12"])
def test_the_first_and_the_last_year_have_months(text: str) -> None:
    assert str(YearMonth.parse(text)) == text


@pytest.mark.parametrize("text", [f"{FIRST_YEAR - 1}-12", f"{LAST_YEAR + 1}-01"])
def test_a_month_before_the_first_year_or_after_the_last_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=text):
        YearMonth.parse(text)


@pytest.mark.parametrize(("number", "url", "said"), [
    ("12345", None, "热线：12345"), (None, "https://a.example", "热线：https://a.example"), (None, None, "热线"),
    ("12345", "https://a.example", "热线：12345"),
])  # fmt: skip
def test_a_channel_is_named_with_its_number_or_else_its_address(number: str | None, url: str | None, said: str) -> None:
    assert channel_words({"name": "热线", "number": number, "url": url}) == said
    assert channel_words({"name": "热线 12345", "number": "12345"}) == "热线 12345"
