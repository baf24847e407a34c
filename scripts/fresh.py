"""Which rules are past the day by which somebody should have looked again.

    python -m scripts.fresh [--on 2027-01-01]

Lists them, oldest first, then those that are due within a month; exit 1 if a rule is overdue. Meant for a schedule: this command
and scripts.sources are the only ones that read the clock, so tests and builds give the same on every day.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from scripts.progress import complain, say
from scripts.rulebook import RuleErrors, build_rulebook

RULES = Path(__file__).resolve().parents[1] / "rules"
CHINA = timezone(timedelta(hours=8))
SOON = timedelta(days=30)


@dataclass(frozen=True, order=True)
class Due:
    """A rule and the last day on which it counts as looked at."""

    review_by: date
    rule: str
    title: str


def china_today() -> date:
    """Today's date where the rules hold."""
    return datetime.now(UTC).astimezone(CHINA).date()


def due(rulebook: Mapping[str, Any]) -> list[Due]:
    """Every rule by its day of review, the oldest first."""
    return sorted(Due(date.fromisoformat(rule["review_by"]), rule["id"], rule["title"]) for rule in rulebook["rules"])


def overdue(rules: Sequence[Due], today: date) -> list[Due]:
    """Those whose day has passed; on the day itself a rule is still good, as in the calculator's warning."""
    return [one for one in rules if one.review_by < today]


def soon(rules: Sequence[Due], today: date) -> list[Due]:
    """Those whose day comes within a month."""
    return [one for one in rules if today <= one.review_by <= today + SOON]


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m scripts.fresh", description="列出过了复查日的规则。")
    parser.add_argument("--on", default=None, metavar="日期", help="当作这一天来看，写成 2027-01-01（默认是今天）")
    asked = parser.parse_args(arguments).on
    try:
        today = china_today() if asked is None else date.fromisoformat(asked)
    except ValueError:
        complain(f"--on 写了“{asked}”，日历上没有这一天；应当写成 2027-01-01 这样。")
        return 2
    try:
        rules = due(build_rulebook(RULES))
    except RuleErrors as errors:
        complain(f"{errors}\n规则文件有 {len(errors.errors)} 处错误。")
        return 1
    late, next_ones = overdue(rules, today), soon(rules, today)
    for heading, found in (("过了复查日", late), ("三十天内要复查", next_ones)):
        if found:
            say(f"{heading}的规则，{len(found)} 条：")
            for one in found:
                say(f"  {one.review_by}  {one.rule}  {one.title}")
    if late:
        complain(
            f"{today}：{len(late)} 条规则过了复查日。请再核对一次出处，改 sources 的 seen 和 review_by；"
            "规定变了的，同时改 values，并在 history 里写原来怎么说、为什么改。"
        )
        return 1
    say(f"{today}：{len(rules)} 条规则都没有过复查日。")
    return 0


if __name__ == "__main__":
    sys.exit(main())
