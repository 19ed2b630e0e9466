r"""Plans in which people may fill posts of job families they may stand in for.

People of posts with a surplus go to posts that are short: of their own family or of one that the
substitution table permits, in another unit or in their own (retraining in place). The cost of a
person is that of the move plus the penalty of the substitution. Where the limits nest, that is a
minimum-cost flow, see `network`, and otherwise an integer program, see `coupled`. Groups of units
between which nobody moves are planned one by one, unless all of them together exceed the budget.
"""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.arrays import FloatArray, as_number
from analysis.errors import ParameterError
from analysis.messages import some
from analysis.redistribution.families.changes import Changes, by_group, of_all
from analysis.redistribution.families.coupled import Program
from analysis.redistribution.families.family_posts import Posts
from analysis.redistribution.families.family_units import FamilyUnits
from analysis.redistribution.families.network import NETWORK, Network
from analysis.redistribution.families.substitution_plan import Settled, SubstitutionPlan
from analysis.redistribution.flows.ways import Cost
from analysis.redistribution.limits import Limits


def plan_with_substitution(
    staff: pd.DataFrame | FamilyUnits,
    need: pd.DataFrame | None = None,
    *,
    cost: Cost,
    substitution: pd.DataFrame,
    budget: int | None = None,
    limits: Limits | None = None,
    distance: npt.ArrayLike | None = None,
    unfilled: float | Mapping[Any, float] | None = None,
) -> SubstitutionPlan:
    r"""Return the plan that fills as many short posts as can be, at least cost.

    Parameters
    ----------
    staff, need : DataFrame, units by families
        Whole people, and need in people (>= 0), of the same units and families; or `FamilyUnits`
        as `staff` alone. A post spares ``floor(max(s - d, 0))`` people and is short of
        ``ceil(max(d - s, 0))``.
    cost : array-like of shape (n, n), DataFrame or callable
        Cost of moving one person of any family, as in `plan_moves`; None: one for each person. Who
        stays in the unit moves nowhere, whatever the cost says.
    substitution : DataFrame
        `from_family`, `to_family` and `penalty` of each permitted pair, see
        `substitution_table.penalties`.
    budget : int, optional
        Most people who change post in all, by moving or in place, from 0 to all staff.
    limits : Limits, optional
        What the plan may not do. Who is retrained in place leaves no unit and arrives in none.
    distance : array-like, shape (n, n), optional
        Distances, where the limits cap them.
    unfilled : float or mapping of family to float, optional
        What a post left short costs, of any family or of each. If given, a post is filled only
        where that costs less; otherwise as many as can be are filled, whatever the cost.

    Returns
    -------
    SubstitutionPlan
        A network is solved in whole multiples of the finest power of two that is safe for the
        solver; `rounding_bound` says what that can lose at most.

    Raises
    ------
    DomainError
        If staff, need, costs or limits are missing, negative, fractional or of the wrong shape, or
        the budget is out of range, or the substitution table is faulty.
    DataError
        If the substitution table lacks a column.
    ParameterError
        If a protected family is unknown, or `unfilled` is negative or no number, or lacks a family.

    Examples
    --------
    >>> units, families = ["A", "B"], ["nurse", "midwife"]
    >>> staff = pd.DataFrame([[9, 1], [2, 4]], index=units, columns=families)
    >>> need = pd.DataFrame([[6, 2], [3, 5]], index=units, columns=families)
    >>> table = pd.DataFrame(
    ...     {"from_family": ["nurse"], "to_family": ["midwife"], "penalty": [5.0]})
    >>> plan = plan_with_substitution(staff, need, cost=[[0, 2], [2, 0]], substitution=table)
    >>> plan.moves
      origin destination family to_family  people  cost
    0      A           A  nurse   midwife       1   5.0
    1      A           B  nurse     nurse       1   2.0
    2      A           B  nurse   midwife       1   7.0
    """
    units = FamilyUnits.of(staff, need)
    posts = Posts.of(units, cost, substitution, budget=budget, limits=limits, distance=distance)
    price = None if unfilled is None else prices_of(units, unfilled, what="unfilled")
    alone = [_settle(changes, posts.budget, price) for changes in by_group(posts)]
    if sum(int(part.people.sum()) for part in alone) > posts.budget:
        alone = [_settle(of_all(posts), posts.budget, price)]
    return SubstitutionPlan.of(posts, alone, solver=NETWORK)


def _settle(changes: Changes, budget: int, unfilled: FloatArray | None) -> Settled:
    """Return the best changes, by a network where the limits nest."""
    network = Network.of(changes)
    if network is not None:
        return network.solve(budget, unfilled)
    program = Program(changes, budget)
    return program.settled(program.solve(unfilled))


def prices_of(units: FamilyUnits, price: float | Mapping[Any, float], *, what: str) -> FloatArray:
    """Return the price of each family, shape (F,), where there is one for all or one for each.

    Raises
    ------
    ParameterError
        If a family is unknown or has no price, or a price is negative or no number.
    """
    if isinstance(price, Mapping | pd.Series):
        given = dict(price.items())
        units.which(given, what=what)
        lacking = [family for family in units.families if family not in given]
        if lacking:
            raise ParameterError(f"{what}: {some(lacking)} has no price. Pass one for each family.")
        prices = [given[family] for family in units.families]
    else:
        prices = [price] * units.families.size
    for value in prices:
        if not 0 <= as_number(value, what=what) < math.inf:
            raise ParameterError(f"{what} is {value}, but must be a number, 0 or more.")
    return np.array(prices, dtype=np.float64)
