"""One sheet of a file: its cells, the rows they stand on, and which of them are merged."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from analysis.arrays import IntArray
from analysis.datasets.office_tables.account import Note
from analysis.datasets.office_tables.cells import Cells, clean, letters


@dataclass(frozen=True, eq=False)
class Sheet:
    """The cells of a sheet, or of a text file.

    Attributes
    ----------
    file : Path
    name : str or None
        Name of the sheet; None for a text file.
    cells : ndarray of object, shape (n, m)
        Text without blanks at its ends, numbers, dates; None where there is nothing.
    rows : ndarray of int, shape (n,)
        Row of the sheet, or line of the file, that each row of `cells` stands on, from 1.
    merged : tuple of (first row, first column, last row, last column)
        Merged cells, as positions in `cells`.
    notes : tuple of Note
        How the file was read.
    """

    file: Path
    name: str | None
    cells: Cells
    rows: IntArray
    merged: tuple[tuple[int, int, int, int], ...] = ()
    notes: tuple[Note, ...] = field(default=())

    def __str__(self) -> str:
        return str(self.file) if self.name is None else f"{self.file}, sheet {self.name!r}"

    @property
    def title(self) -> str:
        """Name of the file and of the sheet, without the folder it was read from."""
        return self.file.name if self.name is None else f"{self.file.name}, {self.name}"

    def at(self, row: int, column: int | None = None) -> str:
        """Return what a message calls a row, or a cell, of these positions."""
        place = f"{self}, row {self.rows[row]}"
        return place if column is None else f"{place}, column {letters(column)}"


def as_cells(rows: Sequence[Sequence[object]]) -> Cells:
    """Return rows of any length as one array, clean, with None where there is nothing."""
    width = max((len(row) for row in rows), default=0)
    cells = np.full((len(rows), width), None, dtype=object)
    known: dict[str, object] = {}
    for i, row in enumerate(rows):
        for j, cell in enumerate(row):
            if isinstance(cell, str):
                if cell not in known:
                    known[cell] = clean(cell)
                cells[i, j] = known[cell]
            else:
                cells[i, j] = clean(cell)
    return cells
