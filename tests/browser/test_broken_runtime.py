"""Python cannot start: the page says so and what to do, keeps what was typed, and answers once the fault is gone."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from scripts.serve import serving
from tests.browser.asking import Calculator, link
from tests.browser.command import assess
from tests.browser.homes import DARK_PHONE, ROOT, Home

pytestmark = pytest.mark.browser

CASE = {
    "scheme": "resident", "place": "CN", "as_of": "2026-03-20", "coverage_year": 2026, "last_covered_year": 2022,
    "paid_on": "2026-03-12",
}  # fmt: skip
ALL_BUT_OTHER_HOSTS = r"^(console|exception|failed|HTTP)\b"  # what a browser has to say of broken files


def remove(file: Path) -> None:
    file.unlink()


def cut_short(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 3])


def garble(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 4096] = bytes(4096)
    file.write_bytes(data)


def replace_by_a_login_page(file: Path) -> None:
    file.write_text("<!doctype html><title>login</title>")


FAULTS: list[tuple[str, Callable[[Path], None]]] = [
    ("*.wasm", remove),
    ("*.wasm", cut_short),
    ("*.wasm", garble),
    ("*.wasm", replace_by_a_login_page),
    ("rulebook.*.json snapshot.*", cut_short),
    ("rulebook.*.json snapshot.*", replace_by_a_login_page),
    ("worker.*.js stock.*.js", remove),
    ("worker.*.js stock.*.js", cut_short),
]


@pytest.fixture
def broken(tmp_path: Path) -> Iterator[Home]:
    """A copy of the site that a test may break."""
    folder = tmp_path / "site"
    shutil.copytree(ROOT / "site", folder)
    with serving(folder) as root:
        yield Home("broken", root, folder)


def break_files(home: Home, patterns: str, fault: Callable[[Path], None]) -> list[Path]:
    """All that one of some patterns names, so that no rung of the ladder is left that could do without."""
    files = [file for pattern in patterns.split() for file in (home.folder / "assets" / "widget").glob(pattern)]
    assert files
    for file in files:
        fault(file)
    return files


def check_trouble(calculator: Calculator) -> None:
    calculator.wait("error")
    trouble = calculator.part("trouble")
    told = trouble.inner_text()
    assert "您填的内容还在" in told
    assert "12393" in told
    assert "离线包" in told
    assert "再试一次" in told
    assert trouble.locator("li").count() >= 3
    assert calculator.assessment == ""
    assert calculator.headline == json.loads(assess(CASE))["headline"]  # the instant answer stays
    assert calculator.fields("last_covered_year").input_value() == "2022"
    assert calculator.fields("paid_on").input_value() == "2026-03-12"
    assert calculator.page.locator("h1").is_visible()
    assert calculator.page.locator("h2").last.is_visible()


def check_answered(home: Home, open_page) -> None:
    calculator = Calculator(open_page(home, "calculator", forgive=ALL_BUT_OTHER_HOSTS))
    calculator.answer_all(CASE)
    calculator.submit()
    calculator.wait("ready")
    assert calculator.assessment == assess(CASE)


@pytest.mark.parametrize(("pattern", "fault"), FAULTS, ids=lambda value: getattr(value, "__name__", value))
def test_a_broken_file_is_told_and_the_form_kept(pattern, fault, broken, open_page):
    break_files(broken, pattern, fault)
    calculator = Calculator(open_page(broken, "calculator", DARK_PHONE, forgive=ALL_BUT_OTHER_HOSTS))
    calculator.answer_all(CASE)
    calculator.submit()
    check_trouble(calculator)


def test_trying_again_works_once_the_file_is_back(broken, open_page):
    files = break_files(broken, "*.wasm", remove)
    calculator = Calculator(open_page(broken, "calculator", forgive=ALL_BUT_OTHER_HOSTS))
    calculator.answer_all(CASE)
    calculator.submit()
    check_trouble(calculator)
    for file in files:
        shutil.copy(ROOT / "site" / file.relative_to(broken.folder), file)
    calculator.part("trouble").get_by_role("button", name="再试一次").click()
    calculator.wait("ready")
    assert calculator.assessment == assess(CASE)


@pytest.mark.parametrize("fault", [remove, cut_short, replace_by_a_login_page], ids=lambda fault: fault.__name__)
def test_the_second_rung_answers_where_the_first_is_broken(fault, broken, open_page):
    break_files(broken, "library.*.zip", fault)
    check_answered(broken, open_page)


def test_the_snapshot_answers_where_the_rulebook_beside_it_is_broken(broken, open_page):
    break_files(broken, "rulebook.*.json", cut_short)
    check_answered(broken, open_page)


@pytest.mark.parametrize("fault", [remove, cut_short], ids=lambda fault: fault.__name__)
def test_a_bundle_not_wholly_unpacked_says_so(fault, homes, tmp_path, open_page):
    folder = tmp_path / "offline"
    shutil.copytree(homes["offline"].folder, folder)
    home = Home("broken", folder.as_uri() + "/", folder)
    biggest = max((folder / "assets" / "widget").iterdir(), key=lambda file: file.stat().st_size)
    fault(biggest)
    calculator = Calculator(open_page(home, "calculator", forgive=ALL_BUT_OTHER_HOSTS))
    calculator.answer_all(CASE)
    calculator.submit()
    check_trouble(calculator)


def test_a_server_that_falls_silent_is_given_up_in_the_end(home, open_page):
    page = open_page(home, forgive=ALL_BUT_OTHER_HOSTS)
    page.clock.install()
    page.route(re.compile(r"\.wasm$"), lambda route: None)  # never answered
    page.goto(home.address("calculator"))
    calculator = Calculator(page)
    calculator.answer_all(CASE)
    calculator.submit()
    calculator.wait("loading")
    for _ in range(6):  # minutes, of the page's clock: each rung has its own patience
        page.clock.run_for(60_000)
        if calculator.state == "error":
            break
    check_trouble(calculator)
    page.unroute_all(behavior="ignoreErrors")


# Python's start, as slow as the test wants it: what comes after it reaches the page when it is let go.
HELD_START = """
const let_go = new Promise((resolve) => { window.letGo = resolve })
window.Worker = class extends Worker {
  set onmessage(hear) {
    super.onmessage = async (event) => {
      if (event.data.type !== 'progress' || event.data.step === 'calculator') await let_go
      hear(event)
    }
  }
}
"""


def test_a_slow_start_of_python_is_waited_for(home, open_page):
    page = open_page(home)
    page.add_init_script(HELD_START)
    workers: list[str] = []
    page.on("worker", lambda worker: workers.append(worker.url))
    page.clock.install()
    page.goto(home.address("calculator") + link(CASE))
    calculator = Calculator(page)
    page.wait_for_function("() => document.querySelector('[data-yb=progress]').value >= 0.59999")  # all files have come
    page.clock.run_for(60_000)
    page.evaluate("letGo()")
    calculator.wait("ready")
    assert len([one for one in workers if "/assets/widget/" in one]) == 1
