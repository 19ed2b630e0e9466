"""Round a table so that its cells are whole numbers and every margin is met exactly."""

import numpy as np
from scipy import optimize, sparse

from analysis.arrays import FloatArray, IntArray
from analysis.errors import DomainError
from analysis.raking.margins import Margins

_GRID = 1e6  # costs are whole on this grid: noise in the last bits of a cell never decides
_WIDTHS = (0, 1, 4, 16, 64)  # cells beyond its two neighbours that a cell may be rounded to
_GAP = 0.01  # of the distance: nearer is not worth the search, the margins are exact anyway


def round_to_margins(table: FloatArray, margins: Margins) -> IntArray:
    """Return the table in whole numbers that has exactly these margins and is nearest to it.

    Each cell is rounded down or up so that the sum of distances, sum of |n - x|, is least: an
    integer program. Of two margins that share no axis (rows and columns) it is a flow, which
    always has a solution in whole numbers (Bacharach 1966; Cox 1987); of more there may be none
    among the neighbours of each cell: then cells may go further, at the same price by unit. The
    distance found is within one per cent of the least.

    Parameters
    ----------
    table : ndarray
        A table with these margins, such as `fit` returns; what is zero stays zero.
    margins : Margins
        Whole numbers.

    Raises
    ------
    DomainError
        If a margin is not whole, or no table of whole numbers has them.

    References
    ----------
    Cox, L. H. (1987). A constructive procedure for unbiased controlled rounding. Journal of the
    American Statistical Association 82, 520-524.

    Examples
    --------
    >>> margins = Margins(
    ...     {"sex": ("m", "f"), "kind": ("a", "b")},
    ...     {("sex",): np.array([2, 3]), ("kind",): np.array([2, 3])},
    ... )
    >>> round_to_margins(np.array([[0.8, 1.2], [1.2, 1.8]]), margins)
    array([[1, 1],
           [1, 2]])
    """
    for key, sums in margins.sums.items():
        if not np.array_equal(sums, np.rint(sums)):
            raise DomainError(f"The margin by {' x '.join(key)} is not in whole numbers.")
    possible = table > 0
    exact = table[possible]
    near = np.rint(exact)
    down = np.where(np.abs(exact - near) <= 1 / _GRID, near, np.floor(exact))
    rest = np.rint((exact - down) * _GRID)
    equations = margins.equations(possible)
    missing = np.rint(margins.right_side() - equations @ down)
    for width in _WIDTHS:
        steps = _cheapest_steps(equations, missing, rest, np.minimum(down, width), width)
        if steps is not None:
            whole = np.zeros(table.shape, dtype=np.int64)
            whole[possible] = np.rint(down + steps).astype(np.int64)
            return whole
    raise DomainError(
        "No table of whole numbers near the fitted one has these margins. Give fewer margins, or "
        "more people."
    )


def _cheapest_steps(
    equations: sparse.csr_array,
    missing: FloatArray,
    rest: FloatArray,
    lowest: FloatArray,
    width: int,
) -> FloatArray | None:
    """Return how many go to each cell beyond its lower neighbour, or None if there is no way.

    A step is up to the higher neighbour, or `width` or fewer beyond the two.
    """
    cells = rest.size
    one = np.ones(cells)
    blocks, upper, cost = [equations], [(rest > 0).astype(np.float64)], [_GRID - 2 * rest]
    if width:
        blocks += [equations, -equations]
        upper += [width * one, lowest]
        cost += [_GRID * one, _GRID * one]
    found = optimize.milp(
        np.concatenate(cost),
        constraints=optimize.LinearConstraint(
            sparse.hstack(blocks, format="csr"), missing, missing
        ),
        integrality=np.ones(len(blocks) * cells),
        bounds=optimize.Bounds(0.0, np.concatenate(upper)),
        options={"mip_rel_gap": _GAP},
    )
    if found.x is None:
        return None
    parts: list[FloatArray] = np.split(np.rint(found.x), len(blocks))
    up, *beyond = parts
    return up + beyond[0] - beyond[1] if beyond else up
