"""The theme's search worker, mended for Chinese queries.

It cuts a run of Chinese characters by the words of the index. As shipped, it never tries a word that ends with the run
(so 新生儿 is looked up as 新*), and one unknown character makes it look for the whole run, which nothing matches.
"""

from __future__ import annotations

from pathlib import Path

MENDS = {
    # a word may end where the run ends
    "whole-word": ("for(let o=s+1;o<t.length;o++)t.slice(s,o)in e", "for(let o=s+1;o<=t.length;o++)t.slice(s,o)in e"),
    # an unknown character is stepped over, and the rest goes on
    "unknown-character": (
        "let a=o+n[o];n[a]&&a<t.length-1&&(i[s++]=a),r.add(t.slice(o,a))",
        "let a=o+(n[o]||1);a<t.length&&(i[s++]=a),n[o]&&r.add(t.slice(o,a))",
    ),
}


def mend_worker(site: Path) -> None:
    """Mend the one search worker of a site. Raises LookupError if the theme's code is not what is expected."""
    workers = sorted((site / "assets" / "javascripts" / "workers").glob("search.*.min.js"))
    if len(workers) != 1:
        raise LookupError(f"search worker: found {len(workers)} files, expected 1")
    code = workers[0].read_text("utf-8")
    for name, (shipped, mended) in MENDS.items():
        if code.count(shipped) != 1:
            raise LookupError(f"search worker, {name}: found {code.count(shipped)} times, expected 1")
        code = code.replace(shipped, mended)
    workers[0].write_text(code, "utf-8")
