"""Everything that MkDocs reads, written out as plain files: Markdown, assets, the widget's files and the JSON API."""

from __future__ import annotations

import multiprocessing
import shutil
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2

from scripts.errors import BuildError
from scripts.releases import KEPT, read_all
from scripts.site import filing, published, widget
from scripts.site.bill import write_bill
from scripts.site.book import Book
from scripts.site.changes import Changes
from scripts.site.feeds import write_feeds
from scripts.site.finder import as_script, table
from scripts.site.inert import inert
from scripts.site.llms import llms
from scripts.site.pages import Desk, all_pages, render

MANY = 400
"""So many pages take longer to write than a second process takes to start."""


def stage(root: Path, rulebook: dict[str, Any], manifest: dict[str, Any], out: Path) -> None:
    """Write the staged site to `out`, which is emptied first.

    root: the checkout. rulebook: compiled. manifest: what `prepare_runtime` returned.
    Raises BuildError if a template fails, a page is missing or a rulebook kept in rules/released is damaged.
    """
    docs = root / "docs"
    filing.told()  # a number that is none is said now, not after all pages are made
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    kept = read_all(root / KEPT)
    job = Job(docs, rulebook, kept, manifest, out)
    desk, _ = job.desk()
    book = Book(rulebook)
    _write_pages(job, desk)
    _count(docs, desk, out)
    for path in sorted((docs / "assets").rglob("*")):
        if path.is_file():
            copy(path, out / "assets" / path.relative_to(docs / "assets"))
    widget.stage_files(manifest, out)
    write(out / "assets" / "places.js", as_script(table(docs, book)))
    _join(out / "assets" / "site.js", out / "assets" / "overdue.js")
    (out / "assets" / "overdue.js").unlink()
    _join_finder(Path(manifest["finder"]), out / "assets")
    site_url = published.site_address()
    published.write_api(rulebook, root / "rules", out)
    published.write_rulebooks(rulebook, kept, out)
    widget.tell_versions(kept, rulebook, out)
    words = desk.labels["feed"]
    write_feeds(book, Changes(book, kept, words), words, site_url, out)  # files for programs hold the texts as they are
    write_bill(root, rulebook["version"], rulebook["data_date"], out)
    write(out / "robots.txt", published.robots(site_url))
    write(out / "llms.txt", llms(desk, site_url))


def _join_finder(made: Path, assets: Path) -> None:
    """The place finder's style and script after our own: a page asks for no more files than without it."""
    for ours, finders in (("site.css", "pages.css"), ("site.js", "pages.js")):
        _join(assets / ours, made / finders)


def _join(file: Path, more: Path) -> None:
    with file.open("a", encoding="utf-8") as end:
        end.write(more.read_text("utf-8"))


@dataclass(frozen=True)
class Job:
    """What writing pages takes, handed to another process as it is. kept: the published rulebooks."""

    docs: Path
    rulebook: dict[str, Any]
    kept: list[dict[str, Any]]
    manifest: dict[str, Any]
    out: Path

    def desk(self) -> tuple[Desk, Changes]:
        desk = Desk.open(self.docs, self.rulebook)
        changes = Changes(desk.book, [inert(one) for one in self.kept], desk.labels["feed"])
        desk.env.globals["changes"] = changes
        return desk, changes


def _write_pages(job: Job, desk: Desk) -> None:
    """All pages; where there are many, every second one in a process of its own."""
    if len(all_pages(job.docs, desk)) < MANY:
        return _write_some(job, desk, slice(None))
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as other:
        half = other.submit(_write_half, job)
        _write_some(job, desk, slice(0, None, 2))
        return half.result()


def _write_half(job: Job) -> None:
    _write_some(job, job.desk()[0], slice(1, None, 2))


def _write_some(job: Job, desk: Desk, which: slice) -> None:
    pages = all_pages(job.docs, desk)
    uris = frozenset(page.uri for page in pages)
    for page in pages[which]:
        try:
            text = render(page, desk, uris)
        except (jinja2.TemplateError, LookupError, TypeError, ValueError) as error:
            raise BuildError(f"页面 {page.uri} 写不出来:{type(error).__name__}: {error}") from error
        write(job.out / page.uri, widget.placed(text, page.uri, job.rulebook, job.manifest, job.out))


def _count(docs: Path, desk: Desk, out: Path) -> None:
    """A wrong folder or an empty rulebook must not make a small site in silence."""
    written = len(list(out.rglob("*.md")))
    by_hand = len(list((docs / "pages").rglob("*.md")))
    articles = len({claim["article"] for claim in desk.book.data["claims"]})
    wanted = by_hand + 1 + len(desk.book.provinces) + len(desk.book.local) + articles
    if written != wanted:
        raise BuildError(f"写出了 {written} 页,应当有 {wanted} 页")
    listed = set(desk.menu.ways)
    missing = sorted(listed - {path.relative_to(out).as_posix() for path in out.rglob("*.md")})
    if missing:
        raise BuildError(f"mkdocs.yml 的目录里有、却没有写出来的页面:{'、'.join(missing)}")


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
