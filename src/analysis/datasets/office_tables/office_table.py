"""A table as an office keeps it, after its heading, totals and notes were told apart."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.arrays import FloatArray, IntArray
from analysis.datasets.office_tables.account import Account, Note, row_or_rows
from analysis.datasets.office_tables.cells import Cells, is_filler, shown, words
from analysis.datasets.office_tables.checks import check_totals
from analysis.datasets.office_tables.dates import to_dates
from analysis.datasets.office_tables.numbers import Column, Mark, to_numbers
from analysis.errors import DataError
from analysis.messages import counted, some


@dataclass(frozen=True)
class Span:
    """A number in a merged cell over several rows.

    Attributes
    ----------
    column : int
        Position among the columns of the table.
    value : object
    rows : tuple of int
        Rows of data it spans, as the file counts them.
    """

    column: int
    value: object
    rows: tuple[int, ...]


@dataclass(frozen=True, eq=False, repr=False)
class OfficeTable:
    """The rows of a table, by the headings of its columns.

    Attributes
    ----------
    file : Path
    sheet : str or None
        None for a text file.
    headings : tuple of str, length m
        Names of the columns; what is said twice has the letter of its column behind it.
    at : tuple of str, length m
        What a spreadsheet calls each column.
    rows : ndarray of int, shape (n,)
        Where each row stands in the file.
    cells : ndarray of object, shape (n, m)
        Text, numbers, dates; None where there is nothing.
    totals : ndarray of object, shape (t, m)
        The rows that are totals.
    total_rows : ndarray of int, shape (t,)
        Where they stand in the file.
    values : tuple of str
        Headings of the columns that hold mostly numbers.
    personal : tuple of str
        Headings of the columns that hold data of persons and were not carried.
    account : Account
        What was taken as what, and what was left out.
    decimal : {",", "."} or None
        The decimal mark, if it was given.
    zero : tuple of str
        Filler that means none.
    spans : tuple of Span
        Numbers in merged cells over several rows.
    """

    file: Path
    sheet: str | None
    headings: tuple[str, ...]
    at: tuple[str, ...]
    rows: IntArray
    cells: Cells
    totals: Cells
    total_rows: IntArray
    values: tuple[str, ...]
    personal: tuple[str, ...]
    account: Account
    decimal: Mark | None
    zero: tuple[str, ...]
    spans: tuple[Span, ...]

    def __len__(self) -> int:
        return len(self.cells)

    def __repr__(self) -> str:
        columns = counted(len(self.headings), "column")
        return f"{counted(len(self), 'row')}, {columns}\n{self.account!r}"

    def _repr_html_(self) -> str:
        return self.account._repr_html_()

    @property
    def what(self) -> str:
        """What a message calls the table: its file and sheet."""
        return str(self.file) if self.sheet is None else f"{self.file}, sheet {self.sheet!r}"

    def where(self, row: int, heading: str) -> str:
        """Return what a message calls a cell: its file, sheet, row and column."""
        j = self.position(heading)
        return f"{self.what}, row {row}, column {self.at[j]} ({heading})"

    def position(self, heading: str) -> int:
        """Return which column has a heading.

        Raises
        ------
        DataError
            If none has, or it is one that was not carried.
        """
        if heading in self.headings:
            return self.headings.index(heading)
        if heading in self.personal:
            raise DataError(
                f"{self.what}: column {heading!r} holds data of persons and was left out. "
                "Ask for it by name when the file is read, if it is needed."
            )
        raise DataError(
            f"{self.what}: no column is headed {heading!r}; there are "
            f"{', '.join(map(repr, self.headings))}. Write the heading as it stands there."
        )

    def texts(self, heading: str, *, fill_down: bool = False) -> pd.Series:
        """Return a column as text, missing where there is nothing or filler.

        Parameters
        ----------
        heading : str
        fill_down : bool
            Take an empty cell for the same as the one above it.

        Returns
        -------
        Series of str
            Index: row of the file.
        """
        j = self.position(heading)
        cells = self.cells[:, j].copy()
        for span in self.spans:
            if span.column == j:
                cells[np.isin(self.rows, span.rows)] = span.value
        found = pd.Series(
            [None if cell is None or is_filler(cell) else words(cell) for cell in cells.tolist()],
            index=self._index,
            name=heading,
            dtype="str",
        )
        return found.ffill() if fill_down else found

    def numbers(self, heading: str) -> pd.Series:
        """Return a column as numbers, checked against the totals of the table.

        Returns
        -------
        Series of float
            Index: row of the file. Missing where there is nothing, or filler that does not mean
            none.

        Raises
        ------
        DataError
            If a cell is no number or has two readings, a number is merged over several rows, or a
            total is not the sum of its parts.
        """
        j = self.position(heading)
        for span in self.spans:
            if span.column == j:
                raise DataError(
                    f"{self.where(span.rows[0], heading)}: {shown(span.value)} stands in a merged "
                    f"cell for {row_or_rows(span.rows)}, as one number for all of them or the same "
                    "for each. Unmerge it and write the number of each row."
                )
        both = np.append(self.rows, self.total_rows)
        cells = np.append(self.cells[:, j], self.totals[:, j])

        def where(i: int) -> str:
            return self.where(int(both[i]), heading)

        found = to_numbers(Column(where, cells), decimal=self.decimal, zero=self.zero)
        values, amounts = found[: len(self)], found[len(self) :]
        check_totals(
            values,
            amounts,
            self.rows,
            self.total_rows,
            name=heading,
            where=lambda t: where(len(self) + t),
        )
        return pd.Series(values, index=self._index, name=heading)

    def dates(self, heading: str) -> "tuple[pd.Series, tuple[Note, ...]]":
        """Return a column as dates, and what the account says of its placeholders.

        Returns
        -------
        Series of datetime64[ns]
            Index: row of the file. Missing where there is nothing, filler, or a placeholder such
            as 01-01-1900.
        tuple of Note

        Raises
        ------
        DataError
            If a cell is no date of the calendar.
        """
        j = self.position(heading)
        column = Column(lambda i: self.where(int(self.rows[i]), heading), self.cells[:, j])
        found, empty = to_dates(column)
        note = Note(
            "filler",
            "placeholder",
            tuple(self.rows[empty].tolist()),
            f"{self.at[j]} ({heading})",
            {"count": len(empty)},
        )
        return found.set_axis(self._index).rename(heading), (note,) if empty else ()

    def frame(self, columns: Collection[str] | None = None) -> pd.DataFrame:
        """Return columns with their types: numbers where most cells are, text elsewhere.

        Raises
        ------
        DataError
            As `numbers`.
        """
        return pd.DataFrame(
            {
                name: self.numbers(name) if name in self.values else self.texts(name)
                for name in (self.headings if columns is None else columns)
            }
        )

    def lacking(self, values: FloatArray, heading: str) -> str:
        """Return where a column has no number, and what stands there instead, for a message."""
        j = self.position(heading)
        empty = np.flatnonzero(np.isnan(values)).tolist()
        filler = sorted({words(c) for i in empty if (c := self.cells[i, j]) is not None})
        said = f" (written {some(map(repr, filler))})" if filler else ""
        return f"{row_or_rows(self.rows[empty].tolist())}, column {self.at[j]} ({heading}){said}"

    @property
    def _index(self) -> "pd.Index[int]":
        return pd.Index(self.rows, name="row")
