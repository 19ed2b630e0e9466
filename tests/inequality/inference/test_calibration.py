import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special

from analysis.inequality.inference.calibration import (
    Calibrator,
    Layout,
    by_date,
    critical_values,
)
from analysis.inequality.inference.confidence import change_interval, confidence_interval
from analysis.inequality.inference.lognormal import drawn, fitted
from analysis.inequality.measures import absolute_gini, gini, quantile_ratio, theil_t


@pytest.fixture
def units():
    rng = np.random.default_rng(6)
    z, e = rng.normal(size=(2, 12))
    return np.exp(0.4 * (0.6 * e - 0.8 * z)), np.exp(z)


def by_hand(measure, to, x, w):
    """Return estimate, centre and standard error of one sample, one deletion at a time."""
    n = x.size
    left = np.array([to(measure(np.delete(x, i), np.delete(w, i))) for i in range(n)])
    estimate = to(measure(x, w))
    se = np.sqrt((n - 1) / n * np.sum((left - left.mean()) ** 2))
    return estimate, n * estimate - (n - 1) * left.mean(), se


def test_limits_equal_those_of_a_loop_over_the_fitted_world(units):
    # Written anew: the world by its mean and covariance, the pivot by deletion, the true value by
    # its formula. The draws differ, so the limits agree up to the error of the simulation.
    x, w = units
    n, replicates = x.size, 4000
    logs = np.log(np.column_stack([w, x]))
    s = np.std(logs[:, 1], ddof=1)
    truth = special.logit(special.erf(s / 2.0))
    rng = np.random.default_rng(7)
    pivots = np.empty(replicates)
    for i in range(replicates):
        again = np.exp(rng.multivariate_normal(logs.mean(axis=0), np.cov(logs.T), n))
        _, center, se = by_hand(gini, special.logit, again[:, 1], again[:, 0])
        pivots[i] = (center - truth) / se
    _, center, se = by_hand(gini, special.logit, x, w)
    low, high = center - np.quantile(pivots, [0.975, 0.025]) * se
    found = confidence_interval(
        gini, x, w, randomness="superpopulation", method="calibrated", replicates=20_000, seed=1
    )
    assert special.logit(found.low) == pytest.approx(low, abs=0.06 * (high - low))
    assert special.logit(found.high) == pytest.approx(high, abs=0.06 * (high - low))


def test_a_ratio_of_quantiles_is_calibrated_by_its_own_spread(units):
    x, w = units
    found = confidence_interval(
        quantile_ratio, x, w, randomness="superpopulation", replicates=20_000, seed=1
    )
    logs = np.log(np.column_stack([w, x]))
    rng = np.random.default_rng(8)
    again = np.exp(rng.multivariate_normal(logs.mean(axis=0), np.cov(logs.T), (4000, x.size)))
    values = np.array([quantile_ratio(row[:, 1], row[:, 0]) for row in again])
    z = special.ndtri(0.9)
    with np.errstate(divide="ignore"):  # one unit may be both quantiles
        logs_of_logs = np.log(np.log(values))
    away = logs_of_logs - np.log(2.0 * z * np.std(logs[:, 1], ddof=1))
    own = np.log(np.log(quantile_ratio(x, w)))
    low, high = np.exp(np.exp(own - np.quantile(away, [0.975, 0.025])))
    assert found.low == pytest.approx(low, rel=0.03)
    assert np.log(found.high) == pytest.approx(np.log(high), rel=0.06)
    assert found.se == pytest.approx(np.std(values, ddof=1), rel=0.1)


def test_a_change_is_calibrated_with_both_dates_of_a_unit_together(units):
    x, w = units
    later = x**0.8 * np.exp(0.05 * np.random.default_rng(9).normal(size=x.size))
    layout = Layout(2, weighted=True)
    roots = Calibrator(gini, layout).roots(by_date(layout, layout.logs([x, later], [w, w])))
    n = x.size
    left = [
        gini(np.delete(later, i), np.delete(w, i)) - gini(np.delete(x, i), np.delete(w, i))
        for i in range(n)
    ]
    assert roots.estimate[0] == pytest.approx(gini(later, w) - gini(x, w))
    assert roots.center[0] == pytest.approx(n * roots.estimate[0] - (n - 1) * np.mean(left))
    assert roots.se[0] == pytest.approx(np.sqrt((n - 1) / n * np.sum((left - np.mean(left)) ** 2)))
    found = change_interval(
        gini, x, later, weights_before=w, weights_after=w, randomness="superpopulation", seed=1
    )
    assert (found.method, found.replicates) == ("calibrated", 2000)
    assert found.low < found.estimate < found.high < 0.0


def test_the_true_value_of_a_world_is_that_of_its_people():
    # Weights that go with values move the mean of the people, which an absolute measure shows.
    layout = Layout(1, weighted=True)
    logs = np.random.default_rng(4).normal(size=(1, 9, 2)) @ np.array([[1.0, -0.5], [0.0, 0.6]])
    mean, triangle = fitted(logs)
    target = Calibrator(absolute_gini, layout).targets(mean, triangle)[0]
    z = np.random.default_rng(5).standard_normal((2_000_000, 2))
    people = np.exp(mean[0] + z @ triangle[0])
    expected = absolute_gini(people[:, 1], people[:, 0])
    assert np.exp(target) == pytest.approx(expected, rel=0.02)


def test_the_variance_in_the_fitted_world_is_that_of_its_draws():
    layout = Layout(1, weighted=True)
    logs = np.random.default_rng(4).normal(size=(1, 9, 2))
    found = Calibrator(gini, layout).variance(logs, 2, np.random.default_rng(5))
    first, second = np.exp(drawn(*fitted(logs), 9, 2, np.random.default_rng(5))[0])
    difference = gini(first[:, 1], first[:, 0]) - gini(second[:, 1], second[:, 0])
    assert found == pytest.approx(difference**2 / 2.0)


def test_a_further_draw_falls_between_the_critical_values_as_often_as_asked():
    # With 39 replicates the 95 % limits are the extremes, and yet the chance is exact.
    layout = Layout(1, weighted=False)
    calibrator = Calibrator(theil_t, layout)
    logs = np.random.default_rng(1).normal(size=(1, 10, 1))
    worlds = np.repeat(logs, 4000, axis=0)
    few = critical_values([calibrator], layout, worlds, 39, 0.025, np.random.default_rng(2))[0]
    further = critical_values([calibrator], layout, worlds, 1, 0.5, np.random.default_rng(3))[0, 0]
    share = np.mean((few[0] <= further) & (further <= few[1]))
    assert share == pytest.approx(0.95, abs=0.012)


@settings(max_examples=20, deadline=None)
@given(
    scale=st.floats(1e-3, 1e3),
    people=st.floats(1e-3, 1e3),
    order=st.permutations(range(12)),
)
def test_neither_units_of_measurement_nor_order_move_the_limits(scale, people, order):
    rng = np.random.default_rng(6)
    x, w = rng.lognormal(size=(2, 12))
    order = np.array(order)
    ask = {"randomness": "superpopulation", "method": "calibrated", "replicates": 100, "seed": 3}
    one = confidence_interval(gini, x, w, **ask)
    other = confidence_interval(gini, scale * x[order], people * w[order], **ask)
    assert (other.low, other.high) == pytest.approx((one.low, one.high), rel=1e-7)


def test_many_units_make_it_the_linearised_interval():
    x = np.random.default_rng(5).lognormal(0.0, 0.4, 3000)
    ask = {"randomness": "superpopulation", "replicates": 1000, "seed": 1}
    calibrated = confidence_interval(gini, x, method="calibrated", **ask)
    plain = confidence_interval(gini, x, method="linearized", **ask)
    width = plain.high - plain.low
    assert calibrated.low == pytest.approx(plain.low, abs=0.12 * width)
    assert calibrated.high == pytest.approx(plain.high, abs=0.12 * width)
