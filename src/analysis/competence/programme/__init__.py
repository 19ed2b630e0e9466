"""What would bring everyone to 20 JP, and at what price?

- What can be taken, where, for how many? `Catalogue`.
- Which programme is the cheapest, or reaches most people for a budget? `cheapest_programme`.
- Which is the cheapest over years, where posts ask for study by a term? `programme_over_years`.
- How does what is reached grow with the budget? `cost_curve`. What does a little more of it buy?
  `value_of_budget`.
"""

from analysis.competence.programme.budgets import BudgetValue, cost_curve, value_of_budget
from analysis.competence.programme.catalogue import Catalogue
from analysis.competence.programme.over_years import YearsProgramme, programme_over_years
from analysis.competence.programme.planning import Programme, cheapest_programme

__all__ = [
    "BudgetValue",
    "Catalogue",
    "Programme",
    "YearsProgramme",
    "cheapest_programme",
    "cost_curve",
    "programme_over_years",
    "value_of_budget",
]
