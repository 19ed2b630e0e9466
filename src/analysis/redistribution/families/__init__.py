"""Many kinds of staff together.

- Which units and families, with what staff and need? `FamilyUnits`.
- Nobody changes family: `plan_families`.
- People may stand in for other families: `plan_with_substitution`, under quotas
  `plan_with_quotas`.
- Move, train or hire, at what prices? `fill_posts`, `mix_by_price`.
- Why can a plan not be? `find_conflicts`.
- What will the balance be once people have left the service, and which moves of today would one
  regret? `balances_ahead`, `regretted_moves`, `vacancies_to_keep`.
"""

from analysis.redistribution.families.conflicts import Conflicts, find_conflicts
from analysis.redistribution.families.family_posts import whole_gaps
from analysis.redistribution.families.family_units import FamilyUnits
from analysis.redistribution.families.filling import Filling, fill_posts, mix_by_price
from analysis.redistribution.families.quotas import CoupledPlan, plan_with_quotas
from analysis.redistribution.families.separate import FamilyPlans, plan_families
from analysis.redistribution.families.substitution import plan_with_substitution
from analysis.redistribution.families.substitution_plan import SubstitutionPlan
from analysis.redistribution.families.years_ahead import (
    balances_ahead,
    regretted_moves,
    vacancies_to_keep,
)

__all__ = [
    "Conflicts",
    "CoupledPlan",
    "FamilyPlans",
    "FamilyUnits",
    "Filling",
    "SubstitutionPlan",
    "balances_ahead",
    "fill_posts",
    "find_conflicts",
    "mix_by_price",
    "plan_families",
    "plan_with_quotas",
    "plan_with_substitution",
    "regretted_moves",
    "vacancies_to_keep",
    "whole_gaps",
]
