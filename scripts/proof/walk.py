"""Asks every question of the walk, place by place on two processors, and gathers what breaks a law."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any

from scripts.proof.asking import Asking
from scripts.proof.counting import Counting, Walked, counted_as
from scripts.proof.oracle_questions import questions
from scripts.proof.oracle_walk import Both
from scripts.proof.questions import lines
from scripts.proof.speaking import INFORMATION, Speaking

PROCESSES = 2


@dataclass(frozen=True)
class Job:
    """One process's piece of the walk: of a place every `of`-th line from the `part`-th on.

    `most`: how many questions at most in full, and three times as many against the oracle alone; None = all.
    """

    place: str
    part: int = 0
    of: int = 1
    most: int | None = None


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


def walk(
    book: dict[str, Any], places: list[str], told: Callable[[Walked], None], most: int | None = None
) -> list[Walked]:
    """Walk all places; `told` hears of each piece as it is done. `most`: at most about so many questions in all.

    The result has one Walked a place, in the order of `places`.
    """
    jobs = _jobs(book, places, most)
    whole = {place: Walked(place, counted_as(book, place)) for place in places}
    with get_context("fork").Pool(PROCESSES, _prepare, (book,)) as pool:
        for piece in pool.imap_unordered(_walk_place, jobs):
            told(piece)
            whole[piece.place].add(piece)
    return [whole[place] for place in places]


def _jobs(book: dict[str, Any], places: list[str], most: int | None) -> list[Job]:
    """Few places are cut in pieces; of many, those with most to say come first, so that neither processor waits long."""
    of = 1 if len(places) > 2 * PROCESSES else 2 * PROCESSES
    share = None if most is None else max(1, most // max(1, len(places) * of))
    tiers = Counter(rule["place"] for rule in book["rules"] for _ in rule["values"])
    for rule in book["rules"]:
        tiers[rule["place"]] += sum(len((value or {}).get("tiers", [])) for _, value in rule["values"])
    return [Job(place, part, of, share) for place in sorted(places, key=lambda one: -tiers[one]) for part in range(of)]


class _Worker:
    """What each process keeps."""

    raw: dict[str, Any]
    both: Both


def _prepare(book: dict[str, Any]) -> None:
    _Worker.raw, _Worker.both = book, Both(book)


def _walk_place(job: Job) -> Walked:
    """Ask every line in full, then set calculator and oracle alone against each other where nothing was asked yet."""
    asking = Asking(_Worker.both, Speaking(_Worker.raw, job.place))
    counting = Counting(Walked(job.place, counted_as(_Worker.raw, job.place)), asking)
    every = list(lines(job.place, asking.speaking))
    size = sum(len(line.questions) for line in every) // job.of
    for line in every[job.part :: job.of][:: _step(size, job.most)]:
        counting.note_line(line)
        counting.note_breaches(asking.line(line))
    more = list(questions(job.place, asking.speaking))
    limit = None if job.most is None else 3 * job.most
    for question in more[job.part :: job.of][:: _step(len(more) // job.of, limit)]:
        if counting.is_new(question):
            counting.note_breaches(asking.compare(question))
    return counting.done()


def _step(size: int, most: int | None) -> int:
    """Each how many-th is asked."""
    return 1 if most is None else max(1, -(-size // most))
