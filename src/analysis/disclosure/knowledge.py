r"""What an attacker knows from public sources: bounds of cells, such as seats that a law fixes.

An organisation chart says that a unit has one head; a list of posts, how many seats a family has.
Who knows that of a cell it has `least` to `most` cannot rule out movements `d` with

.. math:: least \le a + d \le most

only: each bound is an equation with a cell of its own, ``x + s = most`` and ``x - t = least`` with
`s` and `t` not negative. A run is not blamed for what is public without it: of a cell with bounds
the attacker's interval must be as wide as those leave it, if that is less than the minimum, and a
cell that is known exactly needs no protection: to hide it for the sake of another is of no use, and
it is not. An empty cell that is known to have room for people is hidden like any other, since its
zero bounds its totals together with the room in the other parts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from analysis.arrays import FloatArray, IntArray
from analysis.disclosure.identities import shown
from analysis.disclosure.systems import State, System
from analysis.disclosure.tables import Table
from analysis.errors import DataError, ParameterError


@dataclass(frozen=True)
class Known:
    """Bounds of one cell that are public.

    Parameters
    ----------
    table : str
    cell : tuple
        Labels in the order of the table's dimensions.
    least, most : float
    source : str
        Where that is public.
    """

    table: str
    cell: tuple[Any, ...]
    least: float
    most: float
    source: str

    def __post_init__(self) -> None:
        if not 0 <= self.least <= self.most or not self.source.strip():
            raise ParameterError(
                f"known, {self.table}: {self.least} to {self.most} given; 0 <= least <= most and a "
                "source needed."
            )


def seats_known(
    posts: pd.DataFrame, dimensions: Sequence[str], *, table: str, seats: str, source: str
) -> tuple[Known, ...]:
    """Return that there are no more people than seats, from a public table of posts.

    Parameters
    ----------
    posts : DataFrame
        One row for each cell, totals included if they are to bound too.
    dimensions : sequence of str
        Columns of labels, in the order of the table's dimensions.
    table : str
        Table of people.
    seats : str
        Column of seats.
    source : str
    """
    cells = posts[list(dimensions)].itertuples(index=False, name=None)
    return tuple(
        Known(table, cell, 0.0, float(most), source)
        for cell, most in zip(cells, posts[seats].tolist(), strict=True)
    )


def with_knowledge(system: System, tables: Mapping[str, Table], known: Sequence[Known]) -> System:
    """Return the system as one sees it who knows the bounds.

    Raises
    ------
    ParameterError
        If a bound is of no table or cell of the run.
    DataError
        If the records contradict a bound.
    """
    if not known:
        return system
    cells, least, most = _bounds(system, tables, known)
    value = system.values[cells]
    if (wrong := (value < least) | (value > most)).any():
        cell = int(np.flatnonzero(wrong)[0])
        raise DataError(
            f"{system.texts[int(cells[cell])]}: the records contradict what is public "
            f"({least[cell]:g} to {most[cell]:g}). Correct the records, or leave the bound out."
        )
    state = _states(system, cells, least, most)
    in_play = ~np.isin(state[cells], [State.SHOWN, State.FORCED])
    above, below = np.isfinite(most) & in_play, (least > 0) & in_play
    ends = np.concatenate([cells[above], cells[below]])
    n, k = system.values.size, ends.size
    room = np.concatenate([(most - value)[above], (value - least)[below]])
    sign = np.concatenate([np.ones(above.sum()), -np.ones(below.sum())])
    row = np.arange(k)
    bounds = sparse.csr_array(
        (
            np.concatenate([np.ones(k), sign]),
            (np.concatenate([row, row]), np.concatenate([ends, n + row])),
        ),
        shape=(k, n + k),
    )
    nowhere = sparse.csr_array((system.equations.shape[0], k))
    wide = sparse.csr_array(sparse.hstack([system.equations, nowhere]))
    low, high = _implied(system, cells, least, most)
    width = np.minimum(system.width, high - low)
    down = np.minimum(system.down, system.values - low)
    up = np.minimum(system.up, high - system.values)
    nothing, no = np.zeros(k), np.zeros(k, dtype=np.bool_)
    return replace(
        system,
        values=np.concatenate([system.values, room]),
        costs=np.concatenate([system.costs, nothing]),
        whole=np.concatenate([system.whole, system.whole[ends]]),
        singleton=np.concatenate([system.singleton, no]),
        state=np.concatenate([state, np.full(k, int(State.ABSENT))]),
        down=np.concatenate([down, nothing]),
        up=np.concatenate([up, nothing]),
        width=np.concatenate([width, nothing]),
        equations=sparse.csr_array(sparse.vstack([wide, bounds])),
        texts=[*system.texts, *["what is public"] * k],
        seen=np.concatenate([system.seen, no]),
        most=np.concatenate([np.minimum(system.most, high - low), np.full(k, inf)]),
    )


def _states(system: System, cells: IntArray, least: FloatArray, most: FloatArray) -> IntArray:
    """Return states in which what is known exactly is shown, and empty places can be hidden."""
    state = system.state.copy()
    before, empty = state[cells], system.values[cells] == 0
    exact = least == most
    state[cells[exact & (before == State.OPEN)]] = State.SHOWN
    state[cells[~exact & empty & (before == State.SHOWN)]] = State.OPEN
    return state


def _implied(
    system: System, cells: IntArray, least: FloatArray, most: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return what the bounds alone say of all cells: a total has what its parts have together."""
    low, high = np.zeros(system.values.size), np.full(system.values.size, inf)
    low[cells], high[cells] = least, most
    equations = system.equations.tocoo()
    row, column = equations.coords
    is_total = equations.data > 0
    total, of = column[is_total], row[is_total]
    while True:
        before = low.copy(), high.copy()
        sums = [
            np.bincount(row[~is_total], end[column[~is_total]], equations.shape[0])
            for end in (low, high)
        ]
        np.maximum.at(low, total, sums[0][of])
        np.minimum.at(high, total, sums[1][of])
        if np.array_equal(before[0], low) and np.array_equal(before[1], high):
            return low, high


def _bounds(
    system: System, tables: Mapping[str, Table], known: Sequence[Known]
) -> tuple[IntArray, FloatArray, FloatArray]:
    """Return the cells that have bounds, and the tightest ones of each."""
    rows: dict[str, dict[tuple[Any, ...], int]] = {}
    tightest: dict[int, tuple[float, float]] = {}
    for each in known:
        if each.table not in tables:
            raise ParameterError(
                f"known: {shown(each.table)} is no table of the run; it has {', '.join(tables)}."
            )
        table = tables[each.table]
        if each.table not in rows:
            labels = table.frame[list(table.design.dimensions)]
            found = labels.astype(str).itertuples(index=False, name=None)
            rows[each.table] = dict(zip(found, system.rows[each.table].tolist(), strict=True))
        cell = rows[each.table].get(tuple(map(str, each.cell)))
        if cell is None:
            raise ParameterError(
                f"known, {each.table}: {', '.join(map(shown, each.cell))} is no cell of the table."
            )
        least, most = tightest.get(cell, (0.0, inf))
        tightest[cell] = (max(least, each.least), min(most, each.most))
    cells = np.array(sorted(tightest), dtype=np.int64)
    ends = np.array([tightest[cell] for cell in cells.tolist()], dtype=np.float64)
    return cells, ends[:, 0], ends[:, 1]
