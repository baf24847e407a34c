"""The settings of nginx and Caddy, and what a container is made from, for a site under any path."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from scripts.errors import BuildError
from scripts.hosting.headers import ASK_AGAIN, CACHE, Header
from scripts.serve import TYPES, UTF8

TEMPLATES = Path(__file__).parent
MADE = {"nginx.conf.j2": "nginx.conf", "Caddyfile.j2": "Caddyfile", "Containerfile.j2": "Containerfile"}
PREFIX = re.compile(r"/(?:[A-Za-z0-9._~-]+/)*")


class Place(NamedTuple):
    """Where it is hosted. prefix: path of the site, "/" or "/some/path/". folder: that of the site on the server.

    name: the server's, "_" for any. brotli: nginx has the module that sends .br files (Caddy needs none).
    """

    prefix: str = "/"
    folder: str = "/srv/yibao/current"
    name: str = "_"
    port: int = 80
    brotli: bool = False


def settings(headers: Sequence[Header], place: Place) -> dict[str, str]:
    """File name → text. BuildError for a path that no address can have."""
    if not PREFIX.fullmatch(place.prefix):
        raise BuildError(f"地址里的路径“{place.prefix}”不行：要以 / 开头、以 / 结尾，中间只用字母、数字和 . _ ~ -。")
    whole = [header for header in headers if header.pattern == "/*"]
    some = [header for header in headers if header.pattern != "/*"]
    if not any(header.name == CACHE for header in whole):
        whole.append(Header("/*", CACHE, ASK_AGAIN))
    known = {
        "place": place,
        "always": [header for header in whole if header.name != CACHE],
        "kept": next(header.value for header in whole if header.name == CACHE),
        "of_error": [header for header in some if header.pattern == "/404.html"],
        "maps": _maps(some, place.prefix),
        "types": sorted((kind.removesuffix(UTF8), suffix.removeprefix(".")) for suffix, kind in TYPES.items() if suffix),
        "texts": sorted({kind.removesuffix(UTF8) for kind in TYPES.values() if kind.endswith(UTF8)}),
    }
    writer = Environment(
        loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, keep_trailing_newline=True, trim_blocks=True,
        lstrip_blocks=True, autoescape=False,
    )  # settings of servers, not HTML  # fmt: skip
    return {name: writer.get_template(template).render(known) for template, name in MADE.items()}


def _maps(headers: Sequence[Header], prefix: str) -> dict[str, list[tuple[str, str]]]:
    """Header name → regular expression of addresses and value. An address that says more comes before one that says less."""
    found: dict[str, list[tuple[str, str]]] = {}
    for header in sorted(headers, key=lambda one: one.pattern.count("*")):
        found.setdefault(header.name, []).append((header.regex(prefix), header.value))
    return found
