"""Text in, text out: JSON of a Case to JSON of its Assessment with the advice, the same bytes wherever it is asked."""

from __future__ import annotations

import json
import re
from typing import Any

from calculator.advice import advise
from calculator.assess import assess
from calculator.case import Case
from calculator.case_error import CaseError
from calculator.rulebook import Rulebook

Json = dict[str, Any]
MOST_DEPTH = 20
"""Far more than an array of Cases with their lists needs."""
TOO_DEEP = "JSON 嵌套太深或数字太长，无法读取"
MARKS = re.compile(r'"(?:[^"\\]|\\.)*"|[\[{\]}]', re.DOTALL)


def answer(text: str, rulebook: Rulebook) -> str:
    """Case JSON text to Assessment JSON text: the same bytes in the page, the offline bundle and the command line.

    Raises CaseError for anything wrong with the text.
    """
    return to_text(whole(Case.parse(read_json(text), rulebook), rulebook))


def whole(case: Case, rulebook: Rulebook) -> Json:
    """The Assessment and, under `advice`, the ways still open side by side."""
    return {**assess(case, rulebook).to_json(), "advice": advise(case, rulebook).to_json()}


def to_text(made: Json) -> str:
    return json.dumps(made, ensure_ascii=False, separators=(",", ":"))


def read_json(text: str) -> object:
    """JSON text to plain objects; CaseError for broken JSON or a key given twice.

    NaN and Infinity pass as floats, so that the Case can refuse them by the name of their key. Depth is looked at before
    anything is read: in a page a deep nest ends the whole interpreter, not only the reading.
    """
    if _depth(text) > MOST_DEPTH:
        raise CaseError("", TOO_DEEP)
    try:
        return json.loads(text.removeprefix("\ufeff"), object_pairs_hook=_no_twins, parse_constant=float)
    except json.JSONDecodeError as error:
        raise CaseError("", f"不是有效的 JSON:第 {error.lineno} 行第 {error.colno} 列附近写错了") from None
    except (RecursionError, ValueError) as error:
        if isinstance(error, CaseError):
            raise
        raise CaseError("", TOO_DEEP) from None


def _depth(text: str) -> int:
    """How deep brackets and braces stand in each other, those in strings left out."""
    if text.count("[") + text.count("{") <= MOST_DEPTH:
        return 0  # too few of them to stand deeper
    depth = deepest = 0
    for mark in MARKS.findall(text):
        depth += 1 if mark in "[{" else -1 if mark in "]}" else 0
        deepest = max(deepest, depth)
    return deepest


def _no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [key for key, _ in pairs]
        twin = next(name for name in names if names.count(name) > 1)
        raise CaseError(twin, f"“{twin}”写了两次，请只留一个")
    return found
