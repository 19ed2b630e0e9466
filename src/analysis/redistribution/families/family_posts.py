"""Posts with a person to spare, and posts without one.

A post belongs to a unit and a job family. Need is in people: a unit spares ``floor(s - d)`` people
of a family, and is short of ``ceil(d - s)``; a person more never leaves a need unmet that was met,
and a shortage of part of a person counts as a post.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.arrays import FloatArray, IntArray
from analysis.redistribution.families.family_units import FamilyUnits, of_units
from analysis.redistribution.families.substitution_table import penalties
from analysis.redistribution.flows.ways import Cost, Ways, as_ways
from analysis.redistribution.limits import Limits, refuse_percent
from analysis.redistribution.units import as_budget

_NEARLY_WHOLE = 1e-9  # a surplus of 2 less a rounding error is a surplus of 2


def whole_gaps(staff: IntArray, need: FloatArray) -> tuple[IntArray, IntArray]:
    """Return surplus and shortage in whole people, of staff and need of any one shape.

    Examples
    --------
    >>> surplus, shortage = whole_gaps(np.array([9, 3]), np.array([6.5, 4.2]))
    >>> surplus.tolist(), shortage.tolist()
    ([2, 0], [0, 2])
    """
    gap = staff - need
    surplus = np.floor(np.maximum(gap, 0.0) + _NEARLY_WHOLE)
    shortage = np.ceil(np.maximum(-gap, 0.0) - _NEARLY_WHOLE)
    return surplus.astype(np.int64), shortage.astype(np.int64)


@dataclass(frozen=True, eq=False)
class Posts:
    """Staff, surplus and shortage by unit and family, with what a plan may do.

    Attributes
    ----------
    units : FamilyUnits
        Staff and need.
    surplus, shortage : ndarray of int, shape (n, F)
        People who may be taken away, and posts to be filled.
    penalty : ndarray, shape (F, F)
        Penalty of each substitution, infinite where it is not permitted.
    leaving, arriving : ndarray of int, shape (n,)
        Most people who move away from each unit and to it.
    budget : int
        Most people who change post.
    ways : Ways
        Units between which people may move, and what a person costs.
    """

    units: FamilyUnits
    surplus: IntArray
    shortage: IntArray
    penalty: FloatArray
    leaving: IntArray
    arriving: IntArray
    budget: int
    ways: Ways

    @classmethod
    def of(
        cls,
        units: FamilyUnits,
        cost: Cost,
        substitution: pd.DataFrame,
        *,
        budget: int | None = None,
        limits: Limits | None = None,
        distance: npt.ArrayLike | None = None,
    ) -> "Posts":
        """Check what a planner is given; see `plan_with_substitution`."""
        limits = Limits.of(limits)
        surplus, shortage = whole_gaps(units.staff, units.need)
        if limits.floor_adequacy is not None:
            refuse_percent(limits.floor_adequacy, units.staff, units.need)
            above = np.floor(units.staff - limits.floor_adequacy * units.need + _NEARLY_WHOLE)
            surplus = np.minimum(surplus, np.maximum(above, 0.0).astype(np.int64))
        together, of_unit = units.together, of_units(limits)
        total = together.total_staff
        unlimited = total + 1  # never reached, so that it gets no shadow price
        leaving, arriving = of_unit.leaving(together), of_unit.arriving(together)
        return cls(
            units,
            np.minimum(surplus, units.releasable(limits)),
            shortage,
            penalties(units.families, substitution),
            np.where(leaving.limit == "staff", unlimited, leaving.most),
            np.where(arriving.limit == "none", unlimited, arriving.most),
            unlimited
            if budget is None
            else as_budget(budget, total, what="The budget", of="all staff"),
            as_ways(together, cost, of_unit, distance),
        )
