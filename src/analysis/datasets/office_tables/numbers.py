"""Numbers as offices write them, `1.234,5` and `1,234.5`, and what settles which is meant.

The rule, for each column by itself: a cell with one mark and three digits after it, such as
`1.200` or `1,200`, has two readings. The other cells of the column settle it if one of them can be
read in one way only (`1.234,5`; `1.234.567`; `0,125`; `12,5`), and all of these agree. Otherwise
the column is refused until the caller says what the decimal mark is.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from analysis.arrays import FloatArray
from analysis.datasets.office_tables.cells import Cells, is_filler, shown
from analysis.errors import DataError

Mark = Literal[",", "."]

_PLAIN = re.compile(r"[+-]?\d+(?: \d{3})*")
_EITHER = re.compile(r"[+-]?[1-9]\d{0,2}([.,])\d{3}")


def _only(decimal: str, thousands: str) -> re.Pattern[str]:
    """Return what can be read with one decimal mark only."""
    d, t = re.escape(decimal), re.escape(thousands)
    return re.compile(
        rf"[+-]?(?:\d{{1,3}}(?:{t}\d{{3}}){{2,}}"  # 1.234.567
        rf"|\d{{1,3}}(?:{t}\d{{3}})+{d}\d+"  # 1.234,5
        rf"|\d+(?: \d{{3}})*{d}(?:\d{{1,2}}|\d{{4,}})"  # 12,5
        rf"|(?:0\d*|\d{{4,}}){d}\d{{3}})"  # 0,125
    )


def _valid(decimal: str, thousands: str) -> re.Pattern[str]:
    d, t = re.escape(decimal), re.escape(thousands)
    return re.compile(
        rf"[+-]?(?:[1-9]\d{{0,2}}(?:{t}\d{{3}})+|\d{{1,3}}(?: \d{{3}})+|\d+)(?:{d}\d+)?"
    )


_ONLY = {",": _only(",", "."), ".": _only(".", ",")}
_VALID = {",": _valid(",", "."), ".": _valid(".", ",")}
_OTHER: dict[Mark, Mark] = {",": ".", ".": ","}


@dataclass(frozen=True)
class Convention:
    """The decimal mark of a column.

    Attributes
    ----------
    decimal : {",", "."} or None
        None: no cell needs one, or it is not settled.
    because : tuple of (position, text), or None
        The cell that settles it, if one does.
    open : tuple of (position, text), or None
        A cell that has two readings, where nothing settles which is meant.
    against : tuple of (position, text), or None
        A cell that settles the contrary.
    """

    decimal: Mark | None = None
    because: tuple[int, str] | None = None
    open: tuple[int, str] | None = None
    against: tuple[int, str] | None = None


def convention_of(cells: Cells) -> Convention:
    """Return what the cells of a column say of its decimal mark.

    Examples
    --------
    >>> convention_of(np.array(["1.200", "12,5"], dtype=object)).decimal
    ','
    >>> convention_of(np.array(["1.200", 7], dtype=object)).open
    (0, '1.200')
    """
    first: dict[str, tuple[int, str]] = {}
    seen = set()
    for i, cell in enumerate(cells.tolist()):
        if not isinstance(cell, str) or cell in seen:
            continue
        seen.add(cell)
        text = cell.lstrip("'")
        for mark, pattern in _ONLY.items():
            if mark not in first and pattern.fullmatch(text):
                first[mark] = (i, cell)
        if "either" not in first and _EITHER.fullmatch(text):
            first["either"] = (i, cell)
    if "," in first and "." in first:
        return Convention(because=first[","], against=first["."])
    for mark in _OTHER:
        if mark in first:
            return Convention(decimal=mark, because=first[mark])
    return Convention(open=first.get("either"))


@dataclass(frozen=True)
class Column:
    """The cells of a column and where they stand.

    Attributes
    ----------
    where : callable
        From the position of a cell to what a message calls it.
    cells : ndarray of object, shape (n,)
    """

    where: Callable[[int], str]
    cells: Cells


def to_numbers(
    column: Column, *, decimal: Mark | None = None, zero: tuple[str, ...] = ()
) -> FloatArray:
    """Return the cells of a column as numbers, missing where there is nothing or filler.

    Parameters
    ----------
    column : Column
    decimal : {",", "."}, optional
        The decimal mark, where the cells do not settle it.
    zero : tuple of str
        Filler that means none: such as "-" where a note says so.

    Raises
    ------
    DataError
        If a cell is no number, has two readings that nothing settles, or two cells of the column
        can only be read with different marks; the message names the cells.
    """
    found = convention_of(column.cells)
    mark = found.decimal if decimal is None else decimal
    _refuse_unsettled(column, found, decimal)
    none = {filler.casefold() for filler in zero}
    known: dict[str, float] = {}
    values = np.full(column.cells.size, np.nan)
    for i, cell in enumerate(column.cells.tolist()):
        if cell is None:
            continue
        if isinstance(cell, str):
            value = known.get(cell)
            if value is None:
                value = known[cell] = _number(cell, mark, none, column, i)
            values[i] = value
        elif isinstance(cell, int | float) and not isinstance(cell, bool):
            values[i] = cell
        else:
            raise DataError(
                f"{column.where(i)}: {shown(cell)} is a {type(cell).__name__}, where a number is "
                "expected. Format the cell as a number, write the number, then save the file."
            )
    return values


def readable_numbers(cells: Cells, mark: Mark | None) -> FloatArray:
    """Return the cells as numbers, missing wherever one cannot be read."""
    found = np.full(cells.size, np.nan)
    known: dict[str, float] = {}
    for i, cell in enumerate(cells.tolist()):
        if isinstance(cell, str):
            if cell not in known:
                known[cell] = _read(cell, mark)
            found[i] = known[cell]
        elif isinstance(cell, int | float) and not isinstance(cell, bool):
            found[i] = cell
    return found


def _read(cell: str, mark: Mark | None) -> float:
    text = cell.lstrip("'")
    if _PLAIN.fullmatch(text):
        return float(text.replace(" ", ""))
    if mark is None or not _VALID[mark].fullmatch(text):
        return np.nan
    return float(text.replace(" ", "").replace(_OTHER[mark], "").replace(mark, "."))


def _number(cell: str, mark: Mark | None, none: set[str], column: Column, position: int) -> float:
    if is_filler(cell):
        return 0.0 if cell.casefold() in none else np.nan
    value = _read(cell, mark)
    if np.isnan(value):
        said = f" with {mark!r} as decimal mark" if mark else ""
        raise DataError(
            f"{column.where(position)}: {shown(cell)} is no number{said}. Correct "
            "the cell in the file, or leave it empty if the value is not known."
        )
    return value


def _refuse_unsettled(column: Column, found: Convention, decimal: Mark | None) -> None:
    if decimal is not None:
        return
    if found.because is not None and found.against is not None:
        (i, one), (j, other) = found.because, found.against
        raise DataError(
            f"{column.where(i)} is {one!r}, which has a decimal comma, and {column.where(j)} is "
            f"{other!r}, which has a decimal point. Write the column in one way, or say which is "
            "meant with decimal=',' or decimal='.' (in a mapping: desimal = \",\")."
        )
    if found.open is not None:
        i, text = found.open
        if "." in text:
            readings = f"{text.replace('.', '')} or {text.replace('.', ',')} with a decimal comma"
        else:
            readings = f"{text.replace(',', '')} or {text.replace(',', '.')} with a decimal point"
        raise DataError(
            f"{column.where(i)}: {text!r} may be {readings}, and no other cell of the column "
            "settles it. Say what the decimal mark is: decimal=',' reads 1.200 as 1200, "
            "decimal='.' reads 1,200 as 1200 (in a mapping: desimal = \",\")."
        )
