"""What readers find: our search in the place of the theme's, and its index — each section's plain words, and what means the same.

The search itself is docs/search/worker.js, its box docs/search/box.js; its words are docs/search/words.yml, which curators edit.
"""

from __future__ import annotations

import html
import json
import re
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import yaml

from scripts.errors import BuildError
from scripts.site.book import NATION, Book, Json
from scripts.site.sounds import short, sounds
from scripts.site.widget import hosted_address, offline_address

SOURCES = Path("docs", "search")
OURS = {"worker.js": "search-worker.js", "box.js": "search.js"}
"""Our two files, and what they are called among a site's assets."""
INDEX = Path("search", "search_index.json")
AS_SCRIPT = Path("search", "search_index.js")
TAG = re.compile(r"<[^>]+>")
BLANK = re.compile(r"[\s\u200b]+")
LATIN_NEXT = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef]) | (?=[\u3000-\u9fff\uff00-\uffef])")

KINDS = {
    "calculator": (1.0, 160), "claims/": (0.35, 1200), "documents": (0.5, 120), "conflicts": (0.5, 1200),
    "worklist": (0.3, 0), "updates": (0.6, 80), "speed": (0.3, 200), "package": (0.3, 200), "data": (0.5, 300),
    "embedding": (0.3, 200), "places/CN": (0.8, 300), "places/": (0.4, 220),
}  # fmt: skip
"""By the beginning of a page's address: how much it counts beside the guides, how many characters of a section are searched."""

ANSWER = "简单说"  # over each page's first lines
MANY = 20
"""A heading that stands on more places' pages than that is their frame."""


def put_search(root: Path, out: Path, rulebook: Json, *, offline: bool) -> None:
    """Our search into a finished site. root: the checkout; out: the site that MkDocs made.

    Raises BuildError if words.yml names a page that is not there.
    """
    for name, called in OURS.items():
        shutil.copyfile(root / SOURCES / name, out / "assets" / called)
    made = json.loads((out / INDEX).read_text("utf-8"))
    words = yaml.safe_load((root / SOURCES / "words.yml").read_text("utf-8"))
    text = json.dumps(index(made, words, Book(rulebook), offline=offline), ensure_ascii=False, separators=(",", ":"))
    (out / INDEX).write_text(text, "utf-8")
    if offline:
        (out / AS_SCRIPT).write_text(f"var __index = {text}", "utf-8")


def index(made: dict[str, Any], words: dict[str, Any], book: Book, *, offline: bool) -> dict[str, Any]:
    """The theme's index (`config`, `docs`) with plain texts, what else each page answers, and the words that the search needs."""
    address = offline_address if offline else lambda uri: hosted_address(uri).removesuffix("index.html")
    also = {address(uri): list(answers) for uri, answers in words["pages"].items()}
    known = {doc["location"] for doc in made["docs"]}
    missing = sorted(uri for uri in words["pages"] if address(uri) not in known)
    if missing:
        raise BuildError(f"docs/search/words.yml 的 pages 里写的页面不存在:{'、'.join(missing)}")
    for place in book.data["places"]:
        if place["code"] != NATION and not place.get("outside"):
            page = address(f"places/{_nearest(place, book)}.md")
            also.setdefault(page, []).extend({short(place["name"]): 0, place["name"]: 0})
    places = sorted({short(place["name"]) for place in book.data["places"] if place["code"] != NATION})
    told = {key: words[key] for key in ("same", "words", "leave", "old")}
    said = dict.fromkeys([*places, *(word for group in words["same"] for word in group), *words["words"]])
    config = {**made["config"], "words": {**told, "places": places, "sounds": sounds(said)}}
    return {"config": config, "docs": _unrepeated([_section(doc, also) for doc in _whole(made["docs"])])}


def _whole(docs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Where something stands before a page's title, the theme has the page twice, once without a text: here once."""
    titles = {doc["location"]: doc for doc in docs if "#" not in doc["location"]}
    found = []
    for doc in docs:
        page = titles.get(doc["location"].partition("#")[0])
        if page is not None and page is not doc and page["title"] == doc["title"]:
            page["text"] += doc["text"]
        else:
            found.append(doc)
    return found


def _unrepeated(docs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without the sections that every place's page has alike: its tables, not its rules."""
    sections = [doc for doc in docs if "#" in doc["location"] and doc["location"].startswith("places/")]
    shared = Counter(doc["title"] for doc in sections)
    frame = {doc["location"] for doc in sections if shared[doc["title"]] > MANY}
    return [doc for doc in docs if doc["location"] not in frame]


def _nearest(place: Json, book: Book) -> str:
    """The page where a place is told of: its own, or the nearest above it."""
    levels = book.chain(place["code"])
    return next(str(level["code"]) for level in levels if level["level"] == "province" or level["code"] in book.speaking)


def _section(doc: dict[str, Any], also: dict[str, list[str]]) -> dict[str, Any]:
    here = doc["location"]
    kinds = (kind for start, kind in KINDS.items() if here.startswith(start) and here.removesuffix("index.html") != start)
    weight, length = next(kinds, (1.0, 1200))
    text = _plain(doc["text"]).removeprefix(ANSWER)[:length]
    found = {"location": here, "title": _plain(doc["title"]), "text": text}
    if here in also:
        found["also"] = also[here]
    return found if weight == 1.0 else {**found, "boost": weight}


def _plain(text: str) -> str:
    """Without markup and without the marks between words; a blank stays only between Latin letters."""
    return LATIN_NEXT.sub("", BLANK.sub(" ", html.unescape(TAG.sub(" ", text)))).strip()
