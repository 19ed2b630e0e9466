"""Norms for the need of teachers: rows of regulations and guidelines."""

import datetime as dt

import pandas as pd

from analysis.errors import DataError


def tidy_norms(norma: pd.DataFrame) -> pd.DataFrame:
    """Return the norms: value, unit, basis, article, dates, level of verification, source."""
    return norma.sort_values(["norma", "jenjang", "berlaku_sejak"]).reset_index(drop=True)


def norms_on(norms: pd.DataFrame, level: str, day: dt.date) -> pd.DataFrame:
    """Return the norms of a level of school in force on a day.

    Parameters
    ----------
    norms : DataFrame
        As from `tidy_norms`.
    level : str
        `jenjang`, such as "SD".
    day : date
        Day. A norm whose dates are not known is taken to be in force.

    Returns
    -------
    DataFrame
        One row a norm, indexed by `norma`.

    Raises
    ------
    DataError
        If there is none of the level, or two of one name are in force.
    """
    when = pd.Timestamp(day)
    starts = norms["berlaku_sejak"].isna() | (norms["berlaku_sejak"] <= when)
    ends = norms["berlaku_sampai"].isna() | (norms["berlaku_sampai"] >= when)
    found = norms[(norms["jenjang"] == level) & starts & ends].set_index("norma")
    if found.empty:
        raise DataError(
            f"norma_guru has no norm for {level!r} on {day}; it has levels "
            f"{', '.join(sorted(norms['jenjang'].unique()))}. Add the norm, or give it as a "
            "parameter."
        )
    twice = sorted(set(found.index[found.index.duplicated()]))
    if twice:
        raise DataError(
            f"norma_guru has more than one norm {', '.join(twice)} for {level!r} on {day}. Give "
            "the older one its last day, berlaku_sampai."
        )
    return found
