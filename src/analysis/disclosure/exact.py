"""Which cells to hide so that all sensitive ones are protected at least cost, proven.

The program of Fischetti and Salazar (2001): minimise the cost of hidden cells `y` under one
constraint for each set of multipliers and attacker (see `attacks`). They are generated: first for
the linear program, until it hardly grows, then for the integer program, until its optimum stands
every attack. Added from the start: a hidden cell is not alone among the hidden of an equation.

References
----------
Fischetti, M. and Salazar, J. J. (2001). Solving the cell suppression problem on tabular data with
linear constraints. Management Science 47, 1008-1027.
"""

import numpy as np
from scipy import sparse

from analysis.arrays import FloatArray
from analysis.disclosure.attacks import Attack
from analysis.disclosure.components import Component, Target
from analysis.disclosure.programs import Program

_ROUNDS = 60  # of cuts of the linear program
_SLOW = 1e-3  # relative growth of its bound in three rounds: then branch
_FEW = 0.1  # constraints a target in one round: then branch
_CUT = 1e-4  # relative to the protection: violation that is worth a row


class Master:
    """The integer program, and what it must still be told."""

    def __init__(self, component: Component, *, nodes: int) -> None:
        self.component = component
        self.nodes = nodes
        self.attack = Attack(component)
        k = component.cells.size
        self._lower = np.where(component.open, 0.0, 1.0)
        rows = _no_lone_cell(component)
        empty = np.zeros(rows.shape[0])
        self._rows = [rows]
        self._low = [empty]
        self._linear = Program(
            rows,
            empty,
            np.full(rows.shape[0], np.inf),
            self._lower,
            np.ones(k),
            component.costs,
        )

    def relax(self, targets: tuple[Target, ...]) -> None:
        """Add constraints until the linear program hardly grows."""
        bounds: list[float] = []
        for _ in range(_ROUNDS):
            answer = self._linear.solve()
            bounds.append(answer.value)
            if len(bounds) > 3 and bounds[-1] - bounds[-4] <= _SLOW * max(bounds[-1], 1.0):
                return
            if self._separate(targets, answer.x) <= _FEW * len(targets):
                return

    def _separate(self, targets: tuple[Target, ...], hidden: FloatArray) -> int:
        """Add every constraint that these shares of cells are found to break; return how many."""
        self.attack.hide(hidden)
        found: list[tuple[FloatArray, float]] = []
        for target in targets:
            cuts, _ = self.attack.shortfalls(target, held=True)
            found += [cut for cut in cuts if cut[0] @ hidden < cut[1] * (1 - _CUT)]
        self.add(found)
        return len(found)

    def add(self, cuts: list[tuple[FloatArray, float]]) -> None:
        """Add constraints."""
        if cuts:
            rows = sparse.csr_array(np.array([coefficients / need for coefficients, need in cuts]))
            self._linear.add_rows(rows, np.ones(len(cuts)))
            self._rows.append(rows)
            self._low.append(np.ones(len(cuts)))

    def best(self) -> FloatArray | None:
        """Return the hidden cells of least cost that keep all constraints so far.

        None if there are none, or it takes more nodes than allowed.
        """
        rows = sparse.csr_array(sparse.vstack(self._rows))
        low = np.concatenate(self._low)
        whole = Program(
            rows,
            low,
            np.full(low.size, np.inf),
            self._lower,
            np.ones(self._lower.size),
            self.component.costs,
        )
        whole.make_whole(nodes=self.nodes)
        answer = whole.solve()
        return np.rint(answer.x) if answer.kind == "optimal" else None


def _no_lone_cell(component: Component) -> "sparse.csr_array":
    """Return one row for each cell of each equation: hidden, another one of it is too."""
    equations = component.equations
    needs = component.open.copy()
    needs[[target.cell for target in component.outsiders]] = True
    size = np.diff(equations.indptr)
    of_row = np.repeat(np.arange(size.size), size)
    kept = np.flatnonzero(needs[equations.indices])
    length = size[of_row[kept]]
    rows = np.repeat(np.arange(kept.size), length)
    offset = np.arange(rows.size) - np.repeat(np.cumsum(length) - length, length)
    columns = equations.indices[np.repeat(equations.indptr[of_row[kept]], length) + offset]
    own = columns == np.repeat(equations.indices[kept], length)
    shape = (kept.size, equations.shape[1])
    return sparse.csr_array((np.where(own, -1.0, 1.0), (rows, columns)), shape=shape)
