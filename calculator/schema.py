"""JSON Schemas (2020-12) of Case, Assessment and rulebook, made from the tables and types that the code itself uses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from calculator.assessment import ACCOUNT, ANSWERS, COSTS, GROUPS, SCHEMA_VERSION, TREATMENT
from calculator.case import MOST_COUNT, MOST_ITEMS
from calculator.fields import FIELDS, INSURED_BY_MONTH, SCHEMES, Field
from calculator.meanings import ASSESSMENT, RULEBOOK, TRACE
from calculator.values import FIRST_YEAR, LAST_YEAR

Json = dict[str, Any]
RULE_KEYS = ("id", "title", "place", "schemes", "situations", "topic", "standing", "sets_value", "values", "sources")
SHAPES = {"cost": "cost"}
NEEDED = {"use_now": list(GROUPS["use_now"]), "cost": [name for name in COSTS if name != "fine"], "account": list(ACCOUNT)}
DIALECT = "https://json-schema.org/draft/2020-12/schema"
DAY: Json = {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
MONTH: Json = {"type": "string", "pattern": r"^\d{4}-(0[1-9]|1[0-2])$"}
MONEY: Json = {"type": "string", "pattern": r"^\d{1,12}(\.\d{1,2})?$"}
RATIO: Json = {"type": "string", "pattern": r"^(0(\.\d{1,6})?|1(\.0{1,6})?)$"}
TEXT: Json = {"type": "string"}


def _explained(schema: Json, meanings: Mapping[str, str], path: str = "") -> Json:
    """The schema with the meaning of every key it names as `description`; a key without one raises KeyError."""
    found = dict(schema)
    if "items" in found:
        found["items"] = _explained(found["items"], meanings, path)
    if "anyOf" in found:
        found["anyOf"] = [_explained(one, meanings, path) for one in found["anyOf"]]
    if isinstance(found.get("additionalProperties"), dict):
        found["additionalProperties"] = _explained(found["additionalProperties"], meanings, path)
    if "properties" in found:
        named = {f"{path}.{key}" if path else key: (key, value) for key, value in found["properties"].items()}
        found["properties"] = {
            key: {"description": meanings[where], **_explained(value, meanings, where)} for where, (key, value) in named.items()
        }
    return found


def _nullable(schema: Json) -> Json:
    return {"anyOf": [schema, {"type": "null"}]}


def _object(properties: Mapping[str, Json], required: list[str] | None = None, **more: Any) -> Json:
    names = list(properties) if required is None else required
    return {"type": "object", "properties": dict(properties), "required": names, "additionalProperties": False, **more}


def _array(items: Json) -> Json:
    return {"type": "array", "items": items}


def case_schema() -> Json:
    """The Case. A key of another scheme is refused, and a month-insured person without `last_paid_month`."""
    rules: list[Json] = []
    for scheme in FIELDS[0].choices:
        others: Json = {f.name: {"type": "null"} for f in FIELDS if scheme not in f.schemes}
        required = [f.name for f in FIELDS if scheme in f.required]
        given = {name: {"not": {"type": "null"}} for name in required}
        rules.append({"if": _is("scheme", scheme), "then": {"properties": {**others, **given}, "required": required}})
    rules.append(
        {
            "if": {"properties": {"scheme": {"enum": list(INSURED_BY_MONTH)}}, "not": _is("situation", "first_enrolment")},
            "then": {"required": ["last_paid_month"]},
        }
    )
    schema = _object({f.name: _field(f) for f in FIELDS}, ["scheme", "place", "as_of"], allOf=rules)
    return {"$schema": DIALECT, "title": "Case", **schema}


def _is(name: str, value: str) -> Json:
    return {"properties": {name: {"const": value}}, "required": [name]}


def _field(field: Field) -> Json:
    kinds: Mapping[str, Json] = {
        "place": {"type": "string", "pattern": r"^(CN|XPCC|\d{6})$"},
        "group": TEXT,
        "date": DAY,
        "month": MONTH,
        "year": {"type": "integer", "minimum": FIRST_YEAR, "maximum": LAST_YEAR},
        "count": {"type": "integer", "minimum": 0, "maximum": MOST_COUNT},
        "flag": {"type": "boolean"},
        "money": MONEY,
        "ratio": RATIO,
    }
    if field.kind == "choice":
        schema: Json = {"enum": list(field.choices)}
    elif field.kind == "list":
        items = {item.name: _field(item) for item in field.items}
        required = [item.name for item in field.items if item.required]
        schema = {"type": "array", "maxItems": MOST_ITEMS, "items": _object(items, required)}
    else:
        schema = kinds[field.kind]
    described = {"title": field.title, "description": field.meaning}
    needed = field.required in (SCHEMES, INSURED_BY_MONTH)  # by whoever may give it; a resident's year may be null for others
    return {**described, **(schema if needed and field.kind != "list" else _nullable(schema))}


def assessment_schema() -> Json:
    """The Assessment; every answer is one object of the same shape."""
    answer = _object(_answer_keys())
    paid = _object({**_answer_keys(), "payer": {"enum": ["employer", "person"]}})
    keys: Json = {
        "case": {"type": "object"},
        "headline": TEXT,
        "lapse": _object(
            {
                "length": _nullable({"type": "integer", "minimum": 0}),
                "unit": {"enum": ["month", "year"]},
                "from": _nullable(TEXT),
                "to": _nullable(TEXT),
                "text": TEXT,
            }
        ),
        **{name: {"$ref": "#/$defs/answer"} for name in ANSWERS},
        **{
            group: _object({name: {"$ref": f"#/$defs/{SHAPES.get(group, 'answer')}"} for name in names}, NEEDED.get(group, []))
            for group, names in GROUPS.items()
        },
        "arrears": _array(_arrears()),
        "treatments": _array(_object({"date": DAY, **{name: {"$ref": "#/$defs/answer"} for name in TREATMENT}})),
        "steps": _array(
            _object(
                {
                    "sentence": TEXT,
                    "rule": TEXT,
                    "document": TEXT,
                    "clause": _nullable(TEXT),
                    "effective_from": _nullable(DAY),
                    "grade": {"enum": ["official_text", "reprint", "news", "article", "background"]},
                    "confidence": {"enum": ["high", "medium", "low"]},
                }
            )
        ),
        "claims": _array(_claim()),
        "deadlines": _array(_deadline()),
        "warnings": _array(TEXT),
        "verify_with": _array(TEXT),
        "where": _array(_where()),
        "rulebook": _object({"version": TEXT, "hash": TEXT}),
        "schema_version": {"const": SCHEMA_VERSION},
        "advice": _advice(),
    }
    required = [key for key in keys if key != "advice" and (key not in GROUPS or key in NEEDED)]
    shapes = {name: _explained(shape, ASSESSMENT, "answer") for name, shape in (("answer", answer), ("cost", paid))}
    whole = _explained(_object(keys, required), ASSESSMENT)
    return {"$schema": DIALECT, "title": "Assessment", **whole, "$defs": shapes}


def _arrears() -> Json:
    """One unpaid month. days_late, late_fee: up to the payment; null where its last day, or a rule, is not known."""
    late: Json = {"due_on": _nullable(DAY), "days_late": _nullable({"type": "integer", "minimum": 0})}
    owed = {"month": MONTH, "amount": MONEY, **late, "late_fee": _nullable(MONEY)}
    return _object({**owed, "payer": {"enum": ["employer", "person"]}})


def _deadline() -> Json:
    """A date that matters. exact: false where the day is only the earliest. days_left: below 0 when it is past."""
    when: Json = {"date": DAY, "exact": {"type": "boolean"}, "days_left": {"type": "integer"}}
    return _object({"key": TEXT, **when, "text": TEXT, "rules": _array(TEXT)})


def _where() -> Json:
    """Channels by what one goes there for (`calculator.where`)."""
    flag: Json = {"type": "boolean"}
    channel = _object({"id": TEXT, "name": TEXT, "reach": _nullable(TEXT), "everywhere": flag, "how": _array(TEXT)})
    return _object({"need": TEXT, "title": TEXT, "channels": _array(channel)})


def _advice() -> Json:
    """The ways still open (`calculator.advise`); every row's answers are those of its own Case."""
    names = ("restored", "waiting", "retroactive", "payment_effect")
    shown = {**{name: {"$ref": "#/$defs/answer"} for name in names}, "cost": {"$ref": "#/$defs/cost"}}
    said = {"loses": _array(TEXT), "notes": _array(TEXT)}
    row = _object({"id": TEXT, "title": TEXT, "case": {"type": "object"}, **shown, **said})
    day = _object({"date": DAY, "days_left": {"type": "integer", "minimum": 0}, "text": TEXT, "rules": _array(TEXT)})
    ids = {"earliest": _array(TEXT), "cheapest": _array(TEXT)}
    return _object({"rows": _array(row), **ids, "last_days": _array(day), "note": _nullable(TEXT)})


def _claim() -> Json:
    """What an article says of this case. note: why the verdict. also: claims that say the same. conflicts: their groups."""
    always: Json = {"id": TEXT, "verdict": TEXT, "says": TEXT, "note": _nullable(TEXT), "also": _array(TEXT)}
    always |= {"conflicts": _array(TEXT), "key": TEXT, "value": {}, "text": TEXT}
    return _object({**always, "low": {}, "high": {}, "unit": TEXT}, list(always))


def _answer_keys() -> Json:
    bound: Json = {"type": ["null", "boolean", "integer", "string", "object"]}
    other = {"value": bound, "low": bound, "high": bound, "unit": _nullable(TEXT), "rules": _array(TEXT), "text": TEXT}
    return {
        "value": bound,
        "low": bound,
        "high": bound,
        "unit": {"enum": ["day", "month", "year", "date", "CNY", "bool", "effect", "ratio", "times"]},
        "basis": {"enum": ["city", "province", "national", "none"]},
        "rules": _array(TEXT),
        "alternatives": _array(
            _object(
                {**other, "standing": {"enum": ["in_force", "unclear"]}, "note": TEXT},
                ["value", "rules", "standing", "note", "text"],
            )
        ),
        "note": _nullable(TEXT),
        "text": TEXT,
    }


def rulebook_schema() -> Json:
    """The compiled rulebook. A rule's `values` pair the day they take effect (null = start unknown) with what holds."""
    source = {
        "type": "object",
        "required": ["document", "clause", "grade", "confidence", "seen"],
        "properties": {"document": TEXT, "clause": _nullable(TEXT), "grade": TEXT, "confidence": TEXT, "seen": TEXT},
    }
    pair = [_nullable(DAY), {"type": ["object", "null"]}]
    dated = _array({"type": "array", "minItems": 2, "maxItems": 2, "prefixItems": pair})
    rule = {
        "type": "object",
        "required": [*RULE_KEYS],
        "properties": {
            "id": TEXT,
            "title": TEXT,
            "place": TEXT,
            "schemes": _array(TEXT),
            "situations": _array(TEXT),
            "topic": TEXT,
            "standing": {"enum": ["in_force", "unclear"]},
            "sets_value": {"type": "boolean"},
            "values": dated,
            "sources": {**_array(source), "minItems": 1},
            "readings": _array({"type": "object"}),
            "notes": _array(TEXT),
            "review_by": _nullable(DAY),
        },
    }
    place = {
        "type": "object",
        "required": ["code", "name", "parent", "level"],
        "properties": {"code": TEXT, "name": TEXT, "parent": _nullable(TEXT), "level": TEXT},
    }
    keys: Json = {
        "version": TEXT,
        "data_date": DAY,
        "hash": {"type": "string", "pattern": "^sha256:[0-9a-f]{64}$"},
        "places": _array(place),
        "rules": _array(rule),
        "documents": {"type": "object"},
        **{name: _array({"type": "object"}) for name in ("channels", "procedures", "groups", "claims", "conflicts")},
    }
    properties = {**keys, "calendar": _calendar(), "removed": _array(_object({"rule": TEXT, "on": DAY, "why": TEXT}))}
    whole = _explained({"type": "object", "required": list(keys), "properties": properties}, RULEBOOK)
    return {"$schema": DIALECT, "title": "Rulebook", **whole}


def _calendar() -> Json:
    """Days that differ from the week's rule, month and day by year; a year that is not listed is not known."""
    days = _array({"type": "string", "pattern": r"^\d{2}-\d{2}$"})
    years = {"type": "object", "additionalProperties": _object({"off": days, "work": days})}
    return _object({"library": TEXT, "version": TEXT, "years": years})


def trace_schema() -> Json:
    """The tree of `calculator.trace`: answer → rules → what each said on the day that picked it, and on what condition."""
    answer = {name: schema for name, schema in _answer_keys().items() if name not in ("rules", "alternatives")}
    when = _object({"key": TEXT, "asks": {}, "says": TEXT, "met": _nullable({"type": "boolean"})})
    condition = _object({"holds": _nullable({"type": "boolean"}), "when": _array(when)})
    used = {"picked_by": DAY, "effective_from": _nullable(DAY), "value": {"type": "object"}, "conditions": _array(condition)}
    source = {"document": TEXT, "title": TEXT, "number": _nullable(TEXT), "clause": _nullable(TEXT)}
    source |= {"grade": TEXT, "confidence": {"enum": ["high", "medium", "low"]}, "seen": DAY}
    about = {"rule": TEXT, "title": TEXT, "place": TEXT, "level": {"enum": ["city", "province", "national"]}, "topic": TEXT}
    rule = _object({**about, "used": _array(_object(used)), "sources": _array(_object(source)), "sentences": _array(TEXT)})
    rules = _array({"$ref": "#/$defs/rule"})
    other = _object({"text": TEXT, "standing": {"enum": ["in_force", "unclear"]}, "note": TEXT, "rules": rules})
    tree = _object({"key": TEXT, **answer, "rules": rules, "alternatives": _array(other)})
    keys = {"case": {"type": "object"}, "headline": TEXT, "answers": _array(tree)}
    keys |= {"rulebook": _object({"version": TEXT, "hash": TEXT}), "schema_version": {"const": SCHEMA_VERSION}}
    shapes = {"rule": _explained(rule, TRACE, "rule")}
    return {"$schema": DIALECT, "title": "Trace", **_explained(_object(keys), TRACE), "$defs": shapes}


SCHEMAS: Mapping[str, Callable[[], Json]] = {
    "case": case_schema,
    "assessment": assessment_schema,
    "rulebook": rulebook_schema,
    "trace": trace_schema,
}
