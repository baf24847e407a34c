"""Who is measured, and under what conditions."""

from __future__ import annotations

from dataclasses import dataclass

from scripts.bench.pages.link import Speed
from scripts.runtime.prepare import RUNGS as LADDER

OURS = "auto"
PLAIN, MICROPYTHON = "plain", "micropython"
RUNGS = {"snapshot": "我们：内存快照", "bundle": "我们：精简字节码", "stock": "我们：原装 Pyodide"}
"""The boot ladder, as long as it may be; a rung that our pages do not have is left out."""
SLOW = 0.25
"""On a slow processor everything runs this share of the time: four times slower."""


@dataclass(frozen=True)
class Contender:
    """name: also the first part of its address. path: of its page. whole: gives the whole Assessment, else months to wait."""

    name: str
    title: str
    path: str = ""
    whole: bool = True

    @property
    def ours(self) -> bool:
        return self.name in (OURS, *RUNGS)


CONTENDERS = {
    one.name: one
    for one in (
        Contender(OURS, "我们（自动选）", "calculator/"),
        *(Contender(rung, RUNGS[rung], "calculator/") for rung, _ in LADDER),
        Contender(PLAIN, "普通的 loadPyodide()"),
        Contender("pyscript", "PyScript + Pyodide"),
        Contender(MICROPYTHON, "PyScript + MicroPython*", whole=False),
        Contender("publicodes", "publicodes*", whole=False),
    )
}


@dataclass(frozen=True)
class Condition:
    """speed: None = as fast as it goes. share: of the time the browser runs, 1 = all. visits: 1 = cold only, 2 = warm too.

    only: these alone; empty = all.
    """

    name: str
    title: str
    speed: Speed | None = None
    share: float = 1.0
    visits: int = 1
    only: tuple[str, ...] = ()

    @property
    def contenders(self) -> list[Contender]:
        return [one for name, one in CONTENDERS.items() if not self.only or name in self.only]


FAST_4G = Speed("Fast 4G（9 Mbps，往返 60 毫秒）", 9_000_000, 0.060)
SLOW_4G = Speed("Slow 4G（1.6 Mbps，往返 150 毫秒）", 1_600_000, 0.150)

CONDITIONS = {
    one.name: one
    for one in (
        Condition("desk", "电脑", visits=2),
        Condition("slow", "慢四倍的处理器", share=SLOW, visits=2),
        Condition("fast4g", "Fast 4G", FAST_4G),
        Condition("slow4g", "Slow 4G", SLOW_4G),
        Condition("phone", "Fast 4G 加慢四倍的处理器", FAST_4G, SLOW, only=(OURS, PLAIN, MICROPYTHON, "publicodes")),
    )
}
