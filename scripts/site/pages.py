"""Which pages there are, and each one as plain Markdown: hand-written words with data, a page a place, a page an article."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jinja2
import yaml

from calculator.fields import FIELDS
from calculator.meanings import ASSESSMENT
from scripts.rulebook.topics import TOPICS
from scripts.site.book import NATION, Book, Json
from scripts.site.rests import Rests
from scripts.site.speed import Speed, seconds
from scripts.site.unverified import Worklist
from scripts.site.widget import MARK
from scripts.site.words import FILTERS
from scripts.site.worked import Worked


@dataclass(frozen=True)
class Page:
    """A page before rendering. uri: where its Markdown goes. template: Jinja text. meta: front matter. data: what it is about."""

    uri: str
    template: str
    meta: dict[str, Any]
    data: dict[str, Any] = field(default_factory=dict)


class Templates(jinja2.Environment):
    """Jinja, but `document.copy` is the key of a mapping before it is a method of dict."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, dict) and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


@dataclass(frozen=True)
class Desk:
    """What rendering needs: the rulebook's view, the calculator, the templates, the labels."""

    book: Book
    worked: Worked
    env: jinja2.Environment
    labels: Json
    _compiled: dict[str, jinja2.Template] = field(default_factory=dict)

    def template(self, text: str) -> jinja2.Template:
        """Jinja text compiled, once for all pages that share it."""
        if text not in self._compiled:
            self._compiled[text] = self.env.from_string(text)
        return self._compiled[text]

    @classmethod
    def open(cls, docs: Path, rulebook: Json) -> Desk:
        env = Templates(
            loader=jinja2.FileSystemLoader(docs / "templates"),
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        labels = yaml.safe_load((docs / "templates" / "labels.yaml").read_text("utf-8"))
        env.globals["labels"] = labels
        env.filters |= FILTERS
        env.globals["topics"] = {topic.id: topic.title for topic in TOPICS.values()}
        env.globals["meanings"] = {"case": FIELDS, "assessment": ASSESSMENT}
        env.globals["example"] = lambda name: (docs / "examples" / name).read_text("utf-8").rstrip()
        book = Book(rulebook)
        env.globals["speed"] = lambda: Speed(docs.parent)
        env.filters["seconds"] = seconds
        env.globals["worklist"] = lambda: Worklist(book)
        return cls(book, Worked(rulebook), env, labels)


def hand_written(docs: Path) -> Iterator[Page]:
    """The pages of docs/pages: front matter, then Markdown in the blocks of a skeleton."""
    root = docs / "pages"
    for path in sorted(root.rglob("*.md")):
        uri = path.relative_to(root).as_posix()
        _, front, body = path.read_text("utf-8").split("---\n", 2)
        yield Page(uri, body, yaml.safe_load(front))


def of_places(book: Book, labels: Json) -> Iterator[Page]:
    """One page for the nation, for each province and the 兵团, and for each place below that has rules of its own."""
    nation = book.place(NATION)
    yield Page(f"places/{NATION}.md", '{% extends "nation.md.j2" %}', labels["nation_page"], {"place": nation})
    titles = labels["place_page"]
    for place in [*book.provinces, *book.local]:
        meta = filled(titles, name=place["name"], code=place["code"])
        yield Page(f"places/{place['code']}.md", '{% extends "place.md.j2" %}', meta, {"place": place})


def of_claims(book: Book, labels: Json) -> Iterator[Page]:
    """One page for each article whose claims have been judged."""
    titles = labels["claims_page"]
    articles: dict[str, list[Json]] = {}
    for claim in book.data["claims"]:
        articles.setdefault(claim["article"], []).append(claim)
    for article, claims in sorted(articles.items()):
        meta = filled(titles, article=book.article(article))
        yield Page(f"claims/{article}.md", '{% extends "claims.md.j2" %}', meta, {"article": article, "claims": claims})


def filled(meta: Json, **words: str) -> dict[str, Any]:
    """Front matter whose texts have gaps, filled."""
    return {key: value.format(**words) if isinstance(value, str) else value for key, value in meta.items()}


def all_pages(docs: Path, desk: Desk) -> list[Page]:
    """Every page of the site. Raises ValueError if two want the same address."""
    found = [*hand_written(docs), *of_places(desk.book, desk.labels), *of_claims(desk.book, desk.labels)]
    taken: set[str] = set()
    for page in found:
        if page.uri in taken:
            raise ValueError(f"two pages want {page.uri}")
        taken.add(page.uri)
    return found


def render(page: Page, desk: Desk, uris: frozenset[str]) -> str:
    """The page as Markdown for MkDocs. Raises jinja2 errors for a template that asks for what is not there."""
    rests = Rests(desk.book)
    here = posixpath.dirname(page.uri)

    def link(uri: str, anchor: str = "") -> str:
        if uri not in uris:
            raise ValueError(f"{page.uri}: no page {uri}")
        return posixpath.relpath(uri, here or ".") + (f"#{anchor}" if anchor else "")

    template = desk.template(page.template)
    words = {
        "book": desk.book,
        "worked": desk.worked,
        "ask": desk.worked.ask,
        "brief": desk.worked.brief,
        "said": rests.answer,
        "cite": rests.rule,
        "rests": rests,
        "link": link,
        "file": lambda path: posixpath.relpath(path, here or "."),
        "page": page,
        "has_page": uris.__contains__,
        "widget": MARK,
    }
    body = template.render({**page.data, **words})
    return f"---\n{front_matter(page)}---\n\n{body.strip()}\n"


def front_matter(page: Page) -> str:
    """What MkDocs should know of the page, one JSON value (which is YAML too) a line."""
    kept = {key: page.meta[key] for key in ("title", "description", "hide", "search", "feed") if key in page.meta}
    return "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in kept.items())
