"""Labelled input in another order gives the same results: every function of the planner."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import redistribution as rd
from analysis.errors import AnalysisError
from analysis.redistribution import Limits

N = 6
UNITS = pd.Index([f"unit {i}" for i in range(N)])
FAMILIES = ["teacher", "nurse"]
RNG = np.random.default_rng(3)
ONCE = settings(max_examples=8, derandomize=True, deadline=None)


def by_unit(values):
    return pd.Series(values, UNITS)


def by_pair(values):
    return pd.DataFrame(values, UNITS, UNITS)


@dataclass
class Inputs:
    """Everything labelled that a function takes, in one order of the units."""

    staff: pd.Series
    need: pd.Series
    capacity: pd.Series
    few: pd.Series
    group: pd.Series
    latitude: pd.Series
    longitude: pd.Series
    cost: pd.DataFrame
    allowed: pd.DataFrame
    kinds: pd.DataFrame
    people: pd.DataFrame
    needs: pd.DataFrame
    places: pd.DataFrame

    def ordered(self, order):
        """Return the same in another order of units on every side."""
        return Inputs(
            **{
                name: x.iloc[order, order] if x.shape == (N, N) else x.iloc[order]
                for name, x in vars(self).items()
            }
        )


GIVEN = Inputs(
    staff=by_unit([90, 25, 15, 60, 8, 31]),
    need=by_unit([31.0, 40.0, 29.0, 44.0, 20.0, 30.5]),
    capacity=by_unit([5, 9, 12, 4, 6, 20]),
    few=by_unit([9, 3, 2, 8, 1, 5]),
    group=by_unit(["west", "west", "east", "west", "east", "east"]),
    latitude=by_unit(RNG.uniform(-9, 5, N)),
    longitude=by_unit(RNG.uniform(96, 140, N)),
    cost=by_pair(RNG.uniform(1, 500, (N, N))),
    allowed=by_pair(RNG.random((N, N)) < 0.8),
    kinds=by_pair(RNG.choice(["near", "far"], (N, N))),
    people=pd.DataFrame(RNG.integers(0, 30, (N, 2)), UNITS, FAMILIES),
    needs=pd.DataFrame(RNG.uniform(5, 20, (N, 2)), UNITS, FAMILIES),
    places=pd.DataFrame(
        {
            "agency": list("abcdef"),
            "province": list("xxyyzz"),
            "level": ["regional"] * 5 + ["central"],
        },
        UNITS,
    ),
)
MOVES = pd.DataFrame({"origin": UNITS[[0, 3]], "destination": UNITS[[1, 2]], "people": [20, 30]})
TABLE = pd.DataFrame({"from_family": ["nurse"], "to_family": ["teacher"], "penalty": [30.0]})
TRAINING = TABLE.drop(columns="penalty").assign(jp=20, rupiah=10.0, months=1)


def moves(f, g, **limits):
    return rd.plan_moves(
        f.staff,
        g.need,
        cost=g.cost,
        distance=g.cost,
        budget=40,
        limits=Limits(**limits),
        unplaced="stay",
    ).moves


def changes(f, g, **limits):
    return rd.plan_with_substitution(
        f.people, g.needs, cost=g.cost, substitution=TABLE, limits=Limits(**limits)
    ).moves


CALLS = {
    "units": lambda f, g: rd.Units.of(f.staff, g.need, group=g.group).need,
    "frontier": lambda f, g: rd.frontier(f.staff, g.need).to_frame(),
    "hire": lambda f, g: rd.hire(f.staff, g.need, 20, capacity=g.capacity),
    "hiring frontier": lambda f, g: rd.hiring_frontier(f.staff, g.need, [3], capacity=g.capacity),
    "leave unfilled": lambda f, g: rd.leave_unfilled(f.staff, g.need, 9, retirements=g.few),
    "plan": moves,
    "floor_heads": lambda f, g: moves(f, g, floor_heads=g.few),
    "max_share_leaving": lambda f, g: moves(f, g, max_share_leaving=g.few / 20),
    "most_leaving": lambda f, g: moves(f, g, most_leaving=g.few),
    "releasable": lambda f, g: moves(f, g, releasable=g.few),
    "capacity": lambda f, g: moves(f, g, capacity=g.capacity),
    "capacity as a dict": lambda f, g: moves(f, g, capacity=dict(g.capacity)),
    "within": lambda f, g: moves(f, g, within=g.group),
    "within as a dict": lambda f, g: moves(f, g, within=dict(g.group)),
    "allowed": lambda f, g: moves(f, g, allowed=g.allowed),
    "max_cost": lambda f, g: moves(f, g, max_cost=250.0),
    "max_distance": lambda f, g: moves(f, g, max_distance=250.0),
    "problem": lambda f, g: (
        rd.minimum_hoover(
            rd.Problem(
                f.staff, g.need, g.cost, 40, Limits(most_leaving=g.few, capacity=g.capacity), g.cost
            )
        ).moves
    ),
    "robustness": lambda f, g: (
        rd.robustness(
            f.staff, g.need, budget=9, need_cv=0.0, replicates=10, after=g.staff + 1
        ).results
    ),
    "families": lambda f, g: (
        rd.plan_families(
            f.people, g.needs, cost=g.cost, limits=Limits(releasable=g.people // 2)
        ).moves
    ),
    "substitution": changes,
    "substitution within": lambda f, g: changes(f, g, within=g.group, most_leaving=g.few),
    "substitution releasable": lambda f, g: changes(f, g, releasable=g.people // 2),
    "substitution allowed": lambda f, g: changes(f, g, allowed=g.allowed, capacity=g.capacity),
    "quotas": lambda f, g: (
        rd.plan_with_quotas(
            f.people,
            g.needs,
            cost=g.cost,
            substitution=TABLE,
            labels=g.kinds,
            quotas=pd.DataFrame({"label": ["far"], "people": [4]}),
        ).plan.moves
    ),
    "filling": lambda f, g: (
        rd.fill_posts(
            f.people,
            g.needs,
            cost=g.cost,
            training=TRAINING,
            hire={"nurse": 400.0, "teacher": 90.0},
            limits=Limits(most_leaving=g.few),
        ).plan.moves
    ),
    "conflicts": lambda f, g: (
        rd.find_conflicts(
            f.people,
            g.needs,
            substitution=TABLE,
            limits=Limits(most_leaving=g.few, capacity=g.capacity, within=g.group),
        ).weighted
    ),
    "years ahead": lambda f, g: rd.balances_ahead(
        rd.FamilyUnits.of(f.people, f.needs), [g.people // 5, g.people // 4]
    ),
    "vacancies to keep": lambda f, g: rd.vacancies_to_keep(
        rd.FamilyUnits.of(f.people, f.needs), [g.people // 3], staff_after=g.people
    ),
    "regretted moves": lambda f, g: rd.regretted_moves(
        rd.FamilyUnits.of(f.people, f.needs), changes(f, f), [g.people // 2]
    ),
    "balance": lambda f, g: rd.balance(f.staff, g.need),
    "models": lambda f, g: rd.compare_need(f.staff, pd.DataFrame({"a": g.need, "b": g.capacity})),
    "gaps": lambda f, g: rd.need_gaps(f.staff, pd.DataFrame({"a": g.need})),
    "flips": lambda f, g: rd.scenario_flips(
        f.staff, pd.DataFrame({"a": g.need, "b": 1.2 * g.need})
    ),
    "deficits": lambda f, g: f.capacity.array - rd.even_deficits(f.few, f.capacity, g.allowed),
    "workload": lambda f, g: rd.workload_need(
        pd.DataFrame({"unit": g.need.index, "volume": g.need.array, "norm_minutes": 75_000.0}),
        f.staff,
    ),
    "distances": lambda f, g: rd.great_circle(f.latitude, g.longitude),
    "kinds of transfer": lambda f, g: rd.transfer_cost(f.cost, rd.transfer_kind(g.places)),
    "profile": lambda _, g: rd.movers_profile(
        MOVES, pd.DataFrame({"eligible": g.staff, "women": g.few}), groups=["women"], min_cell=0
    ),
    "distances of moves": lambda _, g: rd.distances(MOVES, g.cost),
    "releasable people": lambda f, g: rd.releasable(
        f.places.assign(unit=f.places["province"]), g.group == "west"
    ),
}
ORDERS = st.permutations(range(N))


def assert_same(found, expected, **tolerance):
    if isinstance(expected, pd.DataFrame):
        pd.testing.assert_frame_equal(found, expected, **tolerance)
    elif isinstance(expected, pd.Series):
        pd.testing.assert_series_equal(found, expected, **tolerance)
    else:
        np.testing.assert_array_equal(found, expected)


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
@ONCE
@given(order=ORDERS)
def test_the_order_of_what_comes_with_staff_does_not_matter(call, order):
    assert_same(call(GIVEN, GIVEN.ordered(order)), call(GIVEN, GIVEN))


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
@ONCE
@given(order=ORDERS)
def test_the_order_of_all_units_changes_only_the_order_of_results(call, order):
    shuffled = GIVEN.ordered(order)
    expected, found = call(GIVEN, GIVEN), call(shuffled, shuffled)
    if not isinstance(expected, pd.DataFrame | pd.Series):
        np.testing.assert_allclose(np.sort(np.ravel(found)), np.sort(np.ravel(expected)))
        return
    for axis in range(expected.ndim):
        if expected.axes[axis].equals(UNITS):
            found = found.reindex(UNITS, axis=axis)
    if "destination" in expected:
        expected, found = (
            x.sort_values(list(x.columns[:4])).reset_index(drop=True) for x in (expected, found)
        )
    assert_same(found, expected, rtol=1e-9)


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_other_units_are_refused(call):
    other = Inputs(
        **{
            name: x.rename({"unit 3": "another"}, axis=0).rename(
                {"unit 3": "another"}, axis=x.ndim - 1
            )
            for name, x in vars(GIVEN).items()
        }
    )
    with pytest.raises(AnalysisError, match=r"another|unit 3|must have the same rows"):
        call(GIVEN, other)
