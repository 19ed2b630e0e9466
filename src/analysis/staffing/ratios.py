"""Staff per head of population."""

import math

import pandas as pd

from analysis.arrays import as_number
from analysis.staffing.counts import Counts, as_counts, refuse_misread


def per_capita(
    staff: Counts, population: Counts, *, per: float = 1000, as_given: bool = False
) -> pd.Series:
    """Return the staff per `per` people, ``per * s_i / p_i``.

    Parameters
    ----------
    staff : Series of shape (n,)
        Whole numbers of people, >= 0, indexed by unit.
    population : Series of shape (n,)
        People, > 0, of the same units; aligned by label.
    per : float
        Size of population the ratio is printed for.
    as_given : bool
        Accept a unit that is the sum of the others or named like a total, and units with more
        staff than people: they are meant.

    Returns
    -------
    Series
        Ratio >= 0, on the index of `staff`.

    Raises
    ------
    DomainError
        If staff is negative, fractional or missing, population zero, negative, infinite or
        missing, the units differ, a unit has more staff than people, or one looks like the total
        of the others; the message names the units.

    Examples
    --------
    >>> per_capita(pd.Series({"11": 27}), pd.Series({"11": 1000})).item()
    27.0
    """
    counts, people = as_counts(staff, population)
    if not as_given:
        refuse_misread(counts, people)
    return as_number(per, what="per") * counts / people


def residents_per_staff(staff: Counts, population: Counts) -> pd.Series:
    """Return the people per member of staff, ``p_i / s_i``; infinite where there is no staff.

    Parameters, errors: see `per_capita`.

    Examples
    --------
    >>> residents_per_staff(pd.Series({"11": 20}), pd.Series({"11": 1000})).item()
    50.0
    """
    counts, people = as_counts(staff, population)
    return people / counts


def overall_ratio(staff: Counts, population: Counts, *, per: float = 1000) -> float:
    """Return the staff per `per` people over all units, ``per * S / P``.

    It is the population-weighted mean of `per_capita`, not the mean over units. Parameters,
    errors: see `per_capita`.

    Examples
    --------
    >>> overall_ratio(pd.Series([30, 10]), pd.Series([1000, 3000]))
    10.0
    """
    counts, people = as_counts(staff, population)
    return as_number(per, what="per") * math.fsum(counts) / math.fsum(people)


def gap_to_equal_share(staff: Counts, population: Counts) -> pd.Series:
    """Return the staff above (+) or below (-) an equal per-capita spread, ``s_i - S p_i / P``.

    Parameters, errors: see `per_capita`.

    Returns
    -------
    Series
        People, not rounded; the gaps add up to zero, and half the sum of their absolute values
        over `S` is the Hoover index.

    Examples
    --------
    >>> gap_to_equal_share(pd.Series([30, 10]), pd.Series([100, 100])).tolist()
    [10.0, -10.0]
    """
    counts, people = as_counts(staff, population)
    return counts - math.fsum(counts) / math.fsum(people) * people
