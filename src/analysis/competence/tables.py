"""Columns of the tables handed in, checked one by one."""

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.arrays import BoolArray, FloatArray, IntArray, as_frame
from analysis.errors import DataError
from analysis.messages import some

if TYPE_CHECKING:
    from analysis.labels import Labels


_PERSON = "person"  # column of keys of people, which no message repeats


def table_of(given: object, required: tuple[str, ...], *, what: str) -> pd.DataFrame:
    """Return a table with a fresh index that has the required columns.

    Raises
    ------
    DataError
        Naming the columns that are missing, and those there are.
    """
    table = as_frame(given, what=what).reset_index(drop=True)
    missing = [name for name in required if name not in table.columns]
    if missing:
        raise DataError(
            f"{what}: column {some(missing)} is missing; there are {some(table.columns)}."
        )
    return table


def labels_in(table: pd.DataFrame, column: str, *, what: str, advice: str) -> npt.NDArray[Any]:
    """Return the labels of a column.

    Raises
    ------
    DataError
        If one is missing, naming the rows.
    """
    values = table[column]
    refuse(values.isna().to_numpy(), table, f"{what}, {column}: a label is missing", advice)
    labels: npt.NDArray[Any] = values.to_numpy(dtype=object)
    return labels


def code_texts(codes: "pd.Series[Any]") -> npt.NDArray[Any]:
    """Return codes as text, None where one is missing: 3, "3" and 3.0 are one code."""
    texts = [None if pd.isna(code) else str(code).removesuffix(".0") for code in codes]
    return np.array(texts, dtype=object)


def dates_in(table: pd.DataFrame, column: str, *, what: str, advice: str) -> "pd.Series[Any]":
    """Return the dates of a column, missing where there is none.

    Raises
    ------
    DataError
        If one cannot be read, naming the rows.
    """
    given = table[column]
    found = pd.to_datetime(given, format="ISO8601", errors="coerce")
    unread = (found.isna() & given.notna()).to_numpy()
    refuse(unread, table, f"{what}, {column}: must be a date", advice, show=column)
    return found


def keys_in(table: pd.DataFrame, columns: list[str], *, what: str) -> None:
    """Refuse rows that say the same twice.

    Raises
    ------
    DataError
        Naming the rows.
    """
    twice = table.duplicated(columns).to_numpy()
    name = " and ".join(columns)
    refuse(twice, table, f"{what}: {name} must occur once", "Keep one of the rows.")


def positions_in(
    table: pd.DataFrame, column: str, labels: "Labels[Any]", *, what: str, known: str, advice: str
) -> IntArray:
    """Return where the labels of a column stand among `labels`.

    Raises
    ------
    DataError
        If one is missing or is not among them, naming the rows.
    """
    found = labels.get_indexer(pd.Index(labels_in(table, column, what=what, advice=advice)))
    refuse(found < 0, table, f"{what}, {column}: not among {known}", advice, show=column)
    return found.astype(np.int64)


def numbers_in(
    table: pd.DataFrame,
    column: str,
    *,
    what: str,
    rule: str,
    advice: str,
    low: float,
    high: float = np.inf,
    default: float | None = None,
    whole: bool = False,
) -> FloatArray:
    """Return the numbers of a column; the default where one, or the whole column, is missing.

    Raises
    ------
    DataError
        If one is missing, infinite, no number, or not from `low` to `high`, naming the rows.
    """
    if default is not None and column not in table.columns:
        return np.full(len(table), default)
    values = pd.to_numeric(table[column], errors="coerce").to_numpy(dtype=np.float64)
    if default is not None:
        values = np.where(table[column].isna(), default, values)
    with np.errstate(invalid="ignore"):
        wrong = ~((values >= low) & (values <= high) & np.isfinite(values))
        wrong |= whole & (values % 1 != 0)
    refuse(wrong, table, f"{what}, {column}: must be {rule}", advice, show=column)
    return values


def flags_in(table: pd.DataFrame, column: str, *, what: str, default: bool) -> BoolArray:
    """Return true and false of a column, or the default where there is no such column.

    Raises
    ------
    DataError
        If one is neither, naming the rows.
    """
    if column not in table.columns:
        return np.full(len(table), default)
    wrong = ~table[column].isin([True, False]).to_numpy()
    refuse(wrong, table, f"{what}, {column}: must be true or false", "Correct it.", show=column)
    return table[column].to_numpy(dtype=np.bool_)


def refuse(
    wrong: BoolArray, table: pd.DataFrame, rule: str, advice: str, *, show: str | None = None
) -> None:
    """Refuse rows of a table.

    Raises
    ------
    DataError
        Naming the rows, counted from 1 below the heading, and what `show` holds there, unless it
        tells who somebody is.
    """
    at = np.flatnonzero(wrong)
    if at.size:
        rows = [f"{row + 1}" for row in table.index[at]]  # of the table that `table_of` returned
        if show is None or show == _PERSON:
            shown = rows
        else:
            values = table[show].iloc[at]
            shown = [f"{row} ({value})" for row, value in zip(rows, values, strict=True)]
        raise DataError(f"{rule}; it is not so in row {some(shown)}. {advice}")
