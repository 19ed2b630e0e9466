"""Which rows break which rule: a column of truth for each, by one expression over a table."""

from collections.abc import Callable, Collection, Mapping
from functools import partial

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc

from analysis.individuals.validation.parts import with_parts
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

Tables = Mapping[str, ir.Table]


def with_flags(
    name: str, tables: Tables, rules: Collection[Rule], basis: Basis
) -> tuple[ir.Table, list[str]]:
    """Return a table with one column for each rule that is true where a row breaks it.

    Parameters
    ----------
    name : str
        The table.
    tables : mapping of str to Table
        All tables: references lead to others.
    rules : collection of Rule
        Rules of the table whose columns it has.
    basis : Basis

    Returns
    -------
    Table
        All columns, those that `with_parts` adds, and the flags.
    list of str
        Names of the flags, in the order of the rules.
    """
    tables = with_codes(tables, basis)
    table = with_parts(tables[name])
    marks: list[Callable[[ir.Table], ir.Value]] = []
    for i, rule in enumerate(rules):
        beside = f"_di_samping_{i}"
        if isinstance(rule, RowRule):
            marks.append(partial(_by_itself, rule=rule, basis=basis))
        elif isinstance(rule, ReferenceRule):
            table = _join(table, rule.columns[0], target_of(rule, tables), beside)
            marks.append(partial(_dangles, column=rule.columns[0], beside=beside))
        elif isinstance(rule, TreeRule):
            wrong = broken_units(rule, unit_tree(tables[name]))
            table = _join(table, "Id", ibis.memtable(wrong).Id, beside)
            marks.append(partial(_is_beside, beside=beside))
        elif isinstance(rule, RepeatRule) and rule.identical:
            marks.append(partial(_stands_before, same=contents(tables[name])))
        elif isinstance(rule, RepeatRule):
            found = contrary(repeats(tables[name], rule.columns))
            table = _join_keys(table, found.select(list(rule.columns)), beside)
            marks.append(partial(_is_beside, beside=beside))
    flags = {f"_flag_{i}": mark(table) for i, mark in enumerate(marks)}
    truths = {flag: ibis.coalesce(value, False) for flag, value in flags.items()}
    return table.mutate(**truths), list(flags)


def with_codes(tables: Tables, basis: Basis) -> Tables:
    """Return tables with that of the codes of kabupaten and kota beside them."""
    codes = pa.table({"kode": pa.array(basis.kabkota, pa.string())})
    return {**tables, KABKOTA: ibis.memtable(codes)}


def target_of(rule: ReferenceRule, tables: Tables) -> ir.Column:
    """Return the values that a rule points to."""
    name, _, column = rule.target.partition(".")
    return tables[name][column]


def unit_tree(units: ir.Table) -> UnitTree:
    """Return the units of a table as a tree."""
    wanted = ("Id", "DiatasanId", "NamaUnor", "InstansiId", "aktif")
    columns = [name for name in wanted if name in units.columns]
    table = units.select(columns).to_pyarrow()
    texts = pa.schema([(name, pa.string()) for name in columns])
    return UnitTree(table.cast(texts))


def broken_units(rule: TreeRule, tree: UnitTree) -> pa.Table:
    """Return the Ids of the units that break a rule of the tree, as keys for `of_keys`."""
    ids = tree.table["Id"].filter(pa.array(rule.failing(tree)))
    return pa.table({"Id": pc.unique(ids.drop_null())})


def repeats(table: ir.Table, key: tuple[str, ...]) -> pa.Table:
    """Return the keys that more than one row has; a key that is missing is none.

    Returns
    -------
    pyarrow.Table
        The key, `rows`, and `different`: how many different rows these are.
    """
    there = table.filter(table[key[0]].notnull())
    counts = there.group_by(list(key)).aggregate(rows=there.count())
    found = counts.filter(counts.rows > 1).order_by(list(key)).to_pyarrow()
    if found.num_rows == 0:
        return found.append_column("different", found["rows"])
    rows = of_keys(table, found, key).select(contents(table)).distinct()
    counts = rows.group_by(list(key)).aggregate(different=rows.count())
    different = counts.order_by(list(key)).to_pyarrow()["different"]
    return found.append_column("different", different)


def of_keys(table: ir.Table, keys: pa.Table, key: tuple[str, ...]) -> ir.Table:
    """Return the rows that have one of the keys; what is missing in both is the same."""
    known = ibis.memtable(keys.select(list(key)))
    return table.semi_join(known, [table[name].identical_to(known[name]) for name in key])


def contrary(found: pa.Table) -> pa.Table:
    """Return those of the keys whose rows are not all the same."""
    return found.filter(pc.greater(found["different"], 1))


def contents(table: ir.Table) -> list[str]:
    """Return the columns by which two rows are the same: all but where they stand."""
    return [name for name in table.columns if name != ROW]


def _by_itself(table: ir.Table, rule: RowRule, basis: Basis) -> ir.Value:
    return rule.failing(table, basis)


def _dangles(table: ir.Table, column: str, beside: str) -> ir.Value:
    return table[beside].isnull() & table[column].notnull()


def _is_beside(table: ir.Table, beside: str) -> ir.Value:
    return table[beside].notnull()


def _stands_before(table: ir.Table, same: list[str]) -> ir.Value:
    order = [table[ROW]] if ROW in table.columns else [table[same[0]]]
    window = ibis.window(group_by=[table[name] for name in same], order_by=order)
    return ibis.row_number().over(window) > 0


def _join(table: ir.Table, column: str, values: ir.Column, beside: str) -> ir.Table:
    """Return a table with those of some values that it has, in a column beside."""
    known = values.name(beside).as_table()
    known = known.filter(known[beside].notnull()).distinct()
    return table.left_join(known, table[column] == known[beside]).select(table, known[beside])


def _join_keys(table: ir.Table, keys: pa.Table, beside: str) -> ir.Table:
    names = keys.column_names
    renamed = keys.rename_columns([f"{beside}_{name}" for name in names])
    known = ibis.memtable(
        renamed.append_column(beside, pa.array([True] * keys.num_rows, pa.bool_()))
    )
    same = [table[name].identical_to(known[f"{beside}_{name}"]) for name in names]
    return table.left_join(known, same).select(table, known[beside])
