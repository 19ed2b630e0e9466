r"""Runs published before as further tables: who has both may see what one person changes.

An attacker who compares two runs thinks that little changed between them. Assumed is the strongest
of his kind: of each of the finest cells that both have, he knows how far it can have moved at most,

.. math:: |x^{before}_i - x^{now}_i| \le |a^{before}_i - a^{now}_i|

with `a` the true values, hidden cells of the earlier run being chosen as near to today's as what
was published allows, since no log keeps them: the distances are together no more than the true
ones. So what did not change is known to be the same, one person more or less is known to be no more
than that, and who only knows how many came and went in all these cells bounds none more closely.
Whoever knows how many did in single cells that were hidden, may. What holds of cells by themselves
ties no cell to those of another region: the parts that are attacked one by one stay as small as
those of a run without a past, and smaller, as a cell that was published as it is now is not worth
hiding. What an earlier run gave away by itself is not held against the new one.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from analysis.arrays import BoolArray, FloatArray, IntArray
from analysis.disclosure.attacks import Attack
from analysis.disclosure.certificates import gaps
from analysis.disclosure.components import components_of
from analysis.disclosure.programs import Program
from analysis.disclosure.systems import (
    State,
    System,
    equations_of,
    keys_of,
    partial_totals,
    totals_left_out,
    widened,
    with_partial,
    without_row,
)
from analysis.disclosure.tables import RELATIVE, Cells, Table, add_up, cell_text, skeleton_of
from analysis.errors import DataError

SENSITIVE = "sensitive"  # column of an earlier table: hidden for its own sake


@dataclass(frozen=True, eq=False)
class Run:
    """Tables as they were published.

    Parameters
    ----------
    name : str
    tables : mapping of str to Table
        Frames with the value missing where it was hidden, and a column `sensitive`.
    bounded : frozenset of str
        Tables of which bounds of cells were public, so that empty ones may be hidden in them.
    """

    name: str
    tables: Mapping[str, Table]
    bounded: frozenset[str] = frozenset()


@dataclass(frozen=True, eq=False)
class _Past:
    """The cells of one run, those hidden filled in as near to today's as can be."""

    values: FloatArray
    hidden: BoolArray
    sensitive: BoolArray
    whole: BoolArray
    minimum: FloatArray
    least: FloatArray
    equations: "sparse.csr_array"
    now: IntArray
    texts: list[str]


def with_earlier(
    system: System, tables: Mapping[str, Table], runs: Sequence[Run], singletons: Any
) -> System:
    """Return the system with the cells of earlier runs, and what ties them to today's.

    Raises
    ------
    DataError
        If an earlier run contradicts itself.
    """
    if not runs:
        return system
    known = _keys_now(tables, system, runs)
    for run in runs:
        system = _joined(system, _past(run, system, known, runs, tables), singletons)
    return system


def with_emptied_rows(tables: Mapping[str, Table], runs: Sequence[Run]) -> dict[str, Table]:
    """Return tables with a row for each cell that an earlier run hid and that has none now.

    A cell without a row is known to be empty; with one it can be hidden. Cells whose labels the
    table no longer has are left out: nothing of it ties them to those that it has.
    """
    found = dict(tables)
    for run in runs:
        for name, past in run.tables.items():
            if name in found and past.design.dimensions == found[name].design.dimensions:
                found[name] = _with_rows(found[name], past)
    return found


def _with_rows(table: Table, past: Table) -> Table:
    design, frame = table.design, table.frame
    dimensions = list(design.dimensions)
    hidden = past.frame[past.frame[past.design.value].isna()]
    labels = {d: {str(label): label for label in frame[d].unique()} for d in dimensions}
    there = set(frame[dimensions].astype(str).itertuples(index=False, name=None))
    new = [
        [labels[d][label] for d, label in zip(dimensions, cell, strict=True)]
        for cell in hidden[dimensions].itertuples(index=False, name=None)
        if cell not in there
        and all(label in labels[d] for d, label in zip(dimensions, cell, strict=True))
    ]
    if not new:
        return table
    rows = pd.DataFrame(new, columns=dimensions)
    for column in frame.columns.difference(dimensions):
        rows[column] = pd.Series(0, index=rows.index).astype(frame[column].dtype)
    return replace(table, frame=pd.concat([frame, rows[frame.columns]], ignore_index=True))


def _keys_now(
    tables: Mapping[str, Table], system: System, runs: Sequence[Run]
) -> dict[Hashable, int]:
    left_out = _left_out(tables, runs)
    known: dict[Hashable, int] = {}
    for name, table in tables.items():
        cells = skeleton_of(table)
        plain = keys_of(table, cells, left_out)
        keys = with_partial(plain, table, cells, left_out, system.partial)
        for row, cell in zip(cells.rows.tolist(), system.rows[name].tolist(), strict=True):
            known[keys[row]] = cell
    return known


def _left_out(tables: Mapping[str, Table], runs: Sequence[Run]) -> set[tuple[str, Hashable]]:
    return totals_left_out([*tables.values(), *(t for run in runs for t in run.tables.values())])


def _past(
    run: Run,
    system: System,
    known: dict[Hashable, int],
    runs: Sequence[Run],
    tables: Mapping[str, Table],
) -> _Past:
    """Return the cells of a run.

    Totals without a row are those that other tables have, unless what was published contradicts
    it: the log does not say which of them add up some labels only.
    """
    left_out = _left_out(tables, runs)
    every = list(run.tables.values())
    cells = [_as_published(table) for table in every]
    keys = [keys_of(table, own, left_out) for table, own in zip(every, cells, strict=True)]
    partial = system.partial | partial_totals(every, cells, keys, left_out)
    absent = frozenset(
        (table.name, plain[cell])
        for table, own, plain in zip(every, cells, keys, strict=True)
        for cell in without_row(own)
    )
    for apart in (partial, partial | absent):
        named = [
            with_partial(plain, table, own, left_out, apart)
            for table, own, plain in zip(every, cells, keys, strict=True)
        ]
        found = _past_of(run, system, known, cells, named)
        if found is not None:
            return found
    raise DataError(
        f"run {run.name}: its published tables contradict each other. Restore its file in the "
        "log, or take it out knowing that it is then not audited."
    )


def _past_of(
    run: Run,
    system: System,
    known: dict[Hashable, int],
    all_cells: Sequence[Cells],
    named: Sequence[list[Hashable]],
) -> _Past | None:
    """Return the cells of a run, two of equal names being one; None if that contradicts itself."""
    places: dict[Hashable, int] = {}
    skeletons: list[tuple[Table, Cells, IntArray]] = []
    texts: list[str] = []
    for (name, table), cells, keys in zip(run.tables.items(), all_cells, named, strict=True):
        same: list[int] = []
        for position, key in enumerate(keys):
            if key not in places:
                places[key] = len(places)
                texts.append(f"run {run.name}, {name}: {cell_text(table, cells.codes[position])}")
            same.append(places[key])
        skeletons.append((table, cells, np.array(same, dtype=np.int64)))
    n = len(places)
    values = np.full(n, np.nan)
    sensitive, whole = np.zeros(n, dtype=np.bool_), np.zeros(n, dtype=np.bool_)
    minimum, least = np.zeros(n), np.full(n, np.inf)
    for table, cells, places_of in skeletons:
        at = places_of[cells.rows]
        given = _values(table)
        values[at] = np.where(np.isnan(given), values[at], given)
        sensitive[at] |= table.frame[SENSITIVE].to_numpy(dtype=np.bool_)
        whole[places_of] = table.design.whole
        asked = table.design.minimum if table.design.whole else table.design.protection or RELATIVE
        minimum[at] = np.maximum(minimum[at], asked)
        hides_zeros = table.name in run.bounded or table.design.rules.zeros == "primary"
        least[at] = np.minimum(least[at], float(table.design.whole and not hides_zeros))
    equations = sparse.csr_array(
        sparse.vstack([equations_of(cells, places_of, n) for _, cells, places_of in skeletons])
    )
    now = np.full(n, -1, dtype=np.int64)
    for key, place in places.items():
        now[place] = known.get(key, -1)
    hidden = np.isnan(values)
    least = np.where(np.isinf(least), 0.0, least)
    least = np.where(now >= 0, np.minimum(least, system.least[now]), least)
    filled = _fill_in(values, least, equations, whole, now, system)
    if filled is None:
        return None
    least = np.minimum(least, filled)
    return _Past(filled, hidden, sensitive & hidden, whole, minimum, least, equations, now, texts)


def _as_published(table: Table) -> Cells:
    """Return all cells of an earlier table, with the values that follow from what was published."""
    cells = skeleton_of(table)
    cells.values[cells.rows] = _values(table)
    add_up(cells)
    return cells


def _values(table: Table) -> FloatArray:
    """Return the published value of each row, NaN where it was hidden."""
    return table.frame[table.design.value].to_numpy(dtype=np.float64, na_value=np.nan)


def _fill_in(
    values: FloatArray,
    least: FloatArray,
    equations: "sparse.csr_array",
    whole: BoolArray,
    now: IntArray,
    system: System,
) -> FloatArray | None:
    """Return values of hidden cells that agree with the published ones; None if there are none.

    Nearest to today's, added up over the finest cells that both runs have; none below its least
    value, unless an empty cell was hidden since it had been before.
    """
    unknown = np.flatnonzero(np.isnan(values))
    if not unknown.size:
        return values
    known = np.where(np.isnan(values), 0.0, values)
    rest = -(equations @ known)
    linked = np.flatnonzero(np.isin(unknown, _finest(now, equations)))
    k, m = unknown.size, linked.size
    ties = sparse.csr_array((np.ones(m), (np.arange(m), linked)), shape=(m, k))
    eye = sparse.eye_array(m, format="csr")
    rows = sparse.csr_array(
        sparse.block_array(
            [[equations.tocsc()[:, unknown], None, None], [ties, -eye, eye]], format="csr"
        )
        if m
        else equations.tocsc()[:, unknown]
    )
    right = np.concatenate([rest, system.values[now[unknown[linked]]]])
    costs = np.concatenate([np.zeros(k), np.ones(2 * m)])
    lower = np.concatenate([least[unknown], np.zeros(2 * m)])
    program = Program(rows, right, right, lower, np.full(k + 2 * m, np.inf), costs)
    answer = program.solve()
    if answer.kind == "infeasible":
        program.set_bounds(np.zeros(k + 2 * m), np.full(k + 2 * m, np.inf))
        answer = program.solve()
    if (
        answer.kind == "optimal"
        and np.abs(answer.x[:k] - np.rint(answer.x[:k]))[whole[unknown]].max(initial=0.0) > 1e-6
    ):
        program.make_whole(np.concatenate([whole[unknown], np.zeros(2 * m, dtype=np.bool_)]))
        answer = program.solve()
    if answer.kind != "optimal":
        return None
    found = known.copy()
    found[unknown] = np.where(whole[unknown], np.rint(answer.x[:k]), answer.x[:k])
    return found


def _joined(system: System, past: _Past, singletons: Any) -> System:
    """Return the system with the cells of a run, and how far each can be from today's."""
    n, m = system.values.size, past.values.size
    linked = _finest(past.now, past.equations)
    hidden_before = past.now[past.hidden & (past.now >= 0)]
    system = replace(
        system,
        state=_with_emptied(system, hidden_before),
        least=system.least_if_empty(hidden_before),
    )
    moved = np.zeros(m)
    moved[linked] = past.values[linked] - system.values[past.now[linked]]
    system = replace(system, state=_with_known(system, past, linked[moved[linked] == 0]))
    known = ~past.hidden[linked] & np.isin(
        system.state[past.now[linked]], [State.SHOWN, State.FORCED]
    )
    linked = linked[~known]
    apart = linked[moved[linked] != 0]
    k, a = linked.size, apart.size
    far = np.abs(moved[apart])
    state = np.where(past.hidden, State.ABSENT, State.SHOWN).astype(np.int64)
    most = np.where(past.now >= 0, system.most[past.now], np.inf)
    needed = np.where(past.sensitive & past.whole, np.minimum(past.minimum, most), 0.0)
    around = np.where(past.sensitive & ~past.whole, past.minimum * past.values, 0.0)
    around[most < 2 * around] = 0.0
    alone = np.zeros(m, dtype=np.bool_)  # the same cell has the same person in it
    alone[linked] = (moved[linked] == 0) & system.singleton[past.now[linked]]
    seen = system.seen.copy()
    seen[past.now[~past.hidden & (past.now >= 0)]] = True
    with_past = replace(system, seen=seen).extended(
        past.values,
        widened(past.equations, n + m, n),
        past.texts,
        whole=past.whole,
        singleton=alone,
        state=state,
        down=around,
        up=around,
        width=needed,
        most=most,
        least=past.least,
    )
    up = n + m + np.arange(a)  # today's cell and this one, less the distance, make up the past one
    ends, one = np.arange(k), np.ones(k)
    at = np.flatnonzero(moved[linked] != 0)
    ties = _rows(
        [
            *((ends, n + linked, one), (ends, past.now[linked], -one), (at, up, -np.ones(a))),
            *((k + np.arange(a), up, np.ones(a)), (k + np.arange(a), up + a, np.ones(a))),
        ],
        (k + a, n + m + 2 * a),
    )
    joined = with_past.extended(
        np.concatenate([far + moved[apart], far - moved[apart]]),
        ties,
        ["people who came or went"] * (2 * a),
        whole=np.tile(past.whole[apart], 2),
    )
    return _without_old_gaps(joined, past, n, singletons)


def _with_emptied(system: System, again: IntArray) -> IntArray:
    """Return states in which cells that were hidden, and are empty now, may be hidden again.

    The zero of a cell that one person left says that it was he who had been in it.
    """
    state = system.state.copy()
    state[again[(state[again] == State.SHOWN) & (system.values[again] == 0)]] = State.OPEN
    return state


def _with_known(system: System, past: _Past, unmoved: IntArray) -> IntArray:
    """Return states in which cells that were published as they are now cannot be hidden."""
    same = np.zeros(past.values.size, dtype=np.bool_)
    same[unmoved] = True
    equations = past.equations.tocoo()
    row, column = equations.coords
    is_part = equations.data < 0
    while True:  # a total is the same if all its parts are
        differ = np.bincount(row[is_part], ~same[column[is_part]], equations.shape[0])
        found = same.copy()
        found[column[~is_part][differ[row[~is_part]] == 0]] = True
        if (found == same).all():
            break
        same = found
    published = past.now[same & ~past.hidden & (past.now >= 0)]
    state = system.state.copy()
    state[published[state[published] == State.OPEN]] = State.SHOWN
    return state


def _rows(
    parts: Sequence[tuple[IntArray, IntArray, FloatArray]], shape: tuple[int, int]
) -> "sparse.csr_array":
    row, column, data = (np.concatenate(each) for each in zip(*parts, strict=True))
    return sparse.csr_array((data, (row, column)), shape=shape)


def _finest(now: IntArray, rows: "sparse.csr_array") -> IntArray:
    """Return the cells that both runs have and whose parts they do not both have."""
    common = now >= 0
    equations = rows.tocoo()
    row, column = equations.coords
    is_part = equations.data < 0
    lacking = np.zeros(equations.shape[0], dtype=np.int64)
    np.add.at(lacking, row[is_part], (~common[column[is_part]]).astype(np.int64))
    wholes = column[~is_part][lacking[row[~is_part]] == 0]
    finest = common.copy()
    finest[wholes] = False
    return np.flatnonzero(finest)


def _without_old_gaps(system: System, past: _Past, offset: int, singletons: Any) -> System:
    """Ask no protection for what the earlier run gave away by itself."""
    alone = np.zeros(system.values.size, dtype=np.bool_)
    alone[offset : offset + past.values.size] = past.hidden
    own = replace(
        system,
        equations=widened(past.equations, system.values.size, offset),
    )
    width, down, up = system.width.copy(), system.down.copy(), system.up.copy()
    for component in components_of(own, alone, alone & own.required):
        everything = np.ones(component.cells.size, dtype=np.bool_)
        for gap in gaps(Attack(component), everything, singletons, component.outsiders):
            cell = component.cells[gap.target.cell]
            width[cell] = down[cell] = up[cell] = 0.0
    return replace(system, width=width, down=down, up=up)
