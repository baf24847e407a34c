"""Runs inside Python in Node (started by snapshot.mjs): brings it to the state in which its memory is kept.

The rulebook is open, and all is imported that the bundle holds: a restored Python has no files to import from. A few questions
have been asked, so that Python has specialised the code that answers them.
"""

import gc
import json
import re
import zipimport

LIBRARY = "/lib/python314.zip"
ROUNDS = 4  # after so many runs of a function, Python 3.14 has specialised it
QUESTIONS = (
    {
        "scheme": "employee", "place": "440300", "as_of": "2026-03-20", "last_paid_month": "2025-10", "paid_on": "2026-03-10",
        "back_paid": True, "monthly_amount": "500.00", "continuous_months": 60, "account_balance": "1200.00",
        "treatments": [{"date": "2026-02-01", "kind": "inpatient", "amount": "8000.00", "normal_ratio": "0.85"}],
    },
    {"scheme": "flexible", "place": "CN", "as_of": "2026-03-20", "last_paid_month": "2025-12"},
    {
        "scheme": "resident", "place": "350200", "as_of": "2026-03-20", "coverage_year": 2026, "last_covered_year": 2022,
        "paid_on": "2026-03-12", "years_repaid": 1,
    },
    {"scheme": "resident", "place": "CN"},
)  # fmt: skip


def settle(rulebook: str, opened: str) -> None:
    """As bridge.begin, with all imported and some questions asked."""
    for file in zipimport._zip_directory_cache[LIBRARY]:  # type: ignore[attr-defined] # typeshed leaves it out
        if file.endswith(".pyc"):
            __import__(file.removesuffix(".pyc").removesuffix("/__init__").replace("/", "."))
    bridge = __import__("bridge")
    bridge.begin(rulebook, opened)
    for question in QUESTIONS * ROUNDS:
        bridge.ask(json.dumps(question))
    re.purge()


def rest() -> None:
    """Leave no garbage behind, and keep the collector from ever looking again at what is here to stay."""
    gc.collect()
    gc.freeze()
