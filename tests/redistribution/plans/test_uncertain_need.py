import numpy as np
import pandas as pd
import pytest

from analysis.errors import DomainError, ParameterError
from analysis.inequality import gini
from analysis.redistribution.frontiers.reachable import frontier
from analysis.redistribution.plans.objectives import minimum_hoover
from analysis.redistribution.plans.problem import Problem
from analysis.redistribution.plans.uncertain_need import robustness

STAFF = pd.Series([60, 33, 31, 10], index=["A", "B", "C", "D"])
NEED = pd.Series([1.0, 1.0, 1.0, 1.0], index=STAFF.index)


def planner(staff, need):
    return minimum_hoover(Problem(staff, need, np.ones((4, 4)), 15, whole=True)).moves


def test_without_noise_every_replicate_is_the_plan_itself():
    found = robustness(STAFF, NEED, budget=15, need_cv=0.0, replicates=12, planner=planner)
    today = frontier(STAFF, NEED)
    change = today.allocation(15) - STAFF
    assert found.units["unit"].tolist() == list("ABCD")
    np.testing.assert_allclose(found.units["change"], change)
    np.testing.assert_allclose(found.units["low"], change)
    assert found.units["gives"].tolist() == [1, 0, 0, 0]
    assert found.units["receives"].tolist() == [0, 0, 0, 1]
    result = found.results.set_index("result")
    assert (result["low"] == result["high"]).all()
    assert result.loc["gini_today", "estimate"] == pytest.approx(gini(STAFF / NEED, NEED))
    assert result.loc["gini_best_plan", "estimate"] == pytest.approx(float(today.gini(15)))
    assert found.moves["share"].tolist() == [1.0] * len(found.moves)
    assert found.moves["people"].sum() == 15


def test_moves_made_as_often_come_in_the_order_of_units():
    always = pd.DataFrame({"origin": ["B", "A", "A"], "destination": ["D", "D", "C"], "people": 1})
    found = robustness(
        STAFF, NEED, budget=3, need_cv=0.1, replicates=12, planner=lambda *_: always
    ).moves
    assert (found["origin"] + found["destination"]).tolist() == ["AC", "AD", "BD"]


def test_noise_in_need_is_what_it_says():
    """The mean of the drawn Gini is that of an independent draw."""
    found = robustness(STAFF, NEED, budget=0, need_cv=0.3, replicates=4000, seed=1)
    rng = np.random.default_rng(99)
    drawn = rng.lognormal(-np.log1p(0.09) / 2, np.sqrt(np.log1p(0.09)), (4000, 4))
    peer = [gini(STAFF / need, need) for need in drawn]
    row = found.results.set_index("result").loc["gini_today"]
    expected = np.quantile(peer, [0.025, 0.5, 0.975])
    assert row[["low", "median", "high"]].tolist() == pytest.approx(expected, abs=0.02)


def test_the_best_plan_of_each_replicate_is_no_worse_than_the_fixed_one():
    found = robustness(STAFF, NEED, budget=15, need_cv=0.2, replicates=200, seed=2)
    result = found.results.set_index("result")
    for column in ("low", "median", "high"):
        best, fixed = result.loc[["gini_best_plan", "gini_fixed_plan"], column]
        assert best <= fixed + 1e-12


def test_a_plan_under_limits_is_judged_as_it_is():
    after = [55, 33, 31, 15]
    found = robustness(STAFF, NEED, budget=15, need_cv=0.0, replicates=10, after=after)
    result = found.results.set_index("result")
    assert result.loc["gini_fixed_plan", "median"] == pytest.approx(gini(after, NEED))
    assert found.units["change"].tolist() == [-5, 0, 0, 5]


def test_moves_that_do_not_always_appear_are_told():
    found = robustness(STAFF, NEED, budget=15, need_cv=0.2, replicates=30, seed=3, planner=planner)
    assert (found.moves["share"] <= 1).all()
    assert found.moves["share"].min() < 1
    assert (np.diff(found.moves["share"]) <= 0).all()


def test_without_a_budget_there_are_no_moves_to_count():
    def nobody(staff, need):
        return minimum_hoover(Problem(staff, need, np.ones((4, 4)), 0)).moves

    found = robustness(STAFF, NEED, budget=0, need_cv=0.1, replicates=10, planner=nobody)
    assert found.moves.empty
    assert (found.units["change"] == 0).all()


def test_staff_may_be_drawn_too_and_the_seed_repeats_it():
    options = {"budget": 15, "need_cv": 0.1, "replicates": 40, "poisson_staff": True}
    one, same, other = (robustness(STAFF, NEED, seed=seed, **options) for seed in (5, 5, 6))
    pd.testing.assert_frame_equal(one.results, same.results)
    assert not one.results.equals(other.results)


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        ({"need_cv": -0.1}, ParameterError, "need_cv is -0.1"),
        ({"replicates": 9}, ParameterError, "replicates is 9.*at least 10"),
        ({"budget": 500}, DomainError, "budget is 500.*0 to 134"),
        ({"budget": -1}, DomainError, "budget is -1"),
    ],
)
def test_bad_input(change, error, message):
    with pytest.raises(error, match=message):
        robustness(STAFF, NEED, **({"budget": 15, "need_cv": 0.1} | change))
