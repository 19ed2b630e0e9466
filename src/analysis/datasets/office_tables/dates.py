"""Dates as offices write them, and the filler that stands where none is known."""

import datetime as dt
import re

import numpy as np
import pandas as pd

from analysis.datasets.office_tables.cells import is_filler, shown
from analysis.datasets.office_tables.numbers import Column
from analysis.errors import DataError

PLACEHOLDERS = frozenset({"1900-01-00", "1900-01-01", "1970-01-01", "0001-01-01", "0000-00-00"})
"""Dates that mean none in extracts of personnel systems."""

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})(?: \d{1,2}:\d{2}(?::\d{2})?)?")
_SERIAL = re.compile(r"\d{5}")
_EPOCH = dt.date(1899, 12, 30)  # day 0 of Excel after its 29 February 1900


def to_dates(column: Column) -> "tuple[pd.Series, list[int]]":
    """Return the cells of a column as dates, missing where there is none, and the placeholders.

    A date is written YYYY-MM-DD, or day, month, year as in Indonesia, with `-`, `/`, `.` or a
    blank between. A placeholder (01-01-1900, 01-01-1970, 0000-00-00) means that there is none.

    Returns
    -------
    series of datetime64[ns], shape (n,)
    list of int
        Positions of the placeholders.

    Raises
    ------
    DataError
        If a cell is no date of the calendar, or the number that Excel keeps for one.
    """
    found = np.full(column.cells.size, np.datetime64("NaT", "ns"), dtype="datetime64[ns]")
    empty = []
    for i, cell in enumerate(column.cells.tolist()):
        if cell is None or is_filler(cell):
            continue
        parts = _parts(cell, column.where(i))
        if "{:04}-{:02}-{:02}".format(*parts) in PLACEHOLDERS:
            empty.append(i)
            continue
        try:
            found[i] = np.datetime64(dt.date(*parts), "ns")
        except ValueError:
            raise DataError(
                f"{column.where(i)}: {shown(cell)} is no date of the calendar, read as day, month, "
                "year. Correct the cell."
            ) from None
    return pd.Series(found), empty


def _parts(cell: object, where: str) -> tuple[int, int, int]:
    if isinstance(cell, dt.date):
        return cell.year, cell.month, cell.day
    text = str(cell)
    if match := _ISO.fullmatch(text):
        year, month, day = match.groups()
    elif match := _DAY_FIRST.fullmatch(text):
        day, month, year = match.groups()
    elif _SERIAL.fullmatch(text):
        day_ = _EPOCH + dt.timedelta(days=int(text))
        raise DataError(
            f"{where}: {text} is a number where a date is expected; Excel keeps {day_} as that "
            "number. Format the column as a date, then save the file again."
        )
    else:
        raise DataError(
            f"{where}: {shown(cell)} is no date. Write dates as 2025-12-31 or 31-12-2025."
        )
    return int(year), int(month), int(day)
