"""Who may be moved at all: time in post, months to retirement, and what bars a transfer.

Individual records come in and counts go out; no message names a person.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.errors import DataError, ParameterError
from analysis.labels import as_items
from analysis.messages import some

START = "tmt_jabatan"
RETIREMENT = "tmt_pensiun"


def eligibility(
    people: pd.DataFrame,
    *,
    on: dt.date,
    min_years_in_post: int = 2,
    min_months_to_retirement: int = 12,
    barred_by: Iterable[str] = (),
) -> pd.DataFrame:
    """Return who may be transferred on a date, and why the others may not.

    Parameters
    ----------
    people : DataFrame
        One row a person: `tmt_jabatan`, the date the present post was taken up, `tmt_pensiun`,
        the date retirement takes effect, and the columns of `barred_by`.
    on : date
        Date of the transfer.
    min_years_in_post : int
        Whole years in the present post. Two at least by PP 11/2017, article 190, as published in
        2017; its amendment, PP 17/2020, was not read.
    min_months_to_retirement : int
        Whole months left before retirement: an assumption, not a rule.
    barred_by : iterable of str
        Columns of true and false, each of which bars a transfer where true, such as
        `hukuman_disiplin` or `cpns`.

    Returns
    -------
    DataFrame
        On the index of `people`: `eligible`, and `reason`, the first that applies of a column of
        `barred_by`, `"min_years_in_post"` and `"min_months_to_retirement"`; empty if eligible.

    Raises
    ------
    DataError
        If a column is missing, a date is missing or no date, a post is taken up after `on`, or a
        column that bars is not true or false. The message gives positions of rows only.
    ParameterError
        If a number of years or months is negative.

    Examples
    --------
    >>> people = pd.DataFrame({
    ...     "tmt_jabatan": pd.to_datetime(["2019-03-01", "2023-03-01"]),
    ...     "tmt_pensiun": pd.to_datetime(["2040-01-01", "2040-01-01"])})
    >>> eligibility(people, on=dt.date(2024, 1, 1))["reason"].tolist()
    ['', 'min_years_in_post']
    """
    for name, number in (
        ("min_years_in_post", min_years_in_post),
        ("min_months_to_retirement", min_months_to_retirement),
    ):
        if number < 0:
            raise ParameterError(f"{name} is {number}, but must be 0 or more.")
    barred_by = as_items(barred_by, what="barred_by")
    missing = [name for name in (START, RETIREMENT, *barred_by) if name not in people]
    if missing:
        raise DataError(f"people: column {some(missing)} is missing. Add it, or rename yours.")
    start, end = (_dates(people, column) for column in (START, RETIREMENT))
    today = pd.Timestamp(on)
    _refuse(start > today, START, f"lies after {on}", "Correct the date, or the date of transfer.")
    bars = {name: _flags(people, name) for name in barred_by}
    reasons = {
        **bars,
        "min_years_in_post": whole_months(start, today) < 12 * min_years_in_post,
        "min_months_to_retirement": whole_months(today, end) < min_months_to_retirement,
    }
    reason = np.select(list(reasons.values()), list(reasons), default="")
    return pd.DataFrame({"eligible": reason == "", "reason": reason}, index=people.index)


def releasable(
    people: pd.DataFrame, eligible: pd.Series, *, by: Iterable[str] = ("unit",)
) -> pd.Series:
    """Return how many people may be moved from each unit, or unit and family.

    Parameters
    ----------
    people : DataFrame
        One row a person, with the columns of `by`.
    eligible : Series of bool
        Of the same people, from `eligibility`.
    by : iterable of str
        Columns to count by.

    Returns
    -------
    Series
        People, zero where nobody may go; fits `Limits(releasable=...)` when counted by unit.

    Raises
    ------
    DataError
        If a column is missing or empty in some row, or the rows differ.

    Examples
    --------
    >>> people = pd.DataFrame({"unit": ["A", "A", "B"]})
    >>> releasable(people, pd.Series([True, False, False])).to_dict()
    {'A': 1, 'B': 0}
    """
    by = as_items(by, what="by")
    free = _same_people(eligible, people.index)
    for name in by:
        if name not in people:
            raise DataError(f"people: column {name} is missing. Add it, or rename yours.")
        _refuse(people[name].isna().to_numpy(), name, "is missing", "Fill it in the source.")
    counts = free.groupby([people[name] for name in by]).sum().astype(np.int64)
    return counts.rename("releasable")


def _same_people(eligible: pd.Series, people: "pd.Index[Any]") -> pd.Series:
    """Return whether each person is eligible, in the order of people; names nobody."""
    if not eligible.index.equals(people):
        same = eligible.index.is_unique and people.is_unique and len(eligible) == people.size
        at = eligible.index.get_indexer(people) if same else np.array([-1])
        if (at < 0).any():
            raise DataError("people and eligible must have the same rows, each labelled once.")
        eligible = eligible.iloc[at]
    if not pd.api.types.is_bool_dtype(eligible.dtype) or eligible.isna().any():
        raise DataError("eligible must be true or false in every row, as from `eligibility`.")
    return eligible


def whole_months(
    start: pd.Series | pd.Timestamp, end: pd.Series | pd.Timestamp
) -> npt.NDArray[np.int64]:
    """Return the whole calendar months from `start` to `end`, negative if `end` comes first.

    A month is complete on the same day of a later month, or on the first of the next where that
    month has no such day: from 31 January one month is complete on 1 March.
    """
    first, last = (x.dt if isinstance(x, pd.Series) else x for x in (start, end))
    months = 12 * (last.year - first.year) + (last.month - first.month)
    return np.asarray(months - (last.day < first.day), dtype=np.int64)


def _dates(people: pd.DataFrame, column: str) -> pd.Series:
    dates = people[column]
    if not pd.api.types.is_datetime64_any_dtype(dates.dtype):
        raise DataError(
            f"people: column {column} holds {dates.dtype}, not dates. Convert it with "
            "pandas.to_datetime and the format of your source."
        )
    _refuse(dates.isna().to_numpy(), column, "is missing", "Fill it, or leave these people out.")
    return dates


def _flags(people: pd.DataFrame, column: str) -> npt.NDArray[np.bool_]:
    flags = people[column]
    if not pd.api.types.is_bool_dtype(flags.dtype) or flags.isna().any():
        raise DataError(f"people: column {column} must be true or false in every row.")
    return flags.to_numpy(dtype=np.bool_)


def _refuse(wrong: npt.ArrayLike, column: str, what: str, advice: str) -> None:
    rows = np.flatnonzero(np.asarray(wrong))
    if rows.size:
        raise DataError(
            f"people: column {column} {what} at rows {some(rows)} (counted from 0). {advice}"
        )
