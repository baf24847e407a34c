"""A page names its overdue rules by the reader's own day, and claims nothing where that day is not known."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

from scripts.site.book import Book
from scripts.site.pages import Desk, Page, render
from scripts.site.rests import Rests

ROOT = Path(__file__).parents[2]
NOTICE = re.compile(r"<(?P<tag>\w+)[^>]*data-yb-review-by=\"(?P<day>[^\"]*)\"[^>]*>")


def test_the_script_compares_with_the_readers_day() -> None:
    run = subprocess.run(["node", "--test", str(Path(__file__).with_name("overdue.test.mjs"))], capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr


def test_the_script_holds_no_word_and_no_day_of_its_own() -> None:
    code = (ROOT / "docs" / "assets" / "overdue.js").read_text("utf-8").split("*/", 1)[1]
    assert not re.search(r"[一-鿿]|\d{4}", code)


def test_rules_under_a_page_are_grouped_by_their_day_of_review(small: dict[str, Any]) -> None:
    rests = Rests(Book(small))
    for rule in small["rules"]:
        rests.rule(rule)
    found = rests.reviews()
    assert [day for day, _ in found] == sorted({rule["review_by"] for rule in small["rules"]})
    assert sum(len(rules) for _, rules in found) == len(small["rules"])


def test_every_rule_shown_has_a_hidden_notice_with_its_day() -> None:
    shown = '{{ m.rule(book.rule_by_id["CN.resident.waiting"]) }}'
    html = rendered('{% extends "frame.md.j2" %}{% block body %}' + shown + "{% endblock %}")
    day = real().rule_by_id["CN.resident.waiting"]["review_by"]
    found = [(match["tag"], match["day"], " hidden>" in match[0]) for match in NOTICE.finditer(html)]
    assert found == [("div", day, True), ("li", day, True), ("span", day, True)]
    assert html.index("<div") < html.index("###"), "the notice comes before what it is about"


def test_a_page_without_rules_has_no_notice() -> None:
    assert not NOTICE.search(rendered('{% extends "frame.md.j2" %}{% block body %}没有规则。{% endblock %}'))


def rendered(template: str) -> str:
    desk = Desk.open(ROOT / "docs", real().data)
    page = Page("x.md", template, {"title": "一页"})
    uris = frozenset({"about/verify.md", "documents.md", "index.md", "x.md"})
    return render(page, desk, uris)


def real() -> Book:
    from scripts.rulebook import build_rulebook

    return Book(build_rulebook(ROOT / "rules"))
