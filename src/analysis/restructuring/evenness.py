"""How even staff are over need, where some have staff and need nobody."""

import numpy as np
import numpy.typing as npt

from analysis.arrays import FloatArray
from analysis.inequality.measures import gini


def gini_over_need(staff: npt.ArrayLike, need: npt.ArrayLike) -> float:
    """Return the Gini index of staff per need, weighted by need, with staff where none is needed.

    ``1 - s (1 - G)``, with ``G`` the index over those with need and ``s`` the share of all staff
    who are there: what the index comes to when the need of the others, above zero, goes to zero.
    Their staff stands at the end of the Lorenz curve of staff over need. NaN without staff or need.

    Range: 0 to 1, where all staff is where none is needed.

    Parameters
    ----------
    staff, need : array-like, shape (n,)
        At least zero.

    References
    ----------
    That of `analysis.inequality.measures.gini`, of which this is the limit.
    """
    s, n = _floats(staff, need)
    wanted, total = n > 0, s.sum()
    if total == 0 or not wanted.any():
        return np.nan
    inside = s[wanted]
    share = inside.sum() / total
    within = gini(inside / n[wanted], n[wanted]) if share > 0 else 0.0
    return float(1 - share * (1 - within))


def hoover_over_need(staff: npt.ArrayLike, need: npt.ArrayLike) -> float:
    """Return the share of staff who would have to be elsewhere to be as even as need.

    ``sum |s_i / S - n_i / N| / 2``: the Hoover index of staff per need weighted by need, with staff
    where none is needed. NaN without staff or need. Range: 0 to 1.

    Parameters
    ----------
    staff, need : array-like, shape (n,)
        At least zero.

    References
    ----------
    Hoover, E. M. (1936). The measurement of industrial localization. Review of Economics and
    Statistics 18, 162-171.
    """
    s, n = _floats(staff, need)
    if s.sum() == 0 or n.sum() == 0:
        return np.nan
    return float(np.abs(s / s.sum() - n / n.sum()).sum() / 2)


def _floats(staff: npt.ArrayLike, need: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
    return np.asarray(staff, dtype=np.float64), np.asarray(need, dtype=np.float64)
