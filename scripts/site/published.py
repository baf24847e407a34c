"""Files for programs, made from the rulebook: the JSON API, the rulebooks by hash, robots.txt and the sitemap."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from calculator import schema
from scripts.errors import BuildError
from scripts.ledger import build_ledger
from scripts.releases import hex_of, text_of

SCHEMAS = schema.SCHEMAS
PLACE_KEYS = ("code", "name", "parent", "level")
NOWHERE = "https://site-url-not-set.invalid/"
UNPLACED = "建站时没有写网站的地址，这里的域名是占位的，不存在。部署时用 SITE_URL=网址 make site 重建。"
Json = Mapping[str, Any]


def write_api(rulebook: Json, rules_dir: Path, out: Path) -> None:
    """api/rulebook.json, api/places.json, api/ledger.json and api/schema/*.json under `out`."""
    (out / "api").mkdir(parents=True, exist_ok=True)
    (out / "api" / "rulebook.json").write_text(text_of(rulebook), "utf-8")
    write_json(out / "api" / "places.json", [{key: place[key] for key in PLACE_KEYS} for place in rulebook["places"]])
    write_json(out / "api" / "ledger.json", build_ledger(rulebook, rules_dir))
    for name, make in SCHEMAS.items():
        write_json(out / "api" / "schema" / f"{name}.json", make())


def write_json(path: Path, value: Any) -> None:
    """Compact JSON, one line, keys in the order given."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")


def write_rulebooks(rulebook: Json, kept: Sequence[Json], out: Path) -> None:
    """api/rulebooks/<hash>.json for the present rulebook and each kept one, and their list, api/rulebooks/index.json."""
    books = {hex_of(one): one for one in (rulebook, *reversed(kept))}
    folder = out / "api" / "rulebooks"
    folder.mkdir(parents=True)
    for name, one in books.items():
        (folder / f"{name}.json").write_text(text_of(one), "utf-8")
    hashes = {one["hash"] for one in kept}
    listed = [
        {
            **{key: one[key] for key in ("version", "data_date", "hash")},
            "rules": len(one["rules"]),
            "file": f"{name}.json",
            "released": one["hash"] in hashes,
        }
        for name, one in books.items()
    ]
    write_json(folder / "index.json", listed)


def site_address() -> str:
    """Where the site will stand, from SITE_URL, with a slash at its end; "" = not known. Raises BuildError for no address."""
    given = os.environ.get("SITE_URL", "").strip()
    if given and not re.fullmatch(r"https?://[^\s/]+(/\S*)?", given):
        raise BuildError(f"SITE_URL 不是网址:{given};应当像 https://example.org/yibao/")
    return given if not given or given.endswith("/") else f"{given}/"


def robots(site_url: str) -> str:
    lines = ["User-agent: *", "Allow: /"]
    return "\n".join([*lines, f"Sitemap: {site_url}sitemap.xml"] if site_url else lines) + "\n"


def sitemap(addresses: Iterable[str], day: str, site_url: str) -> str:
    """Addresses relative to the site's root. A sitemap must name whole addresses (sitemaps.org), and a site built without one
    of its own has none: it then stands under `NOWHERE`, which no one can mistake for a place on the net (RFC 2606), and says so.
    """
    places = (escape((site_url or NOWHERE) + address) for address in sorted(addresses))
    urls = "".join(f"<url><loc>{place}</loc><lastmod>{day}</lastmod></url>\n" for place in places)
    note = "" if site_url else f"<!-- {UNPLACED} -->\n"
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n{note}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{head}{urls}</urlset>\n"
