"""The form as HTML: the keys from calculator/fields.py, the words from docs/widget/*.yml, the places from the rulebook."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import jinja2
import yaml

from calculator.fields import FIELDS, SCHEMES, Field

WIDGET = Path(__file__).parents[2] / "docs" / "widget"
FINDER = WIDGET.parent / "finder"
RADIOS_UP_TO = 3

Words = Mapping[str, Any]


@dataclass(frozen=True)
class Option:
    """A choice; `schemes`: whom alone it is offered to, empty = everyone."""

    value: str
    label: str
    explain: str = ""
    schemes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    """One question of the form, ready for the template. `id` is `name` without dots; `variants` are words for one scheme."""

    name: str
    kind: str
    control: str
    ask: str
    hint: str
    unknown: str
    lookup: str
    none: str
    unit: str
    type: str
    inputmode: str
    example: str
    options: tuple[Option, ...]
    default: str
    schemes: tuple[str, ...]
    required: tuple[str, ...]
    only_if: Words
    unless: Words
    variants: tuple[Words, ...]
    items: tuple[Question, ...]
    words: Words
    core: bool

    @property
    def id(self) -> str:
        return self.name.replace(".", "-")

    @property
    def main_schemes(self) -> list[str]:
        return [s for s in self.schemes if s not in {v["scheme"] for v in self.variants}]

    @property
    def hidden(self) -> bool:
        """Before a scheme is chosen only what everyone is asked stands there."""
        return bool(self.schemes) and (self.schemes != SCHEMES or bool(self.only_if))

    def __getattr__(self, key: str) -> str:
        """Words that only one control uses (`province`, `add`, `row` …)."""
        try:
            return str(self.words[key])
        except KeyError:
            raise AttributeError(key) from None


INPUTS: Mapping[str, tuple[str, str, str]] = {
    # kind: type, inputmode, example
    "date": ("date", "", "2026-03-10"),
    "month": ("month", "", "2025-10"),
    "year": ("text", "numeric", "2025"),
    "count": ("text", "numeric", ""),
    "money": ("text", "decimal", "500.00"),
    "ratio": ("text", "decimal", "0.85"),
}


def read_words(name: str) -> dict[str, Any]:
    words: dict[str, Any] = yaml.safe_load((WIDGET / name).read_text("utf-8"))
    return words


def questions(fields: Iterable[Field], form: Words, groups: Iterable[Words]) -> list[Question]:
    """In the order of form.yml. Raises ValueError where form.yml and the calculator's table name different keys."""
    known = {field.name: field for field in fields}
    words = form["questions"]
    if missing := known.keys() ^ words.keys():
        raise ValueError(f"docs/widget/form.yml 与 calculator/fields.py 不一致:{'、'.join(sorted(missing))}")
    choices = tuple(Option(group["id"], group["name"], group.get("explain") or "") for group in groups)
    return [_question(known[name], said, form, choices) for name, said in words.items()]


def _question(field: Field, said: Words, form: Words, groups: tuple[Option, ...], prefix: str = "") -> Question:
    options = groups if field.kind == "group" else _options(field, said)
    kind_type, inputmode, example = INPUTS.get(field.kind, ("", "", ""))
    name = prefix + field.name
    return Question(
        name=name,
        kind=field.kind,
        control=_control(field, inside=bool(prefix)),
        ask=said["ask"],
        hint=said.get("hint", ""),
        unknown=_unknown(field, said, form, inside=bool(prefix)),
        lookup=said.get("lookup", ""),
        none=said.get("none", ""),
        unit=said.get("unit", ""),
        type=kind_type,
        inputmode=inputmode,
        example=example,
        options=options,
        default="same_place" if field.name == "situation" else "",
        schemes=() if prefix else field.schemes,
        required=() if prefix else field.required,
        only_if=said.get("only_if", {}),
        unless=said.get("unless", {}),
        variants=tuple({"scheme": scheme, **own} for scheme, own in said.get("for", {}).items()),
        items=_items(field, said, form),
        words=said,
        core=bool(said.get("core")),
    )


def _items(field: Field, said: Words, form: Words) -> tuple[Question, ...]:
    prefix = f"{field.name}.*."
    return tuple(_question(item, said["items"][item.name], form, (), prefix) for item in field.items)


def _options(field: Field, said: Words) -> tuple[Option, ...]:
    values = ("true", "false") if field.kind == "flag" else field.choices
    offered = said.get("options_for", {})
    return tuple(Option(value, said["options"][value], schemes=tuple(offered.get(value, ()))) for value in values)


def _control(field: Field, inside: bool) -> str:
    """Rows of a list are renumbered, which radio buttons do not survive; there, choices are lists."""
    if field.kind in ("place", "list"):
        return field.kind
    if field.kind == "flag" or (field.kind == "choice" and len(field.choices) <= RADIOS_UP_TO and not inside):
        return "radios"
    return "select" if field.kind in ("choice", "group") else "input"


def _unknown(field: Field, said: Words, form: Words, inside: bool) -> str:
    """Every question takes "not known", but the day of the question and what an entry of a list cannot do without."""
    if field.name == "as_of" or (inside and field.required):
        return str(said.get("unknown", form["choose"] if field.kind == "choice" else ""))
    return str(said.get("unknown", form["unknown"]))


def grouped_places(places: Iterable[Words], whole: str) -> list[dict[str, Any]]:
    """Provinces with what lies below them, in the rulebook's order; places where the scheme does not exist are left out."""
    listed = [place for place in places if not place.get("outside")]
    below: dict[str, list[Words]] = {}
    for place in listed:
        below.setdefault(place["parent"] or "", []).append(place)

    def descend(code: str, depth: int = 0) -> Iterable[dict[str, str]]:
        for place in below.get(code, []):
            yield {"code": place["code"], "name": "　" * depth + place["name"]}
            yield from descend(place["code"], depth + 1)

    return [
        {**province, "whole": whole.format(name=province["name"]), "below": list(descend(province["code"]))}
        for province in listed
        if province["level"] == "province"
    ]


def render(template: str, rulebook: Words, files: Words, config: Words, **extra: Any) -> str:
    """One of the templates in docs/widget, without blank lines (a Markdown page may hold the result)."""
    form = read_words("form.yml")
    asked = questions(FIELDS, form, rulebook["groups"])
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(WIDGET),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    html = environment.get_template(template).render(
        form=form,
        words=read_words("words.yml"),
        finder=yaml.safe_load((FINDER / "words.yml").read_text("utf-8")),
        core=[q for q in asked if q.core],
        more=[replace(q, core=False) for q in asked if not q.core],
        places=grouped_places(rulebook["places"], form["questions"]["place"]["whole_province"]),
        files=files,
        config=jinja2.utils.htmlsafe_json_dumps(config, ensure_ascii=False, separators=(",", ":"), dumps=json.dumps),
        **extra,
    )
    return "\n".join(line.strip() for line in html.splitlines() if line.strip()) + "\n"
