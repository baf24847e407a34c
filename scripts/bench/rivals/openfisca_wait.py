"""The residents' wait (国办发〔2024〕38号) written for OpenFisca. Its numbers come from our rulebook."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from numpy import maximum, where
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import YEAR
from openfisca_core.variables import Variable
from openfisca_country_template.entities import Person

SINCE = "2025-01-01"


class lapsed_years(Variable):  # type: ignore[misc]
    value_type = int
    entity = Person
    definition_period = YEAR
    label = "Insured years skipped"


class repaid_years(Variable):  # type: ignore[misc]
    value_type = int
    entity = Person
    definition_period = YEAR
    label = "Of these, years that were paid later"


class paid_in_window(Variable):  # type: ignore[misc]
    value_type = bool
    entity = Person
    definition_period = YEAR
    label = "Paid in the enrolment window"


class resident_wait(Variable):  # type: ignore[misc]
    value_type = int
    entity = Person
    definition_period = YEAR
    label = "Months until residents' benefits begin"

    def formula(person: Any, period: Any, parameters: Any) -> Any:
        terms = parameters(period).resident_waiting
        lapsed = person("lapsed_years", period)
        added = maximum(0, lapsed - terms.beyond_year) * terms.per_year
        left = maximum(0, added - person("repaid_years", period) * terms.repair_per_year)
        floor = where(lapsed >= terms.floor_years, terms.floor_total, 0)
        wait = maximum(terms.fixed + left, floor)
        return where((lapsed == 0) & person("paid_in_window", period), 0, wait)


def add_wait(system: Any, terms: Mapping[str, int]) -> None:
    """Add the rule and its parameters to a tax and benefit system."""
    data = {name: {"description": name, "values": {SINCE: {"value": number}}} for name, number in terms.items()}
    system.parameters.add_child("resident_waiting", ParameterNode("resident_waiting", data=data))
    system.add_variables(lapsed_years, repaid_years, paid_in_window, resident_wait)
