"""Wrong input is refused by the name of the key, in Chinese."""

import json

import jsonschema
import pytest

from calculator import Case, CaseError, answer
from calculator.fields import FIELDS
from calculator.schema import case_schema

EMPLOYEE = {"scheme": "employee", "place": "CN", "as_of": "2026-03-20", "last_paid_month": "2025-10"}
RESIDENT = {"scheme": "resident", "place": "CN", "as_of": "2026-03-20", "coverage_year": 2026}
VISIT = {"date": "2026-01-05", "kind": "inpatient", "amount": "1000.00"}

WRONG = [
    ({**EMPLOYEE, "wibble": 1}, "wibble"),
    ({**EMPLOYEE, "scheme": "farmer"}, "scheme"),
    ({**EMPLOYEE, "scheme": None}, "scheme"),
    ({**EMPLOYEE, "place": "999999"}, "place"),
    ({**EMPLOYEE, "place": "330"}, "place"),
    ({**EMPLOYEE, "place": 330100}, "place"),
    ({**EMPLOYEE, "place": "810000"}, "place"),
    ({**EMPLOYEE, "as_of": "2026-02-30"}, "as_of"),
    ({**EMPLOYEE, "as_of": 20260320}, "as_of"),
    ({"scheme": "employee", "place": "CN", "last_paid_month": "2025-10"}, "as_of"),
    ({"scheme": "employee", "place": "CN", "as_of": "2026-03-20"}, "last_paid_month"),
    ({**EMPLOYEE, "last_paid_month": "2025-13"}, "last_paid_month"),
    ({**EMPLOYEE, "paid_on": "2025-10-31"}, "paid_on"),
    ({**EMPLOYEE, "paid_on": "2025-09-01"}, "paid_on"),
    ({**EMPLOYEE, "back_paid": "yes"}, "back_paid"),
    ({**EMPLOYEE, "back_paid": 1}, "back_paid"),
    ({**EMPLOYEE, "continuous_months": -1}, "continuous_months"),
    ({**EMPLOYEE, "continuous_months": True}, "continuous_months"),
    ({**EMPLOYEE, "continuous_months": 3.5}, "continuous_months"),
    ({**EMPLOYEE, "monthly_amount": "-5"}, "monthly_amount"),
    ({**EMPLOYEE, "monthly_amount": "NaN"}, "monthly_amount"),
    ({**EMPLOYEE, "monthly_amount": "Infinity"}, "monthly_amount"),
    ({**EMPLOYEE, "monthly_amount": 500}, "monthly_amount"),
    ({**EMPLOYEE, "monthly_amount": "1.005"}, "monthly_amount"),
    ({**EMPLOYEE, "coverage_year": 2026}, "coverage_year"),
    ({**EMPLOYEE, "years_repaid": 1}, "years_repaid"),
    ({**EMPLOYEE, "exempt_group": "newborn"}, "exempt_group"),
    ({**EMPLOYEE, "unemployment_months": 9}, "unemployment_months"),
    ({**EMPLOYEE, "missed": {}}, "missed"),
    ({**EMPLOYEE, "missed": ["2025-11"]}, "missed.0"),
    ({**EMPLOYEE, "missed": [{"month": "2025-11"}]}, "missed.0.amount"),
    ({**EMPLOYEE, "missed": [{"month": "2025-11", "amount": "1", "note": ""}]}, "missed.0.note"),
    ({**EMPLOYEE, "missed": [{"month": "2025-11", "amount": "1"}] * 2}, "missed.1.month"),
    ({**EMPLOYEE, "treatments": [VISIT, {**VISIT, "kind": "spa"}]}, "treatments.1.kind"),
    ({**EMPLOYEE, "treatments": [{**VISIT, "amount": "-1"}]}, "treatments.0.amount"),
    ({**EMPLOYEE, "treatments": [{**VISIT, "normal_ratio": "1.5"}]}, "treatments.0.normal_ratio"),
    ({**EMPLOYEE, "treatments": [{**VISIT, "date": "2026-02-30"}]}, "treatments.0.date"),
    ({**EMPLOYEE, "scheme": "flexible", "situation": "employer_arrears"}, "situation"),
    ({**EMPLOYEE, "scheme": "flexible", "order_deadline": "2026-01-01"}, "order_deadline"),
    ({"scheme": "resident", "place": "CN", "as_of": "2026-03-20"}, "coverage_year"),
    ({**RESIDENT, "coverage_year": "2026"}, "coverage_year"),
    ({**RESIDENT, "last_covered_year": 2026}, "last_covered_year"),
    ({**RESIDENT, "last_covered_year": 2027}, "last_covered_year"),
    ({**RESIDENT, "last_covered_year": 2023, "years_repaid": 3}, "years_repaid"),
    ({**RESIDENT, "last_covered_year": 2025, "years_repaid": 1}, "years_repaid"),
    ({**RESIDENT, "last_covered_year": None, "years_repaid": 1}, "years_repaid"),
    ({**RESIDENT, "back_paid": True}, "back_paid"),
    ({**RESIDENT, "account_balance": "1.00"}, "account_balance"),
    ({**RESIDENT, "exempt_group": "wizard"}, "exempt_group"),
    ({**RESIDENT, "situation": "employer_arrears"}, "situation"),
    ({**RESIDENT, "born_on": "2026-01-02", "registered_on": "2026-01-01"}, "registered_on"),
    ([], ""),
    ("case", ""),
    (None, ""),
]


@pytest.mark.parametrize(("given", "field"), WRONG, ids=lambda v: v if isinstance(v, str) else None)
def test_wrong_input_names_the_key(given, field, rulebook):
    with pytest.raises(CaseError) as caught:
        Case.parse(given, rulebook)
    assert caught.value.field == field
    assert any("\u4e00" <= letter <= "\u9fff" for letter in caught.value.message)


def test_a_null_key_is_a_key_left_out(rulebook):
    given = {**EMPLOYEE, **{f.name: None for f in FIELDS if f.name not in EMPLOYEE}}
    assert Case.parse(given, rulebook) == Case.parse({**EMPLOYEE, "last_covered_year": None}, rulebook)


def test_never_insured_differs_from_not_known(rulebook):
    assert Case.parse({**RESIDENT, "last_covered_year": None}, rulebook).never_insured
    assert not Case.parse(RESIDENT, rulebook).never_insured


def test_the_case_as_understood_asks_the_same_question(rulebook):
    given = {**EMPLOYEE, "missed": [{"month": "2025-11", "amount": "1.00"}], "treatments": [VISIT], "back_paid": False}
    once = Case.parse(given, rulebook)
    assert once.to_json()["situation"] == "same_place"
    assert Case.parse(once.to_json(), rulebook) == once
    never = Case.parse({**RESIDENT, "last_covered_year": None}, rulebook)
    assert Case.parse(never.to_json(), rulebook) == never


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("{", ""),
        ("", ""),
        ("[" * 100_000, ""),
        ('{"scheme": "resident", "scheme": "employee"}', "scheme"),
        ('{"coverage_year": NaN}', "coverage_year"),
        ('{"monthly_amount": Infinity}', "monthly_amount"),
        ('{"coverage_year": ' + "9" * 5000 + "}", ""),
    ],
)
def test_broken_json_is_refused_without_a_traceback(text, field, rulebook):
    with pytest.raises(CaseError) as caught:
        answer(text, rulebook)
    assert caught.value.field == field
    assert json.dumps(caught.value.to_json())


def test_null_stands_for_not_known_in_the_schema_too(rulebook):
    shape = jsonschema.Draft202012Validator(case_schema())
    month = {"scheme": "employee", "place": "CN", "as_of": "2026-03-20", "last_paid_month": "2025-10", "coverage_year": None}
    Case.parse(month, rulebook)
    shape.validate(month)
    resident = {"scheme": "resident", "place": "CN", "as_of": "2026-03-20", "coverage_year": None}
    with pytest.raises(CaseError, match="coverage_year"):
        Case.parse(resident, rulebook)
    assert not shape.is_valid(resident)
