"""What a page rests on: while it is rendered, every rule and every worked answer that it shows leaves its sources here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from scripts.site.book import GRADES, Book, Json
from scripts.site.words import answer_words


@dataclass
class Rest:
    """One document under a page: the clauses seen, whether any is 待核实, the grades of evidence, the days copies were seen."""

    document: str
    clauses: set[str] = field(default_factory=set)
    unseen: bool = False
    grades: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)

    @property
    def grade(self) -> str:
        return min(self.grades, key=GRADES.index)


class Rests:
    """Collects sources; one for each page."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._found: dict[str, Rest] = {}
        self.rules: set[str] = set()

    def rule(self, rule: Json) -> Json:
        """Notes all sources of a rule; gives the rule back, so that templates can wrap it."""
        self.rules.add(rule["id"])
        for source in rule["sources"]:
            self._add(source)
        return rule

    def answer(self, answer: Mapping[str, Any]) -> str:
        """Notes the rules behind one answer that the page shows; gives its words, marked with these rules."""
        for identifier in answer["rules"]:
            rule, _, reading = str(identifier).partition("#")
            found = self.rule(self._book.rule_by_id[rule])
            for source in next((one["sources"] for one in found["readings"] if one["id"] == reading), ()):
                self._add(source)
        words = answer_words(answer)
        return f'<span data-yb-rests="{" ".join(answer["rules"])}">{words}</span>' if answer["rules"] else words

    def documents(self) -> list[Rest]:
        """Best evidence first, then what has a number, then by document id."""
        numbered = self._book.documents
        return sorted(
            self._found.values(),
            key=lambda rest: (GRADES.index(rest.grade), not numbered[rest.document].get("number"), rest.document),
        )

    def reviews(self) -> list[tuple[str, list[Json]]]:
        """The rules noted so far by the ISO day of their review, the first day first."""
        rules = [self._book.rule_by_id[identifier] for identifier in sorted(self.rules) if identifier in self._book.rule_by_id]
        days = sorted({rule["review_by"] for rule in rules})
        return [(day, [rule for rule in rules if rule["review_by"] == day]) for day in days]

    def _add(self, source: Mapping[str, Any]) -> None:
        rest = self._found.setdefault(source["document"], Rest(source["document"]))
        rest.grades.add(source["grade"])
        rest.seen.add(source["seen"])
        if source.get("clause"):
            rest.clauses.add(source["clause"])
        else:
            rest.unseen = True
