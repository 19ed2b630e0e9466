"""Does every sensitive cell stand every attack? With proof in whole people where people count.

A movement that the equations allow is a proof that the attacker cannot tell two tables apart. Where
it is whole, it is one in people too, exactly; where the linear program's is not, an integer program
finds how far the attacker gets who knows that people are whole.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from analysis.arrays import BoolArray, FloatArray, IntArray
from analysis.disclosure.attacks import Attack
from analysis.disclosure.components import ANYBODY, OUTSIDER, Component, Target
from analysis.disclosure.crowds import insiders_left, is_whole, own_piece, shown_together
from analysis.disclosure.programs import Program
from analysis.disclosure.progress import told
from analysis.disclosure.routes import Router
from analysis.disclosure.rules import Singletons

_MANY = 20  # sensitive cells from which on one movement is looked for that shows many
NEAR = (2, 3)  # equations within which least movements are looked for
LARGE = 1_000  # cells of a component from which on these are looked for first
_NOBODY = np.zeros(0, dtype=np.int64)
_FEW = 60  # cells of a movement from which on one of fewer is looked for


@dataclass(frozen=True, eq=False)
class Gap:
    """A sensitive cell that is not protected, and what protection would need.

    Attributes
    ----------
    target : Target
    cuts : list of (ndarray, float)
        Constraints on the hidden cells that are broken; see `attacks`.
    """

    target: Target
    cuts: list[tuple[FloatArray, float]]


def gaps(
    attack: Attack,
    hidden: BoolArray,
    singletons: Singletons,
    targets: tuple[Target, ...],
    *,
    singly: bool = False,
) -> Iterator[Gap]:
    """Yield what is not protected: first from outsiders, then from who is alone in a cell.

    Parameters
    ----------
    attack : Attack
    hidden : ndarray of bool, shape (k,)
        Cells of the component that are hidden.
    singletons : {"no_exact_value", "full_protection", "not_considered"}
    targets : tuple of Target
        Sensitive cells to look at.
    singly : bool
        Whether to find a movement for each, of few cells, that the attack remembers for other
        choices of hidden cells; else one that shows many is enough.
    """
    component = attack.component
    full = singletons == "full_protection"
    inside = singletons != "not_considered"
    shown: set[Target] = set()
    left: dict[Target, IntArray] = {}
    if not singly and len(targets) >= _MANY:
        shown = shown_together(component, hidden, targets)
        if inside:
            asked = [component.before(t, OUTSIDER, full) for t in targets if t in shown]
            left = insiders_left(component, hidden, asked)
    for target in told(targets, "sensitive cells attacked"):
        attack.hide(hidden)
        if target in shown:
            who = left.get(component.before(target, OUTSIDER, full), _NOBODY)
            yield from _gaps_before(attack, hidden, target, who, full)
            continue
        gap, moved = _gap(attack, hidden, target)
        if gap is not None:
            yield gap
            continue
        who = _insiders(component, target, moved) if inside else _NOBODY
        # Whom all together could not find it out, none can alone.
        all_together = component.before(target, ANYBODY, full)
        if who.size and _gap(attack, hidden, all_together)[0] is not None:
            yield from _gaps_before(attack, hidden, target, who, full)


def _gaps_before(
    attack: Attack, hidden: BoolArray, target: Target, who: IntArray, full: bool
) -> Iterator[Gap]:
    """Yield before whom, of those alone in some cells, a target is not protected."""
    component = attack.component
    persons = component.persons
    if who.size > 1 and component.cells.size > LARGE:
        outside = component.before(target, OUTSIDER, full)
        if own := _least_movements(component, hidden, outside, far=True):
            who = who[np.isin(persons[who], persons[np.any(own, axis=0)])]
    while who.size:
        gap, moved = _gap(attack, hidden, component.before(target, int(who[0]), full))
        who = who[1:]
        if gap is not None:
            yield gap
        else:  # whom the movement does not touch finds nothing out either
            who = who[np.isin(persons[who], persons[moved])]


def _insiders(component: Component, target: Target, moved: IntArray) -> IntArray:
    """Return a cell of each other person who is alone in a cell that moves."""
    cells = moved[component.alone[moved]]
    cells = cells[component.persons[cells] != component.persons[target.cell]]
    first = np.unique(component.persons[cells], return_index=True)[1]
    return np.asarray(cells[first])


def _gap(attack: Attack, hidden: BoolArray, target: Target) -> tuple[Gap | None, IntArray]:
    """Return what is not protected, or which cells move where it is."""
    known = attack.remembered(target, hidden)
    if known is not None:
        return None, known
    component = attack.component
    large = component.cells.size > LARGE and bool(component.whole[target.cell])
    if large and (own := _least_movements(component, hidden, target)):
        return None, _remembered(attack, target, own)
    cuts, shown = attack.shortfalls(target, held=True)
    if cuts:
        cuts, shown = attack.shortfalls(target, held=False)
    if cuts:
        return Gap(target, cuts), _NOBODY
    own = [own_piece(component, movement, target.cell) for movement in shown]
    if component.whole[target.cell]:
        whole = all(is_whole(component, piece) for piece in own)
        if not whole or np.any(own, axis=0).sum() > _FEW:
            least = _least_movements(component, hidden, target, far=not whole)
            own = least or (own if whole else [])
        own = own or _whole_movements(component, hidden, target)
    if not own:
        others = (~hidden).astype(np.float64)  # whatever else is hidden, it takes one cell more
        return Gap(target, [(others, 1.0)]), _NOBODY
    return None, _remembered(attack, target, own)


def _remembered(attack: Attack, target: Target, movements: list[FloatArray]) -> IntArray:
    moved = np.flatnonzero(np.any(movements, axis=0))
    attack.remember(target, moved)
    return moved


def _least_movements(
    component: Component, hidden: BoolArray, target: Target, *, far: bool = False
) -> list[FloatArray]:
    """Return movements as `_whole_movements`, of few cells and near the target, if it finds any.

    Least movements are whole more often than not, and touch few who are alone in a cell.
    """
    down = min(float(component.below[target.cell]), target.width)
    for steps in (*NEAR, None) if far else NEAR:
        mover = _Mover(component, hidden, target, steps)
        for distances in ((target.width,), (-down, target.width - down)):
            asked = [distance for distance in distances if distance]
            found = [mover.moved(distance) for distance in asked]
            kept = [movement for movement in found if movement is not None]
            if len(kept) == len(asked):
                return kept
    return []


class _Mover:
    """Least movements of one cell among hidden ones within so many equations, or (None) all."""

    def __init__(
        self, component: Component, hidden: BoolArray, target: Target, steps: int | None
    ) -> None:
        free = hidden.copy()
        free[component.known_to(target)] = False
        near = np.arange(hidden.size) if steps is None else component.around(target.cell, steps)
        self._size = hidden.size
        self._near = near[free[near]]
        self._part = component.restricted(self._near)
        self._router = Router(self._part)
        self._own = Target(int(np.searchsorted(self._near, target.cell)), 0.0, 0.0, target.width)

    def moved(self, distance: float) -> FloatArray | None:
        """Return a movement of whole people by so much, if it finds one."""
        everything = np.ones(self._near.size, dtype=np.bool_)
        route = self._router.route(self._own, distance, everything)
        if route is None or not is_whole(self._part, route[1]):
            return None
        movement = np.zeros(self._size)
        movement[self._near] = route[1]
        return movement


def whole_movement(
    component: Component, cell: int, distance: float, *, far: bool
) -> FloatArray | None:
    """Return a movement of whole people that moves a cell so far; None if it finds none."""
    everything = np.ones(component.cells.size, dtype=np.bool_)
    target = Target(cell, 0.0, 0.0, abs(distance))
    for steps in (*NEAR, None) if far else NEAR:
        movement = _Mover(component, everything, target, steps).moved(distance)
        if movement is not None:
            return movement
    return None


def _whole_movements(component: Component, hidden: BoolArray, target: Target) -> list[FloatArray]:
    """Return movements of whole people that show a protection; none if there are none."""
    found: list[FloatArray] = []
    moved = 0.0
    for sign in (1.0, -1.0):
        distance, movement = whole_reach(component, hidden, target, sign)
        moved += distance
        found.append(own_piece(component, movement, target.cell))
        if moved >= target.width:
            return found
    return []


def whole_reach(
    component: Component, hidden: BoolArray, target: Target, sign: float
) -> tuple[float, FloatArray]:
    """Return how far an attacker who knows that people are whole can move the target."""
    cells = np.flatnonzero(hidden)  # what is published does not move, and only costs time
    part = component.restricted(cells)
    upper = np.full(cells.size, np.inf)
    lower = -part.below
    fixed = np.isin(cells, component.known_to(target))
    lower[fixed] = upper[fixed] = 0.0
    own = int(np.searchsorted(cells, target.cell))
    upper[own] = target.most
    lower[own] = max(lower[own], -target.most)
    costs = np.zeros(cells.size)
    costs[own] = -sign
    still = np.zeros(part.equations.shape[0])
    program = Program(part.equations, still, still, lower, upper, costs)
    program.make_whole(part.whole)
    answer = program.solve()
    movement = np.zeros(hidden.size)
    if answer.kind != "optimal":  # too hard to tell: nothing is claimed
        return 0.0, movement
    movement[cells] = answer.x
    return sign * float(np.rint(answer.x[own])), movement
