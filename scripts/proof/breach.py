"""What breaks a law, and the laws' names."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from scripts.proof.line import Question
from scripts.rulebook.vocabulary import LAWS as EXCEPTABLE

LAWS = {
    "answered": "每个问题都有回答,不出错",
    "oracle": "与另写的一份逐月逐日的计算相同",
    "declared": "答不出的,都说明了问谁、缺什么,或为什么谈不上",
    "heard": "当地现行规则写明的情况,回答都用到了它",
    "hole": "同一条规则,断得短的和断得长的都写了,中间没有漏下的",
    "overlap": "同一天同一种情况,没有两条规则说同一件事",
    "bounds": "下界不大于答案,答案不大于上界",
    "money": "金额不是负数,报销不超过费用",
    "silent": "没有规则的地方,不给等待期和恢复日的数字",
    "sourced": "每个数字都有带出处的规则",
    **EXCEPTABLE,
}
ALONG = {"hole": "lapse", "longer_never_earlier": "lapse", "sooner_never_later": "paid_on", "repair_never_longer": "repaid"}
"""Laws that compare questions along a line, and what grows along it."""


@dataclass(frozen=True)
class Breach:
    """One law that a question breaks, or that some questions of one line break together.

    `about`: the key of the answer. `rules`: those that the answer rests on.
    """

    law: str
    questions: tuple[Question, ...]
    about: str
    what: str
    rules: tuple[str, ...] = field(default=())

    @property
    def kind(self) -> tuple[Any, ...]:
        """Breaches of one kind have one cause, as far as can be told: only the first is made small and shown."""
        first = self.questions[0]
        return self.law, first["scheme"], first.get("situation"), first.get("exempt_group"), self.about, self.rules
