"""What became of each id of the material: rule, reading, case, step, page, or the reason why it is not used.

    python -m scripts.ledger

prints the ids that have neither a place nor a reason, and the ids that are used but in no list; exit 1 if there is one.
The lists of ids stand in rules/ledger/; where each is used is read off the compiled rulebook and the cases of the rules.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from scripts.rulebook import RuleErrors, build_rulebook
from scripts.rulebook.load import Item, load
from scripts.rulebook.scalars import Report

Json = Mapping[str, Any]
NOT_PLACES = frozenset({"kind", "verdict", "reason"})
"""Keys of an entry that say something of the id, but not where a reader finds it."""


class Use(NamedTuple):
    """`id` of the material is used in `place`; `where` is the key of the ledger entry that lists it."""

    id: str
    where: str
    place: str


def build_ledger(rulebook: Json, rules_dir: Path) -> dict[str, dict[str, Any]]:
    """id → {"kind", "rules", and, where there are some, "readings", "cases", "pages" …, or "reason"}.

    Ids in the order of the lists. An entry with a kind and an empty `rules` alone has no place: `unplaced` names it.
    """
    items = load(rules_dir, Report())
    entries: dict[str, dict[str, Any]] = {}
    for part in _parts(items):
        for identifier in part["ids"]:
            entry = entries.setdefault(identifier, {"kind": part["of"], "rules": []})
            if pages := part["pages"].get(identifier):
                entry["pages"] = list(pages)
            if reason := part["unused"].get(identifier):
                entry["reason"] = reason
    for use in _uses(rulebook, items):
        if use.id in entries:
            places = entries[use.id].setdefault(use.where, [])
            if use.place not in places:
                places.append(use.place)
    for claim in rulebook["claims"]:
        if claim["id"] in entries:
            entries[claim["id"]]["verdict"] = claim["verdict"]
    return {identifier: _sorted(entry) for identifier, entry in entries.items()}


def unplaced(ledger: Mapping[str, Json]) -> list[str]:
    """Ids with neither a place nor a reason."""
    return [identifier for identifier, entry in ledger.items() if not _placed(entry) and "reason" not in entry]


def excused(ledger: Mapping[str, Json]) -> list[str]:
    """Ids with a reason for not being used, though they are."""
    return [identifier for identifier, entry in ledger.items() if _placed(entry) and "reason" in entry]


def unlisted(rulebook: Json, rules_dir: Path) -> list[str]:
    """Ids that rules, claims or conflicts name, but that stand in no list, and ids that stand in two."""
    items = load(rules_dir, Report())
    listed = [identifier for part in _parts(items) for identifier in part["ids"]]
    twice = {identifier for identifier in listed if listed.count(identifier) > 1} if len(set(listed)) < len(listed) else set()
    astray = {key for part in _parts(items) for key in (*part["pages"], *part["unused"]) if key not in part["ids"]}
    named = {use.id for use in _uses(rulebook, items)}
    return sorted((named - set(listed)) | twice | astray)


def _placed(entry: Json) -> bool:
    return any(value for key, value in entry.items() if key not in NOT_PLACES)


def _sorted(entry: Json) -> dict[str, Any]:
    return {key: sorted(value) if isinstance(value, list) and key != "pages" else value for key, value in entry.items()}


def _parts(items: Iterable[Item]) -> list[dict[str, Any]]:
    """The lists of rules/ledger/, one for each kind of id."""
    return [item.data for item in items if item.kind == "ledger" and item.sound]


def _uses(rulebook: Json, items: Iterable[Item]) -> Iterator[Use]:
    yield from _of_sources(rulebook)
    yield from _of_documents(rulebook)
    yield from _of_conflicts(rulebook)
    yield from _of_claims(rulebook)
    for item in items:
        for case in item.data["cases"] if item.kind == "rule" else ():
            for identifier in (*([case["origin"]] if case.get("origin") else ()), *(case.get("facts") or ())):
                yield Use(identifier, "rules", item.id)
                yield Use(identifier, "cases", case["name"])


def _of_sources(rulebook: Json) -> Iterator[Use]:
    """Facts that a rule, a change of it, a reading, a channel or a procedure rests on."""
    for rule in rulebook["rules"]:
        yield from _facts(rule["sources"], "rules", rule["id"])
        for change in rule.get("history", ()):
            yield from (Use(fact, "rules", rule["id"]) for fact in change.get("facts") or ())
        for reading in rule["readings"]:
            yield from _facts(reading["sources"], "readings", f"{rule['id']}#{reading['id']}")
    for name in ("channels", "procedures"):
        for one in rulebook[name]:
            yield from _facts(one["sources"], name, one["id"])


def _facts(sources: Iterable[Json], where: str, place: str) -> Iterator[Use]:
    return (Use(fact, where, place) for source in sources for fact in source["facts"])


def _of_documents(rulebook: Json) -> Iterator[Use]:
    """The catalogue lists every document; the rules that cite it are named beside it."""
    citing: dict[str, list[str]] = {}
    for rule in rulebook["rules"]:
        for source in (*rule["sources"], *(one for reading in rule["readings"] for one in reading["sources"])):
            citing.setdefault(source["document"], []).append(rule["id"])
    for identifier, document in rulebook["documents"].items():
        for named in document["dossier"]:
            yield Use(named, "documents", identifier)
            yield from (Use(named, "rules", rule) for rule in citing.get(identifier, ()))


def _of_conflicts(rulebook: Json) -> Iterator[Use]:
    for conflict in rulebook["conflicts"]:
        page = f"conflicts/#{conflict['id'].lower()}"
        yield Use(conflict["id"], "pages", page)
        for side in conflict["sides"]:
            yield from (Use(conflict["id"], "rules", rule) for rule in side["rules"])
            yield from (Use(named, "conflicts", conflict["id"]) for named in (*side["facts"], *side["claims"]))
    for rule in rulebook["rules"]:
        for holder in (rule, *rule["readings"]):
            if holder["conflict"]:
                yield Use(holder["conflict"], "rules", rule["id"])


def _of_claims(rulebook: Json) -> Iterator[Use]:
    for claim in rulebook["claims"]:
        yield Use(claim["id"], "pages", f"claims/{claim['article']}/#{claim['id'].lower()}")
        yield from (Use(claim["id"], "rules", rule) for rule in claim["decides"])
        for name in ("channels", "procedures"):
            yield from (Use(claim["id"], name, one) for one in claim[name])
        yield from (Use(named, "claims", claim["id"]) for named in claim["dossier"])


def main() -> int:
    """Print what is wrong with the ledger of this checkout, a line each; 1 if anything is."""
    rules_dir = Path("rules")
    try:
        rulebook = build_rulebook(rules_dir)
    except RuleErrors as errors:
        print(errors)
        return 1
    ledger = build_ledger(rulebook, rules_dir)
    wrong = [
        *(f"{one}: 没有去处;应当用上它,或在 rules/ledger/ 里写明为什么不用" for one in unplaced(ledger)),
        *(f"{one}: 已经用上了;应当从 unused 里删掉" for one in excused(ledger)),
        *(f"{one}: 不在清单里,或写了两次;应当在 rules/ledger/ 里写一次" for one in unlisted(rulebook, rules_dir)),
    ]
    print("\n".join(wrong) if wrong else f"{len(ledger)} 个编号都有去处")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
