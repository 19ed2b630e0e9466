import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import DomainError, ParameterError
from analysis.inequality.changes import redrawn_change
from analysis.inequality.measures import gini, theil_t


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 8), st.integers(0, 12))
def test_the_parts_add_up_and_merging_never_raises_inequality_of_ratios(seed, new, more):
    rng = np.random.default_rng(seed)
    into = rng.permutation(np.concatenate([np.arange(new), rng.integers(new, size=more)]))
    before, need = rng.integers(1, 50, into.size), rng.uniform(1, 50, into.size)
    after, later = rng.integers(1, 50, new), rng.uniform(1, 50, new)
    for measure in (gini, theil_t):
        found = redrawn_change(measure, before, after, into, need_before=need, need_after=later)
        assert found.boundaries + found.people == pytest.approx(found.difference, abs=1e-12)
        assert found.before == pytest.approx(measure(before / need, need))
        assert found.after == pytest.approx(measure(after / later, later))
        assert found.boundaries <= 1e-12
        assert found.to_frame()["value"].iloc[:2].sum() == pytest.approx(found.difference)


def test_nobody_moves_then_boundaries_do_it_all():
    found = redrawn_change(gini, [1, 3, 4], [4, 4], [0, 0, 1])
    assert (found.people, found.after) == (0.0, 0.0)
    assert found.boundaries == pytest.approx(-gini([1, 3, 4]))


def test_boundaries_stay_then_people_do_it_all():
    found = redrawn_change(gini, [1, 3], [2, 2], [0, 1])
    assert (found.boundaries, found.people) == (0.0, -0.25)


@pytest.mark.parametrize(
    ("into", "message"),
    [
        ([0, 0, 2], "every position from 0 to 1"),
        ([0, 0, 0], "every position from 0 to 1"),
        ([0, -1, 1], "every position from 0 to 1"),
        ([0, 1], "one position for each of 3 old units"),
        ([0.0, 0.0, 1.0], "one position for each of 3 old units, but got float64"),
    ],
)
def test_a_crosswalk_that_does_not_fit_is_refused(into, message):
    with pytest.raises(DomainError, match=re.escape(message)):
        redrawn_change(gini, [1, 3, 4], [5, 3], into)


def test_need_comes_for_both_states():
    with pytest.raises(ParameterError, match="need is given for one state only"):
        redrawn_change(gini, [1, 3], [2, 2], [0, 1], need_before=[1, 1])
