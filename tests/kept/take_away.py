"""The whole take-away of a Case as one text that a person can read and a diff can show: what tests/kept/answers holds.

    python -m tests.kept.take_away      rewrites tests/kept/answers and says what changed (make kept)

The questions stand in cases.yaml. They are asked of a published rulebook, which never changes, so only a change of
`calculator/` changes an answer here.
"""

from __future__ import annotations

import hashlib
import json
import lzma
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from calculator import Rulebook

HERE = Path(__file__).parent
CASES = HERE / "cases.yaml"
ANSWERS = HERE / "answers"
RULEBOOK = HERE.parents[1] / "rules" / "released" / "2026.11.1.json.xz"
WIDE = 150
"""What fits a line of this many characters stands on one."""
Json = dict[str, Any]


@cache
def cases() -> dict[str, Json]:
    """By name: {name, for, case}, or {name, for, schema}."""
    return {one["name"]: one for one in yaml.load(CASES.read_text("utf-8"), yaml.CSafeLoader)}


@cache
def raw_rulebook() -> str:
    return lzma.decompress(RULEBOOK.read_bytes()).decode("utf-8")


def rulebook() -> Rulebook:
    from calculator import Rulebook

    return Rulebook.load(json.loads(raw_rulebook()))


def take_away(one: Json, book: Rulebook) -> str:
    """Everything that the calculator makes of one question."""
    return "".join(f"{part}\n" for part in _parts(one, book))


def _parts(one: Json, book: Rulebook) -> Iterator[str]:
    from calculator import Case, CaseError
    from calculator.schema import SCHEMAS
    from calculator.show import calendar, summary, timeline
    from calculator.text import to_text, whole
    from calculator.trace import trace

    yield f"# {one['for']}"
    if "schema" in one:
        yield _json(SCHEMAS[one["schema"]]())
        return
    yield _json(one["case"])
    try:
        case = Case.parse(one["case"], book)
    except CaseError as error:
        yield _json(error.to_json())
        return
    told = whole(case, book)
    yield f"\n== 可以发给别人的文字\n{summary(told)}"
    yield f"\n== 日历\n{(calendar(told) or '没有').replace(chr(13), '␍')}"
    yield "\n== 答案\n" + _json(told if one.get("all") else _short(told))
    yield f"指纹 {hashlib.sha256(to_text(told).encode()).hexdigest()}"
    yield "\n== 时间线\n" + timeline(told).replace("><", ">\n<")
    if one.get("all"):
        yield "\n== 推算过程\n" + _json(trace(case, book))


def _short(told: Json) -> Json:
    """What is long or alike in most answers in short; the fingerprint under the answer is that of the whole."""
    claims: dict[str, str] = {}
    for one in told["claims"]:
        claims[one["verdict"]] = f"{claims.get(one['verdict'], '')} {one['id']}".strip()
    where = {one["need"]: " ".join(channel["id"] for channel in one["channels"]) for one in told["where"]}
    steps = [" | ".join(_plain(part) for part in step.values()) for step in told["steps"]]
    rows = [{**row, "case": _otherwise(row["case"], told["case"])} for row in told["advice"]["rows"]]
    advice = {**told["advice"], "rows": rows}
    short: Json = _answers_as_lines({**told, "steps": steps, "claims": claims, "where": where, "advice": advice})
    return short


def _otherwise(case: Json, asked: Json) -> Json:
    """Of another Case what it has otherwise; null stands for what it has not."""
    return {key: case.get(key) for key in (*case, *asked) if case.get(key) != asked.get(key)}


def _answers_as_lines(value: Any) -> Any:
    if isinstance(value, list):
        return [_answers_as_lines(part) for part in value]
    if not isinstance(value, dict):
        return value
    if "alternatives" not in value:
        return {key: _answers_as_lines(part) for key, part in value.items()}
    others = [_line(other, "standing", "note") for other in value["alternatives"]]
    return [_line(value, "basis", "note", "payer"), *others] if others else _line(value, "basis", "note", "payer")


def _line(answer: Json, *more: str) -> str:
    """Text, value with its bounds where these are others, rules, and what else there is."""
    low, value, high = (_plain(answer.get(key)) for key in ("low", "value", "high"))
    span = value if low == high == value or "low" not in answer else f"{value} [{low} … {high}]"
    rest = [answer.get(key) for key in more]
    with_unit = " ".join((span, answer.get("unit", ""))).strip()
    return " | ".join((answer["text"], with_unit, *answer["rules"], *(part for part in rest if part)))


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _json(value: Any, within: str = "") -> str:
    """JSON, in its own order, with a line for whatever fits one and for each answer."""
    whole = json.dumps(value, ensure_ascii=False)
    if len(within) + len(whole) <= WIDE or not value or not isinstance(value, dict | list) or "alternatives" in value:
        return whole
    deeper = within + " "
    if isinstance(value, dict):
        inside = [f"{json.dumps(key)}: {_json(part, deeper)}" for key, part in value.items()]
        return "{\n" + ",\n".join(deeper + line for line in inside) + f"\n{within}}}"
    return "[\n" + ",\n".join(deeper + _json(part, deeper) for part in value) + f"\n{within}]"


def kept(name: str) -> str:
    """The text that is kept of a question, "" where none is."""
    path = ANSWERS / f"{name}.txt"
    return path.read_text("utf-8") if path.is_file() else ""


def main() -> int:
    ANSWERS.mkdir(exist_ok=True)
    book, names = rulebook(), cases()
    for path in sorted(ANSWERS.iterdir()):
        if path.stem not in names:
            path.unlink()
            print(f"删掉 {path.name}")
    for name, one in names.items():
        now, before = take_away(one, book), kept(name)
        if now != before:
            (ANSWERS / f"{name}.txt").write_text(now, "utf-8")
            print(f"{'改了' if before else '新的'} {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
