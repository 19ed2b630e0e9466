"""Amounts within limits against every plan in whole people and against the frontier."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy.optimize import minimize

from analysis.inequality import gini
from analysis.redistribution.frontiers.reachable import frontier
from analysis.redistribution.frontiers.targets import target_amounts

EXAMPLES = settings(max_examples=60, derandomize=True, deadline=None)


@st.composite
def bounded(draw, largest=6, people=60, groups=1, idle=False):
    """Return staff, need, most leaving, most arriving, budget and groups."""
    n = draw(st.integers(2, largest))
    staff = draw(hnp.arrays(np.int64, n, elements=st.integers(0, people)))
    need = draw(hnp.arrays(np.float64, n, elements=st.floats(0.5, 50)))
    if idle:
        need[draw(hnp.arrays(np.bool_, n))] = 0.0
        need[0] = 1.0
    leaving = np.floor(staff * draw(hnp.arrays(np.float64, n, elements=st.floats(0, 1))))
    arriving = draw(hnp.arrays(np.int64, n, elements=st.integers(0, people)))
    labels = draw(hnp.arrays(np.int64, n, elements=st.integers(0, groups - 1)))
    labels = np.unique(labels, return_inverse=True)[1]
    budget = draw(st.integers(0, int(staff.sum())))
    return staff, need, leaving.astype(np.int64), arriving, budget, labels


def test_limits_by_hand():
    # The first keeps 7 of 16, so that 3 are left to each of the others.
    staff, need = np.array([10, 4, 1, 1]), np.ones(4)
    losses, gains = target_amounts(
        staff, need, np.array([3, 4, 1, 1]), np.array([9, 9, 9, 9]), 16, np.zeros(4, dtype=int)
    )
    assert losses.tolist() == [3, 1, 0, 0]
    assert gains.tolist() == [0, 0, 2, 2]


@EXAMPLES
@given(bounded())
def test_without_limits_it_is_the_frontier(units):
    staff, need, _, _, budget, groups = units
    staff[0] += 1
    losses, gains = target_amounts(
        staff, need, staff, np.full(staff.size, staff.sum()), budget, groups
    )
    best = frontier(staff, need).plan(budget)
    assert losses.sum() == gains.sum() == best.moves
    assert np.abs(staff - losses + gains - best.staff_after).max() <= 1
    found = frontier(staff, need).allocation(best.moves)
    assert np.abs(staff - losses + gains - found).max() < 1 + 1e-6


@EXAMPLES
@given(bounded(groups=3, idle=True, largest=9))
def test_limits_hold_and_people_are_conserved_in_each_group(units):
    _, need, leaving, arriving, budget, groups = units
    losses, gains = target_amounts(*units)
    assert np.all((losses >= 0) & (losses <= leaving))
    assert np.all((gains >= 0) & (gains <= arriving))
    assert not np.any((losses > 0) & (gains > 0))
    assert not gains[need == 0].any()
    assert np.array_equal(np.bincount(groups, losses), np.bincount(groups, gains))
    assert losses.sum() <= budget


@EXAMPLES
@given(bounded(idle=True), st.data())
def test_no_plan_within_the_limits_has_a_higher_lorenz_curve_anywhere(units, data):
    staff, need, leaving, arriving, budget, _ = units
    losses, gains = target_amounts(*units)
    moved = int(losses.sum())
    leave = data.draw(hnp.arrays(np.float64, staff.size, elements=st.floats(0, 1))) * leaving
    arrive = data.draw(hnp.arrays(np.float64, staff.size, elements=st.floats(0, 1))) * arriving
    arrive[need == 0] = 0.0  # nobody would send people there
    amount = min(leave.sum(), arrive.sum(), budget)
    if amount == 0:
        return
    other = staff - leave * (amount / leave.sum()) + arrive * (amount / arrive.sum())
    # Rounding moves each unit by less than one person, and the last fraction of one does not move.
    slack = 0.5 * staff.size + 1
    after = staff - losses + gains
    for level in np.unique(np.concatenate([after, other])[np.tile(need, 2) > 0]):
        above = np.maximum(after - level * need, 0.0).sum()
        assert above <= np.maximum(other - level * need, 0.0).sum() + slack
    assert moved <= budget


@settings(max_examples=40, derandomize=True, deadline=None)
@given(bounded(largest=4, people=5, groups=1))
def test_no_plan_in_whole_people_is_more_even_than_rounding_explains(units):
    staff, need, leaving, arriving, budget, _ = units
    if staff.sum() == 0:
        return
    losses, gains = target_amounts(*units)
    after = staff - losses + gains
    ranges = [range(-out, in_ + 1) for out, in_ in zip(leaving, arriving, strict=True)]
    best = min(
        gini((staff + change) / need, need)
        for change in map(np.array, itertools.product(*ranges))
        if change.sum() == 0 and np.maximum(change, 0).sum() <= budget
    )
    # Each unit is less than one person off the divisible plan, and less than one move is lost.
    assert gini(after / need, need) <= best + (staff.size + 2) / staff.sum()


@settings(max_examples=25, derandomize=True, deadline=None)
@given(bounded(largest=7, people=500, groups=2))
def test_groups_share_the_budget_so_that_the_variance_is_least(units):
    staff, need, leaving, arriving, _, groups = units
    losses, gains = target_amounts(*units)
    n, people = staff.size, float(losses.sum())
    if people == 0:
        return

    def spread(x):
        return float(((staff - x[:n] + x[n:]) ** 2 / need).sum())

    def slope(x):
        each = 2 * (staff - x[:n] + x[n:]) / need
        return np.concatenate([-each, each])

    rules = [
        {"type": "eq", "fun": lambda x, m=groups == g: x[:n][m].sum() - x[n:][m].sum()}
        for g in range(groups.max() + 1)
    ]
    rules.append({"type": "ineq", "fun": lambda x: people - x[:n].sum()})
    solved = minimize(
        spread,
        np.zeros(2 * n),
        jac=slope,
        bounds=[(0, top) for top in np.concatenate([leaving, arriving])],
        constraints=rules,
        method="SLSQP",
        options={"maxiter": 500, "ftol": 1e-12},
    )
    # Off by less than one person in each unit, to either side: a quadratic and a linear part.
    off = np.ones(n)
    slack = float((off**2 / need).sum() + np.ptp(staff / need) * n)
    found = spread(np.concatenate([losses, gains]))
    assert found <= solved.fun + slack


def test_the_widest_gap_is_closed_first():
    staff = np.array([10, 0, 100, 90])
    groups = np.array([0, 0, 1, 1])
    free = np.array([100] * 4)
    losses, gains = target_amounts(staff, np.ones(4), staff, free, 3, groups)
    # Both gaps are 10; sharing the moves leaves 7 and 7 or so.
    assert sorted([losses[0], losses[2]]) == [1, 2]
    assert gains.tolist() == [0, losses[0], 0, losses[2]]
    losses, _ = target_amounts(np.array([10, 0, 100, 98]), np.ones(4), staff, free, 3, groups)
    assert losses.tolist() == [3, 0, 0, 0]


def test_people_where_there_is_no_need_leave_first():
    staff, need = np.array([6, 3, 20, 1]), np.array([0.0, 0.0, 1.0, 1.0])
    room = np.array([100] * 4)
    one = np.zeros(4, dtype=int)
    losses, gains = target_amounts(staff, need, staff, room, 5, one)
    assert losses.tolist() == [4, 1, 0, 0]
    assert gains.tolist() == [0, 0, 0, 5]
    losses, gains = target_amounts(staff, need, staff, room, 30, one)
    assert losses.tolist() == [6, 3, 5, 0]
    assert gains.tolist() == [0, 0, 0, 14]


@pytest.mark.parametrize("budget", [1, 2, 5])
def test_groups_share_what_is_idle(budget):
    staff, need = np.array([6, 3, 6, 3]), np.array([0.0, 1.0, 0.0, 1.0])
    losses, gains = target_amounts(
        staff, need, staff, np.array([9] * 4), budget, np.array([0, 0, 1, 1])
    )
    assert losses.sum() == budget
    assert abs(losses[0] - losses[2]) <= 1
    assert gains.tolist() == [0, losses[0], 0, losses[2]]


def test_more_idle_people_get_more_of_the_budget():
    staff, need = np.array([8, 3, 2, 3]), np.array([0.0, 1.0, 0.0, 1.0])
    losses, _ = target_amounts(staff, need, staff, np.array([9] * 4), 5, np.array([0, 0, 1, 1]))
    assert losses.tolist() == [4, 0, 1, 0]
