"""One style sheet a page: of the theme's rules those that something here can match, then our own.

The theme's sheets hold rules for all that it can draw, ten times what our pages have, and a phone reads every one of them before
the first line is shown. A rule goes when it names a class, an attribute or an element that no page and no script of ours ever
says; a variable goes when nothing asks for it.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from scripts.errors import BuildError

LINK = re.compile(r'[ \t]*<link rel="stylesheet" href="[^"]*(assets/stylesheets/(?:main|palette)\.[^"]+\.css)">\n?')
OURS = Path("assets", "site.css")
GIVEN_BY_BROWSERS = {"open", "hidden", "disabled"}
FOCUS = (".focus-visible", ":focus-visible")
"""A class that the theme's script would set, and what every browser of today knows by itself."""
WORD = re.compile(r"[A-Za-z_][\w-]*")
PIECE = re.compile(r"""[{};]|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|url\((?:[^"')][^)]*)?\)|[^{};"'u]+|u""")
VARIABLE = re.compile(
    r"""(?<=[{;])(--[\w-]+):(?:url\((?:[^"')][^)]*)?\)|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[^;{}"'u]|u)*(?:;|(?=\}))"""
)
NAMED = re.compile(r"--[\w-]+")
NOTHING = re.compile(r":(?:not|has)\((?:[^()]|\([^()]*\))*\)|:[\w-]+\((?![^)]*[.#\[])[^()]*\)|::?[\w-]+(?!\()")
ANY_OF = re.compile(r":(?:is|where)\(((?:[^()]|\([^()]*\))*)\)")
ATTRIBUTE = re.compile(r"""\[([\w-]+)(?:([~|^$*]?)=["']?([^\]"']*)["']?)?\s*[is]?\]""")
CLASS, IDENTITY, ELEMENT = re.compile(r"\.([\w-]+)"), re.compile(r"#([\w-]+)"), re.compile(r"(?:^|[\s>+~])([A-Za-z][\w-]*)")


@dataclass
class Said(HTMLParser):
    """What pages and scripts say. words: of scripts, any of which may become a class, an attribute, a value, an element."""

    classes: set[str] = field(default_factory=set)
    attributes: set[str] = field(default_factory=lambda: set(GIVEN_BY_BROWSERS))
    values: set[tuple[str, str]] = field(default_factory=set)
    elements: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        for name, value in attrs:
            self.attributes.add(name)
            self.values.add((name, value or ""))
            if name == "class":
                self.classes.update((value or "").split())

    def says(self, selector: str) -> bool:
        """Whether something may match it: all that it asks for is said somewhere. What it excludes does not count."""
        for group in ANY_OF.findall(selector):
            if not any(map(self.says, _alternatives(group))):
                return False
        plain = NOTHING.sub("", ANY_OF.sub("", selector))
        asked = ATTRIBUTE.findall(plain)
        bare = ATTRIBUTE.sub("", plain)
        return (
            all(name in self.classes or name in self.words for name in CLASS.findall(bare))
            and all(("id", name) in self.values or name in self.words for name in IDENTITY.findall(bare))
            and all(name.lower() in self.elements or name in self.words for name in ELEMENT.findall(bare))
            and all(self._holds(*one) for one in asked)
        )

    def _holds(self, name: str, how: str, value: str) -> bool:
        known = name in self.attributes or name in self.words
        return known and (bool(how) or not value or (name, value) in self.values or value in self.words)


def join_styles(root: Path, out: Path) -> None:
    """Put the theme's needed rules before ours in the one sheet that all pages load. root: the checkout, for the bundler.

    Raises LookupError if pages load other sheets of the theme than expected, BuildError if the result is no style sheet.
    """
    pages = {path: path.read_text("utf-8") for path in sorted(out.rglob("*.html"))}
    sheets = list(dict.fromkeys(sheet for html in pages.values() for sheet in LINK.findall(html)))
    if len(sheets) != 2:
        raise LookupError(f"style sheets of the theme: {sheets}, expected main and palette")
    said = _said(pages.values(), (path.read_text("utf-8") for path in sorted((out / "assets").rglob("*.js"))))
    ours = (out / OURS).read_text("utf-8")
    theirs = "".join(slim((out / sheet).read_text("utf-8").replace(*FOCUS), said) for sheet in sheets)
    others = [ours, *(path.read_text("utf-8") for path in (out / "assets").rglob("*.css") if path.parent.name != "stylesheets")]
    (out / OURS).write_text(_small(root, without_idle(theirs, "".join([*others, *pages.values()])) + ours), "utf-8")
    for path, html in pages.items():
        if LINK.search(html):
            path.write_text(LINK.sub("", html), "utf-8")
    for path in (out / "assets" / "stylesheets").iterdir():
        path.unlink()
    (out / "assets" / "stylesheets").rmdir()


def _said(pages: Iterable[str], scripts: Iterable[str]) -> Said:
    said = Said()
    for html in pages:
        said.feed(html)
    for code in scripts:
        said.words.update(WORD.findall(code))
    return said


def slim(css: str, said: Said) -> str:
    """A style sheet without the rules that match nothing."""
    return "".join(_kept(_blocks(css), said))


def _kept(blocks: Iterable[tuple[str, str]], said: Said) -> Iterator[str]:
    for head, body in blocks:
        if head.startswith(("@media", "@supports", "@layer")):
            if within := slim(body, said):
                yield f"{head}{{{within}}}"
        elif head.startswith("@") or not body:
            if not head.startswith("@charset"):
                yield f"{head}{{{body}}}" if body else ""
        elif selectors := [one for one in _alternatives(head) if said.says(one)]:
            yield f"{','.join(selectors)}{{{body}}}"


def _blocks(css: str) -> Iterator[tuple[str, str]]:
    """Each rule of the outermost level: what stands before its braces and what within; a line without braces has no body."""
    depth, head, body = 0, "", ""
    for piece in PIECE.findall(re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)):
        if piece == "}":
            depth -= 1
            if not depth:
                yield head.strip(), body
                head = body = ""
                continue
        elif piece == ";" and not depth:
            yield head.strip(), ""
            head = ""
            continue
        if depth:
            body += piece
        elif piece != "{":
            head += piece
        depth += piece == "{"
    if depth or head.strip():
        raise LookupError(f"a style sheet of the theme ends in the middle of a rule: {head[:80]}")


def _alternatives(selectors: str) -> list[str]:
    """A list of selectors, cut at its own commas only."""
    return [one.strip() for one in re.findall(r"(?:[^,(\[]|\((?:[^()]|\([^()]*\))*\)|\[[^\]]*\])+", selectors)]


def without_idle(css: str, others: str) -> str:
    """Without the variables that nothing asks for, here or in `others`; what only they asked for goes with them."""
    wanted = set(NAMED.findall(others)) | set(re.findall(r"var\((--[\w-]+)", css))
    told = VARIABLE.sub(lambda one: one[0] if one[1] in wanted else "", css)
    return css if told == css else without_idle(told, others)


def _small(root: Path, css: str) -> str:
    command = [str(root / "node_modules" / ".bin" / "esbuild"), "--loader=css", "--minify", "--log-level=warning"]
    run = subprocess.run(command, input=css, capture_output=True, text=True, check=False)
    if run.returncode or run.stderr.strip():
        raise BuildError(f"样式表压缩不了:{run.stderr.strip()[:400]}")
    return run.stdout
