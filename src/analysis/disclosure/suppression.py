"""The choice of hidden cells for a whole system: exact for small parts, in turn for large ones."""

from collections.abc import Collection, Iterator, Sequence
from typing import Literal

import numpy as np

from analysis.arrays import BoolArray
from analysis.disclosure.attacks import Attack
from analysis.disclosure.bounds import room
from analysis.disclosure.certificates import gaps
from analysis.disclosure.components import Component, Target, components_of
from analysis.disclosure.exact import Master
from analysis.disclosure.progress import told
from analysis.disclosure.rules import Singletons
from analysis.disclosure.sequential import hide_in_turn
from analysis.disclosure.systems import State, System
from analysis.errors import ParameterError, UnprotectedError
from analysis.messages import some

Method = Literal["auto", "exact", "in_turn"]

SMALL = 1_000  # cells of a part that are solved exactly unless the caller says otherwise
_USED = 1e-6  # a multiplier that is not the rounding of zero
_LESS = 1e-6  # relative: less room than is needed
_NODES = 20_000  # of the integer program, after which "auto" takes the heuristic


def suppress(system: System, *, method: Method, singletons: Singletons) -> BoolArray:
    """Return which cells are hidden, those included that no table has.

    Parameters
    ----------
    system : System
    method : {"auto", "exact", "in_turn"}
        Exact, by integer programs; or one sensitive cell after the other; or exact for parts of at
        most 1,000 cells and in turn for larger ones.
    singletons : {"no_exact_value", "full_protection", "not_considered"}

    Raises
    ------
    DisclosureError
        If a cell cannot be protected whatever is hidden; with the cells that give it away.
    ParameterError
        If the method is unknown, or exact and no choice could be proven to be of least cost.
    """
    if method not in ("auto", "exact", "in_turn"):
        raise ParameterError(f"method: {method!r} given; auto, exact or in_turn needed.")
    may = np.isin(system.state, [State.ABSENT, State.OPEN, State.PRIMARY])
    hidden = np.isin(system.state, [State.ABSENT, State.PRIMARY])
    parts = components_of(system, may)
    for component in parts:  # before the long work on any of them
        if beyond_help := _beyond_help(component):
            everything = np.ones(component.cells.size, dtype=np.bool_)
            refuse_hopeless(component, everything, singletons, beyond_help)
    by_size = sorted(parts, key=lambda component: component.cells.size)  # a refusal comes soon
    for component in told(by_size, "parts of the tables protected"):
        found = None
        if method == "exact" or (method == "auto" and component.cells.size <= SMALL):
            nodes = _NODES if method == "auto" else 2**31 - 1
            found = _exactly(component, singletons, nodes)
        if found is None:
            found, hopeless = hide_in_turn(component, singletons)
            if hopeless:
                refuse_hopeless(component, found, singletons, hopeless)
            if method == "exact":
                raise ParameterError(
                    f"method: no choice for {component.cells.size:,} cells could be proven. Take "
                    "auto or in_turn."
                )
        hidden[component.cells] = found
    return hidden


def _beyond_help(component: Component) -> list[Target]:
    """Return the sensitive cells that single equations leave less room than they need."""
    down, up = room(component)
    return [
        target
        for target in component.outsiders
        if (down + up)[target.cell] < target.width * (1 - _LESS)
        or down[target.cell] < target.down * (1 - _LESS)
        or up[target.cell] < target.up * (1 - _LESS)
    ]


def _exactly(component: Component, singletons: Singletons, nodes: int) -> BoolArray | None:
    master = Master(component, nodes=nodes)
    targets = component.outsiders
    master.relax(targets)
    while True:
        best = master.best()
        if best is None:
            return None
        hidden = best > 0.5
        broken = list(gaps(master.attack, hidden, singletons, targets, singly=True))
        if not broken:
            return hidden
        master.add([cut for gap in broken for cut in gap.cuts])


def refuse_hopeless(
    component: Component,
    hidden: BoolArray,
    singletons: Singletons,
    targets: Sequence[Target],
) -> None:
    """Refuse hidden cells under which one of the targets is not protected.

    Raises
    ------
    UnprotectedError
        Naming the cell, and the cells that give it away.
    """
    may = np.zeros(component.system.values.size, dtype=np.bool_)
    may[component.cells[hidden]] = True
    among = {int(component.cells[target.cell]) for target in targets}
    found = dict(given_away(component.system, may, singletons, among))
    if found:
        texts = list(found.values())
        raise UnprotectedError(
            f"{len(texts)} sensitive cells cannot be protected, whatever else is hidden: "
            f"{'; '.join(texts[:3])}. Publish less: coarser labels, without a dimension, or "
            "without the cells that are forced; or let somebody grant an exception by name.",
            tables=_tables(component, found),
        )


def _tables(component: Component, cells: Collection[int]) -> set[str]:
    """Return the tables with a row for one of the cells; if none has, all tied to them."""
    rows = component.system.rows
    own = {name for name, at in rows.items() if np.isin(at, list(cells)).any()}
    return own or {name for name, at in rows.items() if np.isin(at, component.cells).any()}


def given_away(
    system: System,
    hidden: BoolArray,
    singletons: Singletons,
    among: Collection[int] | None = None,
) -> Iterator[tuple[int, str]]:
    """Yield each hidden cell that is not protected, and which published ones give it away.

    Looked at are all, or those `among` the cells given.
    """
    for part in components_of(system, hidden):
        attack = Attack(part)
        everything = np.ones(part.cells.size, dtype=np.bool_)
        targets = tuple(
            target
            for target in part.outsiders
            if among is None or int(part.cells[target.cell]) in among
        )
        for gap in gaps(attack, everything, singletons, targets):
            attack.hide(everything)
            yield int(part.cells[gap.target.cell]), _how(attack, gap.target)


def _how(attack: Attack, target: Target) -> str:
    """Return as text how a target is found: the published cells whose values the attacker uses."""
    component = attack.component
    system = component.system
    used = np.zeros(system.values.size)
    for sign in (1.0, -1.0):
        multipliers = attack.reach(target, sign).multipliers
        used += np.abs(system.equations[component.rows].T @ multipliers)
    used[component.cells] = 0.0
    given = np.flatnonzero(used > _USED)
    text = system.texts[int(component.cells[target.cell])]
    by = some(system.texts[int(cell)] for cell in given) if given.size else "nothing is beside it"
    who = ""
    if target.knows >= 0:
        who = f", to whoever is alone in {system.texts[int(component.cells[target.knows])]}"
    return f"{text} (by {by}{who})"
