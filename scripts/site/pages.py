"""Which pages there are, and each one as plain Markdown: hand-written words with data, a page a place, a page an article."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jinja2
import yaml

from calculator.fields import FIELDS
from calculator.meanings import ASSESSMENT
from scripts.rulebook.topics import TOPICS
from scripts.site.book import NATION, Book, Json
from scripts.site.finder import Finder
from scripts.site.flow import flow
from scripts.site.inert import inert
from scripts.site.rests import Rests
from scripts.site.speed import Scores, Speed, seconds
from scripts.site.terms import Glossary
from scripts.site.trail import Menu, Step, trail
from scripts.site.unverified import Worklist
from scripts.site.widget import MARK
from scripts.site.words import FILTERS
from scripts.site.worked import Worked

ICONS = Path("theme", ".icons", "yb")
"""Our own drawings, under docs/; the theme takes those of its header from there, too."""


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
    menu: Menu
    docs: Path
    _compiled: dict[str, jinja2.Template] = field(default_factory=dict)

    def template(self, text: str) -> jinja2.Template:
        """Jinja text compiled, once for all pages that share it."""
        if text not in self._compiled:
            self._compiled[text] = self.env.from_string(text)
        return self._compiled[text]

    @classmethod
    def open(cls, docs: Path, rulebook: Json) -> Desk:
        """rulebook: as compiled; its texts become inert here, before any page is written."""
        rulebook = inert(rulebook)
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
        env.globals["scores"] = lambda: Scores(docs.parent)
        env.filters["seconds"] = seconds
        env.globals["finder"] = Finder.open(docs, book)
        env.globals["worklist"] = lambda: Worklist(book)
        env.globals["icon"] = lambda name: drawn((docs / ICONS / f"{name}.svg").read_text("utf-8"))
        env.globals["flow"] = flow
        env.globals["glossary"] = Glossary.read(docs.parent).terms
        env.filters["fragment"] = fragment
        return cls(book, Worked(rulebook), env, labels, Menu.read(docs.parent), docs)

    @cached_property
    def titles(self) -> dict[str, str]:
        """The title of every page, by its uri."""
        return {page.uri: page.meta["title"] for page in all_pages(self.docs, self)}

    def trail(self, page: Page) -> list[Step]:
        """The way to a page; below a province the province is on it."""
        place = page.data.get("place")
        above = []
        if place and place["level"] not in ("nation", "province"):
            province = self.book.province_of(place["code"])
            above = [Step(province["name"], f"places/{province['code']}.md")]
        return trail(self.menu, page.uri, page.meta.get("short", page.meta["title"]), above)


def drawn(svg: str) -> str:
    """An icon of ours as it stands in a page beside the words that say the same."""
    return svg.strip().replace('xmlns="http://www.w3.org/2000/svg"', 'class="yb-icon" aria-hidden="true"')


def fragment(case: Mapping[str, Any]) -> str:
    """A Case, or the beginning of one, as it stands behind `#case=` in an address."""
    return quote(json.dumps(case, ensure_ascii=False, separators=(",", ":")), safe="")


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
        "trail": desk.trail(page),
        "title_of": desk.titles.__getitem__,
    }
    body = template.render({**page.data, **words})
    return f"---\n{front_matter(page, desk)}---\n\n{body.strip()}\n"


TOLD = ("title", "description", "hide", "search", "feed", "kind", "question")


def front_matter(page: Page, desk: Desk) -> str:
    """What MkDocs and the theme should know of the page, one JSON value (which is YAML too) a line."""
    kept = {key: page.meta[key] for key in TOLD if key in page.meta}
    kept |= {"rulebook": desk.book.version, "card": card_of(page.uri, desk.docs)}
    return "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in kept.items())


def card_of(uri: str, docs: Path) -> str:
    """The name of the picture that goes with a page."""
    own, series = uri.removesuffix(".md").replace("/", "-"), f"{uri.split('/')[0]}-index"
    return next((name for name in (own, series) if (docs / "cards" / f"{name}.png").is_file()), "index")
