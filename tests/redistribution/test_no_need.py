"""Units without need are a case: people there are above every ratio, and the first to leave."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from analysis.errors import DomainError
from analysis.redistribution import (
    Limits,
    Problem,
    Units,
    cheapest_mix,
    compare_need,
    frontier,
    hire,
    hiring_frontier,
    least_cost_to_reach,
    leave_unfilled,
    max_min_adequacy,
    minimum_gini,
    minimum_hoover,
    pareto,
    plan_moves,
    robustness,
)

STAFF = pd.Series({"A": 10, "B": 5, "C": 7, "D": 3, "E": 9})
NEED = pd.Series({"A": 4.0, "B": 6.0, "C": 0.0, "D": 8.0, "E": 0.0})
COST = np.abs(np.subtract.outer(np.arange(5.0), np.arange(5.0)))


def gini_of(staff, need):
    """Sum over pairs, without a ratio: it is defined where there is no need."""
    staff, need = np.asarray(staff, float), np.asarray(need, float)
    apart = np.abs(np.outer(staff, need) - np.outer(need, staff)).sum()
    return apart / (2 * staff.sum() * need.sum())


def hoover_of(staff, need):
    staff, need = np.asarray(staff, float), np.asarray(need, float)
    return 0.5 * np.abs(staff / staff.sum() - need / need.sum()).sum()


@st.composite
def some_without_need(draw, least=1):
    size = draw(st.integers(2, 7))
    staff = draw(hnp.arrays(np.int64, size, elements=st.integers(0, 60)))
    need = draw(hnp.arrays(np.float64, size, elements=st.floats(0.5, 20.0)))
    without = draw(st.integers(least, size - 1))
    need[:without] = 0.0
    staff[0] += 1
    order = draw(st.permutations(range(size)))
    return staff[list(order)], need[list(order)]


@given(some_without_need(0), st.floats(0, 1.2), st.floats(0, 3))
@settings(max_examples=200, deadline=None)
def test_indices_of_the_frontier_are_those_of_its_allocation(units, share, hired):
    staff, need = units
    found = frontier(staff, need)
    moves, hires = share * found.most_moves, hired * staff.sum()
    after = found.allocation(moves, hires)
    assert after.sum() == pytest.approx(staff.sum() + hires)
    assert found.gini(moves, hires) == pytest.approx(gini_of(after, need), abs=1e-9)
    assert found.hoover(moves, hires) == pytest.approx(hoover_of(after, need), abs=1e-9)
    assert np.maximum(staff - after, 0.0).sum() <= moves * (1 + 1e-12) + 1e-9
    assert found.hoover(found.most_moves) == pytest.approx(0.0, abs=1e-12)
    assert found.mean == pytest.approx(staff.sum() / need.sum())


@given(some_without_need(), st.floats(0, 1.1))
@settings(max_examples=100, deadline=None)
def test_the_frontier_is_the_limit_of_need_that_vanishes(units, share):
    staff, need = units
    near = np.where(need > 0, need, 1e-9)
    moves = share * frontier(staff, need).most_moves
    assert frontier(staff, need).gini(moves) == pytest.approx(
        float(frontier(staff, near).gini(moves)), abs=1e-6
    )


@given(some_without_need(), st.integers(0, 100))
@settings(max_examples=100, deadline=None)
def test_the_whole_plan_is_the_planner_s_and_within_its_gap(units, moves):
    staff, need = units
    moves = min(moves, int(staff.sum()))
    found = frontier(staff, need)
    plan = found.plan(moves)
    assert plan.losses.sum() == plan.gains.sum() <= moves
    assert (staff - plan.losses + plan.gains == plan.staff_after).all()
    assert plan.staff_after.min() >= 0
    assert plan.gains[need == 0].sum() == 0
    divisible = found.allocation(moves)
    assert gini_of(plan.staff_after, need) == pytest.approx(
        gini_of(divisible, need) + plan.gini_gap, abs=1e-9
    )
    assert hoover_of(plan.staff_after, need) <= hoover_of(divisible, need) + plan.hoover_gap + 1e-9
    assert plan_moves(staff, need, budget=moves).staff_after.tolist() == plan.staff_after.tolist()


def test_no_whole_plan_of_as_many_moves_has_a_lower_gini():
    staff, need = np.array([3, 2, 1, 0]), np.array([0.0, 1.0, 2.0, 1.0])
    everyone = [np.array(s) for s in itertools.product(range(7), repeat=4) if sum(s) == 6]
    for moves in range(7):
        within = [s for s in everyone if np.maximum(staff - s, 0).sum() <= moves]
        best = min(gini_of(s, need) for s in within)
        after = frontier(staff, need).plan(moves).staff_after
        assert gini_of(after, need) == pytest.approx(best)


@given(some_without_need())
@settings(max_examples=60, deadline=None)
def test_between_its_knots_the_gini_is_a_line(units):
    found = frontier(*units)
    knots = found.knots()
    assert knots[0] == 0.0
    assert knots[-1] == pytest.approx(found.most_moves)
    middle = (knots[1:] + knots[:-1]) / 2
    expected = (found.gini(knots[1:]) + found.gini(knots[:-1])) / 2
    assert found.gini(middle) == pytest.approx(expected, abs=1e-9)
    target = 0.5 * float(found.gini(0))
    assert found.gini(found.moves_for_gini(target)) == pytest.approx(target, abs=1e-9)
    assert found.gini(0, found.hires_for_gini(target)) == pytest.approx(target, abs=1e-6)


def test_hires_alone_never_reach_equality_where_people_stay_without_need():
    found = frontier(STAFF, NEED)
    assert found.most_hires == np.inf
    assert found.hires_for_gini(0.0) == np.inf
    assert np.isfinite(found.hires_for_gini(0.0, moves=16))
    mix = cheapest_mix(found, 0.0, price=1.0)
    assert mix.moves + mix.hires <= mix.moves_only + 1e-3
    frame = found.to_frame()
    assert frame["ceiling"].iloc[0] == np.inf
    assert np.isfinite(frame["ceiling"].iloc[-1])


def test_nobody_is_hired_where_there_is_no_need():
    after = hire(STAFF, NEED, 20)
    assert after.sum() == 54
    assert after[[2, 4]].tolist() == [7.0, 9.0]
    with pytest.raises(DomainError, match="capacity of all units"):
        hire(STAFF, NEED, 20, capacity=pd.Series({"A": 1, "B": 1, "C": 50, "D": 1, "E": 50}))
    table = hiring_frontier(STAFF, NEED, [0, 20])
    assert table["gini"].tolist() == pytest.approx([gini_of(STAFF, NEED), gini_of(after, NEED)])
    assert table["hoover"].tolist() == pytest.approx(
        [hoover_of(STAFF, NEED), hoover_of(after, NEED)]
    )
    assert table["lowest"].iloc[0] == 3 / 8


def test_posts_without_need_are_left_unfilled_first():
    retiring = pd.Series({"A": 5, "B": 2, "C": 4, "D": 1, "E": 6})
    assert leave_unfilled(STAFF, NEED, 10, retirements=retiring).tolist() == [10, 5, 3, 3, 3]
    after = leave_unfilled(STAFF, NEED, 6, retirements=retiring)
    assert after.tolist() == [10.0, 5.0, 5.0, 3.0, 5.0]  # to the same number of heads
    assert leave_unfilled(STAFF, NEED, 12, retirements=retiring).tolist() == [8, 5, 3, 3, 3]


@pytest.mark.parametrize("whole", [False, True])
@pytest.mark.parametrize("budget", [6, 16, 20])
def test_the_programs_reach_the_frontier(budget, whole):
    found, problem = frontier(STAFF, NEED), Problem(STAFF, NEED, COST, budget, whole=whole)
    hoover, gini = minimum_hoover(problem), minimum_gini(problem)
    assert hoover_of(hoover.staff_after, NEED) == pytest.approx(hoover.value, abs=1e-8)
    assert gini_of(gini.staff_after, NEED) == pytest.approx(gini.value, abs=1e-8)
    if whole:
        assert gini.value <= gini_of(found.plan(budget).staff_after, NEED) + 1e-9
    else:
        assert hoover.value == pytest.approx(float(found.hoover(budget)), abs=1e-8)
        assert gini.value == pytest.approx(float(found.gini(budget)), abs=1e-8)
        lowest = max_min_adequacy(problem)
        assert lowest.value == pytest.approx(float(found.floor(budget)), rel=1e-6)


def test_the_trade_off_starts_from_today_s_index():
    table = pareto(Problem(STAFF, NEED, COST, 17), points=4)
    assert table["value"].iloc[0] == pytest.approx(gini_of(STAFF, NEED))
    assert table["value"].iloc[-1] == pytest.approx(float(frontier(STAFF, NEED).gini(17)))
    middle = table.iloc[1]
    plan = least_cost_to_reach(Problem(STAFF, NEED, COST, 17), middle["target"])
    assert gini_of(plan.staff_after, NEED) == pytest.approx(middle["value"], abs=1e-6)


@pytest.mark.parametrize("planned", [False, True])
def test_robustness_draws_no_need_where_there_is_none(planned):
    planner = (lambda s, d: plan_moves(s, d, budget=10).moves) if planned else None
    found = robustness(
        STAFF, NEED, budget=10, need_cv=0.2, poisson_staff=True, replicates=20, planner=planner
    )
    units = found.units.set_index("unit")
    assert units.loc[["C", "E"], "gives"].min() > 0.8
    assert units.loc[["C", "E"], "receives"].max() == 0.0
    assert found.results["estimate"].iloc[0] == pytest.approx(gini_of(STAFF, NEED))
    assert np.isfinite(found.results[["low", "median", "high"]].to_numpy()).all()


def test_models_that_see_no_need_in_some_unit_are_compared():
    table = compare_need(STAFF, pd.DataFrame({"a": NEED, "b": NEED + 1}))
    assert table["gini"].tolist() == pytest.approx([gini_of(STAFF, NEED), gini_of(STAFF, NEED + 1)])
    assert table["hoover"].iloc[0] == pytest.approx(hoover_of(STAFF, NEED))


def test_limits_hold_there_too():
    plan = plan_moves(STAFF, NEED, limits=Limits(protected=["C"], floor_adequacy=0.5))
    assert plan.staff_after[2] == 7
    assert plan.staff_after[4] == 0


def test_everyone_may_be_where_there_is_no_need():
    units = Units.of([8, 0, 0], [0.0, 1.0, 3.0])
    found = frontier(units)
    assert float(found.gini(0)) == 1.0
    assert found.plan(8).staff_after.tolist() == [0, 2, 6]
    assert found.allocation(4).tolist() == [4.0, 1.0, 3.0]
    assert float(found.gini(4)) == pytest.approx(0.5)
