"""The figures of the build as Markdown tables, and each bound with whether it holds."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from scripts.bench.measure import Measured
from scripts.bench.outcome import Bound, at_most
from scripts.bench.runs import Sized

WHOLE_SECONDS = 25.0
MOST_PLACES = 5000
MOST_SECONDS = 180.0
MOST_MIB = 1024.0
MOST_RATIO = 1.3
BENT = 1.25
"""A line may bend so much: the last places may cost so many times what the first ones did."""

NOTES = (
    "- 每格是“秒(处理器秒)”:秒是钟上的时间,机器忙时会变长;处理器秒是全部进程的用户态加系统态。",
    "- 内存是同一时刻全部进程常驻内存(RSS)的合计,单位 MiB;几个进程共用的算了几遍。",
    "- “纯 MkDocs”:和我们轮流,对同一批文字、同样的主题和插件运行 `mkdocs build`。约定按处理器秒算,它不管机器忙不忙。",
    "- 量了几次的,每格是中位数。",
)

Whole = tuple[Measured, dict[str, float], int]
"""Of a whole build: what it took, seconds by stage, pages of the site."""


def tables(whole: Whole, runs: int, answers: Sequence[tuple[str, Measured]], sizes: Sequence[Sized]) -> str:
    """All figures. whole: the median of so many runs. sizes: the real places first."""
    took, stages, pages = whole
    lines = ["| 做什么 | 秒 | 处理器秒 | 内存峰值 MiB |", "|---|---|---|---|"]
    lines.append(f"| 完整构建:网站({pages} 页)、离线版、离线包、wheel({runs} 次的中位数) | {_three(took)} |")
    lines += [f"| 其中:{name} | {seconds:.1f} | | |" for name, seconds in stages.items()]
    lines += [f"| {name} | {_three(one)} |" for name, one in answers]
    lines += ["", "地方多起来(第一行是真实的地方,其余是把真实的地方和规则照抄、换代码得来的):", ""]
    lines.append("| 地方 | 页 | 次数 | 写出文字 | 排版网站 | 合计 | 纯 MkDocs | 合计内存峰值 | 排版÷纯 | 合计÷纯 |")
    lines.append("|---|---|---|---|---|---|---|---|---|---|")
    lines += [_row(one) for one in sizes]
    return "\n".join([*lines, "", *NOTES])


def bounds(whole: Measured, sizes: Sequence[Sized]) -> list[Bound]:
    """Every promise, in the order of the tables."""
    found = [at_most("完整构建", whole.wall, WHOLE_SECONDS, "秒")]
    most = next((one for one in sizes if one.places == MOST_PLACES), None)
    if most is None:
        found.append(Bound(f"{MOST_PLACES} 个地方", "这次没有量", None))
    else:
        found.append(at_most(f"{MOST_PLACES} 个地方", most.ours.wall, MOST_SECONDS, "秒"))
        found.append(at_most(f"{MOST_PLACES} 个地方的内存", most.ours.peak, MOST_MIB, "MiB"))
    found.append(_line(sizes[1:]))
    for one in sizes:
        found.append(at_most(f"{one.places} 个地方:排版÷纯 MkDocs", ratio(one.site, one.plain), MOST_RATIO, "倍(处理器秒)"))
    return found


def ratio(ours: Measured, plain: Measured) -> float:
    """By the processor's seconds, which do not depend on what else the machine does."""
    return ours.processor / plain.processor


def slope(fewer: Sized, more: Sized) -> float:
    """Milliseconds of the processor for each further place."""
    return 1000 * (more.ours.processor - fewer.ours.processor) / (more.places - fewer.places)


def _line(sizes: Sequence[Sized]) -> Bound:
    promise = f"和地方的数目成比例(最后一段每个地方不超过第一段的 {BENT} 倍)"
    if len(sizes) < 3:
        return Bound(promise, "至少要量三种大小", None)
    steps = [(fewer.places, more.places, slope(fewer, more)) for fewer, more in pairwise(sizes)]
    told = "、".join(f"{fewer}→{more}:{step:.1f}" for fewer, more, step in steps)
    return Bound(promise, f"每多一个地方,处理器毫秒 {told}", steps[-1][2] <= BENT * steps[0][2])


def _row(one: Sized) -> str:
    parts = " | ".join(_two(part) for part in (one.stage, one.site, one.ours, one.plain))
    ratios = " | ".join(f"{ours.wall / one.plain.wall:.2f}({ratio(ours, one.plain):.2f})" for ours in (one.site, one.ours))
    return f"| {one.places} | {one.pages} | {one.runs} | {parts} | {one.ours.peak:.0f} | {ratios} |"


def _two(one: Measured) -> str:
    return f"{one.wall:.1f}({one.processor:.1f})"


def _three(one: Measured) -> str:
    return f"{one.wall:.1f} | {one.processor:.1f} | {one.peak:.0f}"
