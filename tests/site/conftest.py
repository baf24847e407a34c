"""The built site, read page by page. `make test` builds it first; without one, a site is built here with an empty widget."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from scripts.runtime.parts import Workshop
from scripts.site import build_site, stage, widget

ROOT = Path(__file__).parents[2]
SKIPPED = {"script", "style", "noscript", "template", "title"}
LOADING = {
    ("script", "src"),
    ("img", "src"),
    ("iframe", "src"),
    ("link", "href"),
    ("source", "src"),
    ("video", "src"),
    ("audio", "src"),
}
LOADED_LINKS = {"stylesheet", "icon", "preload", "modulepreload", "manifest"}


@dataclass
class Document(HTMLParser):
    """One HTML page: the text a reader sees in order, its links, ids, what it loads, its inline scripts and styles."""

    path: str
    html: str
    text: str = ""
    links: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)
    headings: list[tuple[str, str]] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    handlers: list[str] = field(default_factory=list)
    _open: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.feed(self.html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {key: value or "" for key, value in attrs}
        if "id" in values:
            self.ids.append(values["id"])
        if tag == "a" and "href" in values:
            self.links.append(values["href"])
        if tag == "meta":
            self.meta[values.get("name") or values.get("http-equiv") or values.get("charset", "")] = values.get("content", "")
        self.handlers += [key for key in values if key.startswith("on") or key == "style"]
        for kind, key in LOADING:
            if tag == kind and key in values and (tag != "link" or set(values.get("rel", "").split()) & LOADED_LINKS):
                self.loads.append(values[key])
        if tag in SKIPPED:
            self._open.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append((tag, ""))
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1] == tag:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] in SKIPPED:
            return
        self.text += data
        if self._open:
            tag, words = self.headings[-1]
            self.headings[-1] = (tag, words + data)

    def titles(self, tag: str) -> list[str]:
        return [words.replace("¶", "").strip() for kind, words in self.headings if kind == tag]


def read(folder: Path) -> dict[str, Document]:
    files = sorted(folder.rglob("*.html"))
    return {
        path.relative_to(folder).as_posix(): Document(path.relative_to(folder).as_posix(), path.read_text("utf-8"))
        for path in files
    }


@pytest.fixture(scope="session")
def rulebook() -> dict[str, Any]:
    compiled = ROOT / "calculator" / "rulebook.json"
    if compiled.is_file():
        found: dict[str, Any] = json.loads(compiled.read_text("utf-8"))
        return found
    from scripts.rulebook import build_rulebook

    return build_rulebook(ROOT / "rules")


@pytest.fixture(scope="session")
def homes(rulebook: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The folders `hosted`, `offline` and `staged`."""
    ready = {"hosted": ROOT / "site", "offline": ROOT / "build" / "offline", "staged": ROOT / "build" / "staged"}
    if all((folder / "api" / "rulebook.json").is_file() for folder in ready.values()):
        return ready
    out = tmp_path_factory.mktemp("built")
    manifest = {form: {"root": str(out / "runtime" / form)} for form in ("hosted", "offline")}
    for form in manifest.values():
        Path(form["root"]).mkdir(parents=True)
    finder = Workshop(ROOT / "node_modules", ROOT / "build" / "cache").shell()
    framed = '<meta charset="utf-8"><script type="application/json" data-yb="versions">{}</script>'
    (Path(manifest["hosted"]["root"]) / "embed.html").write_text(framed, "utf-8")
    made = {name: out / name for name in ready}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(widget, "widget_html", lambda *_, **__: "<yibao-calculator><form></form></yibao-calculator>")
        stage(ROOT, rulebook, {**manifest, "finder": str(finder)}, made["staged"])
    build_site(ROOT, made["staged"], made["hosted"], False)
    build_site(ROOT, made["staged"], made["offline"], True)
    return made


@pytest.fixture(scope="session")
def hosted(homes: dict[str, Path]) -> dict[str, Document]:
    return read(homes["hosted"])


@pytest.fixture(scope="session")
def offline(homes: dict[str, Path]) -> dict[str, Document]:
    return read(homes["offline"])
