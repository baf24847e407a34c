"""Regenerate rules/calendar.yaml from the package chinesecalendar: every winter, when next year's holidays are announced.

    python -m scripts.holidays

The State Council announces the holidays of a year, and the weekends worked in exchange, in the autumn before it. The
package keeps them as dates. The generated file is committed, so that a change of it is seen; a test holds it against
the package.
"""

from __future__ import annotations

from datetime import date, timedelta
from importlib.metadata import version
from pathlib import Path

import chinese_calendar
from chinese_calendar.constants import holidays

TARGET = Path(__file__).resolve().parents[1] / "rules" / "calendar.yaml"
LIBRARY = "chinesecalendar"
HEADER = """\
# 法定节假日和调休上班日：哪些平日放假，哪些双休日上班。算“几个工作日内办结”要用。
# 由 python -m scripts.holidays 写出，不要手改。没有列出的年份，就是还没有数据。
"""


def main() -> None:
    """Write the file."""
    TARGET.write_text(rendered(), encoding="utf-8")
    print(f"rules/calendar.yaml:{len(_years())} 年")


def rendered() -> str:
    """The file's text by the installed package."""
    lines = [HEADER, f'library: {LIBRARY}\nversion: "{version(LIBRARY)}"\nyears:\n']
    for year in _years():
        off, work = _exceptions(year)
        lines.append(f'  "{year}": {{off: [{_listed(off)}], work: [{_listed(work)}]}}\n')
    return "".join(lines)


def _years() -> list[int]:
    return sorted({day.year for day in holidays})


def _exceptions(year: int) -> tuple[list[date], list[date]]:
    """(weekdays off, weekend days worked) of a year."""
    days = [date(year, 1, 1) + timedelta(days=n) for n in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)]
    weekdays = [day for day in days if day.weekday() < 5]
    weekend = [day for day in days if day.weekday() >= 5]
    off = [day for day in weekdays if not chinese_calendar.is_workday(day)]
    return off, [day for day in weekend if chinese_calendar.is_workday(day)]


def _listed(days: list[date]) -> str:
    return ", ".join(f'"{day:%m-%d}"' for day in days)


if __name__ == "__main__":
    main()
