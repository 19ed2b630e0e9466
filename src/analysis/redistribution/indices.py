"""Indices of staff over need that hold where there is no need, too.

There is no staff per need then, but both indices are sums that need none: people where there is no
need are above every ratio, as if the need vanished.
"""

import numpy as np

from analysis.arrays import FloatArray, IntArray
from analysis.inequality import gini, hoover


def gini_over_need(staff: FloatArray | IntArray, need: FloatArray) -> float:
    """Return ``sum_ij |s_i d_j - s_j d_i| / (2 S D)``, the Gini of staff per need by need.

    With `R` people where there is no need, it is ``(G (S - R) + R) / S`` for the Gini `G` of the
    other units.

    Parameters
    ----------
    staff, need : ndarray, shape (n,)
        People and need, >= 0, neither all zero.

    Examples
    --------
    >>> gini_over_need(np.array([2, 2, 4]), np.array([1.0, 1.0, 0.0]))
    0.5
    """
    used = need > 0.0
    if used.all():
        return gini(staff / need, need)
    here, apart = staff[used], float(staff[~used].sum())
    people = float(here.sum())
    within = gini(here / need[used], need[used]) if people > 0.0 else 0.0
    return (within * people + apart) / (people + apart)


def hoover_over_need(staff: FloatArray | IntArray, need: FloatArray) -> float:
    """Return ``sum_i |s_i / S - d_i / D| / 2``, the Hoover index of staff over need.

    Parameters
    ----------
    staff, need : ndarray, shape (n,)
        People and need, >= 0, neither all zero.

    Examples
    --------
    >>> hoover_over_need(np.array([2, 2, 4]), np.array([1.0, 1.0, 0.0]))
    0.5
    """
    if need.min() > 0.0:
        return hoover(staff / need, need)
    return 0.5 * float(np.abs(staff / staff.sum() - need / need.sum()).sum())
