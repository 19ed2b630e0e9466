"""Many sensitive cells at once: one movement shows the protection of all it moves far enough.

In a table in which hardly a cell is large, programs for each cell alone are thousands, and most
find much the same movement. A crowd pushes all whose protection is not shown yet, each to what it
needs and no further, so that what is left of the others' room goes to those behind (see `bounds`,
which does the same for the bounds of cells). A movement falls into pieces that no equation ties
together: each is a movement by itself, whole if its own cells are, and touches nobody in the
others.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from analysis.arrays import BoolArray, FloatArray, IntArray
from analysis.disclosure.components import Component, Target
from analysis.disclosure.programs import Program

_MOVES = 1e-6  # less is the solver's rounding, of nothing and of whole numbers
_ENOUGH = 1 - 1e-6  # of what is needed
_PUSHES = 60  # programs at most
_IDLE = 4  # programs in a row, both ways, that show nothing new: the others are looked at singly


class Crowd:
    """Targets of one component, and how far each was seen to move.

    Parameters
    ----------
    component : Component
    targets : sequence of Target
    """

    def __init__(self, component: Component, targets: Sequence[Target]) -> None:
        rows, k = component.equations.shape
        self.component = component
        self.targets = targets
        self.cells = np.array([target.cell for target in targets], dtype=np.int64)
        self.up, self.down = np.zeros(k), np.zeros(k)
        self._needs = np.array([[t.up, t.down, t.width] for t in targets]).reshape(-1, 3).T
        self._most = np.full(k, np.inf)
        self._most[self.cells] = self._needs.max(axis=0)
        nothing = np.zeros(rows)
        self._program = Program(
            component.equations,
            nothing,
            nothing,
            np.zeros(k),
            np.zeros(k),
            only_costs_change=True,
        )

    @property
    def shown(self) -> BoolArray:
        """Targets that were seen to move as far as they must."""
        up, down = self.up[self.cells], self.down[self.cells]
        need_up, need_down, width = self._needs * _ENOUGH
        return np.asarray((up >= need_up) & (down >= need_down) & (up + down >= width))

    def shows(self, target: Target) -> bool:
        """Whether the cell was seen to move as far as the target asks."""
        up, down = self.up[target.cell], self.down[target.cell]
        return bool(
            up >= target.up * _ENOUGH
            and down >= target.down * _ENOUGH
            and up + down >= target.width * _ENOUGH
        )

    def see(self, movement: FloatArray) -> None:
        """Take note of a movement."""
        np.maximum(self.up, movement, out=self.up)
        np.maximum(self.down, -movement, out=self.down)

    def push(self, hidden: BoolArray, *, patience: int = _IDLE) -> Iterator[FloatArray]:
        """Yield movements of hidden cells that push the targets that are not shown, as one.

        It ends when the last few (`patience`) showed nothing new. Who takes a movement lets the
        crowd `see` of it what counts, before the next.
        """
        lower = np.where(hidden, -self.component.values, 0.0)
        self._program.set_bounds(lower, np.where(hidden, self._most, 0.0))
        idle, before = 0, int(self.shown.sum())
        for push in range(_PUSHES):
            left = self.cells[~self.shown]
            if not left.size or idle == patience:
                return
            costs = np.zeros(hidden.size)
            costs[left] = 1.0 if push % 2 else -1.0
            self._program.set_costs(costs)
            answer = self._program.solve()
            if answer.kind != "optimal":
                return
            yield answer.x
            now = int(self.shown.sum())
            idle, before = (0, now) if now > before else (idle + 1, before)


def shown_together(
    component: Component, hidden: BoolArray, targets: Sequence[Target]
) -> set[Target]:
    """Return targets of which movements of whole people show the protection, perhaps not all.

    Parameters
    ----------
    component : Component
    hidden : ndarray of bool, shape (k,)
        Cells that may move.
    targets : sequence of Target
    """
    crowd = Crowd(component, targets)
    for movement in crowd.push(hidden):
        whole = np.zeros(movement.size)
        for piece in pieces(component, movement):
            own = np.zeros(movement.size)
            own[piece] = movement[piece]
            if is_whole(component, own):
                whole += own
        crowd.see(whole)
    return {target for target, shown in zip(targets, crowd.shown.tolist(), strict=True) if shown}


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
        (component.values + rounded >= 0).all()
    )


def pieces(component: Component, movement: FloatArray) -> list[IntArray]:
    """Return the cells of each piece of a movement that no equation ties to the others."""
    moving = np.flatnonzero(np.abs(movement) > _MOVES)
    if not moving.size:
        return []
    own = component.ties(moving)
    order = np.argsort(own, kind="stable")
    return np.split(moving[order], np.flatnonzero(np.diff(own[order])) + 1)
