"""The frontier against brute force, random plans, linear programming and the measures' engine."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy.optimize import linprog

from analysis.errors import DomainError
from analysis.inequality import gini, hoover, theil_t
from analysis.redistribution.frontiers.reachable import frontier

UNITS = st.integers(2, 8)


@st.composite
def staff_and_need(draw, n=UNITS):
    size = draw(n)
    staff = draw(hnp.arrays(np.int64, size, elements=st.integers(0, 200)))
    staff[0] += 1  # somebody is there
    need = draw(hnp.arrays(np.float64, size, elements=st.floats(0.5, 50.0)))
    return staff, need


@given(staff_and_need(), st.floats(0, 1.2), st.floats(0, 3))
@settings(max_examples=150, deadline=None)
def test_its_indices_are_those_the_engine_finds_for_its_allocation(units, share, hired):
    staff, need = units
    found = frontier(staff, need)
    moves, hires = share * found.most_moves, hired * staff.sum()
    after = found.allocation(moves, hires)
    assert after.sum() == pytest.approx(staff.sum() + hires)
    assert found.gini(moves, hires) == pytest.approx(gini(after / need, need), abs=1e-12)
    assert found.hoover(moves, hires) == pytest.approx(hoover(after / need, need), abs=1e-12)
    leaving = np.maximum(staff - after, 0.0).sum()
    assert leaving <= moves * (1 + 1e-12) + 1e-9


@given(staff_and_need(), st.integers(0, 100), st.data())
@settings(max_examples=150, deadline=None)
def test_no_plan_of_as_many_moves_has_a_higher_lorenz_curve_anywhere(units, moves, data):
    staff, need = units
    moves = min(moves, int(staff.sum()))
    best = frontier(staff, need).allocation(moves)
    leave = data.draw(hnp.arrays(np.float64, staff.size, elements=st.floats(0, 1))) * staff
    if leave.sum() > moves:
        leave *= moves / leave.sum()
    arrive = data.draw(hnp.arrays(np.float64, staff.size, elements=st.floats(0.01, 1)))
    other = staff - leave + leave.sum() * arrive / arrive.sum()

    shares = np.linspace(0.0, 1.0, 41)
    assert np.all(_curve(best, need, shares) >= _curve(other, need, shares) - 1e-9)
    for index in (gini, hoover, theil_t):
        assert index(best / need, need) <= index(other / need, need) + 1e-9


def _curve(staff, need, shares):
    order = np.argsort(staff / need)
    x = np.concatenate([[0.0], np.cumsum(need[order]) / need.sum()])
    return np.interp(shares, x, np.concatenate([[0.0], np.cumsum(staff[order]) / staff.sum()]))


@given(staff_and_need(st.integers(2, 4)))
@settings(max_examples=25, deadline=None)
def test_the_gini_is_the_optimum_of_the_linear_program(units):
    staff, need = units
    found = frontier(staff, need)
    moves = 0.6 * found.most_moves
    assert found.gini(moves) == pytest.approx(_least_gini(staff, need, moves), abs=1e-8)


def _least_gini(staff, need, moves):
    """Leavers, arrivals and the distance of every pair as variables of one program."""
    n, pairs = staff.size, list(itertools.combinations(range(staff.size), 2))
    size = 2 * n + len(pairs)
    rows, right = [], []
    for k, (i, j) in enumerate(pairs):
        for sign in (1.0, -1.0):
            row = np.zeros(size)
            row[[i, n + i, j, n + j]] = sign * np.array([-need[j], need[j], need[i], -need[i]])
            row[2 * n + k] = -1.0
            rows.append(row)
            right.append(-sign * (staff[i] * need[j] - staff[j] * need[i]))
    balance = np.concatenate([np.ones(n), -np.ones(n), np.zeros(len(pairs))])
    budget = np.concatenate([np.ones(n), np.zeros(n + len(pairs))])
    found = linprog(
        np.concatenate([np.zeros(2 * n), np.ones(len(pairs))]),
        A_ub=np.vstack([*rows, budget]),
        b_ub=[*right, moves],
        A_eq=balance[None, :],
        b_eq=[0.0],
        bounds=[(0, s) for s in staff] + [(0, None)] * (n + len(pairs)),
    )
    return found.fun / (staff.sum() * need.sum())


@pytest.mark.parametrize("seed", range(12))
def test_the_plan_in_whole_people_is_within_its_proved_gap_of_the_best(seed):
    rng = np.random.default_rng(seed)
    staff, need = rng.integers(0, 7, 4) + 1, rng.uniform(1, 3, 4)
    found = frontier(staff, need)
    for moves in range(int(found.most_moves) + 1):
        plan = found.plan(moves)
        assert plan.moves == plan.gains.sum() == moves
        assert (plan.staff_after >= 0).all()
        best = _best_whole_gini(staff, need, moves)
        here = gini(plan.staff_after / need, need)
        assert float(found.gini(moves)) <= best + 1e-12
        assert here <= best + plan.gini_gap + 1e-12
        beyond = hoover(plan.staff_after / need, need) - float(found.hoover(moves))
        assert beyond <= plan.hoover_gap + 1e-12


def _best_whole_gini(staff, need, moves):
    """Try every way to share all staff out that takes at most so many moves."""
    total = int(staff.sum())
    every = itertools.product(range(total + 1), repeat=staff.size - 1)
    after = np.array([(*rest, total - sum(rest)) for rest in every if sum(rest) <= total])
    after = after[np.maximum(staff - after, 0).sum(axis=1) <= moves]
    differences = after[:, :, None] * need[None, None, :] - after[:, None, :] * need[None, :, None]
    return np.abs(differences).sum(axis=(1, 2)).min() / (2 * total * need.sum())


def test_a_case_worked_by_hand():
    found = frontier([60, 30, 10], [1, 1, 1])
    assert found.mean == pytest.approx(100 / 3)
    assert found.most_moves == pytest.approx(60 - 100 / 3)
    assert found.ceiling(10) == pytest.approx(50)
    assert found.floor(10) == pytest.approx(20)
    assert found.ceiling(25) == pytest.approx(35)
    assert found.floor(25) == pytest.approx((10 + 30 + 25) / 2)  # the middle unit gains too
    assert found.gini(0) == pytest.approx(gini([60, 30, 10]))
    assert found.hoover(10) == pytest.approx((found.most_moves - 10) / 100)


def test_equal_units_need_no_moves():
    found = frontier([10, 20], [1, 2])
    assert found.most_moves == 0
    assert found.gini(0) == 0
    assert found.plan(0).staff_after.tolist() == [10, 20]
    assert found.to_frame()["moves"].tolist() == [0.0]


def test_moves_and_hires_for_a_target_reach_it():
    rng = np.random.default_rng(3)
    need = rng.lognormal(0, 1, 60)
    staff = rng.poisson(200 * need * rng.lognormal(0, 0.4, 60))
    found = frontier(staff, need)
    target = 0.4 * float(found.gini(0))
    moves = found.moves_for_gini(target)
    assert found.gini(moves) == pytest.approx(target, abs=1e-12)
    hires = found.hires_for_gini(target)
    assert found.gini(0, hires) == pytest.approx(target, abs=1e-9)
    fewer = found.hires_for_gini(target, moves=moves / 2)
    assert 0 < fewer < hires


def test_all_hires_lift_everyone_to_the_highest_ratio():
    found = frontier([60, 30, 10], [1, 1, 2])
    assert found.most_hires == pytest.approx(60 * 4 - 100)
    assert found.gini(0, found.most_hires) == pytest.approx(0, abs=1e-15)
    assert found.hires_for_gini(0.0) == pytest.approx(found.most_hires, rel=1e-6)


def test_between_its_bends_the_frontier_is_a_straight_line():
    found = frontier([60, 33, 10, 5, 80], [1, 2, 1.5, 1, 1])
    knots = found.knots()
    middles = (knots[1:] + knots[:-1]) / 2
    halves = (found.gini(knots[1:]) + found.gini(knots[:-1])) / 2
    np.testing.assert_allclose(found.gini(middles), halves, atol=1e-14)
    assert (np.diff(found.gini(knots)) < 0).all()


def test_the_table_of_the_frontier():
    frame = frontier([60, 30, 10], [1, 1, 1]).to_frame([0, 10])
    assert list(frame) == ["moves", "share_of_staff", "floor", "ceiling", "hoover", "gini"]
    assert frame["share_of_staff"].tolist() == [0.0, 0.1]


@given(staff_and_need(), st.floats(0.1, 10))
@settings(max_examples=50, deadline=None)
def test_the_scale_of_need_does_not_matter(units, scale):
    staff, need = units
    found, scaled = frontier(staff, need), frontier(staff, scale * need)
    moves = 0.5 * found.most_moves
    np.testing.assert_allclose(found.allocation(moves), scaled.allocation(moves), atol=1e-6)


def test_many_units_in_any_order():
    rng = np.random.default_rng(0)
    need = rng.lognormal(0, 1, 20_000)
    staff = rng.poisson(50 * need)
    found = frontier(staff, need)
    moves = 0.3 * found.most_moves
    after = found.allocation(moves)
    assert found.gini(moves) == pytest.approx(gini(after / need, need), abs=1e-12)
    assert (np.diff(found.away) >= 0).all()
    shuffled = rng.permutation(need.size)
    again = frontier(staff[shuffled], need[shuffled])
    assert again.gini(moves) == pytest.approx(float(found.gini(moves)), abs=1e-13)


class TestBadInput:
    @pytest.mark.parametrize(
        ("staff", "need", "message"),
        [
            ({"11": -1, "12": 4}, {"11": 1, "12": 1}, "whole people.*11: -1"),
            ({"11": 1.5, "12": 4}, {"11": 1, "12": 1}, r"whole people.*11: 1\.5"),
            ({"11": None, "12": 4}, {"11": 1, "12": 1}, "whole people.*11: nan"),
            ({"11": 1, "12": 4}, {"11": 1, "12": -2}, "need must be.*12: -2"),
            ({"11": 1, "12": 4}, {"11": 1, "12": None}, "need must be.*12: nan"),
            ({"11": 1, "12": 4}, {"11": 0, "12": 0}, "total is zero"),
            (
                {"11": 1, "12": 4},
                {"11": 1, "13": 1},
                "same units: 13 is only in need, 12 is only in staff",
            ),
            ({"11": 0, "12": 0}, {"11": 1, "12": 1}, "nobody to move"),
        ],
    )
    def test_staff_and_need(self, staff, need, message):
        with pytest.raises(DomainError, match=message):
            frontier(pd.Series(staff), pd.Series(need))

    def test_text_for_numbers(self):
        with pytest.raises(DomainError, match=r"must be numbers.*dots"):
            frontier(pd.Series(["1.234", "5"]), pd.Series([1, 2]))

    @pytest.mark.parametrize("moves", [-1, 101, 2.5])
    def test_budget(self, moves):
        with pytest.raises(DomainError, match=r"number of moves is .* from 0 to 100"):
            frontier([60, 30, 10], [1, 1, 1]).plan(moves)

    @pytest.mark.parametrize("target", [-0.1, 0.9])
    def test_target(self, target):
        found = frontier([60, 30, 10], [1, 1, 1])
        for ask in (found.moves_for_gini, found.hires_for_gini):
            with pytest.raises(DomainError, match="between 0 and today's value"):
                ask(target)
