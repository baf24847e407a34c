"""The place that a reader chose on one page is known on the next, in every engine, by a double click too."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser

KEEP = "async () => { document.querySelector('[data-yb-keep]').click() }"
TOLD = """async () => {
  const line = document.querySelector('.yb-chosen')
  return line.hidden ? '' : line.querySelector('[data-yb=place]').textContent
}"""
FILLED_IN = """async () => {
  const field = document.querySelector('[name=place]')
  for (let left = 200; left && !field.value; left--) await new Promise((done) => setTimeout(done, 50))
  return field.value
}"""


@pytest.mark.parametrize("home", ["hosted", "offline"], indirect=True)
def test_the_chosen_place_goes_along_from_page_to_page(engine, home):
    engine.open(home.address("places/440300"))
    engine.run(KEEP)
    engine.open(home.address("restoration"))
    assert engine.run(TOLD) == "深圳市"
    engine.open(home.address("calculator"))
    assert (engine.run(TOLD), engine.run(FILLED_IN)) == ("深圳市", "440300")
