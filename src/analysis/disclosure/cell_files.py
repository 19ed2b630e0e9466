"""Files with a row for each of some cells, named by table and by a column for each dimension."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.disclosure.tables import Table
from analysis.errors import DataError, ParameterError
from analysis.files import read_rows
from analysis.messages import some


@dataclass(frozen=True)
class CellRows:
    """The rows of such a file.

    Attributes
    ----------
    path : Path
    frame : DataFrame
        Texts; the columns asked for, and those of dimensions.
    dimensions : list of str
    """

    path: Path
    frame: pd.DataFrame
    dimensions: list[str]

    @property
    def row(self) -> "pd.Index[int]":
        """Numbers of the rows as an editor counts, under the line of names."""
        return self.frame.index + 2

    def cells(self) -> Iterator[tuple[int, tuple[tuple[str, str], ...], dict[str, str]]]:
        """Yield the number of each row, its pairs of dimension and label, and what it says."""
        for number, each in zip(self.row, self.frame.to_dict("records"), strict=True):
            said = {str(column): str(value) for column, value in each.items()}
            yield number, tuple((d, said[d]) for d in self.dimensions if said[d] != ""), said


def read_cell_rows(path: Path, columns: Sequence[str], *, optional: Sequence[str] = ()) -> CellRows:
    """Return the rows of a file; of its columns the first is the table.

    Parameters
    ----------
    path : Path
    columns : sequence of str
        Columns that are no dimension.
    optional : sequence of str
        Those that may be empty.

    Raises
    ------
    DataError
        If it cannot be read, lacks a column or a value, or a cell occurs twice; with the rows.
    """
    advice = f"Give a CSV with the columns {', '.join(columns)} and the dimensions of the tables."
    frame = read_rows(path, advice=advice, dtype=str, keep_default_na=False)
    frame.columns = [str(column).strip() for column in frame.columns]
    frame = frame.apply(lambda column: column.str.strip())
    if lacking := [column for column in columns if column not in frame]:
        raise DataError(f"{path}: column {some(lacking)} is missing. {advice}")
    if frame.empty:
        raise DataError(f"{path}: there are no rows. Leave the file out if it has nothing to say.")
    found = CellRows(path, frame, [column for column in frame.columns if column not in columns])
    for column in columns:
        if column not in optional and (empty := frame[column] == "").any():
            raise DataError(
                f"{path}, {column}: rows {some(found.row[empty])} have no value. Complete."
            )
    keys = frame[[columns[0], *found.dimensions]]
    if keys.duplicated().any():
        raise DataError(
            f"{path}: rows {some(found.row[keys.duplicated(keep=False)])} are one cell. Say it "
            "once."
        )
    return found


def labels_in_order(cell: tuple[Any, ...], table: Table, *, what: str) -> tuple[Any, ...]:
    """Return the labels of a cell in the order of the table's dimensions.

    Parameters
    ----------
    cell : tuple
        Labels in that order already; or pairs of a dimension and a label.
    table : Table
    what : str
        What names the cell, for messages.

    Raises
    ------
    ParameterError
        If it names other dimensions than the table has.
    """
    dimensions = table.design.dimensions
    if not cell or not all(isinstance(each, tuple) for each in cell):
        return cell
    said = dict(cell)
    if set(said) != set(dimensions):
        raise ParameterError(
            f"{what}, {table.name}: {some(sorted(said))} named, but its dimensions are "
            f"{', '.join(dimensions)}. Name the label of each, such as Jumlah for a total."
        )
    known = {d: {str(label): label for label in table.frame[d].unique()} for d in dimensions}
    return tuple(known[d].get(said[d], said[d]) for d in dimensions)
