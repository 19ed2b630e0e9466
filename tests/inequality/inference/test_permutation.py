from functools import partial
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import ParameterError
from analysis.inequality.inference.permutation import permutation_test
from analysis.inequality.measures import gini


def absolute_gini(x, weights=None):
    return gini(x, weights) * float(np.average(x, weights=weights))


@pytest.mark.parametrize("alternative", ["two-sided", "less", "greater"])
def test_exact_p_value_is_that_of_full_enumeration(alternative):
    rng = np.random.default_rng(0)
    x, y = rng.lognormal(size=6), rng.lognormal(0.0, 0.5, size=6)
    w, v = rng.uniform(1.0, 3.0, 6), rng.uniform(1.0, 3.0, 6)
    w, v = w / w.sum(), v / v.sum()
    x, y = x / (w @ x), y / (v @ y)
    found = permutation_test(gini, x, y, weights_before=w, weights_after=v, alternative=alternative)
    changes = np.array(
        [
            gini(np.where(s, x, y), np.where(s, w, v)) - gini(np.where(s, y, x), np.where(s, v, w))
            for s in product([False, True], repeat=6)
        ]
    )
    seen = gini(y, v) - gini(x, w)
    large = {
        "two-sided": np.abs(changes) >= abs(seen) - 1e-12,
        "less": changes <= seen + 1e-12,
        "greater": changes >= seen - 1e-12,
    }[alternative]
    assert found.exact
    assert found.seed is None
    assert found.permutations == 64
    assert found.p_value == large.mean()


def test_drawn_p_value_is_near_the_exact_one():
    rng = np.random.default_rng(1)
    x = rng.lognormal(size=10)
    y = x ** rng.uniform(0.6, 1.1, 10)
    exact = permutation_test(gini, x, y)
    drawn = permutation_test(gini, x, y, permutations=1000, seed=4)
    assert not drawn.exact
    assert drawn.p_value == pytest.approx(exact.p_value, abs=0.05)
    assert drawn == permutation_test(gini, x, y, permutations=1000, seed=4)


@settings(max_examples=25)
@given(
    st.lists(st.tuples(st.integers(1, 20), st.integers(1, 20)), min_size=2, max_size=9),
    st.integers(1, 300),
)
def test_p_values_are_in_bounds_and_blind_to_the_direction(pairs, permutations):
    x, y = (np.array(column, dtype=float) for column in zip(*pairs, strict=True))
    found = permutation_test(gini, x, y, permutations=permutations, seed=0)
    assert 0.0 < found.p_value <= 1.0
    if found.exact:
        assert found.p_value == permutation_test(gini, y, x, permutations=permutations).p_value


def test_a_constant_factor_changes_no_p_value():
    rng = np.random.default_rng(4)
    x, y = rng.lognormal(size=(2, 7))
    plain = permutation_test(gini, x, y)
    corrected = permutation_test(partial(gini, unbiased=True), x, y)
    assert corrected.p_value == plain.p_value
    assert corrected.change == pytest.approx(7 / 6 * plain.change)


def test_nothing_changed_is_never_significant():
    x = np.array([1.0, 2.0, 4.0, 8.0])
    assert permutation_test(gini, x, 3.0 * x).p_value == 1.0


def test_under_the_null_p_values_are_uniform():
    rng = np.random.default_rng(7)
    found = []
    for _ in range(200):
        x, y = rng.lognormal(size=(2, 12))
        found.append(permutation_test(gini, x, y, permutations=99, seed=rng).p_value)
    assert np.mean(found) == pytest.approx(0.5, abs=0.06)
    assert np.mean(np.array(found) <= 0.1) == pytest.approx(0.1, abs=0.05)


def test_a_clear_fall_is_found():
    rng = np.random.default_rng(2)
    x = rng.lognormal(size=30)
    found = permutation_test(gini, x, np.sqrt(x), alternative="less", seed=0)
    assert found.p_value < 0.001
    assert found.to_frame().loc[0, "change"] == found.change < 0.0


def test_a_rise_of_the_level_is_not_a_change_of_inequality():
    rng = np.random.default_rng(3)
    x, y = rng.lognormal(size=(2, 9))
    found = permutation_test(gini, x, y)
    raised = permutation_test(gini, x, 5.0 * y)
    assert raised.p_value == found.p_value
    assert permutation_test(gini, x, 5.0 * y, relative=False).p_value != found.p_value


def test_absolute_measures_are_asked_for_by_name():
    x, y = np.array([1.0, 2.0, 3.0]), np.array([2.0, 4.0, 6.5])
    with pytest.raises(ParameterError, match="relative=False"):
        permutation_test(absolute_gini, x, y)
    found = permutation_test(absolute_gini, x, y, relative=False)
    assert found.change == pytest.approx(absolute_gini(y) - absolute_gini(x))


def test_no_permutations_is_an_error():
    with pytest.raises(ParameterError, match="permutations: 0"):
        permutation_test(gini, [1.0, 2.0], [2.0, 1.0], permutations=0)
