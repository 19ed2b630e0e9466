"""Where people get stuck when not all of them can be placed."""

import numpy as np
import numpy.typing as npt
from ortools.graph.python.max_flow import SimpleMaxFlow

from analysis.arrays import IntArray

Positions = npt.NDArray[np.int32]


def bottleneck(
    rows: Positions, columns: Positions, supply: IntArray, demand: IntArray
) -> tuple[IntArray, IntArray]:
    """Return the donors whose people cannot all be placed, and all receivers they may go to.

    They are the source's side of a smallest cut (Ford and Fulkerson 1962): these receivers take
    fewer people than these donors give, and the difference is exactly the number of people for
    whom there is no place, whatever else is done.

    Parameters
    ----------
    rows, columns : ndarray of int32, shape (m,)
        Donor and receiver of each open pair.
    supply, demand : ndarray of int, shapes (a,) and (b,)
        People who leave each donor, and who arrive in each receiver at most.

    Returns
    -------
    donors, receivers : ndarray of int
        Positions in `supply` and `demand`, ascending; both empty if everyone can be placed.

    References
    ----------
    Ford, L. R. and Fulkerson, D. R. (1962). Flows in Networks. Princeton University Press,
    chapter I.

    Hall, P. (1935). On representatives of subsets. Journal of the London Mathematical Society 10,
    26-30.

    Examples
    --------
    >>> donors, receivers = bottleneck(
    ...     np.array([0, 1], dtype=np.int32), np.array([0, 1], dtype=np.int32),
    ...     np.array([5, 1]), np.array([3, 9]),
    ... )
    >>> donors.tolist(), receivers.tolist()
    ([0], [0])
    """
    first, second = supply.size, demand.size
    source, sink = first + second, first + second + 1
    nodes = np.arange(source, dtype=np.int32)
    solver = SimpleMaxFlow()
    solver.add_arcs_with_capacity(
        np.concatenate([rows, np.full(first, source, dtype=np.int32), nodes[first:]]),
        np.concatenate([columns + np.int32(first), nodes[:first], np.full(second, sink, np.int32)]),
        np.concatenate([np.full(rows.size, supply.sum() + 1), supply, demand]),  # cuts no pair
    )
    solver.solve(source, sink)
    side = np.sort(np.array(solver.get_source_side_min_cut(), dtype=np.int64))
    return side[side < first], side[(side >= first) & (side < source)] - first
