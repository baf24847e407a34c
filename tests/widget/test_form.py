"""The form as it stands in the page before any script runs."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import Any

import pytest

from calculator.fields import BY_NAME, FIELDS
from scripts.runtime import embed_html, widget_html
from scripts.runtime.form import grouped_places, questions, read_words
from scripts.runtime.prepare import OFFLINE_RUNGS, PLAIN, RUNGS

ASSETS = {name for _, parts in (*RUNGS, *OFFLINE_RUNGS) for name in parts.values()} | {"rulebook.json", *PLAIN}
FILES = {name: {"name": name, "size": 1, "sha": "0" * 64} for name in sorted(ASSETS)}
INSTANT = {"places": ["CN"], "hash": "0" * 12}
MANIFEST = {
    **{form: {"root": "", "files": FILES, "instant": INSTANT} for form in ("hosted", "offline")},
    "start": "begin()",
}


class Page(HTMLParser):
    """Every element with its attributes, and the text of scripts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.scripts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {key: value or "" for key, value in attrs}))

    def handle_data(self, data: str) -> None:
        if data.strip() and self.elements[-1][0] == "script":
            self.scripts.append(data)

    def having(self, attribute: str, value: str | None = None) -> list[tuple[str, dict[str, str]]]:
        return [(t, a) for t, a in self.elements if attribute in a and value in (None, a[attribute])]


@pytest.fixture(scope="module")
def page(rulebook: dict[str, Any]) -> Page:
    return Page(widget_html(rulebook, MANIFEST, "../", offline=False))


def test_every_key_of_a_case_is_asked(page: Page) -> None:
    for field in FIELDS:
        names = [f"{field.name}.*.{item.name}" for item in field.items] or [field.name]
        for name in names:
            assert page.having("name", name), name


def test_every_question_takes_not_known_but_the_day_it_is_asked_for(rulebook: dict[str, Any]) -> None:
    for question in questions(FIELDS, read_words("form.yml"), rulebook["groups"]):
        if question.control != "list":
            assert bool(question.unknown) == (question.name != "as_of"), question.name


def test_never_insured_and_not_known_are_two_answers(page: Page) -> None:
    assert len(page.having("data-yb", "none")) == 1


def test_choices_hold_the_values_of_the_contract(page: Page) -> None:
    values = {a["value"] for _, a in page.having("name", "scheme")}
    assert values == {*BY_NAME["scheme"].choices, ""}
    assert {a["value"] for _, a in page.having("name", "back_paid")} == {"true", "false", ""}


def test_an_employers_arrears_are_offered_to_employees_alone(page: Page) -> None:
    offered = {a["value"]: a["data-yb-schemes"] for t, a in page.elements if t == "option" and "data-yb-schemes" in a}
    assert offered == {"employer_arrears": "employee"}


def test_whoever_depends_on_an_answer_is_asked_among_the_first(rulebook: dict[str, Any]) -> None:
    asked = {question.name: question for question in questions(FIELDS, read_words("form.yml"), rulebook["groups"])}
    assert asked["in_window"].core and not asked["in_window"].only_if
    assert {"exempt_group": ["left_employee"]} in asked["last_paid_month"].only_if["resident"]
    assert {"situation": ["scheme_switch"]} in asked["last_paid_month"].only_if["resident"]


def test_a_question_stands_after_those_it_depends_on(rulebook: dict[str, Any]) -> None:
    asked = questions(FIELDS, read_words("form.yml"), rulebook["groups"])
    before = [q.name for q in asked if q.core] + [q.name for q in asked if not q.core]
    for question in asked:
        for condition in (*question.only_if.values(), *question.unless.values()):
            for terms in condition if isinstance(condition, list) else [condition]:
                assert all(before.index(name) < before.index(question.name) for name in terms), question.name


def test_the_page_to_embed_says_what_it_is(rulebook: dict[str, Any]) -> None:
    html = embed_html(rulebook, MANIFEST)
    assert len(Page(html).having("class", "yb-name")) == 1 and "<h1" in html
    assert "非官方网站" in html and 'href="assets/favicon.svg"' in html


def test_a_place_is_its_code_and_one_without_the_scheme_is_not_offered(page: Page) -> None:
    codes = [a["value"] for t, a in page.elements if t == "option"]
    assert {"350000", "350100", "350181", "XPCC", "CN"} <= set(codes)
    assert "810000" not in codes


def test_a_county_stands_below_its_city(rulebook: dict[str, Any]) -> None:
    fujian = grouped_places(rulebook["places"], "{name}")[0]
    assert [place["name"] for place in fujian["below"]] == ["福州市", "　福清市"]


def test_but_for_what_it_begins_with_no_script_or_style_is_inline(page: Page, rulebook: dict[str, Any]) -> None:
    embedded = Page(embed_html(rulebook, MANIFEST))
    assert [found.scripts.count(MANIFEST["start"]) for found in (page, embedded)] == [1, 0]
    for found in (page, embedded):
        assert not any(key == "style" or key.startswith("on") for _, attributes in found.elements for key in attributes)
        assert not [tag for tag, _ in found.elements if tag == "style"]
        assert all(json.loads(text) is not None for text in found.scripts if text != MANIFEST["start"])


def test_every_label_and_description_points_to_something(page: Page) -> None:
    ids = [a["id"] for _, a in page.having("id")]
    assert len(ids) == len(set(ids))
    for attribute in ("for", "aria-describedby", "aria-labelledby"):
        for _, attributes in page.having(attribute):
            assert attributes[attribute] in ids


def test_the_hooks_of_the_contract_are_there(page: Page) -> None:
    for hook in ("headline", "state", "assessment"):
        assert len(page.having("data-yb", hook)) == 1
    assert page.having("data-yb", "state")[0][1]["data-state"] == "empty"


def test_markdown_can_hold_it(rulebook: dict[str, Any]) -> None:
    html = widget_html(rulebook, MANIFEST, "", offline=True)
    assert html.startswith("<div") and html.endswith("</div>\n") and "\n\n" not in html


def test_what_the_rulebook_says_cannot_break_out(rulebook: dict[str, Any]) -> None:
    hostile = {**rulebook, "groups": [{"id": '"><script>', "name": "</script><script>alert(1)</script>"}]}
    html = widget_html(hostile, MANIFEST, "", offline=False, preset={"place": "</script><b>"})
    assert "<script>" not in html and "<b>" not in html


def test_a_key_that_has_no_words_stops_the_build(rulebook: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="as_of"):
        questions([f for f in FIELDS if f.name != "as_of"], read_words("form.yml"), rulebook["groups"])
