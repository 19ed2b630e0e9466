"""What is reached for which budget, and what a little more of it buys."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.optimize import linprog

from analysis.arrays import as_number
from analysis.competence.programme.catalogue import Catalogue, shortfalls
from analysis.competence.programme.network import network_of
from analysis.competence.programme.planning import (
    Programme,
    cheapest_programme,
    components,
)
from analysis.errors import DomainError, ParameterError


@dataclass(frozen=True)
class BudgetValue:
    """What more of the budget buys.

    Attributes
    ----------
    more : float
        By how much the budget grows.
    people : int
        People reached besides: the difference of two optima in whole people.
    proved : bool
        Whether both are proved to reach most.
    dual : float
        People besides by the shadow price at the budget: the dual value of the budget where people
        could be divided, times `more`. It is the slope there; where `more` buys no whole person, or
        more than places allow, the two differ.
    """

    more: float
    people: int
    proved: bool
    dual: float


def cost_curve(
    short: pd.DataFrame, catalogue: Catalogue, budgets: Iterable[float] | None = None
) -> pd.DataFrame:
    """Return how many people are reached for which budget.

    Parameters
    ----------
    short, catalogue
        As for `cheapest_programme`.
    budgets : iterable of float, optional
        By default eleven, from nothing to what all that can be reached cost, in equal steps.

    Returns
    -------
    DataFrame
        `budget`, `reached`, `share` of all who lack hours, `cost`, `optimal`.
    """
    if budgets is None:
        whole = cheapest_programme(short, catalogue)
        budgets = np.linspace(0.0, whole.cost, 11).tolist()
    rows = []
    people = int(shortfalls(short)["people"].sum())
    for budget in budgets:
        plan = cheapest_programme(short, catalogue, budget=budget)
        rows.append((budget, plan.reached, plan.reached / people, plan.cost, plan.optimal))
    return pd.DataFrame(rows, columns=["budget", "reached", "share", "cost", "optimal"])


def value_of_budget(
    short: pd.DataFrame, catalogue: Catalogue, budget: float, more: float = 1e6
) -> BudgetValue:
    """Return how many more people a larger budget brings to their hours.

    Parameters
    ----------
    short, catalogue, budget
        As for `cheapest_programme`.
    more : float
        By how much the budget grows, > 0.

    Raises
    ------
    ParameterError
        If `more` is not above 0.
    """
    step = as_number(more, what="more")
    if not step > 0:
        raise ParameterError(f"more: must be above 0; {more!r} given.")
    plans: list[Programme] = [
        cheapest_programme(short, catalogue, budget=b) for b in (budget, budget + step)
    ]
    gained = plans[1].reached - plans[0].reached
    proved = all(plan.most == plan.reached for plan in plans)
    return BudgetValue(step, gained, proved, step * _dual(short, catalogue, budget))


def _dual(short: pd.DataFrame, catalogue: Catalogue, budget: float) -> float:
    """Return people for a unit of the budget, where people could be divided."""
    scale = max(float(catalogue.cost.max()), 1e-300)
    (part,) = components(shortfalls(short), catalogue, together=True)
    network = network_of(part, catalogue)
    missed = np.zeros(network.row.size)
    missed[network.left] = 1.0
    cost = sparse.csr_array(network.cost(catalogue.cost / scale)[None, :])
    found = linprog(
        missed,
        A_ub=sparse.vstack([cost, network.taken(len(catalogue))], format="csr"),
        b_ub=np.concatenate([[budget / scale], catalogue.places]),
        A_eq=network.flow,
        b_eq=network.people,
        method="highs",
    )
    if found.x is None:
        raise DomainError(f"The solver found no shadow price: {found.message}")
    return float(-found.ineqlin.marginals[0]) / scale
