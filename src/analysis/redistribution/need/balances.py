"""Surplus and shortage, gross and net: the ceiling of what moving people can do."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from analysis.arrays import as_frame
from analysis.errors import DataError
from analysis.labels import align_all, as_items, labels_of
from analysis.messages import some
from analysis.redistribution.units import as_amounts, as_staff


def balance(staff: pd.Series, need: pd.Series) -> pd.DataFrame:
    """Return what each unit has too many or too few.

    Parameters
    ----------
    staff : Series of shape (n,)
        Whole people (*bezetting*) by unit.
    need : Series of shape (n,)
        Need (*kebutuhan*) in people, >= 0, of the same units.

    Returns
    -------
    DataFrame
        `staff`, `need`, `adequacy` (``s_i / d_i``; missing without need), `gap`
        (``s_i - d_i``), `surplus` and `shortage` (its positive and negative parts, >= 0).

    Raises
    ------
    DomainError
        If staff or need is negative or missing, staff fractional, or the units differ.

    Examples
    --------
    >>> balance(pd.Series({"A": 12, "B": 5}), pd.Series({"A": 10, "B": 10}))["gap"].tolist()
    [2.0, -5.0]
    """
    staff, need = align_all("", staff=staff, need=need)
    counts = as_staff(staff)
    needs = as_amounts(need, counts.size, what="need")
    labels = next((own for x in (staff, need) if (own := labels_of(x)) is not None), None)
    gap = counts - needs
    table = pd.DataFrame(
        {
            "staff": counts,
            "need": needs,
            "adequacy": pd.Series(counts) / pd.Series(needs).where(needs > 0),
            "gap": gap,
            "surplus": np.maximum(gap, 0.0),
            "shortage": np.maximum(-gap, 0.0),
        }
    )
    return table if labels is None else table.set_axis(labels)


def class_balance(
    frame: pd.DataFrame, *, by: Iterable[str], staff: str = "staff", need: str = "need"
) -> pd.DataFrame:
    """Return gross and net surplus and shortage of each class of posts.

    A net near zero with a large gross is the case for redistribution: people are there, but
    elsewhere.

    Parameters
    ----------
    frame : DataFrame
        One row for each unit and class.
    by : sequence of str
        Columns that make a class, such as job family and level. People fill posts of their own
        class only.
    staff, need : str
        Columns of whole people and of need in people.

    Returns
    -------
    DataFrame
        The columns of `by`; `staff`, `need`, `surplus`, `shortage`, `net` (``surplus - shortage``),
        `redistributable` (``min(surplus, shortage)``: no more can be filled by moving), and
        `redistributable_share` (of the need of the class).

    Raises
    ------
    DataError
        If a column is missing.
    DomainError
        As `balance`.

    Examples
    --------
    >>> frame = pd.DataFrame(
    ...     {"family": ["guru"] * 2, "unit": ["A", "B"], "staff": [14, 5], "need": [10, 10]})
    >>> class_balance(frame, by=["family"])["redistributable"].tolist()
    [4.0]
    """
    by = as_items(by, what="by")
    rows = as_frame(frame, what="frame").reset_index(drop=True)
    missing = [name for name in (*by, staff, need) if name not in rows.columns]
    if missing:
        raise DataError(f"column {some(missing)} is missing; there are {some(rows.columns)}.")
    parts = balance(rows[staff], rows[need])[["staff", "need", "surplus", "shortage"]]
    totals = parts.groupby([rows[name] for name in by], sort=True, dropna=False).sum()
    moved = totals[["surplus", "shortage"]].min(axis=1)
    return totals.assign(
        net=totals["surplus"] - totals["shortage"],
        redistributable=moved,
        redistributable_share=_share(moved, totals["need"]),
    ).reset_index()


def ceiling(classes: pd.DataFrame) -> pd.Series:
    """Return what moving can do over all classes, without hiring: with and without retraining.

    Parameters
    ----------
    classes : DataFrame
        From `class_balance`.

    Returns
    -------
    Series
        `shortage`; `redistributable` when everybody stays in the class (the sum over classes),
        `retraining` (what could be filled besides, were every surplus person retrained), `hiring`
        (what no one who is there can fill), all in people; `redistributable_share` of all need.

    Examples
    --------
    >>> classes = pd.DataFrame({"need": [20.0, 10.0], "surplus": [4.0, 3.0],
    ...                         "shortage": [5.0, 0.0], "redistributable": [4.0, 0.0]})
    >>> ceiling(classes)[["redistributable", "retraining", "hiring"]].tolist()
    [4.0, 1.0, 0.0]
    """
    shortage, surplus = float(classes["shortage"].sum()), float(classes["surplus"].sum())
    moved = float(classes["redistributable"].sum())
    either = min(surplus, shortage)
    need = float(classes["need"].sum())
    return pd.Series(
        {
            "shortage": shortage,
            "redistributable": moved,
            "retraining": either - moved,
            "hiring": shortage - either,
            "redistributable_share": moved / need if need else np.nan,
        }
    )


def _share(part: pd.Series, whole: pd.Series) -> pd.Series:
    return part / whole.where(whole > 0)
