"""Many kinds of staff together.

- Which units and families, with what staff and need? `FamilyUnits`.
- Nobody changes family: `plan_families`.
- People may stand in for other families: `plan_with_substitution`, under quotas
  `plan_with_quotas`.
- Why can a plan not be? `find_conflicts`.
"""

from analysis.redistribution.families.conflicts import Conflicts, find_conflicts
from analysis.redistribution.families.family_units import FamilyUnits
from analysis.redistribution.families.quotas import CoupledPlan, plan_with_quotas
from analysis.redistribution.families.separate import FamilyPlans, plan_families
from analysis.redistribution.families.substitution import plan_with_substitution
from analysis.redistribution.families.substitution_plan import SubstitutionPlan

__all__ = [
    "Conflicts",
    "CoupledPlan",
    "FamilyPlans",
    "FamilyUnits",
    "SubstitutionPlan",
    "find_conflicts",
    "plan_families",
    "plan_with_quotas",
    "plan_with_substitution",
]
