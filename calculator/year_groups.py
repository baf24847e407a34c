"""The answers on years, rewards, limits and offices: which stand under which key of the Assessment, and in what unit."""

UNITS_OF = {
    "retirement": {
        "required": "year",
        "gap": "month",
        "local_required": "year",
        "local_gap": "month",
        "gap_on_retiring": "month",
        "reached_on": "date",
        "pay_on": "bool",
        "lump_sum": "bool",
        "kept": "bool",
        "continuous_kept": "bool",
    },
    "incentive": {
        "per_year": "CNY",
        "zero_claim": "CNY",
        "most": "CNY",
        "years_reset": "bool",
        "lost": "CNY",
        "penalty": "CNY",
    },
    "back_payment": {"allowed": "bool", "until": "date"},
    "cap": {"before": "times", "after": "times"},
    "registration": {"employer_by": "date", "overdue": "bool", "done_by": "date", "newborn_by": "date", "allowed": "bool"},
    "transfer": {"done_by": "date"},
    "manual_claim": {"decided_by": "date"},
    "deferral": {"person": "bool", "employer": "bool", "until": "date"},
    "record": {"visible_by": "date"},
}
"""Group → answer → unit; `times` is so many times an amount that is not given."""

YEAR_GROUPS = {group: tuple(units) for group, units in UNITS_OF.items()}
YEAR_UNITS = {f"{group}.{name}": unit for group, units in UNITS_OF.items() for name, unit in units.items()}
