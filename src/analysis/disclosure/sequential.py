r"""A good choice of hidden cells for large tables: one sensitive cell after the other.

For each sensitive cell in turn a linear program moves it as far as it must, at least cost of all
that moves with it,

.. math:: \min \sum_i c_i |d_i|, \qquad A d = 0, \quad d_i \ge l_i - a_i, \quad d_p = L

and hides what moves (Kelly, Golden and Assad 1992; Robertson 1993); what is hidden already costs
nothing more. In a component of more than 2,000 cells only those within two equations of the
sensitive cell move, or, where that cannot be, within three, or any. Afterwards hidden cells are
published again, the dearest first, wherever all stay protected; not in a part of more than 1,000
sensitive cells, of which hardly anything is published. There is no bound on how much dearer this is
than the optimum; `benchmarks` measure it.

References
----------
Kelly, J. P., Golden, B. L. and Assad, A. A. (1992). Cell suppression: disclosure protection for
sensitive tabular data. Networks 22, 397-417.

Robertson, D. A. (1993). Cell suppression at Statistics Canada. Proceedings of the Annual Research
Conference, US Bureau of the Census, 107-131.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from analysis.arrays import BoolArray, FloatArray, IntArray
from analysis.disclosure.attacks import Attack
from analysis.disclosure.certificates import gaps
from analysis.disclosure.components import (
    ANYBODY,
    OUTSIDER,
    Component,
    Target,
    components_of,
)
from analysis.disclosure.crowds import Crowd
from analysis.disclosure.progress import told
from analysis.disclosure.routes import MOVES, Router
from analysis.disclosure.rules import Singletons

_REPAIRS = 20
_WEIGHED = 1_000  # sensitive cells of a part up to which it is asked what can be published again
_AGAIN = 5  # sensitive cells after which all others are pushed again
_LARGE = 2_000  # cells of a component from which on movements stay near,
_NEAR = (2, 3)  # within so many equations, if they can


class _Choice:
    """Hidden cells of a component, more with every target."""

    def __init__(self, component: Component) -> None:
        self.component = component
        self.hidden = ~component.open
        self._whole = Router(component)
        self._crowd = Crowd(component, component.outsiders)
        self._routed = _AGAIN

    def protect(self, target: Target) -> None:
        """Hide what it takes to protect one target; nothing where movements so far show it."""
        if target.knows == OUTSIDER:
            if self._routed >= _AGAIN:
                self._routed = 0
                for movement in self._crowd.push(self.hidden, patience=2):
                    self._crowd.see(movement)
            if self._crowd.shows(target):
                return
        self._routed += 1
        if target.width > 0:
            self._protect_width(target)
        for distance in (target.up, -target.down):
            if distance:
                found = self._route(target, distance, self.hidden)
                if found is not None:
                    self.hidden |= np.abs(found[1]) > MOVES

    def _protect_width(self, target: Target) -> None:
        """Hide the cheapest of three: all of the width one way, or as far down as it goes first."""
        down = min(float(self.component.below[target.cell]), target.width)
        best = None
        for distances in ((target.width,), (-down, target.width - down)):
            if best is not None and best[0] == 0:
                break
            plan, cost = self.hidden.copy(), 0.0
            for distance in distances:
                found = self._route(target, distance, plan) if distance else (0.0, np.zeros(1))
                if found is None:
                    break
                cost += found[0]
                plan |= np.abs(found[1]) > MOVES
            else:
                if best is None or cost < best[0]:
                    best = (cost, plan)
        if best is not None:
            self.hidden = best[1]

    def _route(
        self, target: Target, distance: float, hidden: BoolArray
    ) -> tuple[float, FloatArray] | None:
        """Move the target among the cells near it, or, where that cannot be, among all."""
        component = self.component
        for steps in _NEAR if component.cells.size > _LARGE else ():
            near = component.around(target.cell, steps)
            if target.knows < 0 or np.isin(target.knows, near):
                knows = target.knows if target.knows < 0 else np.searchsorted(near, target.knows)
                cell = int(np.searchsorted(near, target.cell))
                own = replace(target, cell=cell, knows=int(knows))
                found = Router(component.restricted(near)).route(own, distance, hidden[near])
                if found is not None:
                    movement = np.zeros(hidden.size)
                    movement[near] = found[1]
                    return found[0], movement
        return self._whole.route(target, distance, hidden)

    def hide_beside(self, target: Target) -> None:
        """Hide the cheapest cell of the target's equations: whole people need more room."""
        rows = self.component.equations[:, [target.cell]].tocoo().coords[0]
        beside = np.unique(self.component.equations[rows].indices)
        beside = beside[~self.hidden[beside]]
        if beside.size:
            self.hidden[beside[np.argmin(self.component.costs[beside])]] = True


def hide_in_turn(
    component: Component, singletons: Singletons
) -> tuple[BoolArray, tuple[Target, ...]]:
    """Return hidden cells under which every sensitive cell is protected that can be.

    What was published before is hardly worth hiding: it is kept out of play at first, which leaves
    many small parts, and hidden only for those cells that are not protected without.

    Parameters
    ----------
    component : Component
    singletons : {"no_exact_value", "full_protection", "not_considered"}

    Returns
    -------
    ndarray of bool, shape (k,)
    tuple of Target
        What is not protected even if all is hidden, as it then is.
    """
    choice = _Choice(component)
    targets = component.outsiders
    if component.seen.any():
        for part, cells in told(_parts(component, ~component.seen), "parts protected"):
            own = _Choice(part)
            if not _protect_all(own, part.outsiders, singletons):
                _publish_again(own, own.hidden & part.open, singletons)
            choice.hidden[cells] = own.hidden
        targets = ()  # those that this left
    settled = choice.hidden.copy()
    left = _protect_all(choice, targets, singletons)
    if left:
        choice.hidden[:] = True  # if that does not help, nothing does
        hopeless = tuple(
            gap.target for gap in gaps(Attack(component), choice.hidden, singletons, left)
        )
        if hopeless:
            return choice.hidden, hopeless
    _publish_again(choice, choice.hidden & ~settled, singletons)
    return choice.hidden, ()


def _protect_all(
    choice: _Choice, targets: Sequence[Target], singletons: Singletons
) -> tuple[Target, ...]:
    """Hide what it takes to protect the targets, then all others; return which are not."""
    values = choice.component.values
    ordered = sorted(targets, key=lambda t: (-t.most, -values[t.cell], t.cell))
    for target in told(ordered, "sensitive cells protected"):
        choice.protect(target)
    left = choice.component.outsiders
    for _ in range(_REPAIRS):
        left = _unprotected(choice, left, singletons)
        before = choice.hidden.sum()
        for target in dict.fromkeys(_from_all(target) for target in left):
            choice.protect(target)
        if before == choice.hidden.sum():
            for target in left:
                choice.protect(target)
        if before == choice.hidden.sum():
            for target in left:
                choice.hide_beside(target)
        if before == choice.hidden.sum():
            break
    cells = {target.cell for target in left}
    return tuple(target for target in choice.component.outsiders if target.cell in cells)


def _from_all(target: Target) -> Target:
    """Return a target before an insider as one before all of them, so that one movement does."""
    return target if target.knows == OUTSIDER else replace(target, knows=ANYBODY)


def _parts(component: Component, hidden: BoolArray) -> list[tuple[Component, IntArray]]:
    """Return what hidden cells fall into, and which cells of the component each part has."""
    may = np.zeros(component.system.values.size, dtype=np.bool_)
    may[component.cells[hidden]] = True
    return [
        (part, np.searchsorted(component.cells, part.cells))
        for part in components_of(component.system, may)
    ]


def _unprotected(
    choice: _Choice, targets: Sequence[Target], singletons: Singletons
) -> tuple[Target, ...]:
    """Return which of the cells that the targets ask for are not protected, and before whom.

    The more is hidden, the more is protected: what was once, is looked at no more.
    """
    among = {target.cell for target in targets}
    found = []
    for part, cells in _parts(choice.component, choice.hidden):
        everything = np.ones(part.cells.size, dtype=np.bool_)
        asked = tuple(target for target in part.outsiders if int(cells[target.cell]) in among)
        for gap in gaps(Attack(part), everything, singletons, asked):
            own = gap.target
            knows = own.knows if own.knows < 0 else int(cells[own.knows])
            found.append(replace(own, cell=int(cells[own.cell]), knows=knows))
    return tuple(found)


def _publish_again(choice: _Choice, candidates: BoolArray, singletons: Singletons) -> None:
    """Publish again which of the candidates can be, the dearest first."""
    for part, cells in _parts(choice.component, choice.hidden):
        own = np.flatnonzero(candidates[cells])
        if own.size and len(part.outsiders) <= _WEIGHED:
            order = own[np.argsort(-part.costs[own], kind="stable")]
            choice.hidden[cells] = _without(part, order, singletons)


def _without(component: Component, order: IntArray, singletons: Singletons) -> BoolArray:
    """Return what must stay hidden of a part, the cells given in order."""
    hidden = np.ones(component.cells.size, dtype=np.bool_)
    attack = Attack(component)
    targets = {target.cell: target for target in component.outsiders}
    if next(gaps(attack, hidden, singletons, component.outsiders, singly=True), None) is not None:
        return hidden  # something cannot be protected; the audit will say so
    for cell in told(order.tolist(), "hidden cells weighed"):
        hidden[cell] = False
        touched = tuple(targets[user] for user in sorted(attack.users.get(cell, ())))
        if next(gaps(attack, hidden, singletons, touched, singly=True), None) is not None:
            hidden[cell] = True
    return hidden
