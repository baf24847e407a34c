"""A known weakness makes `make audit` fail; what nobody was asked about is said, and is never taken for good."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from scripts import audit
from scripts.audit import NOBODY, Audit, node_answer, of_node, of_python, python_answer, report, until_nobody
from scripts.beside import beside

ROOT = Path(__file__).resolve().parents[2]
NPM_LOCK = {
    "name": "tried", "lockfileVersion": 3, "requires": True,
    "packages": {
        "": {"name": "tried", "dependencies": {"leftish": "1.0.0"}},
        "node_modules/leftish": {"version": "1.0.0", "integrity": "sha512-" + "A" * 86 + "=="},
    },
}  # fmt: skip
ADVICE = {"id": 1, "url": "advisory-1", "title": "it leaks", "severity": "high", "vulnerable_versions": "<1.2.0"}
PYTHON_LOCK = "leftish==1.0.0 \\\n    --hash=sha256:" + "0" * 64 + "\n"
WEAK = {"id": "TRIED-1", "aliases": [], "affected": [{"package": {"name": "leftish", "ecosystem": "PyPI"},
        "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "1.2.0"}]}]}],
        "summary": "it leaks", "details": "it leaks"}  # fmt: skip


class Advisor(BaseHTTPRequestHandler):
    """Answers like npm's registry and like OSV; `weak` says whether there is anything to tell."""

    weak = True

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        npm = "advisories" in self.path
        self._answer(200, ({"leftish": [ADVICE]} if npm else {"vulns": [WEAK]}) if self.weak else {})

    def do_GET(self) -> None:
        self._answer(404, {"error": "not found"})  # of the package itself; without an answer npm asks for minutes

    def _answer(self, code: int, said: dict) -> None:
        body = json.dumps(said).encode()
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def advisor(monkeypatch):
    """The address of someone on this machine who knows."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Advisor)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    for name in ("http_proxy", "HTTP_PROXY", "npm_config_proxy"):
        monkeypatch.delenv(name, raising=False)
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def npm_lock(tmp_path) -> Path:
    (tmp_path / "package.json").write_text(json.dumps({"name": "tried", "dependencies": {"leftish": "1.0.0"}}), "utf-8")
    lock = tmp_path / "package-lock.json"
    lock.write_text(json.dumps(NPM_LOCK), "utf-8")
    return lock


def test_npm_finds_a_weak_version_and_the_command_fails(advisor, npm_lock, capsys):
    found = of_node(npm_lock, [f"--registry={advisor}"])
    assert found.found and "leftish" in found.found[0] and "high" in found.found[0] and not found.missing
    assert report([found], strict=False) == 1
    assert "1 处已知的漏洞" in capsys.readouterr().err


def test_npm_finds_nothing_where_nothing_is_known(advisor, npm_lock, monkeypatch, capsys):
    monkeypatch.setattr(Advisor, "weak", False)
    assert report([of_node(npm_lock, [f"--registry={advisor}"])], strict=True) == 0
    assert "没有已知的漏洞" in capsys.readouterr().out


def test_npm_without_anyone_to_ask_is_no_pass(npm_lock, capsys):
    found = of_node(npm_lock, ["--registry=http://127.0.0.1:9", "--fetch-retries=0"])
    assert found == Audit("package-lock.json", (), NOBODY)
    assert report([found], strict=False) == 0
    said = capsys.readouterr()
    assert "没有查完" in said.err and "没有已知的漏洞" not in said.out
    assert report([found], strict=True) == 3


def python_said(**other):
    packages = [{"name": "one", "version": "1", "vulns": []}, {"name": "two", "version": "2", "vulns": []} | other]
    return {"dependencies": packages, "fixes": []}


def test_a_weak_python_package_is_told_with_the_version_that_is_mended():
    found = python_answer("requirements.txt", python_said(vulns=[{"id": "PYSEC-1", "fix_versions": ["2.1"]}]))
    assert found.found == ("two 2:PYSEC-1(改好的版本:2.1)",) and report([found], strict=False) == 1


def test_a_package_that_was_skipped_is_no_pass(capsys):
    """A mirror that has the packages alone: pip-audit skips them all and says that it found nothing."""
    found = python_answer("requirements.txt", {"dependencies": [{"name": "two", "skip_reason": "not found"}]})
    assert found.missing == "1 个软件包里有 1 个没有答案"
    assert report([found], strict=False) == 0 and "没有已知的漏洞" not in capsys.readouterr().out
    assert python_answer("requirements.txt", {}).missing == NOBODY


def test_a_weakness_counts_though_others_could_not_be_asked():
    assert report([Audit("a", (), NOBODY), Audit("b", ("two 2:PYSEC-1",))], strict=False) == 1


def test_a_program_that_is_missing_or_says_no_json_is_nobody(tmp_path):
    assert of_python(tmp_path / "requirements.txt", tmp_path / "nothing", [()]).missing == NOBODY
    assert node_answer("package-lock.json", {"error": {"code": "ENOAUDIT"}}).missing == NOBODY


def test_where_nobody_answers_nobody_is_asked_again():
    asked = []

    def of(lock: Path) -> Audit:
        asked.append(lock)
        return Audit(lock.name, (), NOBODY)

    told = list(until_nobody([Path("a"), Path("b"), Path("c")], of))
    assert [one.missing for one in told] == [NOBODY] * 3 and asked == [Path("a")]


def test_every_lock_is_asked_about(monkeypatch):
    monkeypatch.setattr(audit, "beside", lambda lock, place: place)
    monkeypatch.setattr(audit, "of_python", lambda lock, tools: Audit(lock.name))
    monkeypatch.setattr(audit, "of_node", lambda lock: Audit(lock.relative_to(ROOT).as_posix()))
    names = {one.lock for one in audit.audits(ROOT)}
    assert names >= {"requirements.txt", "requirements-setup.txt", "package-lock.json", "scripts/markup/package-lock.json"}
    assert len(names) == len(list(ROOT.glob("requirements*.txt"))) + 1 + len(list((ROOT / "scripts").rglob("package-lock.json")))


@pytest.mark.slow
def test_pip_audit_finds_a_weak_version_and_the_command_fails(advisor, tmp_path):
    lock = tmp_path / "requirements.txt"
    lock.write_text(PYTHON_LOCK, "utf-8")
    tools = beside(ROOT / audit.LOCK, ROOT / "build" / "audit" / "tools")
    found = of_python(lock, tools, [("--vulnerability-service", "osv", "--osv-url", f"{advisor}/v1/query")])
    assert found == Audit("requirements.txt", ("leftish 1.0.0:TRIED-1(改好的版本:1.2.0)",))
    assert report([found], strict=False) == 1
