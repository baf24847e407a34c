"""The command line as the contract has it: exit codes, error shape, arrays, streams."""

import json
import shutil
import subprocess
import sys

import jsonschema
import pytest

from calculator import answer
from calculator.schema import SCHEMAS
from tests.unit.conftest import ROOT

pytestmark = pytest.mark.skipif(sys.platform == "emscripten", reason="a page starts no processes")

CASE = {"scheme": "resident", "place": "CN", "as_of": "2026-03-20", "coverage_year": 2026, "last_covered_year": 2023}


@pytest.fixture(scope="module")
def run(tmp_path_factory, compiled):
    """The package copied out with its rulebook, so that the test needs no built tree."""
    home = tmp_path_factory.mktemp("cli")
    shutil.copytree(ROOT / "calculator", home / "calculator", ignore=shutil.ignore_patterns("__pycache__", "rulebook.json"))
    (home / "calculator" / "rulebook.json").write_text(json.dumps(compiled, ensure_ascii=False), encoding="utf-8")

    def _run(*arguments, text=""):
        return subprocess.run([sys.executable, "-m", "calculator", *arguments], input=text.encode(), cwd=home,
                              capture_output=True, check=False, env={"LC_ALL": "C", "PATH": ""})

    return _run


def test_one_case_in_one_assessment_out(run, rulebook):
    done = run("assess", text=json.dumps(CASE))
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode() == answer(json.dumps(CASE), rulebook) + "\n"


def test_an_array_gives_an_array(run):
    done = run("assess", "-", text=json.dumps([CASE, CASE]))
    assert [a["waiting"]["value"] for a in json.loads(done.stdout)] == [4, 4]


def test_a_wrong_one_in_an_array_is_named(run):
    done = run("assess", text=json.dumps([CASE, {**CASE, "place": "000000"}]))
    assert (done.returncode, done.stdout) == (2, b"")
    assert json.loads(done.stderr)["error"]["field"] == "1.place"


def test_wrong_input_exits_with_two_and_one_json_object(run):
    done = run("assess", text=json.dumps({**CASE, "paid": "2026-01-01"}))
    assert (done.returncode, done.stdout) == (2, b"")
    assert json.loads(done.stderr)["error"]["field"] == "paid"


@pytest.mark.parametrize("text", ["", "{", "\xff\xfe", "null"])
def test_what_is_not_a_case_at_all(run, text):
    done = run("assess", text=text)
    assert (done.returncode, done.stdout) == (2, b"")
    assert set(json.loads(done.stderr)["error"]) == {"field", "message"}


def test_bytes_that_are_not_utf8(run, tmp_path):
    (tmp_path / "case.json").write_bytes(b"\xff\xfe{}")
    done = run("assess", str(tmp_path / "case.json"))
    assert (done.returncode, done.stdout) == (2, b"")
    assert json.loads(done.stderr)["error"]["message"]


def test_a_stream_goes_on_after_a_bad_line(run):
    lines = [json.dumps(CASE), "{", json.dumps({**CASE, "as_of": "soon"}), "", json.dumps(CASE)]
    done = run("assess", "--jsonl", text="\n".join(lines))
    made = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert done.returncode == 0
    assert [m.get("error", {}).get("field") for m in made] == [None, "", "as_of", None]


def test_a_stream_goes_on_after_a_line_that_is_not_utf8(run, tmp_path):
    good = json.dumps(CASE).encode()
    (tmp_path / "cases.jsonl").write_bytes(good + b"\n\xff\n" + good + b"\n")
    done = run("assess", "--jsonl", str(tmp_path / "cases.jsonl"))
    made = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert [sorted(m)[0] == "error" for m in made] == [False, True, False]


def test_a_missing_file_and_a_wrong_command_are_said_plainly(run):
    for arguments in (("assess", "nowhere.json"), ("assess", "--rulebook", "nowhere.json"), ("answer",), ()):
        done = run(*arguments, text=json.dumps(CASE))
        assert (done.returncode, done.stdout) == (2, b"")
        assert json.loads(done.stderr)["error"]["message"]


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_the_schemas_are_schemas(run, name):
    schema = json.loads(run("schema", name).stdout)
    jsonschema.Draft202012Validator.check_schema(schema)


WRITTEN = {"--svg": "<svg ", "--ics": "BEGIN:VCALENDAR\r\n", "--text": "还没缴费", "--trace": "{"}


@pytest.mark.parametrize(("option", "begins"), WRITTEN.items())
def test_something_else_than_json_can_be_asked_for(run, option, begins):
    done = run("assess", option, text=json.dumps(CASE))
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode().startswith(begins)
    assert done.stdout.endswith(b"\n")


def test_a_calendar_without_a_day_is_nothing_at_all(run):
    unknown = {"scheme": "employee", "place": "130400", "as_of": "2026-03-20", "last_paid_month": "2025-10",
               "paid_on": "2026-03-10"}
    done = run("assess", "--ics", text=json.dumps(unknown))
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


@pytest.mark.parametrize("arguments", [("--svg", "--jsonl"), ("--svg", "--text"), ("--svg",)])
def test_only_one_thing_is_written_and_of_one_case(run, arguments):
    text = json.dumps(CASE if len(arguments) > 1 else [CASE, CASE])
    done = run("assess", *arguments, text=text)
    assert (done.returncode, done.stdout) == (2, b"")
    assert json.loads(done.stderr)["error"]["message"]


def test_help_says_what_can_be_written(run):
    told = run("assess", "--help").stdout.decode()
    assert all(option in told for option in ("--svg", "--ics", "--text", "--trace", "--jsonl"))


def test_a_rulebook_that_was_changed_after_its_hash_is_refused(run, compiled, tmp_path):
    changed = tmp_path / "changed.json"
    changed.write_text(json.dumps({**compiled, "title": "改过的"}, ensure_ascii=False), encoding="utf-8")
    done = run("assess", "--rulebook", str(changed), text=json.dumps(CASE))
    assert done.returncode == 2 and "指纹不符" in json.loads(done.stderr)["error"]["message"]
    whole = tmp_path / "whole.json"
    whole.write_text(json.dumps(compiled, ensure_ascii=False), encoding="utf-8")
    assert run("assess", "--rulebook", str(whole), text=json.dumps(CASE)).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("assess", "--jsonl", "--svg"), "--svg 和 --jsonl 不能一起用"),
        (("assess", "--pdf"), "不认识 --pdf"),
        (("schema", "cases"), "没有 'cases'，可以写"),
        ((), "还缺 command"),
        (("assess", "--rulebook"), "--rulebook 后面还缺一项"),
    ],
)
def test_a_wrong_command_is_told_in_chinese(run, arguments, said):
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    message = json.loads(done.stderr)["error"]["message"]
    assert message.startswith("命令写错了（") and said in message and "argument" not in message


def test_whoever_reads_only_the_beginning_of_a_schema_gets_no_traceback(run):
    whole_command = [sys.executable, "-m", "calculator", "schema", "assessment"]
    with subprocess.Popen(whole_command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        assert process.stderr.read() == b"" and process.wait() == 0
