"""The parts of a system that no equation ties together, each small enough to be solved alone."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from analysis.arrays import BoolArray, FloatArray, IntArray
from analysis.disclosure.systems import State, System

OUTSIDER = -1
ANYBODY = -2  # as if one attacker were alone in all cells in which somebody is


@dataclass(frozen=True)
class Target:
    """A sensitive cell, and who must be kept off it.

    Attributes
    ----------
    cell : int
        Position in the component.
    down, up, width : float
        How far below and above the true value the attacker's bounds must lie, and how far apart.
    knows : int
        Position of a cell whose value the attacker knows, being alone in it; or OUTSIDER, ANYBODY.
    """

    cell: int
    down: float
    up: float
    width: float
    knows: int = OUTSIDER

    @property
    def most(self) -> float:
        """Return the greatest movement that any of the three asks for."""
        return max(self.down, self.up, self.width)


@dataclass(frozen=True, eq=False)
class Component:
    """Cells that may be hidden, tied by equations.

    Attributes
    ----------
    system : System
    cells : ndarray of int, shape (k,)
        Which cells of the system, in order.
    rows : ndarray of int, shape (m,)
        Which equations of the system.
    equations : sparse matrix, shape (m, k)
        Movements `d` away from the true values that change nothing published have
        ``equations @ d == 0``.
    """

    system: System
    cells: IntArray
    rows: IntArray
    equations: "sparse.csr_array"

    @cached_property
    def values(self) -> FloatArray:
        """True values."""
        return self.system.values[self.cells]

    @cached_property
    def below(self) -> FloatArray:
        """How far each cell, hidden, may be below its true value."""
        return self.values - np.minimum(self.system.least[self.cells], self.values)

    @cached_property
    def costs(self) -> FloatArray:
        """Cost of hiding each cell; nothing of those that are hidden anyhow."""
        return np.where(self.open, self.system.costs[self.cells], 0.0)

    @cached_property
    def open(self) -> BoolArray:
        """Cells that may be hidden or published."""
        return np.asarray(self.system.state[self.cells] == State.OPEN)

    @cached_property
    def seen(self) -> BoolArray:
        """Cells that were published before and may be hidden now."""
        return self.open & self.system.seen[self.cells]

    @cached_property
    def whole(self) -> BoolArray:
        """Cells that count people."""
        return self.system.whole[self.cells]

    @cached_property
    def outsiders(self) -> tuple[Target, ...]:
        """Sensitive cells, as those see them who know only what is published."""
        system, cells = self.system, self.cells
        return tuple(
            Target(
                position,
                float(system.down[cells[position]]),
                float(system.up[cells[position]]),
                float(system.width[cells[position]]),
            )
            for position in np.flatnonzero(system.required[cells]).tolist()
        )

    @cached_property
    def alone(self) -> BoolArray:
        """Cells in which somebody is alone, and knows it."""
        return self.persons >= 0

    @cached_property
    def persons(self) -> IntArray:
        """Who is alone in each cell; see `System.persons`."""
        return self.system.persons[self.cells]

    def around(self, cell: int, steps: int = 2) -> IntArray:
        """Return the cells within so many equations of one, in order."""
        near = np.zeros(self.cells.size, dtype=np.bool_)
        near[cell] = True
        for _ in range(steps):
            near = self._touching.T @ (self._touching @ near)
        return np.flatnonzero(near).astype(np.int64)

    @cached_property
    def _touching(self) -> "sparse.csr_array":
        """Which cells each equation has."""
        return sparse.csr_array(self.equations != 0)

    @cached_property
    def _by_column(self) -> "sparse.csc_array":
        return sparse.csc_array(self.equations)

    def ties(self, cells: IntArray) -> IntArray:
        """Return a number for each of some cells, equal for those that equations tie together."""
        start, end = (self._by_column.indptr[cells + side] for side in (0, 1))
        length = end - start
        indptr = np.concatenate([[0], np.cumsum(length)])
        at = np.arange(indptr[-1]) + np.repeat(start - indptr[:-1], length)
        n, m = cells.size, self.rows.size
        rows_of = np.concatenate([indptr, np.full(m, indptr[-1])])
        graph = sparse.csr_array(
            (np.ones(at.size), self._by_column.indices[at] + n, rows_of), shape=(n + m, n + m)
        )
        return np.asarray(connected_components(graph, directed=False)[1][:n])

    def restricted(self, cells: IntArray) -> "Component":
        """Return the component in which only some cells, in order, may be hidden."""
        columns = self._by_column[:, cells].tocsr()
        rows = np.flatnonzero(np.diff(columns.indptr))
        return Component(
            self.system, self.cells[cells], self.rows[rows], sparse.csr_array(columns[rows])
        )

    def known_to(self, target: Target) -> IntArray:
        """Return the cells whose values the attacker knows: all that count him alone."""
        if target.knows == OUTSIDER:
            return np.zeros(0, dtype=np.int64)
        if target.knows >= 0:
            return np.flatnonzero(self.persons == self.persons[target.knows])
        return np.flatnonzero(self.alone & (self.persons != self.persons[target.cell]))

    def before(self, target: Target, knows: int, full: bool) -> Target:
        """Return what protection a sensitive cell needs against one who is alone in another."""
        if full:
            return Target(target.cell, target.down, target.up, target.width, knows)
        least = 1.0 if self.whole[target.cell] else max(target.down, target.up)
        return Target(target.cell, 0.0, 0.0, least, knows)


def components_of(
    system: System, may_be_hidden: BoolArray, wanted: BoolArray | None = None
) -> list[Component]:
    """Return the parts that have a sensitive cell, or a wanted one, in the order of their cells."""
    columns = np.flatnonzero(may_be_hidden)
    equations = sparse.csc_array(system.equations)[:, columns]
    touched = np.flatnonzero(np.diff(sparse.csr_array(equations).indptr))
    equations = sparse.csr_array(equations)[touched]
    if not columns.size:
        return []
    incidence = sparse.csr_array(
        (np.ones(equations.nnz), equations.indices, equations.indptr), shape=equations.shape
    )
    m = equations.shape[0]
    graph = sparse.block_array([[None, incidence], [incidence.T, None]], format="csr")
    _, label = connected_components(graph, directed=False)
    of_rows, of_columns = label[:m], label[m:]
    sensitive = (system.required if wanted is None else wanted)[columns]
    found = []
    for part in dict.fromkeys(of_columns[sensitive].tolist()):
        own = np.flatnonzero(of_columns == part)
        rows = np.flatnonzero(of_rows == part)
        own_equations = sparse.csr_array(equations[rows][:, own])
        found.append(Component(system, columns[own], touched[rows], own_equations))
    return found
