"""Many sensitive cells at once: one movement shows the protection of all it moves far enough.

In a table in which hardly a cell is large, programs for each cell alone are thousands, and most
find much the same movement. A crowd pushes all whose protection is not shown yet, each to what it
needs and no further, so that what is left of the others' room goes to those behind (see `bounds`,
which does the same for the bounds of cells). A movement falls into pieces that no equation ties
together: each is a movement by itself, whole if its own cells are, and touches nobody in the
others.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np
from scipy import sparse

from analysis.arrays import BoolArray, FloatArray, IntArray
from analysis.disclosure.components import Component, Target
from analysis.disclosure.programs import Program, movements

_MOVES = 1e-6  # less is the solver's rounding, of nothing and of whole numbers
_ENOUGH = 1 - 1e-6  # of what is needed
_PUSHES = 60  # programs at most
_STILL = 0.01  # cost of a movement, against what is pushed
_IDLE = 4  # programs in a row, both ways, that show nothing new: the others are looked at singly


class Crowd:
    """Targets of one component, and how far each was seen to move.

    Parameters
    ----------
    component : Component
    targets : sequence of Target
    """

    def __init__(self, component: Component, targets: Sequence[Target]) -> None:
        k = component.equations.shape[1]
        self.component = component
        self.targets = targets
        self.cells = np.array([target.cell for target in targets], dtype=np.int64)
        self.up, self.down = np.zeros(k), np.zeros(k)
        self._needs = _needs(targets)
        self._most = np.full(k, np.inf)
        self._most[self.cells] = self._needs.max(axis=0)
        self._program = movements(component.equations)

    @property
    def shown(self) -> BoolArray:
        """Targets that were seen to move as far as they must."""
        return self._far_enough(self.cells, self._needs)

    def shows(self, target: Target) -> bool:
        """Whether the cell was seen to move as far as the target asks."""
        return bool(self._far_enough(np.array([target.cell]), _needs([target]))[0])

    def _far_enough(self, cells: IntArray, needs: FloatArray) -> BoolArray:
        up, down = self.up[cells], self.down[cells]
        need_up, need_down, width = needs * _ENOUGH
        return np.asarray((up >= need_up) & (down >= need_down) & (up + down >= width))

    def see(self, movement: FloatArray) -> None:
        """Take note of a movement."""
        np.maximum(self.up, movement, out=self.up)
        np.maximum(self.down, -movement, out=self.down)

    def push(
        self, hidden: BoolArray, *, patience: int = _IDLE, least: bool = False
    ) -> Iterator[FloatArray]:
        """Yield movements of hidden cells that push the targets that are not shown, as one.

        It ends when the last few (`patience`) showed nothing new. Who takes a movement lets the
        crowd `see` of it what counts, before the next. With `least`, they move no more than that
        takes: slower, but whole more often than not.
        """
        k = hidden.size
        up = np.where(hidden, self._most, 0.0)
        down = np.where(hidden, self.component.below, 0.0)
        if least:
            program, still = self._least, _STILL
            program.set_bounds(np.zeros(2 * k), np.concatenate([up, down]))
        else:
            program, still = self._program, 0.0
            program.set_bounds(-down, up)
        idle, before = 0, int(self.shown.sum())
        for push in range(_PUSHES):
            left = self.cells[~self.shown]
            if not left.size or idle == patience:
                return
            costs = np.zeros(k)
            costs[left] = 1.0 if push % 2 else -1.0
            program.set_costs(np.concatenate([still + costs, still - costs]) if least else costs)
            answer = program.solve()
            if answer.kind != "optimal":
                return
            yield answer.x[:k] - answer.x[k:] if least else answer.x
            now = int(self.shown.sum())
            idle, before = (0, now) if now > before else (idle + 1, before)

    @cached_property
    def _least(self) -> Program:
        """The program in which each cell moves up by one column and down by another."""
        equations = self.component.equations
        return movements(sparse.csr_array(sparse.hstack([equations, -equations])))


def _needs(targets: Sequence[Target]) -> FloatArray:
    """Return how far up, down and both together targets must move, a row each."""
    return np.array([[t.up, t.down, t.width] for t in targets]).reshape(-1, 3).T


def shown_together(
    component: Component,
    hidden: BoolArray,
    targets: Sequence[Target],
    *,
    least: bool = True,
) -> set[Target]:
    """Return targets of which movements of whole people show the protection, perhaps not all.

    Parameters
    ----------
    component : Component
    hidden : ndarray of bool, shape (k,)
        Cells that may move.
    targets : sequence of Target
    least : bool
        Whether to try least movements for those that others do not show.
    """
    crowd = Crowd(component, targets)
    for sparing in (False, True) if least else (False,):
        for movement in crowd.push(hidden, least=sparing):
            crowd.see(whole_pieces(component, movement))
    return {target for target, shown in zip(targets, crowd.shown.tolist(), strict=True) if shown}


def insiders_left(
    component: Component, hidden: BoolArray, targets: Sequence[Target]
) -> dict[Target, IntArray]:
    """Return before whom each target was not shown to be protected: a cell of each person.

    A movement during which half of all who are alone in a cell hold still shows the protection
    before each of that half. Halves by each binary digit of a number of each person tell any two
    apart, and most targets move in spite of either half.

    Parameters
    ----------
    component : Component
    hidden : ndarray of bool, shape (k,)
    targets : sequence of Target
        What each cell needs before an insider, whoever that is.
    """
    alone = np.flatnonzero(component.alone & hidden)
    _, first, number = np.unique(component.persons[alone], return_index=True, return_inverse=True)
    cells = np.array([target.cell for target in targets], dtype=np.int64)
    left = component.persons[cells][:, None] != component.persons[alone[first]][None, :]
    halves = [
        (np.arange(first.size) >> digit) % 2 == half
        for digit in range(int(first.size).bit_length())
        for half in (0, 1)
    ]
    for still in (np.ones(first.size, dtype=np.bool_), *halves):
        held = np.zeros(hidden.size, dtype=np.bool_)
        held[alone[still[number]]] = True
        asked = np.flatnonzero(left[:, still].any(axis=1) & ~held[cells])
        among = [targets[i] for i in asked.tolist()]
        shown = shown_together(component, hidden & ~held, among, least=False)
        safe = [i for i in asked.tolist() if targets[i] in shown]
        left[np.ix_(safe, still)] = False
    return {
        target: alone[first[who]] for target, who in zip(targets, left, strict=True) if who.any()
    }


def own_piece(component: Component, movement: FloatArray, cell: int) -> FloatArray:
    """Return what of a movement a cell needs to move."""
    own = np.zeros(movement.size)
    moving = np.flatnonzero(np.abs(movement) > _MOVES)
    at = int(np.searchsorted(moving, cell))
    if at < moving.size and moving[at] == cell:
        parts = component.ties(moving)
        piece = moving[parts == parts[at]]
        own[piece] = movement[piece]
    return own


def is_whole(component: Component, movement: FloatArray) -> bool:
    """Whether a movement is one of whole people, the equations kept exactly."""
    rounded = np.rint(movement)
    whole = component.whole
    if np.abs(movement - rounded)[whole].max(initial=0.0) > _MOVES:
        return False
    if not whole.all():
        return True
    return not (component.equations @ rounded).any() and bool(
        (component.below + rounded >= 0).all()
    )


def whole_pieces(component: Component, movement: FloatArray) -> FloatArray:
    """Return what of a movement is pieces of whole people; nothing of the others moves."""
    whole = np.zeros(movement.size)
    for piece in pieces(component, movement):
        own = np.zeros(movement.size)
        own[piece] = movement[piece]
        if is_whole(component, own):
            whole += own
    return whole


def pieces(component: Component, movement: FloatArray) -> list[IntArray]:
    """Return the cells of each piece of a movement that no equation ties to the others."""
    moving = np.flatnonzero(np.abs(movement) > _MOVES)
    if not moving.size:
        return []
    own = component.ties(moving)
    order = np.argsort(own, kind="stable")
    return np.split(moving[order], np.flatnonzero(np.diff(own[order])) + 1)
