"""The way by which one cell moves at least cost of all that moves with it; see `sequential`."""

import numpy as np
from scipy import sparse

from analysis.arrays import BoolArray, FloatArray
from analysis.disclosure.components import Component, Target
from analysis.disclosure.programs import Program

MOVES = 1e-7
_ALMOST_FREE = 1e-6  # of the mean cost: what is hidden already moves no more than it must


class Router:
    """The linear program that moves one cell at least cost."""

    def __init__(self, component: Component) -> None:
        self.component = component
        equations = component.equations
        rows, k = equations.shape
        both = sparse.csr_array(sparse.hstack([equations, -equations]))
        self._lower = np.zeros(2 * k)
        self._upper = np.concatenate([np.full(k, np.inf), component.below])
        self._program = Program(both, np.zeros(rows), np.zeros(rows), self._lower, self._upper)
        self._small = _ALMOST_FREE * max(float(component.costs.mean()), 1.0)

    def route(
        self, target: Target, distance: float, hidden: BoolArray
    ) -> tuple[float, FloatArray] | None:
        """Return the cost of moving the target so far, and the movement; None if it cannot be."""
        k = hidden.size
        cost = np.where(hidden, 0.0, self.component.costs) + self._small
        self._program.set_costs(np.concatenate([cost, cost]))
        known = self.component.known_to(target).tolist()
        held = [cell + side for cell in (target.cell, *known) for side in (0, k)]
        for column in held:
            self._program.set_bound(column, 0.0, 0.0)
        column = target.cell if distance > 0 else target.cell + k
        self._program.set_bound(column, abs(distance), abs(distance))
        answer = self._program.solve()
        for column in held:
            self._program.set_bound(column, 0.0, float(self._upper[column]))
        if answer.kind != "optimal":
            return None
        movement = answer.x[:k] - answer.x[k:]
        new = (np.abs(movement) > MOVES) & ~hidden
        return float(self.component.costs[new].sum()), movement
