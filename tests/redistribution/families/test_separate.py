"""Families one by one and together, in one process and in several."""

import numpy as np
import pandas as pd
import pytest

from analysis.errors import DomainError, ParameterError
from analysis.redistribution.families.separate import plan_families
from analysis.redistribution.limits import Limits
from analysis.redistribution.plans.plan import plan_moves

# Python 3.12 and 3.13 warn of forks beside NumPy's threads; the child calls only the solver.
pytestmark = pytest.mark.filterwarnings("ignore:This process .* is multi-threaded")

UNITS = [f"unit {i}" for i in range(8)]
FAMILIES = ["teachers", "nurses", "clerks"]


@pytest.fixture
def tables():
    rng = np.random.default_rng(4)
    staff = pd.DataFrame(rng.integers(0, 90, (8, 3)), UNITS, FAMILIES)
    need = pd.DataFrame(rng.uniform(10, 60, (8, 3)), UNITS, FAMILIES)
    return staff, need, rng.uniform(1, 5000, (8, 8))


@pytest.mark.parametrize("workers", [None, 2])
def test_each_family_has_the_plan_it_has_alone(tables, workers):
    staff, need, cost = tables
    limits = {"nurses": Limits(max_share_leaving=0.1), "clerks": Limits(within=[0, 1] * 4)}
    budget = {"teachers": 20}
    found = plan_families(staff, need, cost=cost, budget=budget, limits=limits, workers=workers)
    assert list(found.plans) == FAMILIES
    for family in FAMILIES:
        alone = plan_moves(
            staff[family],
            need[family],
            cost=cost,
            budget=budget.get(family),
            limits=limits.get(family),
        )
        plan = found.plans[family]
        assert plan.moves.equals(alone.moves)
        assert plan.duality_gap == alone.duality_gap
        assert plan.staff_after.sum() == staff[family].sum()
    assert found.moved == sum(plan.moved for plan in found.plans.values())
    assert found.cost == pytest.approx(found.moves["cost"].sum())
    assert found.duality_gap <= sum(plan.flow.rounding_bound for plan in found.plans.values())


def test_tables_are_tidy(tables):
    staff, need, cost = tables
    found = plan_families(staff, need, cost=cost)
    assert found.moves.columns.tolist() == ["origin", "destination", "family", "people", "cost"]
    change = found.moves.groupby(["family", "destination"])["people"].sum()
    units = found.to_frame()
    assert units.columns[:2].tolist() == ["family", "unit"]
    assert len(units) == staff.size
    gains = units[units["gains"] > 0].set_index(["family", "unit"])["gains"]
    assert change.to_dict() == gains.to_dict()


def test_nobody_of_a_protected_family_moves(tables):
    staff, need, cost = tables
    found = plan_families(staff, need, cost=cost, limits=Limits(protected_families=["nurses"]))
    assert found.plans["nurses"].moved == 0
    assert found.plans["teachers"].moved > 0
    assert set(found.moves["family"]) == {"teachers", "clerks"}


def test_people_are_releasable_by_unit_and_family(tables):
    staff, need, cost = tables
    may = (staff // 10).assign(nurses=0)
    found = plan_families(staff, need, cost=cost, limits=Limits(releasable=may[::-1]))
    alone = plan_moves(
        staff["clerks"], need["clerks"], cost=cost, limits=Limits(releasable=may["clerks"])
    )
    assert found.plans["clerks"].moves.equals(alone.moves)
    assert found.plans["nurses"].moved == 0


def test_families_that_a_unit_neither_has_nor_needs(tables):
    staff, need, cost = tables
    staff.loc["unit 3", "nurses"] = need.loc["unit 3", "nurses"] = 0
    plan = plan_families(staff, need, cost=cost).plans["nurses"]
    assert plan.losses[3] == plan.gains[3] == 0


@pytest.mark.parametrize("workers", [1, 2])
def test_errors_name_the_family(tables, workers):
    staff, need, cost = tables
    limits = {"clerks": Limits(max_cost=0.5)}
    with pytest.raises(DomainError, match=r"^Family clerks: \d+ of \d+ people cannot be placed"):
        plan_families(staff, need, cost=cost, limits=limits, workers=workers)
    with pytest.raises(DomainError, match=r"^Family nurses: The budget is 5000"):
        plan_families(staff, need, cost=cost, budget={"nurses": 5000}, workers=workers)


def test_bad_families_and_units_are_refused(tables):
    staff, need, cost = tables
    with pytest.raises(DomainError, match=r"same families: clerks is only in staff"):
        plan_families(staff, need.drop(columns="clerks"), cost=cost)
    with pytest.raises(DomainError, match=r"families must occur once each"):
        plan_families(staff.iloc[:, [0, 0]], need, cost=cost)
    with pytest.raises(DomainError, match="shape"):
        plan_families(staff, need, cost=cost[:4])
    for option in ({"budget": {"cooks": 1}}, {"limits": {"cooks": Limits()}}):
        with pytest.raises(ParameterError, match="cooks is no family"):
            plan_families(staff, need, cost=cost, **option)
    with pytest.raises(ParameterError, match="protected_families: cooks is no family"):
        plan_families(staff, need, cost=cost, limits=Limits(protected_families=["cooks"]))
    with pytest.raises(ParameterError, match="workers is 0"):
        plan_families(staff, need, cost=cost, workers=0)
