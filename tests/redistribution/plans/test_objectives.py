import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from analysis.errors import DomainError
from analysis.inequality import gini, hoover
from analysis.redistribution.frontiers.reachable import frontier
from analysis.redistribution.limits import Limits
from analysis.redistribution.plans.objectives import (
    least_cost_to_reach,
    max_min_adequacy,
    minimum_gini,
    minimum_hoover,
)
from analysis.redistribution.plans.problem import Problem


def units(seed, n):
    rng = np.random.default_rng(seed)
    need = rng.uniform(1, 4, n)
    staff = rng.poisson(20 * need * rng.lognormal(0, 0.5, n)) + 1
    return staff, need, rng.uniform(1, 9, (n, n)), rng


@given(st.integers(0, 10_000), st.floats(0.1, 1.1))
@settings(max_examples=25, deadline=None)
def test_without_restrictions_each_is_a_point_of_the_frontier(seed, share):
    staff, need, cost, _ = units(seed, 6)
    found = frontier(staff, need)
    budget = min(int(share * found.most_moves), int(staff.sum()))
    problem = Problem(staff, need, cost, budget)
    assert minimum_hoover(problem).value == pytest.approx(float(found.hoover(budget)), abs=1e-8)
    assert minimum_gini(problem).value == pytest.approx(float(found.gini(budget)), abs=1e-8)
    lowest = max_min_adequacy(problem)
    assert lowest.value == pytest.approx(float(found.floor(budget)), rel=1e-6)


@pytest.mark.parametrize("people", [1e2, 1e4, 1e6, 1e8])
@pytest.mark.parametrize("needed", [1e-3, 1.0, 1e9])
def test_the_size_of_staff_need_and_cost_does_not_matter(people, needed):
    """Absolute tolerances of the solver once took a plan of millions for none at all."""
    staff, need, cost, _ = units(5, 12)
    staff, need, cost = (staff * people).astype(int), need * needed, cost * 1e-4 * people
    found = frontier(staff, need)
    budget = int(0.4 * found.most_moves)
    problem = Problem(staff, need, cost, budget)
    for solve, index, exact in (
        (minimum_hoover, hoover, found.hoover(budget)),
        (minimum_gini, gini, found.gini(budget)),
    ):
        best = solve(problem)
        assert best.value == pytest.approx(float(exact), rel=1e-6)
        assert index(best.staff_after / need, need) == pytest.approx(float(exact), rel=1e-6)
        assert best.people == pytest.approx(budget, rel=1e-6)
    assert max_min_adequacy(problem).value == pytest.approx(float(found.floor(budget)), rel=1e-6)
    target = float(found.gini(budget))
    reached = least_cost_to_reach(problem, target)
    assert gini(reached.staff_after / need, need) == pytest.approx(target, rel=1e-6)


@given(st.integers(0, 10_000))
@settings(max_examples=25, deadline=None)
def test_indices_recomputed_from_the_plan_are_those_it_states(seed):
    staff, need, cost, rng = units(seed, 6)
    allowed = rng.random((6, 6)) < 0.4
    problem = Problem(staff, need, cost, 15, limits=Limits(allowed=allowed))
    for solve, index in ((minimum_hoover, hoover), (minimum_gini, gini)):
        found = solve(problem)
        after = _after(staff, found.moves)
        np.testing.assert_allclose(after, found.staff_after, atol=1e-6)
        assert after.sum() == pytest.approx(staff.sum())
        assert index(after / need, need) == pytest.approx(found.value, abs=1e-6)
        assert found.people <= 15 + 1e-6
        assert found.cost == pytest.approx(found.moves["cost"].sum(), abs=1e-4)
        used = allowed[found.moves["origin"].astype(int), found.moves["destination"].astype(int)]
        assert used.all()


def _after(staff, moves):
    n = len(staff)
    leaving = np.bincount(moves["origin"].astype(int), moves["people"], minlength=n)
    arriving = np.bincount(moves["destination"].astype(int), moves["people"], minlength=n)
    return staff - leaving + arriving


@pytest.mark.parametrize("seed", range(6))
def test_in_whole_people_it_is_the_best_of_all_plans(seed):
    """Every way to send people over every allowed pair, one by one."""
    rng = np.random.default_rng(seed)
    staff, need = rng.integers(1, 6, 3), rng.uniform(1, 3, 3)
    cost = rng.uniform(1, 5, (3, 3))
    allowed = np.array([[0, 1, 0], [1, 0, 1], [0, 1, 0]], dtype=bool)
    problem = Problem(staff, need, cost, 3, limits=Limits(allowed=allowed), whole=True)
    for solve, index in ((minimum_hoover, hoover), (minimum_gini, gini)):
        plans = []
        for people in itertools.product(range(4), repeat=4):
            moves = pd.DataFrame(
                {
                    "origin": [0, 1, 1, 2],
                    "destination": [1, 0, 2, 1],
                    "people": people,
                }
            )
            leaving = np.bincount(moves["origin"], moves["people"], minlength=3)
            if sum(people) > 3 or (leaving > staff).any():
                continue
            after = _after(staff, moves)
            price = sum(
                k * cost[i, j]
                for k, i, j in zip(people, moves["origin"], moves["destination"], strict=True)
            )
            plans.append((round(index(after / need, need), 9), price))
        value, price = min(plans)
        found = solve(problem)
        assert found.value == pytest.approx(value, abs=1e-8)
        assert found.bound == pytest.approx(value, abs=1e-8)
        assert found.cost == pytest.approx(price, abs=1e-6)
        assert found.moves["people"].dtype == np.int64


def test_the_lowest_are_raised_in_order_where_groups_are_apart():
    """Two pairs that cannot exchange people are levelled each on its own."""
    allowed = np.zeros((4, 4), dtype=bool)
    allowed[0, 1] = allowed[2, 3] = True
    limits = Limits(allowed=allowed)
    found = max_min_adequacy(Problem([10, 2, 20, 6], [1, 1, 1, 1], np.ones((4, 4)), 30, limits))
    assert found.value == pytest.approx(6)
    np.testing.assert_allclose(found.staff_after, [6, 6, 13, 13], atol=1e-4)


@pytest.mark.parametrize("seed", range(4))
def test_the_lowest_of_150_units_with_few_open_pairs_are_raised(seed):
    """Levels once settled were held more exactly than the solver keeps rows: no plan was left."""
    rng = np.random.default_rng(seed)
    n = 150
    need = rng.lognormal(4, 1.2, n)
    staff = rng.poisson(need * rng.lognormal(0, 0.4, n))
    allowed = rng.random((n, n)) < 0.02
    budget = int(0.5 * frontier(staff, need).most_moves)
    problem = Problem(staff, need, rng.uniform(1, 9, (n, n)), budget, Limits(allowed=allowed))
    found = max_min_adequacy(problem)
    assert (found.staff_after / need).min() == pytest.approx(found.value, abs=1e-5)
    assert found.value == pytest.approx(_highest_floor(problem), rel=1e-6)
    assert found.people <= budget + 1e-6


def _highest_floor(problem):
    """Return the highest level to which all can be raised at once, by a program of its own."""
    limits, most = problem.rows
    m = problem.origins.size
    rows = np.zeros((problem.counts.size, m + 1))
    columns = np.arange(m)
    np.add.at(rows, (problem.origins, columns), 1.0)
    np.add.at(rows, (problem.destinations, columns), -1.0)
    rows[:, m] = problem.needs
    solved = linprog(
        np.append(np.zeros(m), -1.0),
        A_ub=np.vstack([rows, np.hstack([limits.toarray(), np.zeros((most.size, 1))])]),
        b_ub=np.concatenate([problem.counts, most]),
        method="highs-ipm",
    )
    return -solved.fun


def test_limits_of_units_hold():
    staff, need, cost, _ = units(3, 6)
    leaving, arriving = [2, 0, 5, 5, 1, 9], [9, 3, 0, 1, 9, 9]
    problem = Problem(staff, need, cost, 30, Limits(most_leaving=leaving, capacity=arriving))
    moves = minimum_gini(problem).moves
    left = np.bincount(moves["origin"].astype(int), moves["people"], minlength=6)
    come = np.bincount(moves["destination"].astype(int), moves["people"], minlength=6)
    assert (left <= np.array(leaving) + 1e-6).all()
    assert (come <= np.array(arriving) + 1e-6).all()


@pytest.mark.parametrize("measure", ["gini", "hoover"])
def test_the_cheapest_plan_reaches_the_target_and_costs_no_more_than_the_best(measure):
    staff, need, cost, _ = units(8, 6)
    problem = Problem(staff, need, cost, int(staff.sum()))
    index = {"gini": gini, "hoover": hoover}[measure]
    target = 0.5 * index(staff / need, need)
    found = least_cost_to_reach(problem, target, measure=measure)
    assert index(found.staff_after / need, need) == pytest.approx(target, abs=1e-6)
    assert found.value == pytest.approx(found.cost, abs=1e-5)
    best = {"gini": minimum_gini, "hoover": minimum_hoover}[measure](problem)
    assert found.cost < best.cost
    # A budget of people alone: the moves it takes at least, from the frontier.
    fewest = least_cost_to_reach(
        Problem(staff, need, np.ones((6, 6)), int(staff.sum())), target, measure="gini"
    )
    moves = frontier(staff, need).moves_for_gini(target)
    assert fewest.cost == pytest.approx(moves, abs=1e-4)


class TestBadInput:
    def test_unreachable_target(self):
        problem = Problem([60, 30, 10], [1, 1, 1], np.ones((3, 3)), 5)
        with pytest.raises(DomainError, match=r"gini of 0.01 cannot be reached.*at best"):
            least_cost_to_reach(problem, 0.01)

    @pytest.mark.parametrize(
        ("change", "message"),
        [
            ({"cost": np.ones((2, 3))}, r"cost: expected a matrix of shape \(3, 3\)"),
            ({"cost": np.full((3, 3), np.nan)}, r"cost: .*finite.*\(0, 0\): nan"),
            ({"budget": -1}, "budget is -1"),
            ({"budget": 101}, "budget is 101.*0 to 100"),
            ({"staff": [60, 30.5, 10]}, "whole people"),
            ({"need": [1, -1, 1]}, "need must be"),
            (
                {"limits": Limits(allowed=np.ones((3, 3)))},
                "allowed: expected a matrix of true and false",
            ),
            ({"limits": Limits(most_leaving=[1, 2])}, "most_leaving: 2 values for 3 units"),
            ({"limits": Limits(capacity=[1, -2, 3])}, "capacity must be whole people"),
        ],
    )
    def test_problem(self, change, message):
        good = {"staff": [60, 30, 10], "need": [1, 1, 1], "cost": np.ones((3, 3)), "budget": 5}
        with pytest.raises(DomainError, match=message):
            Problem(**(good | change))

    def test_too_many_units_for_the_gini(self):
        n = 301
        problem = Problem(np.ones(n), np.ones(n), np.ones((n, n)), 1)
        with pytest.raises(DomainError, match="301 units are too many"):
            minimum_gini(problem)

    def test_whole_people_on_the_lowest_level(self):
        problem = Problem([60, 30], [1, 1], np.ones((2, 2)), 5, whole=True)
        with pytest.raises(DomainError, match="whole=False"):
            max_min_adequacy(problem)
