"""Few people spread over many cells, hardly one of which is not sensitive."""

import numpy as np
import pandas as pd
import pytest

from analysis.disclosure import Design, Table, audit, certificates, protect_together
from analysis.disclosure.attacks import Attack
from analysis.disclosure.certificates import gaps
from analysis.disclosure.components import OUTSIDER, components_of
from analysis.disclosure.crowds import insiders_left, pieces, shown_together
from analysis.disclosure.programs import Program
from analysis.disclosure.systems import system_of


def thin(seed, regions=24, people=0.8, **kinds):
    """Return tables of the same people by region and one dimension each."""
    rng = np.random.default_rng(seed)
    number = rng.poisson(people * max(kinds.values()), regions)
    tables = {}
    for name, size in kinds.items():
        counts = [rng.multinomial(n, np.full(size, 1 / size)) for n in number]
        frame = pd.DataFrame(counts, [f"R{i:02d}" for i in range(regions)])
        frame.columns = [f"{name} {i:02d}" for i in range(size)]
        frame = pd.concat([frame, frame.sum().to_frame("Total").T])
        frame["Total"] = frame.sum(axis=1)
        long = frame.rename_axis("region").rename_axis(name, axis=1).stack().rename("people")
        tables[name] = Table(long.reset_index(), Design(["region", name], "people"))
    return tables


def part(seed, share):
    """Return the largest part of a thin sample of which a share of the other cells is hidden."""
    system = system_of(thin(seed, regions=10, family=7, golongan=5))
    rng = np.random.default_rng(seed)
    hidden = system.required | (system.values > 0) & (rng.random(system.values.size) < share)
    return max(components_of(system, hidden), key=lambda component: component.cells.size)


def found(component, *, singly):
    everything = np.ones(component.cells.size, dtype=np.bool_)
    attack = Attack(component)
    every = gaps(attack, everything, "no_exact_value", component.outsiders, singly=singly)
    return {(gap.target.cell, gap.target.knows) for gap in every}


@pytest.fixture
def solved(monkeypatch):
    """Return a list that grows by one with every program that is solved."""
    calls: list[None] = []
    solve = Program.solve
    monkeypatch.setattr(Program, "solve", lambda self: calls.append(None) or solve(self))
    return calls


def test_a_thin_sample_is_protected_and_stands_the_audit():
    tables = thin(0, family=20, golongan=9)
    protected = protect_together(tables, method="in_turn")
    result = audit(protected)
    assert (result["status"] == "primary").sum() > 300
    assert result["safe"].all()
    needing = result[result["status"] == "primary"]
    assert (needing["upper"] - needing["lower"] >= 5).all()


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("share", [0.1, 0.5])
def test_together_the_same_cells_are_found_out_as_one_by_one(monkeypatch, seed, share):
    component = part(seed, share)
    one_by_one = found(component, singly=True)
    monkeypatch.setattr(certificates, "_MANY", 1)
    monkeypatch.setattr(certificates, "LARGE", 1)
    monkeypatch.setattr(certificates, "_FEW", 1)
    together = found(component, singly=False)
    assert {cell for cell, _ in together} == {cell for cell, _ in one_by_one}


def test_fewer_programs_than_sensitive_cells_show_that_all_are_protected(solved):
    component = part(0, 1.0)
    everything = np.ones(component.cells.size, dtype=np.bool_)
    targets = component.outsiders
    shown = shown_together(component, everything, targets)
    left = insiders_left(
        component, everything, [component.before(t, OUTSIDER, False) for t in shown]
    )
    assert len(solved) < len(targets) < 2 * (len(shown) - len(left))


def test_each_piece_of_a_movement_is_a_movement():
    component = part(1, 0.1)
    attack = Attack(component)
    attack.hide(np.ones(component.cells.size, dtype=np.bool_))
    movement = attack.reach(component.outsiders[0], 1.0).movement
    assert np.any(movement)
    for piece in pieces(component, movement):
        own = np.zeros(movement.size)
        own[piece] = movement[piece]
        np.testing.assert_allclose(component.equations @ own, 0, atol=1e-9)
        np.testing.assert_allclose(component.equations @ (movement - own), 0, atol=1e-9)
