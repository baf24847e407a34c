"""Files that the calculator is made of come broken, as something else, or not at all."""

from __future__ import annotations

import json

import pytest

from tests.browser.homes import ROOT
from tests.faults import server
from tests.faults.outcome import ask, check_answered, check_told, check_told_at_once
from tests.faults.server import PYTHON, RULEBOOK, WORKER
from tests.faults.tables import rows

pytestmark = pytest.mark.browser

TOLD = [
    # id, which files, what is wrong with them: no rung can do without
    ("python-missing", PYTHON, server.missing),
    ("python-forbidden", PYTHON, server.forbidden),
    ("python-server-error", PYTHON, server.server_error),
    ("python-empty", PYTHON, server.empty),
    ("python-cut-short", PYTHON, server.cut_short(0.3)),
    ("python-broken-off", PYTHON, server.broken_off(0.3)),
    ("python-garbled", PYTHON, server.garbled),
    ("python-is-a-login-page", PYTHON, server.login_page),
    ("python-sent-to-log-in", PYTHON, server.sent_to_log_in),
    ("python-sent-to-another-host", PYTHON, server.sent_to_another_host),
    ("python-said-to-be-packed", PYTHON, server.said_to_be_packed),
    ("python-line-cut", PYTHON, server.line_cut),
    ("rulebook-missing", RULEBOOK, server.missing),
    ("rulebook-empty", RULEBOOK, server.empty),
    ("rulebook-cut-short", RULEBOOK, server.cut_short(0.3)),
    ("rulebook-broken-off", RULEBOOK, server.broken_off(0.9)),
    ("rulebook-garbled", RULEBOOK, server.garbled),
    ("rulebook-is-a-login-page", RULEBOOK, server.login_page),
    ("rulebook-line-cut", RULEBOOK, server.line_cut),
    ("worker-missing", WORKER, server.missing),
    ("worker-cut-short", WORKER, server.cut_short(0.3)),
    ("worker-broken-off", WORKER, server.broken_off(0.3)),
    ("worker-garbled", WORKER, server.garbled),
    ("worker-is-a-login-page", WORKER, server.login_page),
    ("worker-line-cut", WORKER, server.line_cut),
    ("all-of-it-missing", (*PYTHON, *RULEBOOK, *WORKER, "*.zip"), server.missing),
]
DAY = (
    "python-missing", "python-cut-short", "python-garbled", "python-is-a-login-page", "python-line-cut", "rulebook-missing",
    "worker-missing", "worker-garbled", "worker-is-a-login-page", "all-of-it-missing",
)  # fmt: skip
HARMLESS = [
    ("python-of-no-type", PYTHON, server.no_type),
    ("python-as-plain-text", PYTHON, server.plain_text),
    ("python-of-unknown-length", PYTHON, server.no_length),
    ("rulebook-as-plain-text", RULEBOOK, server.plain_text),
    ("style-missing", ("*/widget.*.css",), server.missing),
    ("theme-missing", ("*/assets/site.*.css",), server.missing),
    ("page-script-missing", ("*/assets/site.*.js",), server.missing),
    ("provider-puts-a-script-in", ("/calculator/",), server.inserted("<script>document.body.innerHTML = ''</script>")),
]
FIRST_RUNG = [
    ("first-rung-missing", server.missing),
    ("first-rung-cut-short", server.cut_short(0.3)),
    ("first-rung-garbled", server.garbled),
    ("first-rung-is-a-login-page", server.login_page),
    ("first-rung-line-cut", server.line_cut),
]


@rows("files, fault", TOLD, at_night=[row[0] for row in TOLD if row[0] not in DAY])
def test_told_with_what_to_do(files, fault, site, visit):
    site.put(files, fault)
    calculator = visit(site.root + "calculator/")
    ask(calculator)
    check_told(calculator)
    check_told_at_once(calculator)


@rows("files, fault", HARMLESS, at_night=("python-of-no-type", "theme-missing", "page-script-missing"))
def test_answered_all_the_same(files, fault, site, visit):
    site.put(files, fault)
    calculator = visit(site.root + "calculator/")
    ask(calculator)
    check_answered(calculator)


def test_a_rulebook_altered_by_one_digit_is_not_believed(site, visit):
    """As long as it should be, and readable: three months have become four."""
    site.put(RULEBOOK, server.missing)
    site.put(RULEBOOK[:1], server.altered(b'"fixed":{"n":3', b'"fixed":{"n":4'))
    calculator = visit(site.root + "calculator/")
    ask(calculator)
    check_told(calculator)


def own_files(index):
    """Files that one rung has for itself, as patterns of their paths."""
    html = (ROOT / "site" / "calculator" / "index.html").read_text("utf-8")
    config = json.loads(html.split('data-yb="config">')[1].split("</script>")[0])
    urls = [[part["url"] for part in rung.values() if isinstance(part, dict)] for rung in config["runtime"]["rungs"]]
    others = {url for place, rung in enumerate(urls) if place != index for url in rung}
    return ["/" + url.removeprefix("../") for url in urls[index] if url not in others]


@rows("fault", FIRST_RUNG, at_night=("first-rung-garbled", "first-rung-is-a-login-page", "first-rung-line-cut"))
def test_the_next_rung_answers(fault, site, visit):
    broken = own_files(0)
    assert broken
    site.faults |= dict.fromkeys(broken, fault)
    calculator = visit(site.root + "calculator/")
    ask(calculator)
    check_answered(calculator)
    assert set(broken) & set(site.asked)


def test_trying_again_answers_once_the_fault_is_gone(site, visit):
    site.put(PYTHON, server.missing)
    calculator = visit(site.root + "calculator/")
    ask(calculator)
    check_told(calculator)
    site.faults.clear()
    calculator.part("trouble").get_by_role("button", name="再试一次").click()
    check_answered(calculator)
