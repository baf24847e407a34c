"""The content policy, from one table: in each page as `<meta>`, and for all pages together as a header.

A page's own policy is the strictest under which it works: own files, inline code by hash, WebAssembly where the calculator is.
The header, which a server sends with every page, allows what any page needs, and says what a `<meta>` cannot: who may frame it.

Where browsers know Trusted Types, no text becomes HTML, code or the address of code but through the page's one policy, TRUSTED.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping

CHARSET = '<meta charset="utf-8">'
INLINE = re.compile(r"<script(?P<attributes>(?![^>]*\ssrc=)[^>]*)>(?P<code>.*?)</script>", re.DOTALL)
INLINE_STYLE = re.compile(r"<style[^>]*>(?P<code>.*?)</style>", re.DOTALL)
DATA_TYPES = ("application/json", "application/ld+json", "text/plain")
THEMED = 'data-md-component="container"'
WIDGET = "<yibao-calculator"

TRUSTED = (
    'if(self.trustedTypes)trustedTypes.createPolicy("default",{'
    'createHTML:function(t,_,to){return to==="DOMParser parseFromString"?t:null},'
    "createScript:function(t){try{t&&JSON.parse(t);return t}catch(e){return null}},"
    "createScriptURL:function(t){var u=new URL(t,document.baseURI);"
    'return u.protocol==="blob:"||u.origin===location.origin&&/^(https?|file):$/.test(u.protocol)?t:null}})'
)
"""First in every page: code comes from where the page itself comes from, or from the page (a blob: no other page has it); HTML
is read only apart, where nothing of it runs; the text of a script is JSON, which does nothing (answers stand so)."""

NOBODY, ANYBODY = "frame-ancestors 'none'", "frame-ancestors *"
TO_BE_FRAMED = "embed.html"

Policy = Mapping[str, list[str]]
ORDER = (
    "default-src", "script-src", "style-src", "img-src", "connect-src", "worker-src", "frame-src", "manifest-src",
    "base-uri", "form-action", "trusted-types", "require-trusted-types-for",
)  # fmt: skip
CLOSED = {
    "default-src": ["'none'"], "base-uri": ["'none'"], "form-action": ["'none'"],
    "trusted-types": ["default"], "require-trusted-types-for": ["'script'"],
}  # fmt: skip
SELF = "'self'"


def guarded(html: str, *, offline: bool = False) -> str:
    """The page with its policy. offline: it is opened by file://, where the calculator's worker is made from a blob."""
    html = _with_trusted(html)
    return _with_meta(html, written(_of_page(html, offline=offline)))


def guarded_alone(html: str) -> str:
    """A page that is one file with everything in it, and loads nothing from anywhere, with its policy."""
    html = _with_trusted(html)
    return _with_meta(html, written({**CLOSED, **_inline(html, []), "img-src": ["data:"], "worker-src": ["blob:"]}))


def _with_trusted(html: str) -> str:
    return html.replace(CHARSET, f"{CHARSET}\n<script>{TRUSTED}</script>", 1)


def _with_meta(html: str, said: str) -> str:
    return html.replace(CHARSET, f'{CHARSET}\n<meta http-equiv="Content-Security-Policy" content="{said}">', 1)


def of_site(pages: Iterable[str]) -> str:
    """The header for all pages of the hosted site: whatever one of them needs, and nothing else."""
    total: dict[str, list[str]] = {}
    for html in pages:
        for name, values in _of_page(html, offline=False).items():
            known = total.setdefault(name, [])
            known += [value for value in values if value not in known]
    return written({name: [v for v in values if v != "'none'"] or values for name, values in total.items()})


def headers(site_policy: str) -> str:
    """The file `_headers`, as static hosts read it (scripts/serve.py does, too): a path, then the headers of all that match it.

    Two policies for one page are both in force, so that only pages that no rule but the first matches can be framed.
    """
    rules = [
        ("/*", [f"Content-Security-Policy: {site_policy}", "X-Content-Type-Options: nosniff", "Referrer-Policy: same-origin"])
    ]
    rules += [
        (path, [f"Content-Security-Policy: {NOBODY}"])
        for path in ("/", "/index.html", "/*/", "/*/index.html", "/404.html", "/offline.html")
    ]
    rules += [
        (f"/{TO_BE_FRAMED}", [f"Content-Security-Policy: {ANYBODY}"]),
        ("/assets/widget/*", ["Cache-Control: public, max-age=31536000, immutable"]),
        ("/sw.js", ["Cache-Control: no-cache"]),
        ("/downloads/*", ["Content-Disposition: attachment"]),
    ]
    return "".join(f"{path}\n" + "".join(f"  {line}\n" for line in lines) for path, lines in rules)


def _of_page(html: str, *, offline: bool) -> dict[str, list[str]]:
    """Directive → what it allows."""
    widget, themed = WIDGET in html, THEMED in html
    parts = {**CLOSED, **_inline(html, [SELF]), "img-src": [SELF, "data:"]}
    if widget or themed or "fetch(" in html:  # the runtime, the search's index, the way home from a wrong address
        parts["connect-src"] = [SELF]
    if widget or themed:  # Python, the search
        parts["worker-src"] = [SELF, *(["blob:"] if widget and offline else [])]
    if themed:
        parts |= {"frame-src": [SELF], "manifest-src": [SELF]}
    return parts


def _inline(html: str, own: list[str]) -> dict[str, list[str]]:
    scripts = [m["code"] for m in INLINE.finditer(html) if not any(kind in m["attributes"] for kind in DATA_TYPES)]
    styles = [m["code"] for m in INLINE_STYLE.finditer(html)]
    engine = ["'wasm-unsafe-eval'"] if WIDGET in html else []
    return {"script-src": [*own, *hashes(scripts), *engine], "style-src": [*own, *hashes(styles)]}


def written(parts: Policy) -> str:
    return "; ".join(f"{name} {' '.join(parts[name])}" for name in ORDER if parts.get(name))


def hashes(codes: list[str]) -> list[str]:
    """Each code once, as the policy names it."""
    digests = (base64.b64encode(hashlib.sha256(code.encode()).digest()).decode() for code in codes)
    return list(dict.fromkeys(f"'sha256-{digest}'" for digest in digests))
