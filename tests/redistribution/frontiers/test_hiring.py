import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from analysis.errors import DomainError
from analysis.inequality import gini, hoover
from analysis.redistribution.frontiers.hiring import (
    cheapest_mix,
    hire,
    hiring_frontier,
    leave_unfilled,
)
from analysis.redistribution.frontiers.reachable import frontier


def units(seed, n=8):
    rng = np.random.default_rng(seed)
    need = rng.uniform(1, 5, n)
    return rng.poisson(30 * need * rng.lognormal(0, 0.5, n)) + 1, need, rng


@given(st.integers(0, 10_000), st.integers(0, 200))
@settings(max_examples=80, deadline=None)
def test_no_other_placing_of_the_hires_has_a_lower_index(seed, hires):
    staff, need, rng = units(seed)
    capacity = rng.integers(10, 60, need.size)
    hires = min(hires, int(capacity.sum()))
    best = hire(staff, need, hires, capacity=capacity)
    assert best.sum() == pytest.approx(staff.sum() + hires)
    assert (best >= staff - 1e-9).all()
    assert (best <= staff + capacity + 1e-9).all()
    other = staff + _share_out(rng, hires, capacity)
    for index in (gini, hoover):
        assert index(best / need, need) <= index(other / need, need) + 1e-12


@given(st.integers(0, 10_000), st.integers(0, 60))
@settings(max_examples=80, deadline=None)
def test_no_other_way_to_leave_posts_unfilled_has_a_lower_index(seed, posts):
    staff, need, rng = units(seed)
    retirements = rng.binomial(staff, 0.2)
    posts = min(posts, int(retirements.sum()))
    best = leave_unfilled(staff, need, posts, retirements=retirements)
    assert best.sum() == pytest.approx(staff.sum() - posts)
    other = staff - _share_out(rng, posts, retirements)
    for index in (gini, hoover):
        assert index(best / need, need) <= index(other / need, need) + 1e-12


def _share_out(rng, people, room):
    """Place people one by one, at random, where there is room."""
    seats = rng.permutation(np.repeat(np.arange(room.size), room))[:people]
    return np.bincount(seats, minlength=room.size)


@given(st.integers(0, 10_000), st.integers(0, 400))
@settings(max_examples=40, deadline=None)
def test_without_limits_it_is_the_frontier_of_hires(seed, hires):
    staff, need, _ = units(seed)
    found = frontier(staff, need)
    after = hire(staff, need, hires)
    np.testing.assert_allclose(after, found.allocation(0, hires), atol=1e-8)
    row = hiring_frontier(staff, need, [hires]).iloc[0]
    assert row["gini"] == pytest.approx(float(found.gini(0, hires)), abs=1e-12)
    assert row["hoover"] == pytest.approx(float(found.hoover(0, hires)), abs=1e-12)


def test_hires_in_one_family_only_leave_the_others_as_they_are():
    staff = pd.Series([60, 30, 10, 8], index=["guru A", "guru B", "perawat A", "perawat B"])
    teachers = [100, 100, 0, 0]
    after = hire(staff, [1, 1, 1, 1], 20, capacity=teachers)
    assert after.tolist() == [60, 50, 10, 8]


@pytest.mark.parametrize("price", [0.05, 0.5, 2.0, 40.0])
def test_the_mix_is_the_cheapest_on_a_fine_grid(price):
    staff, need, _ = units(5, n=20)
    found = frontier(staff, need)
    target = 0.4 * float(found.gini(0))
    mix = cheapest_mix(found, target, price=price)
    grid = np.linspace(0, mix.moves_only, 400)
    costs = [x + price * found.hires_for_gini(target, x) for x in grid]
    assert mix.cost <= min(costs) + 1e-3
    assert found.gini(mix.moves, mix.hires) == pytest.approx(target, abs=1e-9)
    assert mix.cost == pytest.approx(mix.moves + price * mix.hires)
    assert mix.cost <= min(mix.moves_only, price * mix.hires_only) + 1e-9
    assert mix.to_frame()["way"].tolist() == ["moves only", "hires only", "cheapest mix"]


def test_the_mix_is_the_optimum_of_the_linear_program():
    staff, need, _ = units(11, n=5)
    found, price = frontier(staff, need), 0.3
    target = 0.5 * float(found.gini(0))
    mix = cheapest_mix(found, target, price=price)
    n = staff.size
    pairs = [(i, j) for i in range(n) for j in range(i)]
    size = 2 * n + len(pairs)  # leavers, arrivals (moved or hired), distances
    rows, right = [], []
    for k, (i, j) in enumerate(pairs):
        for sign in (1, -1):
            row = np.zeros(size)
            row[[i, n + i, j, n + j]] = sign * np.array([-need[j], need[j], need[i], -need[i]])
            row[2 * n + k] = -1
            rows.append(row)
            right.append(-sign * (staff[i] * need[j] - staff[j] * need[i]))
    hired = np.concatenate([-np.ones(n), np.ones(n), np.zeros(len(pairs))])
    reach = np.concatenate([np.zeros(2 * n), np.ones(len(pairs))])
    reach -= target * need.sum() * hired
    cost = np.concatenate([np.ones(n), np.zeros(n + len(pairs))]) + price * hired
    best = linprog(
        cost,
        A_ub=np.vstack([*rows, reach, -hired]),
        b_ub=[*right, target * need.sum() * staff.sum(), 0],
        bounds=[(0, s) for s in staff] + [(0, None)] * (n + len(pairs)),
    )
    assert mix.cost == pytest.approx(best.fun, rel=1e-6)


class TestBadInput:
    @pytest.mark.parametrize(
        ("hires", "capacity", "message"),
        [
            (-1, None, "number of hires is -1"),
            (2.5, None, "number of hires is 2.5"),
            (9, [4, 4], "0 to 8 .the capacity"),
            (1, [4, -4], "capacity must be finite numbers, 0 or more"),
            (1, [4], "capacity: 1 values for 2 units"),
        ],
    )
    def test_hires(self, hires, capacity, message):
        with pytest.raises(DomainError, match=message):
            hire([3, 4], [1, 1], hires, capacity=capacity)

    @pytest.mark.parametrize(
        ("posts", "retirements", "message"),
        [
            (4, [1, 2], "posts left unfilled is 4.*0 to 3"),
            (1, [4, 0], "retirements must be no more than the unit's staff.*0: 4"),
            (1, [1.5, 0], "retirements must be whole people"),
            (1, [1], "retirements: 1 values for 2 units"),
        ],
    )
    def test_posts(self, posts, retirements, message):
        with pytest.raises(DomainError, match=message):
            leave_unfilled([3, 4], [1, 1], posts, retirements=retirements)

    @pytest.mark.parametrize("price", [0, -1, np.nan, np.inf])
    def test_price(self, price):
        with pytest.raises(DomainError, match=r"price is .*above zero"):
            cheapest_mix(frontier([3, 9], [1, 1]), 0.1, price=price)
