"""医保断缴计算器: pure Python, standard library only. `assess(case, rulebook) -> Assessment`."""

from calculator.assess import answer, assess
from calculator.assessment import Assessment
from calculator.case import Case, CaseError
from calculator.rulebook import Rulebook

__all__ = ["Assessment", "Case", "CaseError", "Rulebook", "answer", "assess"]
