"""Everything the calculator can say, over all cases beside rules and a spread of questions, is plain (scripts/plain.py)."""

import json
import re

import pytest

from calculator import Case
from calculator.show import asked_for, summary
from calculator.show.story import story_of
from calculator.text import whole
from scripts.plain import faults
from tests import prepared
from tests.unit.conftest import ROOT

NOT_SAID = {"case", "document", "rule", "rules", "rulebook", "claims", "clause"}
"""Keys that hold no sentence of the calculator: what was asked, names of documents, what articles say."""
NAMES = {"name", "title", "verify_with"}
"""Keys of names of offices, places and options: no sentences."""
EXCEPTIONS = {
    "这是2026年度的截止日。逾期缴费到账后": "通知的原话",
    "平顶山：逾期3个月的按首次参保": "2004年办法的原话，也是规则的名字",
    "集中期以后（3月1日起）一般群众要缴1100元": "“从缴费之日起满90日（不含90日）”是原话，改了就不知道头一天算不算",
}
"""Beginnings of texts that may stay as they are, each with the reason."""
TERMS = (
    "等待期", "统筹基金", "个人账户", "补报", "滞纳金", "修复", "集中参保期", "缓缴", "家庭共济", "视同连续", "手工报销",
    "经办机构", "转移接续", "大病保险", "责令", "本金",
)  # fmt: skip
"""Words that a reader may not know; the page under the calculator explains those that occur."""


def texts(value, key=""):
    """Every (key, text) that a reader may see."""
    if isinstance(value, dict):
        for name, item in value.items():
            if name not in NOT_SAID:
                yield from texts(item, name)
    elif isinstance(value, list):
        for item in value:
            yield from texts(item, key)
    elif isinstance(value, str) and re.search("[一-鿿]", value):
        yield key, value


def spread(places):
    """Ordinary questions for every place with rules: short and long lapses, paid back and not, known and unknown."""
    for place in places:
        for scheme in ("employee", "flexible"):
            asked = {"scheme": scheme, "place": place, "as_of": "2026-11-21"}
            for month, more in (("2026-08", {"back_paid": True, "paid_on": "2026-11-10"}), ("2025-10", {"back_paid": False}),
                                ("2025-12", {"situation": "transfer", "monthly_amount": "500.00"})):
                yield {**asked, "last_paid_month": month, **more}
        home = {"scheme": "resident", "place": place, "as_of": "2026-11-21"}
        for more in ({"last_covered_year": 2023}, {"last_covered_year": None, "in_window": False}, {"years_repaid": 0}):
            yield {**home, "coverage_year": 2027, **more}
        yield {**home, "coverage_year": 2026, "last_covered_year": 2022, "paid_on": "2026-03-12", "exempt_group": "student"}


@pytest.fixture(scope="module")
def said(rulebook):
    """Every text by the key it first stood under."""
    found = {}
    places = sorted({rule.place for rule in rulebook.rules} | {"130400"})
    for asked in [*prepared.asked(), *spread(places)]:
        assessment = whole(Case.parse(asked, rulebook), rulebook)
        shown = {"story": list(story_of(assessment).sentences()), "summary": summary(assessment).split("\n")[2:]}
        for key, text in (*texts(assessment), *texts({**shown, "asked": asked_for(assessment)})):
            found.setdefault(text, key)
    return found


@pytest.fixture(scope="module")
def quoted():
    """All that stands in rule files, as one text."""
    return json.dumps(prepared.rulebook(), ensure_ascii=False)


def test_everything_said_is_plain(said, quoted):
    bad = []
    for text, key in said.items():
        if key in NAMES or text.startswith(tuple(EXCEPTIONS)):
            continue
        bad += [f"{key}: {text}\n    {fault}" for fault in faults(text, quoted=_is_quoted(text, quoted))]
    assert len(said) > 2000
    assert bad == [], f"{len(bad)}:\n" + "\n".join(bad[:40])


def _is_quoted(text, quoted):
    """A rule file's own words, as they are or inside a sentence of ours."""
    pieces = [piece for piece in re.split("[。！？；]", text) if len(piece) > 12]
    return bool(pieces) and all(json.dumps(piece, ensure_ascii=False)[1:-1] in quoted for piece in pieces if len(piece) > 40)


def test_every_exception_is_still_needed(said):
    for beginning in EXCEPTIONS:
        assert any(text.startswith(beginning) for text in said), beginning


def test_every_hard_word_that_occurs_is_explained_under_the_calculator(said):
    page = (ROOT / "docs" / "pages" / "calculator.md").read_text("utf-8")
    assert "{% for one in glossary %}" in page
    explained = set(re.findall(r"^- \{.*? term: ([^,]+),", (ROOT / "docs" / "glossary.yml").read_text("utf-8"), re.MULTILINE))
    occurring = {term for term in TERMS if any(term in text for text in said)}
    assert occurring - explained == set()


@pytest.mark.parametrize(("text", "fault"), [
    ("参保人员及时足额缴费的，方可享受待遇。", "公文话"),
    ("从欠缴之日起计算。", "公文话"),
    ("待遇被停了。", "被动句"),
    ("不能不补。", "双重否定"),
    ("断缴4个月(补缴)。", "半角标点"),
    ("请问 12393 。", "多余的空格"),
    ("等" * 41 + "。", "拆成两句"),
])
def test_what_is_not_plain_is_found(text, fault):
    assert any(fault in found for found in faults(text))


def test_what_is_plain_is_left_alone():
    assert list(faults("缴费当天起能报销；超过3个月的，等6个月。请问 12393 或参保地医保经办机构。")) == []
