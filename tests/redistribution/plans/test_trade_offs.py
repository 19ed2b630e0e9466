import numpy as np
import pytest

from analysis.errors import DomainError
from analysis.inequality import gini
from analysis.redistribution.frontiers.reachable import frontier
from analysis.redistribution.plans.problem import Problem
from analysis.redistribution.plans.trade_offs import pareto


@pytest.fixture
def problem():
    rng = np.random.default_rng(1)
    need = rng.uniform(1, 4, 7)
    staff = rng.poisson(20 * need * rng.lognormal(0, 0.5, 7)) + 1
    return Problem(staff, need, rng.uniform(1, 9, (7, 7)), int(staff.sum()))


@pytest.mark.parametrize("measure", ["gini", "hoover"])
def test_each_plan_costs_more_and_leaves_less(problem, measure):
    seen = []
    found = pareto(problem, measure=measure, points=8, progress=lambda *args: seen.append(args))
    assert seen == [(done, 8) for done in range(1, 9)]
    assert (np.diff(found["cost"]) > 0).all()
    assert (np.diff(found["value"]) < 0).all()
    assert found.loc[0, ["cost", "people"]].tolist() == [0, 0]
    np.testing.assert_allclose(found["value"], found["target"], atol=1e-6)
    slopes = np.diff(found["cost"]) / -np.diff(found["value"])
    assert (np.diff(slopes) > -1e-3 * slopes[:-1]).all()  # each step dearer than the one before


def test_with_equal_costs_it_is_the_frontier_of_moves(problem):
    even = Problem(problem.staff, problem.need, np.ones((7, 7)), problem.budget)
    found = pareto(even, points=6)
    exact = frontier(problem.staff, problem.need)
    for _, row in found.iterrows():
        assert row["cost"] == pytest.approx(exact.moves_for_gini(row["target"]), abs=1e-3)


def test_in_whole_people_no_plan_comes_twice():
    need = np.array([1.0, 2.0, 1.5])
    few = Problem([5, 2, 1], need, np.ones((3, 3)), 8, whole=True)
    found = pareto(few, points=12)
    assert len(found) < 12
    assert (np.diff(found["value"]) < 0).all()
    assert found["value"].iloc[0] == pytest.approx(gini(np.array([5, 2, 1]) / need, need))


def test_too_few_points(problem):
    with pytest.raises(DomainError, match="points is 1"):
        pareto(problem, points=1)
