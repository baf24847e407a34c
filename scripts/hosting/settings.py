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
PREFIX = re.compile(r"/(?:(?!\.\.?/)[A-Za-z0-9._~-]+/)*")
FOLDER = re.compile(r"/[\w./~+=@,-]*")
NAME = re.compile(r"_|(?=.{1,253}$)[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*")
PORTS = range(1, 65536)
HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
PATTERN = re.compile(r"/[\w./*~-]*")
VALUE = re.compile(r"[ !#%-\[\]^_`a-z|~]+")
"""Of a header: what means nothing but itself between the double quotes of both servers. Not " \\ $ { }."""


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
    """File name → text. BuildError for a place or a header that the settings of a server cannot say safely."""
    _check(headers, place)
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


def _check(headers: Sequence[Header], place: Place) -> None:
    """These words go into settings as they are: a quote or a semicolon in one of them would be a setting of its own."""
    if not PREFIX.fullmatch(place.prefix):
        raise BuildError(
            f"地址里的路径{place.prefix!r}不行：要以 / 开头、以 / 结尾，中间只用字母、数字和 . _ ~ -，不能有 . 或 .. 这样的一段。"
        )
    if not FOLDER.fullmatch(place.folder):
        raise BuildError(f"文件夹{place.folder!r}不行：要从 / 写起的完整路径，不能有空格、引号、$、分号这样的符号。")
    if not NAME.fullmatch(place.name):
        raise BuildError(f"域名{place.name!r}不行：只写一个，像 example.org；中文域名写成 xn-- 开头的那一种；不限域名就写 _。")
    if place.port not in PORTS:
        raise BuildError(f"端口 {place.port} 不行：要在 {PORTS[0]} 到 {PORTS[-1]} 之间。")
    for header in headers:
        if not (PATTERN.fullmatch(header.pattern) and HEADER.fullmatch(header.name) and VALUE.fullmatch(header.value)):
            told = f"{header.pattern!r} {header.name}: {header.value!r}"
            raise BuildError(f"_headers 里的这一条不能写进服务器的设置，有引号、$ 或别的特殊符号：{told}。")


class Rule(NamedTuple):
    """A value for the addresses that `regex` matches; address: the only one of them, "" where there are many."""

    regex: str
    address: str
    value: str


def _maps(headers: Sequence[Header], prefix: str) -> dict[str, list[Rule]]:
    """Header name → its values. An address that says more comes before one that says less."""
    found: dict[str, list[Rule]] = {}
    for header in sorted(headers, key=lambda one: one.pattern.count("*")):
        address = "" if "*" in header.pattern else prefix.rstrip("/") + header.pattern
        found.setdefault(header.name, []).append(Rule(header.regex(prefix), address, header.value))
    return found
