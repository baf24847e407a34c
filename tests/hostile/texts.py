"""Texts that try to be more than text, and a rulebook in which every text that is shown ends in one of them."""

from __future__ import annotations

EVIL = (
    "<script>hack()</script>", '<img src=x onerror="hack()">', "\"' onmouseover='hack()' x=\"", "[看](javascript:hack())",
    "</script><script>hack()</script>", "<!--yb:hosted--><svg onload=hack()>", "{ onclick=hack() }", "{: onclick=hack() }",
    "\n\n[看]: javascript:hack()\n\n[看]", "\n\n# 标题 {onclick=hack()}\n", "<javascript:hack()>", "`x`<b onclick=hack()>",
    "|\n|---|\n<iframe srcdoc='<script>hack()</script>'>", "{{ hack() }}{% include 'hack()' %}", "]]><script>hack()</script>",
    "&lt;script&gt;hack()&lt;/script&gt;", "\\<script>hack()</script>", "<style>*{background:url(javascript:hack())}</style>",
    "\u2028<a href=javascript:hack()>", "</title></textarea><base href=//hack()>", "<form action=javascript:hack()><button>",
    "!!! note\n    <script>hack()</script>", "<yibao-calculator onclick=hack()>", '<meta http-equiv=refresh content="0;hack()">',
)  # fmt: skip
SHOWN = ("title", "note", "explain", "text", "name", "copy", "clause", "issuer", "number", "says", "why", "words", "material")


def poisoned(value, turn):
    """Every text that pages show, with one of EVIL behind it, each in its turn."""
    if isinstance(value, list):
        return [poisoned(one, turn) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        key: f"{one}{EVIL[next(turn) % len(EVIL)]}" if key in SHOWN and isinstance(one, str) else poisoned(one, turn)
        for key, one in value.items()
    }
