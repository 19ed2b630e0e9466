r"""A good choice of hidden cells for large tables: one sensitive cell after the other.

For each sensitive cell in turn a linear program moves it as far as it must, at least cost of all
that moves with it,

.. math:: \min \sum_i c_i |d_i|, \qquad A d = 0, \quad d_i \ge -a_i, \quad d_p = L

and hides what moves (Kelly, Golden and Assad 1992; Robertson 1993); what is hidden already costs
nothing more. In a component of more than 2,000 cells only those within two equations of the
sensitive cell move, unless that cannot be. Afterwards hidden cells are published again, the dearest
first, wherever all stay protected. There is no bound on how much dearer this is than the optimum;
`benchmarks` measure it.

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
from scipy import sparse

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
from analysis.disclosure.programs import Program
from analysis.disclosure.progress import told
from analysis.disclosure.rules import Singletons

_MOVES = 1e-7
_ALMOST_FREE = 1e-6  # of the mean cost: what is hidden already moves no more than it must
_REPAIRS = 20
_NEAR = 2_000  # cells of a component from which on movements stay within two equations


class Router:
    """The linear program that moves one cell at least cost."""

    def __init__(self, component: Component) -> None:
        self.component = component
        equations = component.equations
        rows, k = equations.shape
        both = sparse.csr_array(sparse.hstack([equations, -equations]))
        self._lower = np.zeros(2 * k)
        self._upper = np.concatenate([np.full(k, np.inf), component.values])
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
        new = (np.abs(movement) > _MOVES) & ~hidden
        return float(self.component.costs[new].sum()), movement


class _Choice:
    """Hidden cells of a component, more with every target."""

    def __init__(self, component: Component) -> None:
        self.component = component
        self.hidden = ~component.open
        self._whole = Router(component)

    def protect(self, target: Target) -> None:
        """Hide what it takes to protect one target."""
        if target.width > 0:
            self._protect_width(target)
        for distance in (target.up, -target.down):
            if distance:
                found = self._route(target, distance, self.hidden)
                if found is not None:
                    self.hidden |= np.abs(found[1]) > _MOVES

    def _protect_width(self, target: Target) -> None:
        """Hide the cheapest of three: all of the width one way, or as far down as it goes first."""
        value = float(self.component.values[target.cell])
        down = min(value, target.width)
        best = None
        for distances in ((target.width,), (-down, target.width - down)):
            plan, cost = self.hidden.copy(), 0.0
            for distance in distances:
                found = self._route(target, distance, plan) if distance else (0.0, np.zeros(1))
                if found is None:
                    break
                cost += found[0]
                plan |= np.abs(found[1]) > _MOVES
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
        if component.cells.size > _NEAR:
            near = component.around(target.cell)
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
    for _ in range(_REPAIRS):
        left = _unprotected(choice.component, choice.hidden, singletons)
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


def _unprotected(component: Component, hidden: BoolArray, singletons: Singletons) -> list[Target]:
    found = []
    for part, cells in _parts(component, hidden):
        everything = np.ones(part.cells.size, dtype=np.bool_)
        for gap in gaps(Attack(part), everything, singletons, part.outsiders):
            own = gap.target
            knows = own.knows if own.knows < 0 else int(cells[own.knows])
            found.append(replace(own, cell=int(cells[own.cell]), knows=knows))
    return found


def _publish_again(choice: _Choice, candidates: BoolArray, singletons: Singletons) -> None:
    """Publish again which of the candidates can be, the dearest first."""
    for part, cells in _parts(choice.component, choice.hidden):
        own = np.flatnonzero(candidates[cells])
        if own.size:
            order = own[np.argsort(-part.costs[own], kind="stable")]
            choice.hidden[cells] = _without(part, order, singletons)


def _without(component: Component, order: IntArray, singletons: Singletons) -> BoolArray:
    """Return what must stay hidden of a part, the cells given in order."""
    hidden = np.ones(component.cells.size, dtype=np.bool_)
    attack = Attack(component)
    targets = {target.cell: target for target in component.outsiders}
    if next(gaps(attack, hidden, singletons, component.outsiders), None) is not None:
        return hidden  # something cannot be protected; the audit will say so
    for cell in told(order.tolist(), "hidden cells weighed"):
        hidden[cell] = False
        touched = tuple(targets[user] for user in sorted(attack.users.get(cell, ())))
        if next(gaps(attack, hidden, singletons, touched), None) is not None:
            hidden[cell] = True
    return hidden
