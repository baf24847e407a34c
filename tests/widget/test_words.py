"""Every answer of the calculator has its question in the page."""

from __future__ import annotations

from calculator.assessment import ACCOUNT, ACCOUNT_MORE, COSTS, GROUPS
from scripts.runtime.form import read_words

APART = ("use_now", "cost", "account")
"""Groups that the page draws in sections of their own."""


def test_every_group_is_asked_about_in_the_page() -> None:
    words = read_words("words.yml")
    assert words["groups"].keys() == GROUPS.keys() - set(APART)
    for group, named in words["groups"].items():
        assert named.keys() - {"title"} == set(GROUPS[group]), group
    own = {*GROUPS["use_now"], *COSTS, *ACCOUNT, *ACCOUNT_MORE}
    assert own <= words["answer"].keys()
