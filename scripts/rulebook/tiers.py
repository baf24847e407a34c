"""What a value's keys must mean together: ranges, ladders, one unit in a wait, and tiers that can never be reached."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, product
from typing import Any

from scripts.rulebook.positions import Mapping, Node, Sequence, mark_at
from scripts.rulebook.scalars import Report, written

MOST_CELLS = 50_000
_DAYS = {"day": 1.0, "month": 30.44, "year": 365.25}
_RANGES = ("lapse", "missed_this_year", "continuous_months", "earlier_lapses")
_LISTS = ("previous_scheme", "quarter_month")


def check_range(node: Mapping, value: dict[str, Any], report: Report) -> None:
    """min must not be above max."""
    if "min" in value and "max" in value and value["min"] > value["max"]:
        report.error(mark_at(node, "min"), f"min {value['min']} 比 max {value['max']} 大;应当 min 不大于 max")


def check_step(node: Mapping, value: dict[str, Any], report: Report) -> None:
    """A step pays a ratio or up to a cap, for months or for days; compiled to one `length`."""
    if ("ratio" in value) == ("cap" in value):
        report.error(node, "这一段的 ratio 和 cap 写了两个或没写;应当只写一个")
    if "months" in value and "days" in value:
        report.error(mark_at(node, "days"), "months 和 days 都写了;应当只写一个")
    for key, unit in (("months", "month"), ("days", "day")):
        if key in value:
            value["length"] = {"n": value.pop(key), "unit": unit}


def check_schedule(node: Mapping, value: dict[str, Any], report: Report) -> None:
    """All steps are ratios or all are caps; only the last may have no length."""
    steps = value.get("schedule") or []
    if len({"cap" in step for step in steps}) > 1:
        report.error(mark_at(node, "schedule"), "有的段写 ratio,有的段写 cap;应当全用一种")
    for index, step in enumerate(steps[:-1]):
        if "length" not in step:
            report.error(mark_at(node, "schedule", index), "这一段没写多久;应当补上 months,只有最后一段可以不写")


def check_late_fee(node: Mapping, value: dict[str, Any], report: Report) -> None:
    """`none` is only ever true."""
    if value.get("none") is False:
        report.error(mark_at(node, "none"), "none 写了 false;应当写 true,或改写 daily_rate")


def check_window(node: Mapping, value: dict[str, Any], report: Report) -> None:
    """Days all with or all without a year, in order; and something that says when the window is over."""
    if "end" not in value and "closed_after" not in value:
        report.error(node, "没写集中参保期哪天结束;应当补上 end(或只写 closed_after)")
    days = [(key, value[key]) for key in ("start", "end", "extension_end") if key in value]
    if len({len(day) == 10 for _, day in days}) > 1:
        report.error(node, "有的写了年份,有的没有;应当全写年份,或全写成每年的月-日")
        return
    for (first, one), (second, two) in pairwise(days):
        if len(one) == 10 and one > two:
            report.error(mark_at(node, second), f"{second} {two} 早于 {first} {one};应当不早于它")


def units(value: Any) -> list[str]:
    """The units of the lengths that are not zero, anywhere inside a compiled value."""
    return sorted(set(_units(value)))


def _units(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if set(value) == {"n", "unit"}:
            if value["n"]:
                yield value["unit"]
            return
        for item in value.values():
            yield from _units(item)
    elif isinstance(value, list):
        for item in value:
            yield from _units(item)


def check_one_unit(node: Mapping, value: dict[str, Any], report: Report) -> None:
    """The parts of one wait are added up, so they share a unit."""
    mixed = units(value)
    if len(mixed) > 1:
        report.error(node, f"同一个等待期里混用了 {' 和 '.join(mixed)};应当只用一种(3个月不等于90天)")


def check_tiers(node: Mapping, value: dict[str, Any], report: Report) -> None:
    """Each tier's wait, landing and ladder agree, and each tier can be reached."""
    tiers, places = value.get("tiers"), node.entries.get("tiers")
    if not tiers or not isinstance(places, Sequence):
        return
    for tier, place in zip(tiers, places.items, strict=True):
        _check_tier(place, tier, report)
    if any(None in (tier or {}).values() or tier is None for tier in tiers):
        return
    for index, covering in _unreachable([tier["when"] for tier in tiers]):
        above = "、".join(f"第{other + 1}档" for other in covering)
        report.error(
            places.items[index], f"第{index + 1}档永远轮不到,它的情况都已归{above};应当删掉,或移到前面,或收窄前面的条件"
        )


_AT_ONCE = ("payment_day", "next_day", "payment_month")


def _check_tier(node: Node, tier: dict[str, Any], report: Report) -> None:
    wait, resume = tier.get("wait"), tier.get("resume") or ""
    mixed = units([wait, tier.get("effect")])
    if len(mixed) > 1:
        report.error(mark_at(node, "wait"), f"同一个等待期里混用了 {' 和 '.join(mixed)};应当只用一种(3个月不等于90天)")
    if isinstance(wait, dict) and wait.get("n") and resume in _AT_ONCE:
        report.error(
            mark_at(node, "resume"),
            f"有 {written(**wait)} 等待期却写 {resume};应当写 wait_from_… 之一,或把 wait 写成 0 months",
        )
    if wait is None and "wait" in resume:
        report.error(mark_at(node, "resume"), f"{resume} 要从等待期算,却没有 wait;应当补上 wait")


def _unreachable(whens: list[dict[str, Any]]) -> Iterator[tuple[int, list[int]]]:
    """Tiers that no question can reach, each with the earlier tiers that take its place.

    The questions are cut into cells in which every condition is either wholly true or wholly false.
    """
    axes = {
        key: _cells(key, [when[key] for when in whens if key in when])
        for key in {key for when in whens for key in when}
    }
    size = 1
    for cells in axes.values():
        size *= len(cells)
    if size > MOST_CELLS:
        return
    reached: set[int] = set()
    covering: dict[int, set[int]] = {index: set() for index in range(len(whens))}
    for cell in product(*axes.values()):
        point = dict(zip(axes, cell, strict=True))
        holding = [index for index, when in enumerate(whens) if all(_holds(key, when[key], point[key]) for key in when)]
        if holding:
            reached.add(holding[0])
            for index in holding[1:]:
                covering[index].add(holding[0])
    for index in range(len(whens)):
        if index not in reached:
            yield index, sorted(covering[index])


def _cells(key: str, conditions: list[Any]) -> list[Any]:
    """One sample of each stretch between the edges of the conditions on one key."""
    if key in _RANGES:
        edges = {0, *(c["min"] for c in conditions if "min" in c), *(c["max"] + 1 for c in conditions if "max" in c)}
        return sorted(edges)
    if key == "since_stop":
        lengths = sorted({_in_days(c) for c in conditions})
        return [*lengths, (lengths[-1] if lengths else 0) + 1]
    if key == "quarter_month":
        return [1, 2, 3]
    if key == "previous_scheme":
        return ["employee", "flexible", "resident"]
    return [True, False]


def _in_days(condition: dict[str, Any]) -> float:
    within = condition["within"]
    return float(within["n"] * _DAYS[within["unit"]])


def _holds(key: str, condition: Any, sample: Any) -> bool:
    if key in _RANGES:
        return bool(condition.get("min", 0) <= sample <= condition.get("max", sample))
    if key == "since_stop":
        return bool(sample <= _in_days(condition))
    if key in _LISTS:
        return sample in condition
    return bool(condition == sample)
