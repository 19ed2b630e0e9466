import numpy as np
import pandas as pd
import pytest

from analysis.errors import DomainError
from analysis.inequality.samples.sample import as_sample, as_values, as_weights


def test_takes_lists_series_and_arrays_without_copying_floats():
    array = np.array([1.0, 2.0])
    assert as_values(array, measure="m") is array
    assert as_values([1, 2], measure="m").tolist() == [1.0, 2.0]
    assert as_values(pd.Series([1, 2], dtype="Int64"), measure="m").tolist() == [1.0, 2.0]


@pytest.mark.parametrize(
    ("x", "says"),
    [
        ([], "no values"),
        (1.0, "shape"),
        ([[1.0]], "shape"),
        (["a"], "must be numbers"),
        ([1.0, np.nan, np.inf], "missing or infinite values at positions 1, 2"),
        ([np.nan] * 7, "0, 1, 2, 3, 4 and 2 more"),
    ],
)
def test_refuses_what_cannot_be_measured(x, says):
    with pytest.raises(DomainError, match=says) as refusal:
        as_values(x, measure="gini")
    assert str(refusal.value).startswith("gini: ")


@pytest.mark.parametrize(
    ("x", "domain", "says"),
    [
        ([1.0, -1.0], "nonnegative", "x >= 0 at positions 1"),
        ([1.0, -1.0], "shareable", "x >= 0 at positions 1"),
        ([0.0, 0.0], "shareable", "all values are zero"),
        ([1.0, 0.0], "positive", "x > 0 at positions 1"),
        ([1.0, -1.0], "positive", "x > 0 at positions 1"),
    ],
)
def test_refuses_values_outside_the_domain(x, domain, says):
    with pytest.raises(DomainError, match=says):
        as_values(x, measure="m", domain=domain)


def test_domains_include_their_borders():
    assert as_values([0.0, 0.0], measure="m", domain="nonnegative").size == 2
    assert as_values([0.0, 1.0], measure="m", domain="shareable").size == 2
    assert as_values([-1.0], measure="m").size == 1


def test_weights_are_positive_and_one_per_value():
    with pytest.raises(DomainError, match=r"m, weights: zero or negative values.* positions 0"):
        as_weights([0.0, 1.0], 2, measure="m")
    with pytest.raises(DomainError, match="3 values but 2 weights"):
        as_weights([1.0, 1.0], 3, measure="m")


def test_no_weights_stay_none():
    values, weights = as_sample([1, 2], None, measure="m")
    assert values.tolist() == [1.0, 2.0]
    assert weights is None
