import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import DomainError
from analysis.redistribution.frontiers.level import common_level


@given(st.integers(1, 12), st.integers(0, 10_000), st.floats(0, 1, allow_subnormal=False))
@settings(max_examples=150, deadline=None)
def test_the_level_reaches_the_total_and_is_the_lowest_that_does(n, seed, share):
    rng = np.random.default_rng(seed)
    need = rng.uniform(0.5, 5, n)
    lower = rng.integers(0, 20, n)
    upper = lower + rng.integers(0, 20, n)
    total = lower.sum() + share * (upper.sum() - lower.sum())
    level = common_level(lower, upper, need, total)
    assert np.clip(level * need, lower, upper).sum() == pytest.approx(total)
    if level > 0:
        assert np.clip(level * 0.99 * need, lower, upper).sum() <= total


def test_units_without_an_upper_limit_take_the_rest():
    assert common_level([2, 0], [np.inf, np.inf], [1, 1], 20) == 10
    assert common_level([2, 0], [3, np.inf], [1, 1], 20) == 17


@given(st.integers(1, 30), st.integers(0, 10_000))
@settings(max_examples=100, deadline=None)
def test_everyone_at_the_upper_limit(n, seed):
    rng = np.random.default_rng(seed)
    need, upper = rng.lognormal(0, 2, n), rng.integers(0, 10**6, n)
    lower = (upper * rng.random(n)).astype(int)
    level = common_level(lower, upper, need, upper.sum())
    np.testing.assert_allclose(np.clip(level * need, lower, upper), upper, rtol=1e-9)


def test_everyone_at_the_lower_limit():
    level = common_level([2, 4], [5, 6], [1, 1], 6)
    assert np.clip(level, [2, 4], [5, 6]).tolist() == [2, 4]


@pytest.mark.parametrize(
    ("lower", "upper", "need", "total", "message"),
    [
        ([3], [2], [1], 2, "lower limit must be no more than the upper one.*0: 3"),
        ([1], [2], [0], 1, "need must be above zero"),
        ([1], [2], [1], 5, "allow from 1 to 2 people in all, but the total is 5"),
    ],
)
def test_bad_input(lower, upper, need, total, message):
    with pytest.raises(DomainError, match=message):
        common_level(lower, upper, need, total)
