"""Hiring and attrition instead of moving, and the cheapest mix of moves and hires.

New people fill from the bottom: units below a floor are raised to it. People who retire and are not
replaced are best missed at the top: units above a ceiling are lowered to it. Both Lorenz-dominate
every other way to place as many hires, or to leave as many posts unfilled, within the same limits
(`level.common_level`).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.optimize import minimize_scalar

from analysis.arrays import FloatArray
from analysis.redistribution.frontiers.level import common_level
from analysis.redistribution.frontiers.reachable import Frontier
from analysis.redistribution.indices import gini_over_need, hoover_over_need
from analysis.redistribution.units import Units, as_budget, as_positive, as_staff, refuse


def hire(
    staff: npt.ArrayLike | Units,
    need: npt.ArrayLike | None = None,
    hires: int | None = None,
    *,
    capacity: npt.ArrayLike | None = None,
) -> FloatArray:
    """Return the staff of each unit, divisible, after the best placing of new people.

    ``s'_i = clip(lambda d_i, s_i, s_i + c_i)`` with the hires adding up.

    Parameters
    ----------
    staff, need : array-like, shape (n,)
        People and need (>= 0) of each unit; a unit may be one job family in one place. Or `Units`
        as `staff` alone. Nobody is hired where there is no need.
    hires : int
        New people.
    capacity : array-like, shape (n,), optional
        Most hires of each unit: zero where none may be made, such as in job families that are
        not recruited. Without it there is no limit.

    Returns
    -------
    ndarray, shape (n,)

    Raises
    ------
    DomainError
        As `frontiers.frontier`; also if the hires are negative, fractional or exceed the capacity.

    Examples
    --------
    >>> hire([60, 30, 10], [1, 1, 1], 30).tolist()
    [60.0, 35.0, 35.0]
    >>> hire([60, 30, 10], [1, 1, 1], 30, capacity=[50, 50, 0]).tolist()
    [60.0, 60.0, 10.0]
    """
    units = Units.of(staff, need)
    used = units.need > 0.0
    counts, by = units.staff[used], units.need[used]
    if capacity is None:
        room, most = np.full(counts.size, np.inf), np.iinfo(np.int64).max
    else:
        room = units.amounts(capacity, what="capacity")[used]
        most = int(room.sum())
    new = as_budget(hires, most, what="The number of hires", of="the capacity of all units")
    level = common_level(counts, counts + room, by, int(counts.sum()) + new)
    after = units.staff.astype(np.float64)
    after[used] = np.clip(level * by, counts, counts + room)
    return after


def leave_unfilled(
    staff: npt.ArrayLike | Units,
    need: npt.ArrayLike | None = None,
    posts: int | None = None,
    *,
    retirements: npt.ArrayLike,
) -> FloatArray:
    """Return the staff of each unit, divisible, when some who retire are not replaced.

    ``s'_i = clip(mu d_i, s_i - a_i, s_i)`` with the posts left unfilled adding up: they are left
    where staff per need is highest, and first where there is no need.

    Parameters
    ----------
    staff, need : array-like, shape (n,)
        People today and need (>= 0) of each unit; or `Units` as `staff` alone.
    posts : int
        Retirements that are not replaced; all others are, where they occur.
    retirements : array-like, shape (n,)
        Whole people who reach retirement age (*batas usia pensiun*) in the period.

    Returns
    -------
    ndarray, shape (n,)

    Raises
    ------
    DomainError
        As `frontiers.frontier`; also if more retire in a unit than it has, or the posts exceed all
        retirements.

    Examples
    --------
    >>> leave_unfilled([60, 30, 10], [1, 1, 1], 20, retirements=[15, 10, 5]).tolist()
    [45.0, 25.0, 10.0]
    """
    units = Units.of(staff, need)
    counts, used = units.staff, units.need > 0.0
    leaving = units.people(retirements, what="retirements")
    rule, advice = "no more than the unit's staff", "Correct the count of retirements or of staff."
    refuse(leaving > counts, leaving, "retirements", rule, advice, labels=units.labels)
    gone = as_budget(
        posts, int(leaving.sum()), what="The number of posts left unfilled", of="all retirements"
    )
    first = min(gone, int(leaving[~used].sum()))
    after = counts.astype(np.float64)
    # Where there is no need units are cut to a common number of heads, as in a plan of moves.
    for where, by, left in ((~used, np.ones(counts.size), first), (used, units.need, gone - first)):
        if left > 0:
            most, least, each = counts[where], (counts - leaving)[where], by[where]
            level = common_level(least, most, each, int(most.sum()) - left)
            after[where] = np.clip(level * each, least, most)
    return after


def hiring_frontier(
    staff: npt.ArrayLike | Units,
    need: npt.ArrayLike | None = None,
    hires: npt.ArrayLike = (),
    *,
    capacity: npt.ArrayLike | None = None,
) -> pd.DataFrame:
    """Return the inequality left after several numbers of hires.

    Parameters
    ----------
    staff, need, capacity
        See `hire`.
    hires : array-like, shape (m,)
        Numbers of new people.

    Returns
    -------
    DataFrame
        `hires`, `share_of_staff` (of today's), `lowest` staff per need, `hoover`, `gini`.

    Raises
    ------
    DomainError
        As `hire`.
    """
    units = Units.of(staff, need)
    used = units.need > 0.0
    rows = []
    for new in as_staff(hires, what="hires").tolist():
        after = hire(units, hires=new, capacity=capacity)
        rows.append(
            {
                "hires": new,
                "share_of_staff": new / units.total_staff,
                "lowest": float(np.min(after[used] / units.need[used])),
                "hoover": hoover_over_need(after, units.need),
                "gini": gini_over_need(after, units.need),
            }
        )
    return pd.DataFrame(rows)


@dataclass(frozen=True)
class Mix:
    """Three ways to one target.

    Attributes
    ----------
    target : float
        Gini coefficient to reach.
    price : float
        What one hire costs, in moves.
    moves_only, hires_only : float
        People it takes if all move, or all are hired; exact, not rounded. Infinite hires where the
        target is 0 and people are in units without need.
    moves, hires : float
        People in the cheapest mix.
    cost : float
        ``moves + price * hires``, in moves.
    """

    target: float
    price: float
    moves_only: float
    hires_only: float
    moves: float
    hires: float
    cost: float

    def to_frame(self) -> pd.DataFrame:
        """Return one row a way: `way`, `moves`, `hires`, `cost`."""
        return pd.DataFrame(
            [
                ("moves only", self.moves_only, 0.0, self.moves_only),
                ("hires only", 0.0, self.hires_only, self.price * self.hires_only),
                ("cheapest mix", self.moves, self.hires, self.cost),
            ],
            columns=["way", "moves", "hires", "cost"],
        )


def cheapest_mix(frontier: Frontier, target: float, *, price: float) -> Mix:
    """Return the moves and hires that reach a Gini coefficient at least cost.

    Parameters
    ----------
    frontier : Frontier
        Today's staff and need.
    target : float
        Gini coefficient to reach, from 0 to today's.
    price : float
        Cost of one hire over that of one move, > 0. A hire is paid every year and a move once, so
        the ratio depends on the years that are counted.

    Returns
    -------
    Mix

    Raises
    ------
    DomainError
        If the target or the price is out of range.

    Notes
    -----
    The hires ``y(x)`` that `x` moves leave to be made are convex in `x`: staff after the plan is
    linear in both, the Gini's numerator ``sum |s'_i d_j - s'_j d_i|`` convex in staff, and the
    target asks it to be no more than a multiple of ``S + y``, which is linear. So is
    ``x + price * y(x)``, and its one minimum is bracketed between no moves and moves only.

    Examples
    --------
    >>> from analysis.redistribution.frontiers.reachable import frontier
    >>> mix = cheapest_mix(frontier([60, 30, 10], [1, 1, 1]), 0.1, price=0.5)
    >>> mix.cost <= min(mix.moves_only, 0.5 * mix.hires_only)
    True
    """
    price = as_positive(price, what="price")
    moves_only = frontier.moves_for_gini(target)
    hires_only = frontier.hires_for_gini(target)

    def cost(moves: float) -> float:
        return moves + price * frontier.hires_for_gini(target, moves)

    ways = [(moves_only, 0.0), (0.0, hires_only)]
    fewest = float(frontier.idle) if target == 0.0 else 0.0  # with less no hires reach it
    if moves_only > fewest:
        inner = minimize_scalar(
            cost, bounds=(fewest, moves_only), method="bounded", options={"xatol": 1e-3}
        )
        ways.append((float(inner.x), frontier.hires_for_gini(target, float(inner.x))))
    moves, hires = min(ways, key=lambda way: way[0] + price * way[1])
    return Mix(target, price, moves_only, hires_only, moves, hires, moves + price * hires)
