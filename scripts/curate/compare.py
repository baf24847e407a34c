"""Two compiled rulebooks: which rules differ, whom that may concern, and which answers come out otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from multiprocessing import get_context
from typing import Any

from calculator import Case, CaseError, Rulebook, assess
from scripts.curate.asked import Question, questions
from scripts.proof.speaking import Speaking

Json = dict[str, Any]
PROCESSES = 2
NATION = "CN"
SCHEMES = ("employee", "flexible", "resident")
OTHERS = {"places": "地方", "groups": "人群", "documents": "文件", "channels": "渠道", "procedures": "办事步骤",
          "claims": "说法核对", "conflicts": "说法不一"}  # fmt: skip

SHOWN = {
    "headline": "结论",
    "waiting": "等待期",
    "benefits_resume_on": "恢复日",
    "benefits_stop_on": "停待遇日",
    "retroactive": "中间看病补报",
    "payment_effect": "等待期里怎么报",
    "cost.principal": "要缴的钱",
    "cost.late_fee": "滞纳金",
    "cost.repair": "修复的钱",
    "account.usable": "余额能不能用",
    "account.cash_out": "余额能不能取现",
    "account.family_use": "余额能不能给家人用",
}
"""The parts of an Assessment that a reviewer sees, each with its name."""


@dataclass(frozen=True)
class RuleChange:
    """A rule that was added, removed or changed. keys: which of its keys, for a change."""

    rule: Json
    what: str
    keys: tuple[str, ...] = ()


@dataclass(frozen=True)
class Difference:
    """One question whose answers differ: name of the part → (before, after), in words."""

    question: Question
    parts: Mapping[str, tuple[str, str]]


@dataclass(frozen=True)
class Compared:
    """What became of one place and scheme."""

    place: str
    scheme: str
    asked: int
    differences: tuple[Difference, ...]


def changed_rules(before: Json, after: Json) -> list[RuleChange]:
    """By id: first those removed, then added, then changed."""
    old, new = ({rule["id"]: rule for rule in book["rules"]} for book in (before, after))
    removed = [RuleChange(old[key], "删掉") for key in old if key not in new]
    added = [RuleChange(new[key], "新增") for key in new if key not in old]
    found = [*removed, *added]
    for key in old.keys() & new.keys():
        keys = [name for name in {**old[key], **new[key]} if old[key].get(name) != new[key].get(name)]
        found += [RuleChange(new[key], "改动", tuple(keys))] if keys else []
    return sorted(found, key=lambda change: (change.what != "删掉", change.what != "新增", change.rule["id"]))


def other_changes(before: Json, after: Json) -> list[str]:
    """Words for the kinds, other than rules, that differ."""
    return [title for key, title in OTHERS.items() if before[key] != after[key]]


def concerned(before: Json, after: Json, changes: list[RuleChange]) -> list[tuple[str, str]]:
    """Every (place, scheme) whose answers may differ: where a rule changed, and below it whoever speaks on that scheme.

    Places without rules of their own answer as the place above them does; they are not asked.
    """
    parents = {place["code"]: place["parent"] for book in (before, after) for place in book["places"]}
    spoken = {(rule["place"], scheme) for book in (before, after) for rule in book["rules"] for scheme in rule["schemes"]}
    if any(before[key] != after[key] for key in ("places", "groups")):
        return sorted(spoken | {(NATION, scheme) for scheme in SCHEMES})
    found = set()
    for change in changes:
        place = change.rule["place"]
        for scheme in change.rule["schemes"]:
            found |= {(code, one) for code, one in spoken if one == scheme and place in (NATION, *_up(code, parents))}
            found.add((place, scheme))
    return sorted(found)


def _up(code: str, parents: Mapping[str, str | None]) -> Iterator[str]:
    here: str | None = code
    while here:
        yield here
        here = parents.get(here)


def starts_of(changes: list[RuleChange]) -> frozenset[date]:
    """The day each value of the changed rules begins, and the day before."""
    days = {date.fromisoformat(day) for change in changes for day, _ in change.rule["values"] if day}
    return frozenset(day - timedelta(days=back) for day in days for back in (0, 1))


def compare(
    before: Json, after: Json, pairs: list[tuple[str, str]], told: Callable[[Compared], None] = lambda _: None
) -> list[Compared]:
    """Ask both rulebooks the same questions; `told` hears of each pair as it is done. In the order of `pairs`.

    Where no rule of the place itself changed, only the days on which changed rules begin are asked about.
    """
    if len(pairs) == 1:
        _prepare(before, after)
        done = [_compare_pair(pairs[0])]
        told(done[0])
        return done
    with get_context("fork").Pool(PROCESSES, _prepare, (before, after)) as pool:
        done = []
        for one in pool.imap(_compare_pair, pairs):
            told(one)
            done.append(one)
    return done


class _Worker:
    """What each process keeps: both rulebooks, raw and loaded."""

    raw: tuple[Json, Json]
    books: tuple[Rulebook, Rulebook]
    starts: frozenset[date]
    own: frozenset[str]


def _prepare(before: Json, after: Json) -> None:
    _Worker.raw, _Worker.books = (before, after), (Rulebook.load(before), Rulebook.load(after))
    changes = changed_rules(before, after)
    _Worker.starts, _Worker.own = starts_of(changes), frozenset(change.rule["place"] for change in changes)


def _compare_pair(pair: tuple[str, str]) -> Compared:
    place, scheme = pair
    asked, differences = 0, []
    starts = None if place in _Worker.own else _Worker.starts
    for question in questions(place, scheme, [Speaking(raw, place) for raw in _Worker.raw], starts):
        asked += 1
        parts = parts_that_differ(question.case, *_Worker.books)
        if parts:
            differences.append(Difference(question, parts))
    return Compared(place, scheme, asked, tuple(differences))


def parts_that_differ(case: Json, before: Rulebook, after: Rulebook) -> dict[str, tuple[str, str]]:
    """Name of the part → (before, after), for the parts of one answer that differ."""
    old, new = told_parts(case, before), told_parts(case, after)
    return {name: (old.get(name, "没有"), new.get(name, "没有")) for name in {**old, **new} if old.get(name) != new.get(name)}


def told_parts(case: Json, book: Rulebook) -> dict[str, str]:
    """An Assessment as a reviewer sees it: each part in words, with the level it rests on and what else is said."""
    try:
        answer = assess(Case.parse(case, book), book).to_json()
    except CaseError as error:
        return {"结论": f"不能回答：{error.message}"}
    found = {}
    for path, name in SHOWN.items():
        part: Any = answer
        for step in path.split("."):
            part = part[step]
        found[name] = part if isinstance(part, str) else _told(part)
    return found


LEVELS = {"city": "本地", "province": "省", "national": "全国", "none": "没有依据"}


def _told(answer: Json) -> str:
    others = "、".join(sorted({str(other["text"]) for other in answer["alternatives"]}))
    return f"{answer['text']}（{LEVELS[answer['basis']]}{'；也有说' + others if others else ''}）"
