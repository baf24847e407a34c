"""The figures as Markdown, and which bounds hold: on the processor's time, which other work on the machine stretches least."""

from __future__ import annotations

from collections.abc import Mapping

from scripts.bench.outcome import Bound
from scripts.bench.rivals.timing import Figure

Figures = Mapping[str, Mapping[str, Figure]]

BEGIN, WHOLE, LEAN = 0.25, 1.0, 0.5
ROWS = (
    ("装载:import 加规则库(OpenFisca:import 加国家模板)", "begin", "begin", "begin"),
    ("其中 import", "import", "import", "import"),
    ("一个问题的完整答案(assess),句子和步骤在内", "assess", None, None),
    ("同上,再变成 JSON 对象", "to_json", None, None),
    ("网页上问的(whole):同上,再加各种办法的比较;只列出,不设限", "whole", None, None),
    ("一个问题的答案,不要句子和步骤", "answers", None, None),
    ("一户:模板给网页接口的例子(couple),它问的三项都算", None, "example", None),
    ("同一户,只算 disposable_income", None, "couple", None),
    ("最便宜的:模板的单人例子(single),只算 disposable_income", None, "single", None),
    ("同一条规则:居民等待期,一个人", "wait", "wait", "wait"),
)
NOTES = (
    "- 每格是“处理器时间(钟上时间)”,单位毫秒;每轮每个引擎各一个进程,轮流运行;取最快的一遍(机器和别人共用,时快时慢,慢只会多算)。",
    "- 一个问题:每个有自己规定的地方,每种身份各一个,取平均;每次都从 JSON 对象重新读成 Case,不留任何答案。",
    "- 一户:每次都新建 Simulation,像一次网页请求那样;税制只装载一次。",
    "- 居民等待期:三边的数都取自我们的规则库,量之前先核对断保 0 至 30 年、补缴 0 至 N 年、期内期外的答案全部相同。",
)


def table(figures: Figures) -> str:
    """All figures, one column an engine."""
    lines = ["| 量什么 | 我们 | OpenFisca | publicodes |", "|---|---|---|---|"]
    for title, *names in ROWS:
        cells = [_cell(figures[side][name]) if name else "" for side, name in zip(figures, names, strict=True)]
        lines.append(f"| {title} | {' | '.join(cells)} |")
    return "\n".join([*lines, "", *NOTES])


def bounds(figures: Figures) -> list[Bound]:
    """Every promise; one household is the example that the template shows for its web service, with all that it asks."""
    ours, theirs = figures["ours"], figures["openfisca"]
    return [
        _ratio("装载 ÷ OpenFisca 装载", ours["begin"], theirs["begin"], BEGIN),
        _ratio("完整答案(到 JSON 对象) ÷ OpenFisca 一户", ours["to_json"], theirs["example"], WHOLE),
        _ratio("不要句子和步骤的答案 ÷ OpenFisca 一户", ours["answers"], theirs["example"], LEAN),
    ]


def _ratio(promise: str, ours: Figure, theirs: Figure, bound: float) -> Bound:
    by_cpu, by_wall = (ours[kind] / theirs[kind] for kind in ("cpu", "wall"))
    return Bound(f"{promise} ≤ {bound:g}", f"{by_cpu:.2f}(钟上 {by_wall:.2f})", by_cpu <= bound)


def _cell(figure: Figure) -> str:
    return f"{figure['cpu'] / 1000:.3f}({figure['wall'] / 1000:.3f})"
