"""What a page tells search engines of itself, as JSON-LD of schema.org: the way to it, its question and answer, its steps, data.

Everything is read off the finished page, so that nothing is told that a reader does not see. Addresses are relative to the page
unless the site's own is known (SITE_URL), as JSON-LD allows.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from scripts.site.outline import Node, outline

GAP = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
CONTEXT = "https://schema.org"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
WHAT_TO_DO = "现在怎么办"
Json = dict[str, Any]


@dataclass(frozen=True)
class Site:
    """name: the site's. address: where it is, ending in `/`, "" = not known. version, day: of the rulebook and its data."""

    name: str
    address: str
    version: str
    day: str


def linked(html: str, address: str, site: Site) -> str:
    """A finished page with its JSON-LD in the place that the theme left for it; without such a place, as it is.

    address: the page's, from the root of the site. What stands in the place: `{"question": …}`, or `{}`.
    """
    gap = GAP.search(html)
    if not gap:
        return html
    told = list(_of_page(outline(html), json.loads(gap[1]), urljoin(site.address, address) if site.address else "", site))
    text = json.dumps({"@context": CONTEXT, "@graph": told}, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    kept = f'<script type="application/ld+json">{text}</script>' if told else ""
    return html[: gap.start()] + kept + html[gap.end() :]


def without(html: str) -> str:
    """A page with the place for JSON-LD taken away."""
    return GAP.sub("", html)


def _of_page(page: Node, asked: Json, here: str, site: Site) -> Iterator[Json]:
    article = page.all("article")[0]
    (title,) = (head.text for head in article.all("h1"))
    about = _description(page)
    if way := article.all("nav", "yb-crumbs"):
        yield _breadcrumbs(way[0], title, here)
    answers = article.all("div", "answer")
    if asked.get("question") and answers:
        yield _question(asked["question"], answers[0])
    if asked.get("kind") == "data":
        yield _dataset(article, title, about, here, site)
    yield from _procedures(article, title)


def _description(page: Node) -> str:
    return next(meta.attributes["content"] for meta in page.all("meta") if meta.attributes.get("name") == "description")


def _breadcrumbs(way: Node, title: str, here: str) -> Json:
    stations = [(link.text, urljoin(here, link.attributes["href"])) for link in way.all("a")]
    items = [
        {"@type": "ListItem", "position": place, "name": name, "item": address or "./"}
        for place, (name, address) in enumerate([*stations, (title, here)], 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _question(question: str, answer: Node) -> Json:
    said = " ".join(part.text for part in answer.all("p") if "admonition-title" not in part.attributes.get("class", ""))
    return {
        "@type": "FAQPage",
        "inLanguage": "zh-CN",
        "mainEntity": [{"@type": "Question", "name": question, "acceptedAnswer": {"@type": "Answer", "text": said}}],
    }


def _procedures(article: Node, title: str) -> Iterator[Json]:
    """Each numbered list under 现在怎么办, under its own heading where it has one."""
    name, todo = title, False
    for one in _flow(article):
        if one.tag == "h2":
            name, todo = title, one.text == WHAT_TO_DO
        elif one.tag == "h3":
            name = one.text
        elif one.tag == "ol" and todo:
            steps = [{"@type": "HowToStep", "position": n, "text": step.text} for n, step in enumerate(_items(one), 1)]
            yield {"@type": "HowTo", "inLanguage": "zh-CN", "name": name, "step": steps}


def _flow(article: Node) -> list[Node]:
    """What stands in the page itself, not inside something else of it."""
    return [child for child in article.children if isinstance(child, Node)]


def _items(numbered: Node) -> list[Node]:
    return [child for child in numbered.children if isinstance(child, Node) and child.tag == "li"]


def _dataset(article: Node, title: str, about: str, here: str, site: Site) -> Json:
    files = [
        link
        for link in article.all("a")
        if re.search(r"(?:^|/)(?:api/.*\.json|feed\.(?:json|xml))$", link.attributes.get("href", ""))
    ]
    downloads = {
        urljoin(here, link.attributes["href"]): {
            "@type": "DataDownload",
            "name": link.text,
            "contentUrl": urljoin(here, link.attributes["href"]),
            "encodingFormat": "application/atom+xml" if link.attributes["href"].endswith(".xml") else "application/json",
        }
        for link in files
    }
    return {
        "@type": "Dataset",
        "name": f"{site.name}：{title}",
        "description": about,
        "url": here or "./",
        "license": LICENCE,
        "version": site.version,
        "dateModified": site.day,
        "inLanguage": "zh-CN",
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": site.name},
        "distribution": list(downloads.values()),
    }
