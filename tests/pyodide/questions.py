"""Questions that every Python is asked: the cases beside the rules, and a spread of those that `make check` walks."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator
from pathlib import Path

from calculator import Rulebook
from calculator.batch import answer_line
from scripts.proof.questions import lines
from scripts.proof.speaking import Speaking
from scripts.proof.walk import places_to_walk
from tests import prepared
from tests.browser.cases import spread

SEED = 5_2026


def beside_rules() -> list[str]:
    return [json.dumps(case, ensure_ascii=False) for case in prepared.asked()]


def walked(count: int) -> list[str]:
    """So many of the walk, from every place that it visits; and a tenth as many that also ask of money and treatment."""
    book, chance = prepared.rulebook(), random.Random(SEED)
    places = places_to_walk(book)
    each = -(-count // len(places))
    found: list[dict[str, object]] = []
    for place in places:
        every = [question for line in lines(place, Speaking(book, place)) for question in line.questions]
        found += chance.sample(every, min(each, len(every)))
    chance.shuffle(found)
    rich = spread(book, -(-count // 10))
    return [json.dumps(case, ensure_ascii=False) for case in [*found[: count - len(rich)], *rich]]


def told_here(texts: Iterable[str]) -> Iterator[str]:
    """What this Python answers, one at a time: some thousand at once fill the memory."""
    book = Rulebook.load(prepared.rulebook())
    return (answer_line(text, book) for text in texts)


def write_rulebook(path: Path) -> Path:
    path.write_text(json.dumps(prepared.rulebook(), ensure_ascii=False), "utf-8")
    return path
