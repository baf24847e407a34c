"""Files for programs, made from the rulebook: the JSON API, the feed of rulebook versions, robots.txt and the sitemap."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from calculator import schema
from scripts.ledger import build_ledger

SCHEMAS = {"case": schema.case_schema, "assessment": schema.assessment_schema, "rulebook": schema.rulebook_schema}
PLACE_KEYS = ("code", "name", "parent", "level")
Json = Mapping[str, Any]


def write_api(rulebook: Json, rules_dir: Path, out: Path) -> None:
    """api/rulebook.json, api/places.json, api/ledger.json and api/schema/*.json under `out`."""
    write_json(out / "api" / "rulebook.json", rulebook)
    write_json(out / "api" / "places.json", [{key: place[key] for key in PLACE_KEYS} for place in rulebook["places"]])
    write_json(out / "api" / "ledger.json", build_ledger(rulebook, rules_dir))
    for name, make in SCHEMAS.items():
        write_json(out / "api" / "schema" / f"{name}.json", make())


def write_json(path: Path, value: Any) -> None:
    """Compact JSON, one line, keys in the order given."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")


def feed(rulebook: Json, title: str, site_url: str) -> str:
    """Atom: one entry for this version of the rulebook. Without a site address the links are relative to the feed."""
    version, day = str(rulebook["version"]), str(rulebook["data_date"])
    name = f"urn:yibao-lapse-guide:rulebook:{version}"
    summary = f"规则书第 {version} 版:{len(rulebook['rules'])} 条规则,资料整理到 {day}。"
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh"{f" xml:base={quoteattr(site_url)}" if site_url else ""}>\n'
        f"<id>urn:yibao-lapse-guide:feed</id>\n<title>{escape(title)}:规则更新</title>\n<updated>{day}T00:00:00Z</updated>\n"
        f'<author><name>{escape(title)}</name></author>\n<link rel="alternate" href="updates/"/>\n'
        f"<entry>\n<id>{escape(name)}</id>\n<title>规则书第 {escape(version)} 版</title>\n<updated>{day}T00:00:00Z</updated>\n"
        f'<link rel="alternate" href="updates/"/>\n<summary>{escape(summary)}</summary>\n</entry>\n</feed>\n'
    )


def robots(site_url: str) -> str:
    lines = ["User-agent: *", "Allow: /"]
    return "\n".join([*lines, f"Sitemap: {site_url}sitemap.xml"] if site_url else lines) + "\n"


def sitemap(addresses: Iterable[str], day: str, site_url: str) -> str:
    """Addresses relative to the site's root. Without a site address they stay so: the file then only lists what there is."""
    places = (escape(site_url + address) for address in sorted(addresses))
    urls = "".join(f"<url><loc>{place}</loc><lastmod>{day}</lastmod></url>\n" for place in places)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{head}{urls}</urlset>\n"
