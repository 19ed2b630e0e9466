from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import DomainError, ParameterError
from analysis.inequality.inference.linearization import (
    functional_of,
    gradient,
    influence,
    measure_name,
    sort_sample,
)
from analysis.inequality.inference.resampling import Sample
from analysis.inequality.measures import (
    atkinson,
    coefficient_of_variation,
    generalized_entropy,
    gini,
    hoover,
)

SMOOTH = [
    gini,
    partial(gini, unbiased=True),
    hoover,
    coefficient_of_variation,
    *(partial(generalized_entropy, alpha=alpha) for alpha in (-1.0, 0.0, 0.5, 1.0, 2.0, 3.0)),
    *(partial(atkinson, epsilon=epsilon) for epsilon in (0.5, 1.0, 2.0)),
]
every_measure = pytest.mark.parametrize("measure", SMOOTH, ids=measure_name)


@pytest.fixture
def sample():
    rng = np.random.default_rng(1)
    return rng.lognormal(size=9), rng.uniform(1.0, 5.0, 9)


def central_differences(function, at, step=1e-6):
    steps = np.eye(at.size) * step
    return np.array([(function(at + h) - function(at - h)) / (2.0 * step) for h in steps])


@every_measure
def test_influence_is_the_derivative_by_the_weights(measure, sample):
    x, w = sample
    x[3] = x[5]  # ties are no exception
    expected = w.sum() * central_differences(lambda weights: measure(x, weights), w)
    np.testing.assert_allclose(influence(measure, x, w), expected, atol=1e-7)


@every_measure
def test_gradient_is_the_derivative_by_the_values(measure, sample):
    x, w = sample
    expected = central_differences(lambda values: measure(values, w), x)
    np.testing.assert_allclose(gradient(measure, x, w), expected, atol=1e-8)


def test_gradient_of_the_gini_takes_the_middle_of_its_kink_at_ties():
    x, h = np.array([1.0, 2.0, 2.0, 5.0]), np.array([0.0, 1e-6, 0.0, 0.0])
    assert gradient(gini, x)[1] == pytest.approx((gini(x + h) - gini(x - h)) / 2e-6, abs=1e-8)


@every_measure
def test_influence_has_mean_zero_and_gradient_is_blind_to_scale(measure, sample):
    x, w = sample
    assert w @ influence(measure, x, w) == pytest.approx(0.0, abs=1e-12)
    assert x @ gradient(measure, x, w) == pytest.approx(0.0, abs=1e-12)


@every_measure
def test_weights_of_one_change_nothing(measure, sample):
    x, _ = sample
    np.testing.assert_array_equal(influence(measure, x), influence(measure, x, np.ones(x.size)))
    np.testing.assert_array_equal(gradient(measure, x), gradient(measure, x, np.ones(x.size)))


@every_measure
def test_equality_leaves_no_influence(measure):
    x, w = np.full(5, 3.0), np.arange(1.0, 6.0)
    np.testing.assert_allclose(influence(measure, x, w), 0.0, atol=1e-14)


@settings(max_examples=25)
@given(
    st.lists(
        st.tuples(st.integers(1, 50), st.integers(1, 9), st.integers(0, 3)), min_size=3, max_size=12
    ).filter(lambda rows: sum(row[2] for row in rows) > 0)
)
def test_reweighting_is_repeating_rows(rows):
    x, w, times = (np.array(column, dtype=float) for column in zip(*rows, strict=True))
    for measure in SMOOTH[:1] + SMOOTH[2:]:  # a correction for the number of rows is not of them
        drawn = Sample(measure, x, w)
        repeats = times.astype(int)
        expected = measure(np.repeat(x, repeats), np.repeat(w, repeats))
        found = drawn.reweighted(times[drawn.order][None, :].copy())[0]
        assert found == pytest.approx(expected, rel=1e-9, abs=1e-7)


@every_measure
def test_leaving_one_out_is_deleting_its_row(measure, sample):
    x, w = sample
    x[2] = x[6]
    drawn = Sample(measure, x, w)
    found = np.empty(x.size)
    found[drawn.order] = drawn.without_each()
    expected = [measure(np.delete(x, i), np.delete(w, i)) for i in range(x.size)]
    np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-14)


def test_gini_influence_is_exact_on_nearly_equal_values():
    noise = np.random.default_rng(0).integers(-50, 50, 40).astype(float)
    near = influence(gini, 1e9 + noise)
    apart = np.abs(noise[:, None] - noise).mean(axis=1) / (1e9 + noise.mean())
    g = apart.mean() / 2.0
    expected = apart - g * (2.0 + (noise - noise.mean()) / (1e9 + noise.mean()))
    np.testing.assert_allclose(near, expected, atol=1e-12 * np.abs(expected).max())


def test_measures_without_closed_form_say_what_to_do():
    def spread(x, weights=None):
        return float(np.average(np.abs(x), weights=weights))

    assert functional_of(spread) is None
    with pytest.raises(ParameterError, match=r"spread: no influence in closed form.*bootstrap"):
        influence(spread, [1.0, 2.0])


def test_values_outside_the_domain_are_refused_by_the_measure():
    with pytest.raises(DomainError):
        influence(partial(generalized_entropy, alpha=0.0), [0.0, 1.0])


def test_sorting_keeps_values_and_weights_together():
    order, ascending, weights = sort_sample([3.0, 1.0, 2.0], [30.0, 10.0, 20.0], measure="m")
    assert (order.tolist(), ascending.tolist(), weights.tolist()) == (
        [1, 2, 0],
        [1.0, 2.0, 3.0],
        [10.0, 20.0, 30.0],
    )
