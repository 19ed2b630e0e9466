r"""What the limits of a flow are worth, and the proof that it is cheapest.

Moves :math:`x_{ij}` of `F` people in all, with at most :math:`s_i` leaving and :math:`t_j`
arriving, are cheapest if there are prices :math:`p_i \ge 0`, :math:`q_j \ge 0` and a value
:math:`\lambda` of moving one person with :math:`c_{ij} + p_i + q_j \ge \lambda` on every open
pair, such that the lower bound ``lambda F - sum p_i s_i - sum q_j t_j``, which holds for the cost
of any such moves (weak duality), is reached.

The prices are read off shortest paths in the residual network, where a person more is sent along
a pair at its cost or one person less along a pair in use for minus its cost. The saving that one
more person allowed to leave `i` brings is minus the length of the shortest path from `i` back to
the source; the saving that one more place in `j` brings is minus that from the sink to `j`. These
are the exact savings of one person more, with the number of people moved unchanged; where the
optimum is degenerate a person less may cost more than that.

References
----------
Ahuja, R. K., Magnanti, T. L. and Orlin, J. B. (1993). Network Flows. Prentice Hall, chapter 9.

Aucamp, D. C. and Steinberg, D. I. (1982). The computation of shadow prices in linear programming.
Journal of the Operational Research Society 33, 557-565.
"""

import math
from dataclasses import dataclass

import numpy as np

from analysis.arrays import FloatArray, IntArray
from analysis.errors import DomainError
from analysis.redistribution.flows.ways import Arcs, Positions

_FAR = 2**61  # no path; twice a path's length still fits into 64 bits


@dataclass(frozen=True, eq=False)
class ShadowPrices:
    """What one person more is worth, in units of cost.

    Attributes
    ----------
    leaving, arriving : ndarray
        What would be saved if one more person were allowed to leave this unit, or to arrive, and
        as many moved in all; >= 0, zero where the limit is not reached.
    lower_bound : float
        No moves of as many people within the same limits cost less.
    duality_gap : float
        Cost of the moves less the lower bound: zero, up to rounding, where they are cheapest.
    """

    leaving: FloatArray
    arriving: FloatArray
    lower_bound: float
    duality_gap: float


def shadow_prices(
    arcs: Arcs, people: IntArray, supply: IntArray, demand: IntArray, *, resolution: float
) -> ShadowPrices:
    """Return the shadow prices of moves that are cheapest once costs are rounded.

    Parameters
    ----------
    arcs : Arcs
        Open pairs between a donors and b receivers, and the cost of moving one person.
    people : ndarray of int, shape (m,)
        The moves on these pairs: cheapest among all with the same total and limits, at costs
        rounded to whole multiples of the resolution.
    supply, demand : ndarray of int, shapes (a,) and (b,)
        Most people who may leave and arrive, >= 1.
    resolution : float

    Returns
    -------
    ShadowPrices

    Raises
    ------
    DomainError
        If the moves are not the cheapest.

    Examples
    --------
    >>> arcs = Arcs(
    ...     np.array([0, 1]), np.array([2]), np.array([0, 1], dtype=np.int32),
    ...     np.array([0, 0], dtype=np.int32), np.array([1.0, 4.0]),
    ... )
    >>> prices = shadow_prices(
    ...     arcs, np.array([2, 1]), np.array([2, 5]), np.array([3]), resolution=1.0
    ... )
    >>> prices.leaving.tolist(), prices.arriving.tolist(), prices.duality_gap
    ([3.0, 0.0], [0.0], 0.0)
    """
    moved = int(people.sum())
    if moved == 0:
        return ShadowPrices(np.zeros(supply.size), np.zeros(demand.size), 0.0, 0.0)
    whole = np.rint(arcs.cost / resolution).astype(np.int64)
    row, column = arcs.row, arcs.column
    to_source, onwards, from_sink = _lengths(row, column, whole, people, supply.size, demand)
    order = np.argsort(column, kind="stable")
    arriving, _, _ = _lengths(
        column[order], row[order], whole[order], people[order], demand.size, supply
    )

    # The bound is computed at unrounded costs, so that it proves what it says. Where not everyone
    # leaves who could, the price must be zero: the value gives way to the rounding instead.
    q = np.maximum(onwards - from_sink, 0) * resolution
    cheapest = np.full(supply.size, np.inf)
    rows, starts = np.unique(row, return_index=True)
    cheapest[rows] = np.minimum.reduceat(arcs.cost + q[column], starts)
    leaving = np.bincount(row, people, supply.size)
    spare = leaving < supply
    value = min(-from_sink * resolution, float(cheapest[spare].min(initial=np.inf)))
    p = np.maximum(value - cheapest, 0.0)
    bound = math.fsum([value * moved, *(-p * supply), *(-q * demand)])
    used = np.flatnonzero(people)
    spent = math.fsum(arcs.cost[used] * people[used])
    return ShadowPrices(
        _saved(to_source, resolution), _saved(arriving, resolution), bound, max(spent - bound, 0.0)
    )


def _lengths(
    row: Positions,
    column: Positions,
    cost: IntArray,
    people: IntArray,
    n_rows: int,
    most: IntArray,
) -> tuple[IntArray, IntArray, int]:
    """Return the shortest paths to the source: from the rows, the columns and the sink.

    Bellman and Ford's method on all pairs at once, given in the order of rows. A path ends at the
    source from any row that people leave; a column is left along a pair in use, or to the sink
    where it has room; the sink is left to any column where people arrive.
    """
    in_use = np.flatnonzero(people)
    in_use = in_use[np.argsort(column[in_use], kind="stable")]
    used, starts = np.unique(column[in_use], return_index=True)
    back_to, back = row[in_use], cost[in_use]
    present, row_starts = np.unique(row, return_index=True)
    room = np.bincount(column, people, most.size) < most
    ends = np.full(n_rows, _FAR)
    ends[row[in_use]] = 0
    rows = ends
    for _ in range(n_rows + most.size + 2):  # no shortest path passes a node twice
        columns = np.full(most.size, _FAR)
        columns[used] = np.minimum.reduceat(rows[back_to] - back, starts)
        sink = int(columns[used].min())
        columns[room] = np.minimum(columns[room], sink)
        shorter = ends.copy()
        onward = np.minimum.reduceat(cost + columns[column], row_starts)
        shorter[present] = np.minimum(ends[present], onward)
        if np.array_equal(shorter, rows):
            return rows, columns, sink
        rows = shorter
    raise DomainError(
        "The moves are not the cheapest: sending people round a circle saves. Pass the moves of "
        "`cheapest_moves` or `most_moves`, with the costs they were made for."
    )


def _saved(length: IntArray, resolution: float) -> FloatArray:
    """Return what a path of this length saves; nothing where there is none."""
    saved: FloatArray = np.maximum(-length, 0) * resolution
    return saved
