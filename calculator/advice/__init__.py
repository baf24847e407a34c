"""advise(case, rulebook) -> Advice: the ways that are still open, side by side. Arithmetic, not opinion.

`options` lists the ways, `compare` answers each and says which is the earliest and the cheapest, `last_days` finds the
last day on which something is still possible, `words` says it.
"""

from calculator.advice.compare import Advice, Row, advise
from calculator.advice.last_days import LastDay

__all__ = ["Advice", "LastDay", "Row", "advise"]
