"""The page on the data tells every key of a question and of an answer, in the words of the schemas."""

from __future__ import annotations

from pathlib import Path

import pytest

from calculator.fields import FIELDS
from calculator.meanings import ASSESSMENT
from scripts.releases import KEPT, read_all
from scripts.rulebook import build_rulebook
from scripts.site.pages import all_pages, render
from scripts.site.stage import Job

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def page() -> str:
    job = Job(ROOT / "docs", build_rulebook(ROOT / "rules"), read_all(ROOT / KEPT), {}, ROOT)
    desk, _ = job.desk()
    pages = all_pages(job.docs, desk)
    [data] = [one for one in pages if one.uri == "data.md"]
    return render(data, desk, frozenset(one.uri for one in pages))


def test_every_key_of_a_question_is_told(page: str) -> None:
    for field in FIELDS:
        assert f"| `{field.name}` | {field.meaning} |" in page
        for item in field.items:
            assert f"| `{field.name}.{item.name}` | {item.meaning} |" in page


def test_every_key_of_an_answer_is_told(page: str) -> None:
    for key, meaning in ASSESSMENT.items():
        assert f"| `{key.removeprefix('answer.')}` | {meaning} |" in page
