"""A rule file and a document's record to fill in: everything that can be known beforehand stands there, the rest is a blank.

A blank is a key without a value; its line says what belongs there and carries the mark 【填】, and the check names it as long
as it is empty. What may be left out stands as a comment, with an example.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from pathlib import Path

from scripts.curate.folders import Wanted
from scripts.rulebook.forms import DOCUMENT
from scripts.rulebook.kinds import Maybe
from scripts.rulebook.scalars import Choice
from scripts.rulebook.topics import TOPICS, Topic
from scripts.rulebook.vocabulary import CONFIDENCES, GRADES, RESUMES, SCHEMES, SITUATIONS

MARK = "【填】"
COLUMN = 34
"""Where the remarks begin."""

FIRST = {"contribution": {"flexible": "rate", "employee": "rate"}, "window": {"resident": "end"}}
"""Of the keys of a topic none of which every rule must have: the one to begin with, where it is not the first."""

EXPECTED = {
    "restoration": ("waiting", "benefits_resume_on"),
    "suspension": ("benefits_stop_on",),
    "waiting": ("waiting", "benefits_resume_on"),
    "effect": ("payment_effect",),
    "window": ("benefits_resume_on",),
    "exemption": ("waiting",),
    "newborn": ("benefits_resume_on",),
    "contribution": ("cost.principal",),
    "late_fee": ("cost.late_fee",),
    "account": ("account.usable",),
}
"""Topics of which answers are computed, and the answers that a case beside such a rule is likely to be about."""

REMARKS = {
    "waiting": "等多久，例如 6 months",
    "benefits_resume_on": "哪天恢复，例如 2026-12-01",
    "benefits_stop_on": "哪天起停，例如 2026-12-01",
    "payment_effect": "缴费后到恢复前怎么报：none 不打折、zero 不报销、ratio 打折",
    "cost.principal": '要缴多少元，加引号，例如 "400.00"',
    "cost.late_fee": '滞纳金多少元，加引号，例如 "2.50"',
    "account.usable": "余额能不能用：true 或 false",
}


def rule_text(rule: Wanted, data_date: date, document: str = "") -> str:
    """The file of a new rule. document: the id of its source, where it is known already."""
    topic = TOPICS[rule.topic]
    situation = "scheme_switch" if rule.topic == "restoration" and rule.schemes == ("resident",) else "same_place"
    lines = [
        f"# {rule.place.name}：{'、'.join(SCHEMES[scheme] for scheme in rule.schemes)}，{topic.title}。",
        f"# 标着{MARK}的都要写。文件没有说的不要猜，把那一行删掉。井号后面是说明，留着、删掉都行。",
        f"id: {rule.id}",
        blank("title: ", f"一句话标题，例如 {_short(rule)}：……"),
        f'place: "{rule.place.code}"',
        f"schemes: [{', '.join(rule.schemes)}]",
        remarked(f"situations: [{situation}]", "什么情形，可以写几种，中间用逗号隔开："),
        *_choices("", SITUATIONS),
        f"topic: {rule.topic}",
        *_values(topic, rule, data_date),
        *_sources(document),
        remarked("notes: []", "用到这条规则时要提醒读者的话，写成 [一句话, 又一句话]"),
        remarked(f"review_by: {_later(data_date)}", "最晚哪天再核对一次"),
        *_cases(rule),
    ]
    return "\n".join(lines) + "\n"


def document_text(identifier: str) -> str:
    """The file of a new document's record."""
    lines = [
        f"# 文件的记录。标着{MARK}的都要写，别的不知道就留着 null。",
        "# 没有打开过官方网页的，verified_by 到 sha256 都留着 null。",
    ]
    for item in DOCUMENT.fields:
        about = item.meaning + (f"，例如 {item.example}" if item.example else "")
        if item.key == "id":
            lines.append(f"- id: {identifier}")
        elif item.required and not isinstance(item.kind, Maybe):
            lines.append(blank(f"  {item.key}: ", about))
            lines.extend(_choices("  ", item.kind.options) if isinstance(item.kind, Choice) else [])
        elif item.has_default:
            lines.append(remarked(f"  {item.key}: {'[]' if item.default == [] else 'null'}", about))
        else:
            lines.append(remarked(f"  # {item.key}: {item.example}", about))
    return "\n".join(lines) + "\n"


def blanks(path: Path) -> list[tuple[int, str]]:
    """(line, what belongs there) of every blank of a file that is still open."""
    found = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        before, mark, remark = line.partition(f"# {MARK}")
        if mark and before.rstrip().endswith(":"):
            found.append((number, f"{before.strip().removeprefix('- ').rstrip(': ')}：{remark}"))
    return found


def remarked(text: str, remark: str) -> str:
    """A line with a remark at its end."""
    return f"{text.rstrip():<{COLUMN}}# {remark}"


def blank(text: str, remark: str) -> str:
    """A line to fill in."""
    return remarked(text, f"{MARK}{remark}")


def _values(topic: Topic, rule: Wanted, data_date: date) -> Iterator[str]:
    yield "values:"
    if topic.by_year:
        yield remarked(f'  "{data_date.year + 1}-01-01":', "从哪个参保年度起；以后变了，另写一个日期，旧的不删")
    else:
        yield remarked("  undated:", '知道从哪天起的，换成那一天，例如 "2024-07-01"；以后变了另写一个日期，旧的不删')
    yield from _tiers() if topic.id == "restoration" else _fields(topic, rule)


def _tiers() -> list[str]:
    wait = "待遇等待期，例如 0 months、6 months；文件只给上限的写 {at_most: 6 months}"
    resume = "哪天恢复，写下面的一种；文件没说就删掉这一行"
    return [
        remarked("    tiers:", "从上往下，第一个符合的档算数"),
        "      - when:",
        "          lapse:",
        blank("            max: ", "断缴几个月以内（含）用这一档，例如 3"),
        blank("          back_paid: ", "补缴了才用这一档写 true，不补才用写 false；补不补都一样就删掉这一行"),
        blank("        wait: ", wait),
        blank("        resume: ", resume),
        *_choices("        ", RESUMES),
        remarked("        # retroactive: true", "中断期间看病的钱事后报不报；文件没说就不写"),
        blank("      - wait: ", f"其余情况的{wait}"),
        blank("        resume: ", "哪天恢复，写法同上；文件没说就删掉这一行"),
        remarked("        # effect: zero", '缴费后到恢复前：zero 不报，{ratio: "0.50"} 报平时的一半；文件没说就不写'),
    ]


def _fields(topic: Topic, rule: Wanted) -> Iterator[str]:
    active = _active(topic, rule.schemes[0])
    for item in sorted(topic.fields, key=lambda item: item.key not in active):
        about = item.meaning + (f"，例如 {item.example}" if item.example else "")
        if item.key in active:
            yield blank(f"    {item.key}: ", about)
            yield from _choices("    ", item.kind.options) if isinstance(item.kind, Choice) else ()
        else:
            yield remarked(f"    # {item.key}: {item.example}", f"{item.meaning}；文件没说就不写")


def _active(topic: Topic, scheme: str) -> Collection[str]:
    """The keys that stand in the file as blanks; the others stand as comments."""
    if topic.informs:
        return ["says"]
    required = [item.key for item in topic.fields if item.required]
    return required or [FIRST.get(topic.id, {}).get(scheme, topic.fields[0].key)]


def _sources(document: str) -> Iterator[str]:
    yield "sources:"
    if document:
        yield remarked(f"  - document: {document}", "文件编号")
    else:
        yield blank("  - document: ", "文件编号，先在 rules/documents/ 里登记")
    yield remarked("    clause: null", "第几条，例如 第十二条；没看到就写 null，页面会标“待核实”")
    yield blank("    grade: ", "证据等级，写下面的一种")
    yield from _choices("    ", GRADES)
    yield blank("    confidence: ", "把握，写下面的一种；low 的只列出来，不拿来算")
    yield from _choices("    ", CONFIDENCES)
    yield blank("    seen: ", "哪天看到的，例如 2026-11-21；不晚于 rules/rulebook.yaml 的 data_date")


def _cases(rule: Wanted) -> Iterator[str]:
    if rule.topic not in EXPECTED:
        yield remarked("cases: []", "这类规则只给读者看，不用写例子")
        return
    yield remarked("cases:", "例子会被真的算一遍；多写几个，边界上的更要写")
    yield blank("  - name: ", "一句话说清楚这个例子")
    yield "    case:"
    yield blank("      as_of: ", "哪天问，例如 2026-11-21")
    yield from (blank(f"      {key}: ", about) for key, about in _asked(rule))
    yield "    expect:"
    yield from (blank(f"      {key}: ", REMARKS[key]) for key in EXPECTED[rule.topic])


def _asked(rule: Wanted) -> list[tuple[str, str]]:
    """The keys of a Case that such a rule looks at, each with what belongs there."""
    paid = ("paid_on", "哪天缴费，例如 2026-11-10")
    stopped = ("last_paid_month", "最后缴到哪个月，例如 2026-07")
    if rule.schemes[0] != "resident":
        return [stopped, paid, ("back_paid", "补不补中断的月份：true 或 false")]
    year = ("coverage_year", "缴的是哪一年的，例如 2027")
    if rule.topic == "restoration":
        return [("situation", "scheme_switch"), ("previous_scheme", "原来参加的：employee 或 flexible"), stopped, year, paid]
    return [year, ("last_covered_year", "断保前最后参保的那一年，例如 2024"), paid]


def _choices(indent: str, words: Mapping[str, str]) -> Iterator[str]:
    """Comment lines: each word that may be written, and what it means."""
    for word, meaning in words.items():
        yield f"{indent}#   {word:<32}{meaning}"


def _short(rule: Wanted) -> str:
    return rule.place.name.removesuffix("市").removesuffix("省")


def _later(day: date) -> date:
    """Half a year on, on the last day that the month surely has."""
    month = day.month + 6
    return date(day.year + (month > 12), (month - 1) % 12 + 1, min(day.day, 28))
