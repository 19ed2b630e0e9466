"""How even staff are over need where some need nobody: the limit of needs that go to zero."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.inequality.measures import gini, hoover
from analysis.restructuring import gini_over_need, hoover_over_need

counts = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 5)), min_size=1, max_size=8)


def pairs_with_something(rows):
    staff, need = np.array(rows, dtype=float).T
    return staff, need, staff.sum() > 0 and need.sum() > 0


@settings(max_examples=40, deadline=None)
@given(counts)
def test_the_index_is_the_limit_of_needs_that_go_to_zero(rows):
    staff, need, something = pairs_with_something(rows)
    if not something:
        assert np.isnan(gini_over_need(staff, need))
        assert np.isnan(hoover_over_need(staff, need))
        return
    small = np.where(need > 0, need, 1e-9)
    assert gini_over_need(staff, need) == pytest.approx(gini(staff / small, small), abs=1e-6)
    assert hoover_over_need(staff, need) == pytest.approx(hoover(staff / small, small), abs=1e-6)


def test_staff_where_none_is_needed_is_as_uneven_as_it_gets():
    assert gini_over_need([5, 0], [0, 3]) == hoover_over_need([5, 0], [0, 3]) == 1
    assert gini_over_need([3, 2, 0], [3, 2, 0]) == hoover_over_need([3, 2, 0], [3, 2, 0]) == 0


def test_moving_someone_to_where_people_are_needed_lowers_both():
    before, after, need = [4, 2, 2], [4, 1, 3], [4, 0, 4]
    assert gini_over_need(after, need) < gini_over_need(before, need)
    assert hoover_over_need(after, need) < hoover_over_need(before, need)
