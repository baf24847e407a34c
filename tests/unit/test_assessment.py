"""Every Assessment, whatever the question: its shape, its bounds, its sources."""

import json
from datetime import date, timedelta

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculator import Case, CaseError, Rulebook, answer, assess
from calculator.assessment import GROUPS
from calculator.fields import ACCOUNT_STATUS, PAYMENT_METHODS, SITUATIONS
from calculator.schema import assessment_schema, case_schema, rulebook_schema

DAYS = st.dates(date(2010, 1, 1), date(2029, 12, 31)).map(str)
MAYBE = st.sampled_from([None, True, False])
VISIT = st.fixed_dictionaries(
    {"date": DAYS, "kind": st.sampled_from(["inpatient", "outpatient", "pharmacy"]),
     "amount": st.integers(0, 10**7).map(lambda n: f"{n // 100}.{n % 100:02d}"),
     "normal_ratio": st.sampled_from([None, "0", "0.85", "1"])}
)


@st.composite
def cases(draw, places):
    scheme = draw(st.sampled_from(["employee", "flexible", "resident"]))
    case = {
        "scheme": scheme,
        "place": draw(st.sampled_from(places)),
        "as_of": draw(DAYS),
        "situation": draw(st.sampled_from(SITUATIONS)),
        "paid_on": draw(st.one_of(st.none(), DAYS)),
        "continuous_months": draw(st.sampled_from([None, 0, 23, 24, 60, 120])),
        "previous_scheme": draw(st.sampled_from([None, "employee", "flexible", "resident"])),
        "treatments": draw(st.lists(VISIT, max_size=2)),
        "account_status": draw(st.sampled_from([None, *ACCOUNT_STATUS])),
        "account_spent": draw(st.sampled_from([None, "0.00", "1500.00"])),
        "claim_on": draw(st.one_of(st.none(), DAYS)),
        "payment_method": draw(st.sampled_from([None, *PAYMENT_METHODS])),
    }
    if scheme == "resident":
        year = draw(st.integers(2020, 2029))
        case |= {
            "coverage_year": year,
            "years_repaid": draw(st.integers(0, 3)),
            "in_window": draw(MAYBE),
            "exempt_group": draw(st.sampled_from([None, "newborn", "medical_assistance", "left_employee", "released"])),
            "event_on": draw(st.one_of(st.none(), DAYS)),
            "born_on": draw(st.one_of(st.none(), DAYS)),
            "local_household": draw(MAYBE),
            "parent_insured_months": draw(st.sampled_from([None, 0, 60])),
            "signed_on": draw(st.one_of(st.none(), DAYS)),
            "reimbursed_this_year": draw(st.sampled_from([None, "0.00", "480.00"])),
        }
        if draw(st.booleans()):
            case["last_covered_year"] = draw(st.one_of(st.none(), st.integers(year - 31, year - 1)))
    else:
        case |= {
            "last_paid_month": draw(DAYS)[:7],
            "back_paid": draw(MAYBE),
            "in_waiting": draw(MAYBE),
            "missed_this_year": draw(st.sampled_from([None, 0, 3, 4, 12])),
            "earlier_lapses": draw(st.sampled_from([None, 0, 1])),
            "monthly_amount": draw(st.sampled_from([None, "500.00"])),
            "account_balance": draw(st.sampled_from([None, "0.00", "1200.00"])),
            "contribution_base": draw(st.sampled_from([None, "5000.00"])),
            "insured_months": draw(st.sampled_from([None, 0, 200, 400])),
            "retires_on": draw(st.one_of(st.none(), DAYS)),
            "transfer_on": draw(st.one_of(st.none(), DAYS)),
            "deferral_on": draw(st.one_of(st.none(), DAYS)),
        }
        if scheme == "employee":
            case["hired_on"] = draw(st.one_of(st.none(), DAYS))
    return case


def answers_of(assessment):
    for key in ("benefits_stop_on", "waiting", "benefits_resume_on", "retroactive", "payment_effect"):
        yield key, assessment[key]
    for group in GROUPS:
        yield from ((f"{group}.{key}", value) for key, value in assessment.get(group, {}).items())
    for visit in assessment["treatments"]:
        yield from ((key, value) for key, value in visit.items() if key != "date")


@pytest.fixture(scope="module")
def check(compiled):
    """An Assessment against its schema and against what holds for every answer."""
    shape = jsonschema.Draft202012Validator(assessment_schema())

    def _check(assessment):
        shape.validate(assessment)
        for key, found in answers_of(assessment):
            low, value, high = found["low"], found["value"], found["high"]
            if value is not None and not isinstance(value, dict):
                assert low <= value <= high if found["unit"] not in ("CNY", "ratio") else True, key
            if found["unit"] in ("CNY", "ratio"):
                bounds = [float(b) for b in (low, value, high) if b is not None]
                assert bounds == sorted(bounds) and all(b >= 0 for b in bounds), (key, found)
            if found["basis"] != "none":
                assert found["rules"], key
        for step in assessment["steps"]:
            assert step["rule"] and step["document"]

    return _check


def test_any_question_has_a_well_formed_answer(rulebook, compiled, check):
    places = sorted({rule["place"] for rule in compiled["rules"]} | {"130400", "XPCC", "650000"})
    case_shape = jsonschema.Draft202012Validator(case_schema())

    @given(cases(places))
    def every(given_case):
        try:
            case = Case.parse(given_case, rulebook)
        except CaseError as error:
            assert error.field and error.message
            return
        case_shape.validate(given_case)
        assessment = assess(case, rulebook).to_json()
        check(assessment)
        for visit in assessment["treatments"]:
            if visit["date"] == assessment["case"]["as_of"]:
                assert (assessment["use_now"]["fund"]["value"], visit["covered"]["value"]) != (True, False)
        text = json.dumps(given_case)
        assert answer(text, rulebook) == answer(text, rulebook)

    every()


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
                    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3)))
def test_rubbish_is_refused_not_crashed_on(rulebook, rubbish):
    with pytest.raises(CaseError):
        Case.parse(rubbish, rulebook)


def test_paying_later_never_restores_sooner_where_one_rule_holds(ask):
    for place in ("310000", "350000", "430000", "500000"):
        for scheme in ("employee", "flexible"):
            days = [str(date(2025, 11, 1) + timedelta(days=n)) for n in range(0, 200, 7)]
            resumes = [ask(scheme=scheme, place=place, last_paid_month="2025-10", paid_on=day, back_paid=True,
                           in_waiting=False, previous_scheme=scheme)["benefits_resume_on"]["low"] for day in days]
            known = [r for r in resumes if r is not None]
            assert known == sorted(known), (place, scheme)


def test_the_rulebook_matches_its_schema(compiled):
    jsonschema.Draft202012Validator(rulebook_schema()).validate(compiled)


def test_switching_an_unclear_rule_off_changes_no_headline(compiled, rulebook):
    """Texts that are unclear or of low confidence are shown, never computed from."""
    clear = {**compiled, "rules": [r for r in compiled["rules"] if r["sets_value"]]}
    without = Rulebook.load(clear)
    for place in sorted({r["place"] for r in compiled["rules"]}):
        for scheme, keys in (("employee", {"last_paid_month": "2025-10", "back_paid": True}),
                             ("flexible", {"last_paid_month": "2025-10", "back_paid": False, "in_waiting": False}),
                             ("resident", {"coverage_year": 2026, "last_covered_year": 2023, "in_window": False})):
            case = {"scheme": scheme, "place": place, "as_of": "2026-03-20", "paid_on": "2026-03-10", **keys}
            with_all = assess(Case.parse(case, rulebook), rulebook).to_json()
            with_clear = assess(Case.parse(case, without), without).to_json()
            assert with_all["headline"] == with_clear["headline"], (place, scheme)
