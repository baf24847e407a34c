"""What files must mean together: ids, references, places, and the national ceiling."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from scripts.rulebook.compiled import sets_value
from scripts.rulebook.errors import Mark
from scripts.rulebook.grades import check_grades
from scripts.rulebook.load import PLACE_FOLDER, Item
from scripts.rulebook.positions import mark_at
from scripts.rulebook.sameclaims import check_same
from scripts.rulebook.scalars import REFERENCE_WORDS, Report, remedy, written
from scripts.rulebook.starts import check_starts
from scripts.rulebook.tiers import units
from scripts.rulebook.topics import TOPICS

_DAYS = {"day": 1, "month": 31, "year": 366}


def check_all(items: list[Item], report: Report) -> None:
    """Every check that needs more than one file."""
    known = _known(items, report)
    _check_references(known, report)
    _check_single(items, report)
    _check_removed(items, report)
    check_same(items, report)
    places = {item.id: item.data for item in items if item.kind == "place" and item.sound}
    _check_places(items, places, report)
    for item in items:
        if item.kind == "rule":
            _check_path(item, places, report)
            if item.sound:
                _check_rule(item, report)
    check_grades(items, report)
    _check_days(items, report)
    check_starts(items, report)
    _check_ceilings([item for item in items if item.kind == "rule" and item.sound], report)


def _known(items: list[Item], report: Report) -> dict[str, dict[str, Mark]]:
    """kind → id → where it is declared; a second declaration is a mistake."""
    known: dict[str, dict[str, Mark]] = {}
    for item in items:
        if item.kind == "rulebook" or not item.id:
            continue
        mark = mark_at(item.node, "code" if item.kind == "place" else "id")
        first = known.setdefault(item.kind, {}).setdefault(item.id, mark)
        if first != mark:
            report.error(mark, f"编号 {item.id} 重复,{first} 已经有了;应当换一个编号或删掉一处")
    return known


def _check_references(known: dict[str, dict[str, Mark]], report: Report) -> None:
    for kind, wanted, mark in report.references:
        if wanted not in known.get(kind, {}) and kind not in report.unread:
            name = REFERENCE_WORDS[kind].split("(")[0]
            report.error(mark, f"没有 {wanted} 这个{name};{remedy(wanted, known.get(kind, {}), '应当先登记它')}")


def _check_removed(items: list[Item], report: Report) -> None:
    """Whoever is said to be removed is not there."""
    rules = {item.id: mark_at(item.node, "id") for item in items if item.kind == "rule"}
    for head in (item for item in items if item.kind == "rulebook" and item.sound):
        for index, one in enumerate(head.data.get("removed", [])):
            if one["rule"] in rules:
                mark = mark_at(head.node, "removed", index, "rule")
                report.error(mark, f"{one['rule']} 说是撤下了,{rules[one['rule']]} 还有;应当删掉一处")


def _check_single(items: list[Item], report: Report) -> None:
    if not any(item.kind == "rulebook" for item in items) and "rulebook" not in report.unread:
        report.error(Mark("rules/rulebook.yaml", 1, 1), "没有这个文件;应当写上 version、data_date、title")


_LEVELS = {"province": ("nation",), "prefecture": ("province",), "county": ("province", "prefecture")}


def _check_places(items: list[Item], places: dict[str, dict[str, Any]], report: Report) -> None:
    """A parent stands one level up, and the code begins as its province's does."""
    for item in items:
        if item.kind != "place" or not item.sound:
            continue
        place, parent = item.data, places.get(item.data["parent"] or "")
        if (place["parent"] is None) != (place["level"] == "nation"):
            report.error(mark_at(item.node, "parent"), "只有全国没有上一级;应当写上一级的代码")
        if parent is None:
            continue
        allowed = _LEVELS.get(place["level"], ())
        if parent["level"] not in allowed:
            report.error(
                mark_at(item.node, "parent"),
                f"{place['level']} 的上一级不能是 {parent['level']};应当是 {' 或 '.join(allowed)}",
            )
        width = 0 if parent["code"] in ("CN", "XPCC") else 2 if parent["level"] == "province" else 4
        if place["code"][:width] != parent["code"][:width]:
            report.error(mark_at(item.node, "parent"), f"{place['code']} 不属于 {parent['code']};应当写它真正的上一级")


def _check_days(items: list[Item], report: Report) -> None:
    """Nothing was seen or verified after the day that the data claims to be of."""
    today = next((item.data["data_date"] for item in items if item.kind == "rulebook" and item.sound), None)
    for item in items:
        if today is None or not item.sound:
            continue
        seen = [(("sources", index, "seen"), one["seen"]) for index, one in enumerate(item.data.get("sources") or [])]
        changed = [(("history", index, "on"), one["on"]) for index, one in enumerate(item.data.get("history") or [])]
        for steps, day in [*seen, *changed, *(((key,), item.data.get(key)) for key in ("seen", "verified_on"))]:
            if day and day > today:
                report.error(mark_at(item.node, *steps), f"{day} 晚于 rulebook.yaml 的 data_date {today};应当不晚于它")


def _check_path(item: Item, places: dict[str, dict[str, Any]], report: Report) -> None:
    """id = place.scheme.topic[.suffix], the folder is the place's, the file name is the rest of the id."""
    parts = item.path.split("/")[1:]
    folder = PLACE_FOLDER.fullmatch(parts[-2])
    rule_id, place = item.data.get("id"), item.data.get("place")
    if folder is None or not rule_id or not place:
        return
    if places.get(place, {}).get("outside"):
        report.error(mark_at(item.node, "place"), f"{place} 不在这个制度里;应当不写它的规则")
    if folder[1] != place:
        report.error(mark_at(item.node, "place"), f"place 是 {place},文件却在 {parts[-2]} 目录下;应当一致")
    for above, below in pairwise(parts[:-1]):
        higher = list(_above(below.split("-")[0], places))
        if higher and above.split("-")[0] not in higher:
            report.error(Mark(item.path, 1, 1), f"目录 {below} 放在 {above} 下面;应当放在它的上级 {higher[0]} 的目录下")
    name = places.get(place, {}).get("name", "")
    if folder[3] and name and not name.startswith(folder[3]) and folder[1] != "XPCC":
        report.error(Mark(item.path, 1, 1), f"目录名里的 {folder[3]} 和 {place} 的名称 {name} 不一致;应当用它的名称")
    stem = parts[-1].removesuffix(".yaml")
    expected = f"{place}.{stem}"
    if re.sub(r"[._]", "-", rule_id) != re.sub(r"[._]", "-", expected):
        report.error(
            mark_at(item.node, "id"),
            f"编号 {rule_id} 和文件路径不一致;应当写成 {expected.replace('-', '.', 2)},或改文件名",
        )


def _above(code: str, places: dict[str, dict[str, Any]]) -> Iterator[str]:
    """The codes above a place, remedy first; none for a code that is not known."""
    seen = {code}
    while (parent := places.get(code, {}).get("parent")) and parent not in seen:
        seen.add(parent)
        yield parent
        code = parent


def _check_rule(item: Item, report: Report) -> None:
    """The parts of one rule agree: scheme and topic in the id, insured years, who may be switched, cited sources."""
    rule = item.data
    topic = TOPICS[rule["topic"]]
    scheme, named = rule["id"].split(".")[1:3]
    if named.replace("-", "_") != topic.id:
        report.error(mark_at(item.node, "id"), f"编号里的主题是 {named},topic 是 {topic.id};应当一致")
    if scheme != "all" and scheme not in rule["schemes"]:
        report.error(mark_at(item.node, "id"), f"编号里的 {scheme} 不在 schemes 里;应当一致,适用几种人时写 all")
    if rule["topic"] == "restoration" and "resident" in rule["schemes"] and rule["situations"] != ["scheme_switch"]:
        report.error(
            mark_at(item.node, "situations"),
            "居民的 restoration 只管换制度;应当写 situations: [scheme_switch],居民断保用 waiting",
        )
    if topic.by_year and rule["schemes"] == ["resident"]:
        for day in rule["values"]:
            if day != "undated" and not day.endswith("-01-01"):
                report.error(
                    mark_at(item.node, "values", day),
                    f"{topic.title}按参保年度写,{day} 不是1月1日;应当写成 {day[:4]}-01-01",
                )
    _check_values(item, report)
    _check_readings(item, report)
    for index, (earlier, later) in enumerate(pairwise(rule.get("history", [])), 1):
        if later["on"] <= earlier["on"]:
            mark = mark_at(item.node, "history", index, "on")
            report.error(mark, f"{later['on']} 不晚于前一条的 {earlier['on']};应当从早到晚写,同一天的改动写在一条里")


def _check_readings(item: Item, report: Report) -> None:
    """A reading has an id of its own, says something else than the rule, and stays in the rule's unit."""
    readings = item.data["readings"]
    values = [value for value in item.data["values"].values() if value is not None]
    for index, reading in enumerate(readings):
        if reading["id"] in [other["id"] for other in readings[:index]]:
            report.error(mark_at(item.node, "readings", index, "id"), f"读法编号 {reading['id']} 重复;应当换一个")
        differs, mark = reading["differs"], mark_at(item.node, "readings", index, "differs")
        if all({**value, **differs} == value for value in values):
            report.error(mark, f"读法 {reading['id']} 和规则的值没有不同;应当写出不同的键,或删掉它")
        if item.data["topic"] == "waiting" and any(len(units({**value, **differs})) > 1 for value in values):
            report.error(mark, f"读法 {reading['id']} 和规则的值混用了月和天;应当写出全部的键,只用一种")


def _check_values(item: Item, report: Report) -> None:
    """The first value is a value; a tier's own source is among the rule's sources."""
    rule = item.data
    days = sorted(rule["values"], key=lambda day: "" if day == "undated" else day)
    if rule["values"][days[0]] is None:
        report.error(mark_at(item.node, "values", days[0]), "第一个值就是 null;应当先写废止前的值")
    cited = {source["document"] for source in rule["sources"]}
    for steps, tier in _tiers(rule):
        if tier.get("source") and tier["source"] not in cited and steps[0] == "values":
            report.error(
                mark_at(item.node, *steps, "source"),
                f"这一档引用的 {tier['source']} 不在 sources 里;应当在 sources 里补上",
            )


def _tiers(rule: dict[str, Any]) -> Iterator[tuple[tuple[str | int, ...], dict[str, Any]]]:
    """Each tier of the rule and of its readings, with the steps that lead to it."""
    if rule["topic"] != "restoration":
        return
    for day, value in rule["values"].items():
        for index, tier in enumerate((value or {}).get("tiers") or []):
            yield ("values", day, "tiers", index), tier
    for number, reading in enumerate(rule["readings"]):
        for index, tier in enumerate(reading["differs"].get("tiers") or []):
            yield ("readings", number, "differs", "tiers", index), tier


def _check_ceilings(rules: list[Item], report: Report) -> None:
    """A local wait that sets a value is not above the nation's ceiling for the same people and situations."""
    ceilings = [item for item in rules if item.data["topic"] == "ceiling" and item.data["place"] == "CN"]
    for item in rules:
        if not sets_value(item.data):
            continue
        for ceiling in ceilings:
            if all(set(item.data[key]) & set(ceiling.data[key]) for key in ("situations", "schemes")):
                _check_ceiling(item, ceiling, report)


def _check_ceiling(item: Item, ceiling: Item, report: Report) -> None:
    limits = [value["wait_at_most"] for value in ceiling.data["values"].values() if value]
    for steps, tier in _tiers(item.data):
        wait = tier.get("wait")
        length = wait.get("at_most", wait) if isinstance(wait, dict) else None
        if steps[0] == "values" and length and limits and all(_longer(length, limit) for limit in limits):
            report.error(
                mark_at(item.node, *steps, "wait"),
                f"等待期 {written(**length)} 超过全国上限 {written(**limits[0])}({ceiling.id});"
                "应当核对原文,确实如此就写 standing: unclear 并在 notes 说明",
            )


def _longer(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return bool(one["n"] * _DAYS[one["unit"]] > other["n"] * _DAYS[other["unit"]])
