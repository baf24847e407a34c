"""Leaving and coming back; a tab that is older than what is published."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from scripts.browser import find_chromium
from tests.browser.asking import Calculator, link
from tests.browser.conftest import WAIT_MS
from tests.browser.homes import ROOT
from tests.faults.outcome import CASE, ask, check_answered, check_kept, check_told, type_in
from tests.faults.test_silence import SAVE_DATA

pytestmark = pytest.mark.browser

HASHED = "assets/widget"


@pytest.fixture(scope="session")
def newer(tmp_path_factory) -> Path:
    """The site as a later build publishes it: every hashed file by another name, the old ones gone."""
    folder = tmp_path_factory.mktemp("newer")
    shutil.copytree(ROOT / "site", folder, copy_function=os.link, dirs_exist_ok=True)
    names = {}
    for file in [path for path in (folder / HASHED).rglob("*") if path.is_file()]:
        stem, digest, rest = file.name.split(".", 2)
        name = f"{stem}.{digest[::-1]}.{rest}"
        file.rename(file.with_name(name))
        if file.parent.name == "instant":  # the page names these by their place and one hash for all
            names[f'"{digest}"'] = f'"{digest[::-1]}"'
        else:
            names[file.name] = name
    for page in ("calculator/index.html", "embed.html"):
        text = (folder / page).read_text("utf-8")
        for old, new in names.items():
            text = text.replace(old, new)
        (folder / page).unlink()
        (folder / page).write_text(text, "utf-8")
    return folder


def test_an_old_tab_that_has_python_answers_on(site, newer, visit):
    calculator = visit(site.root + "calculator/")
    ask(calculator)
    check_answered(calculator)
    site.folder = newer
    other = Calculator(calculator.page.context.new_page())
    other.page.goto(site.root + "calculator/" + link(CASE))
    check_answered(other)
    type_in(calculator, {"last_covered_year": 2020})
    calculator.wait("ready")
    type_in(calculator, {"last_covered_year": CASE["last_covered_year"]})
    check_answered(calculator)


def test_an_old_tab_without_python_is_told_and_a_refresh_answers(site, newer, visit):
    calculator = visit(site.root + "calculator/", init=SAVE_DATA)
    site.folder = newer
    ask(calculator)
    check_told(calculator)
    calculator.page.reload()
    check_answered(calculator)
    check_kept(calculator)


def test_gone_and_back(site, visit):
    calculator = visit(site.root + "calculator/")
    ask(calculator)
    check_answered(calculator)
    calculator.page.goto(site.root + "records/")
    calculator.page.go_back()
    check_answered(calculator)


def test_gone_and_back_by_the_browsers_memory(site, chromium):
    """The page itself comes back, as it was (back/forward cache), and goes on."""
    browser = chromium.browser_type.launch(
        executable_path=find_chromium(), ignore_default_args=["--disable-back-forward-cache"],
        args=["--enable-features=BackForwardCache"],
    )  # fmt: skip
    page = browser.new_page()
    page.set_default_timeout(WAIT_MS)
    page.goto(site.root + "calculator/")
    page.evaluate("addEventListener('pageshow', (event) => { window.kept = event.persisted })")
    calculator = Calculator(page)
    ask(calculator)
    check_answered(calculator)
    page.goto(site.root + "records/")
    page.go_back(wait_until="commit")
    assert page.evaluate("window.kept") is True
    check_answered(calculator)
    type_in(calculator, {"last_covered_year": 2020})
    calculator.wait("ready")
    type_in(calculator, {"last_covered_year": CASE["last_covered_year"]})
    check_answered(calculator)
    browser.close()


def test_refreshed_with_an_answer(site, visit):
    calculator = visit(site.root + "calculator/")
    ask(calculator)
    check_answered(calculator)
    calculator.page.reload()
    check_answered(calculator)


def test_refreshed_with_half_a_case(site, visit):
    calculator = visit(site.root + "calculator/")
    some = {key: CASE[key] for key in ("scheme", "place", "as_of")}
    type_in(calculator, some)
    calculator.page.wait_for_timeout(600)
    calculator.page.reload()
    calculator.page.wait_for_function("() => Boolean(customElements.get('yibao-calculator'))")
    calculator.page.wait_for_timeout(300)
    assert calculator.state in ("empty", "instant")
    held = calculator.values()
    assert {key: held.get(key) for key in some} == some
