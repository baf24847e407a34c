"""医保断缴计算器: pure Python, standard library only. `assess(case, rulebook) -> Assessment`."""

from calculator.advice import Advice, advise
from calculator.assess import answers, assess
from calculator.assessment import Assessment
from calculator.case import Case
from calculator.case_error import CaseError
from calculator.rulebook import Rulebook
from calculator.text import answer

__all__ = ["Advice", "Assessment", "Case", "CaseError", "Rulebook", "advise", "answer", "answers", "assess"]
