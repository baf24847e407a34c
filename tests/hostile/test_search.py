"""What the search finds comes as pieces of the text itself, and the page puts them up as text: nothing of it is markup."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.hostile.texts import EVIL

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent


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
    assert len(found["补缴"]) > 5 and any("补缴" in one["text"][1::2] for one in found["补缴"])


def test_all_that_is_found_is_pieces_of_the_text_as_it_stands(found):
    """Every second piece is marked; put together again they are what was in the index, cut or whole, and not changed for HTML."""
    titles = {f"医保 {evil}" for evil in EVIL}
    texts = [f"断缴以后 {evil} 补缴" for evil in EVIL]
    shown = [one for items in found.values() for one in items]
    assert len(shown) > 20
    for one in shown:
        assert "".join(one["title"]) in titles
        assert any("".join(one["text"]).strip("…") in text for text in texts), one["text"]
