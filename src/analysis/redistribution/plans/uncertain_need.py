"""How far a plan depends on need and staff being known exactly.

Need is a model and staff are counts at one date. Both are drawn anew many times: need as
``d_i exp(z_i sigma - sigma^2 / 2)`` with ``sigma^2 = log(1 + cv^2)``, whose mean is `d_i` and whose
coefficient of variation is `cv`; staff, if asked for, as Poisson counts with mean `s_i`. Each time
the best plan of the same budget is found again, by the planner and so within its limits if there is
one, and today's plan is judged against the need drawn.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.arrays import FloatArray, as_number
from analysis.errors import DomainError, ParameterError
from analysis.labels import Labels, positions_of
from analysis.redistribution.frontiers.reachable import frontier
from analysis.redistribution.indices import gini_over_need
from analysis.redistribution.units import Units, as_budget

Planner = Callable[[pd.Series, pd.Series], pd.DataFrame]
_RANGE = (0.025, 0.5, 0.975)
_LEAST = 10  # replicates


@dataclass(frozen=True)
class Robustness:
    """What changes when need and staff are drawn anew.

    Attributes
    ----------
    units : DataFrame
        `unit`, `change` (people gained or lost in today's plan), `gives` and `receives` (share of
        replicates in which the best plan takes people away or sends some), `low` and `high` (95 %
        range of the change).
    results : DataFrame
        `result`, `estimate`, `low`, `median`, `high`: the Gini today, after the best plan for each
        replicate, and after today's plan; moves to full equality.
    moves : DataFrame
        `origin`, `destination`, `people` (today's plan), `share` of replicates in which the move
        appears, `low`, `median` and `high` of the people when it does; empty without a planner.
    """

    units: pd.DataFrame
    results: pd.DataFrame
    moves: pd.DataFrame


def robustness(
    staff: npt.ArrayLike | Units,
    need: npt.ArrayLike | None = None,
    *,
    budget: int,
    need_cv: float,
    poisson_staff: bool = False,
    replicates: int = 1000,
    seed: int = 0,
    planner: Planner | None = None,
    after: npt.ArrayLike | None = None,
) -> Robustness:
    """Return how often each unit and each move is part of the best plan.

    Parameters
    ----------
    staff, need : array-like, shape (n,)
        Whole people and need (>= 0) of each unit; or `Units` as `staff` alone. Where there is no
        need, none is drawn.
    budget : int
        People who move.
    need_cv : float
        Coefficient of variation of each unit's need, >= 0: an assumption of the analyst.
    poisson_staff : bool
        Draw staff anew as well.
    replicates : int
        Number of draws, at least 10.
    seed : int
        The same seed gives the same result.
    planner : callable, optional
        `planner(staff, need)` is given series with the labels of the units and returns moves
        (`origin`, `destination`, `people`) by these labels, such as
        ``lambda s, d: plan_moves(s, d, cost=c, budget=k).moves``.
    after : array-like, shape (n,), optional
        Staff of each unit once today's plan is carried out; that of the planner, or else the best
        divisible plan of the budget, unless given.

    Returns
    -------
    Robustness

    Raises
    ------
    DomainError
        As `frontiers.frontier`; also if the budget is out of range.
    ParameterError
        If the coefficient of variation or the number of replicates is out of range.

    Examples
    --------
    >>> found = robustness([60, 30, 10], [1, 1, 1], budget=15, need_cv=0.1, replicates=50, seed=1)
    >>> found.units["gives"].tolist()
    [1.0, 0.0, 0.0]
    """
    known = Units.of(staff, need)
    counts, needs, labels = known.staff, known.need, known.labels
    moving = as_budget(budget, known.total_staff, what="The budget", of="all staff")
    if not 0.0 <= as_number(need_cv, what="need_cv") < np.inf:
        raise ParameterError(f"need_cv is {need_cv}, but must be 0 or more.")
    if as_number(replicates, what="replicates") < _LEAST:
        raise ParameterError(f"replicates is {replicates}, but must be at least {_LEAST}.")
    rng = np.random.default_rng(seed)
    spread = np.sqrt(np.log1p(need_cv**2))
    today = frontier(known)
    nominal = (
        None if planner is None else planner(pd.Series(counts, labels), pd.Series(needs, labels))
    )
    planned = today.allocation(moving) if nominal is None else _after(counts, nominal, labels)
    fixed = planned if after is None else known.amounts(after, what="after")

    changes = np.empty((replicates, counts.size))
    results = np.empty((replicates, 4))
    found: list[pd.DataFrame] = []
    for row in range(replicates):
        drawn_need = needs * np.exp(spread * rng.standard_normal(counts.size) - spread**2 / 2.0)
        drawn_staff = rng.poisson(counts) if poisson_staff else counts
        if drawn_staff.sum() == 0:
            raise DomainError("A replicate drew no staff at all: there are too few to draw anew.")
        replicate = frontier(Units(labels, drawn_staff, drawn_need))
        if planner is None:
            best = replicate.allocation(moving)
        else:
            moves = planner(pd.Series(drawn_staff, labels), pd.Series(drawn_need, labels))
            found.append(moves[["origin", "destination", "people"]])
            best = _after(drawn_staff, moves, labels)
        changes[row] = best - drawn_staff
        results[row] = (
            float(replicate.gini(0)),
            gini_over_need(best, drawn_need),
            gini_over_need(fixed, drawn_need),
            replicate.most_moves,
        )
    low, high = np.quantile(changes, [_RANGE[0], _RANGE[2]], axis=0)
    units = pd.DataFrame(
        {
            "unit": labels,
            "change": fixed - counts,
            "gives": (changes < -0.5).mean(axis=0),
            "receives": (changes > 0.5).mean(axis=0),
            "low": low,
            "high": high,
        }
    )
    estimates = [
        float(today.gini(0)),
        gini_over_need(planned, needs),
        gini_over_need(fixed, needs),
        today.most_moves,
    ]
    quantiles = np.quantile(results, _RANGE, axis=0)
    table = pd.DataFrame(
        {
            "result": ["gini_today", "gini_best_plan", "gini_fixed_plan", "moves_to_equality"],
            "estimate": estimates,
            "low": quantiles[0],
            "median": quantiles[1],
            "high": quantiles[2],
        }
    )
    return Robustness(units, table, _frequencies(nominal, found, replicates))


def _after(staff: npt.ArrayLike, moves: pd.DataFrame, labels: "Labels[Any]") -> FloatArray:
    """Return the staff of each unit once the moves are made."""
    after = np.asarray(staff, dtype=np.float64).copy()
    for side, sign in (("origin", -1.0), ("destination", 1.0)):
        at = positions_of(moves[side], labels, what=f"planner, {side}")
        np.add.at(after, at, sign * moves["people"].to_numpy(dtype=np.float64))
    return after


def _frequencies(
    nominal: pd.DataFrame | None, found: list[pd.DataFrame], replicates: int
) -> pd.DataFrame:
    columns = ["origin", "destination", "people", "share", "low", "median", "high"]
    drawn = [moves for moves in found if len(moves)]
    if nominal is None or not drawn:  # nobody moves in any of them
        return pd.DataFrame(columns=columns)
    pair = ["origin", "destination"]
    amounts = pd.concat(drawn).groupby(pair, sort=True)["people"]
    table = amounts.quantile(np.array(_RANGE)).unstack().set_axis(["low", "median", "high"], axis=1)
    table.insert(0, "share", amounts.size() / replicates)
    table = table.reset_index().merge(nominal[[*pair, "people"]], on=pair, how="outer")
    table["people"] = table["people"].fillna(0)
    table["share"] = table["share"].fillna(0.0)
    ordered = table.sort_values(["share", *pair], ascending=[False, True, True], kind="stable")
    return ordered[columns].reset_index(drop=True)
