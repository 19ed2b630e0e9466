"""The worth of a limit against every exchange of one person, and against plans without it."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from analysis.redistribution.frontiers.reachable import frontier
from analysis.redistribution.limits import Limits
from analysis.redistribution.plans.plan import plan_moves

EXAMPLES = settings(max_examples=60, derandomize=True, deadline=None)
UNITS = ["Aceh", "Bali", "Papua", "Riau"]
STAFF = pd.Series([60, 40, 10, 10], index=UNITS)
NEED = pd.Series([30.0] * 4, index=UNITS)
COST = np.ones((4, 4))


@st.composite
def limited(draw):
    """Return staff, need, limits and budget."""
    n = draw(st.integers(2, 7))
    staff = draw(hnp.arrays(np.int64, n, elements=st.integers(0, 200)))
    staff[0] += 1
    need = draw(hnp.arrays(np.float64, n, elements=st.floats(1, 50)))
    share = draw(hnp.arrays(np.float64, n, elements=st.floats(0, 0.5)))
    capacity = draw(hnp.arrays(np.int64, n, elements=st.integers(0, 60)))
    labels = draw(hnp.arrays(np.int64, n, elements=st.integers(0, 1)))
    limits = Limits(max_share_leaving=share, capacity=capacity, within=labels)
    return staff, need, limits, draw(st.integers(0, int(staff.sum())))


def squares(staff, need):
    return float((staff**2 / need).sum()) / 2


def best_exchange(plan, unit, side):
    """Return the most that one person more than the limit of a unit allows would even out."""
    amounts, flow = plan.amounts, plan.flow
    left = flow.moved < amounts.budget
    most = 0.0
    for other in np.flatnonzero(amounts.groups == amounts.groups[unit]):
        if other == unit:
            continue
        change = np.zeros(plan.staff.size)
        if side == "leaving":
            possible = flow.losses[other] or (
                left and flow.gains[other] < amounts.arriving.most[other]
            )
            change[[unit, other]] = -1, 1
        else:
            possible = flow.gains[other] or (
                left and flow.losses[other] < amounts.leaving.most[other]
            )
            change[[unit, other]] = 1, -1
        if possible and (plan.staff_after + change).min() >= 0:
            after = plan.staff_after + change
            most = max(most, squares(plan.staff_after, plan.need) - squares(after, plan.need))
    return most


@EXAMPLES
@given(limited())
def test_a_limit_is_worth_the_best_exchange_of_one_person(case):
    staff, need, limits, budget = case
    plan = plan_moves(staff, need, cost=np.ones((staff.size,) * 2), budget=budget, limits=limits)
    found, amounts = plan.binding, plan.amounts
    for unit in range(staff.size):
        worth = best_exchange(plan, unit, "leaving")
        at_limit = plan.losses[unit] == amounts.leaving.most[unit]
        assert found.evens_leaving[unit] == pytest.approx(worth if at_limit else 0.0, abs=1e-6)
        worth = best_exchange(plan, unit, "arriving")
        at_limit = plan.gains[unit] == amounts.arriving.most[unit]
        assert found.evens_arriving[unit] == pytest.approx(worth if at_limit else 0.0, abs=1e-6)
    assert np.array_equal(found.leaving != "", found.evens_leaving > 0)
    assert np.array_equal(found.arriving != "", found.evens_arriving > 0)


@EXAMPLES
@given(limited())
def test_where_no_limit_binds_the_plan_is_as_even_as_without_limits(case):
    staff, need, limits, budget = case
    limits = Limits(max_share_leaving=limits.max_share_leaving)
    plan = plan_moves(staff, need, cost=np.ones((staff.size,) * 2), budget=budget, limits=limits)
    free = frontier(staff, need).plan(budget).staff_after
    if not (plan.binding.leaving != "").any():
        assert np.abs(plan.staff_after - free).max() <= 1


def test_binding_limits_by_hand():
    # Everyone at 1 would take 30 from Aceh and 10 from Bali; Bali is protected.
    plan = plan_moves(STAFF, NEED, cost=COST, limits=Limits(protected=["Bali"]))
    assert plan.staff_after.tolist() == [27, 40, 27, 26]
    table = plan.to_frame().set_index("unit")
    assert table["limit_leaving"].to_dict() == {"Aceh": "", "Bali": "protected"} | dict.fromkeys(
        ["Papua", "Riau"], ""
    )
    assert table.loc["Bali", "evens_leaving"] == pytest.approx((39.5 - 26.5) / 30)
    assert (table["evens_arriving"] == 0).all()


def test_a_full_capacity_that_nobody_misses_does_not_bind():
    capacity = pd.Series([0, 0, 20, 20], index=UNITS)
    plan = plan_moves(STAFF, NEED, cost=COST, limits=Limits(capacity=capacity))
    assert plan.gains.tolist() == [0, 0, 20, 20]
    assert plan.to_frame()["limit_arriving"].tolist() == [""] * 4
    tight = plan_moves(STAFF, NEED, cost=COST, limits=Limits(capacity=capacity - [0, 0, 15, 0]))
    assert tight.to_frame()["limit_arriving"].tolist() == ["", "", "capacity", "capacity"]
    assert tight.to_frame()["evens_arriving"].iloc[2:].tolist() == pytest.approx(
        [(37.5 - 15.5) / 30, (37.5 - 30.5) / 30]
    )


def test_without_a_budget_only_exchanges_count():
    limits = Limits(releasable=[5, 40, 10, 10])
    spent = plan_moves(STAFF, NEED, cost=COST, limits=limits, budget=5)
    assert spent.losses.tolist() == [5, 0, 0, 0]
    assert spent.to_frame()["limit_leaving"].tolist() == [""] * 4  # nobody else could stay instead
    shared = plan_moves(STAFF, NEED, cost=COST, limits=limits, budget=8)
    assert shared.losses.tolist() == [5, 3, 0, 0]
    table = shared.to_frame()
    assert table["limit_leaving"].tolist() == ["releasable", "", "", ""]
    assert table.loc[0, "evens_leaving"] == pytest.approx((54.5 - 37.5) / 30)


def test_people_who_must_stay_where_there_is_no_need_have_no_ratio():
    plan = plan_moves([5, 9, 1], [0, 1, 1], cost=np.ones((3, 3)), limits=Limits(protected=[0]))
    table = plan.to_frame()
    assert table["limit_leaving"].tolist() == ["protected", "", ""]
    assert table["evens_leaving"].isna().tolist() == [True, False, False]
