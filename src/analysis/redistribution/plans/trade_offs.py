"""The whole trade-off between what moves cost and the inequality they leave."""

from collections.abc import Callable, Iterator
from typing import Literal

import numpy as np
import pandas as pd

from analysis.errors import DomainError
from analysis.redistribution.indices import gini_over_need, hoover_over_need
from analysis.redistribution.plans.objectives import (
    least_cost_to_reach,
    minimum_gini,
    minimum_hoover,
)
from analysis.redistribution.plans.problem import Outcome, Problem

Measure = Literal["hoover", "gini"]
_INDEX: dict[Measure, Callable[..., float]] = {"hoover": hoover_over_need, "gini": gini_over_need}
_BEST: dict[Measure, Callable[[Problem], Outcome]] = {
    "hoover": minimum_hoover,
    "gini": minimum_gini,
}


def pareto(
    problem: Problem,
    *,
    measure: Measure = "gini",
    points: int = 11,
    progress: Callable[[int, int], None] | None = None,
) -> pd.DataFrame:
    """Return plans of which none costs less and leaves less inequality than another.

    The inequality that may be left is lowered in equal steps from today's to the least the limits
    allow, and the cost minimised at each (the epsilon-constraint method).

    Parameters
    ----------
    problem : Problem
    measure : {"hoover", "gini"}
        Index of inequality of staff per need.
    points : int
        Number of plans, the first being no moves at all; at least 2.
    progress : callable, optional
        Called with the number of plans found and the number wanted.

    Returns
    -------
    DataFrame
        `target`, `value` (the index of the plan), `cost`, `people`, in order of cost. Costs are
        convex in the target where staff is divisible.

    Raises
    ------
    DomainError
        If there are fewer than two points, or as the objective raises.

    References
    ----------
    Haimes, Y. Y., Lasdon, L. S. and Wismer, D. A. (1971). On a bicriterion formulation of the
    problems of integrated system identification and system optimization. IEEE Transactions on
    Systems, Man, and Cybernetics 1, 296-297.
    """
    if points < 2:
        raise DomainError(f"points is {points}, but a trade-off takes at least 2.")
    rows = []
    for done, row in enumerate(_plans(problem, measure, points), start=1):
        rows.append(row)
        if progress is not None:
            progress(done, points)
    found = pd.DataFrame(rows, columns=["target", "value", "cost", "people"])
    # Whole people leave gaps between plans: one target can give the plan of the one before.
    better = found["value"].to_numpy() < np.minimum.accumulate(
        np.concatenate([[np.inf], found["value"].to_numpy()[:-1]])
    )
    return found[better].reset_index(drop=True)


def _plans(
    problem: Problem, measure: Measure, points: int
) -> Iterator[tuple[float, float, float, float]]:
    index, need = _INDEX[measure], problem.needs
    today = index(problem.counts, need)
    yield today, today, 0.0, 0.0
    best = _BEST[measure](problem)
    for target in np.linspace(today, best.value, points)[1:-1].tolist():
        plan = least_cost_to_reach(problem, target, measure=measure)
        yield target, index(plan.staff_after, need), plan.cost, plan.people
    yield best.value, index(best.staff_after, need), best.cost, best.people
