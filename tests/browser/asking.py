"""The calculator as a reader uses it: questions by their names, the answer by its hooks (contract: "In the page")."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from playwright.sync_api import Locator, Page

Json = dict[str, Any]

SETTLED = ("ready", "error", "empty")
BUSY = ("loading", "instant")
"""Python has not answered yet; a headline from the tables may stand there already."""

OPEN_LINK = """async ([fragment, settled]) => {
  const widget = document.querySelector('yibao-calculator')
  const state = widget.querySelector('[data-yb="state"]')
  await new Promise((done) => {
    addEventListener('hashchange', done, { once: true })
    location.hash = fragment
  })
  await new Promise((done) => {
    const look = () => settled.includes(state.dataset.state) && done()
    new MutationObserver(look).observe(state, { attributes: true })
    look()
  })
  const text = (name) => widget.querySelector(`[data-yb="${name}"]`).textContent
  return [state.dataset.state, text('assessment'), text('trouble')]
}"""


def link(case: object) -> str:
    """The fragment of a Case, as the contract writes it."""
    return "#case=" + quote(json.dumps(case, ensure_ascii=False), safe="!~*'()")


class Calculator:
    """The widget on a page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.widget = page.locator("yibao-calculator")

    def part(self, name: str) -> Locator:
        return self.widget.locator(f'[data-yb="{name}"]')

    def question(self, name: str) -> Locator:
        """Everything that belongs to one question."""
        return self.widget.locator(f'[data-yb-q="{name}"]').first

    def fields(self, name: str) -> Locator:
        return self.widget.locator(f'[name="{name}"]')

    # asking

    def answer(self, name: str, value: object) -> None:
        """Answer one question of the form. value: as in a Case; a list fills rows."""
        self.show(name)
        if isinstance(value, list):
            for index, row in enumerate(value):
                self.question(name).locator('[data-yb="add"]').click()
                for key, item in row.items():
                    self.answer(f"{name}.{index}.{key}", item)
            return
        field = self.fields(name).first
        if field.is_disabled():
            field.locator("xpath=ancestor::*[@data-yb-q][1]").locator('input[type="checkbox"]:checked').uncheck()
        kind = field.evaluate("field => field.type")
        text = json.dumps(value) if isinstance(value, bool) else str(value)
        if value is None:
            self.question(name).locator('input[data-yb="none"]').check()
        elif kind == "radio":
            self.widget.locator(f'[name="{name}"][value="{text}"]').check()
        elif kind.startswith("select"):
            field.select_option(text)
        else:
            field.fill(text)

    def answer_all(self, case: Mapping[str, Any]) -> None:
        """Answer in the order of the form, in which one answer opens the next question."""
        names = self.widget.locator("[data-yb-q]").evaluate_all("boxes => boxes.map(box => box.dataset.ybQ)")
        for name in sorted(case, key=names.index):
            self.answer(name, case[name])

    def do_not_know(self, name: str) -> None:
        """Choose 不清楚 or 不记得."""
        self.show(name)
        box = self.question(name)
        unknown = box.locator('input[data-yb="unknown"]')
        if unknown.count():
            unknown.check()
        else:
            self.fields(name).first.select_option("")

    def show(self, name: str) -> None:
        """Open the part of the form in which a question stands."""
        details = self.widget.locator("details.yb-extra")
        if details.get_attribute("open") is None and details.locator(f'[data-yb-q="{name.split(".")[0]}"]').count():
            details.locator("summary").first.click()

    def asked(self) -> list[str]:
        """The names of the questions that are asked now, those of rows aside."""
        boxes = self.widget.locator("[data-yb-q]:not([hidden]):not(.yb-row *)")
        names: list[str] = boxes.evaluate_all("boxes => boxes.map(box => box.dataset.ybQ)")
        return names

    def values(self) -> Json:
        """What the fields hold."""
        held: Json = self.widget.locator("form").evaluate("form => Object.fromEntries(new FormData(form))")
        return held

    def submit(self) -> None:
        self.widget.locator('button[type="submit"]').click()

    def open_link(self, fragment: str) -> tuple[str, str, str]:
        """Follow a link on the same page. Returns the state it comes to, the Assessment, the trouble that is told."""
        state, assessment, trouble = self.page.evaluate(OPEN_LINK, [fragment, SETTLED])
        return state, assessment, trouble

    # hearing

    def wait(self, state: str) -> None:
        """Until the state is the one named; fails, with what the page says, when it comes to rest at another.

        `loading` is any state of `BUSY`.
        """
        named = BUSY if state == "loading" else (state,)
        rest = [other for other in ("ready", "error") if other != state]
        wanted = ",".join(f'[data-yb="state"][data-state="{one}"]' for one in (*named, *rest))
        self.widget.locator(wanted).wait_for(state="attached")
        assert self.state in named, self.part("result").text_content()

    @property
    def state(self) -> str:
        return self.part("state").get_attribute("data-state") or ""

    @property
    def assessment(self) -> str:
        """The Assessment's text, as it stands in the page."""
        return self.part("assessment").text_content() or ""

    @property
    def headline(self) -> str:
        return self.part("headline").inner_text()

    def problem(self, name: str) -> str:
        """What is said beside a question."""
        said = self.widget.locator(f'[data-yb-q="{name}"] > [data-yb="problem"]').first
        return said.inner_text() if said.is_visible() else ""
