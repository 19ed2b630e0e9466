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
from analysis.disclosure.cell_files import labels_in_order
from analysis.disclosure.identities import identifying, shown
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
        Labels in the order of the table's dimensions; or pairs of a dimension and a label.
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
        _refuse_person(self.table, self.source)


@dataclass(frozen=True)
class Same:
    """Two cells that readers know to count the same people, though their labels do not say so.

    Parameters
    ----------
    table : str
    cell : tuple
        Labels in the order of the table's dimensions.
    other, other_cell : str, tuple
        The other table and cell.
    source : str
        Why they are the same.
    """

    table: str
    cell: tuple[Any, ...]
    other: str
    other_cell: tuple[Any, ...]
    source: str

    def __post_init__(self) -> None:
        _refuse_person(self.table, self.source)


def _refuse_person(table: str, source: str) -> None:
    """Refuse a source, which is kept in the log, if it names a person."""
    if identifying(source):
        raise ParameterError(f"known, {table}: source names a person. Name the publication.")


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


def with_knowledge(
    system: System, tables: Mapping[str, Table], known: Sequence[Known | Same]
) -> System:
    """Return the system as one sees it who knows the bounds, and which cells are the same.

    Raises
    ------
    ParameterError
        If a bound is of no table or cell of the run.
    DataError
        If the records contradict a bound, or two cells are not the same.
    """
    where = _Places(system, tables)
    system = _tied(system, where, [each for each in known if isinstance(each, Same)])
    bounds_known = [each for each in known if isinstance(each, Known)]
    if not bounds_known:
        return system
    cells, least, most = _bounds(where, bounds_known)
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
    floor = system.least_if_empty(cells[least < most])  # as their bounds allow
    low, high = _implied(system, cells, least, most)
    low = np.maximum(low, np.minimum(floor, system.values))
    width = np.minimum(system.width, high - low)
    down = np.minimum(system.down, system.values - low)
    up = np.minimum(system.up, high - system.values)
    bounded = replace(
        system,
        state=state,
        down=down,
        up=up,
        width=width,
        most=np.minimum(system.most, high - low),
        least=floor,
    )
    return bounded.extended(room, bounds, ["what is public"] * k, whole=system.whole[ends])


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


class _Places:
    """Which cell of the system is meant by a table and labels."""

    def __init__(self, system: System, tables: Mapping[str, Table]) -> None:
        self._system, self._tables = system, tables
        self._rows: dict[str, dict[tuple[Any, ...], int]] = {}

    def of(self, name: str, labels: tuple[Any, ...]) -> int:
        if name not in self._tables:
            raise ParameterError(
                f"known: {shown(name)} is no table of the run; it has {', '.join(self._tables)}."
            )
        if name not in self._rows:
            table = self._tables[name]
            frame = table.frame[list(table.design.dimensions)].astype(str)
            found = frame.itertuples(index=False, name=None)
            self._rows[name] = dict(zip(found, self._system.rows[name].tolist(), strict=True))
        labels = labels_in_order(labels, self._tables[name], what="known")
        cell = self._rows[name].get(tuple(map(str, labels)))
        if cell is None:
            raise ParameterError(
                f"known, {name}: {', '.join(map(shown, labels))} is no cell of the table."
            )
        return cell


def _tied(system: System, where: _Places, same: Sequence[Same]) -> System:
    """Return the system with an equation for each pair of cells that are the same."""
    pairs = [
        (where.of(each.table, each.cell), where.of(each.other, each.other_cell)) for each in same
    ]
    pairs = [(one, other) for one, other in pairs if one != other]
    if not pairs:
        return system
    ends = np.array(pairs, dtype=np.int64)
    wrong = system.values[ends[:, 0]] != system.values[ends[:, 1]]
    if wrong.any():
        one, other = (system.texts[int(cell)] for cell in ends[wrong][0])
        raise DataError(f"{one} and {other} are not the same. Leave it out that they are.")
    k = len(pairs)
    ties = sparse.csr_array(
        (np.tile([1.0, -1.0], k), (np.repeat(np.arange(k), 2), ends.ravel())),
        shape=(k, system.values.size),
    )
    return replace(system, equations=sparse.csr_array(sparse.vstack([system.equations, ties])))


def _bounds(where: _Places, known: Sequence[Known]) -> tuple[IntArray, FloatArray, FloatArray]:
    """Return the cells that have bounds, and the tightest ones of each."""
    tightest: dict[int, tuple[float, float]] = {}
    for each in known:
        cell = where.of(each.table, each.cell)
        least, most = tightest.get(cell, (0.0, inf))
        tightest[cell] = (max(least, each.least), min(most, each.most))
    cells = np.array(sorted(tightest), dtype=np.int64)
    ends = np.array([tightest[cell] for cell in cells.tolist()], dtype=np.float64)
    return cells, ends[:, 0], ends[:, 1]
