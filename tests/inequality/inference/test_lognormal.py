from functools import partial

import numpy as np
import pytest
from scipy import special

from analysis.inequality.inference.lognormal import (
    IDENTITY,
    LOG,
    LOG_LOG,
    LOGIT,
    drawn,
    fitted,
    lognormal_form,
    scale_of,
)
from analysis.inequality.measures import (
    MEASURES,
    atkinson,
    extended_gini,
    generalized_entropy,
    gini,
    palma,
    quantile_ratio,
)

STRANGERS = ("herfindahl", "max_min_ratio", "attributable_risk")
OPTIONS = [
    partial(generalized_entropy, alpha=-1.0),
    partial(atkinson, epsilon=2.0),
    partial(extended_gini, nu=1.5),
    partial(quantile_ratio, upper=0.75, lower=0.5),
]
KNOWN = [m.function for m in MEASURES.values() if lognormal_form(m.function)] + OPTIONS


@pytest.mark.parametrize("measure", KNOWN)
def test_closed_forms_are_the_measures_of_a_fine_grid(measure):
    grid = special.ndtri((np.arange(400_000) + 0.5) / 400_000)
    for s in (0.3, 0.8):
        x = 5.0 * np.exp(s * grid)
        mean = np.array([5.0 * np.exp(s**2 / 2.0)])
        value = lognormal_form(measure).value(np.array([s]), mean)
        assert value[0] == pytest.approx(measure(x, None), rel=2e-3)


def test_weighting_by_a_lognormal_weight_leaves_the_spread():
    rng = np.random.default_rng(0)
    logs = drawn(
        np.array([[0.0, 1.0]]), np.array([[[1.0, -0.3], [0.0, 0.4]]]), 1, 2_000_000, rng
    ).reshape(-1, 2)
    s = np.hypot(0.3, 0.4)
    weighted = gini(np.exp(logs[:, 1]), np.exp(logs[:, 0]))
    assert weighted == pytest.approx(lognormal_form(gini).value(s, 1.0), rel=5e-3)


def of_anyone(x, weights=None):
    return gini(x, weights)


def test_measures_of_the_number_of_units_and_of_others_have_no_form():
    assert len(KNOWN) >= 18
    for name in STRANGERS:
        assert lognormal_form(MEASURES[name].function) is None
    assert lognormal_form(of_anyone) is None


def test_scales_lead_there_and_back():
    for scale, values in (
        (IDENTITY, [-1.0, 2.0]),
        (LOG, [0.1, 3.0]),
        (LOGIT, [0.1, 0.9]),
        (LOG_LOG, [1.1, 9.0]),
    ):
        assert scale.back(scale.to(np.array(values))) == pytest.approx(values, rel=1e-12)
    assert scale_of(gini) is LOGIT
    assert scale_of(palma) is LOG
    assert scale_of(of_anyone) is IDENTITY


def test_the_triangle_is_the_root_of_the_covariance():
    logs = np.random.default_rng(1).normal(size=(3, 9, 4))
    logs[1, :, 1] = logs[1, :, 0]  # weights that do not change: a singular covariance
    mean, triangle = fitted(logs)
    for b in range(3):
        assert mean[b] == pytest.approx(logs[b].mean(axis=0))
        assert triangle[b].T @ triangle[b] == pytest.approx(np.cov(logs[b].T), abs=1e-12)
        assert np.all(np.diagonal(triangle[b]) >= 0.0)


def test_draws_have_the_moments_asked_for():
    logs = np.random.default_rng(2).normal(size=(1, 30, 2)) @ [[1.0, 0.5], [0.0, 0.2]]
    mean, triangle = fitted(logs)
    again = drawn(mean, triangle, 20, 20_000, np.random.default_rng(3)).reshape(-1, 2)
    assert again.mean(axis=0) == pytest.approx(mean[0], abs=0.01)
    assert np.cov(again.T) == pytest.approx(np.cov(logs[0].T), rel=0.02)
