"""The pages' figures as Markdown tables, and each bound with whether it holds. Ratios are of medians, to plain Pyodide."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scripts.bench.outcome import Bound
from scripts.bench.pages.contenders import CONDITIONS, CONTENDERS, MICROPYTHON, OURS, PLAIN

Json = Mapping[str, Any]
ENGINES = {"chromium": "Chromium", "firefox": "Firefox", "webkit": "WebKit"}
LONGEST, LONGEST_GOAL = 50.0, 16.0
RATIOS = (
    # what, condition, visit, figure, at most, to go for
    ("完整答案，第一次打开", "desk", "cold", "answer", 0.27, 0.15),
    ("完整答案，再打开", "desk", "warm", "answer", 0.25, 0.12),
    ("处理器慢四倍，第一次打开", "slow", "cold", "answer", 0.25, 0.15),
    ("处理器慢四倍，再打开", "slow", "warm", "answer", 0.16, 0.09),
    ("Fast 4G，第一次打开", "fast4g", "cold", "answer", 0.60, 0.40),
    ("Slow 4G，第一次打开", "slow4g", "cold", "answer", 0.55, 0.40),
    ("到完整答案为止的字节，Fast 4G", "fast4g", "cold", "size", 0.82, 0.40),
    ("到完整答案为止的字节，Slow 4G", "slow4g", "cold", "size", 0.60, 0.40),
)
NOTES = (
    "- 每家用的都是刚装好的浏览器(新的用户资料),轮流打开,中位数;“再打开”是同一个浏览器过后再开一页。",
    "- “头一句”是页上出现第一个答案(我们的查表,别家的就是完整答案);“完整”是 Python 算出的全部;倍数是对普通的 `loadPyodide()`。",
    "- “处理器”是到那时为止浏览器全部进程用掉的处理器时间(毫秒),机器忙不忙差不多都一样。",
    "- 文件都用 brotli(11 级)压好;字节是服务器到那一刻为止发出的,连同响应头。网速由服务器限,处理器是把整个浏览器时停时放。",
    "- 带 * 的不是同样的代码,只算居民等待期这一条规则:MicroPython 没有 decimal、typing,跑不了我们的计算器。",
)


def tables(figures: Json) -> str:
    """One table a condition, then what there is beside."""
    parts = [_table(CONDITIONS[name].title, found) for name, found in figures["conditions"].items()]
    file, busy = figures["file"], figures["longest_task"]
    lines = [
        f"- {ENGINES[engine]}:离线包双击打开到完整答案 {one['disk']:.0f} 毫秒,从服务器第一次打开 {one['hosted']:.0f} 毫秒。"
        for engine, one in file.items()
    ]
    told = "、".join(f"{CONTENDERS[who].title} {one['ms']:.0f} 毫秒" for who, one in busy.items())
    lines.append(f"- Python 启动时,页面主线程最长一次忙多久:{told}。")
    return "\n\n".join([*parts, "\n".join([*lines, *NOTES])])


def bounds(figures: Json) -> list[Bound]:
    """Every promise; what was not measured is said to be so."""
    found = [_ratio(figures, *row) for row in RATIOS]
    for engine, name in ENGINES.items():
        one = figures["file"].get(engine)
        found.append(_bound(f"file:// 的答案 ÷ 网站第一次打开，{name}", one and one["disk"] / one["hosted"], 1.0, 0.7))
    ours, theirs = (_figure(figures, "phone", who, "cold", "headline") for who in (OURS, MICROPYTHON))
    first = ours / theirs if ours and theirs else None
    found.append(_bound("头一句（Fast 4G 加慢四倍） ÷ PyScript + MicroPython 的答案", first, 1.0, 0.5))
    found.append(_bound("启动时主线程最长一次忙，毫秒", figures["longest_task"][OURS]["ms"], LONGEST, LONGEST_GOAL))
    return found


def ratio(figures: Json, condition: str, who: str, visit: str, figure: str) -> float | None:
    """To plain `loadPyodide()` in the same run; None where one of them was not measured."""
    ours, plain = (_figure(figures, condition, one, visit, figure) for one in (who, PLAIN))
    return ours / plain if ours is not None and plain else None


def _figure(figures: Json, condition: str, who: str, visit: str, figure: str) -> float | None:
    found = figures["conditions"].get(condition, {}).get(who, {}).get(visit)
    return float(found[figure]) if found else None


def _ratio(figures: Json, what: str, condition: str, visit: str, figure: str, most: float, goal: float) -> Bound:
    return _bound(f"{what} ÷ loadPyodide()", ratio(figures, condition, OURS, visit, figure), most, goal)


def _bound(promise: str, found: float | None, most: float, goal: float) -> Bound:
    asked = f"{promise} ≤ {most:g}（目标 {goal:g}）"
    if found is None:
        return Bound(asked, "这次没有量", None)
    reached = "够到目标" if found <= goal else "没够到目标"
    return Bound(asked, f"{found:.2f}，{reached}", found <= most)


def _table(title: str, found: Json) -> str:
    """Rows are contenders; a second visit adds its columns."""
    warm = any("warm" in visits for visits in found.values())
    heads = ["谁", "头一句(毫秒)", "完整(毫秒)", "倍数", "字节(KB)", "倍数", "处理器", "倍数"]
    heads += ["再打开:完整", "倍数", "字节(KB)"] if warm else []
    lines = [f"**{title}**", "", f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}"]
    plain = found.get(PLAIN, {})
    for who, visits in found.items():
        cells = [CONTENDERS[who].title, *_first(visits["cold"], plain.get("cold", {}))]
        cells += _again(visits["warm"], plain.get("warm", {})) if warm else []
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _first(one: Json, plain: Json) -> list[str]:
    times = [f"{one['headline']:.0f}", f"{one['answer']:.0f}", _over(one, plain, "answer")]
    used = [f"{one['processor']:.0f}", _over(one, plain, "processor")]
    return [*times, f"{one['size'] / 1000:.0f}", _over(one, plain, "size"), *used]


def _again(one: Json, plain: Json) -> list[str]:
    return [f"{one['answer']:.0f}", _over(one, plain, "answer"), f"{one['size'] / 1000:.0f}"]


def _over(one: Json, plain: Json, key: str) -> str:
    return f"{one[key] / plain[key]:.2f}" if plain.get(key) else ""
