"""Hold tables to all rules: one aggregate a table, then only the rows that break one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeAlias

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc

from analysis.individuals.schema import TABLES
from analysis.individuals.validation.findings import (
    Example,
    Finding,
    TableFindings,
    Validation,
    masked,
    shape,
)
from analysis.individuals.validation.flags import (
    ROW,
    Tables,
    broken_units,
    contrary,
    dangling,
    of_keys,
    repeats,
    unit_tree,
    with_codes,
)
from analysis.individuals.validation.parts import UNREADABLE, with_parts
from analysis.individuals.validation.rule import (
    KABKOTA,
    Basis,
    ReferenceRule,
    RepeatRule,
    RowRule,
    Rule,
    TreeRule,
)
from analysis.individuals.validation.rules import RULES
from analysis.individuals.validation.unit_tree import UnitTree

_EXAMPLES = 3
_LOOKED_THROUGH = 2_000  # rows that break any rule, in which examples of each are looked for

_InTree: TypeAlias = Mapping[str, Future[tuple[pa.Table, int]]]  # by rule: keys of units, and rows


def check(tables: Tables, basis: Basis, rules: Mapping[str, Rule] = RULES) -> Validation:
    """Return what breaks which rule.

    Parameters
    ----------
    tables : mapping of str to Table
        Tables of the schema, on any engine; an optional column `flags.ROW` holds the row of the
        file, and `parts.UNREADABLE` the columns that could not be read.
    basis : Basis
        What rows are held to, besides each other.
    rules : mapping of str to Rule
        The rules.
    """
    beside = with_codes(tables, basis)
    with ThreadPoolExecutor(1) as pool:
        in_tree = _looked_for_in_tree(beside, rules.values(), pool)
        return Validation(
            tuple(
                _check_table(
                    name, beside, basis, [r for r in rules.values() if r.table == name], in_tree
                )
                for name in TABLES
                if name in tables
            )
        )


def _looked_for_in_tree(tables: Tables, rules: Iterable[Rule], pool: ThreadPoolExecutor) -> _InTree:
    """Have the units that break rules of the tree looked for while the engine counts people."""
    asked = [rule for rule in rules if isinstance(rule, TreeRule) and rule.table in tables]
    able = [rule for rule in asked if not lacking(rule, tables)]
    if not able:
        return {}
    tree = unit_tree(tables[able[0].table])
    return {rule.key: pool.submit(_broken_in_tree, rule, tree) for rule in able}


def _broken_in_tree(rule: TreeRule, tree: UnitTree) -> tuple[pa.Table, int]:
    ids = broken_units(rule, tree)
    of_broken = pc.is_in(tree.table["Id"], value_set=ids["Id"])
    return ids, (pc.sum(of_broken).as_py() or 0) if ids.num_rows else 0


def lacking(rule: Rule, tables: Tables) -> tuple[str, ...]:
    """Return the columns, or the table, without which a rule cannot be checked."""
    missing = [name for name in rule.columns if name not in tables[rule.table].columns]
    if isinstance(rule, ReferenceRule):
        target = rule.target.partition(".")[0]
        missing += [target] * (target not in {*tables, KABKOTA})
    return tuple(missing)


def _check_table(
    name: str,
    tables: Tables,
    basis: Basis,
    rules: Sequence[Rule],
    in_tree: _InTree,
) -> TableFindings:
    wanting = {rule.key: lacking(rule, tables) for rule in rules}
    read = UNREADABLE in tables[name].columns  # what was typed when it came can be read
    asked = [rule for rule in rules if read or UNREADABLE not in rule.columns]
    able = [rule for rule in asked if not wanting[rule.key]]
    parts = with_parts(tables[name])
    of_rows = [rule for rule in able if isinstance(rule, RowRule)]
    rows, broken = _count(parts, of_rows, basis)
    faults = [rule for rule in of_rows if broken[rule.key] and not rule.note]
    examples = _row_examples(parts, faults, basis)
    for found, shown_rows in _of_others(tables, able, in_tree):
        broken |= found
        examples |= shown_rows
    return TableFindings(
        name,
        rows,
        tuple(
            Finding(rule, broken.get(rule.key), wanting[rule.key], examples.get(rule.key, ()))
            for rule in asked
        ),
    )


def _count(table: ir.Table, rules: Sequence[RowRule], basis: Basis) -> tuple[int, dict[str, int]]:
    """Return the rows of a table, and how many break each rule, in one scan."""
    asked = {f"rule_{i}": _rows(rule.failing(table, basis)) for i, rule in enumerate(rules)}
    found = table.aggregate(rows=table.count(), **asked).to_pyarrow().to_pylist()[0]
    return int(found["rows"]), {rule.key: found[f"rule_{i}"] for i, rule in enumerate(rules)}


def _rows(true: ir.BooleanValue) -> ir.IntegerScalar:
    """Return in how many rows something is true; for engines, counting is less than adding up."""
    return ibis.ifelse(true, 1, ibis.null("int64")).count()


def _row_examples(
    table: ir.Table, rules: Sequence[RowRule], basis: Basis
) -> dict[str, tuple[Example, ...]]:
    """Return a few rows that break each of the rules; all are broken by some."""
    if not rules:
        return {}
    flags = {f"rule_{i}": rule.failing(table, basis) for i, rule in enumerate(rules)}
    columns = _shown(rules, table)
    flagged = table.select(*columns, **flags)
    some = flagged.filter(ibis.or_(*(flagged[flag] for flag in flags)))
    rows = some.limit(_LOOKED_THROUGH).to_pyarrow().to_pylist()
    found = {}
    for rule, flag in zip(rules, flags, strict=True):
        hits = [row for row in rows if row[flag]][:_EXAMPLES]
        if not hits:
            rare = table.filter(flags[flag]).select(*columns)
            hits = rare.limit(_EXAMPLES).to_pyarrow().to_pylist()
        found[rule.key] = tuple(_example(row, rule) for row in hits)
    return found


def _of_others(
    tables: Tables, rules: Sequence[Rule], in_tree: _InTree
) -> Iterator[tuple[dict[str, int], dict[str, tuple[Example, ...]]]]:
    """Yield rows and examples of the rules that look beyond a row."""
    repeat = [rule for rule in rules if isinstance(rule, RepeatRule)]
    tree = [rule for rule in rules if isinstance(rule, TreeRule)]
    for rule in rules:
        if isinstance(rule, ReferenceRule):
            rows = dangling(tables[rule.table], rule, tables)
            count = int(rows.count().to_pyarrow().as_py())
            yield {rule.key: count}, {rule.key: _first(rows, rule) if count else ()}
    if repeat:
        yield _of_repeats(tables[repeat[0].table], repeat)
    for tree_rule in tree:
        ids, count = in_tree[tree_rule.key].result()
        rows = of_keys(tables[tree_rule.table], ids, ("Id",))
        yield {tree_rule.key: count}, {tree_rule.key: _first(rows, tree_rule) if count else ()}


def _of_repeats(
    table: ir.Table, rules: Sequence[RepeatRule]
) -> tuple[dict[str, int], dict[str, tuple[Example, ...]]]:
    key = rules[0].columns
    found = repeats(table, key)
    extra = pc.sum(pc.subtract(found["rows"], found["different"])).as_py() or 0
    contradicting = pc.sum(contrary(found)["rows"]).as_py() or 0
    counts = {rule.key: int(extra if rule.identical else contradicting) for rule in rules}
    examples = {
        rule.key: _first(of_keys(table, found if rule.identical else contrary(found), key), rule)
        for rule in rules
        if counts[rule.key]
    }
    return counts, examples


def _first(rows: ir.Table, rule: Rule) -> tuple[Example, ...]:
    shown = rows.select(_shown([rule], rows))
    some = (shown.order_by(ROW) if ROW in rows.columns else shown).limit(_EXAMPLES)
    return tuple(_example(row, rule) for row in some.to_pyarrow().to_pylist())


def _shown(rules: Sequence[Rule], table: ir.Table) -> list[str]:
    """Return the columns that examples show."""
    read = {column for rule in rules for column in rule.columns} - {UNREADABLE}
    return [*sorted(read), *([ROW] if ROW in table.columns else [])]


def _example(row: Mapping[str, object], rule: Rule) -> Example:
    schema = TABLES[rule.table]
    values = {}
    for name in rule.columns:
        if name != UNREADABLE and row[name] is not None:
            text = str(row[name])
            values[name] = shape(text) if schema[name].identifying else masked(text)
    place = row.get(ROW)
    return Example(int(str(place)) if place is not None else None, values)
