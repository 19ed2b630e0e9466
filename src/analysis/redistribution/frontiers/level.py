"""The level to which units are cut or filled when each has limits of its own."""

import math
from bisect import bisect_left

import numpy as np
import numpy.typing as npt

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
    starts, ends = low / by, high / by
    levels = np.unique(np.concatenate([starts, ends]))
    levels = levels[np.isfinite(levels)]

    def reached(level: float) -> float:
        return float(np.clip(level * by, low, high).sum())

    # Totals are summed anew at each level tried: differences of running sums would lose the units
    # of little need among those of much.
    at = bisect_left(levels, total, key=reached)
    if at == 0:
        return float(levels[0])
    below = levels[at - 1]
    above = levels[at] if at < levels.size else np.inf
    moving = (starts <= below) & (ends >= above)
    if not moving.any():  # everyone is at a limit, and the sums differ by rounding alone
        return float(below)
    fixed = np.where(ends <= below, high, low)[~moving]
    level = (total - math.fsum(fixed)) / math.fsum(by[moving])
    return float(min(max(level, below), above))
