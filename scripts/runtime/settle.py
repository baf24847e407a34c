"""Runs inside Pyodide (started by snapshot.mjs): brings Python to the state in which its memory is kept.

Everything is imported that the bundle holds, since a restored Python has no files to import from. The rulebook is open.
A few questions have been asked, so that Python has specialised the code that answers them.
"""

import gc
import importlib
import json
import linecache
import random
import re
import zipfile
from pathlib import Path

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


def settle(library: str, rulebook: Path) -> str:
    """Returns the rulebook's version. library: the zip that Python was started from."""
    with zipfile.ZipFile(library) as archive:
        files = archive.namelist()
    for file in files:
        importlib.import_module(file.removesuffix(".pyc").removesuffix("/__init__").replace("/", "."))
    bridge = importlib.import_module("bridge")

    version: str = bridge.open_rulebook(rulebook.read_text("utf-8"))
    for question in QUESTIONS * ROUNDS:
        bridge.ask(json.dumps(question))
    linecache.clearcache()
    re.purge()
    return version


def rest() -> None:
    """Leave no garbage and no chance behind, and keep the collector from ever looking again at what is here to stay."""
    random.seed(0)  # nobody draws lots here; the library made a generator, and seeded it, all the same
    gc.collect()
    gc.freeze()
