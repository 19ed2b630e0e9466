import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from analysis import inequality
from analysis.errors import DomainError
from analysis.staffing import TwoLevels, moves_by_level, shortfall_by_level

states = st.lists(
    st.tuples(st.integers(0, 10**5), st.integers(1, 10**7), st.sampled_from("abcd")),
    min_size=1,
    max_size=40,
).map(lambda rows: pd.DataFrame(rows, columns=["staff", "people", "group"]))


def least_moves(gaps: np.ndarray, groups: np.ndarray) -> tuple[float, float]:
    """The least cost of a flow that evens gaps out, where a move inside a group costs less."""
    across = groups[:, None] != groups[None, :]
    n = len(gaps)
    leaving = np.kron(np.eye(n), np.ones(n)) - np.kron(np.ones(n), np.eye(n))
    found = linprog((1.0 + 0.01 * across).ravel(), A_eq=leaving[:-1], b_eq=gaps[:-1])
    flow = found.x.reshape(n, n)
    return float(flow.sum()), float(flow[across].sum())


@pytest.mark.parametrize("seed", range(5))
def test_one_plan_has_the_fewest_moves_and_the_fewest_across(seed: int) -> None:
    rng = np.random.default_rng(seed)
    staff, people = pd.Series(rng.integers(0, 90, 8)), pd.Series(rng.integers(100, 999, 8))
    groups = rng.choice(["a", "b", "c"], 8)
    gaps = (staff - staff.sum() * people / people.sum()).to_numpy()
    found = moves_by_level(staff, people, groups)
    assert (found.units, found.groups) == pytest.approx(least_moves(gaps, groups), abs=1e-6)


@settings(max_examples=50, derandomize=True)
@given(states.filter(lambda state: state["staff"].any()))
def test_moves_over_all_staff_are_the_hoover_indices_of_units_and_groups(state) -> None:
    found = moves_by_level(state["staff"], state["people"], state["group"])
    totals = state.groupby("group")[["staff", "people"]].sum()
    expected = [
        frame["staff"].sum() * inequality.hoover(frame["staff"] / frame["people"], frame["people"])
        for frame in (state, totals)
    ]
    assert (found.units, found.groups) == pytest.approx(expected, rel=1e-9, abs=1e-9)


@settings(max_examples=50, derandomize=True)
@given(states, st.floats(0.1, 100))
def test_totals_conceal_a_shortage_and_never_add_to_it(state, standard) -> None:
    args = state["staff"], state["people"]
    found = shortfall_by_level(*args, state["group"], standard=standard, per=1000)
    whole = shortfall_by_level(*args, ["all"] * len(state), standard=standard, per=1000)
    alone = shortfall_by_level(*args, state.index, standard=standard, per=1000)
    assert 0 <= whole.groups <= found.groups + 1e-6
    assert found.groups <= found.units * (1 + 1e-12)
    assert alone.hidden == pytest.approx(0, abs=1e-9 * max(1.0, alone.units))


def test_a_known_case() -> None:
    staff, people = pd.Series([30, 10, 5]), pd.Series([1000, 1000, 1000])
    found = shortfall_by_level(staff, people, ["a", "a", "b"], standard=20)
    assert found == TwoLevels(units=25.0, groups=15.0)
    assert (found.hidden, found.hidden_share) == (10.0, 0.4)


def test_where_units_show_nothing_there_is_no_share() -> None:
    assert math.isnan(TwoLevels(0.0, 0.0).hidden_share)


def test_groups_are_aligned_by_label() -> None:
    staff, people = pd.Series({"11": 30, "12": 10, "13": 20}), {"13": 100, "11": 100, "12": 100}
    groups = pd.Series({"13": "b", "12": "a", "11": "a"})
    assert moves_by_level(staff, people, groups) == TwoLevels(units=10.0, groups=0.0)


@pytest.mark.parametrize(
    ("groups", "standard", "message"),
    [
        (["a", None], 20, "groups: the label is missing at positions 1"),
        (["a"], 20, "groups: expected one label for each of 2 units"),
        (["a", "b"], 0, "standard: 0 per 1000 people is not above zero"),
        (["a", "b"], math.nan, "standard: nan per 1000 people is not above zero"),
    ],
)
def test_what_makes_no_sense_is_refused(groups, standard, message) -> None:
    with pytest.raises(DomainError, match=message):
        shortfall_by_level(
            pd.Series([1, 2]), pd.Series([10, 10]), groups, standard=standard, per=1000
        )
