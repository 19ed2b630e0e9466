"""The level to which units are cut or filled when each has limits of its own."""

import math

import numpy as np
import numpy.typing as npt

from analysis.arrays import FloatArray
from analysis.errors import DomainError
from analysis.redistribution.units import refuse


def common_level(
    lower: npt.ArrayLike, upper: npt.ArrayLike, need: npt.ArrayLike, total: float
) -> float:
    r"""Return the ratio `t` at which staff of `clip(t d_i, l_i, u_i)` add up to `total`.

    Among all divisible allocations between the limits with that total, the one at the common
    level Lorenz-dominates every other in staff per need: a unit below the level is at its upper
    limit, one above it at its lower limit, so any transfer that is still allowed goes from a
    lower ratio to a higher one.

    Parameters
    ----------
    lower, upper : array-like, shape (n,)
        Least and most people of each unit, ``0 <= l_i <= u_i``; an upper limit may be infinite.
    need : array-like, shape (n,)
        Need of each unit, > 0.
    total : float
        People over all units, from the sum of `lower` to the sum of `upper`.

    Returns
    -------
    float
        The lowest such level; people per need, >= 0.

    Raises
    ------
    DomainError
        If a need is not above zero, a lower limit exceeds the upper one, or the total cannot be
        reached within the limits.

    References
    ----------
    Veinott, A. F. (1971). Least d-majorized network flows with inventory and statistical
    applications. Management Science 17(9), 547-567.

    Examples
    --------
    >>> common_level([0, 0, 4], [10, 1, 9], [1, 1, 1], total=8)
    3.0
    """
    low, high = np.asarray(lower, dtype=np.float64), np.asarray(upper, dtype=np.float64)
    by = np.asarray(need, dtype=np.float64)
    refuse(~(by > 0), need, "need", "above zero", "Leave units without need out.")
    refuse(
        ~(low <= high), lower, "the lower limit", "no more than the upper one", "Relax one of them."
    )
    least, most = math.fsum(low), math.fsum(high)
    if not least <= total <= most:
        raise DomainError(
            f"The limits allow from {least:,.0f} to {most:,.0f} people in all, but the total is "
            f"{total:,.0f}. Relax the limits or change the number of people."
        )
    bends = np.concatenate([low / by, high / by])
    order = np.argsort(bends, kind="stable")
    levels = bends[order]
    slopes = np.cumsum(np.concatenate([by, -by])[order])
    finite = np.isfinite(levels)
    levels, slopes = levels[finite], slopes[finite]
    steps = slopes[:-1] * np.diff(levels)
    totals = least + np.concatenate([[0.0], np.cumsum(steps)])
    if total >= totals[-1]:
        endless = float(by[np.isinf(high)].sum())  # need of units without an upper limit
        return float(levels[-1] + ((total - totals[-1]) / endless if endless else 0.0))
    return _first_reached(levels, totals, total)


def _first_reached(levels: FloatArray, totals: FloatArray, total: float) -> float:
    """Return the lowest level whose total, linear between bends, is `total`."""
    at = int(np.searchsorted(totals, total, side="left"))
    if at == 0:
        return float(levels[0])
    rise = totals[at] - totals[at - 1]
    share = (total - totals[at - 1]) / rise
    return float(levels[at - 1] + share * (levels[at] - levels[at - 1]))
