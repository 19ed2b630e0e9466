import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ortools.graph.python import max_flow

from analysis.errors import DomainError
from analysis.redistribution.need.deficits import even_deficits


def every_arrival(surplus, deficit, acceptable):
    """All arrivals that some transfer brings about, by trying every number on every pair."""
    pairs = [(i, j) for i, j in itertools.product(range(len(surplus)), range(len(deficit)))]
    pairs = [pair for pair in pairs if acceptable[pair]]
    found = set()
    ranges = [range(min(surplus[i], deficit[j]) + 1) for i, j in pairs]
    for amounts in itertools.product(*ranges):
        leaving, arriving = np.zeros(len(surplus), int), np.zeros(len(deficit), int)
        for (i, j), people in zip(pairs, amounts, strict=True):
            leaving[i] += people
            arriving[j] += people
        if (leaving <= surplus).all() and (arriving <= deficit).all():
            found.add(tuple(arriving.tolist()))
    return found


def largest_together(values):
    return np.cumsum(np.sort(values)[::-1])


@given(st.integers(0, 100_000))
@settings(max_examples=60, deadline=None)
def test_no_transfer_leaves_the_largest_deficits_smaller(seed):
    rng = np.random.default_rng(seed)
    surplus, deficit = rng.integers(0, 4, 2), rng.integers(0, 4, 3)
    acceptable = rng.random((2, 3)) < 0.6
    arrivals = even_deficits(surplus, deficit, acceptable)
    every = every_arrival(surplus, deficit, acceptable)
    assert tuple(arrivals.tolist()) in every
    ours = largest_together(deficit - arrivals)
    for other in every:
        assert (ours <= largest_together(deficit - np.array(other))).all()


@given(st.integers(0, 100_000))
@settings(max_examples=30, deadline=None)
def test_as_many_people_move_as_can(seed):
    rng = np.random.default_rng(seed)
    surplus, deficit = rng.integers(0, 30, 12), rng.integers(0, 30, 9)
    acceptable = rng.random((12, 9)) < 0.2
    flow = max_flow.SimpleMaxFlow()
    for i, j in np.argwhere(acceptable).tolist():
        flow.add_arc_with_capacity(i, 12 + j, 1000)
    for i, people in enumerate(surplus.tolist()):
        flow.add_arc_with_capacity(21, i, people)
    for j, people in enumerate(deficit.tolist()):
        flow.add_arc_with_capacity(12 + j, 22, people)
    flow.solve(21, 22)
    assert even_deficits(surplus, deficit, acceptable).sum() == flow.optimal_flow()


def test_the_scarce_go_where_the_deficit_is_largest():
    acceptable = [[True, True, False], [False, False, True]]
    assert even_deficits([4, 9], [7, 4, 2], acceptable).tolist() == [3, 1, 2]


def test_nobody_to_give_and_nobody_missing():
    assert even_deficits([0], [3], [[True]]).tolist() == [0]
    assert even_deficits([3], [0], [[True]]).tolist() == [0]


@pytest.mark.parametrize(
    ("surplus", "deficit", "acceptable", "message"),
    [
        ([-1], [1], [[True]], "surplus must be whole people"),
        ([1], [1.5], [[True]], "deficit must be whole people"),
        ([1], [1], [[True, True]], r"acceptable: expected .* shape \(1, 1\)"),
        ([1], [1], [[1.0]], "acceptable: expected a matrix of true and false"),
        ([10**7], [10**7], [[True]], "too many for one flow"),
    ],
)
def test_bad_input(surplus, deficit, acceptable, message):
    with pytest.raises(DomainError, match=message):
        even_deficits(surplus, deficit, acceptable)
