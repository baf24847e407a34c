"""The commands of the calculator that our pages show are run as they stand there, and do what is said of them."""

from __future__ import annotations

import io
import json
import lzma
import re
import shlex
import sys
from pathlib import Path

import pytest

from calculator import cli
from tests.kept import take_away

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")
SHOWN = [README, *((ROOT / "docs" / "pages" / f"{name}.md").read_text("utf-8") for name in ("data", "package"))]
CASE = re.findall(r"^echo '(.+)' \\$", README, re.MULTILINE)
OPTIONS = re.compile(r"^\| `(--\w+)` \|", re.MULTILINE)
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def commands() -> list[list[str]]:
    """What stands behind `python -m calculator`, each once."""
    blocks = [block.replace("\\\n", " ") for text in SHOWN for kind, block in BLOCK.findall(text) if not kind]
    found = [line.split("-m calculator ")[1] for block in blocks for line in block.splitlines() if "-m calculator " in line]
    return [shlex.split(line.split(" > ")[0]) for line in dict.fromkeys(found)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files that the commands name."""
    home = tmp_path_factory.mktemp("shown")
    (home / "rules.json").write_bytes(lzma.decompress(take_away.RULEBOOK.read_bytes()))
    (home / "case.json").write_text(CASE[0], "utf-8")
    (home / "cases.jsonl").write_text(f"{CASE[0]}\n{{}}\n", "utf-8")
    return home


@pytest.fixture
def run(folder: Path, monkeypatch: pytest.MonkeyPatch):
    def _run(words: list[str]) -> tuple[int, str]:
        out = io.TextIOWrapper(io.BytesIO())
        monkeypatch.chdir(folder)
        monkeypatch.setattr(cli, "OWN_RULEBOOK", folder / "rules.json")
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(CASE[0].encode())))
        monkeypatch.setattr(sys, "stdout", out)
        monkeypatch.setattr(sys, "stderr", io.TextIOWrapper(io.BytesIO()))
        code = cli.main([word.replace("<指纹>.json", "rules.json") for word in words])
        out.flush()
        return code, out.buffer.getvalue().decode()  # type: ignore[attr-defined]

    return _run


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_the_command_works(words, run):
    code, said = run(words)
    assert code == cli.OK and all(json.loads(line) for line in (said.splitlines() if "--jsonl" in words else [said]))


def test_the_example_is_answered(run):
    assert len(CASE) == 1 and len(commands()) >= 6
    found = json.loads(run(["assess"])[1])
    assert found["lapse"]["length"] == 2 and found["headline"]


def test_the_table_has_every_form_of_an_answer_and_each_is_written(run):
    assert OPTIONS.findall(README) == [f"--{name}" for name in cli.SHOWN]
    begins = {"--svg": "<svg", "--ics": "BEGIN:VCALENDAR", "--text": "", "--trace": "{"}
    for option in OPTIONS.findall(README):
        code, said = run(["assess", option])
        assert code == cli.OK and said and said.startswith(begins[option])
