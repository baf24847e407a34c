"""The JSON Schemas say what the types of the code hold: Python's, from which the JSON comes, and JavaScript's, which reads it.

That every answer obeys its schema is tested where answers are (tests/unit/test_assessment.py); here no key is in one and not in
the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import NoneType
from typing import Any, get_args, get_type_hints

import pytest

from calculator.advice.compare import Advice, Row
from calculator.assessment import ANSWERS, GROUPS, Alternative, Answer, Assessment, StepLine
from calculator.case import _ITEMS, Case
from calculator.fields import FIELDS, Field
from calculator.lookup import Place
from calculator.rule import Source
from calculator.schema import SCHEMAS
from calculator.values import YearMonth

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = {name: make() for name, make in SCHEMAS.items()}
KINDS = {
    "choice": str, "place": str, "group": str, "date": date, "month": YearMonth, "year": int, "count": int, "flag": bool,
    "money": Decimal, "ratio": Decimal, "list": tuple,
}  # fmt: skip
RANGE = {"value", "low", "high"}
JAVASCRIPT = (ROOT / "docs" / "widget" / "assessment.js").read_text("utf-8")


def types_of(owner: type, name: str) -> set[Any]:
    """What a field may hold, None left out."""
    hint = get_type_hints(owner)[name]
    whole = {getattr(one, "__origin__", one) for one in get_args(hint) or [hint] if one is not NoneType}
    return {tuple} if getattr(hint, "__origin__", None) is tuple else whole


def unlike(fields: Iterable[Field], owner: type) -> list[str]:
    """Keys of a Case whose field of the type holds something else, or is not there."""
    hints = {name.rstrip("_") for name in get_type_hints(owner)}
    gone = [field.name for field in fields if field.name not in hints]
    own = {name.rstrip("_"): name for name in get_type_hints(owner)}
    there = [field for field in fields if field.name in hints]
    return gone + [field.name for field in there if types_of(owner, own[field.name]) != {KINDS[field.kind]}]


def test_a_case_holds_the_keys_of_its_schema_as_what_they_are():
    assert set(SCHEMA["case"]["properties"]) == {field.name for field in FIELDS} == set(Case._fields) - {"never_insured"}
    assert unlike(FIELDS, Case) == []
    for field in FIELDS:
        if field.items:
            made = _ITEMS[field.name]
            assert {item.name for item in field.items} == {name.rstrip("_") for name in made._fields}
            assert unlike(field.items, made) == []


def test_another_type_or_a_key_too_many_is_seen():
    assert unlike([Field("paid_on", "money", "x")], Case) == ["paid_on"]
    assert unlike([Field("new_key", "flag", "x")], Case) == ["new_key"]


def properties(*path: str) -> set[str]:
    """The keys at a path of the Assessment's schema."""
    return set(at(*path)["properties"])


def at(*path: str) -> dict[str, Any]:
    here: Any = SCHEMA["assessment"]
    for key in path:
        here = here["$defs"][key] if key in ("answer", "cost") and key in here.get("$defs", {}) else here["properties"][key]
        here = here.get("items", here)
    return here


def test_an_assessment_holds_the_keys_of_its_schema():
    plain = set(Assessment._fields) - {"answers", "visits"}
    assert properties() == plain | {*ANSWERS, *GROUPS} | {"treatments", "schema_version", "advice"}
    assert properties("steps") == set(StepLine._fields)


def test_an_answer_and_what_is_said_otherwise_hold_the_keys_of_their_schema():
    shapes = SCHEMA["assessment"]["$defs"]
    fields = set(Answer._fields) - {"range"} | RANGE
    assert set(shapes["cost"]["properties"]) == fields and set(shapes["answer"]["properties"]) == fields - {"payer"}
    other = set(shapes["answer"]["properties"]["alternatives"]["items"]["properties"])
    assert other == set(Alternative._fields) - {"range"} | RANGE | {"unit", "text"}


def test_the_advice_holds_the_keys_of_its_schema():
    assert properties("advice") == set(Advice._fields)
    assert properties("advice", "rows") == set(Row._fields) - {"option", "found"} | {"id", "title", "case"} | {
        "restored", "waiting", "retroactive", "payment_effect", "cost", "notes",
    }  # fmt: skip


def test_a_place_and_a_source_read_what_the_rulebook_holds():
    rulebook = SCHEMA["rulebook"]["properties"]
    assert set(rulebook["places"]["items"]["required"]) == set(Place._fields) - {"outside"}
    source = rulebook["rules"]["items"]["properties"]["sources"]["items"]["properties"]
    assert set(Source._fields) <= set(source)


def shapes_of(script: str) -> dict[str, dict[str, str]]:
    """The @typedefs of a script: name → key → type."""
    found = {}
    for block in re.split(r"@typedef \{object\} ", script)[1:]:
        name = re.match(r"\w+", block)
        keys = re.findall(r"^ \* @property \{(.+)\} \[?(\w+)\]?(?: .*)?$", block.split("@typedef")[0], re.MULTILINE)
        found[name[0] if name else ""] = {key: kind for kind, key in keys}
    return found


def strangers(script: str) -> list[str]:
    """Keys that the page reads and no Assessment has, and such as may be null there and not here."""
    homes = {"Assessment": at(), "Answer": SCHEMA["assessment"]["$defs"]["answer"], "StepLine": at("steps"),
             "Way": at("advice", "rows"), "Advice": at("advice")}  # fmt: skip
    homes["Alternative"] = homes["Answer"]["properties"]["alternatives"]["items"]
    wrong = []
    for name, keys in shapes_of(script).items():
        for key, kind in keys.items():
            wrong += _strange(f"{name}.{key}", kind, homes[name]["properties"].get(key))
    return wrong


def _strange(path: str, kind: str, schema: dict[str, Any] | None) -> list[str]:
    if schema is None:
        return [path]
    wrong = []
    inside = schema.get("items", schema).get("properties")
    if kind.startswith("{") and inside is not None:
        for key, part in re.findall(r"(\w+): ((?:\{[^{}]*\}|[^,{}])+)", kind.removesuffix("[]")[1:-1]):
            wrong += _strange(f"{path}.{key}", part.strip(), inside.get(key))
    elif kind != "unknown" and {"type": "null"} in schema.get("anyOf", ()) and "null" not in kind:
        wrong.append(f"{path}: null")
    return wrong


def test_the_page_reads_what_is_written():
    assert len(shapes_of(JAVASCRIPT)) == 6 and sum(map(len, shapes_of(JAVASCRIPT).values())) > 40
    assert strangers(JAVASCRIPT) == []


@pytest.mark.parametrize(
    ("before", "after", "wrong"),
    [
        ("{string} headline", "{string} title", "Assessment.title"),
        ("{string | null} clause", "{string} clause", "StepLine.clause: null"),
        ("late_fee: string | null", "fee: string | null", "Assessment.arrears.fee"),
        ("due_on: string | null", "due_on: string", "Assessment.arrears.due_on: null"),
    ],
)
def test_a_key_that_nobody_writes_is_seen(before, after, wrong):
    assert before in JAVASCRIPT and strangers(JAVASCRIPT.replace(before, after)) == [wrong]
