"""What is public of single cells, from a file: a CSV with a row a cell.

tabel           name of the table
paling_sedikit  least number that is public; empty where none is
paling_banyak   greatest number that is public; empty where none is
sumber          where that is public
...             a column for each dimension of the tables named; empty where a table has no such
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import inf
from pathlib import Path

from analysis.disclosure.cell_files import CellRows, labels_in_order, read_cell_rows
from analysis.disclosure.identities import shown
from analysis.disclosure.knowledge import Known, Same
from analysis.disclosure.tables import Table
from analysis.errors import DataError, ParameterError
from analysis.messages import some

_LEAST, _MOST = "paling_sedikit", "paling_banyak"
_COLUMNS = ("tabel", _LEAST, _MOST, "sumber")


def read_known(path: Path) -> tuple[Known, ...]:
    """Return the public knowledge of a file; see the module.

    Raises
    ------
    DataError
        If it cannot be read, lacks a column or a value, bounds nothing, or a row occurs twice; with
        the rows.
    """
    rows = read_cell_rows(path, _COLUMNS, optional=(_LEAST, _MOST))
    for column in (_LEAST, _MOST):
        wrong = ~rows.frame[column].str.fullmatch(r"[0-9]*")
        if wrong.any():
            raise DataError(
                f"{path}, {column}: rows {some(rows.row[wrong])} are no whole number. Write digits "
                "only, such as 1200, or nothing where nothing is public."
            )
    nothing = (rows.frame[_LEAST] == "") & (rows.frame[_MOST] == "")
    if nothing.any():
        raise DataError(
            f"{path}: rows {some(rows.row[nothing])} have neither {_LEAST} nor {_MOST}. Write one "
            "or both, or leave the row out."
        )
    return tuple(_known(rows, *each) for each in rows.cells())


def _known(
    rows: CellRows, number: int, named: tuple[tuple[str, str], ...], said: Mapping[str, str]
) -> Known:
    where = f"{rows.path}, row {number}"
    least, most = float(said[_LEAST] or 0), float(said[_MOST] or inf)
    try:
        return Known(said["tabel"], named, least, most, said["sumber"])
    except ParameterError as error:
        raise DataError(f"{where}: {error}") from error


def placed(known: Sequence[Known | Same], tables: Mapping[str, Table]) -> tuple[Known | Same, ...]:
    """Return what is known with the labels of each cell in the order of its table's dimensions.

    Raises
    ------
    ParameterError
        If it is of no table of the run, or names other dimensions.
    """
    return tuple(_placed(each, tables) if isinstance(each, Known) else each for each in known)


def _placed(known: Known, tables: Mapping[str, Table]) -> Known:
    if known.table not in tables:
        raise ParameterError(
            f"known: {shown(known.table)} is no table of the run; it has {', '.join(tables)}."
        )
    cell = labels_in_order(known.cell, tables[known.table], what="known")
    return replace(known, cell=cell)
