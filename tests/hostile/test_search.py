"""The search puts what it found into the page as HTML: of the texts nothing is HTML but the marks of the search itself."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from tests.hostile.texts import EVIL

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
MARKS = re.compile(r"</?mark(?: data-md-highlight)?>")


@pytest.fixture(scope="module")
def found():
    """What comes back for a plain word and for each hostile text, from an index of nothing but hostile texts."""
    index = ROOT / "site" / "search" / "search_index.json"
    if not index.is_file():
        pytest.skip("no site was built here")
    config = json.loads(index.read_text("utf-8"))["config"]
    docs = [{"location": f"{at}/", "title": f"医保 {evil}", "text": f"断缴以后 {evil} 补缴"} for at, evil in enumerate(EVIL)]
    questions = ["医保", "补缴", "hack", "script", *EVIL]
    run = subprocess.run(
        ["node", str(HERE / "search.mjs"), str(next((ROOT / "site" / "assets").glob("search-worker.*.js")))],
        input=json.dumps({"config": config, "docs": docs, "questions": questions}), capture_output=True, text=True, check=True,
    )  # fmt: skip
    return dict(zip(questions, json.loads(run.stdout), strict=True))


def test_a_word_that_is_in_them_finds_them(found):
    assert len(found["补缴"]) > 5 and any("<mark" in one["title"] + one["text"] for one in found["补缴"])


def test_nothing_that_is_found_is_html_but_the_marks(found):
    shown = [text for items in found.values() for one in items for text in (one["title"], one["text"])]
    assert len(shown) > 40
    for text in shown:
        assert not re.search(r"[<>\"]", MARKS.sub("", text)), text
