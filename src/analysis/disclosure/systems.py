"""All that is published of one run as one system of equations, as an attacker sees it.

A cell is the same in two tables if it counts the same (the name of the value) of the same labels;
a dimension's total of all says nothing and is left out. So tables share their margins, and what one
of them gives away of a margin counts against all.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cached_property
from typing import Any

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from analysis.arrays import BoolArray, FloatArray, IntArray
from analysis.disclosure.tables import Cells, Table, cell_text, cells_of
from analysis.errors import DataError
from analysis.messages import some
from analysis.totals import names_a_total

_SAME = 1e-6  # relative: sums that were added up in different orders


class State(IntEnum):
    """What may become of a cell; of a cell in several tables, the highest counts."""

    ABSENT = 0  # a total that no table has a row for
    OPEN = 1  # published, unless it must be hidden for the sake of another
    SHOWN = 2  # published: never hidden for the sake of others, being empty
    PRIMARY = 3  # hidden
    FORCED = 4  # published whatever follows


@dataclass(frozen=True, eq=False)
class System:
    """The cells of all tables and the equations between them.

    Attributes
    ----------
    values, costs : ndarray, shape (n,)
    whole, singleton : ndarray of bool, shape (n,)
        Whether a cell counts people; whether somebody is alone in it.
    state : ndarray of int, shape (n,)
        See `State`.
    down, up, width : ndarray, shape (n,)
        What an attacker must not undercut; zero for cells that need no protection.
    equations : sparse matrix, shape (m, n)
        ``equations @ values == 0``: each total less its parts.
    rows : dict of str to ndarray of int
        For each table, which cell each row is.
    texts : sequence of str
        What each cell is called in messages.
    partial : frozenset of (str, key or tuple of str)
        Table and key, or dimensions, of totals without a row that add up some labels only, and so
        are no cell of other tables.
    seen : ndarray of bool, shape (n,)
        Whether a cell was published in an earlier run, perhaps with another value.
    most : ndarray, shape (n,)
        Greatest width that can be asked for a cell, in earlier runs too: zero where it must be
        published or may be found out, what public bounds leave, or `inf`.
    least : ndarray, shape (n,)
        Least value of each cell if it is hidden, as readers know: 1 where no empty one ever is.
    """

    values: FloatArray
    costs: FloatArray
    whole: BoolArray
    singleton: BoolArray
    state: IntArray
    down: FloatArray
    up: FloatArray
    width: FloatArray
    equations: "sparse.csr_array"
    rows: dict[str, IntArray]
    texts: Sequence[str]
    partial: frozenset[tuple[str, Hashable]]
    seen: BoolArray
    most: FloatArray
    least: FloatArray

    def least_if_empty(self, cells: IntArray) -> FloatArray:
        """Return `least` where some cells, hidden, may be empty after all."""
        least = self.least.copy()
        least[cells] = 0.0
        return least

    def extended(
        self,
        values: FloatArray,
        rows: "sparse.csr_array",
        texts: Sequence[str],
        *,
        whole: BoolArray,
        **more: FloatArray | IntArray | BoolArray,
    ) -> "System":
        """Return the system with further cells, and rows of equations over the old and the new.

        Parameters
        ----------
        values, texts, whole
            Of the new cells.
        rows : sparse matrix, shape (k, n + number of new cells)
        **more : ndarray
            Further attributes of the new cells. If nothing is said, no table has a row for them,
            nobody is alone in them, hiding them costs nothing, and they need no protection.
        """
        k = values.size
        nothing, no = np.zeros(k), np.zeros(k, dtype=np.bool_)
        added: dict[str, Any] = {
            **dict.fromkeys(("costs", "down", "up", "width", "least"), nothing),
            **dict.fromkeys(("singleton", "seen"), no),
            "state": np.full(k, int(State.ABSENT), dtype=np.int64),
            "most": np.full(k, np.inf),
            **{"values": values, "whole": whole},
            **more,
        }
        joined: dict[str, Any] = {
            name: np.concatenate([getattr(self, name), each]) for name, each in added.items()
        }
        return replace(
            self,
            equations=sparse.csr_array(
                sparse.vstack([widened(self.equations, rows.shape[1]), rows])
            ),
            texts=[*self.texts, *texts],
            **joined,
        )

    @property
    def required(self) -> BoolArray:
        """Cells that an attacker must be kept off, unless they are forced."""
        needs = (self.down > 0) | (self.up > 0) | (self.width > 0)
        return np.asarray(needs & (self.state != State.FORCED))

    @cached_property
    def persons(self) -> IntArray:
        """Who is alone in each cell, by number; -1 where nobody is.

        One who is alone in a total is the one who is alone in a part of it.
        """
        equations = self.equations.tocoo()
        row, column = equations.coords
        is_total = equations.data > 0
        one_total = np.bincount(row[is_total], minlength=equations.shape[0]) == 1
        total = np.zeros(equations.shape[0], dtype=np.int64)
        total[row[is_total]] = column[is_total]
        same = ~is_total & one_total[row] & self.singleton[total[row]] & self.singleton[column]
        n = self.values.size
        ties = sparse.csr_array(
            (np.ones(same.sum()), (total[row[same]], column[same])), shape=(n, n)
        )
        numbers = connected_components(ties, directed=False)[1]
        return np.where(self.singleton, numbers, -1).astype(np.int64)


class _Texts(Sequence[str]):
    """What cells are called, found only when somebody asks."""

    def __init__(self, tables: Sequence[Table], cells: Sequence[Cells], place: IntArray) -> None:
        self._tables, self._cells, self._place = tables, cells, place

    def __len__(self) -> int:
        return len(self._place)

    def __getitem__(self, cell: Any) -> Any:
        table, position = self._place[cell].tolist()
        text = cell_text(self._tables[table], self._cells[table].codes[position])
        return f"{self._tables[table].name}: {text}" if len(self._tables) > 1 else text


def system_of(tables: Mapping[str, Table]) -> System:
    """Return the cells of the tables and the equations between them.

    Raises
    ------
    DataError
        If a table contradicts itself or another one.
    """
    given = list(tables.values())
    cells = [cells_of(table) for table in given]
    identity, number, partial, subsets = _identify(given, cells)
    values = np.full(number, np.nan)
    state = np.zeros(number, dtype=np.int64)
    whole = np.zeros(number, dtype=np.bool_)
    singleton, empty = whole.copy(), whole.copy()
    most, least = np.full(number, np.inf), np.full(number, np.inf)
    costs, down, up, width = (np.zeros(number) for _ in range(4))
    place = np.zeros((number, 2), dtype=np.int64)
    blocks, rows = [], {}
    for index, (table, own, same) in enumerate(zip(given, cells, identity, strict=True)):
        new = np.isnan(values[same])
        values[same[new]] = own.values[new]
        place[same[new]] = np.column_stack([np.full(new.sum(), index), np.flatnonzero(new)])
        whole[same] = table.design.whole
        found, at = table.sensitivity, same[own.rows]
        rows[table.name] = at
        state[at] = np.maximum(state[at], _states(table))
        costs[at] += table.costs
        singleton[at] |= found.singleton
        empty[same[_of_nobody(table, own)]] = True
        most[at[table.granted | table.forced]] = 0.0
        least[at] = np.minimum(least[at], _least(table))
        for needed, by_row in ((down, found.down), (up, found.up), (width, found.width)):
            needed[at] = np.maximum(needed[at], np.where(table.granted, 0.0, by_row))
        _require_of_absent(table, own, same, width)
        blocks.append(equations_of(own, same, number))
    singleton = (singleton | whole & (values == 1)) & ~empty
    system = System(
        values,
        costs,
        whole,
        singleton,
        state,
        down,
        up,
        width,
        sparse.csr_array(sparse.vstack(blocks)),
        rows,
        _Texts(given, cells, place),
        partial,
        np.zeros(number, dtype=np.bool_),
        most,
        np.where(np.isinf(least), 0.0, least),
    )
    return _with_others(system, subsets)


def _with_others(system: System, subsets: Sequence[tuple[int, int, int]]) -> System:
    """Return the system with those whom a total has beside those whom a table adds up.

    They follow as a part without a row does, and are as few people.
    """
    if not subsets:
        return system
    total, some_of_it, minimum = np.array(subsets, dtype=np.int64).T
    n, k = system.values.size, total.size
    others = np.maximum(system.values[total] - system.values[some_of_it], 0.0)
    columns = np.column_stack([total, some_of_it, n + np.arange(k)])
    rows = sparse.csr_array(
        (np.tile([1.0, -1.0, -1.0], k), (np.repeat(np.arange(k), 3), columns.ravel())),
        shape=(k, n + k),
    )
    whole = system.whole[total]
    return system.extended(
        others,
        rows,
        [f"{system.texts[cell]}, who have no row" for cell in some_of_it.tolist()],
        whole=whole,
        singleton=whole & (others == 1),
        width=np.where((others > 0) & (others < minimum), minimum, 0.0),
    )


def equations_of(cells: Cells, same: IntArray, number: int) -> "sparse.csr_array":
    """Return the equations of a table over the cells of a system: each total less its parts."""
    size = int(cells.equation.max(initial=-1)) + 1
    wholes = np.empty(size, dtype=np.int64)
    wholes[cells.equation] = same[cells.wholes]
    entries = np.concatenate([np.ones(size), np.full(cells.parts.size, -1.0)])
    rows = np.concatenate([np.arange(size), cells.equation])
    columns = np.concatenate([wholes, same[cells.parts]])
    return sparse.csr_array((entries, (rows, columns)), shape=(size, number))


def widened(equations: "sparse.csr_array", total: int, offset: int = 0) -> "sparse.csr_array":
    """Return equations over more cells, of which they concern those from `offset` on."""
    found = equations.tocoo()
    row, column = found.coords
    return sparse.csr_array((found.data, (row, column + offset)), shape=(found.shape[0], total))


def _states(table: Table) -> IntArray:
    state = np.full(len(table.frame), int(State.OPEN), dtype=np.int64)
    state[table.values == 0] = State.SHOWN
    state[table.sensitivity.primary] = State.PRIMARY
    state[table.forced] = State.FORCED
    return state


def _least(table: Table) -> float:
    """Return the least value of a hidden cell of a table: that of people, if no zero is hidden."""
    empty_hidden = table.sensitivity.primary & (table.values == 0)
    hides_zeros = table.design.rules.zeros == "primary" or empty_hidden.any()
    return 1.0 if table.design.whole and not hides_zeros else 0.0


def _of_nobody(table: Table, cells: Cells) -> IntArray:
    """Return the cells of a table that count others than people, or them as well."""
    column = table.design.nobody
    if column is None:
        return np.zeros(0, dtype=np.int64)
    of_people = cells.rows[~table.flags(column)]
    return np.setdiff1d(np.arange(cells.values.size), of_people)


def _require_of_absent(table: Table, cells: Cells, same: IntArray, width: FloatArray) -> None:
    """Keep attackers off small totals that have no row but follow from others."""
    design = table.design
    if not design.whole or design.primary is not None:
        return
    absent = np.ones(cells.values.size, dtype=np.bool_)
    absent[cells.rows] = False
    small = absent & (cells.values > 0) & (cells.values < design.minimum)
    width[same[small]] = np.maximum(width[same[small]], design.minimum)


def _identify(
    tables: list[Table], cells: list[Cells]
) -> tuple[list[IntArray], int, frozenset[tuple[str, Hashable]], Sequence[tuple[int, int, int]]]:
    """Return for each table which cell of the system each of its cells is, and what follows.

    That is: how many cells there are, `partial`, and of which totals such a one adds up some only;
    see `_subsets`.
    """
    if len(tables) == 1:
        size = cells[0].values.size
        return [np.arange(size)], size, frozenset(), ()
    left_out = totals_left_out(tables)
    keys = [keys_of(table, own, left_out) for table, own in zip(tables, cells, strict=True)]
    partial = partial_totals(tables, cells, keys, left_out)
    known: dict[Hashable, tuple[int, float, str]] = {}
    identity, number, contradictions = [], 0, []
    for table, own, plain in zip(tables, cells, keys, strict=True):
        same = np.empty(own.values.size, dtype=np.int64)
        told_apart = with_partial(plain, table, own, left_out, partial)
        for position, key in enumerate(told_apart):
            value = float(own.values[position])
            other = known.get(key)
            if other is None:
                known[key] = (number, value, table.name)
                same[position] = number
                number += 1
                continue
            same[position] = other[0]
            if _differ(other[1], value):
                label = cell_text(table, own.codes[position])
                contradictions.append(
                    f"{label} is {other[1]:.10g} in {other[2]}, but {value:.10g} in {table.name}"
                )
        identity.append(same)
    if contradictions:
        raise DataError(
            f"tables contradict each other: {some(contradictions)}. Tables of one run count the "
            "same people: make them from one extract; or, if they count others, name the columns "
            "of their values differently."
        )
    subsets = [
        subset
        for table, own, plain, same in zip(tables, cells, keys, identity, strict=True)
        for subset in _subsets(table, own, plain, same, left_out, known)
    ]
    return identity, number, partial, subsets


def _subsets(
    table: Table,
    cells: Cells,
    keys: list[Hashable],
    same: IntArray,
    left_out: set[tuple[str, Hashable]],
    known: Mapping[Hashable, tuple[int, float, str]],
) -> list[tuple[int, int, int]]:
    """Return the totals of other tables of which a table adds up some labels only.

    Each with the total without a row that does, and the least number of others to be published.
    Whatever counts more than people, or others, is part of no such total.
    """
    if table.design.nobody is not None:
        return []
    kinds = _kinds_of_totals(table, cells, left_out)
    minimum = table.design.minimum if table.design.whole and table.design.primary is None else 0
    found: dict[Hashable, list[tuple[int, int, int]]] = {}
    more = set()
    for cell in without_row(cells):
        total, value, _ = known.get(keys[cell], (-1, np.inf, ""))
        if total in (-1, int(same[cell])):
            continue
        what = kinds[cell] or keys[cell]
        found.setdefault(what, []).append((total, int(same[cell]), minimum))
        if cells.values[cell] > value and _differ(value, float(cells.values[cell])):
            more.add(what)
    return [each for what, subsets in found.items() if what not in more for each in subsets]


def partial_totals(
    tables: list[Table],
    cells: list[Cells],
    keys: list[list[Hashable]],
    left_out: set[tuple[str, Hashable]],
) -> frozenset[tuple[str, Hashable]]:
    """Return the totals without a row that are less, or more, than what other tables mean by them.

    If one total of a dimension is, all of the table are: where they happen to be equal, nobody but
    who has the records knows it. What has no value, hidden in an earlier run, is not compared.
    """
    shown: dict[Hashable, float] = {}
    for own, plain in zip(cells, keys, strict=True):
        for row in own.rows.tolist():
            if np.isfinite(own.values[row]):
                shown.setdefault(plain[row], float(own.values[row]))
    partial: set[tuple[str, Hashable]] = set()
    absent: dict[Hashable, float] = {}
    for table, own, plain in zip(tables, cells, keys, strict=True):
        kinds = _kinds_of_totals(table, own, left_out)
        differing = {
            kinds[cell] or plain[cell]
            for cell in without_row(own)
            if _differ(shown.get(plain[cell], absent.get(plain[cell])), float(own.values[cell]))
        }
        partial.update((table.name, what) for what in differing)
        for cell in without_row(own):
            if np.isfinite(own.values[cell]) and not {kinds[cell], plain[cell]} & differing:
                absent.setdefault(plain[cell], float(own.values[cell]))
    return frozenset(partial)


def without_row(cells: Cells) -> list[int]:
    """Return the cells of a table that are totals without a row."""
    absent = np.ones(cells.codes.shape[0], dtype=np.bool_)
    absent[cells.rows] = False
    return np.flatnonzero(absent).tolist()


def _kinds_of_totals(
    table: Table, cells: Cells, left_out: set[tuple[str, Hashable]]
) -> list[tuple[str, ...]]:
    """Return for each cell the dimensions of which it has the total of all."""
    roots = [
        (tree.dimension, tree.positions[tree.root])
        for tree in table.trees
        if (tree.dimension, tree.root) in left_out
    ]
    axes = {tree.dimension: axis for axis, tree in enumerate(table.trees)}
    return [
        tuple(dimension for dimension, root in roots if code[axes[dimension]] == root)
        for code in cells.codes.tolist()
    ]


def _differ(one: float | None, other: float) -> bool:
    return one is not None and abs(one - other) > _SAME * max(one, other)


def with_partial(
    keys: list[Hashable],
    table: Table,
    cells: Cells,
    left_out: set[tuple[str, Hashable]],
    partial: frozenset[tuple[str, Hashable]],
) -> list[Hashable]:
    """Return the keys of a table's cells, those of its partial totals told apart by its name."""
    kinds = _kinds_of_totals(table, cells, left_out)
    found = list(keys)
    for cell in without_row(cells):
        if {(table.name, kinds[cell]), (table.name, keys[cell])} & partial:
            found[cell] = (keys[cell], table.name)
    return found


def keys_of(table: Table, cells: Cells, left_out: set[tuple[str, Hashable]]) -> list[Hashable]:
    """Return what each cell counts: two cells of equal keys are one."""
    order = sorted(range(len(table.trees)), key=lambda axis: table.trees[axis].dimension)
    names: list[list[tuple[str, Hashable] | None]] = [
        [
            None if (tree.dimension, label) in left_out else (tree.dimension, str(label))
            for label in tree.labels
        ]
        for tree in table.trees
    ]
    value = table.design.value
    return [
        (value, *(name for axis in order if (name := names[axis][code[axis]]) is not None))
        for code in cells.codes.tolist()
    ]


def totals_left_out(tables: list[Table]) -> set[tuple[str, Hashable]]:
    """Return the totals of all that mean the same as not to have the dimension."""
    roots: dict[str, set[Hashable]] = {}
    below: dict[str, set[Hashable]] = {}
    for table in tables:
        for tree in table.trees:
            roots.setdefault(tree.dimension, set()).add(tree.root)
            below.setdefault(tree.dimension, set()).update(set(tree.labels) - {tree.root})
    found = set()
    for dimension, own in roots.items():
        special = {root for root in own if root is not None and not names_a_total(root)}
        for root in own:
            alone = special == {root} and root not in below[dimension]
            if root not in special or alone:
                found.add((dimension, root))
    return found
