"""Exceptions: sensitive cells that a law forces to be published, or that may be found out.

Both are named one by one, with who answers for it, on what basis and since when. What is published
so is known to the attacker: whatever else it would give away stops the run. Of an excepted cell
nothing is protected in earlier runs either, since it tells what was hidden there.

A file of exceptions is a CSV with a row a cell:

    tabel      name of the table
    akibat     `terbit`: published; `boleh diketahui`: stays hidden, but may be found out
    dasar      law or reason
    pemberi    office that grants it
    tanggal    day it was granted, YYYY-MM-DD
    ...        a column for each dimension of the tables named; empty where a table has no such one
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from analysis.arrays import BoolArray
from analysis.disclosure.cell_files import labels_in_order, read_cell_rows
from analysis.disclosure.identities import identifying, shown
from analysis.disclosure.tables import Table
from analysis.errors import DataError, ParameterError
from analysis.messages import some

Effect = Literal["published", "may be found out"]

_EFFECTS: dict[str, Effect] = {"terbit": "published", "boleh diketahui": "may be found out"}
_COLUMNS = ("tabel", "akibat", "dasar", "pemberi", "tanggal")


@dataclass(frozen=True)
class Grant:
    """An exception for one sensitive cell.

    Parameters
    ----------
    table : str
    cell : tuple
        Labels in the order of the table's dimensions; or pairs of a dimension and a label.
    by, reason : str
        Who answers for it (an office, not a person), and why.
    day : date, optional
        When it was granted.
    effect : {"may be found out", "published"}
        Whether the cell stays hidden without being protected, or is published.
    """

    table: str
    cell: tuple[Any, ...]
    by: str
    reason: str
    day: dt.date | None = None
    effect: Effect = "may be found out"

    def __post_init__(self) -> None:
        if not self.by.strip() or not self.reason.strip():
            raise ParameterError(
                f"grant for {self.table}, {self._text}: by and reason must say who allows it, why."
            )
        if identifying(self.by) or identifying(self.reason):
            raise ParameterError(
                f"grant for {self.table}, {self._text}: by or reason names a person. Name the "
                "office."
            )
        if self.effect not in _EFFECTS.values():
            raise ParameterError(f"grant: effect {self.effect!r}; one of {[*_EFFECTS.values()]}.")

    @property
    def _text(self) -> str:
        return shown(", ".join(map(str, self.cell)))


def read_grants(path: Path) -> tuple[Grant, ...]:
    """Return the exceptions of a file; see the module.

    Raises
    ------
    DataError
        If it cannot be read, lacks a column or a value, or a row occurs twice; with the rows.
    """
    rows = read_cell_rows(path, _COLUMNS)
    frame, row = rows.frame, rows.row
    if (wrong := ~frame["akibat"].isin(list(_EFFECTS))).any():
        raise DataError(
            f"{path}, akibat: rows {some(row[wrong])} must say one of {', '.join(_EFFECTS)}."
        )
    days = pd.to_datetime(frame["tanggal"], format="%Y-%m-%d", errors="coerce")
    if days.isna().any():
        raise DataError(f"{path}, tanggal: rows {some(row[days.isna()])} are no day, YYYY-MM-DD.")
    found = []
    for (number, named, each), day in zip(rows.cells(), days, strict=True):
        effect = _EFFECTS[each["akibat"]]
        try:
            found.append(
                Grant(each["tabel"], named, each["pemberi"], each["dasar"], day.date(), effect)
            )
        except ParameterError as error:
            raise DataError(f"{path}, row {number}: {error}") from error
    return tuple(found)


def granted(tables: Mapping[str, Table], grants: Sequence[Grant]) -> dict[str, Table]:
    """Return the tables with their exceptions.

    Raises
    ------
    ParameterError
        If a grant names no table, dimension or cell, a cell that is not sensitive, or one twice;
        or a table has exceptions for which nobody answers.
    """
    if unknown := [grant.table for grant in grants if grant.table not in tables]:
        raise ParameterError(
            f"grants: {shown(unknown[0])} is no table of the run; it has {', '.join(tables)}."
        )
    return {
        name: _granted(table, [grant for grant in grants if grant.table == name])
        for name, table in tables.items()
    }


def labels_of(grant: Grant, table: Table) -> tuple[Any, ...]:
    """Return the labels of a grant's cell in the order of the table's dimensions.

    Raises
    ------
    ParameterError
        If it names other dimensions than the table has.
    """
    return labels_in_order(grant.cell, table, what="grants")


def _granted(table: Table, grants: Sequence[Grant]) -> Table:
    design = table.design
    if design.granted is not None:
        raise ParameterError(f"{table.name}: exceptions are granted by grants, with who and why.")
    if not grants:
        return table
    cells = [labels_of(grant, table) for grant in grants]
    twice = [cell for cell in cells if cells.count(cell) > 1]
    if twice:
        raise ParameterError(f"grants, {table.name}: {_cell(twice[0])} is granted twice.")
    effects = dict(zip(cells, (grant.effect for grant in grants), strict=True))
    hidden, open_ = (
        [cell for cell, effect in effects.items() if effect == wanted]
        for wanted in ("may be found out", "published")
    )
    dimensions = list(design.dimensions)
    own = table.frame[dimensions].itertuples(index=False, name=None)
    forced = [*_where(own, table.forced), *open_]
    found = replace(table, design=replace(design, granted=hidden or None, forced=forced or None))
    named = found.granted | found.forced & ~table.forced  # refuses what is no cell of the table
    if (needless := named & ~table.sensitivity.primary).any():
        raise ParameterError(
            f"grants, {table.name}: {some(table.describe(table.frame[needless]))} is not "
            "sensitive, and needs no exception. Leave it out, or correct its labels."
        )
    return found


def _where(cells: Iterable[tuple[Any, ...]], flags: BoolArray) -> list[tuple[Any, ...]]:
    return [cell for cell, flag in zip(cells, flags.tolist(), strict=True) if flag]


def _cell(cell: tuple[Any, ...]) -> str:
    return ", ".join(map(shown, cell))
