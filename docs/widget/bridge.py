"""The one door between the page and the calculator: text in, text out. Runs in the worker, called by worker.js."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import count
from types import TracebackType
from typing import Any

from calculator import CaseError, Rulebook, answer
from calculator.show import asked_for, calendar, summary, timeline

Json = dict[str, Any]

_open: tuple[Rulebook, Json] | None = None
_pictures = count(1)
"""Every picture has a name of its own: two widgets on a page share this worker, and no id may stand there twice."""


def open_rulebook(text: str) -> str:
    """Load the compiled rulebook from its JSON text; returns its version. Must come before `ask`."""
    global _open
    data = json.loads(text)
    _open = (Rulebook.load(data), told(data))
    return str(data["version"])


def begin(rulebook: str, opened: str) -> None:
    """Open the rulebook in the file `rulebook`, and write to the file `opened` what whoever started Python from outside needs.

    {"version", "door"}: the rulebook's version, and the address of `reply`; or {"broken": where and what}.
    """
    told: Json
    try:
        with open(rulebook, encoding="utf-8") as file:  # noqa: PTH123 - pathlib would be the biggest part of the library
            told = {"version": open_rulebook(file.read()), "door": id(reply)}
    except Exception as error:
        told = {"broken": _mistake(error)}
    with open(opened, "w", encoding="utf-8") as file:  # noqa: PTH123
        json.dump(told, file)


def reply(text: str) -> bytes:
    """What `ask` says as one piece of UTF-8: its parts one behind the other, a zero byte between.

    JSON holds none, and what a refusal quotes of a question loses it. A mistake of ours is ("broken", where and what): whoever
    calls from outside of Python hears of no exception.
    """
    try:
        parts = ask(text)
    except Exception as error:
        parts = ("broken", _mistake(error))
    return "\0".join(part.replace("\0", "?") for part in parts).encode(errors="replace")


def ask(text: str) -> tuple[str, ...]:
    """One Case as JSON text.

    ("answer", Assessment, names, what to take away), each but the first as JSON text, or ("refused", field, message)
    where the Case is wrong. The Assessment is the very text that the command line prints.
    """
    assert _open is not None, "open_rulebook comes first"
    rulebook, told_of = _open
    try:
        found = answer(text, rulebook)
    except CaseError as error:
        return "refused", error.field, error.message
    assessment = json.loads(found)
    return "answer", found, _text(names(assessment, told_of)), _text(take_away(assessment))


def _mistake(error: Exception) -> str:
    """Where and what. The library's `traceback` would say it, but brings along a seventh of all that Python's memory holds."""
    return "\n".join((*_places(error.__traceback__), f"{type(error).__name__}: {error}"))


def _places(trace: TracebackType | None) -> Iterator[str]:
    """Where it went wrong, the innermost last."""
    while trace:
        code = trace.tb_frame.f_code
        yield f"{code.co_filename}:{trace.tb_lineno} in {code.co_name}"
        trace = trace.tb_next


def _text(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False)


def take_away(assessment: Json) -> Json:
    """{svg, ics, summary, asked}: picture, calendar file (None = no day to keep), text to send, what was asked."""
    picture = timeline(assessment, f"yb-timeline-{next(_pictures)}")
    return {"svg": picture, "ics": calendar(assessment), "summary": summary(assessment), "asked": asked_for(assessment)}


def told(data: Json) -> Json:
    """What the rules are called and where they were seen, by the name under which an Assessment points to one: {title, sources}.

    A source says of itself whether it is a summary of our own (`ours`) and no document.
    """
    documents = {name: {"title": _title(document), "ours": document.get("kind") == "summary"} for name, document in data["documents"].items()}
    return {name: _seen(said, documents) for rule in data["rules"] for name, said in _named(rule)}


def _title(document: Json) -> str:
    number = document.get("number")
    return f"{document['title']}（{number}）" if number else str(document["title"])


def _named(rule: Json) -> Iterator[tuple[str, Json]]:
    """A rule, and what else it may be read as."""
    yield rule["id"], rule
    for reading in rule.get("readings") or ():
        yield f"{rule['id']}#{reading['id']}", reading


def _seen(said: Json, documents: Json) -> Json:
    sources = [
        {**documents[source["document"]], "clause": source.get("clause"), "grade": source["grade"], "seen": source["seen"]}
        for source in said["sources"]
    ]
    return {"title": said["title"], "sources": sources}


def names(assessment: Json, told_of: Json) -> Json:
    """Of all that `told` tells what an Assessment points to: {"rules": {name: {title, sources}}}."""
    return {"rules": {name: told_of[name] for name in _strings(assessment) if name in told_of}}


def _strings(value: object) -> Iterator[str]:
    """Every string anywhere in a JSON value."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict):
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)
