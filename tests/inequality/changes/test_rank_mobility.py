import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import DomainError, ParameterError
from analysis.inequality.changes.rank_mobility import mobility


def test_nobody_moves():
    x = np.arange(1.0, 11.0)
    found = mobility(x, x**2)
    np.testing.assert_array_equal(found.matrix, np.eye(5))
    assert (found.shorrocks, found.spearman, found.kendall) == pytest.approx((0.0, 1.0, 1.0))


def test_all_change_places():
    x = np.arange(1.0, 11.0)
    found = mobility(x, -x, classes=2)
    np.testing.assert_array_equal(found.matrix, [[0.0, 1.0], [1.0, 0.0]])
    assert (found.shorrocks, found.spearman, found.kendall) == pytest.approx((2.0, -1.0, -1.0))


def test_weights_are_repeated_rows_in_the_matrix():
    x, y = np.array([1.0, 2.0, 3.0, 4.0, 5.0]), np.array([2.0, 1.0, 5.0, 3.0, 4.0])
    w = np.array([3, 1, 2, 2, 2])
    weighted = mobility(x, y, w, classes=3)
    repeated = mobility(np.repeat(x, w), np.repeat(y, w), classes=3)
    np.testing.assert_allclose(weighted.matrix, repeated.matrix)
    assert weighted.shorrocks == pytest.approx(repeated.shorrocks)


@settings(max_examples=30)
@given(
    st.lists(
        st.tuples(st.integers(0, 99), st.integers(0, 99)), min_size=10, max_size=30, unique=True
    ).filter(lambda pairs: len({x for x, _ in pairs}) > 6 and len({y for _, y in pairs}) > 6)
)
def test_rows_are_shares(pairs):
    x, y = (np.array(column, dtype=float) for column in zip(*pairs, strict=True))
    found = mobility(x, y, classes=2)
    np.testing.assert_allclose(found.matrix.sum(axis=1), 1.0)
    assert 0.0 <= found.shorrocks <= 2.0
    assert found.to_frame().groupby("before")["share"].sum().tolist() == pytest.approx([1.0, 1.0])


def test_ties_stay_in_one_class():
    found = mobility([1.0, 1.0, 1.0, 2.0], [1.0, 2.0, 3.0, 4.0], classes=2)
    np.testing.assert_allclose(found.matrix[0], [2 / 3, 1 / 3])


def test_a_rank_on_a_boundary_goes_up():
    # Of five units in two classes, the middle one has rank 1/2 exactly.
    found = mobility(np.arange(5.0), np.arange(5.0), [0.1, 0.1, 0.1, 0.1, 0.1], classes=2)
    moved = mobility(np.arange(5.0), np.array([0.0, 1.0, 4.0, 2.0, 3.0]), classes=2)
    np.testing.assert_array_equal(found.matrix, np.eye(2))
    np.testing.assert_array_equal(moved.matrix, [[1.0, 0.0], [0.0, 1.0]])


def test_what_has_no_classes_is_refused():
    with pytest.raises(DomainError, match="all values after are equal"):
        mobility([1.0, 2.0], [3.0, 3.0], classes=2)
    with pytest.raises(DomainError, match="no unit is in class 2, 4 of 5"):
        mobility([1.0, 2.0, 3.0], [1.0, 2.0, 3.0])
    with pytest.raises(ParameterError, match="classes: 1"):
        mobility([1.0, 2.0], [1.0, 2.0], classes=1)
