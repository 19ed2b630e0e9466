"""Location quotients: a unit's share of one thing against its share of another."""

import pandas as pd

from analysis.errors import DomainError
from analysis.staffing.per_capita import per_capita


def location_quotient(staff: pd.Series, population: pd.Series) -> pd.Series:
    """Return a unit's share of staff over its share of population.

    ``LQ_i = (s_i / S) / (p_i / P)``: 1 where staff is proportional to population. The
    population-weighted mean is 1.

    Parameters, errors: see `per_capita`.

    References
    ----------
    Isard, W. (1960). Methods of Regional Analysis, MIT Press, chapter 7 (location quotient).

    Examples
    --------
    >>> location_quotient(pd.Series([30, 10]), pd.Series([100, 100])).tolist()
    [1.5, 0.5]
    """
    ratio = per_capita(staff, population, per=1)
    return ratio * (float(population.sum()) / float(staff.sum()))


def specialisation(counts: pd.DataFrame) -> pd.DataFrame:
    """Return the location quotient of each category in each unit.

    ``LQ_ij = (B_ij / B_i.) / (B_.j / B_..)``: above 1 where category j has a larger share of unit
    i than of all units.

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
        If a count is negative or missing, or a unit or category has nothing in it.

    References
    ----------
    Isard, W. (1960), as for `location_quotient`.

    Examples
    --------
    >>> specialisation(pd.DataFrame({"guru": [10, 10], "lain": [10, 30]})).round(3).values.tolist()
    [[1.5, 0.75], [0.75, 1.125]]
    """
    values = counts.astype("Float64")
    wrong = values.isna() | (values < 0)
    if wrong.to_numpy(dtype=bool).any():
        units = ", ".join(map(str, counts.index[wrong.any(axis=1).to_numpy(dtype=bool)][:5]))
        raise DomainError(f"Counts must be numbers >= 0; they are not in {units}. Correct them.")
    table = values.astype("float64")
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    empty = [str(name) for sums in (rows, columns) for name in sums.index[sums == 0]]
    if empty:
        raise DomainError(f"{', '.join(empty)} has no counts at all. Leave it out.")
    return table.div(rows, axis=0).div(columns / columns.sum(), axis=1)
