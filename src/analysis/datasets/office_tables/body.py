"""Which rows below a heading are data, and which are blank, sections, totals, footnotes.

- A row without anything is blank.
- A row whose first words are *jumlah*, *total* or *subtotal* is a total, and checked.
- Words repeated from the heading are a heading that is printed again.
- After the last row with a value, what begins as a note does (*sumber*, *catatan*, an asterisk) is
  a footnote; so is what follows a blank row or a last total, unless it fills every column of words
  that each row of data fills, two at least: then it is a row whose values are missing.
- A single word elsewhere has two readings: the name of the rows below it, or a row whose values
  are missing. So has a row without such a name that is the sum of those above it. These are refused
  until the caller says which is meant.
"""

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.arrays import BoolArray, FloatArray, IntArray
from analysis.datasets.office_tables.account import row_or_rows
from analysis.datasets.office_tables.cells import (
    FILLER,
    NOTHING,
    NUMBER,
    WORD,
    YEAR,
    Cells,
    letters,
    shown,
    words,
)
from analysis.datasets.office_tables.headings import Heading, is_wordy, numeric_columns
from analysis.datasets.office_tables.numbers import Mark, convention_of, readable_numbers
from analysis.datasets.office_tables.personal import normalised
from analysis.datasets.office_tables.sheets import Sheet
from analysis.errors import DataError, ParameterError
from analysis.totals import names_a_total

_TOTAL = re.compile(r"(grand total|sub ?-?total|jumlah|total|jml)\b", re.IGNORECASE)
_SERIAL = frozenset({"no", "no.", "nomor", "no urut", "no. urut", "nomor urut", "#"})
_NOTES = ("sumber", "catatan", "keterangan", "ket", "note", "source", "dicetak")
# Parts, and different columns, that must add up before a row without a name looks like a total:
# posts with one person each add up by chance to one with three.
_ENOUGH = ((2, 4), (3, 3), (5, 2))


@dataclass(frozen=True)
class Body:
    """The rows below a heading, by what they are: positions in the sheet.

    Attributes
    ----------
    data, blank, totals, footnotes, repeated, sections : ndarray of int
    values : ndarray of int
        Columns of numbers, without one that only numbers the rows.
    labels : ndarray of int
        All other columns but that one.
    """

    data: IntArray
    blank: IntArray
    totals: IntArray
    footnotes: IntArray
    repeated: IntArray
    sections: IntArray
    values: IntArray
    labels: IntArray

    def word(self, sheet: Sheet, kind: npt.NDArray[np.int8], row: int) -> object:
        """Return the first word of a row that is no number of the row."""
        wordy = self.labels[kind[row, self.labels] == WORD]
        first = wordy if wordy.size else np.flatnonzero(kind[row] == WORD)
        return sheet.cells[row, first[0]] if first.size else None


def sort_rows(
    sheet: Sheet,
    kind: npt.NDArray[np.int8],
    heading: Heading,
    *,
    sections: bool = False,
    totals: tuple[int, ...] = (),
    keep: tuple[int, ...] = (),
    decimal: Mark | None = None,
    one_table: bool = False,
) -> Body:
    """Return what each row below the heading is.

    Parameters
    ----------
    sections : bool
        Take single words between rows with values as names of the rows below them.
    totals, keep : tuple of int
        Rows, as the file counts them, that are totals, and that are none, whatever they look like.
    decimal : {",", "."}, optional
        The decimal mark, if it was given.
    one_table : bool
        Whether the caller said which columns belong to the table.

    Raises
    ------
    DataError
        If there are no data, a second table begins, or a row has two readings.
    ParameterError
        If a row named is not below the heading.
    """
    n, start = len(kind), heading.body
    values, labels = _columns(kind[start:], heading)
    inside = np.arange(n) >= start
    filled = (kind != NOTHING).any(axis=1)
    repeated = inside & filled & _repeats(sheet, heading)
    with_value = np.isin(kind[:, values], (NUMBER, YEAR)).any(axis=1) & inside & ~repeated
    named = _rows_named(sheet, totals, "totals") | (
        inside & _named_totals(sheet, kind, values, labels)
    )
    kept = _rows_named(sheet, keep, "keep")
    total = named & ~kept & inside & filled
    last = _last_value(with_value, filled & inside)
    _refuse_table_below(sheet, kind, heading, inside & filled & ~repeated & ~total, values)
    if not one_table:
        _refuse_table_beside(sheet, kind, heading)
    bare = inside & filled & ~with_value & ~total & ~repeated & ~kept
    always = labels[(kind[with_value & ~total][:, labels] != NOTHING).all(axis=0)]
    complete = (kind[:, always] != NOTHING).all(axis=1) & (always.size > 1)
    footnotes = _footnotes(sheet, kind, bare & ~complete, last, apart=last >= 0 and total[last])
    footnotes &= ~(kind[:, values] == FILLER).any(axis=1)
    alone = (kind[:, labels] != NOTHING).sum(axis=1) == 1
    single = bare & alone & ~footnotes & (kind[:, values] == NOTHING).all(axis=1)
    single &= values.size > 0
    if single.any() and not sections:
        raise _two_readings_of_a_word(sheet, kind, single, labels)
    data = inside & filled & ~total & ~repeated & ~footnotes & ~single
    if not data.any():
        raise DataError(f"{sheet}: there are no rows below the heading. Take it from its source.")
    _refuse_unnamed_total(sheet, data & ~kept, total, values, decimal)
    found = [
        np.flatnonzero(which)
        for which in (data, inside & ~filled, total, footnotes, repeated, single)
    ]
    return Body(found[0], found[1], found[2], found[3], found[4], found[5], values, labels)


def _columns(kind: npt.NDArray[np.int8], heading: Heading) -> tuple[IntArray, IntArray]:
    """Return the columns of numbers, and all others but one that only numbers the rows."""
    numeric = numeric_columns(kind)
    every = np.arange(kind.shape[1])
    counts = np.array([name.casefold() in _SERIAL for name in heading.names], dtype=bool)
    values: IntArray = numeric[~counts[numeric]]
    return values, np.setdiff1d(every[~counts], values)


def _repeats(sheet: Sheet, heading: Heading) -> BoolArray:
    found = np.zeros(len(sheet.cells), dtype=bool)
    for row in heading.rows:
        wanted = [words(cell) for cell in sheet.cells[row].tolist()]
        probe = next(j for j, word in enumerate(wanted) if word)
        for i in np.flatnonzero(sheet.cells[:, probe] == sheet.cells[row, probe]).tolist():
            found[i] |= [words(cell) for cell in sheet.cells[i].tolist()] == wanted
    return found


def _rows_named(sheet: Sheet, rows: tuple[int, ...], what: str) -> BoolArray:
    unknown = [row for row in rows if row not in sheet.rows]
    if unknown:
        raise ParameterError(
            f"{what}: {sheet} has no {row_or_rows(unknown)}. Count as the file counts its rows."
        )
    return np.isin(sheet.rows, rows)


def _named_totals(
    sheet: Sheet, kind: npt.NDArray[np.int8], values: IntArray, labels: IntArray
) -> BoolArray:
    """Return the rows whose first words begin as a total, or one of whose cells names one."""
    found = np.zeros(len(kind), dtype=bool)
    waiting = np.ones(len(kind), dtype=bool)  # no word yet: the first may have others beside it
    for j in np.setdiff1d(np.arange(kind.shape[1]), values).tolist():
        column, wordy = sheet.cells[:, j], kind[:, j] == WORD
        known = {
            word: (bool(_TOTAL.match(str(word))), names_a_total(word))
            for word in set(column[wordy].tolist())
        }
        for i in np.flatnonzero(wordy).tolist():
            begins, alone = known[column[i]]
            found[i] |= alone or (begins and waiting[i])
        if j in labels:
            waiting &= ~wordy
    return found


def _last_value(with_value: BoolArray, filled: BoolArray) -> int:
    some_rows = np.flatnonzero(with_value if with_value.any() else filled)
    return int(some_rows[-1]) if some_rows.size else -1


def _footnotes(
    sheet: Sheet, kind: npt.NDArray[np.int8], bare: BoolArray, last: int, *, apart: bool
) -> BoolArray:
    """Return which rows below the last value are footnotes."""
    found = np.zeros_like(bare)
    for i in range(last + 1, len(kind)):
        apart = apart or not (kind[i] != NOTHING).any()
        found[i] = bare[i] and (apart or begins_as_note(sheet.cells[i]))
        apart = apart or bool(found[i])
    return found


def begins_as_note(row: Cells) -> bool:
    """Whether the first cell of a row begins as a note does."""
    first = next((words(cell) for cell in row.tolist() if cell is not None), "")
    return first.startswith(("*", ")")) or normalised(first).startswith(_NOTES)


def _two_readings_of_a_word(
    sheet: Sheet, kind: npt.NDArray[np.int8], single: BoolArray, labels: IntArray
) -> DataError:
    rows = np.flatnonzero(single).tolist()
    cell = sheet.cells[rows[0], labels[kind[rows[0], labels] != NOTHING][0]]
    return DataError(
        f"{sheet}, {row_or_rows(sheet.rows[rows].tolist())}: the row has one word, such as "
        f"{shown(cell)}, and no number. It may be the name of the rows below it, or a row whose "
        'numbers are missing. Say sections="NAME" to carry it into a column of that name (in a '
        "mapping: bagian), or write its numbers, 0 where there are none; where the table ends "
        f"above it, say rows=({sheet.rows[0]}, {sheet.rows[rows[0]] - 1}) (in a mapping: baris)."
    )


def _refuse_table_below(
    sheet: Sheet,
    kind: npt.NDArray[np.int8],
    heading: Heading,
    rows: BoolArray,
    values: IntArray,
) -> None:
    if values.size == 0:
        return
    named = (kind[:, values] == WORD).sum(axis=1)
    blank_above = np.append([False], ~(kind != NOTHING).any(axis=1)[:-1])
    likely = rows & is_wordy(kind, values) & ((named >= 3) | (blank_above & (named >= 1)))
    if likely.any():
        row = int(sheet.rows[np.flatnonzero(likely)[0]])
        raise DataError(
            f"{sheet}, row {row}: it has words where the rows above have numbers, as the "
            f"heading of a second table has. Say which rows belong to the table: rows=("
            f"{sheet.rows[heading.rows[0]]}, {row - 1}) or rows=({row}, {sheet.rows[-1]}) (in "
            "a mapping: baris); or correct the cells if it is no heading."
        )


def _refuse_table_beside(sheet: Sheet, kind: npt.NDArray[np.int8], heading: Heading) -> None:
    used = (kind[heading.rows[0] :] != NOTHING).any(axis=0)
    gaps = np.flatnonzero(~used & (np.arange(used.size) > 0))
    for gap in gaps.tolist():
        left, right = np.flatnonzero(used[:gap]), np.flatnonzero(used[gap + 1 :]) + gap + 1
        if left.size > 1 and right.size > 1:
            a, b = f"{letters(left[0])}:{letters(left[-1])}", f"{letters(right[0])}:"
            last = letters(right[-1])
            raise DataError(
                f"{sheet}: column {letters(gap)} is empty, with columns on both sides of it, as "
                f"between two tables. Say which columns belong to the table: columns='{a}', "
                f"columns='{b}{last}', or columns='{letters(left[0])}:{last}' if it is one (in a "
                "mapping: kolom_berkas)."
            )


def _refuse_unnamed_total(
    sheet: Sheet, data: BoolArray, total: BoolArray, values: IntArray, decimal: Mark | None
) -> None:
    """Refuse a row that is the sum of those above it in every column, and has no such name."""
    amounts = [
        readable_numbers(sheet.cells[:, j], decimal or convention_of(sheet.cells[:, j]).decimal)
        for j in values.tolist()
    ]
    if len(amounts) < 2:
        return
    matrix = np.nan_to_num(np.column_stack(amounts))
    sums = [0.0] * matrix.shape[1]
    block: list[int] = []
    for i in np.flatnonzero(data | total).tolist():
        row = matrix[i].tolist()
        if total[i]:
            sums, block = [0.0] * len(row), []
            continue
        if row == sums and len(block) > 1 and _is_evidence(matrix[[*block, i]]):
            name = next((words(c) for c in sheet.cells[i].tolist() if isinstance(c, str)), "")
            raise DataError(
                f"{sheet}, row {sheet.rows[i]} ({shown(name)}): it equals the sum of the rows "
                "above it in every column, as a total does, but is not named as one. Say "
                f"totals=({sheet.rows[i]},) to check it and leave it out, or keep=("
                f"{sheet.rows[i]},) if it is a row of its own (in a mapping: jumlah, pertahankan)."
            )
        if any(row):
            sums = [a + b for a, b in zip(sums, row, strict=True)]
            block.append(i)


def _is_evidence(block: FloatArray) -> bool:
    """Whether so many rows add up to the last in so many columns that it is hardly by chance."""
    columns = {tuple(column) for column in block.T.tolist() if any(column)}
    return any(len(block) > parts and len(columns) >= most for parts, most in _ENOUGH)
