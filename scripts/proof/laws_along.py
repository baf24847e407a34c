"""What must hold of answers along a line, on which one thing grows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scripts.proof.breach import Breach
from scripts.proof.line import Line, Question

Json = dict[str, Any]
Answers = list[tuple[Question, Json]]


def of_line(line: Line, assessments: list[Json]) -> Iterator[Breach]:
    """Laws on what grows along a line."""
    along = list(zip(line.questions, assessments, strict=True))
    if line.grows == "lapse":
        yield from _never_falls("longer_never_earlier", "benefits_resume_on", along)
        yield from _no_hole(along)
    elif line.grows == "paid_on":
        yield from _never_falls("sooner_never_later", "benefits_resume_on", along)
    elif line.grows == "repaid":
        yield from _never_falls("repair_never_longer", "waiting", along[::-1])


def _never_falls(law: str, key: str, along: Answers) -> Iterator[Breach]:
    """No answer lies wholly below one before it, as far as their bounds tell. Days and months are not compared."""
    highest: dict[str, tuple[Question, Json, Any]] = {}
    for question, assessment in along:
        answer = assessment[key]
        least, most = _bounds(answer)
        before = highest.get(answer["unit"])
        if before is not None and most is not None and most < before[2]:
            asked = (before[0], question) if law != "repair_never_longer" else (question, before[0])
            rules = tuple(sorted({*answer["rules"], *before[1][key]["rules"]}))
            yield Breach(law, asked, key, f"{key} 从 {_shown(before[1][key])} 退回 {_shown(answer)}", rules)
        elif least is not None and (before is None or least > before[2]):
            highest[answer["unit"]] = (question, assessment, least)


def _bounds(answer: Json) -> tuple[Any, Any]:
    """The least and the most an answer can be: its value, else its bounds."""
    return (answer["low"], answer["high"]) if answer["value"] is None else (answer["value"], answer["value"])


def _shown(answer: Json) -> str:
    return str(answer["value"]) if answer["value"] is not None else f"{answer['low']}–{answer['high']}"


def _no_hole(along: Answers) -> Iterator[Breach]:
    """What speaks of a shorter and of a longer lapse is not silent on one between them."""
    spoke: tuple[Question, Json] | None = None
    silent: Question | None = None
    for question, assessment in along:
        rules = assessment["waiting"]["rules"]
        if rules and spoke is not None and silent is not None:
            both = tuple(sorted({*rules, *spoke[1]["waiting"]["rules"]}))
            yield Breach("hole", (spoke[0], silent, question), "waiting", "短的和长的都写了,中间的没有写", both)
        if rules:
            spoke, silent = (question, assessment), None
        elif assessment["lapse"]["length"]:
            silent = silent or question
