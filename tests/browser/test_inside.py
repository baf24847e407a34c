"""Inside the browser itself: the calculator's own tests, and many questions put straight to the page's worker."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from scripts.fingerprint import files_under
from scripts.runtime.parts import write_zip
from scripts.serve import serving
from tests import prepared
from tests.browser.homes import ROOT
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
ASK_THE_WORKER = """async (texts) => {
  const { runtime } = JSON.parse(document.querySelector('[data-yb="config"]').textContent)
  const { name, worker: script, ...files } = runtime.rungs[0]
  const address = ({ url, size }) => ({ url: new URL(url, location.href).href, size })
  const named = Object.entries({ ...files, rulebook: runtime.rulebook })
  const parts = Object.fromEntries(named.map(([key, file]) => [key, address(file)]))
  const worker = new Worker(address(script).url)
  const told = []
  return new Promise((done, fail) => {
    const ask = () => told.length < texts.length
      ? worker.postMessage({ type: 'ask', id: told.length, text: texts[told.length] })
      : done([name, told])
    worker.onerror = (event) => fail(new Error(event.message))
    worker.onmessage = ({ data }) => {
      if (data.type === 'failed') fail(new Error(data.reason))
      if (data.type === 'answer') told.push(data.text)
      if (data.type === 'refused') told.push(JSON.stringify([data.field, data.message]))
      if (['ready', 'answer', 'refused'].includes(data.type)) ask()
    }
    worker.postMessage({ type: 'boot', rung: name, parts })
  })
}"""


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


def test_the_pages_worker_gives_the_bytes_of_the_command_line(chromium: Browser) -> None:
    texts = [*beside_rules()[::2], *walked(1500)]
    wanted = []
    for line in told_here(texts):
        refused = json.loads(line).get("error")
        wanted.append(json.dumps([*refused.values()], ensure_ascii=False, separators=(",", ":")) if refused else line)
    with serving(ROOT / "site") as address:
        page = chromium.new_page()
        page.set_default_timeout(HALF_AN_HOUR_MS)
        page.goto(f"{address}calculator/")
        rung, told = page.evaluate(ASK_THE_WORKER, texts)
        page.close()
    assert rung == "bundle"
    assert len(told) == len(texts) > 2000
    assert [(text, one) for text, one, other in zip(texts, told, wanted, strict=True) if one != other][:2] == []
