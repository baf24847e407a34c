"""Everything that MkDocs reads, written out as plain files: Markdown, assets, the widget's files and the JSON API."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import jinja2
import yaml

from scripts.errors import BuildError
from scripts.releases import KEPT, read_all
from scripts.site import published, widget
from scripts.site.changes import Changes
from scripts.site.feeds import write_feeds
from scripts.site.pages import Desk, all_pages, render


def stage(root: Path, rulebook: dict[str, Any], manifest: dict[str, Any], out: Path) -> None:
    """Write the staged site to `out`, which is emptied first.

    root: the checkout. rulebook: compiled. manifest: what `prepare_runtime` returned.
    Raises BuildError if a template fails, a page is missing or a rulebook kept in rules/released is damaged.
    """
    docs = root / "docs"
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    desk = Desk.open(docs, rulebook)
    kept = read_all(root / KEPT)
    changes = Changes(desk.book, kept, desk.labels["feed"])
    desk.env.globals["changes"] = changes
    pages = all_pages(docs, desk)
    uris = frozenset(page.uri for page in pages)
    for page in pages:
        try:
            text = render(page, desk, uris)
        except (jinja2.TemplateError, LookupError, TypeError, ValueError) as error:
            raise BuildError(f"页面 {page.uri} 写不出来:{type(error).__name__}: {error}") from error
        write(out / page.uri, widget.placed(text, page.uri, rulebook, manifest, out))
    _count(docs, desk, out)
    for path in sorted((docs / "assets").rglob("*")):
        if path.is_file():
            copy(path, out / "assets" / path.relative_to(docs / "assets"))
    widget.stage_files(manifest, out)
    site_url = os.environ.get("SITE_URL", "")
    published.write_api(rulebook, root / "rules", out)
    published.write_rulebooks(rulebook, kept, out)
    write_feeds(desk.book, changes, desk.labels["feed"], site_url, out)
    write(out / "robots.txt", published.robots(site_url))


def _count(docs: Path, desk: Desk, out: Path) -> None:
    """A wrong folder or an empty rulebook must not make a small site in silence."""
    written = len(list(out.rglob("*.md")))
    by_hand = len(list((docs / "pages").rglob("*.md")))
    articles = len({claim["article"] for claim in desk.book.data["claims"]})
    wanted = by_hand + 1 + len(desk.book.provinces) + len(desk.book.local) + articles
    if written != wanted:
        raise BuildError(f"写出了 {written} 页,应当有 {wanted} 页")
    listed = set(_nav(yaml.load((docs.parent / "mkdocs.yml").read_text("utf-8"), Loader=_Lenient)["nav"]))
    missing = sorted(listed - {path.relative_to(out).as_posix() for path in out.rglob("*.md")})
    if missing:
        raise BuildError(f"mkdocs.yml 的目录里有、却没有写出来的页面:{'、'.join(missing)}")


class _Lenient(yaml.SafeLoader):
    """Reads mkdocs.yml with its own tags (`!ENV`, `!!python/…`) left as nothing."""


for _tag in ("!", "tag:yaml.org,2002:python/"):
    _Lenient.add_multi_constructor(_tag, lambda loader, suffix, node: None)


def _nav(items: Any) -> list[str]:
    if isinstance(items, str):
        return [items]
    values = items.values() if isinstance(items, dict) else items
    return [uri for value in values for uri in _nav(value)]


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
