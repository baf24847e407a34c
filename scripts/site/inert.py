"""Texts of the rulebook as pages take them: nothing in them is read as HTML or as Markdown.

Rules come from many hands, and their texts are set into Markdown, which passes HTML on as it stands; a script in one would even
be named in the page's content policy. So every sign that could be more than a letter becomes its character reference.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

SIGNS = re.compile(r"""[&<>"'`\\\[\]{}|*~]""")
BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
"""A new line could begin a list, a heading or the definition of a link; the others have no place in a page."""


def inert(value: Any) -> Any:
    """The same JSON value with every text of it as plain letters. Keys are ours, not the curators'."""
    return _each(value, _plain)


def _plain(text: str) -> str:
    return SIGNS.sub(lambda sign: f"&#{ord(sign[0])};", BREAKS.sub(" ", text))


def _each(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: _each(one, change) for key, one in value.items()}
    return [_each(one, change) for one in value] if isinstance(value, list) else value
