"""Which rows break which rule: the truth of every rule for every row, in one pass over a table.

What looks beyond a row is answered first, by the places of the few rows that break it; rules of a
row are columns of the pass itself. So nothing is sorted and nothing but those places is kept.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analysis.arrays import BoolArray, IntArray
from analysis.individuals.validation.digits import number_of_digits, repeated_digits
from analysis.individuals.validation.parts import NIP, with_parts
from analysis.individuals.validation.rule import (
    KABKOTA,
    Basis,
    ReferenceRule,
    RepeatRule,
    RowRule,
    Rule,
    TreeRule,
)
from analysis.individuals.validation.unit_tree import UnitTree

ROW = "_baris"
"""Column of a table as read: row of the file."""

_PLACE, _FIRST = "_tempat", "_pertama"

Tables: TypeAlias = Mapping[str, ir.Table]
Read: TypeAlias = Callable[[ir.Table], Iterable[pa.RecordBatch]]


def flagged(
    name: str,
    tables: Tables,
    rules: Sequence[Rule],
    basis: Basis,
    columns: Sequence[str],
    read: Read = lambda table: table.to_pyarrow().to_batches(),
) -> Iterator[tuple[pa.RecordBatch, BoolArray]]:
    """Yield the rows of a table, in its order, and which rules each of them breaks.

    Parameters
    ----------
    name : str
        The table.
    tables : mapping of str to Table
        All tables: references lead to others. The engine reads a table in the same order each time,
        as DuckDB does files.
    rules : sequence of Rule
        Rules of the table whose columns it has.
    basis : Basis
    columns : sequence of str
        Columns to yield, with dates as `with_parts` reads them.
    read : callable
        Returns the rows of an expression, in batches.

    Yields
    ------
    RecordBatch
        The columns as they were read.
    BoolArray of shape (rows of the batch, rules)
    """
    tables = with_codes(tables, basis)
    places = _places(name, tables, [rule for rule in rules if not isinstance(rule, RowRule)])
    table = with_parts(tables[name])
    flags = {
        f"_flag_{i}": ibis.coalesce(rule.failing(table, basis), False)
        for i, rule in enumerate(rules)
        if isinstance(rule, RowRule)
    }
    start = 0
    for batch in read(table.select(*columns, **flags)):
        broken = np.zeros((batch.num_rows, len(rules)), dtype=np.bool_)
        for i, rule in enumerate(rules):
            if isinstance(rule, RowRule):
                broken[:, i] = batch.column(f"_flag_{i}").to_numpy(zero_copy_only=False)
            else:
                there = places[rule.key]
                first, last = np.searchsorted(there, (start, start + batch.num_rows))
                broken[there[first:last] - start, i] = True
        start += batch.num_rows
        yield batch.drop_columns(list(flags)), broken


def _places(name: str, tables: Tables, rules: Sequence[Rule]) -> dict[str, IntArray]:
    """Return the places in a table, counted from 0, of the rows that break each rule; ascending."""
    table = tables[name].mutate(**{_PLACE: ibis.row_number()})
    found: dict[str, IntArray] = {}
    tree = None
    repeated = None
    for rule in rules:
        if isinstance(rule, ReferenceRule):
            places = _read_places(dangling(table, rule, tables))
        elif isinstance(rule, TreeRule):
            tree = tree or unit_tree(tables[name])
            places = _read_places(of_keys(table, broken_units(rule, tree), ("Id",)))
        elif isinstance(rule, RepeatRule):
            if repeated is None:  # a table has one key
                repeated = _repeated(table, rule.columns)
            places = repeated[rule.identical]
        found[rule.key] = places
    return found


def _read_places(rows: ir.Table) -> IntArray:
    places: IntArray = rows.select(_PLACE).to_pyarrow()[_PLACE].to_numpy()
    return np.sort(places)


def _repeated(table: ir.Table, key: tuple[str, ...]) -> dict[bool, IntArray]:
    """Return the places of rows of one key: that say the same as one before, or contradict."""
    rows = of_keys(table, repeated_keys(table, key), key)
    same = ibis.window(group_by=[rows[name] for name in contents(table)], order_by=[rows[_PLACE]])
    first = (ibis.row_number().over(same) == 0).name(_FIRST)
    found = rows.select(_PLACE, *key, first).to_pyarrow().to_pandas().sort_values(_PLACE)
    different = found.groupby(list(key), dropna=False, sort=False)[_FIRST].transform("sum")
    places = found[_PLACE].to_numpy(dtype=np.int64)
    return {
        True: places[~found[_FIRST].to_numpy(dtype=np.bool_)],
        False: places[(different > 1).to_numpy(dtype=np.bool_)],
    }


def with_codes(tables: Tables, basis: Basis) -> Tables:
    """Return tables with that of the codes of kabupaten and kota beside them."""
    codes = pa.table({"kode": pa.array(basis.kabkota, pa.string())})
    return {**tables, KABKOTA: ibis.memtable(codes)}


def target_of(rule: ReferenceRule, tables: Tables) -> ir.Column:
    """Return the values that a rule points to."""
    name, _, column = rule.target.partition(".")
    return tables[name][column]


def dangling(table: ir.Table, rule: ReferenceRule, tables: Tables) -> ir.Table:
    """Return the rows of a table that point to nothing."""
    column = rule.columns[0]
    known = target_of(rule, tables).name("_tujuan").as_table()
    pointing = table.filter(table[column].notnull())
    return pointing.anti_join(known, pointing[column] == known["_tujuan"])


def unit_tree(units: ir.Table) -> UnitTree:
    """Return the units of a table as a tree."""
    wanted = ("Id", "DiatasanId", "NamaUnor", "InstansiId", "aktif")
    columns = [name for name in wanted if name in units.columns]
    table = units.select(columns).to_pyarrow()
    texts = pa.schema([(name, pa.string()) for name in columns])
    return UnitTree(table.cast(texts).combine_chunks())


def broken_units(rule: TreeRule, tree: UnitTree) -> pa.Table:
    """Return the Ids of the units that break a rule of the tree, as keys for `of_keys`."""
    ids = tree.table["Id"].filter(pa.array(rule.failing(tree)))
    return pa.table({"Id": pc.unique(ids.drop_null())})


def repeated_keys(table: ir.Table, key: tuple[str, ...]) -> pa.Table:
    """Return the keys that more than one row has, and `rows`; a key that is missing is none."""
    if key == ("nipBaru",):
        numbers = repeated_digits(table, "nipBaru", 18)
        if numbers is not None:
            found, others = numbers
            if others:
                formed = number_of_digits(table, "nipBaru", NIP, 18)
                rest = _grouped(formed.filter(formed[NIP].isnull()), key)
                found = pa.concat_tables([found, rest.cast(found.schema)]).sort_by("nipBaru")
            return found
    return _grouped(table, key)


def _grouped(table: ir.Table, key: tuple[str, ...]) -> pa.Table:
    there = table.filter(table[key[0]].notnull())
    counts = there.group_by(list(key)).aggregate(rows=there.count())
    return counts.filter(counts.rows > 1).order_by(list(key)).to_pyarrow()


def repeats(table: ir.Table, key: tuple[str, ...]) -> pa.Table:
    """Return `repeated_keys`, and `different`: how many different rows these are."""
    found = repeated_keys(table, key)
    if found.num_rows == 0:
        return found.append_column("different", found["rows"])
    rows = of_keys(table, found, key).select(contents(table)).distinct()
    counts = rows.group_by(list(key)).aggregate(different=rows.count())
    different = counts.order_by(list(key)).to_pyarrow()["different"]
    return found.append_column("different", different)


def of_keys(table: ir.Table, keys: pa.Table, key: tuple[str, ...]) -> ir.Table:
    """Return the rows that have one of the keys; what is missing in both is the same.

    The first column of a key is never missing. By it PostgreSQL finds rows; for what may be missing
    it would try every pair.
    """
    known = ibis.memtable(keys.select(list(key)))
    first, *others = key
    same = [table[name].identical_to(known[name]) for name in others]
    return table.semi_join(known, [table[first] == known[first], *same])


def contrary(found: pa.Table) -> pa.Table:
    """Return those of the keys whose rows are not all the same."""
    return found.filter(pc.greater(found["different"], 1))


def contents(table: ir.Table) -> list[str]:
    """Return the columns by which two rows are the same: all but where they stand."""
    return [name for name in table.columns if name not in (ROW, _PLACE)]
