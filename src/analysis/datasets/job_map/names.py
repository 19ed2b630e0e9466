"""Names of units and posts: complete, and each in one spelling."""

from collections.abc import Mapping

import pandas as pd

from analysis.datasets.office_tables import OfficeTable
from analysis.datasets.office_tables.account import row_or_rows
from analysis.datasets.office_tables.cells import masked, shown
from analysis.errors import DataError
from analysis.geography.names import plain
from analysis.messages import some


def one_spelling(names: pd.Series, corrections: Mapping[str, str], *, what: str) -> pd.Series:
    """Return names corrected as told, of which no two differ in letters' case or punctuation only.

    Parameters
    ----------
    names : Series of str
        Index: row of the file.
    corrections : mapping of str to str
        Spellings, and what is meant by each.
    what : str
        File, sheet and column, for the message.

    Raises
    ------
    DataError
        If a name has two spellings.
    """
    found = names.replace(dict(corrections))
    distinct = found.dropna().drop_duplicates()
    keys = distinct.map(plain)
    twice = keys[keys.duplicated(keep=False)]
    if twice.empty:
        return found
    first = distinct[keys == twice.iloc[0]]
    spelt = [f"{shown(name)} (row {row})" for row, name in first.items()]
    right, wrong = first.iloc[0], first.iloc[1]
    others = twice.nunique() - 1
    more = f" So have {others} other names." if others else ""
    raise DataError(
        f"{what}: one name has {len(first)} spellings: {some(spelt)}.{more} Correct the file, or "
        f'add the line "{masked(wrong)}" = "{masked(right)}" under [ejaan] of the mapping; where '
        "two are meant, name them apart."
    )


def complete(names: pd.Series, table: OfficeTable, heading: str, field: str) -> pd.Series:
    """Return names, of which none is missing.

    Raises
    ------
    DataError
        Naming the rows.
    """
    empty = names.index[names.isna()]
    if empty.empty:
        return names
    rows = row_or_rows(empty.tolist())
    raise DataError(
        f"{table.what}, {rows}, column {table.at[table.position(heading)]} ({heading}): "
        f"the {field} is missing. Write it; or, where an empty cell means the one above, add "
        f'ulang_ke_bawah = ["{field}"] under [pilihan] of the mapping.'
    )
