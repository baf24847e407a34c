"""What a missed month costs where the person does not say it: by the rule of that month, for whoever pays alone."""

from __future__ import annotations

from typing import Any

import pytest

from calculator import Case, Rulebook, advise, answers, assess, words
from tests.unit.small import EMPLOYEE, RESIDENT, ask, book, rule

Json = dict[str, Any]
ALONE = {**EMPLOYEE, "scheme": "flexible", "as_of": "2026-03-20", "last_paid_month": "2025-11", "back_paid": True}
"""December, January and February are missed."""
MONTHLY, RATE = {"monthly": "584.92"}, {"rate": "0.095"}


def price(value: Any, place: str = "330100", scheme: str = "flexible", **more: Any) -> Json:
    return rule(place, scheme, "contribution", value, **more)


def bounds(answer: Json) -> tuple[Any, Any, Any]:
    return answer["value"], answer["low"], answer["high"]


def owed(case: Json, *rules: Json) -> Json:
    found: Json = ask(case, *rules)["cost"]["principal"]
    return found


def months(case: Json, *rules: Json) -> list[tuple[str, str]]:
    return [(month["month"], month["amount"]) for month in ask(case, *rules)["arrears"]]


def test_a_month_costs_what_the_rule_says_and_the_office_decides() -> None:
    made = ask(ALONE, price(MONTHLY))
    total, principal = made["cost"]["total"], made["cost"]["principal"]
    assert bounds(principal) == ("1754.76", "1754.76", "1754.76")
    assert (principal["rules"], principal["basis"]) == (["330100.flexible.contribution"], "city")
    assert principal["note"] == words.WORKED_OUT == "按当地的每月金额或费率算的，以经办机构的账单为准。"
    assert months(ALONE, price(MONTHLY)) == [("2025-12", "584.92"), ("2026-01", "584.92"), ("2026-02", "584.92")]
    assert {(month["payer"], month["due_on"], month["late_fee"]) for month in made["arrears"]} == {("person", None, None)}
    (step,) = [step for step in made["steps"] if step["rule"] == "330100.flexible.contribution"]
    assert (step["sentence"], step["document"]) == ("灵活就业每月缴584.92元。", "文件")
    assert bounds(total) == (None, None, None) and "330100.flexible.contribution" in total["rules"]


def test_the_sum_says_too_that_it_is_worked_out() -> None:
    free = rule("CN", "flexible", "late_fee", {"daily_rate": None})
    total = ask(ALONE, price(MONTHLY, place="CN"), free)["cost"]["total"]
    assert (total["value"], total["note"][: len(words.WORKED_OUT)]) == ("1754.76", words.WORKED_OUT)
    assert words.WORKED_OUT not in (ask({**ALONE, "monthly_amount": "500.00"}, free)["cost"]["total"]["note"] or "")


def test_a_rate_is_of_the_base_and_each_month_is_rounded_half_up() -> None:
    case = {**ALONE, "contribution_base": "8000.10"}  # 9.5 % of it is 760.0095
    assert owed(case, price(RATE))["value"] == "2280.03"
    assert months(case, price(RATE))[0] == ("2025-12", "760.01")
    steps = [step["sentence"] for step in ask(case, price(RATE))["steps"] if step["rule"].endswith("contribution")]
    assert steps == ["灵活就业每月缴基数的9.5%：8000.10元×9.5%＝760.01元。"]


def test_a_rate_without_a_base_asks_for_it() -> None:
    made = ask(ALONE, price(RATE))
    assert (made["cost"]["principal"]["note"], made["arrears"]) == ("没填缴费基数，也没填每月应缴多少钱。", [])
    assert bounds(made["cost"]["principal"]) == (None, None, None)
    assert not [step for step in made["steps"] if step["rule"].endswith("contribution")]
    assert owed(ALONE)["note"] == "没填每月应缴多少钱。"


def test_a_stated_month_goes_before_a_rate() -> None:
    case = {**ALONE, "contribution_base": "8000.00"}
    assert months(case, price({**MONTHLY, **RATE}))[0] == ("2025-12", "584.92")


def test_what_the_person_says_goes_before_any_rule() -> None:
    said = owed({**ALONE, "monthly_amount": "600.00", "contribution_base": "8000.00"}, price(RATE))
    assert (said["value"], said["rules"], said["note"]) == ("1800.00", [], None)
    listed = [{"month": "2026-01", "amount": "100.00"}]
    assert months({**ALONE, "missed": listed}, price(MONTHLY)) == [
        ("2025-12", "584.92"), ("2026-01", "100.00"), ("2026-02", "584.92"),
    ]  # fmt: skip
    assert owed({**ALONE, "missed": listed}, price(MONTHLY))["value"] == "1269.84"
    all_listed = [{"month": month, "amount": "100.00"} for month in ("2025-12", "2026-01", "2026-02")]
    said = owed({**ALONE, "missed": all_listed}, price(MONTHLY))
    assert (said["value"], said["rules"], said["note"]) == ("300.00", [], None)


def test_listed_months_are_the_least_where_a_base_is_missing_for_the_others() -> None:
    said = owed({**ALONE, "missed": [{"month": "2026-01", "amount": "100.00"}]}, price(RATE))
    assert (*bounds(said), said["note"]) == (None, "100.00", None, words.NOT_LISTED_ALL)


def test_each_month_is_priced_by_the_rule_of_its_first_day() -> None:
    dated = price([["2025-01-01", {"rate": "0.065"}], ["2026-01-01", {"rate": "0.08"}], ["2026-02-02", {"rate": "0.5"}]])
    case = {**ALONE, "contribution_base": "6000.00"}
    assert months(case, dated) == [("2025-12", "390.00"), ("2026-01", "480.00"), ("2026-02", "480.00")]
    sentences = [step["sentence"] for step in ask(case, dated)["steps"]]
    assert sentences == [
        "灵活就业每月缴基数的6.5%：6000.00元×6.5%＝390.00元。",
        "灵活就业每月缴基数的8%：6000.00元×8%＝480.00元。",
    ]


@pytest.mark.parametrize(("since", "known"), [
    ("2025-12-01", ("1754.76", "1754.76", "1754.76")), ("2025-12-02", (None, "1169.84", None)),
    ("2026-02-01", (None, "584.92", None)), ("2026-02-02", (None, None, None)),
])  # fmt: skip
def test_months_before_the_rules_first_day_are_not_known(since: str, known: tuple[Any, Any, Any]) -> None:
    said = owed(ALONE, price([[since, MONTHLY]]))
    assert bounds(said) == known
    if known[0] is None and known[1] is not None:
        assert said["note"] == words.WORKED_OUT + "有的月份没查到每月缴多少，还要另加。"


def test_months_after_the_rules_last_day_are_not_known() -> None:
    said = owed(ALONE, price([["2025-01-01", MONTHLY], ["2026-01-01", None]]))
    assert bounds(said) == (None, "584.92", None)


@pytest.mark.parametrize(("value", "sentence"), [
    (MONTHLY, "灵活就业每月至少缴584.92元。"), ({"rate": "0.07"}, "灵活就业每月至少缴基数的7%：8356.00元×7%＝584.92元。"),
])  # fmt: skip
def test_a_least_price_is_a_lower_bound_and_no_month_is_listed_at_it(value: Json, sentence: str) -> None:
    made = ask({**ALONE, "contribution_base": "8356.00"}, price({**value, "at_least": True}))
    assert bounds(made["cost"]["principal"]) == (None, "1754.76", None) and made["arrears"] == []
    assert made["cost"]["principal"]["note"] == words.WORKED_OUT + words.PRICE_MAY_BE_HIGHER
    assert [step["sentence"] for step in made["steps"]] == [sentence]


def test_some_least_prices_and_some_none_lack_months() -> None:
    said = owed(ALONE, price([["2026-01-01", {**MONTHLY, "at_least": True}]]))
    assert (*bounds(said), said["note"]) == (None, "1169.84", None, words.WORKED_OUT + words.NOT_PRICED_ALL)


def test_whoever_may_skip_the_gap_pays_from_nothing_up_to_the_rules_price() -> None:
    open_ = owed({**ALONE, "back_paid": None}, price(MONTHLY))
    assert bounds(open_) == (None, "0.00", "1754.76")
    assert (open_["note"], open_["rules"]) == (words.MAY_SKIP + words.WORKED_OUT, ["330100.flexible.contribution"])
    skipped = owed({**ALONE, "back_paid": False}, price(MONTHLY))
    assert (skipped["value"], skipped["rules"], skipped["note"]) == ("0.00", [], words.MAY_SKIP)


def test_the_nearest_rule_prices_the_month_and_that_of_another_scheme_never() -> None:
    near, far = price({"monthly": "300.00"}), price({"monthly": "500.00"}, place="330000")
    assert months(ALONE, far, near)[0] == ("2025-12", "300.00")
    said = owed(ALONE, far)
    assert (said["value"], said["basis"]) == ("1500.00", "province")
    assert owed(ALONE, price({"monthly": "300.00"}, scheme="employee"))["value"] is None
    assert owed(ALONE, price({"individual": "400.00"}), far)["value"] is None


def test_a_price_holds_whatever_the_situation() -> None:
    only = price(MONTHLY, situations=["same_place"])
    assert owed({**ALONE, "situation": "transfer"}, only)["value"] == "1754.76"


@pytest.mark.parametrize("value", [MONTHLY, RATE])
def test_an_employees_month_is_never_priced_as_no_rule_says_whose_share_it_is(value: Json) -> None:
    made = ask({**EMPLOYEE, "contribution_base": "8000.00"}, price(value, scheme="employee"))
    assert (made["cost"]["principal"]["note"], made["arrears"]) == (words.NO_AMOUNT, [])
    assert made["cost"]["principal"]["value"] is None


def test_who_missed_no_month_owes_nothing_at_any_price() -> None:
    said = owed({**ALONE, "last_paid_month": "2026-02"}, price(MONTHLY))
    assert (said["value"], said["rules"], said["note"]) == ("0.00", [], words.NO_LAPSE)


def test_an_unsure_rule_is_told_beside_and_prices_no_month() -> None:
    unsure = price(MONTHLY, sets_value=False, standing="unclear")
    said = owed(ALONE, unsure)
    assert bounds(said) == (None, None, None)
    assert [(other["value"], other["standing"]) for other in said["alternatives"]] == [("1754.76", "unclear")]
    assert months(ALONE, unsure) == []


def test_the_notes_of_a_price_are_told_with_it_alone() -> None:
    noted = price(RATE, notes=["基数每年会变。"])
    assert "基数每年会变。" in ask({**ALONE, "contribution_base": "8000.00"}, noted)["warnings"]
    assert "基数每年会变。" not in ask(ALONE, noted)["warnings"]


def test_a_residents_premium_has_its_notes_too() -> None:
    noted = rule("CN", "resident", "contribution", {"individual": "400.00"}, notes=["集中期里缴。"])
    assert "集中期里缴。" in ask(RESIDENT, noted)["warnings"]


def test_whoever_wants_the_answers_alone_or_the_ways_gets_the_same_sums() -> None:
    made = book(price([["2025-01-01", MONTHLY]]), rule("CN", "flexible", "late_fee", {"daily_rate": None}))
    case = Case.parse(ALONE, made)
    assert answers(case, made)["cost.principal"].range.value == assess(case, made).answers["cost.principal"].range.value
    paid = {row["id"]: row["cost"] for row in advise(case, made).to_json()["rows"]}
    assert (paid["today.back_paid"]["value"], paid["next_month.back_paid"]["value"]) == ("1754.76", "2339.68")
    assert paid["today.not_back_paid"]["value"] == "0.00"


def test_ways_say_that_months_are_not_listed_only_where_no_rule_prices_them() -> None:
    listed = {**ALONE, "missed": [{"month": "2026-01", "amount": "100.00"}]}
    for rules, told in (((), True), ((price(MONTHLY),), False)):
        made = book(*rules)
        rows = {row["id"]: row["notes"] for row in advise(Case.parse(listed, made), made).to_json()["rows"]}
        assert ("清单里没有列的月份，钱没有算进来。" in rows["today.back_paid"]) is told


def test_real_places_price_what_their_rules_say(rulebook: Rulebook) -> None:
    shanghai = {"scheme": "flexible", "place": "310000", "as_of": "2026-11-22", "last_paid_month": "2026-07"}
    beijing = {"scheme": "flexible", "place": "110000", "as_of": "2026-06-10", "last_paid_month": "2026-02"}
    shanghai["contribution_base"] = "8000.00"
    for case, amount, total in ((shanghai, "800.00", "2400.00"), (beijing, "584.92", "1754.76")):
        made = assess(Case.parse(case, rulebook), rulebook).to_json()
        assert [month["amount"] for month in made["arrears"]] == [amount] * 3
        assert bounds(made["cost"]["principal"]) == (None, "0.00", total)
