import numpy as np
import pytest
from scipy import stats

from analysis.errors import DomainError, ParameterError
from analysis.inequality.curves.concentration import concentration_index
from analysis.inequality.inference.concentration_inference import (
    concentration_influence,
    concentration_interval,
)
from analysis.inequality.inference.linearization import influence
from analysis.inequality.measures import gini

KINDS = {
    "standard": {},
    "generalized": {},
    "wagstaff": {"bounds": (0.0, 12.0)},
    "erreygers": {"bounds": (0.0, 12.0)},
}
X = np.array([2.0, 5.0, 3.0, 8.0, 6.0, 11.0, 7.0])
WEALTH = np.array([1.0, 3.0, 3.0, 2.0, 5.0, 8.0, 6.0])
W = np.array([3.0, 1.0, 2.0, 5.0, 4.0, 2.0, 3.0])


@pytest.mark.parametrize("kind", KINDS)
def test_influence_is_the_derivative_by_the_weight(kind):
    found = concentration_influence(X, WEALTH, W, kind=kind, **KINDS[kind])
    step = 1e-5
    for i in range(X.size):
        up, down = W.copy(), W.copy()
        up[i] += step
        down[i] -= step
        change = [concentration_index(X, WEALTH, w, kind=kind, **KINDS[kind]) for w in (up, down)]
        assert found[i] == pytest.approx(W.sum() * (change[0] - change[1]) / (2 * step), abs=1e-7)
    assert found @ W == pytest.approx(0.0, abs=1e-12)


def test_ranked_by_itself_its_influence_is_that_of_the_gini():
    assert concentration_influence(X, X, W) == pytest.approx(influence(gini, X, W), abs=1e-14)


def test_without_weights_it_is_the_published_variance():
    # Kakwani, Wagstaff and van Doorslaer (1997), from the ordinates q of the concentration curve.
    wealth = np.arange(7.0)
    n, mean = X.size, X.mean()
    index = concentration_index(X, wealth)
    ranks = (np.arange(n) + 0.5) / n
    curve = np.concatenate(([0.0], np.cumsum(X) / X.sum()))
    a = X / mean * (2 * ranks - 1 - index) + 2 - curve[:-1] - curve[1:]
    variance = (np.mean(a**2) - (1 + index) ** 2) / n
    found = concentration_interval(X, wealth, randomness="sampling")
    assert found.se == pytest.approx(np.sqrt(variance * n / (n - 1)), rel=1e-12)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("method", ["linearized", "convenient_regression"])
def test_the_interval_lies_about_the_index(kind, method):
    found = concentration_interval(
        X, WEALTH, W, randomness="superpopulation", kind=kind, method=method, **KINDS[kind]
    )
    assert found.estimate == concentration_index(X, WEALTH, W, kind=kind, **KINDS[kind])
    freedom = 6 if method == "linearized" else 5
    half = stats.t.ppf(0.975, freedom) * found.se
    assert (found.low, found.high) == pytest.approx((found.estimate - half, found.estimate + half))
    row = found.to_frame().iloc[0]
    assert (row["kind"], row["method"], row["se"]) == (kind, method, found.se)


@pytest.mark.parametrize("kind", KINDS)
def test_the_slope_of_the_convenient_regression_is_the_index(kind):
    total = W.sum()
    ranks = np.array([W[r > WEALTH].sum() + W[r == WEALTH].sum() / 2 for r in WEALTH]) / total
    spread = np.cov(ranks, aweights=W, ddof=0)
    index = concentration_index(X, WEALTH, W, kind=kind, **KINDS[kind])
    absolute = concentration_index(X, WEALTH, W, kind="generalized")
    left = 2 * spread * index / absolute * X
    design = np.column_stack((np.ones(7), ranks))
    slope, residual = np.linalg.lstsq(np.sqrt(W)[:, None] * design, np.sqrt(W) * left)[:2]
    assert slope[1] == pytest.approx(index, rel=1e-12)
    variance = residual[0] / 5 * np.linalg.inv(design.T @ (W[:, None] * design))[1, 1]
    found = concentration_interval(
        X,
        WEALTH,
        W,
        randomness="sampling",
        kind=kind,
        method="convenient_regression",
        **KINDS[kind],
    )
    assert found.se == pytest.approx(np.sqrt(variance), rel=1e-10)


def test_the_mean_of_a_generalized_index_costs_no_precision():
    near = concentration_interval(1e6 + X, WEALTH, W, randomness="sampling", kind="generalized")
    here = concentration_interval(X, WEALTH, W, randomness="sampling", kind="generalized")
    assert near.se == pytest.approx(here.se, rel=1e-9)


def test_clusters_of_one_are_units_and_a_copied_cluster_adds_nothing():
    alone = concentration_interval(X, WEALTH, W, randomness="sampling")
    labelled = concentration_interval(X, WEALTH, W, randomness="sampling", clusters=list("abcdefg"))
    assert labelled.se == pytest.approx(alone.se)
    twice = [np.repeat(column, 2) for column in (X, WEALTH, W)]
    copied = concentration_interval(
        *twice, randomness="sampling", clusters=np.repeat(np.arange(7), 2)
    )
    assert copied.se == pytest.approx(alone.se)


@pytest.mark.parametrize(
    ("options", "error", "said"),
    [
        ({"method": "other"}, ParameterError, "method"),
        ({"randomness": "count"}, ParameterError, "randomness"),
        ({"level": 1.0}, ParameterError, "level"),
        ({"method": "convenient_regression", "strata": [1] * 7}, ParameterError, "no design"),
    ],
)
def test_refuses_options_that_make_no_sense(options, error, said):
    with pytest.raises(error, match=said):
        concentration_interval(X, WEALTH, W, **{"randomness": "sampling", **options})


def test_the_regression_needs_ranks_that_differ():
    with pytest.raises(DomainError, match="two ranks"):
        concentration_interval(X, np.ones(7), randomness="sampling", method="convenient_regression")
