"""Inputs that were once found are asked again, and for a while new ones are made of real questions."""

from __future__ import annotations

import json
import random
import time
from pathlib import Path

import pytest

from calculator import Rulebook
from tests import prepared
from tests.fuzz.target import throw

FOUND = sorted(path for path in (Path(__file__).parent / "found").iterdir() if path.name != "README.md")
SECONDS = 20
SEED = 7_2026


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return Rulebook.load(prepared.rulebook())


@pytest.mark.parametrize("path", FOUND, ids=[path.name for path in FOUND])
def test_what_was_once_found_is_answered_or_refused(path: Path, book: Rulebook) -> None:
    throw(path.read_bytes(), book)


def mutated(chance: random.Random, data: bytes, others: list[bytes]) -> bytes:
    """Some bytes changed, doubled, taken out or put in from elsewhere."""
    made = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        at, end = sorted(chance.randrange(len(made) + 1) for _ in range(2))
        other = chance.choice(others)
        start = chance.randrange(len(other))
        made[at : chance.choice([at, at + 1, end])] = chance.choice([
            b"", bytes([chance.randrange(256)]), other[start : start + chance.randrange(30)], bytes(made[at:end]),
            chance.choice([b"null", b"NaN", b"-1", b"1e400", b'""', b"[", b"{", b"\\ud800", b"9999-12-31", b"\xff", b"\n"]),
        ])  # fmt: skip
        if not made:
            break
    return bytes(made)


def test_bytes_made_of_real_questions_are_answered_or_refused(book: Rulebook) -> None:
    chance = random.Random(SEED)
    texts = [json.dumps(case, ensure_ascii=False).encode() for case in prepared.asked()]
    command = [b"assess\n--svg\n\n", b"assess\n--jsonl\n\n", b"assess\n\n", b"schema\ncase\n\n"]
    began, tried, answered = time.process_time(), 0, 0
    while time.process_time() - began < SECONDS:
        door = chance.choice([b"T", b"T", b"L", b"C"])
        text = chance.choice(texts)
        whole = chance.choice(command) + text if door == b"C" else text
        throw(door + (mutated(chance, whole, texts) if chance.random() < 0.8 else _values_swapped(chance, text, texts)), book)
        tried += 1
        answered += door == b"T"
    assert tried > 500 and answered


def _values_swapped(chance: random.Random, text: bytes, others: list[bytes]) -> bytes:
    """Still JSON, but with values and keys of other questions: gets past the reader of JSON."""
    case = json.loads(text)
    other = json.loads(chance.choice(others))
    for _ in range(chance.randint(1, 3)):
        key = chance.choice([*case, *other])
        case[key] = chance.choice([*other.values(), *case.values(), None, 0, -1, "", [], {}, True, "2026-02-30", 10**30])
    return json.dumps(case, ensure_ascii=chance.random() < 0.5).encode()
