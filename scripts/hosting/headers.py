"""Reads the site's `_headers`: the one place that says which header goes with which address (scripts/site/policy.py)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from scripts.errors import BuildError

CACHE = "Cache-Control"
ASK_AGAIN = "no-cache"
"""What is sent with an address of which no rule says how long it may be kept: without a word browsers guess."""


class Header(NamedTuple):
    """One header for all addresses that match. pattern: a path from the root of the site, `*` stands for anything."""

    pattern: str
    name: str
    value: str

    def matches(self, address: str) -> bool:
        """Whether it goes with an address, a path from the root of the site."""
        return re.search(self.regex("/"), address) is not None

    def regex(self, prefix: str) -> str:
        """The pattern as a regular expression for a site under `prefix` ("/", "/some/path/")."""
        return "^" + re.escape(prefix.rstrip("/")).replace("\\-", "-") + ".*".join(map(_plain, self.pattern.split("*"))) + "$"


def read(file: Path) -> list[Header]:
    """Every header of the file, in its order. BuildError where the file is missing or a line is neither path nor header."""
    if not file.is_file():
        raise BuildError(f"没有 {file.name}：先运行 make site 建好网站，再来做服务器的设置。")
    return list(_headers(file))


def _headers(file: Path) -> Iterator[Header]:
    pattern = ""
    for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
        name, colon, value = line.strip().partition(": ")
        if line.startswith("/"):
            pattern = line.strip()
        elif line.startswith(" ") and pattern and colon:
            yield Header(pattern, name, value)
        else:
            raise BuildError(f"{file.name} 第 {number} 行看不懂：应当是一个以 / 开头的地址，或者缩进的“名字: 内容”。")


def _plain(part: str) -> str:
    return re.sub(r"[.+?^$()\[\]{}|\\]", r"\\\g<0>", part)
