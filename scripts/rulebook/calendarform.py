"""The form of rules/calendar.yaml: the days of each year on which offices are shut or open against the week's rule."""

from __future__ import annotations

from scripts.rulebook.kinds import Keys, ListOf, MapOf, required
from scripts.rulebook.scalars import Text
from scripts.rulebook.vocabulary import SLUG

MONTH_DAYS = ListOf(Text(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", '月-日,写成 "10-01"'))

YEAR = Keys(
    "一年",
    (
        required("off", MONTH_DAYS, "放假的平日", '["10-01"]'),
        required("work", MONTH_DAYS, "上班的双休日", '["10-10"]'),
    ),
)

CALENDAR = Keys(
    "放假安排",
    (
        required("library", SLUG, "取自哪个软件包", "chinesecalendar"),
        required("version", Text(r"\d+(\.\d+)+", "版本号,加引号"), "软件包的版本", '"1.11.0"'),
        required("years", MapOf(Text(r"(19|20|21)\d\d", "年份,加引号"), YEAR, 1), "每一年和双休日不同的日子"),
    ),
)
