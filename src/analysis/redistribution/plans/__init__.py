"""One plan for one kind of staff, and how well it stands.

- Who goes where, within `Limits`, at least cost? `plan_moves`.
- What is best under another idea of best? `Problem` with `minimum_hoover`, `minimum_gini`,
  `max_min_adequacy`, `least_cost_to_reach`, `pareto`.
- How sure is the plan? `robustness`.
"""

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

__all__ = [
    "Outcome",
    "Plan",
    "Problem",
    "Robustness",
    "least_cost_to_reach",
    "max_min_adequacy",
    "minimum_gini",
    "minimum_hoover",
    "pareto",
    "plan_moves",
    "robustness",
]
