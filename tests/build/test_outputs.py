"""What `make site` made: the wheel, the lock for Pyodide, the one compiled rulebook everywhere."""

from __future__ import annotations

import datetime
import email
import hashlib
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from scripts.wheel import build_wheel

ROOT = Path(__file__).resolve().parents[2]
LOAD = """
import {loadPyodide} from %(pyodide)s;
const lock = %(lock)s;
const py = await loadPyodide({lockFileURL: lock, packageBaseUrl: lock.slice(0, lock.lastIndexOf('/') + 1)});
await py.loadPackage('yibao-calculator');
console.log('RULES ' + py.runPython(`
import calculator, importlib.resources, json
json.loads(importlib.resources.files("calculator").joinpath("rulebook.json").read_text("utf-8"))["version"]`));
"""


@pytest.fixture(scope="module")
def wheel() -> Path:
    (path,) = (ROOT / "dist").glob("*.whl")
    return path


def test_the_wheel_needs_nothing_and_holds_the_rules_and_the_types(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        info = next(name for name in names if name.endswith("/METADATA"))
        metadata = email.message_from_bytes(archive.read(info))
    assert {"calculator/rulebook.json", "calculator/py.typed", "calculator/__main__.py"} <= names
    assert not [name for name in names if not name.startswith(("calculator/", "yibao_calculator-"))]
    assert metadata["Requires-Python"] == ">=3.11"
    assert metadata.get_all("Requires-Dist") is None


def test_the_wheel_is_named_by_the_version_of_the_rules(wheel):
    version = json.loads((ROOT / "calculator" / "rulebook.json").read_text(encoding="utf-8"))["version"]
    assert wheel.name == f"yibao_calculator-{version}-py3-none-any.whl"


def test_built_twice_the_wheel_is_the_same_bytes(wheel, tmp_path):
    with zipfile.ZipFile(wheel) as archive:
        year, month, day, *_ = archive.infolist()[0].date_time
    epoch = int(datetime.datetime(year, month, day, tzinfo=datetime.UTC).timestamp())
    again = build_wheel(ROOT, ROOT / "calculator" / "rulebook.json", tmp_path / "bench", tmp_path / "dist", epoch)
    assert again.read_bytes() == wheel.read_bytes()


def test_the_wheel_answers_where_nothing_else_of_ours_is(wheel, tmp_path):
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    case = {"scheme": "resident", "place": "CN", "as_of": "2026-11-21"}
    case |= {"coverage_year": 2027, "last_covered_year": 2024}
    run = subprocess.run(
        [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import runpy; "
         "sys.argv = ['calculator', 'assess']; runpy.run_module('calculator', run_name='__main__')"],
        input=json.dumps(case), capture_output=True, text=True, check=False, cwd=tmp_path,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout)["case"]["place"] == "CN"


def test_the_rulebook_is_the_same_bytes_wherever_it_lies(wheel):
    ours = (ROOT / "calculator" / "rulebook.json").read_bytes()
    with zipfile.ZipFile(wheel) as archive:
        assert archive.read("calculator/rulebook.json") == ours
    assert json.loads((ROOT / "site" / "api" / "rulebook.json").read_bytes()) == json.loads(ours)


def test_the_lock_names_our_wheel_by_its_hash_and_any_page_can_load_it(wheel):
    served = ROOT / "site" / "pyodide"
    if not served.is_dir():
        assert "pyodide-lock.json" in (ROOT / "build" / "stamp.json").read_text(encoding="utf-8")
        return
    lock = served / "pyodide-lock.json"
    entry = json.loads(lock.read_text(encoding="utf-8"))["packages"]["yibao-calculator"]
    assert entry["file_name"] == wheel.name
    assert entry["sha256"] == hashlib.sha256((served / wheel.name).read_bytes()).hexdigest()
    assert entry["imports"] == ["calculator"]
    pyodide = ROOT / "node_modules" / "pyodide" / "pyodide.mjs"
    words = {"pyodide": json.dumps(str(pyodide)), "lock": json.dumps(str(lock))}
    run = subprocess.run(
        ["node", "--input-type=module", "-e", LOAD % words], capture_output=True, text=True, timeout=120, check=False
    )
    assert run.returncode == 0, run.stderr
    assert "RULES 2" in run.stdout
