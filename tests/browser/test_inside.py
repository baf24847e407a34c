"""Inside the browser itself: the calculator's own tests, and many questions put to the page's Python past its form."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from scripts.fingerprint import files_under
from scripts.runtime.parts import write_zip
from scripts.runtime.prepare import RUNGS
from scripts.serve import serving
from tests import prepared
from tests.browser.homes import ROOT
from tests.engines.asking import as_line
from tests.pyodide.packages import installed
from tests.pyodide.questions import beside_rules, told_here, walked

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PROJECT = ("calculator", "scripts", "rules", "docs", "tests", "pyproject.toml", "README.md", "Makefile")
HALF_AN_HOUR_MS = 1_800_000
WAIT_FOR_WORKER = """name => new Promise((done) => {
  const worker = new Worker(name, { type: 'module' })
  worker.onmessage = (event) => done(event.data)
  worker.onerror = (event) => done({ code: -1, told: event.message })
})"""
# The page's own Python, as the page starts it, with all of the questions waiting at once.
ASK_THE_PAGE = """async (texts) => {
  const { python } = document.querySelector('yibao-calculator')
  const replies = await Promise.all(texts.map((text) => python.ask(text)))
  const told = replies.map((reply) => reply.type === 'answer' ? reply.text : [reply.field, reply.message])
  return [python.rung, python.falls, told]
}"""
AT_ONCE = 200


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder to serve: Pyodide, the project and the packages as zips, a page."""
    packages = installed()
    folder = tmp_path_factory.mktemp("inside")
    shutil.copytree(ROOT / "node_modules" / "pyodide", folder / "pyodide")
    for name, root, tops in (("project.zip", ROOT, PROJECT), ("packages.zip", packages, (".",))):
        found = {str(path.relative_to(root)): path for top in tops for path in files_under(root / top)}
        write_zip(folder / name, {key: path.read_bytes() for key, path in found.items()})
    shutil.copy(prepared.write(), folder / "prepared.json")
    shutil.copy(ROOT / "tests" / "pyodide" / "page.mjs", folder / "page.mjs")
    (folder / "index.html").write_text("<!doctype html><title>tests</title>", "utf-8")
    return folder


def test_the_calculators_tests_pass_in_the_browser(stage: Path, chromium: Browser) -> None:
    with serving(stage) as address:
        page = chromium.new_page()
        page.set_default_timeout(HALF_AN_HOUR_MS)
        page.goto(address)
        ended = page.evaluate(WAIT_FOR_WORKER, "page.mjs")
        page.close()
    assert ended["code"] == 0, ended["told"]
    assert " passed" in ended["told"]


def test_the_pages_python_gives_the_bytes_of_the_command_line_to_many_questions_at_once(chromium: Browser) -> None:
    texts = [*beside_rules()[::2], *walked(1500)]
    assert len(texts) > 2000
    with serving(ROOT / "site") as address:
        page = chromium.new_page()
        page.set_default_timeout(HALF_AN_HOUR_MS)
        page.goto(f"{address}calculator/")
        for start in range(0, len(texts), AT_ONCE):
            asked = texts[start : start + AT_ONCE]
            rung, falls, told = page.evaluate(ASK_THE_PAGE, asked)
            assert (rung, falls) == (RUNGS[0][0], [])
            answers = zip(asked, map(as_line, told), told_here(asked), strict=True)
            assert [answer for answer in answers if answer[1] != answer[2]][:2] == []
        page.close()
