"""OpenFisca's side, in its own environment: a task as JSON on standard input, figures as JSON on standard output."""

from __future__ import annotations

import sys

from scripts.bench.rivals.timing import now, per_call, since

start = now()
from openfisca_core.simulation_builder import SimulationBuilder  # noqa: E402
from openfisca_country_template import CountryTaxBenefitSystem  # noqa: E402

imported = since(start)
system = CountryTaxBenefitSystem()
begun = since(start)

import json  # noqa: E402
from collections.abc import Callable  # noqa: E402
from typing import Any  # noqa: E402

from openfisca_country_template.situation_examples import couple, single  # noqa: E402

from scripts.bench.rivals.openfisca_wait import add_wait  # noqa: E402

MONTH, YEAR = "2017-01", "2100"


def household(example: Any, asked: tuple[str, ...], count: int) -> Callable[[], int]:
    """A pass of so many households, each a fresh Simulation as for a web request."""

    def run() -> int:
        for _ in range(count):
            simulation = SimulationBuilder().build_from_entities(system, example)
            for name in asked:
                simulation.calculate(name, MONTH)
        return count

    return run


def wait_alone(given: list[Any]) -> Callable[[], int]:
    """A pass over the questions on the residents' wait, each a fresh Simulation of one person."""

    def run() -> int:
        for lapsed, repaid, inside in given:
            person = {"lapsed_years": {YEAR: lapsed}, "repaid_years": {YEAR: repaid}, "paid_in_window": {YEAR: inside}}
            simulation = SimulationBuilder().build_from_entities(system, {"persons": {"one": person}})
            simulation.calculate("resident_wait", YEAR)
        return len(given)

    return run


def all_waits(given: list[Any]) -> list[int]:
    """Months for all questions at once, which is what OpenFisca is good at."""
    simulation = SimulationBuilder().build_default_simulation(system, len(given))
    for name, column in zip(("lapsed_years", "repaid_years", "paid_in_window"), zip(*given, strict=True), strict=True):
        simulation.set_input(name, YEAR, list(column))
    return [int(months) for months in simulation.calculate("resident_wait", YEAR)]


def main() -> None:
    """Answer the task on standard input."""
    task = json.load(sys.stdin)
    seconds, count = task["seconds"], len(task["cases"])  # a pass as long as ours
    add_wait(system, task["terms"])
    waits = task["waits"]
    print(json.dumps({
        "import": imported,
        "begin": begun,
        "single": per_call(household(single, ("disposable_income",), count), seconds),
        "couple": per_call(household(couple, ("disposable_income",), count), seconds),
        "example": per_call(household(couple, ("disposable_income", "total_benefits", "total_taxes"), count), seconds),
        "wait": per_call(wait_alone(task["timed_waits"]), seconds),
        "months": all_waits(waits),
    }))


main()
