r"""How far an attacker can move a cell without contradicting what is published.

With hidden cells `S`, all published values known and none negative, an attacker's largest value of
cell `p` is :math:`a_p + \max d_p` over movements `d` with

.. math:: A d = 0, \qquad d_i \ge l_i - a_i \ (i \in S), \qquad d_i = 0 \ (i \notin S)

and the least likewise (Fischetti and Salazar 2001, section 2). The least value `l` of a hidden cell
is 0, and 1 where empty cells are never hidden: that they are published is a rule that readers know.
There is no upper bound beyond what the equations imply: nothing else is assumed of the attacker.
Any multipliers `u` of the equations bound the movement, :math:`d_p = \sum_i r_i d_i` with
:math:`r = e_p - A'u`, so that for every set `S`, with :math:`y_i = 1` for hidden cells, protection
by `L` needs

.. math:: \sum_i c_i y_i \ge L, \qquad
    c_i = L \text{ where } r_i > 0, \quad \min(L, -r_i (a_i - l_i)) \text{ where } r_i < 0

(their capacity constraint, section 4, its coefficients lowered to `L`, which is valid as `y` is
whole). To find multipliers that cut, movements are held to `L` at first; what then cannot be told
is tried with free movements.

References
----------
Fischetti, M. and Salazar, J. J. (2001). Solving the cell suppression problem on tabular data with
linear constraints. Management Science 47, 1008-1027.
"""

import math
from dataclasses import dataclass

import numpy as np

from analysis.arrays import BoolArray, FloatArray, IntArray
from analysis.disclosure.components import Component, Target
from analysis.disclosure.programs import movements

_NOTHING = 1e-9  # a multiplier that is the rounding of zero
_SHORT = 1e-6  # relative to the protection: less is reached


@dataclass(frozen=True, eq=False)
class Reach:
    """How far the attacker gets in one direction.

    Attributes
    ----------
    distance : float
        Greatest movement, or what it was held to.
    movement : ndarray, shape (k,)
        A movement that gets there.
    coefficients : ndarray, shape (k,)
        Those of the constraint above, `inf` where `r` is positive.
    multipliers : ndarray, shape (m,)
        `u` above.
    """

    distance: float
    movement: FloatArray
    coefficients: FloatArray
    multipliers: FloatArray


class Attack:
    """The attackers of one component, under one choice of hidden cells after the other."""

    def __init__(self, component: Component) -> None:
        self.component = component
        k = component.equations.shape[1]
        self._below = component.below
        self._transposed = component.equations.T.tocsr()
        self._program = movements(component.equations)
        self._hidden = np.zeros(k)
        self._lower, self._upper = np.zeros(k), np.zeros(k)
        self._support: dict[Target, IntArray] = {}
        self.users: dict[int, set[int]] = {}

    def remember(self, target: Target, support: IntArray) -> None:
        """Keep which cells' movements show a protection: they do while these are hidden."""
        self._support[target] = support
        for cell in support.tolist():
            self.users.setdefault(cell, set()).add(target.cell)

    def remembered(self, target: Target, hidden: BoolArray) -> IntArray | None:
        """Return the cells whose movements were found before, and still show the protection."""
        support = self._support.get(target)
        return support if support is not None and hidden[support].all() else None

    def hide(self, hidden: FloatArray | BoolArray) -> None:
        """Choose the hidden cells; a share of one moves by that share of its bounds."""
        self._hidden = np.asarray(hidden, dtype=np.float64)

    def reach(self, target: Target, sign: float, *, held_to: float = math.inf) -> Reach:
        """Return how far the attacker can move the target up (sign 1) or down (sign -1).

        The target itself is held to what it needs.
        """
        cell, hidden = target.cell, self._hidden
        with np.errstate(invalid="ignore"):
            upper = np.where(hidden > 0, held_to * hidden, 0.0)
            lower = -np.minimum(self._below, held_to) * hidden
        known = self.component.known_to(target)
        lower[known] = upper[known] = 0.0
        upper[cell] = target.most
        lower[cell] = -min(self._below[cell], target.most)
        self._program.set_bounds(lower, upper)
        self._lower, self._upper = lower, upper
        costs = np.zeros(hidden.size)
        costs[cell] = -sign
        self._program.set_costs(costs)
        answer = self._program.solve()
        rest = -costs + self._transposed @ answer.prices
        rest[np.abs(rest) < _NOTHING] = 0.0
        coefficients = np.where(rest > 0, math.inf, -rest * self._below)
        coefficients[cell] = 0.0  # what it reaches is what is asked
        coefficients[known] = 0.0
        return Reach(sign * float(answer.x[cell]), answer.x, coefficients, answer.prices)

    def _allows(self, movement: FloatArray) -> bool:
        """Whether a movement keeps the bounds of the last one; it keeps the equations."""
        return bool(((movement >= self._lower) & (movement <= self._upper)).all())

    def shortfalls(
        self, target: Target, *, held: bool
    ) -> tuple[list[tuple[FloatArray, float]], list[FloatArray]]:
        """Return the constraints that the hidden cells break, and movements that keep the others.

        Parameters
        ----------
        target : Target
        held : bool
            Whether movements are held to what the target needs.

        Returns
        -------
        list of (ndarray, float)
            Coefficients and right side of each constraint; none if the target is protected.
        list of ndarray
            Movements that show the protection.
        """
        held_to = target.most if held else math.inf
        needs = [(sign, need) for sign, need in ((1.0, target.up), (-1.0, target.down)) if need > 0]
        cuts: list[tuple[FloatArray, float]] = []
        shown: list[FloatArray] = []
        for sign, need in needs:
            if shown and not cuts and self._allows(back := -shown[0] * (need / needs[0][1])):
                shown.append(back)  # the way up, backwards
                continue
            found = self.reach(target, sign, held_to=held_to)
            shown.append(found.movement)
            if found.distance < need * (1 - _SHORT):
                cuts.append((np.minimum(found.coefficients, need), need))
        if target.width > 0:
            up = self.reach(target, 1.0, held_to=held_to)
            shown.append(up.movement)
            if up.distance < target.width * (1 - _SHORT):
                down = self.reach(target, -1.0, held_to=held_to)
                shown.append(down.movement)
                if up.distance + down.distance < target.width * (1 - _SHORT):
                    both = up.coefficients + down.coefficients
                    cuts.append((np.minimum(both, target.width), target.width))
        return cuts, shown
