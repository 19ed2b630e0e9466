"""Staff per head of population."""

import math

import pandas as pd

from analysis.staffing.counts import as_counts


def per_capita(staff: pd.Series, population: pd.Series, *, per: float = 1000) -> pd.Series:
    """Return the staff per `per` people, ``per * s_i / p_i``.

    Parameters
    ----------
    staff : Series of shape (n,)
        Whole numbers of people, >= 0, indexed by unit.
    population : Series of shape (n,)
        People, > 0, on the same index.
    per : float
        Size of population the ratio is printed for.

    Returns
    -------
    Series
        Ratio >= 0.

    Raises
    ------
    DomainError
        If staff is negative, fractional or missing, population zero, negative, infinite or
        missing, or the units differ; the message names the units.

    Examples
    --------
    >>> per_capita(pd.Series({"11": 27}), pd.Series({"11": 1000})).item()
    27.0
    """
    counts, people = as_counts(staff, population)
    return per * counts / people


def residents_per_staff(staff: pd.Series, population: pd.Series) -> pd.Series:
    """Return the people per member of staff, ``p_i / s_i``; infinite where there is no staff.

    Parameters, errors: see `per_capita`.

    Examples
    --------
    >>> residents_per_staff(pd.Series({"11": 20}), pd.Series({"11": 1000})).item()
    50.0
    """
    counts, people = as_counts(staff, population)
    return people / counts


def overall_ratio(staff: pd.Series, population: pd.Series, *, per: float = 1000) -> float:
    """Return the staff per `per` people over all units, ``per * S / P``.

    It is the population-weighted mean of `per_capita`, not the mean over units. Parameters,
    errors: see `per_capita`.

    Examples
    --------
    >>> overall_ratio(pd.Series([30, 10]), pd.Series([1000, 3000]))
    10.0
    """
    counts, people = as_counts(staff, population)
    return per * math.fsum(counts) / math.fsum(people)


def gap_to_equal_share(staff: pd.Series, population: pd.Series) -> pd.Series:
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
