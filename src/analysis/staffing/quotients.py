"""Location quotients: a unit's share of one thing against its share of another."""

import math

import pandas as pd

from analysis.arrays import as_floats, as_frame
from analysis.errors import DomainError
from analysis.messages import some
from analysis.staffing.counts import Counts, as_counts


def location_quotient(staff: Counts, population: Counts) -> pd.Series:
    """Return a unit's share of staff over its share of population.

    ``LQ_i = (s_i / S) / (p_i / P)``: 1 where staff is proportional to population. The
    population-weighted mean is 1.

    Parameters, errors: see `per_capita`; there must be staff in some unit.

    References
    ----------
    Isard, W. (1960). Methods of Regional Analysis, MIT Press, chapter 7 (location quotient).

    Examples
    --------
    >>> location_quotient(pd.Series([30, 10]), pd.Series([100, 100])).tolist()
    [1.5, 0.5]
    """
    counts, people = as_counts(staff, population)
    if not counts.any():
        raise DomainError(
            "The location quotient needs staff in some unit; there is none. Check the counts."
        )
    return (counts / math.fsum(counts)) / (people / math.fsum(people))


def specialisation(counts: pd.DataFrame) -> pd.DataFrame:
    """Return the location quotient of each category in each unit.

    ``LQ_ij = (B_ij / B_i.) / (B_.j / B_..)``: above 1 where category j has a larger share of unit
    i than of all units. Weighted by ``B_i. / B_..``, each category's mean over units is 1.

    Parameters
    ----------
    counts : DataFrame of shape (n units, m categories)
        Counts >= 0; every row and column has a positive sum.

    Returns
    -------
    DataFrame
        Same shape.

    Raises
    ------
    DomainError
        If a count is negative, infinite or missing, or a unit or category has nothing in it.

    References
    ----------
    Isard, W. (1960), as for `location_quotient`.
    Isserman, A. M. (1977). The Location Quotient Approach to Estimating Regional Economic
    Impacts. Journal of the American Institute of Planners 43(1), 33-41.

    Examples
    --------
    >>> table = pd.DataFrame({"guru": [10, 10], "lain": [10, 30]}, index=["11", "12"])
    >>> specialisation(table).round(3).to_dict("list")
    {'guru': [1.5, 0.75], 'lain': [0.75, 1.125]}
    """
    given = as_frame(counts, what="counts")
    table = pd.DataFrame(as_floats(given, what="counts"), given.index, given.columns)
    wrong = ~((table >= 0) & (table < float("inf")))
    if wrong.to_numpy().any():
        units = some(table.index[wrong.any(axis=1)])
        raise DomainError(f"Counts must be numbers >= 0; they are not in {units}. Correct them.")
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    empty = [name for sums in (rows, columns) for name in sums.index[sums == 0]]
    if empty:
        raise DomainError(f"{some(empty)} has no counts at all. Leave it out.")
    return table.div(rows, axis=0).div(columns / columns.sum(), axis=1)
