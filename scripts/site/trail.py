"""The way to a page from the first one: 首页 › 各地规则 › 广东省 › 深圳市. Sections and titles are the menu's (mkdocs.yml)."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

HOME = "index.md"


@dataclass(frozen=True)
class Step:
    """One station on the way. uri: None where it has no page of its own, or is the page one is on."""

    title: str
    uri: str | None


@dataclass(frozen=True)
class Menu:
    """The menu as mkdocs.yml has it."""

    items: list[Any]

    @classmethod
    def read(cls, root: Path) -> Menu:
        return cls(yaml.load((root / "mkdocs.yml").read_text("utf-8"), Loader=_Lenient)["nav"])

    @cached_property
    def ways(self) -> dict[str, list[Step]]:
        """By uri: the stations from the first page to it, itself the last."""
        return {steps[-1].uri: steps for steps in _walk(self.items, []) if steps[-1].uri}

    def way(self, uri: str) -> list[Step]:
        """The stations to a page of the menu; of any other, to the index of its folder. Raises KeyError if there is none."""
        steps = self.ways.get(uri) or self.ways[posixpath.join(posixpath.dirname(uri), "index.md")]
        home = self.ways[HOME]
        return list(steps) if steps == home else [*home, *steps]


def trail(menu: Menu, uri: str, title: str, above: list[Step]) -> list[Step]:
    """What a page shows at its top; nothing on the first page. above: stations that the menu does not know."""
    if uri == HOME:
        return []
    known = menu.way(uri)
    before = known[:-1] if known[-1].uri == uri else [*known, *above]
    return [*before, Step(known[-1].title if known[-1].uri == uri else title, None)]


def _walk(items: list[Any], before: list[Step]) -> Iterator[list[Step]]:
    for item in items:
        if isinstance(item, str):  # the page of the section itself: it takes the section's name
            yield [*before[:-1], Step(before[-1].title, item)]
            continue
        for title, below in _pairs(item):
            if isinstance(below, str):
                yield [*before, Step(title, below)]
            else:
                yield from _walk(below, [*before, Step(title, next((one for one in below if isinstance(one, str)), None))])


def _pairs(item: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return list(item.items())


class _Lenient(yaml.SafeLoader):
    """Reads mkdocs.yml with its own tags (`!ENV`, `!!python/…`) left as nothing."""


for _tag in ("!", "tag:yaml.org,2002:python/"):
    _Lenient.add_multi_constructor(_tag, lambda loader, suffix, node: None)
