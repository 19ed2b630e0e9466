r"""The best plan under limits, for several ideas of what is best.

Where anyone may move anywhere, `frontier` answers all of them at once. Where only some pairs of
units may exchange people, the ideas part, and each is a linear program in the people
`x_ij` who move from unit `i` to `j`, with ``s'_i = s_i - sum_j x_ij + sum_j x_ji``:

======================  ==========================================================================
`minimum_hoover`        least ``sum_i max(s'_i - r d_i, 0) / S``, with ``r = S / D``
`minimum_gini`          least ``sum_ij |s'_i d_j - s'_j d_i| / (2 S D)``: linear, because moving
                        keeps `S` and `D` fixed; the unweighted Gini of the rates has a mean that
                        moves with the plan, and is no linear program
`max_min_adequacy`      highest ``min_i s'_i / d_i``, then the next lowest, and so on
`least_cost_to_reach`   least ``sum_ij c_ij x_ij`` with the Hoover index or the Gini no higher than
                        a target
======================  ==========================================================================

Of all plans that are equally good, each returns one of least cost. HiGHS solves the programs
(Huangfu and Hall 2018); in whole people they are mixed-integer programs, whose proved `bound` is
reported.

References
----------
Huangfu, Q. and Hall, J. A. J. (2018). Parallelizing the dual revised simplex method. Mathematical
Programming Computation 10, 119-142.
"""

from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse
from scipy.optimize import linprog

from analysis.errors import DomainError
from analysis.redistribution._inputs import (
    BoolArray,
    FloatArray,
    IntArray,
    as_amounts,
    as_budget,
    as_costs,
    as_staff_and_need,
    names,
)
from analysis.redistribution.moves import moves_table

_SLACK = 1e-9  # relative room left when an optimum becomes a constraint of the next program
_MOST_UNITS = 150  # for the Gini, whose program has a variable for each pair of units


@dataclass(frozen=True)
class Outcome:
    """The best plan for one objective.

    Attributes
    ----------
    moves : DataFrame
        Who moves where, see `moves.moves_table`.
    staff_after : ndarray, shape (n,)
        Staff of each unit afterwards.
    value : float
        The objective that is reached.
    bound : float
        What no plan can better; equal to `value` where the plan is proved best.
    cost : float
        Cost of all moves.
    """

    moves: pd.DataFrame
    staff_after: FloatArray
    value: float
    bound: float
    cost: float

    @property
    def people(self) -> float:
        """People who move."""
        return float(self.moves["people"].sum())


@dataclass(frozen=True)
class Problem:
    """One family of staff, and the moves that are allowed.

    Parameters
    ----------
    staff, need : array-like, shape (n,)
        People and need (> 0) of each unit.
    cost : array-like, shape (n, n)
        Cost of moving one person from each origin (row) to each destination (column).
    budget : int
        Most people who move.
    allowed : array-like of bool, shape (n, n), optional
        Pairs that may be used; all of them unless given. The diagonal is ignored.
    most_leaving, most_arriving : array-like, shape (n,), optional
        Most people who leave and who arrive; everyone who is there, and the budget, unless given.
    whole : bool
        Plan in whole people instead of a divisible staff.

    Raises
    ------
    DomainError
        If staff, need, costs or limits are out of range or of the wrong shape, or the budget is
        negative or above all staff.
    """

    staff: npt.ArrayLike
    need: npt.ArrayLike
    cost: npt.ArrayLike
    budget: int
    allowed: npt.ArrayLike | None = None
    most_leaving: npt.ArrayLike | None = None
    most_arriving: npt.ArrayLike | None = None
    whole: bool = False
    _counts: IntArray = field(init=False, repr=False)
    _needs: FloatArray = field(init=False, repr=False)
    _from: IntArray = field(init=False, repr=False)
    _to: IntArray = field(init=False, repr=False)
    _costs: FloatArray = field(init=False, repr=False)
    _limits: tuple[sparse.csr_array, FloatArray] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        counts, needs = as_staff_and_need(self.staff, self.need, positive=True)
        n = counts.size
        cost = as_costs(self.cost, (n, n))
        moving = as_budget(self.budget, int(counts.sum()), what="The budget", of="all staff")
        leaving = (
            counts.astype(np.float64)
            if self.most_leaving is None
            else np.minimum(as_amounts(self.most_leaving, n, what="most_leaving"), counts)
        )
        arriving = (
            np.full(n, float(moving))
            if self.most_arriving is None
            else as_amounts(self.most_arriving, n, what="most_arriving")
        )
        pairs = _as_pairs(self.allowed, n) & (leaving > 0)[:, None] & (arriving > 0)
        origins, destinations = np.nonzero(pairs)
        columns = np.arange(origins.size)
        ones = np.ones(origins.size)
        limits = sparse.vstack(
            [
                sparse.csr_array((ones, (origins, columns)), shape=(n, origins.size)),
                sparse.csr_array((ones, (destinations, columns)), shape=(n, origins.size)),
                sparse.csr_array(ones[None, :]),
            ],
            format="csr",
        )
        for name, value in (
            ("_counts", counts),
            ("_needs", needs),
            ("_from", origins),
            ("_to", destinations),
            ("_costs", cost[origins, destinations]),
            ("_limits", (limits, np.concatenate([leaving, arriving, [float(moving)]]))),
        ):
            object.__setattr__(self, name, value)

    @property
    def units(self) -> list[str]:
        """Names of the units."""
        return names(self.staff, self._counts.size)

    @property
    def mean(self) -> float:
        """Staff per need over all units."""
        return float(self._counts.sum() / self._needs.sum())


def _as_pairs(allowed: npt.ArrayLike | None, n: int) -> BoolArray:
    pairs = np.ones((n, n), dtype=np.bool_) if allowed is None else np.array(allowed)
    if pairs.shape != (n, n) or pairs.dtype != np.bool_:
        raise DomainError(
            f"allowed: expected a matrix of true and false of shape {(n, n)}, but it is "
            f"{pairs.dtype} of shape {pairs.shape}."
        )
    np.fill_diagonal(pairs, False)
    return pairs


def minimum_hoover(problem: Problem) -> Outcome:
    """Return the plan with the lowest Hoover index of staff over need, at least cost.

    Parameters
    ----------
    problem : Problem

    Returns
    -------
    Outcome
        `value` and `bound` are Hoover indices.

    Raises
    ------
    DomainError
        If the solver finds no plan.

    Examples
    --------
    >>> cost = [[0, 1, 9], [1, 0, 1], [9, 1, 0]]
    >>> best = minimum_hoover(Problem([60, 30, 10], [1, 1, 1], cost, budget=20))
    >>> round(best.value, 3)
    0.067
    """
    return _best(problem, _hoover(problem))


def minimum_gini(problem: Problem) -> Outcome:
    """Return the plan with the lowest need-weighted Gini of staff per need, at least cost.

    Parameters, returns: see `minimum_hoover`.

    Raises
    ------
    DomainError
        If there are more than 150 units, or the solver finds no plan.
    """
    return _best(problem, _gini(problem))


def least_cost_to_reach(
    problem: Problem, target: float, *, measure: Literal["hoover", "gini"] = "gini"
) -> Outcome:
    """Return the cheapest plan whose index is no higher than a target.

    Parameters
    ----------
    problem : Problem
    target : float
        Index to reach.
    measure : {"hoover", "gini"}
        Which index.

    Returns
    -------
    Outcome
        `value` and `bound` are costs.

    Raises
    ------
    DomainError
        If the target cannot be reached within the limits; the message says what can.
    """
    index = _gini(problem) if measure == "gini" else _hoover(problem)
    best = _solve(problem, index, index.weights)
    reached = float(best.fun)
    if target < reached - 1e-12:
        raise DomainError(
            f"A {measure} of {target} cannot be reached: within the budget and the limits it falls "
            f"to {reached:.6f} at best. Raise the budget or relax a limit."
        )
    plan = _solve(problem, index, index.costs(problem), below=max(target, reached))
    cost = float(plan.fun)
    return _outcome(problem, plan, cost, _bound(problem, plan, cost))


def max_min_adequacy(problem: Problem) -> Outcome:
    """Return the plan that raises the lowest staff per need, then the next lowest, and so on.

    Parameters
    ----------
    problem : Problem
        In a divisible staff; `whole` is not offered, since ties between whole people make the
        order of units decide.

    Returns
    -------
    Outcome
        `value` and `bound` are the lowest staff per need.

    Raises
    ------
    DomainError
        If `whole` is asked for, or the solver finds no plan.

    Notes
    -----
    Each round maximises the common level of the units not settled yet, then settles those that
    cannot rise above it without lowering another: their constraints have a positive dual value in
    some optimal solution (Nace and Orlin 2007).

    References
    ----------
    Nace, D. and Orlin, J. B. (2007). Lexicographically minimum and maximum load linear programming
    problems. Operations Research 55, 182-187.
    """
    if problem.whole:
        raise DomainError("max_min_adequacy: whole people are not offered. Pass whole=False.")
    n = problem._counts.size
    settled = np.full(n, -1.0)
    while (settled < 0).any():
        level = _level(problem, settled)
        plan = _solve(problem, level, level.weights)
        waiting = np.flatnonzero(settled < 0)
        holding = -plan.ineqlin.marginals[: waiting.size] > 1e-12
        settled[waiting[holding]] = -plan.fun
    final = _level(problem, settled)
    plan = _solve(problem, final, final.costs(problem))
    lowest = float(settled.min())
    return _outcome(problem, plan, lowest, lowest)


@dataclass(frozen=True)
class _Index:
    """An index as a linear program: extra columns, their weights, and rows that tie them.

    Rows read ``moves @ x + extra @ y <= right``.
    """

    weights: FloatArray
    moves: sparse.csr_array
    extra: sparse.csr_array
    right: FloatArray

    def costs(self, problem: Problem) -> FloatArray:
        """Return the objective that counts the cost of moves instead of the index."""
        return np.concatenate([problem._costs, np.zeros(self.extra.shape[1])])


def _gain(problem: Problem) -> sparse.csr_array:
    """Return the matrix that turns moves into arrivals less leavers of each unit."""
    m, n = problem._from.size, problem._counts.size
    columns = np.arange(m)
    arrivals = sparse.csr_array((np.ones(m), (problem._to, columns)), shape=(n, m))
    leavers = sparse.csr_array((np.ones(m), (problem._from, columns)), shape=(n, m))
    return sparse.csr_array(arrivals - leavers)


def _level(problem: Problem, settled: FloatArray) -> _Index:
    """Return the program of the common level of units not settled (-1), the others held at theirs.

    The rows of the units not settled come first.
    """
    waiting = settled < 0
    order = np.argsort(~waiting, kind="stable")
    held = np.where(waiting, 0.0, settled * (1.0 - _SLACK)) * problem._needs
    column = np.where(waiting, problem._needs, 0.0)[order, None]
    gain = _gain(problem)
    return _Index(
        np.concatenate([np.zeros(gain.shape[1]), [-1.0]]),
        sparse.csr_array(-gain[order]),
        sparse.csr_array(column),
        (problem._counts - held)[order],
    )


def _hoover(problem: Problem) -> _Index:
    n, gain = problem._counts.size, _gain(problem)
    weights = np.concatenate([np.zeros(gain.shape[1]), np.full(n, 1.0 / problem._counts.sum())])
    right = problem.mean * problem._needs - problem._counts
    return _Index(weights, gain, -sparse.eye_array(n, format="csr"), right)


def _gini(problem: Problem) -> _Index:
    n = problem._counts.size
    if n > _MOST_UNITS:
        raise DomainError(
            f"The Gini's program has a variable for each pair of units, and {n} units are too "
            f"many; it takes up to {_MOST_UNITS}. Minimise the Hoover index, or plan each region "
            "on its own."
        )
    need, staff, gain = problem._needs, problem._counts, _gain(problem)
    first, second = np.triu_indices(n, 1)
    rows = np.arange(first.size)
    shape = (first.size, n)
    cross = sparse.csr_array((need[second], (rows, first)), shape=shape) - sparse.csr_array(
        (need[first], (rows, second)), shape=shape
    )  # s_i d_j - s_j d_i
    scale = float(staff.sum() * need.sum())
    apart = sparse.eye_array(first.size, format="csr")
    matrix = sparse.csr_array(cross @ gain)
    today = cross @ staff.astype(np.float64)
    return _Index(
        np.concatenate([np.zeros(gain.shape[1]), np.full(first.size, 1.0 / scale)]),
        sparse.vstack([matrix, -matrix], format="csr"),
        sparse.vstack([-apart, -apart], format="csr"),
        np.concatenate([-today, today]),
    )


def _best(problem: Problem, index: _Index) -> Outcome:
    """Minimise the index, then the cost among the plans that reach the minimum."""
    best = _solve(problem, index, index.weights)
    value = float(best.fun)
    plan = _solve(problem, index, index.costs(problem), below=value)
    return _outcome(problem, plan, value, _bound(problem, best, value))


def _solve(
    problem: Problem, index: _Index, objective: FloatArray, *, below: float | None = None
) -> Any:
    """Solve the program, with the index held at or below a value if one is given."""
    limits, most = problem._limits
    extra = index.extra.shape[1]
    rows = [
        sparse.hstack([index.moves, index.extra]),
        sparse.hstack([limits, sparse.csr_array((limits.shape[0], extra))]),
    ]
    right = [index.right, most]
    if below is not None:
        rows.append(sparse.csr_array(index.weights[None, :]))
        right.append(np.array([below + _SLACK * abs(below) + 1e-12]))
    m = problem._from.size
    whole = np.concatenate([np.full(m, int(problem.whole)), np.zeros(extra, dtype=int)])
    found = linprog(
        objective,
        A_ub=sparse.vstack(rows, format="csc"),
        b_ub=np.concatenate(right),
        bounds=(0, None),
        integrality=whole if problem.whole else None,
        method="highs",
        options={"mip_rel_gap": 0.0} if problem.whole else {},
    )
    if found.x is None:
        raise DomainError(f"The solver found no plan: {found.message}")
    return found


def _bound(problem: Problem, plan: Any, value: float) -> float:
    return float(plan.mip_dual_bound) if problem.whole else value


def _outcome(problem: Problem, plan: Any, value: float, bound: float) -> Outcome:
    people = np.asarray(plan.x[: problem._from.size])
    people = np.rint(people) if problem.whole else np.where(people > 1e-7, people, 0.0)
    after = problem._counts + _gain(problem) @ people
    moves = moves_table(
        problem.units,
        problem._from,
        problem._to,
        people.astype(np.int64) if problem.whole else people,
        problem._costs,
    )
    return Outcome(moves, after, value, bound, float(people @ problem._costs))
