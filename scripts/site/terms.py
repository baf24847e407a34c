"""Words that a reader may not know: where one first stands on a page it leads to its explanation, and carries it along.

Without scripts it is a plain link to the page 名词解释; site.js shows what it carries right there instead. One source:
docs/glossary.yml.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from html import escape
from pathlib import Path
from typing import Any

import yaml

SOURCE = Path("docs", "glossary.yml")
PAGE = "glossary"
ARTICLE = re.compile(r"(<article\b[^>]*>)(.*)(</article>)", re.DOTALL)
TOKEN = re.compile(r"(<!--.*?-->|<[^>]+>)", re.DOTALL)
TAG = re.compile(r"</?([a-zA-Z][\w-]*)")
VOID = {"br", "hr", "img", "input", "link", "meta", "wbr"}
PLAIN = {
    "a", "button", "code", "h1", "h2", "h3", "h4", "label", "nav", "option", "pre", "script", "select", "strong", "style",
    "summary", "svg", "template", "textarea", "th", "title", "yibao-calculator",
}  # fmt: skip
"""Elements in which a word stays as it is: they lead elsewhere, name something, or are no text."""
PLAIN_CLASS = re.compile(r'class="[^"]*\b(?:admonition-title|yb-basis|yb-picker|yb-lines|yb-overdue)\b')


@dataclass(frozen=True)
class Glossary:
    """terms: as the file has them, in its order."""

    terms: list[dict[str, Any]]

    @classmethod
    def read(cls, root: Path) -> Glossary:
        return cls(yaml.safe_load((root / SOURCE).read_text("utf-8")))

    @cached_property
    def _by_word(self) -> dict[str, dict[str, Any]]:
        return {word: term for term in self.terms for word in (term["term"], *term["also"])}

    @cached_property
    def _words(self) -> re.Pattern[str]:
        return re.compile("|".join(sorted(map(re.escape, self._by_word), key=len, reverse=True)))

    def explained(self, html: str, page: str) -> str:
        """A finished page with its words linked, each the first time. page: the address of 名词解释 from here."""
        found = ARTICLE.search(html)
        if not found:
            return html
        body = "".join(self._linked(found[2], page))
        return html[: found.start(2)] + body + html[found.end(2) :]

    def _linked(self, body: str, page: str) -> list[str]:
        out, told, plain = [], set[str](), 0
        stack: list[bool] = []

        def link(match: re.Match[str]) -> str:
            term = self._by_word[match[0]]
            if term["id"] in told:
                return match[0]
            told.add(term["id"])
            return f'<a class="yb-term" href="{page}#{term["id"]}" data-yb-says="{escape(term["says"])}">{match[0]}</a>'

        for token in TOKEN.split(body):
            tag = TAG.match(token) if token.startswith("<") else None
            if tag and not token.startswith("<!--"):
                name = tag[1].lower()
                if token.startswith("</"):
                    plain -= stack.pop() if stack else 0
                elif name not in VOID and not token.endswith("/>"):
                    stack.append(name in PLAIN or bool(PLAIN_CLASS.search(token)))
                    plain += stack[-1]
            elif not plain and not token.startswith("<"):
                token = self._words.sub(link, token)
            out.append(token)
        return out
