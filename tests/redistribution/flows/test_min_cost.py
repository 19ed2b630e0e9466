"""Flows against every plan in whole people, HiGHS, and the definition of a shadow price."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy.optimize import linprog

from analysis.errors import DomainError, ParameterError
from analysis.redistribution.flows.min_cost import cheapest_moves, most_moves
from analysis.redistribution.flows.prices import shadow_prices
from analysis.redistribution.flows.ways import Arcs

EXAMPLES = settings(max_examples=60, derandomize=True, deadline=None)
COST = np.array([[0.0, 5, 7, 4], [5, 0, 1, 2], [7, 1, 0, 3], [4, 2, 3, 0]])
ROUNDED = pytest.warns(UserWarning, match="Costs were rounded to multiples of")


@st.composite
def networks(draw, largest=5, whole=False, people=6):
    """Return supply, demand, cost and open pairs; a unit may both give and take."""
    n = draw(st.integers(2, largest))
    amounts = st.integers(0, people)
    supply = draw(hnp.arrays(np.int64, n, elements=amounts))
    demand = draw(hnp.arrays(np.int64, n, elements=amounts))
    prices = st.integers(0, 20) if whole else st.floats(0, 20).map(lambda c: round(c, 6))
    cost = draw(hnp.arrays(np.float64, (n, n), elements=prices))
    allowed = draw(hnp.arrays(np.bool_, (n, n), elements=st.sampled_from([True, True, False])))
    return supply, demand, cost, allowed


def every_plan(supply, demand, allowed):
    """Yield every matrix of whole people that the limits allow."""
    n = supply.size
    pairs = [(i, j) for i in range(n) for j in range(n) if i != j and allowed[i, j]]
    pairs = [(i, j) for i, j in pairs if supply[i] and demand[j]]
    tops = [min(supply[i], demand[j]) for i, j in pairs]
    for people in itertools.product(*(range(top + 1) for top in tops)):
        plan = np.zeros((n, n), dtype=int)
        for (i, j), moved in zip(pairs, people, strict=True):
            plan[i, j] = moved
        if np.all(plan.sum(axis=1) <= supply) and np.all(plan.sum(axis=0) <= demand):
            yield plan


def least_cost(supply, demand, cost, allowed, budget):
    """Return most people and least cost over all plans."""
    found = {}
    for plan in every_plan(supply, demand, allowed):
        moved = int(plan.sum())
        if moved <= budget:
            found[moved] = min(found.get(moved, np.inf), float((plan * cost).sum()))
    return max(found), found[max(found)]


def by_highs(supply, demand, cost, allowed, people):
    """Return the least cost of moving so many, or None where it cannot be done."""
    n = supply.size
    row, column = np.nonzero(allowed & ~np.eye(n, dtype=bool))
    if row.size == 0:
        return 0.0 if people == 0 else None
    sides = np.zeros((2 * n, row.size))
    sides[row, np.arange(row.size)] = 1
    sides[n + column, np.arange(row.size)] = 1
    solved = linprog(
        cost[row, column],
        A_ub=sides,
        b_ub=np.concatenate([supply, demand]),
        A_eq=np.ones((1, row.size)),
        b_eq=[people],
        method="highs",
    )
    return solved.fun if solved.status == 0 else None


def as_matrix(flow):
    people = np.zeros((flow.supply.size,) * 2, dtype=np.int64)
    np.add.at(people, (flow.origins, flow.destinations), flow.people)
    return people


def test_moves_by_hand():
    flow = cheapest_moves([3, 0, 1, 0], [0, 2, 0, 2], COST)
    assert as_matrix(flow).tolist() == [[0, 1, 0, 2], [0] * 4, [0, 1, 0, 0], [0] * 4]
    assert flow.total_cost == 5 + 2 * 4 + 1
    assert flow.costs.tolist() == [5.0, 8.0, 1.0]
    assert flow.moved == 4
    assert (flow.duality_gap, flow.rounding_bound) == (0.0, 0.0)


def test_prices_by_hand():
    # One more from unit 2 would spare unit 0 its person to unit 1: 5 becomes 1.
    flow = cheapest_moves([3, 0, 1, 0], [0, 2, 0, 2], COST)
    assert flow.prices.leaving[[0, 2]].tolist() == [0.0, 4.0]
    # One more place in unit 3 would spare the person from 0 to 1 one unit of cost.
    assert flow.prices.arriving[[1, 3]].tolist() == [0.0, 1.0]
    assert np.isnan(flow.prices.leaving[[1, 3]]).all()
    assert np.isnan(flow.prices.arriving[[0, 2]]).all()


@settings(max_examples=40, derandomize=True, deadline=None)
@given(networks(largest=5, people=2), st.integers(0, 10))
def test_no_plan_in_whole_people_moves_more_or_costs_less(network, budget):
    supply, demand, cost, allowed = network
    # At most three give and three take, so that all plans can be listed.
    supply[np.flatnonzero(supply)[3:]] = 0
    demand[np.flatnonzero(demand)[3:]] = 0
    budget = min(budget, int(supply.sum()))
    flow = most_moves(supply, demand, cost, allowed=allowed, budget=budget)
    people, least = least_cost(supply, demand, cost, allowed, budget)
    assert flow.moved == people
    assert least <= flow.total_cost + 1e-9
    assert flow.total_cost <= least + flow.rounding_bound + 1e-9

    again = cheapest_moves(flow.losses, flow.gains, cost, allowed=allowed)
    exact = [
        float((plan * cost).sum())
        for plan in every_plan(flow.losses, flow.gains, allowed)
        if plan.sum() == flow.moved
    ]
    assert again.total_cost == pytest.approx(min(exact), abs=again.rounding_bound + 1e-9)


@EXAMPLES
@given(networks(largest=7, people=50), st.floats(0, 1))
def test_highs_finds_the_same_cost(network, share):
    supply, demand, cost, allowed = network
    budget = int(share * supply.sum())
    flow = most_moves(supply, demand, cost, allowed=allowed, budget=budget)
    least = by_highs(supply, demand, cost, allowed, flow.moved)
    assert flow.total_cost == pytest.approx(least, abs=flow.rounding_bound + 1e-6)
    if flow.moved < min(budget, supply.sum(), demand.sum()):
        assert by_highs(supply, demand, cost, allowed, flow.moved + 1) is None


@EXAMPLES
@given(networks(largest=8, people=1000), st.floats(0, 1))
def test_people_are_conserved_and_keep_to_open_pairs(network, share):
    supply, demand, cost, allowed = network
    flow = most_moves(supply, demand, cost, allowed=allowed, budget=int(share * supply.sum()))
    people = as_matrix(flow)
    assert flow.people.min(initial=1) >= 1
    assert not people[~allowed].any()
    assert not np.diagonal(people).any()
    assert np.array_equal(people.sum(axis=1), flow.losses)
    assert np.array_equal(people.sum(axis=0), flow.gains)
    assert np.all(flow.losses <= supply)
    assert np.all(flow.gains <= demand)
    assert flow.losses.sum() == flow.gains.sum() == flow.moved
    order = np.lexsort((flow.destinations, flow.origins))
    assert np.array_equal(order, np.arange(order.size))


@EXAMPLES
@given(networks(largest=7, people=30), st.randoms(use_true_random=False))
def test_the_order_of_units_does_not_change_the_cost(network, random):
    supply, demand, cost, allowed = network
    order = list(range(supply.size))
    random.shuffle(order)
    first = most_moves(supply, demand, cost, allowed=allowed)
    block = np.ix_(order, order)
    second = most_moves(supply[order], demand[order], cost[block], allowed=allowed[block])
    slack = first.rounding_bound + second.rounding_bound + 1e-9
    assert first.moved == second.moved
    assert first.total_cost == pytest.approx(second.total_cost, abs=slack)


@EXAMPLES
@given(networks(largest=7, people=50), st.floats(0, 1))
def test_the_duality_gap_is_within_the_rounding_bound(network, share):
    supply, demand, cost, allowed = network
    flow = most_moves(supply, demand, cost, allowed=allowed, budget=int(share * supply.sum()))
    assert 0 <= flow.duality_gap <= flow.rounding_bound + 1e-9 * (1 + flow.total_cost)
    least = by_highs(supply, demand, cost, allowed, flow.moved)
    assert flow.prices.lower_bound <= least + 1e-6


@EXAMPLES
@given(networks(largest=6, whole=True, people=5), st.floats(0, 1))
def test_a_shadow_price_is_what_one_person_more_saves(network, share):
    supply, demand, cost, allowed = network
    flow = most_moves(supply, demand, cost, allowed=allowed, budget=int(share * supply.sum()))
    assert flow.duality_gap == 0.0
    for i in range(supply.size):
        one = np.eye(supply.size, dtype=np.int64)[i]
        more_out = most_moves(supply + one, demand, cost, allowed=allowed, budget=flow.moved)
        more_in = most_moves(supply, demand + one, cost, allowed=allowed, budget=flow.moved)
        if supply[i]:
            assert flow.prices.leaving[i] == flow.total_cost - more_out.total_cost
        if demand[i]:
            assert flow.prices.arriving[i] == flow.total_cost - more_in.total_cost


def test_whole_costs_are_kept_and_others_rounded_to_the_resolution():
    moves = ([5, 0, 0, 0], [0, 2, 2, 1])
    assert cheapest_moves(*moves, 100_000 * COST).rounding_bound == 0.0
    with ROUNDED:
        rounded = cheapest_moves(*moves, COST + 0.3, resolution=1.0)
    assert rounded.rounding_bound == pytest.approx(2 * 5 * 0.3)
    assert rounded.resolution == 1.0
    assert rounded.total_cost == pytest.approx(5.3 * 2 + 7.3 * 2 + 4.3)


def test_coarse_costs_lose_no_more_than_proved():
    cost = np.array([[0, 0, 1.0, 1.4], [0, 0, 0.6, 1.4], [0] * 4, [0] * 4])
    with ROUNDED:
        flow = cheapest_moves([10, 10, 0, 0], [0, 0, 10, 10], cost, resolution=1.0)
    least = cheapest_moves([10, 10, 0, 0], [0, 0, 10, 10], cost)
    assert least.total_cost == pytest.approx(20.0)
    assert flow.total_cost - least.total_cost <= flow.duality_gap + 1e-9
    assert flow.duality_gap <= flow.rounding_bound == pytest.approx(2 * 20 * 0.4)


def test_the_finest_resolution_that_is_accepted_does_not_overflow():
    rng = np.random.default_rng(3)
    cost = rng.uniform(0, 5000, (40, 40))
    moves = np.repeat([9, 0], 20), np.repeat([0, 9], 20)
    finest = 2.0 ** np.ceil(np.log2(5000 * 42**2 / 2**58))
    flow = cheapest_moves(*moves, cost, resolution=finest)
    assert flow.duality_gap <= 1e-9 * flow.total_cost
    with pytest.raises(ParameterError, match="too fine"):
        cheapest_moves(*moves, cost, resolution=finest / 4)


@pytest.mark.parametrize("size", [4, 40])
def test_one_very_dear_pair_does_not_blur_the_others(size):
    rng = np.random.default_rng(size)
    half = size // 2
    moves = np.repeat([3, 0], half), np.repeat([0, 3], half)
    for scale in (1.0, 0.1):  # whole costs, and costs that no power of two divides
        cost = scale * rng.integers(0, 401, (size, size))
        cost[0, half] = 1e9
        flow = cheapest_moves(*moves, cost)
        least = by_highs(*moves, cost, np.ones(cost.shape, dtype=bool), 3 * half)
        assert flow.total_cost == pytest.approx(least, rel=1e-6)
        assert flow.relative_gap <= 1e-6
        assert flow.relative_gap == pytest.approx(flow.duality_gap / flow.total_cost)


@EXAMPLES
@given(networks(largest=7, people=50), st.integers(0, 10_000))
def test_costs_of_any_spread_overflow_nothing(network, seed):
    supply, demand, _, allowed = network
    cost = 10.0 ** np.random.default_rng(seed).uniform(-3, 12, allowed.shape)
    flow = most_moves(supply, demand, cost, allowed=allowed)
    assert 0 <= flow.duality_gap <= flow.rounding_bound + 1e-12 * flow.total_cost
    assert flow.rounding_bound <= 2 * flow.moved * cost.max() * 2**-40


def test_whole_costs_are_not_blown_up():
    flow = cheapest_moves([5, 0, 0, 0], [0, 2, 2, 1], 100_000 * COST)
    assert flow.resolution == 100_000 & -100_000  # the highest power of two that divides all


def test_what_rounding_may_have_lost_is_told():
    cost = np.array([[0, 0, 300.0, 100.0], [0, 0, 1e25, 200.0], [0] * 4, [0] * 4])
    with pytest.warns(UserWarning, match=r"up to [\d.]+% more .*Some pair costs very much more"):
        flow = cheapest_moves([1, 1, 0, 0], [0, 0, 1, 1], cost)
    assert flow.relative_gap > 0.001
    with ROUNDED:
        cheapest_moves([1, 1, 0, 0], [0, 0, 1, 1], np.minimum(cost, 310.0) / 100, resolution=7.0)
    with ROUNDED:  # also of what costs less than one in all
        small = cheapest_moves(
            [1, 1, 0, 0], [0, 0, 1, 1], np.minimum(cost, 310.0) / 10_000, resolution=0.07
        )
    assert small.total_cost < 1.0
    assert small.relative_gap > 0.001


def test_nobody_moves():
    for flow in (
        cheapest_moves([0, 0], [0, 0], np.zeros((2, 2))),
        most_moves([3, 0], [0, 2], np.ones((2, 2)), budget=0),
        most_moves([3, 0], [0, 2], np.ones((2, 2)), allowed=np.zeros((2, 2), dtype=bool)),
        most_moves([3, 0], [2, 0], np.ones((2, 2))),
    ):
        assert (flow.moved, flow.total_cost, flow.duality_gap) == (0, 0.0, 0.0)
        assert flow.losses.tolist() == flow.gains.tolist() == [0, 0]


def test_moves_that_cost_nothing():
    flow = cheapest_moves([3, 0], [0, 3], np.zeros((2, 2)))
    assert (flow.moved, flow.total_cost, flow.duality_gap) == (3, 0.0, 0.0)


def test_prices_of_moves_that_are_not_cheapest_are_refused():
    all_pairs = np.array([[0, 0, 1, 1], [0, 1, 0, 1]], dtype=np.int32)
    arcs = Arcs(np.arange(2), np.arange(2, 4), *all_pairs, np.array([1.0, 2.0, 1.0, 5.0]))
    supply, best = np.array([1, 1]), np.array([0, 1, 1, 0])
    shadow_prices(arcs, best, supply, supply, resolution=1.0)
    with pytest.raises(DomainError, match="not the cheapest"):
        shadow_prices(arcs, 1 - best, supply, supply, resolution=1.0)


ISLANDS = ["Java 1", "Java 2", "Papua 1", "Papua 2"]


def test_disconnected_regions_name_who_is_left():
    allowed = np.kron(np.eye(2, dtype=bool), np.ones((2, 2), dtype=bool))
    losses = pd.Series([9, 0, 2, 0], index=ISLANDS)
    gains = pd.Series([0, 6, 0, 5], index=ISLANDS)
    said = r"3 of 11 people cannot be placed: 9 leave Java 1, but .* \(Java 2\) take only 6\."
    with pytest.raises(DomainError, match=said):
        cheapest_moves(losses, gains, COST, allowed=allowed)
    assert most_moves(losses, gains, COST, allowed=allowed).moved == 8


def test_a_donor_without_any_open_pair_is_named():
    allowed = np.ones((4, 4), dtype=bool)
    allowed[0] = False
    losses = pd.Series([4, 0, 2, 0], index=ISLANDS)
    gains = pd.Series([0, 6, 0, 0], index=ISLANDS)
    said = "4 of 6 people cannot be placed: 4 leave Java 1, but no unit they may go to"
    with pytest.raises(DomainError, match=said):
        cheapest_moves(losses, gains, COST, allowed=allowed)


@EXAMPLES
@given(networks(largest=6, people=9))
def test_the_number_left_is_what_the_largest_flow_lacks(network):
    supply, demand, cost, allowed = network
    supply[0] += max(0, demand.sum() - supply.sum())
    demand[0] += max(0, supply.sum() - demand.sum())
    placed = most_moves(supply, demand, cost, allowed=allowed).moved
    left = supply.sum() - placed
    if left:
        said = f"^{left} of {supply.sum()} people cannot be placed"
        with pytest.raises(DomainError, match=said):
            cheapest_moves(supply, demand, cost, allowed=allowed)
    else:
        assert cheapest_moves(supply, demand, cost, allowed=allowed).moved == placed


@pytest.mark.parametrize("solve", [cheapest_moves, most_moves])
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"cost": np.ones((2, 3))}, r"matrix of shape \(2, 2\)"),
        ({"cost": np.full((2, 2), np.nan)}, r"\(0, 0\): nan"),
        ({"cost": -np.ones((2, 2))}, r"0 or more"),
        ({"allowed": np.ones((2, 2))}, "allowed: expected true or false"),
        ({"allowed": np.ones((3, 3), dtype=bool)}, r"shape \(2, 2\)"),
        ({"out": [1.5, 0]}, r"whole people.* 0: 1.5"),
        ({"out": [-1, 0]}, r"whole people.* 0: -1"),
        ({"in_": [0, 1, 0]}, "2 and 3 values"),
    ],
)
def test_bad_input_is_refused(solve, change, said):
    given_ = {"out": [1, 0], "in_": [0, 1], "cost": np.ones((2, 2)), "allowed": None} | change
    with pytest.raises(DomainError, match=said):
        solve(given_["out"], given_["in_"], given_["cost"], allowed=given_["allowed"])


def test_unequal_sums_and_other_units_are_refused():
    with pytest.raises(DomainError, match="losses add up to 2 people but the gains to 1"):
        cheapest_moves([2, 0], [0, 1], np.ones((2, 2)))
    with pytest.raises(DomainError, match="same units"):
        cheapest_moves(
            pd.Series([1, 0], index=["A", "B"]),
            pd.Series([0, 1], index=["A", "C"]),
            np.ones((2, 2)),
        )


@pytest.mark.parametrize("budget", [-1, 4, 1.5])
def test_budgets_out_of_range_are_refused(budget):
    with pytest.raises(DomainError, match=f"budget is {budget}, but must be .* 0 to 3"):
        most_moves([3, 0], [0, 2], np.ones((2, 2)), budget=budget)


def test_resolutions_out_of_range_are_refused():
    for resolution in (0.0, -1.0, np.nan, np.inf):
        with pytest.raises(ParameterError, match="must be above zero"):
            cheapest_moves([1, 0], [0, 1], np.ones((2, 2)), resolution=resolution)
    with pytest.raises(ParameterError, match="too fine"):
        cheapest_moves([1, 0], [0, 1], np.ones((2, 2)), resolution=1e-18)
