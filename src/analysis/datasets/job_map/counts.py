"""Numbers of a job map: whole people, none missing, none below zero."""

import numpy as np
import pandas as pd

from analysis.arrays import BoolArray
from analysis.datasets.office_tables import OfficeTable
from analysis.errors import DataError
from analysis.messages import some


def amounts(table: OfficeTable, heading: str, field: str, *, empty_is_none: bool) -> pd.Series:
    """Return a column of numbers >= 0, missing where the file has none.

    Raises
    ------
    DataError
        If a cell is no number, or below zero.
    """
    found = table.numbers(heading)
    wrong = found.to_numpy() < 0
    _refuse(table, heading, found, wrong, f"{field} is below zero", "Correct the number.")
    return found.fillna(0.0) if empty_is_none else found


def people(table: OfficeTable, heading: str, field: str, *, empty_is_none: bool) -> pd.Series:
    """Return a column of whole people >= 0.

    Raises
    ------
    DataError
        If a cell is no number, below zero or fractional, or has none.
    """
    found = amounts(table, heading, field, empty_is_none=empty_is_none)
    values = found.to_numpy()
    wrong = np.isfinite(values) & (values % 1 != 0)
    advice = (
        "People are whole: where a dot or comma stands between thousands, say which is the decimal "
        'mark (desimal = "," or ".", under [berkas] of the mapping).'
    )
    _refuse(table, heading, found, wrong, f"{field} is not whole", advice)
    if np.isnan(values).any():
        raise DataError(
            f"{table.what}, {table.lacking(values, heading)}: {field} is missing. Empty "
            "is not zero: write 0 where there is nobody; or, where every empty cell of the column "
            f'means none, add kosong_nol = ["{field}"] under [pilihan] of the mapping, and '
            'nol = ["-"] under [berkas] where filler does.'
        )
    return found.astype(np.int64)


def no_more_than(
    table: OfficeTable, heading: str, part: pd.Series, whole: pd.Series, *, what: str
) -> None:
    """Refuse a part of the people in a post that is larger than all of them.

    Raises
    ------
    DataError
        Naming both numbers.
    """
    over = (part > whole).to_numpy()
    if over.any():
        i = int(np.flatnonzero(over)[0])
        row = int(part.index[i])
        raise DataError(
            f"{table.where(row, heading)}: {what} is {part.iloc[i]}, but there are only "
            f"{whole.iloc[i]} people (so in {int(over.sum())} rows). Count both on the same day."
        )


def _refuse(
    table: OfficeTable, heading: str, found: pd.Series, wrong: BoolArray, rule: str, advice: str
) -> None:
    if wrong.any():
        rows = found[wrong]
        shown = some(f"row {row} ({value:.15g})" for row, value in rows.items())
        column = table.at[table.position(heading)]
        raise DataError(f"{table.what}, column {column} ({heading}): {rule} in {shown}. {advice}")
