r"""Who moves where at least cost, by network flow, with a proof that nothing is cheaper.

With given amounts that leave and arrive, and a cost of moving one person for each pair, the
cheapest moves solve the transportation problem of Hitchcock and Koopmans. Amounts are whole, so
an optimum in whole people exists. It is found on the donors and receivers alone: a unit that
nobody leaves has no arcs.

The solver works with whole costs. Costs are therefore rounded to a multiple of a resolution, the
finest at which its 64-bit numbers cannot overflow; with `e` the largest error that makes on any
arc, the moves found cost at most ``2 e F`` more than the cheapest for `F` people, because the costs
of both plans are off by at most ``e F``. Whether anything is lost at all is checked afterwards on
the unrounded costs by duality: see `analysis.redistribution.flows.prices`.

How fine is safe: the solver multiplies costs by its number of nodes `N` and one, `C` being the
highest afterwards, and halves nothing but a tolerance, first `C`, then a fifth of the one before.
While the tolerance is `t`, no node's potential falls by more than ``6 t`` for each of at most `N`
arcs of a path to a node that lacks people (Goldberg 1997), so that potentials stay within
``6 N (C/5 + C/25 + ...) = 1.5 N C`` of zero. With costs up to ``2^58 / N^2`` that is a tenth of
what 64 bits hold.

References
----------
Hitchcock, F. L. (1941). The distribution of a product from several sources to numerous
localities. Journal of Mathematics and Physics 20, 224-230.

Ford, L. R. and Fulkerson, D. R. (1962). Flows in Networks. Princeton University Press.

Goldberg, A. V. (1997). An efficient implementation of a scaling minimum-cost flow algorithm.
Journal of Algorithms 22, 1-29.
"""

import math
import warnings
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from analysis.arrays import BoolArray, FloatArray, IntArray
from analysis.errors import DomainError, ParameterError
from analysis.messages import some
from analysis.redistribution.flows.blocking import bottleneck
from analysis.redistribution.flows.prices import ShadowPrices, shadow_prices
from analysis.redistribution.units import as_budget, as_costs, as_staff, names, same_units

_FINEST = -1000  # power of two; what costs less than that is nothing
_LARGEST = 2**58  # whole costs times nodes squared: the solver's potentials then fit 64 bits
_TOLD = 1e-3  # share of the cost that may be lost by rounding without a word


@dataclass(frozen=True, eq=False)
class Flow:
    """Moves of least cost.

    Attributes
    ----------
    origins, destinations : ndarray of int, shape (m,)
        Positions of the units, one pair for each move, in ascending order.
    people : ndarray of int, shape (m,)
        People who move between them, >= 1.
    supply, demand : ndarray of int, shape (n,)
        Most people who could leave and arrive.
    cost : ndarray, shape (n, n)
        Cost of moving one person, origins by destinations.
    allowed : ndarray of bool, shape (n, n), or None
        Pairs that are open.
    resolution : float
        Costs were rounded to multiples of this.
    rounding_bound : float
        The moves cost at most so much more than the cheapest, whatever the rounding did.
    """

    origins: IntArray
    destinations: IntArray
    people: IntArray
    supply: IntArray
    demand: IntArray
    cost: FloatArray
    allowed: BoolArray | None
    resolution: float
    rounding_bound: float

    @property
    def moved(self) -> int:
        """People who move."""
        return int(self.people.sum())

    @cached_property
    def losses(self) -> IntArray:
        """People who leave each unit, shape (n,)."""
        return _totals(self.origins, self.people, self.supply.size)

    @cached_property
    def gains(self) -> IntArray:
        """People who arrive in each unit, shape (n,)."""
        return _totals(self.destinations, self.people, self.supply.size)

    @property
    def costs(self) -> FloatArray:
        """Cost of each move: of one person times people, shape (m,)."""
        each: FloatArray = self.cost[self.origins, self.destinations] * self.people
        return each

    @cached_property
    def total_cost(self) -> float:
        """Cost of all moves."""
        return math.fsum(self.costs)

    @cached_property
    def prices(self) -> ShadowPrices:
        """What one more person allowed to leave or to arrive is worth, and the duality gap."""
        network = _Network.between(self.supply, self.demand, self.cost, self.allowed)
        people = np.zeros(network.costs.shape, dtype=np.int64)
        row = np.searchsorted(network.donors, self.origins)
        column = np.searchsorted(network.receivers, self.destinations)
        people[row, column] = self.people
        return shadow_prices(
            network.costs,
            people,
            self.supply[network.donors],
            self.demand[network.receivers],
            allowed=network.allowed,
            resolution=self.resolution,
        ).spread(self.supply.size, network.donors, network.receivers)

    @property
    def duality_gap(self) -> float:
        """Cost of these moves less a lower bound on the cost of any; at most `rounding_bound`."""
        return self.prices.duality_gap

    @property
    def relative_gap(self) -> float:
        """Duality gap as a share of the cost; zero where nothing is spent."""
        return self.duality_gap / self.total_cost if self.total_cost > 0.0 else 0.0


@dataclass(frozen=True, eq=False)
class _Network:
    """Donors, receivers and the costs between them."""

    donors: npt.NDArray[np.intp]
    receivers: npt.NDArray[np.intp]
    costs: FloatArray
    allowed: BoolArray | None

    @classmethod
    def between(
        cls, supply: IntArray, demand: IntArray, cost: FloatArray, allowed: BoolArray | None
    ) -> "_Network":
        donors, receivers = np.flatnonzero(supply), np.flatnonzero(demand)
        block = np.ix_(donors, receivers)
        if allowed is None and np.intersect1d(donors, receivers, assume_unique=True).size:
            open_: BoolArray | None = np.not_equal.outer(donors, receivers)
        elif allowed is None:
            open_ = None
        else:
            open_ = allowed[block] & np.not_equal.outer(donors, receivers)
        return cls(donors, receivers, cost[block], open_)

    def arcs(self) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
        """Return row and column of each open pair, in ascending order."""
        rows, columns = self.costs.shape
        if self.allowed is None:
            return (
                np.repeat(np.arange(rows, dtype=np.int32), columns),
                np.tile(np.arange(columns, dtype=np.int32), rows),
            )
        row, column = np.nonzero(self.allowed)
        return row.astype(np.int32), column.astype(np.int32)


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
    leave, arrive, costs, open_ = _checked(losses, gains, cost, allowed, "losses and gains")
    if leave.sum() != arrive.sum():
        raise DomainError(
            f"The losses add up to {leave.sum():,} people but the gains to {arrive.sum():,}. "
            "Everyone who leaves arrives somewhere: the sums must be equal."
        )
    network = _Network.between(leave, arrive, costs, open_)
    row, column = network.arcs()
    whole, step, bound = _whole_costs(network, row, column, resolution)
    supply, demand = leave[network.donors], arrive[network.receivers]
    solver = SimpleMinCostFlow()
    arcs = solver.add_arcs_with_capacity_and_unit_cost(
        row, column + np.int32(supply.size), np.minimum(supply[row], demand[column]), whole
    )
    nodes = np.arange(supply.size + demand.size, dtype=np.int32)
    solver.set_nodes_supplies(nodes, np.concatenate([supply, -demand]))
    status = solver.solve() if nodes.size else solver.OPTIMAL
    if status == solver.INFEASIBLE:
        raise DomainError(_who_is_left(network, leave, arrive, names(losses, leave.size)))
    _expect_optimal(solver, status)
    return _flow(network, row, column, solver.flows(arcs), leave, arrive, costs, open_, step, bound)


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
    leave, arrive, costs, open_ = _checked(supply, demand, cost, allowed, "supply and demand")
    people = min(int(leave.sum()), int(arrive.sum()))
    if budget is not None:
        of = "all who may leave"
        people = min(people, as_budget(budget, int(leave.sum()), what="The budget", of=of))
    network = _Network.between(leave, arrive, costs, open_)
    row, column = network.arcs()
    whole, step, bound = _whole_costs(network, row, column, resolution)
    most_out, most_in = leave[network.donors], arrive[network.receivers]
    n_out, n_in = most_out.size, most_in.size
    source, sink = n_out + n_in, n_out + n_in + 1
    first, second = np.arange(n_out, dtype=np.int32), np.arange(n_out, source, dtype=np.int32)
    solver = SimpleMinCostFlow()
    arcs = solver.add_arcs_with_capacity_and_unit_cost(
        row, column + np.int32(n_out), np.minimum(most_out[row], most_in[column]), whole
    )
    solver.add_arcs_with_capacity_and_unit_cost(
        np.concatenate([np.full(n_out, source, dtype=np.int32), second]),
        np.concatenate([first, np.full(n_in, sink, dtype=np.int32)]),
        np.concatenate([most_out, most_in]),
        np.zeros(source, dtype=np.int64),
    )
    solver.set_node_supply(source, people)
    solver.set_node_supply(sink, -people)
    _expect_optimal(solver, solver.solve_max_flow_with_min_cost())
    return _flow(network, row, column, solver.flows(arcs), leave, arrive, costs, open_, step, bound)


def _checked(
    out: npt.ArrayLike,
    in_: npt.ArrayLike,
    cost: npt.ArrayLike,
    allowed: npt.ArrayLike | None,
    what: str,
) -> tuple[IntArray, IntArray, FloatArray, BoolArray | None]:
    same_units(out, in_, what)
    name_out, name_in = what.split(" and ")
    leave, arrive = as_staff(out, what=name_out), as_staff(in_, what=name_in)
    n = leave.size
    if arrive.size != n:
        raise DomainError(f"{what}: {n} and {arrive.size} values. Pass one of each for every unit.")
    costs = as_costs(cost, (n, n))
    if allowed is None:
        return leave, arrive, costs, None
    open_ = np.asarray(allowed)
    if open_.shape != (n, n) or open_.dtype != np.bool_:
        raise DomainError(
            f"allowed: expected true or false for each pair, shape {(n, n)}, but it is "
            f"{open_.dtype} of shape {open_.shape}."
        )
    return leave, arrive, costs, open_


def _whole_costs(
    network: _Network,
    row: npt.NDArray[np.int32],
    column: npt.NDArray[np.int32],
    resolution: float | None,
) -> tuple[IntArray, float, float]:
    """Return whole costs of the arcs, the resolution, and the largest error of one person."""
    costs = network.costs.ravel() if network.allowed is None else network.costs[row, column]
    highest = float(costs.max(initial=0.0))
    nodes = sum(network.costs.shape) + 2
    if resolution is None:
        finest = math.frexp(highest)[1] + math.frexp(float(nodes**2))[1] - 58
        return _coarsened(costs, math.ldexp(1.0, max(finest, _FINEST)))
    if not 0.0 < resolution < np.inf:
        raise ParameterError(f"The resolution is {resolution}, but must be above zero.")
    if highest / resolution * nodes**2 >= _LARGEST:
        raise ParameterError(
            f"A resolution of {resolution} is too fine for costs up to {highest:g}: the solver "
            "would overflow. Pass a coarser one, or none to have it chosen."
        )
    return _rounded(costs, float(resolution))


def _rounded(costs: FloatArray, step: float) -> tuple[IntArray, float, float]:
    steps = np.rint(costs / step)
    error = float(np.abs(steps * step - costs).max(initial=0.0))
    return steps.astype(np.int64), step, error


def _coarsened(costs: FloatArray, step: float) -> tuple[IntArray, float, float]:
    """Round to multiples of a power of two, or of a higher one where that loses nothing more.

    The solver takes fewer rounds for smaller numbers: whole costs stay as small as they are.
    """
    whole, step, error = _rounded(costs, step)
    shared = int(np.bitwise_or.reduce(whole))
    even = (shared & -shared).bit_length() - 1  # twos that divide every cost
    return (whole >> even, math.ldexp(step, even), error) if even > 0 else (whole, step, error)


def _flow(
    network: _Network,
    row: npt.NDArray[np.int32],
    column: npt.NDArray[np.int32],
    people: IntArray,
    supply: IntArray,
    demand: IntArray,
    cost: FloatArray,
    allowed: BoolArray | None,
    step: float,
    error: float,
) -> Flow:
    used = np.flatnonzero(people)
    moved = people[used]
    flow = Flow(
        network.donors[row[used]],
        network.receivers[column[used]],
        moved,
        supply,
        demand,
        cost,
        allowed,
        step,
        2.0 * error * float(moved.sum()),
    )
    if flow.rounding_bound > _TOLD * flow.total_cost and flow.relative_gap > _TOLD:
        warnings.warn(
            f"Costs were rounded to multiples of {flow.resolution:g}, so that these moves may cost "
            f"up to {flow.relative_gap:.2%} more than the cheapest. The dearest pair costs "
            f"{float(cost.max()):g}: close pairs that nobody should use instead of giving them a "
            "very high cost, and leave `resolution` out.",
            stacklevel=3,
        )
    return flow


def _expect_optimal(solver: SimpleMinCostFlow, status: SimpleMinCostFlow.Status) -> None:
    if status != solver.OPTIMAL:
        raise DomainError(
            f"The solver refuses the network ({status.name}). The numbers of people are too large."
        )


def _who_is_left(network: _Network, leave: IntArray, arrive: IntArray, units: list[str]) -> str:
    """Return which units' people find no place, and why."""
    supply, demand = leave[network.donors], arrive[network.receivers]
    stuck, full = bottleneck(*network.arcs(), supply, demand)
    total, room = int(supply[stuck].sum()), int(demand[full].sum())
    givers = some([units[i] for i in network.donors[stuck].tolist()])
    takers = some([units[j] for j in network.receivers[full].tolist()])
    why = f"the units they may go to ({takers}) take only {room:,}"
    if full.size == 0:
        why = "no unit they may go to takes anyone"
    return (
        f"{total - room:,} of {int(supply.sum()):,} people cannot be placed: {total:,} leave "
        f"{givers}, but {why}. Open more pairs, raise the capacity there, or move fewer."
    )


def _totals(positions: IntArray, people: IntArray, n: int) -> IntArray:
    totals = np.zeros(n, dtype=np.int64)
    np.add.at(totals, positions, people)
    return totals
