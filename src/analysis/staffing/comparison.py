"""The same units at two dates."""

import datetime as dt

import pandas as pd

from analysis.errors import DomainError, ParameterError
from analysis.messages import some
from analysis.staffing.ratios import per_capita

STAFF, POPULATION, RATIO = "pns", "penduduk", "rasio"


def compare_states(
    before: pd.DataFrame,
    after: pd.DataFrame,
    *,
    before_date: dt.date,
    after_date: dt.date,
    per: float = 1000,
    as_given: bool = False,
) -> pd.DataFrame:
    """Return staff, population and their ratio of the same units at two dates, and the changes.

    Changes are ``x_after - x_before`` and, relative, ``x_after / x_before - 1``. The relative
    changes are linked: ``1 + relatif_rasio = (1 + relatif_pns) / (1 + relatif_penduduk)``.

    Parameters
    ----------
    before, after : DataFrame
        Indexed by unit: `pns` (whole numbers of people >= 0), `penduduk` (people > 0). The same
        units on the same boundaries; their order may differ.
    before_date, after_date : date
        Dates of the two states; `before_date` is the earlier.
    per : float
        Size of population the ratio is printed for.
    as_given : bool
        As in `per_capita`.

    Returns
    -------
    DataFrame
        Indexed like `before`. For each x of `pns`, `penduduk`, `rasio` (staff per `per` people):
        `x_sebelum`, `x_sesudah`, `perubahan_x` and `relatif_x` (missing where x was zero before).

    Raises
    ------
    ParameterError
        If `before_date` is not earlier than `after_date`.
    DomainError
        If the units differ, or counts break the rules of `per_capita`.

    Examples
    --------
    >>> before = pd.DataFrame({"pns": [20], "penduduk": [1000]}, index=["11"])
    >>> after = pd.DataFrame({"pns": [22], "penduduk": [2000]}, index=["11"])
    >>> dates = {"before_date": dt.date(2014, 12, 31), "after_date": dt.date(2023, 12, 31)}
    >>> compare_states(before, after, **dates).loc["11", ["perubahan_pns", "perubahan_rasio"]]
    perubahan_pns      2.0
    perubahan_rasio   -9.0
    Name: 11, dtype: float64
    """
    if before_date >= after_date:
        raise ParameterError(
            f"'before' = {before_date} is not earlier than 'after' = {after_date}. Swap them."
        )
    odd = sorted(map(str, set(before.index) ^ set(after.index)))
    if odd:
        raise DomainError(
            f"The two states must have the same units; {some(odd)} is in one only. Bring both to "
            "one set of regions first (Regions.merge)."
        )
    first, second = (
        frame.assign(
            **{RATIO: per_capita(frame[STAFF], frame[POPULATION], per=per, as_given=as_given)}
        )
        for frame in (before, after)
    )
    columns: dict[str, pd.Series] = {}
    for name in (STAFF, POPULATION, RATIO):
        earlier, later = first[name], second[name].reindex(before.index)
        columns |= {
            f"{name}_sebelum": earlier,
            f"{name}_sesudah": later,
            f"perubahan_{name}": later - earlier,
            f"relatif_{name}": (later / earlier - 1).where(earlier > 0),
        }
    return pd.DataFrame(columns)
