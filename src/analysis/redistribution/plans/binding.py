r"""Which limits bind, and by how much.

A limit binds if one person more would make the plan more even: someone else leaves the unit than
leaves now, or one more, as far as the budget goes. What that is worth is measured on
``1/2 sum_i s_i^2 / d_i``, half the need-weighted sum of squares of staff per need up to a
constant. Plans in whole people minimise it (`frontiers.whole_people`) before they are evened out
further for the Gini coefficient. Taking a person from unit `i`, who then stays in or arrives at
unit `j` instead, lowers it by

.. math:: \frac{s_i - 1/2}{d_i} - \frac{s_j + 1/2}{d_j},

that is, by what `i` still has more than `j` in staff per need, the person counted half on both
sides: the worth of a whole person, less than that of the first small part of one. What rounding to
whole people leaves uneven is no limit's doing and does not count. Each limit is taken by itself:
where nobody may leave and nobody may arrive, one person more on either side alone changes nothing.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.arrays import BoolArray, FloatArray, IntArray
from analysis.redistribution.limits import Bound


@dataclass(frozen=True)
class Binding:
    """Limits that bind.

    Attributes
    ----------
    leaving, arriving : ndarray of str, shape (n,)
        Name of the limit that keeps one more person from leaving the unit, or from arriving there;
        empty where none does.
    evens_leaving, evens_arriving : ndarray, shape (n,)
        Worth of one person more, in staff per need: zero where no limit binds, missing where a
        unit without need has no ratio to compare.
    """

    leaving: npt.NDArray[np.object_]
    arriving: npt.NDArray[np.object_]
    evens_leaving: FloatArray
    evens_arriving: FloatArray


def binding_limits(
    staff_after: IntArray,
    need: FloatArray,
    losses: IntArray,
    gains: IntArray,
    leaving: Bound,
    arriving: Bound,
    *,
    groups: IntArray,
    budget_left: bool,
) -> Binding:
    """Return which limits of a plan bind, and what one person more is worth.

    Parameters
    ----------
    staff_after, need, losses, gains : ndarray, shape (n,)
        The plan.
    leaving, arriving : Bound
        Most people who may leave and arrive in each unit.
    groups : ndarray of int, shape (n,)
        Number of the group inside which the people of each unit move, from 0 without gaps.
    budget_left : bool
        Whether one more person could move at all.

    Returns
    -------
    Binding

    Examples
    --------
    >>> most = Bound(np.array([1, 9]), np.array(["protected", "staff"], dtype=object))
    >>> free = Bound(np.array([9, 9]), np.array(["none", "none"], dtype=object))
    >>> found = binding_limits(
    ...     np.array([8, 2]), np.array([1.0, 2.0]), np.array([1, 0]), np.array([0, 1]), most, free,
    ...     groups=np.array([0, 0]), budget_left=True,
    ... )
    >>> found.leaving.tolist(), found.evens_leaving.tolist()
    (['protected', ''], [6.25, 0.0])
    """
    with np.errstate(divide="ignore"):
        less, more = (staff_after - 0.5) / need, (staff_after + 0.5) / need

    stays = (losses > 0) | (budget_left & (gains < arriving.most))
    lowest = _by_group(np.minimum, np.inf, more, stays, groups)
    full_out = (losses == leaving.most) & (staff_after > 0)
    evens_leaving = _above(less, lowest, full_out)

    goes = (gains > 0) | (budget_left & (losses < leaving.most))
    highest = _by_group(np.maximum, -np.inf, less, goes, groups)
    evens_arriving = _above(highest, more, gains == arriving.most)
    return Binding(
        np.where(evens_leaving > 0, leaving.limit, ""),
        np.where(evens_arriving > 0, arriving.limit, ""),
        np.where(np.isinf(evens_leaving), np.nan, evens_leaving),
        np.where(np.isinf(evens_arriving), np.nan, evens_arriving),
    )


def _by_group(
    best: np.ufunc,
    start: float,
    ratios: FloatArray,
    which: BoolArray,
    groups: IntArray,
) -> FloatArray:
    """Return for each unit the best ratio among those in its group."""
    found = np.full(int(groups.max()) + 1, start)
    best.at(found, groups[which], ratios[which])
    by_unit: FloatArray = found[groups]
    return by_unit


def _above(first: FloatArray, second: FloatArray, where: BoolArray) -> FloatArray:
    difference = np.zeros(first.size)
    np.subtract(first, second, out=difference, where=where & (first > second))
    return difference
