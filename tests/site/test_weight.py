"""What a page costs a reader on the line: every file that it names, packed as hosts pack it, counted from the files."""

from __future__ import annotations

import gzip
import posixpath
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest

from .conftest import Document

MOST_BYTES, MOST_REQUESTS = 90_000, 12
HEADERS = 350
"""Bytes of a response besides its body, generously."""
PACKED_ALREADY = (".png", ".zip", ".gz")
WIDGET = "<yibao-calculator"


@cache
def on_the_line(file: Path) -> int:
    """gzip at the level that servers use; brotli, which most send, is smaller."""
    body = file.read_bytes()
    return HEADERS + len(body if file.suffix in PACKED_ALREADY else gzip.compress(body, 6))


def files_of(page: Document, root: Path) -> list[Path]:
    """The page and all that it names to be loaded, each file once."""
    here = posixpath.dirname(page.path)
    named = {unquote(address) for address in page.loads if not address.startswith("data:")}
    return [root / page.path, *(root / name for name in sorted({posixpath.normpath(posixpath.join(here, one)) for one in named}))]


@pytest.fixture(scope="module")
def pages(hosted: dict[str, Document]) -> list[Document]:
    return [page for name, page in hosted.items() if not name.startswith("downloads/")]


def test_no_page_loads_anything_from_another_host(pages: list[Document]) -> None:
    assert not [(page.path, address) for page in pages for address in page.loads if "//" in address.removeprefix("data:")]


def test_no_page_asks_for_more_than_twelve_files(pages: list[Document], homes: dict[str, Path]) -> None:
    asked = {page.path: len(files_of(page, homes["hosted"])) for page in pages}
    assert not {path: count for path, count in asked.items() if count > MOST_REQUESTS}
    assert asked["restoration/index.html"] > 2, "the style sheet and the script are counted"


def test_every_page_weighs_less_than_ninety_kilobytes(pages: list[Document], homes: dict[str, Path]) -> None:
    """The form of the calculator too; Python, which it fetches for an answer, is measured elsewhere (scripts/bench/pages)."""
    weights = {page.path: sum(map(on_the_line, files_of(page, homes["hosted"]))) for page in pages}
    assert not {path: weight for path, weight in weights.items() if weight > MOST_BYTES}
    assert weights["restoration/index.html"] > 20_000, "what is packed is the whole page"
