"""Location quotients: a unit's share of one thing against its share of another."""

import math
from typing import Literal, get_args

import pandas as pd

from analysis.arrays import as_floats, as_frame
from analysis.errors import DomainError, ParameterError
from analysis.inequality import gini
from analysis.messages import some
from analysis.staffing.counts import Counts, as_counts
from analysis.totals import refuse_total

Reference = Literal["all", "others"]


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


def specialisation(counts: pd.DataFrame, *, as_given: bool = False) -> pd.DataFrame:
    """Return the location quotient of each category in each unit.

    ``LQ_ij = (B_ij / B_i.) / (B_.j / B_..)``: above 1 where category j has a larger share of unit
    i than of all units. Weighted by ``B_i. / B_..``, each category's mean over units is 1.

    Parameters
    ----------
    counts : DataFrame of shape (n units, m categories)
        Counts >= 0; every row and column has a positive sum.
    as_given : bool
        Accept a unit or a category that is the sum of the others, or named like a total: it is
        meant.

    Returns
    -------
    DataFrame
        Same shape.

    Raises
    ------
    DomainError
        If a count is negative, infinite or missing, a unit or category has nothing in it, or looks
        like the total of the others.

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
    table = _checked(counts, as_given)
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    return table.div(rows, axis=0).div(columns / columns.sum(), axis=1)


def krugman_specialisation(
    counts: pd.DataFrame, *, reference: Reference = "all", as_given: bool = False
) -> pd.Series:
    """Return how far each unit's mix of categories is from that of a reference.

    ``K_i = sum_j |s_ij - s_j|`` with ``s_ij = B_ij / B_i.`` the share of category j in unit i, and
    ``s_j`` its share in the reference: all units together, or all others. Half of it is the share
    of the unit's staff that would have to change category for the two mixes to be alike.

    Parameters
    ----------
    counts : DataFrame of shape (n units, m categories)
        Counts >= 0; every row and column has a positive sum.
    reference : {"all", "others"}
        Krugman compares two regions; ``"others"`` extends that to each unit against the rest, which
        needs two units.
    as_given : bool
        As in `specialisation`.

    Returns
    -------
    Series of shape (n,)
        In [0, 2]; 0 where the mix is that of the reference.

    Raises
    ------
    DomainError
        As `specialisation`, and if there are no other units to compare with.
    ParameterError
        If `reference` is unknown.

    References
    ----------
    Krugman, P. (1991). Geography and Trade. MIT Press, chapter 3.
    Midelfart-Knarvik, K. H., Overman, H. G., Redding, S. J. and Venables, A. J. (2000). The
    location of European industry. European Commission, Economic Papers 142 (against all others).
    Palan, N. (2010). Measurement of specialization: the choice of indices. FIW Working Paper 62.

    Examples
    --------
    >>> table = pd.DataFrame({"guru": [10, 10], "lain": [10, 30]}, index=["11", "12"])
    >>> krugman_specialisation(table, reference="others").tolist()
    [0.5, 0.5]
    """
    if reference not in get_args(Reference):
        raise ParameterError(
            f"reference: {reference!r} is none of {', '.join(get_args(Reference))}."
        )
    table = _checked(counts, as_given)
    if reference == "others" and len(table) < 2:
        raise DomainError('reference="others": there is one unit only. Use reference="all".')
    compared = table.sum(axis=0) - table if reference == "others" else table * 0 + table.sum(axis=0)
    own, whole = (part.div(part.sum(axis=1), axis=0) for part in (table, compared))
    return (own - whole).abs().sum(axis=1).rename(None)


def locational_gini(counts: pd.DataFrame, *, as_given: bool = False) -> pd.Series:
    """Return how unevenly each category is spread over units, against all categories together.

    The Gini index of the location quotients of category j (see `specialisation`), units weighted
    by their share of all counts: twice the area between the diagonal and the Lorenz curve of the
    category's counts over those of all. Where each unit is to count once instead, take `gini` of a
    column of `specialisation`.

    Parameters
    ----------
    counts : DataFrame of shape (n units, m categories)
        Counts >= 0; every row and column has a positive sum.
    as_given : bool
        As in `specialisation`.

    Returns
    -------
    Series of shape (m,)
        In [0, 1); 0 where a category has the same share of every unit.

    Raises
    ------
    DomainError
        As `specialisation`.

    References
    ----------
    Krugman, P. (1991). Geography and Trade. MIT Press, appendix D.

    Examples
    --------
    >>> table = pd.DataFrame({"guru": [10, 10], "lain": [10, 30]}, index=["11", "12"])
    >>> locational_gini(table).round(4).to_dict()
    {'guru': 0.1667, 'lain': 0.0833}
    """
    quotients = specialisation(counts, as_given=as_given)
    people = _checked(counts, as_given).sum(axis=1)
    return pd.Series(
        [gini(quotients.iloc[:, j], people) for j in range(quotients.shape[1])],
        index=quotients.columns,
    )


def _checked(counts: pd.DataFrame, as_given: bool) -> pd.DataFrame:
    """Return counts as floats, or say which are none and who has none at all."""
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
    if not as_given:
        for part, what in ((table, "counts, units"), (table.T, "counts, categories")):
            refuse_total(part.index, *(part[name].to_numpy() for name in part), what=what)
    return table
