"""The instant answer: a headline that a page can look up before any Python has loaded.

The build asks the calculator about the finite part of the question (place × scheme × situation × lapse × repaid) on chosen
days of payment, and finds the date recipe that gives the same sentence on all others. The page looks up a row and applies
its recipe (docs/widget/instant.js). Nothing here knows a rule; what a recipe cannot say is left out.
"""

from scripts.instant.tables import instant_tables, stretch_of

__all__ = ["instant_tables", "stretch_of"]
