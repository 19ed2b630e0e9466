"""What the totals of larger areas do not show: moves and shortfalls inside them.

Throughout, unit i has staff `s_i` and population `p_i`, sums over all units are `S` and `P`, and
`S_g`, `P_g` are the sums over the units of group g, such as the kabupaten of a province.
"""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.arrays import as_number
from analysis.errors import DomainError
from analysis.labels import label_codes
from analysis.staffing.counts import Counts, as_counts


@dataclass(frozen=True)
class TwoLevels:
    """A number of staff as units show it, and as the totals of their groups show it.

    Attributes
    ----------
    units : float
        Over units.
    groups : float
        Over groups; never more than over units.
    """

    units: float
    groups: float

    @property
    def hidden(self) -> float:
        """What the totals of groups do not show."""
        return self.units - self.groups

    @property
    def hidden_share(self) -> float:
        """The same as a share of what units show; missing where that is nothing."""
        return self.hidden / self.units if self.units else math.nan


def moves_by_level(staff: Counts, population: Counts, groups: npt.ArrayLike) -> TwoLevels:
    """Return the least moves to an equal ratio everywhere, and those that must leave a group.

    Formula: ``units = (1/2) sum_i |s_i - S p_i / P|``, ``groups = (1/2) sum_g |S_g - S P_g / P|``.
    Over `S` these are the Hoover index of units and that of groups. Both are reached by one plan:
    first each unit with too many gives to those with too few in its own group, then what is left
    over in whole groups crosses their borders; no plan has fewer moves, nor fewer across.

    Parameters
    ----------
    staff, population : Series or mapping
        As in `per_capita`.
    groups : array-like, shape (n,)
        Group of each unit, such as its province; a series is aligned by label.

    Returns
    -------
    TwoLevels
        People, not rounded.

    Raises
    ------
    DomainError
        As `per_capita`, and if a unit has no group.

    References
    ----------
    Hoover, E. M. (1936). The measurement of industrial localization. Review of Economics and
    Statistics 18, 162-171.

    Examples
    --------
    >>> staff, people = {"A": 30, "B": 10, "C": 20}, {"A": 100, "B": 100, "C": 100}
    >>> moves_by_level(staff, people, ["a", "a", "b"])
    TwoLevels(units=10.0, groups=0.0)
    """
    counts, people, codes = _grouped(staff, population, groups, "moves_by_level")
    gaps = counts - math.fsum(counts) / math.fsum(people) * people
    of_groups = np.bincount(codes, weights=gaps)
    return TwoLevels(0.5 * math.fsum(np.abs(gaps)), 0.5 * math.fsum(np.abs(of_groups)))


def shortfall_by_level(
    staff: Counts, population: Counts, groups: npt.ArrayLike, *, standard: float, per: float = 1000
) -> TwoLevels:
    """Return the staff short of a standard ratio, over units and over the totals of groups.

    Formula, with need ``d_i = standard p_i / per``: ``units = sum_i max(0, d_i - s_i)``, ``groups =
    sum_g max(0, sum_{i in g} (d_i - s_i))``. In the totals, what some units have above the standard
    makes up for what others lack; the difference is the shortage that this conceals.

    Parameters
    ----------
    staff, population, groups
        As in `moves_by_level`.
    standard : float
        Staff that `per` people should have, > 0.
    per : float
        Size of population that `standard` is stated for.

    Returns
    -------
    TwoLevels
        People, not rounded.

    Raises
    ------
    DomainError
        As `moves_by_level`, and if the standard is not above zero.

    Examples
    --------
    >>> staff, people = {"A": 30, "B": 10}, {"A": 1000, "B": 1000}
    >>> shortfall_by_level(staff, people, ["a", "a"], standard=20)
    TwoLevels(units=10.0, groups=0.0)
    """
    counts, people, codes = _grouped(staff, population, groups, "shortfall_by_level")
    wanted = as_number(standard, what="standard") / as_number(per, what="per")
    if not 0 < wanted < math.inf:
        raise DomainError(
            f"standard: {standard:g} per {per:g} people is not above zero. Give the staff that so "
            "many people should have."
        )
    gaps = wanted * people - counts
    return TwoLevels(
        math.fsum(np.maximum(gaps, 0.0)),
        math.fsum(np.maximum(np.bincount(codes, weights=gaps), 0.0)),
    )


def _grouped(
    staff: Counts, population: Counts, groups: npt.ArrayLike, name: str
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], npt.NDArray[Any]]:
    counts, people = as_counts(staff, population)
    codes, _ = label_codes(groups, len(counts), what=f"{name}, groups", units=counts.index)
    return counts.to_numpy(), people.to_numpy(), codes
