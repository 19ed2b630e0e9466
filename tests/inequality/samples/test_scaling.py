"""Extreme sizes: a power of two of the weights, or of the values, changes no bit anywhere."""

import numpy as np
import pytest

from analysis.errors import DomainError
from analysis.inequality import (
    concentration_curve,
    concentration_index,
    dagum_by_subgroup,
    entropy_by_subgroup,
    gini_by_subgroup,
    lorenz_curve,
    pen_parade,
)
from analysis.inequality.samples.scaling import tame, taming_exponents

X = np.array([1.0, 3.0, 2.0, 7.0, 4.0, 5.0])
W = np.array([3.0, 1.0, 2.0, 5.0, 1.5, 2.0])
GROUPS = [*"aabbcc"]
RANKS = [2, 1, 3, 5, 4, 6]
POWERS = [-900, -260, 260, 900]

OF_WEIGHTS = {
    "lorenz_curve": lambda w: lorenz_curve(X, w).value_share,
    "pen_parade": lambda w: pen_parade(X, w).population_share,
    "concentration_curve": lambda w: concentration_curve(X, RANKS, w).value_share,
    "concentration_index": lambda w: concentration_index(X, RANKS, w),
    "gini_by_subgroup": lambda w: gini_by_subgroup(X, GROUPS, w).to_frame()["value"],
    "dagum_by_subgroup": lambda w: dagum_by_subgroup(X, GROUPS, w).to_frame()["value"],
    "entropy_by_subgroup": lambda w: entropy_by_subgroup(X, GROUPS, w, alpha=1.0).within,
}


@pytest.mark.parametrize("power", POWERS)
@pytest.mark.parametrize("name", OF_WEIGHTS)
def test_a_power_of_two_of_the_weights_changes_no_bit(name, power):
    found, expected = OF_WEIGHTS[name](np.ldexp(W, power)), OF_WEIGHTS[name](W)
    np.testing.assert_array_equal(found, expected)


@pytest.mark.parametrize("power", POWERS)
def test_a_power_of_two_of_the_values_changes_no_bit_of_a_curve(power):
    for curve in (lambda x: lorenz_curve(x, W), lambda x: concentration_curve(x, RANKS, W)):
        np.testing.assert_array_equal(curve(np.ldexp(X, power)).value_share, curve(X).value_share)


def test_groups_of_very_different_weight_keep_their_shares():
    found = entropy_by_subgroup(X, GROUPS, W * np.repeat([1e-100, 1.0, 1e100], 2), alpha=1.0)
    alone = entropy_by_subgroup(X[4:], GROUPS[4:], W[4:], alpha=1.0)
    assert found.within == pytest.approx(alone.within, rel=1e-12)
    with pytest.raises(DomainError, match="weights: a in groups has no weight"):
        entropy_by_subgroup(X, GROUPS, W * np.repeat([1e-200, 1.0, 1e200], 2), alpha=1.0)


def test_ordinary_numbers_stay_as_they_are():
    assert tame(W) is W
    assert taming_exponents(np.array([0.0, 1e-70, 1e70])) is None
    assert taming_exponents(np.array([1.0, 1e-200, 1e200])).tolist() == [0, -664, 665]
