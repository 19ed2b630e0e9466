r"""The transfer that leaves deficits most even when only some moves are acceptable.

Units short of people have whole deficits `D_j`; people of the others may go only where the pair is
acceptable. Among all transfers there is one whose remaining deficits ``D_j - g_j`` Lorenz-dominate
those of every other: its largest remaining deficit is least, its two largest together are least,
and so on, and all of them together are least. It is therefore best for every index of deficits that
respects that order (Sen, Mishra, Sethuraman, Yadav and Sarkar 2025).

Why, and how it is found: the arrivals ``g`` that some flow can bring about are the whole points of
a polymatroid, and its maximal points an M-convex set. On such a set one point is least majorized,
and those points are just the ones with the least sum of squares (Frank and Murota 2022). The sum of
squares ``sum (D_j - g_j)^2`` is minimised exactly by a flow in which the `t`-th arrival at `j`
costs ``-(2 (D_j - t) + 1)``; every arrival lowers it, so as many people move as can.

References
----------
Frank, A. and Murota, K. (2022). Decreasing minimization on M-convex sets: background and
structures. Mathematical Programming 195, 977-1025.

Sen, S., Mishra, S., Sethuraman, J., Yadav, S. and Sarkar, S. (2025). Teacher transfers: equalizing
deficits across schools. arXiv 2510.18708.
"""

import numpy as np
import numpy.typing as npt
from ortools.graph.python import min_cost_flow

from analysis.arrays import IntArray, as_flags
from analysis.errors import DomainError
from analysis.labels import align_matrix, labels_of
from analysis.redistribution.units import as_staff

_MOST_ARCS = 5_000_000


def even_deficits(
    surplus: npt.ArrayLike, deficit: npt.ArrayLike, acceptable: npt.ArrayLike
) -> IntArray:
    """Return how many people arrive at each unit in the transfer that leaves deficits most even.

    Parameters
    ----------
    surplus : array-like of int, shape (n,)
        People each unit can give.
    deficit : array-like of int, shape (m,)
        People each unit is short of.
    acceptable : array-like of bool, shape (n, m)
        Which of the first may send people to which of the second. A frame is aligned by label.

    Returns
    -------
    ndarray of int, shape (m,)
        Arrivals, at most the deficit. Where two units could end the other way round, the one
        chosen is arbitrary but the same every time.

    Raises
    ------
    DomainError
        If a count is negative, fractional or missing, `acceptable` has the wrong shape or is not
        true or false, or the deficits are too many for one flow (5 million people and pairs).

    Examples
    --------
    >>> even_deficits([3], [5, 4, 1], [[True, True, True]]).tolist()
    [2, 1, 0]
    """
    giving = as_staff(surplus, what="surplus")
    short = as_staff(deficit, what="deficit")
    aligned = align_matrix(
        acceptable,
        labels_of(surplus),
        labels_of(deficit),
        what="acceptable",
        to="surplus and deficit",
    )
    pairs = as_flags(aligned, (giving.size, short.size), what="acceptable")
    origins, destinations = np.nonzero(pairs & (giving > 0)[:, None] & (short > 0))
    reach = np.bincount(destinations, weights=giving[origins], minlength=short.size)
    room = np.minimum(short, reach).astype(np.int64)  # more arrivals than this are not possible
    if origins.size + int(room.sum()) > _MOST_ARCS:
        raise DomainError(
            f"The deficits add up to {int(room.sum()):,} people over {origins.size:,} acceptable "
            "pairs, too many for one flow. Plan each family or region on its own."
        )
    seats = np.repeat(np.arange(short.size), room)
    first = np.cumsum(room) - room
    rank = np.arange(seats.size) - first[seats] + 1  # 1 for the first arrival at a unit
    left = 2 * (short[seats] - rank) + 1

    n, m = giving.size, short.size
    source, sink = n + m, n + m + 1
    flow = min_cost_flow.SimpleMinCostFlow()
    arcs = [
        (np.full(n, source), np.arange(n), giving, np.zeros(n)),
        (origins, n + destinations, giving[origins], np.zeros(origins.size)),
        (n + seats, np.full(seats.size, sink), np.ones(seats.size), -left),
    ]
    tails, heads, capacities, costs = (
        np.concatenate(parts).astype(np.int64) for parts in zip(*arcs, strict=True)
    )
    flow.add_arcs_with_capacity_and_unit_cost(tails, heads, capacities, costs)
    flow.set_nodes_supplies([source, sink], [int(giving.sum()), -int(giving.sum())])
    status = flow.solve_max_flow_with_min_cost()
    if status != flow.OPTIMAL:
        raise DomainError(f"The flow could not be solved: {status.name}.")
    taken = flow.flows(np.arange(n + origins.size, tails.size))
    return np.bincount(seats, weights=taken, minlength=m).astype(np.int64)
