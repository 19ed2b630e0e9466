"""Find the heading of a table, of one row or more, or say that two readings are possible.

The rule: the heading is the first row that has words (or years) in at least half of the columns
whose cells are mostly numbers, and two different words at least. Rows next to it belong to it if
it does not name every column by itself, or a merged cell of theirs spans several of its columns.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from analysis.arrays import BoolArray, IntArray
from analysis.datasets.office_tables.account import row_or_rows
from analysis.datasets.office_tables.cells import (
    NOTHING,
    NUMBER,
    WORD,
    YEAR,
    Cells,
    letters,
    words,
)
from analysis.datasets.office_tables.sheets import Sheet
from analysis.errors import DataError, ParameterError

HeaderRows = int | tuple[int, int]

_COUNTER = re.compile(r"\(?(\d{1,3})\)?\.?")


@dataclass(frozen=True)
class Heading:
    """Where the heading of a table is, and what it names.

    Attributes
    ----------
    rows : tuple of int
        Positions of its rows.
    names : tuple of str
        One name for each column of the sheet; empty where it names none.
    body : int
        Position of the first row below it and below a row that only numbers the columns.
    counter : int or None
        Position of that row.
    """

    rows: tuple[int, ...]
    names: tuple[str, ...]
    body: int
    counter: int | None


def find_heading(
    sheet: Sheet, kind: npt.NDArray[np.int8], header: HeaderRows | None = None
) -> Heading:
    """Return the heading of the table on a sheet.

    Parameters
    ----------
    sheet : Sheet
    kind : ndarray, shape (n, m)
        As from `cells.kinds`.
    header : int or (int, int), optional
        Row of the heading as the file counts, or its first and last row.

    Raises
    ------
    DataError
        If there is none, or two readings are possible.
    ParameterError
        If `header` is no row of the sheet.
    """
    rows = _search(sheet, kind) if header is None else _given(sheet, header)
    names = _names(sheet, rows)
    if sum(bool(name) for name in names) < 2:
        raise DataError(
            f"{sheet}, {row_or_rows(sheet.rows[list(rows)].tolist())}: a heading names two columns "
            "or more, but this one does not. Say which row is the heading with header=ROW (in a "
            "mapping: judul)."
        )
    body = rows[-1] + 1
    below = next((i for i in range(body, len(kind)) if (kind[i] != NOTHING).any()), None)
    counter = below if below is not None and _counts(sheet.cells[below], kind[below]) else None
    return Heading(rows, names, body if counter is None else counter + 1, counter)


def numeric_columns(kind: npt.NDArray[np.int8]) -> IntArray:
    """Return the columns whose cells are mostly numbers."""
    numbers = ((kind == NUMBER) | (kind == YEAR)).sum(axis=0)
    found: IntArray = np.flatnonzero((numbers > 0) & (numbers >= (kind == WORD).sum(axis=0)))
    return found


def is_wordy(kind: npt.NDArray[np.int8], columns: IntArray) -> BoolArray:
    """Return which rows have words or years in at least half of the columns, and no numbers."""
    inside = kind[:, columns]
    named = ((inside == WORD) | (inside == YEAR)).sum(axis=1)
    wordy = (kind == WORD).any(axis=1)
    found: BoolArray = (2 * named >= max(1, columns.size)) & ~(inside == NUMBER).any(axis=1) & wordy
    return found


def _search(sheet: Sheet, kind: npt.NDArray[np.int8]) -> tuple[int, ...]:
    columns = numeric_columns(kind)
    several = np.array([_different(row) > 1 for row in sheet.cells])
    if columns.size == 0:
        filled = (kind != NOTHING).sum(axis=1)
        likely = several & (filled == filled.max(initial=0))
    else:
        likely = several & is_wordy(kind, columns)
    if not likely.any():
        raise DataError(
            f"{sheet}: no row looks like a heading: none has words in the columns where the other "
            "rows have numbers. Say which row it is with header=ROW, counted as the file counts "
            "(in a mapping: judul); if there is none, write one above the table."
        )
    first = int(np.flatnonzero(likely)[0])
    if columns.size == 0:
        return (first,)
    return _stack(sheet, kind, first, is_wordy(kind, columns), several)


def _stack(
    sheet: Sheet, kind: npt.NDArray[np.int8], first: int, wordy: BoolArray, several: BoolArray
) -> tuple[int, ...]:
    """Return the row with those next to it that belong to it."""
    above: list[int] = []
    below: list[int] = []
    i = first - 1
    while i >= 0 and several[i] and (kind[i] != NUMBER).all() and not _says_one_thing(sheet, i):
        above.insert(0, i)
        i -= 1
    i = first + 1
    while i < len(kind) and wordy[i] and several[i]:
        below.append(i)
        i += 1
    tied = [i for i in (*above, first, *below) if _spans(sheet, i)]
    up, low = min([first, *tied]), max([first, *tied])
    if tied and low in tied and low + 1 in below:
        low += 1  # a cell that spans columns is above the names of these
    if _sufficient(sheet, kind, tuple(range(up, low + 1))):
        found = tuple(range(up, low + 1))
        rest = [i for i in (*above, *below) if i not in found]
        if rest and not tied:
            raise _two_readings(sheet, first, rest)
        return found
    start, end = (above or [first])[0], (below or [first])[-1]
    for a, b in ((first, end), (start, first), (start, end)):
        if b > a and _sufficient(sheet, kind, tuple(range(a, b + 1))):
            return tuple(range(a, b + 1))
    return tuple(range(up, low + 1))


def _two_readings(sheet: Sheet, first: int, rest: list[int]) -> DataError:
    rows = sheet.rows[sorted({first, *rest})].tolist()
    single = ", ".join(f"header={row}" for row in rows)
    return DataError(
        f"{sheet}: row {sheet.rows[first]} names every column, and so may the heading be another "
        f"of {row_or_rows(rows)}, or these together. Say which is meant: {single} or header="
        f"({rows[0]}, {rows[-1]}) (in a mapping: judul)."
    )


def _given(sheet: Sheet, header: HeaderRows) -> tuple[int, ...]:
    first, last = (header, header) if isinstance(header, int) else (header[0], header[-1])
    inside = np.flatnonzero((sheet.rows >= first) & (sheet.rows <= last)).tolist()
    found = [i for i in inside if any(cell is not None for cell in sheet.cells[i])]
    if not found or isinstance(header, bool) or first > last:
        raise ParameterError(
            f"header={header!r}: {sheet} has rows {sheet.rows.min()} to {sheet.rows.max()}, and a "
            "heading has words. Give its row, or its first and last row, as the file counts."
        )
    return tuple(found)


def _names(sheet: Sheet, rows: tuple[int, ...]) -> tuple[str, ...]:
    """Return the words of each column from top to bottom; a blank continues the name at its left.

    It does so only in an upper row, where the row below has a word: these are the names under one
    that spans them.
    """
    parts = [_spread(sheet, i) for i in rows]
    for upper, lower in pairwise(parts):
        for j in range(1, len(upper)):
            if not upper[j] and lower[j] and lower[j - 1]:
                upper[j] = upper[j - 1]
    names = []
    for column in zip(*parts, strict=True):
        distinct = [w for k, w in enumerate(column) if w and w not in column[:k]]
        names.append(" ".join(distinct))
    filled = [name for name in names if name]
    return tuple(
        f"{name} (kolom {letters(j)})" if name and filled.count(name) > 1 else name
        for j, name in enumerate(names)
    )


def _sufficient(sheet: Sheet, kind: npt.NDArray[np.int8], rows: tuple[int, ...]) -> bool:
    """Whether these rows name every column that has something below them, each differently."""
    body = kind[rows[-1] + 1 :]
    used = np.flatnonzero((body != NOTHING).sum(axis=0) > 0.05 * len(body))
    names = _names(sheet, rows)
    return all(names[j] and not names[j].endswith(f"(kolom {letters(j)})") for j in used.tolist())


def _spread(sheet: Sheet, row: int) -> list[str]:
    """Return the words of a row, with those of merged cells in every column they span."""
    found = [words(cell) for cell in sheet.cells[row].tolist()]
    for a, b, _, d in sheet.merged:
        if a == row:
            found[b : d + 1] = [found[b]] * (d + 1 - b)
    return found


def _spans(sheet: Sheet, row: int) -> bool:
    return any(a == row and d > b and sheet.cells[a, b] is not None for a, b, _, d in sheet.merged)


def _different(row: Cells) -> int:
    return len({words(cell) for cell in row.tolist() if cell is not None})


def _says_one_thing(sheet: Sheet, row: int) -> bool:
    """Whether a row has a name and a value, such as `OPD : | Dinas Kesehatan`."""
    texts = [words(cell) for cell in sheet.cells[row].tolist() if cell is not None]
    return any(text.endswith(":") or text.startswith(":") for text in texts)


def _counts(row: Cells, kind: npt.NDArray[np.int8]) -> bool:
    """Whether a row only numbers the columns: 1, 2, 3 or (1), (2), (3)."""
    filled = [words(cell) for cell, k in zip(row.tolist(), kind.tolist(), strict=True) if k]
    found = [match for text in filled if (match := _COUNTER.fullmatch(text))]
    numbers = [int(match.group(1)) for match in found]
    return len(filled) >= 3 and numbers == list(range(1, len(filled) + 1))
