"""Put faults into a table, no row more than one, and say where they are."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analysis.arrays import BoolArray, IntArray
from analysis.individuals.population.faults import FAULTS, Fault, Row


@dataclass(frozen=True)
class Planted:
    """Rows with a fault.

    Attributes
    ----------
    fault : Fault
    rows : ndarray of int
        Rows of the table as it came out.
    """

    fault: Fault
    rows: IntArray


def plant(
    name: str, table: pa.Table, share: float, rng: np.random.Generator
) -> tuple[pa.Table, list[Planted]]:
    """Return a table with faults in a share of its rows, and where they are.

    Parameters
    ----------
    name : str
        Of the table.
    table : pyarrow.Table
    share : float
        Of the rows, 0 to 1. No row has two faults; every fault gets an equal part of them, as far
        as there are rows that can have it.
    rng : Generator

    Returns
    -------
    Table
        As it was but for these rows; copies stand at its end.
    list of Planted
    """
    free = _can(name, table)
    left = round(share * table.num_rows)
    order = rng.permutation(table.num_rows)
    planted: list[Planted] = []
    changes: dict[str, dict[int, Any]] = {}
    copies: list[Row] = []
    able = {fault.name: _able(fault, table) for fault in FAULTS[name]}
    turns = sorted(FAULTS[name], key=lambda fault: int(able[fault.name].sum()))
    for turn, fault in enumerate(turns):
        number = left // (len(turns) - turn) + int(rng.random() < left / (len(turns) - turn) % 1)
        can = free & able[fault.name]
        partners = None if fault.pairing is None else fault.pairing.partners(table, free)
        if partners is not None:
            can &= partners >= 0
        rows = order[can[order]][: min(number, left)]
        if not rows.size:
            continue
        free[rows] = False
        left -= rows.size
        broken = rows
        originals = table.take(pa.array(rows)).to_pylist()
        if fault.pairing is not None and partners is not None:
            beside = partners[rows]
            free[beside] = False
            others = table.take(pa.array(beside)).to_pylist()
            for place, other, row, partner in zip(rows, beside, originals, others, strict=True):
                one, two = fault.pairing.change(row, partner)
                _keep(changes, int(place), one)
                _keep(changes, int(other), two)
            broken = np.unique(np.concatenate([rows, beside])) if fault.pairing.both else rows
        elif fault.copies:
            added = table.num_rows + len(copies) + np.arange(rows.size)
            copies += [row | fault.change(row) for row in originals]
            broken = np.concatenate([rows, added]) if fault.name == "repeated_key" else added
        else:
            for place, row in zip(rows, originals, strict=True):
                _keep(changes, int(place), fault.change(row))
        planted.append(Planted(fault, broken))
    for column, cells in changes.items():
        table = _changed(table, column, cells)
    if copies:
        table = pa.concat_tables([table, _rows_like(table, copies)]).unify_dictionaries()
    return table, planted


def _keep(changes: dict[str, dict[int, Any]], place: int, cells: Row) -> None:
    for column, value in cells.items():
        changes.setdefault(column, {})[place] = value


def _able(fault: Fault, table: pa.Table) -> BoolArray:
    """Return the rows that can have a fault."""
    if fault.where is None:
        return np.ones(table.num_rows, dtype=np.bool_)
    found: BoolArray = pc.fill_null(fault.where(table), False).to_numpy(zero_copy_only=False)
    return found


def _can(name: str, table: pa.Table) -> BoolArray:
    """Return the rows that can have a fault: of units only those that no unit is below."""
    if name != "units":
        return np.ones(table.num_rows, dtype=np.bool_)
    above = pc.is_in(table["Id"], value_set=pc.drop_null(table["DiatasanId"].combine_chunks()))
    root = pc.is_null(table["DiatasanId"])
    found: BoolArray = pc.invert(pc.or_(above, root)).to_numpy(zero_copy_only=False)
    return found


def _changed(table: pa.Table, column: str, cells: dict[int, Any]) -> pa.Table:
    """Return a table with other values in some cells of a column."""
    field = table.schema.field(column)
    plain = field.type.value_type if pa.types.is_dictionary(field.type) else field.type
    mask = np.zeros(table.num_rows, dtype=np.bool_)
    mask[list(cells)] = True
    values = pa.array([_plain(cells[place]) for place in sorted(cells)], plain)
    whole = table[column].combine_chunks().cast(plain)
    found = pc.replace_with_mask(whole, pa.array(mask), values)
    if plain != field.type:
        found = found.dictionary_encode()
    return table.set_column(table.schema.get_field_index(column), column, found)


def _rows_like(table: pa.Table, rows: list[Row]) -> pa.Table:
    """Return rows as a table of the same types."""
    columns = []
    for field in table.schema:
        dictionary = pa.types.is_dictionary(field.type)
        plain = field.type.value_type if dictionary else field.type
        column = pa.array([_plain(row[field.name]) for row in rows], plain)
        columns.append(column.dictionary_encode() if dictionary else column)
    return pa.table(columns, names=table.column_names)


def _plain(value: Any) -> Any:
    return value.item() if isinstance(value, np.datetime64) else value
