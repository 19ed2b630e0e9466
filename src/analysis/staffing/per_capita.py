"""Staff per head of population."""

import pandas as pd

from analysis.errors import DomainError


def per_capita(staff: pd.Series, population: pd.Series, *, per: float = 1000) -> pd.Series:
    """Return the staff per `per` people, ``per * s_i / p_i``.

    Parameters
    ----------
    staff : Series of shape (n,)
        Whole numbers of people, >= 0.
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
        If staff is negative, fractional or missing, population zero, negative or missing, or the
        units differ; the message names the units.

    Examples
    --------
    >>> per_capita(pd.Series({"11": 27}), pd.Series({"11": 1000})).item()
    27.0
    """
    _check(staff, population)
    return per * staff.astype("float64") / population.astype("float64")


def residents_per_staff(staff: pd.Series, population: pd.Series) -> pd.Series:
    """Return the people per member of staff, ``p_i / s_i``; infinite where there is no staff.

    Parameters, errors: see `per_capita`.
    """
    return 1 / per_capita(staff, population, per=1)


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
    _check(staff, population)
    people = population.astype("float64")
    return staff.astype("float64") - staff.sum() * people / people.sum()


def _check(staff: pd.Series, population: pd.Series) -> None:
    if not staff.index.equals(population.index):
        odd = sorted(map(str, set(staff.index) ^ set(population.index)))
        raise DomainError(
            f"Staff and population must have the same units in the same order; "
            f"{', '.join(odd) or 'the order'} differs. Align them first."
        )
    counts, people = (series.astype("Float64") for series in (staff, population))
    _refuse(counts.isna() | (counts < 0) | (counts % 1 != 0), staff, "Staff", "a whole number >= 0")
    _refuse(people.isna() | (people <= 0), population, "Population", "above zero")


def _refuse(wrong: pd.Series, series: pd.Series, what: str, rule: str) -> None:
    units = series[wrong.fillna(value=True).to_numpy(dtype=bool)]
    if len(units):
        listed = ", ".join(f"{unit}: {value}" for unit, value in units.head(5).items())
        more = f" and {len(units) - 5} more" if len(units) > 5 else ""
        raise DomainError(f"{what} must be {rule}; it is not for {listed}{more}. Correct it.")
