r"""The best plan under limits, for several ideas of what is best.

Where anyone may move anywhere, `frontier` answers all of them at once. Where only some pairs of
units may exchange people, the ideas part, and each is a linear program in the people
`x_ij` who move from unit `i` to `j`, with ``s'_i = s_i - sum_j x_ij + sum_j x_ji``:

======================  ==========================================================================
`minimum_hoover`        least ``sum_i max(s'_i - r d_i, 0) / S``, with ``r = S / D``
`minimum_gini`          least ``sum_ij |s'_i d_j - s'_j d_i| / (2 S D)``: linear, because moving
                        keeps `S` and `D` fixed; the unweighted Gini of the rates has a mean that
                        moves with the plan, and is no linear program
`max_min_adequacy`      highest ``min_i s'_i / d_i`` where there is need, then the next lowest, ...
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

from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
from scipy import sparse
from scipy.optimize import linprog

from analysis.arrays import FloatArray
from analysis.errors import DomainError
from analysis.redistribution.flows.moves import moves_table
from analysis.redistribution.plans.problem import Outcome, Problem

_SLACK = 1e-9  # relative room left when an optimum becomes a constraint of the next program
_FIRM = 1e-9  # people; tolerance of the solver, well below the room left to a settled level
_ROOM = 1e-6  # people
_MOST_UNITS = 300  # for the Gini, whose program has a variable for each pair of units
_MANY = 5_000  # columns above which an interior point is quicker than the simplex method


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

    Parameters, returns: see `minimum_hoover`. With a divisible staff 150 units take a few seconds,
    300 up to a minute or two; with whole people longer.

    Raises
    ------
    DomainError
        If there are more than 300 units, or the solver finds no plan.
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
    reached = index.scale * float(_solve(problem, index, index.weights).fun)
    if target < reached * (1.0 - _SLACK) - 1e-12:
        raise DomainError(
            f"A {measure} of {target} cannot be reached: within the budget and the limits it falls "
            f"to {reached:.6f} at best. Raise the budget or relax a limit."
        )
    plan = _solve(problem, index, index.costs(problem), below=max(target, reached) / index.scale)
    found = _outcome(problem, plan, 0.0, 0.0)
    dear = float(problem.pair_costs.max(initial=0.0))
    bound = dear * float(plan.mip_dual_bound) if problem.whole else found.cost
    return replace(found, value=found.cost, bound=bound)


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
    used = problem.needs > 0.0
    settled = np.where(used, -1.0, 0.0)
    while (settled < 0).any():
        level = _level(problem, settled)
        plan = _solve(problem, level, level.weights, firm=True)
        waiting = np.flatnonzero(settled < 0)
        # Marginals times the need they stand for add up to one: some are above a tolerance.
        share = (
            -plan.ineqlin.marginals[: waiting.size] * level.extra[: waiting.size].toarray()[:, 0]
        )
        holding = share > min(1e-9, share.max() / 2.0)
        settled[waiting[holding]] = -level.scale * plan.fun
    final = _level(problem, settled)
    plan = _solve(problem, final, final.costs(problem), firm=True)
    lowest = float(settled[used].min())
    return _outcome(problem, plan, lowest, lowest)


@dataclass(frozen=True)
class _Index:
    """An index as a linear program: extra columns, their weights, and rows that tie them.

    Rows read ``moves @ x + extra @ y <= right``; the index is ``scale * weights @ (x, y)``. Where
    staff afterwards is among the columns, ``ties @ (x, y) = -staff`` makes it so. Rows and weights
    count people, with need over its mean, so that the numbers are neither so large nor so
    small that the solver's absolute tolerances decide.
    """

    weights: FloatArray
    moves: sparse.csr_array
    extra: sparse.csr_array
    right: FloatArray
    scale: float
    ties: sparse.csr_array | None = None

    def costs(self, problem: Problem) -> FloatArray:
        """Return the objective that counts the cost of moves, over the dearest, instead."""
        dear = max(float(problem.pair_costs.max(initial=0.0)), np.finfo(float).tiny)
        return np.concatenate([problem.pair_costs / dear, np.zeros(self.extra.shape[1])])


def _level(problem: Problem, settled: FloatArray) -> _Index:
    """Return the program of the common level of units not settled (-1), the others held at theirs.

    The rows of the units not settled come first.
    """
    waiting = settled < 0
    order = np.argsort(~waiting, kind="stable")
    reached = np.where(waiting, 0.0, settled * problem.needs)
    held = np.maximum(reached - np.maximum(_ROOM, _SLACK * reached), 0.0)
    mean = float(problem.needs.mean())
    column = np.where(waiting, problem.needs / mean, 0.0)[order, None]
    gain = problem.gain
    return _Index(
        np.concatenate([np.zeros(gain.shape[1]), [-1.0]]),
        sparse.csr_array(-gain[order]),
        sparse.csr_array(column),
        (problem.counts - held)[order],
        1.0 / mean,
    )


def _hoover(problem: Problem) -> _Index:
    n, gain = problem.counts.size, problem.gain
    weights = np.concatenate([np.zeros(gain.shape[1]), np.ones(n)])
    right = problem.mean * problem.needs - problem.counts
    scale = 1.0 / float(problem.counts.sum())
    return _Index(weights, gain, -sparse.eye_array(n, format="csr"), right, scale)


def _gini(problem: Problem) -> _Index:
    """Return the Gini as a program in staff afterwards, one more column and row for each pair.

    With units in today's order, a pair of which `j` has more staff per need than `i` adds
    ``s'_j d_i - s'_i d_j`` as long as the order stays, and twice the excess more once it turns.
    Rows that speak of staff afterwards, not of moves, have three entries each.
    """
    n, m = problem.counts.size, problem.origins.size
    if n > _MOST_UNITS:
        raise DomainError(
            f"The Gini's program has a variable for each pair of units, and {n} units are too "
            f"many; it takes up to {_MOST_UNITS}. Minimise the Hoover index, or plan each region "
            "on its own."
        )
    need, staff = problem.needs / problem.needs.mean(), problem.counts.astype(np.float64)
    ratio = np.divide(staff, need, out=np.full(n, np.inf), where=need > 0.0)
    order = np.argsort(ratio, kind="stable")
    below = np.cumsum(need[order])
    slope = np.empty(n)
    slope[order] = 2.0 * below - need[order] - below[-1]  # need below less need above
    first, second = np.triu_indices(n, 1)
    lower, higher = order[first], order[second]
    pairs = np.arange(lower.size)
    turned = sparse.csr_array(
        (
            np.concatenate([need[higher], -need[lower]]),
            (np.tile(pairs, 2), np.concatenate([lower, higher])),
        ),
        shape=(pairs.size, n),
    )
    excess = sparse.eye_array(pairs.size, format="csr")
    return _Index(
        np.concatenate([np.zeros(m), slope / n, np.full(pairs.size, 2.0 / n)]),
        sparse.csr_array((pairs.size, m)),
        sparse.csr_array(sparse.hstack([turned, -excess])),
        np.zeros(pairs.size),
        1.0 / float(staff.sum()),
        ties=sparse.csr_array(
            sparse.hstack([problem.gain, -sparse.eye_array(n), sparse.csr_array((n, pairs.size))])
        ),
    )


def _best(problem: Problem, index: _Index) -> Outcome:
    """Minimise the index, then the cost among the plans that reach the minimum."""
    best = _solve(problem, index, index.weights)
    plan = _solve(problem, index, index.costs(problem), below=float(best.fun))
    value = index.scale * float(best.fun)
    bound = index.scale * float(best.mip_dual_bound) if problem.whole else value
    return _outcome(problem, plan, value, bound)


def _solve(
    problem: Problem,
    index: _Index,
    objective: FloatArray,
    *,
    below: float | None = None,
    firm: bool = False,
) -> Any:
    """Solve the program, with the index held at or below a value if one is given.

    Where it is `firm`, the solver keeps rows more exactly than it does by itself.
    """
    limits, most = problem.rows
    extra = index.extra.shape[1]
    rows = [
        sparse.hstack([index.moves, index.extra]),
        sparse.hstack([limits, sparse.csr_array((limits.shape[0], extra))]),
    ]
    right = [index.right, most]
    if below is not None:
        rows.append(sparse.csr_array(index.weights[None, :]))
        right.append(np.array([below + _SLACK * abs(below) + 1e-9]))
    options: dict[str, float] = {"mip_rel_gap": 0.0} if problem.whole else {}
    if firm:
        options |= {"primal_feasibility_tolerance": _FIRM}
    m = problem.origins.size
    whole = np.concatenate([np.full(m, int(problem.whole)), np.zeros(extra, dtype=int)])
    found = linprog(
        objective,
        A_ub=sparse.vstack(rows, format="csc"),
        b_ub=np.concatenate(right),
        A_eq=None if index.ties is None else index.ties.tocsc(),
        b_eq=None if index.ties is None else -problem.counts.astype(np.float64),
        bounds=(0, None),
        integrality=whole if problem.whole else None,
        method="highs-ipm" if extra > _MANY and not problem.whole else "highs",
        options=options,
    )
    if found.x is None:
        raise DomainError(f"The solver found no plan: {found.message}")
    return found


def _outcome(problem: Problem, plan: Any, value: float, bound: float) -> Outcome:
    people = np.asarray(plan.x[: problem.origins.size])
    people = np.rint(people) if problem.whole else np.where(people > 1e-7, people, 0.0)
    after = problem.counts + problem.gain @ people
    moves = moves_table(
        problem.units.labels,
        problem.origins,
        problem.destinations,
        people.astype(np.int64) if problem.whole else people,
        problem.pair_costs,
    )
    return Outcome(moves, after, value, bound, float(people @ problem.pair_costs))
