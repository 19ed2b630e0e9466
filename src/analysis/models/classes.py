"""Shares without a model: of how many units in each class something is so."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.arrays import as_flags, as_floats, as_frame
from analysis.errors import DomainError, ParameterError
from analysis.labels import align_all


def shares_by_class(event: npt.ArrayLike, terms: pd.DataFrame, *, parts: int = 4) -> pd.DataFrame:
    """Return of how many units something is so, in classes of each term.

    Rule: units are ordered by the term and cut into `parts` classes of equal number, as near as it
    goes; units of one value stay together, in the class where the first of them falls. A term of no
    more than `parts` values makes one class of each value. Every unit is in one class of each term.

    Parameters
    ----------
    event : array-like of bool, shape (n,)
        Whether it is so.
    terms : DataFrame, shape (n, m)
        One column of numbers for each term.
    parts : int
        Classes, at least two.

    Returns
    -------
    DataFrame
        One row for each class, ascending: `term`, `low` and `high` (least and greatest value in
        it), `units`, `events`, `share` (events over units).

    Raises
    ------
    DomainError
        If the event is not true or false, or a term is missing somewhere.
    ParameterError
        If there are fewer than two parts.

    Examples
    --------
    >>> none = [True, True, False, False, True, False]
    >>> shares_by_class(none, pd.DataFrame({"people": [1, 2, 3, 4, 5, 6]}), parts=3)
         term  low  high  units  events  share
    0  people  1.0   2.0      2       2    1.0
    1  people  3.0   4.0      2       0    0.0
    2  people  5.0   6.0      2       1    0.5
    """
    what = "shares_by_class"
    if parts < 2:
        raise ParameterError(f"parts: {parts} given, at least 2 needed.")
    event, terms = align_all(what, event=event, terms=terms)
    frame = as_frame(terms, what=f"{what}, terms")
    flags = as_flags(np.asarray(event)[None, :], (1, len(frame)), what=f"{what}, event")[0]
    found = []
    for name in frame.columns:
        values = as_floats(frame[name], what=f"{what}, terms, {name}")
        if not np.isfinite(values).all():
            raise DomainError(f"{what}, terms, {name}: a value is missing or infinite. Fill it in.")
        rows = pd.DataFrame({"class": _classes(values, parts), "value": values, "event": flags})
        table = rows.groupby("class").agg(
            low=("value", "min"),
            high=("value", "max"),
            units=("event", "size"),
            events=("event", "sum"),
        )
        found.append(table.reset_index(drop=True).assign(term=str(name)))
    table = pd.concat(found, ignore_index=True)
    table["share"] = table["events"] / table["units"]
    return table[["term", "low", "high", "units", "events", "share"]]


def _classes(values: npt.NDArray[np.float64], parts: int) -> npt.NDArray[np.int64]:
    distinct, codes = np.unique(values, return_inverse=True)
    if distinct.size <= parts:
        return codes.astype(np.int64)
    before = np.searchsorted(np.sort(values), values)  # units with less
    return (before * parts // values.size).astype(np.int64)
