"""Plans end to end: conservation, limits, the frontier's indices, families and messages."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from analysis.errors import DomainError, ParameterError
from analysis.inequality import gini, hoover
from analysis.redistribution.flows.min_cost import cheapest_moves
from analysis.redistribution.frontiers.reachable import frontier
from analysis.redistribution.limits import Limits
from analysis.redistribution.plans.plan import plan_moves

EXAMPLES = settings(max_examples=50, derandomize=True, deadline=None)
UNITS = ["Aceh", "Bali", "Papua", "Riau"]
STAFF = pd.Series([60, 30, 10, 20], index=UNITS)
NEED = pd.Series([30.0, 30, 30, 30], index=UNITS)
COST = np.array([[0.0, 5, 7, 4], [5, 0, 1, 2], [7, 1, 0, 3], [4, 2, 3, 0]])
COSTS = st.floats(0, 5000).map(lambda cost: round(cost, 6))


@st.composite
def regions(draw, largest=10):
    """Return staff, need, cost and budget."""
    n = draw(st.integers(2, largest))
    staff = draw(hnp.arrays(np.int64, n, elements=st.integers(0, 300)))
    staff[0] += 1
    need = draw(hnp.arrays(np.float64, n, elements=st.floats(0.5, 50)))
    cost = draw(hnp.arrays(np.float64, (n, n), elements=COSTS))
    return staff, need, cost, draw(st.integers(0, int(staff.sum())))


def as_matrix(plan):
    places = {unit: position for position, unit in enumerate(plan.units.labels)}
    people = np.zeros((len(places), len(places)), dtype=int)
    for move in plan.moves.itertuples():
        people[places[move.origin], places[move.destination]] = move.people
    return people


def test_a_plan_by_hand():
    plan = plan_moves(STAFF, NEED, cost=COST)
    assert plan.staff_after.tolist() == [30, 30, 30, 30]
    assert plan.moves.to_dict("list") == {
        "origin": ["Aceh", "Aceh"],
        "destination": ["Papua", "Riau"],
        "people": [20, 10],
        "cost": [140.0, 40.0],
    }
    assert (plan.cost, plan.duality_gap, plan.moved, plan.wanted) == (180.0, 0.0, 30, 30)
    table = plan.to_frame().set_index("unit")
    assert table["adequacy"].tolist() == pytest.approx([2, 1, 1 / 3, 2 / 3])
    assert table["adequacy_after"].tolist() == [1.0] * 4
    assert table["losses"].tolist() == [30, 0, 0, 0]
    assert table["gains"].tolist() == [0, 0, 20, 10]
    assert table.loc["Papua", "worth_arriving"] == 0.0
    assert table.loc["Riau", "worth_arriving"] == 3.0  # one more there, one less to Papua
    assert table["limit_leaving"].tolist() == [""] * 4


def test_limits_that_are_reached_are_named():
    limits = Limits(max_share_leaving=0.25, capacity=pd.Series([9, 9, 5, 50], index=UNITS))
    plan = plan_moves(STAFF, NEED, cost=COST, limits=limits)
    table = plan.to_frame().set_index("unit")
    assert plan.losses.tolist() == [15, 0, 0, 0]
    assert plan.gains.tolist() == [0, 0, 5, 10]
    assert table["limit_leaving"].to_dict() == {
        "Aceh": "max_share_leaving",
        "Bali": "",
        "Papua": "",
        "Riau": "",
    }
    assert table["limit_arriving"].tolist() == ["", "", "capacity", ""]


@EXAMPLES
@given(regions())
def test_people_are_conserved_and_indices_are_those_of_the_frontier(region):
    staff, need, cost, budget = region
    plan = plan_moves(staff, need, cost=cost, budget=budget)
    best = frontier(staff, need).plan(budget)
    assert plan.staff_after.tolist() == best.staff_after.tolist()
    assert plan.staff_after.sum() == staff.sum()
    assert plan.moved <= budget
    people = as_matrix(plan)
    assert np.array_equal(staff - people.sum(axis=1) + people.sum(axis=0), plan.staff_after)
    assert plan.moves["people"].sum() == plan.moved
    assert plan.moves["cost"].sum() == pytest.approx(plan.cost)
    after = plan.staff_after / need
    exact = frontier(staff, need)
    assert gini(after, need) == pytest.approx(
        float(exact.gini(best.moves)), abs=best.gini_gap + 1e-9
    )
    assert hoover(after, need) == pytest.approx(
        float(exact.hoover(best.moves)), abs=best.hoover_gap + 1e-9
    )
    assert 0 <= plan.duality_gap <= plan.flow.rounding_bound + 1e-9 * (1 + plan.cost)


@EXAMPLES
@given(regions(largest=7), st.randoms(use_true_random=False))
def test_the_order_of_units_does_not_change_the_cost(region, random):
    staff, need, cost, budget = region
    best = frontier(staff, need).plan(budget)
    order = list(range(staff.size))
    random.shuffle(order)
    first = cheapest_moves(best.losses, best.gains, cost)
    second = cheapest_moves(best.losses[order], best.gains[order], cost[np.ix_(order, order)])
    slack = first.rounding_bound + second.rounding_bound + 1e-9
    assert first.total_cost == pytest.approx(second.total_cost, abs=slack)


@EXAMPLES
@given(regions(), st.data())
def test_moves_stay_within_their_groups_and_every_group_gains(region, data):
    staff, need, cost, budget = region
    labels = data.draw(hnp.arrays(np.int64, staff.size, elements=st.integers(0, 2)))
    plan = plan_moves(staff, need, cost=cost, budget=budget, limits=Limits(within=labels))
    people = as_matrix(plan)
    assert not people[labels[:, None] != labels].any()
    assert plan.wanted == plan.moved <= budget
    for label in np.unique(labels):
        group = labels == label
        if staff[group].sum():
            alone = frontier(staff[group], need[group]).plan(int(plan.losses[group].sum()))
            found, best = plan.staff_after[group], alone.staff_after
            assert np.abs(best - found).max() <= 1
            # Inside groups the plan is best by the sum of squares, not by Gini or Hoover.
            assert np.sum(found**2 / need[group]) <= np.sum(best**2 / need[group]) + 1e-6


def test_one_group_is_no_limit():
    free = plan_moves(STAFF, NEED, cost=COST, budget=17)
    one = plan_moves(STAFF, NEED, cost=COST, budget=17, limits=Limits(within=["NKRI"] * 4))
    assert one.moves.equals(free.moves)


def test_people_without_a_place_are_named_or_stay():
    limits = Limits(forbidden=[("Aceh", "Papua")])
    said = r"20 of 30 people cannot be placed: 30 leave Aceh.* \(Riau\) take only 10"
    with pytest.raises(DomainError, match=said):
        plan_moves(STAFF, NEED, cost=COST, limits=limits)
    plan = plan_moves(STAFF, NEED, cost=COST, limits=limits, unplaced="stay")
    assert (plan.wanted, plan.moved) == (30, 10)
    assert plan.staff_after.tolist() == [50, 30, 10, 30]


def test_caps_on_cost_and_distance_close_pairs():
    for limits in (Limits(max_cost=6.0), Limits(max_distance=600.0)):
        plan = plan_moves(
            STAFF, NEED, cost=COST, distance=100 * COST, limits=limits, unplaced="stay"
        )
        assert plan.moves["destination"].tolist() == ["Riau"]


def test_units_without_need_are_emptied_first():
    plan = plan_moves([5, 9, 1], [0, 1, 1], cost=np.ones((3, 3)), budget=6)
    assert plan.losses.tolist() == [5, 1, 0]
    table = plan.to_frame()
    assert table["adequacy"].isna().tolist() == [True, False, False]


def test_a_plan_prints_a_summary():
    plan = plan_moves(STAFF, NEED, cost=COST, budget=20)
    assert repr(plan).splitlines() == [
        "Plan for 4 units: 120 staff, need 120, 1 staff per need",
        "moves: 20 people (16.67% of staff) between 2 pairs of units",
        "staff per need of the lowest unit: 0.3333 before, 0.8333 after",
        "cost 125, at most 0 of it above the cheapest",
    ]
    stay = plan_moves(STAFF, NEED, cost=COST, limits=Limits(max_cost=6.0), unplaced="stay")
    assert "moves: 10 people of 30 who should" in repr(stay)
    many = plan_moves(np.arange(60), np.ones(60), cost=np.ones((60, 60)))
    assert len(repr(many)) < 400


def test_without_costs_the_fewest_people_move():
    plan = plan_moves(STAFF, NEED, budget=20)
    assert plan.moved == plan.cost == 20
    assert (
        plan.staff_after.tolist()
        == plan_moves(STAFF, NEED, cost=COST, budget=20).staff_after.tolist()
    )
    assert plan.moves["people"].sum() == plan.moves["cost"].sum() == 20
    assert plan.counts_people
    assert "no costs were given: each move counts one" in repr(plan)


def test_nobody_to_move():
    plan = plan_moves([0, 0], [1, 1], cost=np.ones((2, 2)))
    assert plan.moves.empty
    assert plan.moves.columns.tolist() == ["origin", "destination", "people", "cost"]
    assert (plan.cost, plan.duality_gap, len(plan.to_frame())) == (0.0, 0.0, 2)


@pytest.mark.parametrize(
    ("change", "error", "said"),
    [
        ({"budget": -1}, DomainError, "budget is -1, but must be .* 0 to 120"),
        ({"budget": 121}, DomainError, r"0 to 120 \(all staff\)"),
        ({"budget": 1.5}, DomainError, "budget is 1.5"),
        ({"cost": COST[:3]}, DomainError, "shape"),
        ({"cost": np.where(COST == 7, np.nan, COST)}, DomainError, r"\(0, 2\): nan"),
        ({"staff": STAFF + 0.5}, DomainError, "whole people.* Aceh: 60.5"),
        ({"staff": -STAFF}, DomainError, "Aceh: -60"),
        ({"need": NEED.where(NEED.index != "Bali")}, DomainError, "need .* Bali: nan"),
        ({"need": -NEED}, DomainError, "need .* Aceh: -30"),
        ({"need": 0 * NEED}, DomainError, "need: the total is zero"),
        ({"need": NEED.rename({"Bali": "Bal"})}, DomainError, "same units: Bal is only in need"),
        ({"limits": Limits(floor_heads=11)}, DomainError, "floor_heads .* Papua: 11"),
        ({"limits": Limits(max_distance=1)}, ParameterError, "no distances"),
        ({"unplaced": "drop"}, ParameterError, "refuse"),
        ({"resolution": 0.0}, ParameterError, "above zero"),
    ],
)
def test_bad_input_is_refused(change, error, said):
    given_ = {"staff": STAFF, "need": NEED, "cost": COST} | change
    with pytest.raises(error, match=said):
        plan_moves(given_.pop("staff"), given_.pop("need"), **given_)
