"""Asks every question of the walk, place by place on two processors, and gathers what breaks a law."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any

from calculator import Case, Rulebook, assess
from scripts.proof.laws import Breach, of_line, of_one
from scripts.proof.questions import lines
from scripts.proof.speaking import INFORMATION, Speaking

PROCESSES = 2


@dataclass(frozen=True)
class Walked:
    """What one place's walk came to."""

    place: str
    questions: int
    breaches: tuple[Breach, ...]


def places_to_walk(book: dict[str, Any]) -> list[str]:
    """The nation, every place with a rule that computes, and one place for which only the nation speaks."""
    places = {place["code"]: place for place in book["places"]}
    speaking = {rule["place"] for rule in book["rules"] if rule["topic"] not in INFORMATION}
    silent = next(
        (
            code
            for code, place in places.items()
            if place["level"] == "prefecture" and code not in speaking and place["parent"] not in speaking
        ),
        None,
    )
    return sorted({"CN", *speaking, *([silent] if silent else [])})


def walk(book: dict[str, Any], places: list[str], told: Callable[[Walked], None]) -> list[Walked]:
    """Walk all places; `told` hears of each as it is done. The result is in the order of `places`."""
    with get_context("fork").Pool(PROCESSES, _prepare, (book,)) as pool:
        done = []
        for walked in pool.imap_unordered(_walk_place, places):
            told(walked)
            done.append(walked)
    return sorted(done, key=lambda one: places.index(one.place))


class _Worker:
    """What each process keeps."""

    raw: dict[str, Any]
    book: Rulebook


def _prepare(book: dict[str, Any]) -> None:
    _Worker.raw, _Worker.book = book, Rulebook.load(book)


def _walk_place(place: str) -> Walked:
    asked, breaches, speaking = 0, [], Speaking(_Worker.raw, place)
    for line in lines(place, speaking):
        answers = []
        for question in line.questions:
            asked += 1
            try:
                answer = assess(Case.parse(question, _Worker.book), _Worker.book).to_json()
            except Exception as error:  # a crash of any kind is what is looked for
                breaches.append(Breach("answered", str(question), f"{type(error).__name__}: {error}"))
                break
            answers.append(answer)
            breaches.extend(of_one(question, answer, speaking))
        else:
            breaches.extend(of_line(line, answers))
    return Walked(place, asked, tuple(breaches))
