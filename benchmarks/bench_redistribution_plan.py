"""Speed of the planner, against OR-Tools on arrays that are ready for it, in the same run.

    python -m pytest benchmarks/bench_redistribution_plan.py -o addopts= --benchmark-only

The yardstick gets the donors, receivers and whole costs of the very same flow; it neither checks
them nor tells who moves where. The rows of `benchmarks/README.md`: `of_plans`.
"""

from collections.abc import Callable
from functools import cache

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from benchmarks.cases import Case
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from analysis.redistribution.families.separate import FamilyPlans, plan_families
from analysis.redistribution.flows.distance import great_circle
from analysis.redistribution.flows.min_cost import Flow
from analysis.redistribution.plans.plan import Plan, plan_moves

UNITS = 514  # kabupaten and kota
FAMILIES = 50
BARE = "OR-Tools on bare arrays"

Solve = Callable[[], npt.NDArray[np.int64]]


@cache
def regions() -> tuple[pd.DataFrame, pd.DataFrame, npt.NDArray[np.float64]]:
    """Return staff and need by family, and distances in km."""
    rng = np.random.default_rng(0)
    need = rng.lognormal(5.0, 0.8, (UNITS, FAMILIES))
    staff = np.rint(need * rng.lognormal(0.0, 0.3, (UNITS, FAMILIES))).astype(np.int64)
    distance = great_circle(rng.uniform(-10.0, 5.0, UNITS), rng.uniform(95.0, 141.0, UNITS))
    return pd.DataFrame(staff), pd.DataFrame(need), distance


def one_plan() -> Plan:
    staff, need, distance = regions()
    return plan_moves(staff[0], need[0], cost=distance)


def one_plan_with_tables() -> tuple[pd.DataFrame, pd.DataFrame, float]:
    """Return also the moves, shadow prices, binding limits and the duality gap."""
    plan = one_plan()
    return plan.moves, plan.to_frame(), plan.duality_gap


def all_plans(workers: int | None = None) -> FamilyPlans:
    staff, need, distance = regions()
    return plan_families(staff, need, cost=distance, workers=workers)


def bare(flow: Flow) -> Solve:
    """Return the solver's work on a flow, its arrays being ready."""
    donors, receivers = np.flatnonzero(flow.losses), np.flatnonzero(flow.gains)
    losses, gains = flow.losses[donors], flow.gains[receivers]
    nodes = np.arange(donors.size + receivers.size, dtype=np.int32)
    tails = np.repeat(nodes[: donors.size], receivers.size)
    heads = np.tile(nodes[donors.size :], donors.size)
    capacities = np.minimum.outer(losses, gains).ravel()
    costs = np.rint(flow.cost[np.ix_(donors, receivers)] / flow.resolution).astype(np.int64).ravel()
    supplies = np.concatenate([losses, -gains])

    def solve() -> npt.NDArray[np.int64]:
        solver = SimpleMinCostFlow()
        arcs = solver.add_arcs_with_capacity_and_unit_cost(tails, heads, capacities, costs)
        solver.set_nodes_supplies(nodes, supplies)
        assert solver.solve() == solver.OPTIMAL
        return solver.flows(arcs)

    return solve


@cache
def one_family() -> Case:
    plan = one_plan()
    return Case(
        f"plan of {UNITS} units, one family, {plan.amounts.pairs:,} arcs",
        2.0,
        BARE,
        {
            "this package": one_plan,
            "with tables, shadow prices and duality gap": one_plan_with_tables,
            BARE: bare(plan.flow),
        },
        rounds=15,
    )


@cache
def many_families() -> Case:
    plans = all_plans(workers=1).plans.values()
    solves = [bare(plan.flow) for plan in plans]
    arcs = sum(plan.amounts.pairs for plan in plans)
    return Case(
        f"plans of {UNITS} units, {FAMILIES} families, {arcs:,} arcs",
        2.0,
        BARE,
        {
            "this package": all_plans,
            "in one process": lambda: all_plans(workers=1),
            BARE: lambda: [solve() for solve in solves],
        },
        rounds=3,
    )


def of_plans() -> list[Case]:
    return [one_family(), many_families()]


NAMES = {
    one_family: ["this package", "with tables, shadow prices and duality gap", BARE],
    many_families: ["this package", "in one process", BARE],
}


@pytest.mark.benchmark(min_rounds=3, warmup=False)
@pytest.mark.parametrize(
    ("make", "name"), [(make, name) for make, names in NAMES.items() for name in names]
)
def test_speed(benchmark, make, name):
    case = make()
    benchmark.group = case.work
    benchmark(case.run[name])
