r"""Plans in which people may fill posts of job families they may stand in for.

People of posts with a surplus go to posts that are short: of their own family or of one that the
substitution table permits, in another unit or in their own (retraining in place). The cost of a
person is that of the move plus the penalty of the substitution, so the plan is a minimum-cost flow:

    source -> unit left -> post with a surplus -> short post -> unit entered -> sink

It is integral by construction (Ford and Fulkerson 1962) as long as the limits nest. One kind does
not: a cap on those who *move away* from a unit where people of several families may also be
retrained in place, since `move + retrain <= surplus` of a family and `move of all families <= cap`
overlap without either containing the other (and likewise for those who enter). The constraint
matrix then has subdeterminants of 2 and no network has it. Such units are treated in three steps,
the first that gives a proof ends it:

1. their caps are left out: a relaxation. Are they kept all the same, the plan is best;
2. as many people as step 1 retrained are reserved for retraining and the others put behind the cap:
   a restriction. Does its plan fill as many posts at the same cost, it is best;
3. the integer program of `quotas`, which starts from the plan of step 2.

References
----------
Ford, L. R. and Fulkerson, D. R. (1962). Flows in Networks. Princeton University Press.
"""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from analysis.arrays import BoolArray, IntArray, as_number
from analysis.errors import DomainError, ParameterError
from analysis.redistribution.families.family_posts import Posts, SubstitutionPlan
from analysis.redistribution.families.family_units import FamilyUnits
from analysis.redistribution.families.quotas import Program
from analysis.redistribution.limits import Limits

_BITS = 20  # of the highest cost, in steps of the resolution
_FINEST = -1000  # power of two; what costs less than that is nothing


def plan_with_substitution(
    staff: pd.DataFrame | FamilyUnits,
    need: pd.DataFrame | None = None,
    *,
    cost: npt.ArrayLike,
    substitution: pd.DataFrame,
    budget: int | None = None,
    limits: Limits | None = None,
    distance: npt.ArrayLike | None = None,
    unfilled: float | None = None,
) -> SubstitutionPlan:
    r"""Return the plan that fills as many short posts as can be, at least cost.

    Parameters
    ----------
    staff, need : DataFrame, units by families
        Whole people, and need in people (>= 0), of the same units and families; or `FamilyUnits`
        as `staff` alone. A post spares ``floor(max(s - d, 0))`` people and is short of
        ``ceil(max(d - s, 0))``.
    cost : array-like, shape (n, n)
        Cost of moving one person of any family, origins by destinations, >= 0. Who stays in the
        unit moves nowhere: the diagonal is ignored.
    substitution : DataFrame
        `from_family`, `to_family` and `penalty` of each permitted pair, see
        `substitution_table.penalties`.
    budget : int, optional
        Most people who change post in all, by moving or in place, from 0 to all staff.
    limits : Limits, optional
        What the plan may not do. Who is retrained in place leaves no unit and arrives in none.
    distance : array-like, shape (n, n), optional
        Distances, where the limits cap them.
    unfilled : float, optional
        What a post left short costs. If given, a post is filled only where that costs less;
        otherwise as many as can be are filled, whatever the cost.

    Returns
    -------
    SubstitutionPlan
        The solver works with whole multiples of a resolution, a power of two between one and two
        millionths of the highest cost; `rounding_bound` says what that can lose at most.

    Raises
    ------
    DomainError
        If staff, need, costs or limits are missing, negative, fractional or of the wrong shape, or
        the budget is out of range, or the substitution table is faulty.
    DataError
        If the substitution table lacks a column.
    ParameterError
        If a protected family is unknown, or `unfilled` is negative or no number.

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
    if unfilled is not None and not 0 <= as_number(unfilled, what="unfilled") < math.inf:
        raise ParameterError(f"unfilled is {unfilled}, but must be a number, 0 or more.")
    return _plan(posts, unfilled)


def _plan(posts: Posts, unfilled: float | None) -> SubstitutionPlan:
    relaxed = _flow(posts, unfilled, None)
    best = relaxed if _keeps_caps(posts, relaxed.people) else None
    if best is None:
        restricted = _flow(posts, unfilled, relaxed.people * posts.in_place)
        if restricted.value == relaxed.value:
            best = restricted
    if best is None:
        program = Program(posts)
        return program.plan(program.solve(restricted.people, unfilled))
    return SubstitutionPlan.of(
        posts,
        best.people,
        optimal=True,
        rounding_bound=best.rounding_bound,
        solver="OR-Tools minimum-cost flow",
        size=(best.nodes, best.arcs),
    )


def _keeps_caps(posts: Posts, people: IntArray) -> bool:
    away = people * ~posts.in_place
    out, into = posts.pairs
    n = posts.units.labels.size
    leaving = np.bincount(posts.giving[0][out], weights=away, minlength=n)
    arriving = np.bincount(posts.short[0][into], weights=away, minlength=n)
    return bool((leaving <= posts.leaving).all() and (arriving <= posts.arriving).all())


@dataclass(frozen=True, eq=False)
class _Found:
    """People who make each change; people placed and whole cost; what rounding can lose; size."""

    people: IntArray
    value: tuple[int, int]
    rounding_bound: float
    nodes: int
    arcs: int


@dataclass(frozen=True, eq=False)
class _Side:
    """The network between the source (or the sink) and the posts.

    Attributes
    ----------
    stay, move : ndarray of int, shape (k,)
        Node of each post for changes in place, and for moves to or from other units.
    near, far, most : ndarray of int
        Arcs: the end nearer to the source (or sink), the other, and the capacity.
    nodes : int
        Number of the next node.
    """

    stay: IntArray
    move: IntArray
    near: IntArray
    far: IntArray
    most: IntArray
    nodes: int


def _side(
    root: int,
    first: int,
    people: IntArray,
    unit: IntArray,
    cap: IntArray,
    retrains: BoolArray,
    reserve: IntArray | None,
) -> _Side:
    """Return one side of the network; nodes are numbered from `first`.

    A cap that binds is put before the posts of a unit without retraining, between the only post
    and its moves where there is one, and otherwise left out, or, with a `reserve` for retraining
    at each post, put before what is not reserved.
    """
    n, k = cap.size, people.size
    tight = cap < np.bincount(unit, weights=people, minlength=n)
    mixed = np.bincount(unit, weights=retrains, minlength=n) > 0
    several = np.bincount(unit, minlength=n) > 1
    by_post = (tight & mixed & ~several)[unit]
    clash = (tight & mixed & several)[unit] & (reserve is not None)
    by_unit = (tight & ~mixed)[unit]
    kept = people if reserve is None else np.where(clash, reserve, people)
    stay = first + np.arange(k)
    move = stay.copy()
    split = by_post | clash
    move[split] = first + k + np.arange(np.count_nonzero(split))
    nodes = first + k + int(np.count_nonzero(split))
    units = np.unique(unit[by_unit | clash])
    hub = np.full(n, -1)
    hub[units] = nodes + np.arange(units.size)
    arcs = [
        (np.full(units.size, root), hub[units], cap[units]),
        (np.where(by_unit, hub[unit], root), stay, kept),
        (stay[by_post], move[by_post], np.minimum(cap[unit], people)[by_post]),
        (hub[unit[clash]], move[clash], (people - kept)[clash]),
    ]
    near, far, most = (np.concatenate(parts) for parts in zip(*arcs, strict=True))
    return _Side(stay, move, near, far, most, nodes + units.size)


def _flow(posts: Posts, unfilled: float | None, retrained: IntArray | None) -> _Found:
    """Solve the network; with caps left out where they do not nest, unless `retrained` is given.

    That is how many people to reserve for each change in place.
    """
    out, into = posts.pairs
    here = posts.in_place

    def side(first: int, root: int, of: IntArray, people: IntArray, unit: IntArray) -> _Side:
        k = people.size
        reserve = None
        if retrained is not None:
            reserve = np.bincount(of, weights=retrained, minlength=k).astype(np.int64)
        retrains = np.bincount(of, weights=here, minlength=k) > 0
        cap = posts.leaving if root == 0 else posts.arriving
        return _side(root, first, people, unit, cap, retrains, reserve)

    left = side(2, 0, out, posts.spare, posts.giving[0])
    right = side(left.nodes, 1, into, posts.missing, posts.short[0])
    total = min(int(posts.spare.sum()), int(posts.missing.sum()), posts.budget)
    costs = posts.pair_cost
    highest = max(float(costs.max(initial=0.0)), unfilled or 0.0)
    step = math.ldexp(1.0, max(math.frexp(highest)[1] - _BITS, _FINEST))
    whole = np.rint(costs / step).astype(np.int64)
    error = float(np.abs(whole * step - costs).max(initial=0.0))

    solver = SimpleMinCostFlow()
    changes = solver.add_arcs_with_capacity_and_unit_cost(
        np.where(here, left.stay[out], left.move[out]).astype(np.int32),
        np.where(here, right.stay[into], right.move[into]).astype(np.int32),
        np.minimum(posts.spare[out], posts.missing[into]),
        whole,
    )
    for tail, head, most in ((left.near, left.far, left.most), (right.far, right.near, right.most)):
        solver.add_arcs_with_capacity_and_unit_cost(
            tail.astype(np.int32), head.astype(np.int32), most, np.zeros(most.size, dtype=np.int64)
        )
    if unfilled is not None:
        price = round(unfilled / step)
        error = max(error, abs(price * step - unfilled))
        solver.add_arc_with_capacity_and_unit_cost(0, 1, total, price)
    solver.set_node_supply(0, total)
    solver.set_node_supply(1, -total)
    status = solver.solve_max_flow_with_min_cost()
    if status != solver.OPTIMAL:
        raise DomainError(
            f"The solver refuses the network ({status.name}). The numbers of people are too large."
        )
    people = solver.flows(changes).astype(np.int64)
    return _Found(
        people,
        (solver.maximum_flow(), solver.optimal_cost()),
        2.0 * error * total,
        right.nodes,
        solver.num_arcs(),
    )
