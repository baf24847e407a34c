"""A look at the pages while the rules are being written: every page is drawn when it is asked for, from the files as they are.

    python -m scripts.curate.preview [--port 8000]

All rules are read and checked anew after every change in rules/, docs/pages/ or docs/templates/, and the browser loads the page
again by itself. Words, tables and answers come from the site's own templates and calculator; around them is a plain shell
instead of the theme: no navigation, no search, no calculator.
"""

from __future__ import annotations

import argparse
import json
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import jinja2
import yaml

from calculator import Rulebook
from scripts.curate.drawn import HERE, Drawer
from scripts.curate.quick import QuickReader
from scripts.progress import complain, say
from scripts.rulebook import RuleErrors, write_schemas
from scripts.rulebook.expect import failures_of
from scripts.serve import HOST, TYPES
from scripts.site.pages import Desk, Page, all_pages, render

ROOT = Path(__file__).resolve().parents[2]
WATCHED = ("rules", "docs/pages", "docs/templates")
PAUSE = 0.2
"""Seconds between two looks at the files."""

Stamps = dict[str, tuple[int, int]]


@dataclass
class State:
    """What is shown. version: grows with every change. seconds: how long reading took. errors: the pages are as before them."""

    version: int = 0
    seconds: float = 0.0
    errors: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)


class Preview:
    """The pages of the checkout at `root`, kept in step with its files by `watch`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.state = State()
        self.drawer = Drawer(root)
        self._lock = threading.Lock()
        self._desk: Desk | None = None
        self._pages: dict[str, Page] = {}
        self._drawn: dict[str, str] = {}
        self._reader = QuickReader(root / "rules")
        self._stamps = self._look()
        self._read()

    def watch(self, stop: threading.Event) -> None:
        """Until `stop`: read again whatever changes, then run the cases beside the changed rules."""
        while not stop.wait(PAUSE):
            try:
                self.step()
            except Exception as error:  # the watch must go on
                complain(f"这次没有读成：{type(error).__name__}: {error}")

    def step(self) -> bool:
        """One look at the files; True if something had changed."""
        stamps = self._look()
        if stamps == self._stamps:
            return False
        changed = [path for path in {**self._stamps, **stamps} if self._stamps.get(path) != stamps.get(path)]
        self._stamps = stamps
        self.state.changed = [*changed, *(path for path in self.state.changed if path not in changed)][:20]
        self._read()
        if not self.state.errors:
            self._run_cases()
        return True

    def page(self, uri: str) -> str | None:
        """A page's HTML by its Markdown address; None if there is no such page."""
        with self._lock:
            if uri in ("", "index.html"):
                return self.drawer.page(self._contents(), "目录", self.state)
            if self._desk is None or uri not in self._pages:
                return None
            if uri not in self._drawn:
                page = self._pages[uri]
                try:
                    text = render(page, self._desk, frozenset(self._pages))
                except Exception as error:  # whatever goes wrong belongs on the page, not in a log that nobody reads
                    text = f"# 这一页写不出来\n\n`{type(error).__name__}: {error}`\n"
                self._drawn[uri] = self.drawer.page(text, str(page.meta["title"]), self.state)
            return self._drawn[uri]

    def _look(self) -> Stamps:
        files = (path for part in WATCHED for path in (self.root / part).rglob("*") if path.is_file())
        found = {}
        for path in files:
            try:
                seen = path.stat()
            except FileNotFoundError:  # an editor is just replacing it
                continue
            found[path.relative_to(self.root).as_posix()] = (seen.st_mtime_ns, seen.st_size)
        return found

    def _read(self) -> None:
        """Read and check all rules, open all templates. On a mistake what was there before stays."""
        started = time.monotonic()
        try:
            self._book = json.loads(json.dumps(self._reader.read(), ensure_ascii=False))
            desk = Desk.open(self.root / "docs", self._book)
            pages = {page.uri: page for page in all_pages(self.root / "docs", desk)}
            errors: list[str] = []
        except RuleErrors as found:
            errors = [str(error) for error in found.errors]
        except (jinja2.TemplateError, yaml.YAMLError, ValueError, OSError) as error:
            errors = [f"docs/ 里有一个文件写错了：{error}"]
        with self._lock:
            if not errors:
                self._desk, self._pages = desk, pages
            self.state.errors = errors
            self._show(time.monotonic() - started)

    def _run_cases(self) -> None:
        """The cases beside the rules that were changed while the preview runs; a short moment later than the page."""
        items = self._reader.items(self.root / path for path in self.state.changed)
        failures = [str(failure) for failure in failures_of(items, Rulebook.load(self._book))]
        with self._lock:
            if failures != self.state.failures:
                self.state.failures = failures
                self._show(self.state.seconds)

    def _show(self, seconds: float) -> None:
        self.state.version, self.state.seconds = self.state.version + 1, seconds
        self._drawn.clear()

    def _contents(self) -> str:
        return "\n".join(self._list_of_pages())

    def _list_of_pages(self) -> Iterator[str]:
        yield "# 预览\n\n改 `rules/`、`docs/pages/`、`docs/templates/` 里的文件，打开着的页面自己会变。\n"
        if self.state.changed:
            yield "## 刚才改过\n"
            yield from (f"- {self._link_of(path)}" for path in self.state.changed)
        yield "\n## 有自己规定的地方\n"
        speaking = self._desk.book.built if self._desk else []
        yield "、".join(f"[{place['name']}](places/{place['code']}.md)" for place in speaking)
        yield "\n## 全部页面\n"
        yield from (f"- [{page.meta['title']}]({uri})" for uri, page in self._pages.items() if not uri.startswith("places/"))

    def _link_of(self, path: str) -> str:
        """A changed file, with a link to the page that shows it where there is one."""
        parts = Path(path).parts
        code = parts[-2].split("-")[0] if len(parts) > 2 else ""
        uri = f"places/{code}.md" if parts[0] == "rules" else "/".join(parts[2:])
        return f"[{path}]({uri})" if uri in self._pages else f"`{path}`"


class Handler(BaseHTTPRequestHandler):
    """Pages by the address of their Markdown, the preview's own three files, and the site's styles and pictures."""

    def __init__(self, *args: Any, preview: Preview, **kwargs: Any) -> None:
        self.preview = preview
        super().__init__(*args, **kwargs)

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        if path == "/_version":
            self._answer(".txt", str(self.preview.state.version).encode())
        elif path in ("/_preview.js", "/_preview.css"):
            self._answer(Path(path).suffix, (HERE / path[2:]).read_bytes())
        elif (file := self._file(path)) is not None:
            self._answer(file.suffix, file.read_bytes())
        elif (html := self.preview.page(path.removeprefix("/"))) is not None:
            self._answer(".html", html.encode())
        else:
            self.send_error(404)

    def _file(self, path: str) -> Path | None:
        for prefix, folder in self.preview.drawer.folders.items():
            file = (folder / path.removeprefix(prefix)).resolve()
            if path.startswith(prefix) and file.is_file() and file.is_relative_to(folder.resolve()):
                return file
        return None

    def _answer(self, suffix: str, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", TYPES.get(suffix, TYPES[""]))
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet: the pages are looked at, not the log."""


def main(arguments: Sequence[str] | None = None, root: Path = ROOT) -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m scripts.curate.preview", description="边改规则边看页面。")
    parser.add_argument("--port", type=int, default=8000)
    chosen = parser.parse_args(arguments)
    write_schemas(root / "build" / "schemas")
    preview = Preview(root)
    try:
        server = ThreadingHTTPServer((HOST, chosen.port), partial(Handler, preview=preview))
    except OSError as error:
        complain(f"端口 {chosen.port} 用不了（{error.strerror}）；换一个：make preview PORT=8001")
        return 1
    server.daemon_threads = True
    stop = threading.Event()
    watcher = threading.Thread(target=preview.watch, args=(stop,), daemon=True)
    watcher.start()
    say(f"预览在 http://{HOST}:{chosen.port}/ ，改了文件页面自己会变（按 Ctrl+C 停止）")
    try:
        server.serve_forever(0.1)
    except KeyboardInterrupt:
        say("已停止。")
    finally:
        stop.set()
        server.server_close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
