"""What to move where, and what it buys: need, frontier, plans, and their cost.

- Which units, with what staff and need? `Units`, `FamilyUnits`: checked once, and taken by every
  function below in place of staff and need.
- What does each unit need? `proportional_need`, `composite_need`, `workload_need`,
  `standard_need`; how much depends on that choice: `compare_need`, `need_gaps`, `scenario_flips`.
- What could moving do at most? `balance`, `class_balance`, `ceiling`.
- How much inequality is left after k moves, or hires? `frontier`, `hire`, `hiring_frontier`,
  `leave_unfilled`, `cheapest_mix`.
- Who may go? `eligibility`, `releasable`.
- Who goes where, within `Limits`, at least cost? `plan_moves`, `plan_families`; where people may
  stand in for other families, `plan_with_substitution` and, under quotas, `plan_with_quotas`;
  why a plan cannot be, `find_conflicts`.
- What will the balance be in years to come, and which moves would one regret? `balances_ahead`,
  `regretted_moves`, `vacancies_to_keep`.
- Who would the movers be, and how far do they go? `movers_profile`, `distances`.
- Is it cheaper to move, to train or to hire? `fill_posts`, `mix_by_price`.
- What is best under another idea of best? `Problem` with `minimum_hoover`, `minimum_gini`,
  `max_min_adequacy`, `least_cost_to_reach`, `pareto`; `even_deficits`.
- What does a move cost? `great_circle`, `kilometres`, `transfer_kind`, `approval_cost`,
  `transfer_cost`.
- How sure is the plan? `robustness`.

Staff are whole people, need is any amount on the same units. Where it is zero, people are above
every ratio of staff to need: they are the first to leave, and nobody arrives. What has labels
(series, dicts, frames) is aligned by label or refused, what has none is taken by position; results
carry the labels of staff.

Examples
--------
>>> import pandas as pd
>>> staff = pd.Series({"Kota": 90, "Pesisir": 25, "Hulu": 15})
>>> need = proportional_need(pd.Series({"Kota": 300, "Pesisir": 150, "Hulu": 200}), staff.sum())
>>> need.tolist()
[60.0, 30.0, 40.0]
>>> found = frontier(staff, need)
>>> found.most_moves, round(float(found.gini(10)), 3)
(30.0, 0.169)
>>> units = Units.of(staff, need)
>>> units
3 units: 130 staff, need 130, 1 staff per need
>>> km = [[0, 120, 300], [120, 0, 200], [300, 200, 0]]
>>> limits = Limits(floor_adequacy=1.0, max_share_leaving=0.25)
>>> plan_moves(units, cost=km, budget=20, limits=limits).moves
  origin destination  people    cost
0   Kota     Pesisir       1   120.0
1   Kota        Hulu      19  5700.0
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
from analysis.redistribution.flows.distance import great_circle, kilometres
from analysis.redistribution.frontiers.hiring import (
    Mix,
    cheapest_mix,
    hire,
    hiring_frontier,
    leave_unfilled,
)
from analysis.redistribution.frontiers.reachable import Frontier, WholePlan, frontier
from analysis.redistribution.limits import Limits
from analysis.redistribution.need.balances import balance, ceiling, class_balance
from analysis.redistribution.need.deficits import even_deficits
from analysis.redistribution.need.models import (
    DEFAULT_WEIGHTS,
    EFFECTIVE_MINUTES,
    compare_need,
    composite_need,
    need_gaps,
    proportional_need,
    scenario_flips,
    standard_need,
    workload_need,
)
from analysis.redistribution.people.movers import distances, movers_profile
from analysis.redistribution.people.time_in_post import eligibility, releasable
from analysis.redistribution.people.transfer_kinds import (
    approval_cost,
    transfer_cost,
    transfer_kind,
)
from analysis.redistribution.plans.objectives import (
    least_cost_to_reach,
    max_min_adequacy,
    minimum_gini,
    minimum_hoover,
)
from analysis.redistribution.plans.plan import Plan, plan_moves
from analysis.redistribution.plans.problem import Outcome, Problem
from analysis.redistribution.plans.trade_offs import pareto
from analysis.redistribution.plans.uncertain_need import Robustness, robustness
from analysis.redistribution.units import Units

__all__ = [
    "DEFAULT_WEIGHTS",
    "EFFECTIVE_MINUTES",
    "Conflicts",
    "CoupledPlan",
    "FamilyPlans",
    "FamilyUnits",
    "Filling",
    "Frontier",
    "Limits",
    "Mix",
    "Outcome",
    "Plan",
    "Problem",
    "Robustness",
    "SubstitutionPlan",
    "Units",
    "WholePlan",
    "approval_cost",
    "balance",
    "balances_ahead",
    "ceiling",
    "cheapest_mix",
    "class_balance",
    "compare_need",
    "composite_need",
    "distances",
    "eligibility",
    "even_deficits",
    "fill_posts",
    "find_conflicts",
    "frontier",
    "great_circle",
    "hire",
    "hiring_frontier",
    "kilometres",
    "least_cost_to_reach",
    "leave_unfilled",
    "max_min_adequacy",
    "minimum_gini",
    "minimum_hoover",
    "mix_by_price",
    "movers_profile",
    "need_gaps",
    "pareto",
    "plan_families",
    "plan_moves",
    "plan_with_quotas",
    "plan_with_substitution",
    "proportional_need",
    "regretted_moves",
    "releasable",
    "robustness",
    "scenario_flips",
    "standard_need",
    "transfer_cost",
    "transfer_kind",
    "vacancies_to_keep",
    "whole_gaps",
    "workload_need",
]
