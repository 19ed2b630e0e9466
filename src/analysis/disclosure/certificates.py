"""Does every sensitive cell stand every attack? With proof in whole people where people count.

A movement that the equations allow is a proof that the attacker cannot tell two tables apart. Where
it is whole, it is one in people too, exactly; where the linear program's is not, an integer program
finds how far the attacker gets who knows that people are whole.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from analysis.arrays import BoolArray, FloatArray
from analysis.disclosure.attacks import Attack
from analysis.disclosure.components import ANYBODY, Component, Target
from analysis.disclosure.programs import Program
from analysis.disclosure.progress import told
from analysis.disclosure.rules import Singletons

_WHOLE = 1e-6  # distance from a whole number that is the solver's rounding
_NEAR = 4  # equations within which whole movements are looked for first


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
    attack: Attack, hidden: BoolArray, singletons: Singletons, targets: tuple[Target, ...]
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
    """
    component = attack.component
    alone = component.alone & hidden
    for target in told(targets, "sensitive cells attacked"):
        attack.hide(hidden)
        gap, shown = _gap(attack, hidden, target)
        if gap is not None:
            yield gap
            continue
        if singletons == "not_considered":
            continue
        full = singletons == "full_protection"
        touched = np.any([np.abs(movement) > _WHOLE for movement in shown], axis=0)
        others = component.persons != component.persons[target.cell]
        cells = np.flatnonzero(alone & touched & others)
        insiders = cells[np.unique(component.persons[cells], return_index=True)[1]].tolist()
        if not insiders or _gap(attack, hidden, component.before(target, ANYBODY, full))[0] is None:
            continue  # whom all together could not find it out, none can alone
        for knows in insiders:
            gap, _ = _gap(attack, hidden, component.before(target, knows, full))
            if gap is not None:
                yield gap


def _gap(attack: Attack, hidden: BoolArray, target: Target) -> tuple[Gap | None, list[FloatArray]]:
    known = attack.remembered(target, hidden)
    if known is not None:
        return None, known
    cuts, shown = attack.shortfalls(target, held=True)
    if cuts:
        cuts, shown = attack.shortfalls(target, held=False)
    if cuts:
        return Gap(target, cuts), shown
    component = attack.component
    if not component.whole[target.cell] or all(is_whole(component, d) for d in shown):
        attack.remember(target, shown)
        return None, shown
    near = np.zeros(hidden.size, dtype=np.bool_)
    near[component.around(target.cell, _NEAR)] = True
    for some in (hidden & near, hidden):  # what is shown by a few cells is shown
        ends = [whole_reach(component, some, target, sign) for sign in (1.0, -1.0)]
        shown = [movement for _, movement in ends]
        if sum(distance for distance, _ in ends) >= target.width:
            attack.remember(target, shown)
            return None, shown
    others = (~hidden).astype(np.float64)  # whatever else is hidden, it takes one cell more
    return Gap(target, [(others, 1.0)]), shown


def is_whole(component: Component, movement: FloatArray) -> bool:
    """Whether a movement is one of whole people, the equations kept exactly."""
    rounded = np.rint(movement)
    whole = component.whole
    if np.abs(movement - rounded)[whole].max(initial=0.0) > _WHOLE:
        return False
    if not whole.all():
        return True
    return not (component.equations @ rounded).any() and bool(
        (component.values + rounded >= 0).all()
    )


def whole_reach(
    component: Component, hidden: BoolArray, target: Target, sign: float
) -> tuple[float, FloatArray]:
    """Return how far an attacker who knows that people are whole can move the target."""
    cells = np.flatnonzero(hidden)  # what is published does not move, and only costs time
    part = component.restricted(cells)
    upper = np.full(cells.size, np.inf)
    lower = -part.values
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
