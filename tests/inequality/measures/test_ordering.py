"""The order that every measure sums in."""

import numpy as np
import pytest

from analysis.inequality.samples.ordering import ascending

RNG = np.random.default_rng(7)


def continuous(n):
    return RNG.lognormal(size=n)


def whole_numbers(n):
    return np.floor(RNG.lognormal(size=n) * 100)


def nearly_equal(n):
    return 1e9 + RNG.normal(size=n)


def nearly_equal_with_an_outlier(n):
    x = nearly_equal(n)
    x[0] = 1e-300
    return x


def both_signs(n):
    return RNG.normal(size=n) * 10.0 ** RNG.integers(-300, 300, n)


def half_zero_of_both_signs(n):
    x = RNG.lognormal(size=n)
    x[: n // 2] = 0.0
    x[: n // 4] = -0.0
    return x


def all_equal(n):
    return np.full(n, 3.0)


VALUES = [
    continuous,
    whole_numbers,
    nearly_equal,
    nearly_equal_with_an_outlier,
    both_signs,
    half_zero_of_both_signs,
    all_equal,
]
WEIGHTS = [continuous, whole_numbers, all_equal]


@pytest.mark.parametrize("n", [1, 2, 50, 20_000, 100_000])
@pytest.mark.parametrize("weights", WEIGHTS)
@pytest.mark.parametrize("values", VALUES)
def test_sorts_by_value_then_weight(values, weights, n):
    x, w = values(n), weights(n) + 1.0
    order = np.lexsort((w, x))
    found, carried = ascending(x, w)
    np.testing.assert_array_equal(found, x[order])
    np.testing.assert_array_equal(carried, w[order])


@pytest.mark.parametrize("n", [3, 20_000])
@pytest.mark.parametrize("values", VALUES)
def test_sorts_within_groups(values, n):
    x, w = values(n), continuous(n)
    groups = np.sort(RNG.integers(0, max(1, n // 50), n))
    groups = np.unique(groups, return_inverse=True)[1].astype(np.int64)
    order = np.lexsort((w, x, groups))
    found, carried = ascending(x, w, groups)
    np.testing.assert_array_equal(found, x[order])
    np.testing.assert_array_equal(carried, w[order])
    found, carried = ascending(x, None, groups)
    np.testing.assert_array_equal(found, x[order])
    assert carried is None


def test_leaves_its_input_alone():
    x, w = whole_numbers(5000), continuous(5000)
    before = x.copy(), w.copy()
    ascending(x, w)
    np.testing.assert_array_equal(x, before[0])
    np.testing.assert_array_equal(w, before[1])
