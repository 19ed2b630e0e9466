r"""Who moves where at least cost, by network flow, with a proof that nothing is cheaper.

With given amounts that leave and arrive, and a cost of moving one person for each pair, the
cheapest moves solve the transportation problem of Hitchcock and Koopmans. Amounts are whole, so
an optimum in whole people exists. It is found on the donors and receivers alone: a unit that
nobody leaves has no arcs.

The solver works with whole costs. Costs are therefore rounded to a multiple of a resolution, the
finest at which its 64-bit numbers cannot overflow; with `e` the largest error that makes on any
arc, the moves found cost at most ``2 e F`` more than the cheapest for `F` people, because the costs
of both plans are off by at most ``e F``. Whether anything is lost at all is checked afterwards on
the unrounded costs by duality: see `flows.prices`; on the rounding, `flows.whole_costs`.

Where people move only inside groups, each group is a problem of its own, and one is held at a time.

References
----------
Hitchcock, F. L. (1941). The distribution of a product from several sources to numerous
localities. Journal of Mathematics and Physics 20, 224-230.

Ford, L. R. and Fulkerson, D. R. (1962). Flows in Networks. Princeton University Press.
"""

import warnings
from typing import Any

import numpy as np
import numpy.typing as npt
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from analysis.arrays import IntArray
from analysis.errors import DomainError
from analysis.labels import Labels, labels_of
from analysis.messages import some
from analysis.redistribution.flows.blocking import bottleneck
from analysis.redistribution.flows.effort import Announced, Progress, require_memory
from analysis.redistribution.flows.flow import Flow
from analysis.redistribution.flows.ways import Arcs, EqualWays, MatrixWays, Ways, blocks
from analysis.redistribution.flows.whole_costs import whole_costs
from analysis.redistribution.units import as_budget, as_costs, as_staff, same_units

_TOLD = 1e-3  # share of the cost that may be lost by rounding without a word


def cheapest_moves(
    losses: npt.ArrayLike,
    gains: npt.ArrayLike,
    cost: npt.ArrayLike,
    *,
    allowed: npt.ArrayLike | None = None,
    resolution: float | None = None,
) -> Flow:
    r"""Return the cheapest moves by which given numbers of people leave and arrive.

    .. math:: \min \sum_{ij} c_{ij} x_{ij}, \quad \sum_j x_{ij} = l_i, \quad
              \sum_i x_{ij} = g_j, \quad x_{ij} \in \{0, 1, 2, \dots\}

    Parameters
    ----------
    losses, gains : array-like, shape (n,)
        People who leave and who arrive in each unit; the sums are equal.
    cost : array-like, shape (n, n)
        Cost of moving one person, origins by destinations, >= 0.
    allowed : array-like of bool, shape (n, n), optional
        Pairs that are open; all by default. Nobody ever moves to the own unit.
    resolution : float, optional
        Costs are rounded to multiples of it; by default of the smallest power of two that is safe
        for the solver, about ``C n^2 / 2^58`` for `n` units and a highest cost `C`. Whole costs up
        to a million millions are left as they are among 500 units.

    Returns
    -------
    Flow

    Raises
    ------
    DomainError
        If the amounts are not whole, their sums differ, a cost is missing or negative, or not
        everyone can be placed on the open pairs: the message then says which units' people are
        left over, and how many.
    ParameterError
        If the resolution is not above zero, or too fine for the solver.

    Warns
    -----
    UserWarning
        If rounding may have lost more than 0.1 % of the cost, because one pair is dearer by many
        orders of magnitude than the pairs in use.

    Examples
    --------
    >>> flow = cheapest_moves([3, 0, 0], [0, 1, 2], [[0, 5, 7], [5, 0, 1], [7, 1, 0]])
    >>> flow.destinations.tolist(), flow.people.tolist(), flow.total_cost, flow.duality_gap
    ([1, 2], [1, 2], 19.0, 0.0)
    """
    leave, arrive, ways = _checked(losses, gains, cost, allowed, "losses and gains")
    if leave.sum() != arrive.sum():
        raise DomainError(
            f"The losses add up to {leave.sum():,} people but the gains to {arrive.sum():,}. "
            "Everyone who leaves arrives somewhere: the sums must be equal."
        )
    return flow_on(ways, leave, arrive, units=labels_of(losses), resolution=resolution)


def most_moves(
    supply: npt.ArrayLike,
    demand: npt.ArrayLike,
    cost: npt.ArrayLike,
    *,
    allowed: npt.ArrayLike | None = None,
    budget: int | None = None,
    resolution: float | None = None,
) -> Flow:
    """Return the moves of as many people as possible, and among these the cheapest.

    Parameters
    ----------
    supply, demand : array-like, shape (n,)
        Most people who may leave and arrive in each unit.
    cost : array-like, shape (n, n)
        Cost of moving one person, origins by destinations, >= 0.
    allowed : array-like of bool, shape (n, n), optional
        Pairs that are open; all by default. Nobody ever moves to the own unit.
    budget : int, optional
        Most people who move in all, from 0 to all who may leave; no limit by default.
    resolution : float, optional
        As in `cheapest_moves`.

    Returns
    -------
    Flow
        Of ``min(budget, largest flow)`` people.

    Raises
    ------
    DomainError
        If the amounts are not whole, the budget is out of range, or a cost is missing or negative.
    ParameterError
        If the resolution is not above zero, or too fine for the solver.

    Examples
    --------
    >>> most_moves([9, 0, 0], [0, 4, 2], np.ones((3, 3))).moved
    6
    """
    leave, arrive, ways = _checked(supply, demand, cost, allowed, "supply and demand")
    people = min(int(leave.sum()), int(arrive.sum()))
    if budget is not None:
        of = "all who may leave"
        people = min(people, as_budget(budget, int(leave.sum()), what="The budget", of=of))
    return flow_on(ways, leave, arrive, most=people, resolution=resolution)


def flow_on(
    ways: Ways,
    leave: IntArray,
    arrive: IntArray,
    *,
    most: int | None = None,
    units: "Labels[Any] | None" = None,
    resolution: float | None = None,
    progress: Progress | None = None,
) -> Flow:
    """Return the cheapest moves, one group after the other.

    Parameters
    ----------
    ways : Ways
        Open pairs and their costs.
    leave, arrive : ndarray of int, shape (n,)
        People who leave and arrive in each unit, with equal sums in each group; or, where `most`
        is given, as many as may.
    most : int, optional
        Move as many people as possible, and at most so many: of one group, or of all who may.
    units : Index, optional
        Names of the units, for the message; their positions by default.
    resolution : float, optional
        See `cheapest_moves`.
    progress : callable, optional
        Called with the pairs solved and all pairs, first and after each group. Without it, work
        of more than about ten seconds is announced on standard error.

    Returns
    -------
    Flow

    Raises
    ------
    DomainError
        If somebody cannot be placed, or a group does not fit the memory.
    ParameterError
        If the resolution is out of range.
    """
    if isinstance(ways, EqualWays):
        return _in_order(ways, leave, arrive)
    parts = list(blocks(ways, leave, arrive))
    sizes = [ways.size(*part) for part in parts]
    require_memory(max(sizes, default=0))
    told = Announced(sizes, progress)
    found, steps, errors = [], [], []
    for donors, receivers in parts:
        arcs = ways.between(donors, receivers)
        whole, step, error = whole_costs(arcs.cost, donors.size + receivers.size, resolution)
        supply, demand = leave[donors], arrive[receivers]
        if most is None:
            people = _exactly(arcs, whole, supply, demand, units)
        else:
            people = _as_many(arcs, whole, supply, demand, most)
        used = np.flatnonzero(people)
        found.append((arcs.tails[used], arcs.heads[used], people[used], arcs.cost[used]))
        steps.append(step)
        errors.append(2.0 * error * float(people.sum()))
        told.advance()
    columns = [np.concatenate(column) for column in zip(*found, strict=True)] or [leave[:0]] * 4
    tails, heads, moved, each = columns
    order = np.lexsort((heads, tails))
    flow = Flow(
        tails[order],
        heads[order],
        moved[order],
        each[order],
        leave,
        arrive,
        ways,
        np.array(steps),
        sum(errors),
    )
    _tell_loss(flow)
    return flow


def _exactly(
    arcs: Arcs, whole: IntArray, supply: IntArray, demand: IntArray, units: "Labels[Any] | None"
) -> IntArray:
    """Return the people on each pair when exactly so many leave and arrive."""
    solver = SimpleMinCostFlow()
    numbers = solver.add_arcs_with_capacity_and_unit_cost(
        arcs.row,
        arcs.column + np.int32(supply.size),
        np.minimum(supply[arcs.row], demand[arcs.column]),
        whole,
    )
    nodes = np.arange(supply.size + demand.size, dtype=np.int32)
    solver.set_nodes_supplies(nodes, np.concatenate([supply, -demand]))
    status = solver.solve()
    if status == solver.INFEASIBLE:
        raise DomainError(_who_is_left(arcs, supply, demand, units))
    _expect_optimal(solver, status)
    people: IntArray = solver.flows(numbers)
    return people


def _as_many(
    arcs: Arcs, whole: IntArray, supply: IntArray, demand: IntArray, most: int
) -> IntArray:
    """Return the people on each pair when as many as possible move, and at most `most`."""
    n_out, n_in = supply.size, demand.size
    source, sink = n_out + n_in, n_out + n_in + 1
    first, second = np.arange(n_out, dtype=np.int32), np.arange(n_out, source, dtype=np.int32)
    solver = SimpleMinCostFlow()
    numbers = solver.add_arcs_with_capacity_and_unit_cost(
        arcs.row,
        arcs.column + np.int32(n_out),
        np.minimum(supply[arcs.row], demand[arcs.column]),
        whole,
    )
    solver.add_arcs_with_capacity_and_unit_cost(
        np.concatenate([np.full(n_out, source, dtype=np.int32), second]),
        np.concatenate([first, np.full(n_in, sink, dtype=np.int32)]),
        np.concatenate([supply, demand]),
        np.zeros(source, dtype=np.int64),
    )
    solver.set_node_supply(source, most)
    solver.set_node_supply(sink, -most)
    _expect_optimal(solver, solver.solve_max_flow_with_min_cost())
    people: IntArray = solver.flows(numbers)
    return people


def _in_order(ways: EqualWays, leave: IntArray, arrive: IntArray) -> Flow:
    """Return moves in the order of units: where all cost the same, none are cheaper.

    People who leave, and places, are numbered through, group by group; a move is a stretch of
    numbers that lie in one unit on both sides.
    """
    sides = []
    for people in (leave, arrive):
        units = np.flatnonzero(people)
        units = units[np.argsort(ways.groups[units], kind="stable")]
        sides.append((units, np.cumsum(people[units])))
    (donors, gone), (receivers, come) = sides
    ends = np.union1d(gone, come)
    people = np.diff(ends, prepend=0)
    tails, heads = (
        units[np.searchsorted(until, ends)] for units, until in ((donors, gone), (receivers, come))
    )
    order = np.lexsort((heads, tails))
    return Flow(
        tails[order],
        heads[order],
        people[order],
        np.ones(order.size),
        leave,
        arrive,
        ways,
        np.ones(1),
        0.0,
    )


def _checked(
    out: npt.ArrayLike,
    in_: npt.ArrayLike,
    cost: npt.ArrayLike,
    allowed: npt.ArrayLike | None,
    what: str,
) -> tuple[IntArray, IntArray, MatrixWays]:
    same_units(out, in_, what)
    name_out, name_in = what.split(" and ")
    leave, arrive = as_staff(out, what=name_out), as_staff(in_, what=name_in)
    n = leave.size
    if arrive.size != n:
        raise DomainError(f"{what}: {n} and {arrive.size} values. Pass one of each for every unit.")
    costs, one = as_costs(cost, (n, n)), np.zeros(n, dtype=np.int64)
    if allowed is None:
        return leave, arrive, MatrixWays(costs, None, one)
    open_ = np.asarray(allowed)
    if open_.shape != (n, n) or open_.dtype != np.bool_:
        raise DomainError(
            f"allowed: expected true or false for each pair, shape {(n, n)}, but it is "
            f"{open_.dtype} of shape {open_.shape}."
        )
    return leave, arrive, MatrixWays(costs, open_, one)


def _tell_loss(flow: Flow) -> None:
    if flow.rounding_bound <= _TOLD * flow.total_cost or flow.relative_gap <= _TOLD:
        return
    warnings.warn(
        f"Costs were rounded to multiples of {flow.resolution:g}, so that these moves may cost up "
        f"to {flow.relative_gap:.2%} more than the cheapest. Some pair costs very much more than "
        "others: close pairs that nobody should use instead of giving them a very high cost, and "
        "leave `resolution` out.",
        stacklevel=4,
    )


def _expect_optimal(solver: SimpleMinCostFlow, status: SimpleMinCostFlow.Status) -> None:
    if status != solver.OPTIMAL:
        raise DomainError(
            f"The solver refuses the network ({status.name}). The numbers of people are too large."
        )


def _who_is_left(
    arcs: Arcs, supply: IntArray, demand: IntArray, units: "Labels[Any] | None"
) -> str:
    """Return which units' people find no place, and why."""
    stuck, full = bottleneck(arcs.row, arcs.column, supply, demand)
    total, room = int(supply[stuck].sum()), int(demand[full].sum())
    givers, takers = _named(arcs.donors[stuck], units), _named(arcs.receivers[full], units)
    why = f"the units they may go to ({takers}) take only {room:,}"
    if full.size == 0:
        why = "no unit they may go to takes anyone"
    return (
        f"{total - room:,} of {int(supply.sum()):,} people cannot be placed: {total:,} leave "
        f"{givers}, but {why}. Open more pairs, raise the capacity there, or move fewer."
    )


def _named(positions: IntArray, units: "Labels[Any] | None") -> str:
    return some(positions.tolist() if units is None else units[positions])
