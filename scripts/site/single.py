"""The calculator as one file that can be sent in a chat: the form, its style and code, Python, the rules, all inside.

It is the offline form of the widget with every file put where its address stood. The others (docs/widget/payload.js) become
blocks of data at the end, so that the form is there while they are still being read.
"""

from __future__ import annotations

import base64
import gzip
import json
import re
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

from scripts.runtime import single_html
from scripts.runtime.prepare import TABLES
from scripts.site.bill import licences
from scripts.site.book import Book
from scripts.site.filing import told, with_filing
from scripts.site.finder import table
from scripts.site.policy import guarded_alone
from scripts.site.published import site_address

PAYLOAD = re.compile(r'__yibaoPayload\("([^"]+)",(".*")\)\s*')
STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)
"""The widget's, which stands beside the form; a style of the whole page belongs into its head."""
HEAD_END = "</head>"
END = "</main>"
PLACES = '<script type="application/json" data-yb="places"></script>'
DOCS = Path(__file__).parents[2] / "docs"


def write_single(rulebook: dict[str, Any], manifest: dict[str, Any], out: Path) -> None:
    """Write the file. manifest: what `prepare_runtime` returned. Raises LookupError if the widget's markup is not as expected."""
    root = Path(manifest["offline"]["root"])
    html = with_filing(single_html(rulebook, manifest, site_address()), told())
    html = _inside(html, r'<link rel="stylesheet" href="([^"]+)">', root, lambda css: f"<style>{css}</style>")
    html = STYLE.sub(lambda style: "", html).replace(HEAD_END, f"{STYLE.findall(html)[0]}\n{HEAD_END}", 1)
    html = _inside(html, r'<script src="([^"]+)" defer></script>', root, lambda code: f"<script>{_quiet(code)}</script>")
    html = _with_places(html, table(DOCS, Book(rulebook)))
    found = ((path, PAYLOAD.fullmatch(path.read_text("utf-8"))) for path in sorted(root.rglob("*.js")))
    wanted = (match for path, match in found if match and (match[1] in html or path.parent.name == TABLES))
    blocks = [_block(match[1], json.loads(match[2])) for match in wanted]
    if not blocks or html.count(END) != 1:
        raise LookupError(f"{out.name}: {len(blocks)} packed files, {html.count(END)} times {END}")
    html = html.replace(END, "\n".join([_notices(licences(DOCS.parent)), END, *blocks]))
    html = guarded_alone(html)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(html, "utf-8")


def _notices(text: str) -> str:
    """Whose work is in the file and under which licences: it is passed on alone, so it has to carry them itself."""
    style = (
        "<style>.yb-licences summary{padding:12px 0;cursor:pointer}.yb-licences pre{white-space:pre-wrap;overflow-wrap:anywhere}"
        "@media print{.yb-licences{display:none}}</style>"
    )
    return f'<details class="yb-licences"><summary>里面别人做的部分和许可</summary>{style}\n<pre>{escape(text)}</pre></details>'


def _block(name: str, text: str) -> str:
    """What a script of the offline site hands over, as data: code and what is packed already as it is; JSON is packed here."""
    packed = base64.b64encode(gzip.compress(text.encode(), 9, mtime=0)).decode() if text.startswith("{") else text
    if re.search("</script|<!--", packed, re.IGNORECASE):
        raise LookupError(f"{name} would end its own block")
    return f'<script type="text/plain" data-yb-file="{name}">{packed}</script>'


def _with_places(html: str, table: str) -> str:
    """The table of places stands in the page (docs/finder/table.js), for there is no file to fetch it from."""
    if html.count(PLACES) != 1:
        raise LookupError(f"{PLACES}: found {html.count(PLACES)} times, expected 1")
    told = json.dumps(table, ensure_ascii=False).replace("<", "\\u003c")
    return html.replace(PLACES, PLACES.replace("></", f">{told}</"))


def _inside(html: str, pattern: str, root: Path, wrapped: Callable[[str], str]) -> str:
    """The one file that is linked by `pattern`, put in the link's place."""
    around = re.split(pattern, html)
    if len(around) != 3:
        raise LookupError(f"{pattern}: found {len(around) // 2} times, expected 1")
    before, address, after = around
    return before + wrapped((root / address).read_text("utf-8")) + after


def _quiet(code: str) -> str:
    """Code that may stand between script tags."""
    return code.replace("</script", "<\\/script").replace("<!--", "<\\!--")
