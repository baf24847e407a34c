"""What is thrown bytes at: the text door, the line door and the command line. Whatever comes, the answer or a refusal in words.

The first byte says which door. Anything else than an answer or a refusal is a find.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys

from calculator import CaseError, Rulebook, answer, cli
from calculator.batch import answer_lines

MOST_BYTES = 20_000


class Find(AssertionError):
    """Something came out that should not."""


def throw(data: bytes, book: Rulebook) -> None:
    """One input; raises whatever the calculator should not have raised, or Find."""
    door, rest = data[:1], data[1:MOST_BYTES]
    if door == b"L":
        _lines(rest, book)
    elif door == b"C":
        _command(rest, book)
    else:
        _text(rest, book)


def _text(data: bytes, book: Rulebook) -> None:
    try:
        _assessment(answer(data.decode("utf-8", "replace"), book))
    except CaseError as error:
        if not error.message or not isinstance(error.field, str):
            raise Find(error.to_json()) from error


def _lines(data: bytes, book: Rulebook) -> None:
    lines = data.splitlines(keepends=True)
    told = list(answer_lines(lines, book))
    if len(told) != sum(bool(line.strip()) for line in lines):
        raise Find(f"{len(told)} answers")
    for line in told:
        if "\n" in line:
            raise Find(line)
        found = json.loads(line)
        if "error" not in found:
            _assessment(line)


def _command(data: bytes, book: Rulebook) -> None:
    """Arguments, one a line, until an empty line; what follows is typed in."""
    head, _, typed = data.partition(b"\n\n")
    arguments = head.decode("utf-8", "replace").replace("\0", "").split("\n")
    kept = sys.stdin, sys.stdout, sys.stderr, cli._rulebook
    out, complaint = io.BytesIO(), io.BytesIO()
    sys.stdin, sys.stdout, sys.stderr = (io.TextIOWrapper(stream) for stream in (io.BytesIO(typed), out, complaint))
    cli._rulebook = lambda _: book
    try:
        try:
            code = cli.main(arguments)
        except SystemExit as ended:
            code = ended.code
        sys.stdout.flush()
        sys.stderr.flush()
        printed, told = out.getvalue().decode("utf-8"), complaint.getvalue().decode("utf-8")
    finally:
        with contextlib.suppress(ValueError):
            for stream in (sys.stdin, sys.stdout, sys.stderr):
                stream.detach()
        sys.stdin, sys.stdout, sys.stderr, cli._rulebook = kept
    if code == 2:
        if printed or set(json.loads(told)["error"]) != {"field", "message"}:
            raise Find(told)
    elif code != 0 or told:
        raise Find(f"exit {code}: {told}")


def _assessment(text: str) -> None:
    found = json.loads(text)
    if not found["headline"] or not found["verify_with"]:
        raise Find(text)
