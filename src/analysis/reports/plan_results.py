"""What a plan of moves leaves, as several reports say it."""

import numpy as np

from analysis.inequality import gini
from analysis.redistribution import Plan


def gini_after(plan: Plan) -> float:
    """Return the Gini of staff per need once all have moved, weighted by need."""
    return gini(plan.staff_after / plan.need, plan.need)


def shortage_after(plan: Plan) -> float:
    """Return the people that all units below need lack once all have moved."""
    return float(np.maximum(plan.need - plan.staff_after, 0.0).sum())


def mean_distance(plan: Plan) -> float | None:
    """Return how far those who move go on average, in km; None where nobody moves."""
    return plan.cost / plan.moved if plan.moved else None
