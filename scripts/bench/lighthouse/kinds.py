"""The kinds of page, one of each; where there are many of a kind, the heaviest or the most read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Kind:
    """path: from the root of the site. least: by score, where less than 100 is promised, how much less, and why."""

    name: str
    title: str
    path: str
    least: Mapping[str, tuple[int, str]] = field(default_factory=dict)


LOADS, FRAMED = "要下载 Python", "放在别的网页里用，不该单独搜到"
KINDS = (
    Kind("home", "首页", ""),
    Kind("rules", "断缴规则", "rules/employee/"),
    Kind("restoration", "补缴后多久能用", "restoration/"),
    Kind("steps", "步骤", "steps/"),
    Kind("records", "怎么查", "records/"),
    Kind("places", "各地规则", "places/"),
    Kind("place", "一个地方", "places/440300/"),
    Kind("nation", "全国", "places/CN/"),
    Kind("calculator", "计算器", "calculator/", {"performance": (95, LOADS)}),
    Kind("claims", "说法核对", "claims/"),
    Kind("claim", "一篇文章的说法", "claims/001/"),
    Kind("conflicts", "说法不一的地方", "conflicts/"),
    Kind("documents", "政策原文目录", "documents/"),
    Kind("worklist", "待核实清单", "worklist/"),
    Kind("updates", "规则更新", "updates/"),
    Kind("data", "数据与接口", "data/"),
    Kind("glossary", "名词解释", "glossary/"),
    Kind("about", "关于", "about/"),
    Kind("privacy", "隐私", "about/privacy/"),
    Kind("speed", "打开要多久", "speed/"),
    Kind("embed", "嵌入的计算器", "embed.html", {"performance": (95, LOADS), "seo": (60, FRAMED)}),
    Kind("missing", "没有找到这一页", "404.html"),
)
