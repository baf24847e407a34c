"""Many Cases, one a line: whatever is wrong with a line stands in its place, and the rest go on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from calculator.case import Case
from calculator.case_error import CaseError
from calculator.rulebook import Rulebook
from calculator.text import read_json, to_text, whole

NOT_UTF8 = "输入不是 UTF-8 文字，请另存为 UTF-8"


def answer_lines(lines: Iterable[str | bytes], rulebook: Rulebook) -> Iterator[str]:
    """Case JSON texts to Assessment JSON texts, in order, without line ends; empty lines are passed over.

    Keeps nothing from one line to the next, so it suits any length of input and any partition of a cluster.
    """
    for line in lines:
        if line.strip():
            yield answer_line(line, rulebook)


def answer_line(line: str | bytes, rulebook: Rulebook) -> str:
    """One Case to one Assessment, or to `{"error": {"field", "message"}}`."""
    try:
        text = line.decode("utf-8") if isinstance(line, bytes) else line
        return to_text(whole(Case.parse(read_json(text), rulebook), rulebook))
    except UnicodeDecodeError:
        return error_text(CaseError("", NOT_UTF8))
    except CaseError as error:
        return error_text(error)


def error_text(error: CaseError) -> str:
    return json.dumps(error.to_json(), ensure_ascii=False)
