r"""What an attacker can bound each hidden cell by.

For each hidden cell the least and the greatest value in all tables that agree with what is
published and have no cell below its least value: linear programs. One solution tells something of
every cell, so that most need not be solved: a cell seen at its least can be no less, and programs
that push all cells whose bounds are not known yet at once come first (Gleixner et al. 2017). Of
people the bounds are whole: where the vertex found is not, an integer program follows.

References
----------
Gleixner, A. M., Berthold, T., Müller, B. and Weltge, S. (2017). Three enhancements for
optimization-based bound tightening. Journal of Global Optimization 67, 731-757.
"""

import math
from dataclasses import dataclass

import numpy as np

from analysis.arrays import BoolArray, FloatArray, IntArray
from analysis.disclosure.certificates import LARGE, whole_movement, whole_reach
from analysis.disclosure.components import Component, Target
from analysis.disclosure.crowds import is_whole, whole_pieces
from analysis.disclosure.programs import Program
from analysis.disclosure.progress import told

_EQUAL = 1e-6  # relative: bounds that differ by less are the same
_STEPS = 6  # equations, one after the other, that bounds are followed through
_PUSHES = 40  # programs that push many cells at once, before one for each cell


@dataclass(frozen=True, eq=False)
class Bounds:
    """Least and greatest value of each cell of a component, in all tables that may be.

    Attributes
    ----------
    lower, upper : ndarray, shape (k,)
        `inf` where nothing bounds a cell from above.
    """

    lower: FloatArray
    upper: FloatArray


class _Search:
    """Bounds seen so far, from within, and what may still lie beyond."""

    def __init__(self, component: Component) -> None:
        rows, k = component.equations.shape
        self.component = component
        self.low = component.values.copy()
        self.high = component.values.copy()
        self.least = component.values - component.below
        self.low_done = self.low <= self.least
        self.high_done = np.zeros(k, dtype=np.bool_)
        self.program = Program(
            component.equations,
            np.zeros(rows),
            np.zeros(rows),
            -component.below,
            np.full(k, np.inf),
            only_costs_change=True,
        )

    def see(self, movement: FloatArray) -> bool:
        """Take note of a table that may be, or of its whole pieces; tell whether all are."""
        component = self.component
        all_whole = not component.whole.any() or is_whole(component, movement)
        if not all_whole:
            movement = whole_pieces(component, movement)
        movement = np.where(component.whole, np.rint(movement), movement)
        seen = np.maximum(component.values + movement, self.least)
        self.low = np.minimum(self.low, seen)
        self.high = np.maximum(self.high, seen)
        self.low_done |= self.low <= self.least
        return all_whole

    def push(self, sign: float, most: FloatArray) -> None:
        """Push all cells that are not settled upwards (1) or downwards (-1), as one."""
        done = self.high_done if sign > 0 else self.low_done
        for _ in range(_PUSHES):
            left = ~done
            if sign > 0:
                left &= np.isfinite(most)
                done |= self.high >= most * (1 - _EQUAL)
                left &= ~done
            if not left.any():
                return
            before = (self.high if sign > 0 else self.low)[left].copy()
            self.program.set_costs(np.where(left, -sign, 0.0))
            answer = self.program.solve()
            if answer.kind != "optimal":
                return
            self.see(answer.x)
            after = (self.high if sign > 0 else self.low)[left]
            if (np.abs(after - before) > _EQUAL * np.maximum(before, 1.0)).sum() < 2:
                return

    def settle(self, cell: int, sign: float, most: float) -> None:
        """Find the bound of one cell, which moves no further than `most`."""
        component = self.component
        large = component.cells.size > LARGE and bool(component.whole[cell])
        if large and math.isfinite(most) and self._reaches(cell, sign * np.floor(most), far=False):
            return
        costs = np.zeros(component.cells.size)
        costs[cell] = -sign
        self.program.set_costs(costs)
        answer = self.program.solve()
        bounds = self.high if sign > 0 else self.low
        if answer.kind == "unbounded":
            self.high[cell] = math.inf
            return
        if self.see(answer.x):
            return
        if large and self._reaches(cell, sign * np.floor(sign * answer.x[cell] + _EQUAL), far=True):
            return  # as far as parts of people would get
        everything = np.ones(component.cells.size, dtype=np.bool_)
        free = Target(cell, math.inf, math.inf, math.inf)
        distance, movement = whole_reach(component, everything, free, sign)
        self.see(movement)
        bounds[cell] = component.values[cell] + sign * distance

    def _reaches(self, cell: int, distance: float, *, far: bool) -> bool:
        """Whether a movement of whole people takes the cell so far; if so, take note of it."""
        if distance == 0:
            return True
        movement = whole_movement(self.component, cell, distance, far=far)
        return movement is not None and self.see(movement)


def bounds_of(component: Component, wanted: BoolArray) -> Bounds:
    """Return what an attacker can bound the cells of a component by, all of which are hidden.

    Parameters
    ----------
    component : Component
    wanted : ndarray of bool, shape (k,)
        Cells whose bounds are asked for; those of the others are what happened to be seen.
    """
    search = _Search(component)
    search.low_done |= ~wanted
    search.high_done |= ~wanted
    most = component.values + room(component)[1]
    search.push(-1.0, most)
    search.push(1.0, most)
    for cell in told(np.flatnonzero(~search.low_done).tolist(), "least values found"):
        if search.low[cell] > search.least[cell]:
            search.settle(cell, -1.0, float(component.below[cell]))
    search.high_done |= search.high >= most * (1 - _EQUAL)
    for cell in told(np.flatnonzero(~search.high_done).tolist(), "greatest values found"):
        if search.high[cell] < most[cell] * (1 - _EQUAL) or not np.isfinite(most[cell]):
            search.settle(cell, 1.0, float(most[cell] - component.values[cell]))
    return Bounds(search.low, search.high)


def room(component: Component) -> tuple[FloatArray, FloatArray]:
    """Return how far each cell can move down and up at most, whatever else is hidden.

    What one equation after the other leaves a cell, its other cells being anywhere between their
    bounds: no attacker is left more than that, so that a cell with too little is not protected by
    any choice (bound propagation; Gleixner et al. 2017, section 2).
    """
    equations = component.equations.tocoo()
    row, column = equations.coords
    rows = equations.shape[0]
    up = np.full(component.cells.size, np.inf)
    down = component.below.copy()
    positive = equations.data > 0
    for _ in range(_STEPS):
        # One sign of an equation moves up by no more than the other, and it downwards, allow.
        rise = np.where(positive, up[column], down[column])
        fall = np.where(positive, down[column], up[column])
        most_up = _others(row, fall, rows)  # what lets a cell of sign + rise, of sign - fall
        most_down = _others(row, rise, rows)
        before = up.copy(), down.copy()
        np.minimum.at(up, column, np.where(positive, most_up, most_down))
        np.minimum.at(down, column, np.where(positive, most_down, most_up))
        if np.array_equal(before[0], up) and np.array_equal(before[1], down):
            break
    return down, up


def _others(row: IntArray, value: FloatArray, rows: int) -> FloatArray:
    """Return for each entry the sum of the others of its row; `inf` if one of them is."""
    infinite = np.isinf(value)
    finite = np.where(infinite, 0.0, value)
    number = np.bincount(row, infinite, rows)[row] - infinite
    return np.where(number > 0, np.inf, np.bincount(row, finite, rows)[row] - finite)
