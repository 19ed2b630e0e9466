"""The optimum is that of Tau-Argus, for the same cells, costs, levels and attacker."""

import pytest
from hierarchical import hierarchical_table

from analysis.disclosure import audit, protect_together
from analysis.disclosure.systems import system_of

pytest.importorskip("pytauargus", reason="no wheel for Macs with processors of Intel")
import peer

UPPER = 1e7  # more than any cell may be: the attacker knows no bound from above


def cost_of(table, method):
    (found,) = protect_together({"table": table}, method=method).values()
    extra = (found["status"] == "secondary").to_numpy()
    return found, table.costs[extra].sum()


def optimum(table, folder):
    system = system_of({"table": table})
    peer.write_program(system, folder / "in", upper=UPPER)
    peer.solve(folder / "in", folder / "out")
    return peer.cost(system, folder / "out")


@pytest.mark.parametrize("seed", [0, pytest.param(2, marks=pytest.mark.exhaustive)])
def test_414_cells_cost_what_the_peers_optimum_costs(seed, tmp_path):
    table = hierarchical_table(seed)
    assert len(table.frame) == 414
    assert table.sensitivity.primary.sum() == 77
    best = optimum(table, tmp_path)
    found, exact = cost_of(table, "exact")
    assert exact == best
    assert audit({"table": found})["safe"].all()
    found, in_turn = cost_of(table, "in_turn")
    assert best <= in_turn <= 1.25 * best
    assert audit({"table": found})["safe"].all()
