"""MkDocs over the staged pages, then our own hand on what it made."""

from __future__ import annotations

import datetime
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

from scripts.errors import BuildError, of_tool
from scripts.site import filing, published, service, widget
from scripts.site.archive import pack_rulebooks
from scripts.site.lean import drop_unused
from scripts.site.linked import Site, linked, without
from scripts.site.named import name_by_content
from scripts.site.policy import headers, of_site
from scripts.site.polish import polish
from scripts.site.search import put_search
from scripts.site.styles import join_styles
from scripts.site.terms import PAGE, Glossary
from scripts.site.ways import put_ways

GENERATOR = "mkdocs"
"""The line to change when MkDocs is given up: `make forward` proves that the site is the same bytes (decision 33)."""
NAME = "医保断缴指南"
NOT_LISTED = ("404.html", "embed.html", "offline.html")


def build_site(root: Path, staged: Path, out: Path, offline: bool, generator: str = GENERATOR) -> None:
    """Make the HTML site in `out` from `staged`. offline: the one that works from file://. generator: the module to run.

    Raises BuildError if MkDocs warns or fails, the theme's markup has changed, or a page is missing.
    """
    rulebook = json.loads((staged / "api" / "rulebook.json").read_text("utf-8"))
    data_date = rulebook["data_date"]
    run_mkdocs(root, staged, out, offline, data_date, generator)
    if offline:
        widget.make_offline(staged, out)
    try:
        put_search(root, out, rulebook, offline=offline)
        put_ways(out, offline=offline)
        drop_unused(out, offline=offline)
        join_styles(root, out)
        if offline:
            pack_rulebooks(out)
        else:
            service.put_parts(root, out)
        explain(out, Glossary.read(root), offline=offline)
        tell(root, out, Site(NAME, published.site_address(), rulebook["version"], data_date), offline=offline)
        finish(out, data_date, offline=offline)
        if not offline:
            service.write_worker(root, out)
    except LookupError as error:
        raise BuildError(f"主题的写法变了({error});请改 scripts/site/polish.py 或 search.py") from error
    wanted = len(list(staged.rglob("*.md")))
    made = len(_pages(out)) - len([name for name in NOT_LISTED if (out / name).exists()])
    if made != wanted:
        raise BuildError(f"MkDocs 做出了 {made} 页,应当有 {wanted} 页")


def run_mkdocs(root: Path, staged: Path, out: Path, offline: bool, data_date: str, generator: str = GENERATOR) -> None:
    """MkDocs, nothing mended. data_date: ISO, the day that its files carry. Raises BuildError if it warns or fails."""
    midnight = datetime.datetime.combine(datetime.date.fromisoformat(data_date), datetime.time(), datetime.UTC)
    environment = {
        **os.environ,
        "NO_MKDOCS_2_WARNING": "1",
        "OFFLINE": "true" if offline else "false",
        "SOURCE_DATE_EPOCH": str(int(midnight.timestamp())),
        "YIBAO_STAGED": str(staged.resolve()),
    }
    command = [sys.executable, "-m", generator, "build", "--quiet", "--config-file", "mkdocs.yml"]
    command += ["--site-dir", str(out.resolve())]
    run = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    if run.returncode != 0:
        raise of_tool("MkDocs 没有成功", run.stdout + run.stderr)


def explain(out: Path, glossary: Glossary, *, offline: bool) -> None:
    """On every page but their own, lead from the words of the glossary to what they mean."""
    own = f"{PAGE}.html" if offline else f"{PAGE}/index.html"
    for path in _pages(out):
        address = path.relative_to(out).as_posix()
        if address != own and path.name not in NOT_LISTED:
            there = "../" * address.count("/") + (own if offline else f"{PAGE}/")
            path.write_text(glossary.explained(path.read_text("utf-8"), there), "utf-8")


def tell(root: Path, out: Path, site: Site, *, offline: bool) -> None:
    """What search engines and those who pass a link on get of the hosted site; nobody asks that of a folder of files."""
    for path in _pages(out):
        html = path.read_text("utf-8")
        told = without(html) if offline else linked(html, _address(path.relative_to(out).as_posix()), site)
        path.write_text(told, "utf-8")
    if not offline:
        shutil.copytree(root / "docs" / "cards", out / "cards", ignore=shutil.ignore_patterns("*.json"))


def finish(out: Path, data_date: str, *, offline: bool) -> Counter[str]:
    """Name files by what they hold, mend every page, set its content policy and the server's, and write our own sitemap.

    Returns how often each mend applied.
    """
    counts: Counter[str] = Counter()
    name_by_content(out)
    pages, numbers = _pages(out), filing.told()
    for path in pages:
        html = polish(path.read_text("utf-8"), counts, offline=offline)
        path.write_text(filing.with_filing(html, numbers), "utf-8")
    if not offline:
        (out / "_headers").write_text(headers(of_site(path.read_text("utf-8") for path in pages)), "utf-8")
    addresses = [_address(path.relative_to(out).as_posix()) for path in pages if path.name not in NOT_LISTED]
    (out / "sitemap.xml").write_text(published.sitemap(addresses, data_date, published.site_address()), "utf-8")
    (out / "sitemap.xml.gz").unlink(missing_ok=True)
    return counts


def _pages(out: Path) -> list[Path]:
    return sorted(out.rglob("*.html"))


def _address(path: str) -> str:
    return path.removesuffix("index.html") if path.endswith("/index.html") or path == "index.html" else path
