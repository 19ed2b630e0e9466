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
from analysis.redistribution.flows.distance import great_circle, kilometres
from analysis.redistribution.flows.flow import Flow
from analysis.redistribution.flows.ways import blocks
from analysis.redistribution.limits import Limits
from analysis.redistribution.plans.plan import Plan, plan_moves
from analysis.redistribution.units import Units

UNITS = 514  # kabupaten and kota
SCHOOLS = 50_000
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
    """Return the solver's work on a flow of one group, its arrays being ready."""
    return group_by_group(flow)[0]


def on_arrays(
    tails: npt.NDArray[np.int32],
    heads: npt.NDArray[np.int32],
    capacities: npt.NDArray[np.int64],
    costs: npt.NDArray[np.int64],
    supplies: npt.NDArray[np.int64],
) -> Solve:
    nodes = np.arange(supplies.size, dtype=np.int32)

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


@cache
def schools() -> tuple[Units, Limits]:
    """Return many units with places, that exchange people only inside their region."""
    rng = np.random.default_rng(0)
    region = rng.integers(0, UNITS, SCHOOLS)
    need = rng.lognormal(2.2, 0.5, SCHOOLS)
    staff = rng.poisson(need * rng.lognormal(0.0, 0.3, SCHOOLS))
    centres = np.stack([rng.uniform(-10.0, 5.0, UNITS), rng.uniform(95.0, 140.0, UNITS)], axis=1)
    places = centres[region] + rng.normal(0.0, 0.2, (SCHOOLS, 2))
    units = Units.of(staff, need, latitude=places[:, 0], longitude=places[:, 1])
    return units, Limits(within=region)


def plan_of_schools() -> Plan:
    units, limits = schools()
    return plan_moves(units, cost=kilometres(units), limits=limits)


def group_by_group(flow: Flow) -> list[Solve]:
    """Return the solver's work on each group of a flow, their arrays being ready."""
    solves = []
    parts = blocks(flow.ways, flow.supply, flow.demand)
    for step, (donors, receivers) in zip(flow.steps.tolist(), parts, strict=True):
        arcs = flow.ways.between(donors, receivers)
        losses, gains = flow.supply[donors], flow.demand[receivers]
        capacities = np.minimum(losses[arcs.row], gains[arcs.column])
        costs = np.rint(arcs.cost / step).astype(np.int64)
        heads = arcs.column + np.int32(donors.size)
        solves.append(
            on_arrays(arcs.row, heads, capacities, costs, np.concatenate([losses, -gains]))
        )
    return solves


@cache
def many_groups() -> Case:
    plan = plan_of_schools()
    solves = group_by_group(plan.flow)
    arcs = sum(
        d.size * r.size for d, r in blocks(plan.flow.ways, plan.flow.supply, plan.flow.demand)
    )
    return Case(
        f"plan of {SCHOOLS:,} units inside {UNITS} groups, {arcs:,} arcs",
        3.0,
        BARE,
        {"this package": plan_of_schools, BARE: lambda: [solve() for solve in solves]},
        rounds=3,
    )


def of_plans() -> list[Case]:
    return [one_family(), many_families(), many_groups()]


NAMES = {
    one_family: ["this package", "with tables, shadow prices and duality gap", BARE],
    many_families: ["this package", "in one process", BARE],
    many_groups: ["this package", BARE],
}


@pytest.mark.benchmark(min_rounds=3, warmup=False)
@pytest.mark.parametrize(
    ("make", "name"), [(make, name) for make, names in NAMES.items() for name in names]
)
def test_speed(benchmark, make, name):
    case = make()
    benchmark.group = case.work
    benchmark(case.run[name])
