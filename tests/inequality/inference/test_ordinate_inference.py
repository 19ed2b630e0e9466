"""Standard errors of Lorenz ordinates: Beach and Davidson's matrix, and repeated samples."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analysis.errors import DomainError, IntervalError, ParameterError
from analysis.inequality import lorenz_curve, lorenz_ordinates
from analysis.inequality.inference.resampling import Design, Sample, jackknife_values

POINTS = np.array([0.1, 0.25, 0.5, 0.75, 0.9])


def beach_davidson(x, points):
    """Their theorem 1, by conditional means and variances; asymptotic, so divided by n."""
    x = np.sort(x)
    below = [x[: round(p * x.size)] for p in points] + [x]
    quantile = np.array([part[-1] for part in below[:-1]] + [0.0])
    share = np.append(points, 1.0)
    mean = np.array([part.mean() for part in below])
    variance = np.array([part.var() for part in below])
    k = share.size
    omega = np.empty((k, k))
    for i in range(k):
        for j in range(i, k):
            up = 0.0 if share[j] == 1.0 else (1 - share[j]) * (quantile[j] - mean[j])
            omega[i, j] = omega[j, i] = share[i] * (
                variance[i]
                + (quantile[i] - mean[i]) * up
                + (quantile[i] - mean[i]) * (mean[j] - mean[i])
                if i < k - 1
                else variance[i]
            )
    mu = mean[-1]
    jacobian = np.hstack((np.eye(k - 1) / mu, -(share * mean)[:-1, None] / mu**2))
    return jacobian @ omega @ jacobian.T / x.size


def test_without_weights_it_is_the_matrix_of_beach_and_davidson():
    x = np.random.default_rng(3).lognormal(size=200)
    found = lorenz_ordinates(x, randomness="sampling", points=POINTS)
    expected = beach_davidson(x, POINTS) * x.size / (x.size - 1)
    np.testing.assert_allclose(found.covariance, expected, rtol=1e-10)
    np.testing.assert_allclose(found.se, np.sqrt(np.diag(expected)))
    np.testing.assert_allclose(found.estimate, lorenz_curve(x).at(POINTS))


def test_weighted_standard_errors_are_close_to_the_jackknife():
    rng = np.random.default_rng(4)
    x, w = rng.lognormal(size=3000), rng.uniform(1, 4, 3000)
    found = lorenz_ordinates(x, w, randomness="superpopulation", points=[0.5])
    sample = Sample(lambda x, w: float(lorenz_curve(x, w).at(0.5)), x[:3000], w[:3000])
    left = jackknife_values([sample], Design.of(3000))[0]
    expected = np.sqrt((left.size - 1) * left.var())
    assert found.se[0] == pytest.approx(expected, rel=0.01)


def test_intervals_cover_in_repeated_samples():
    rng = np.random.default_rng(5)
    points = [0.2, 0.5, 0.8]
    truth = stats.norm.cdf(stats.norm.ppf(points) - 0.6)  # of the lognormal with sigma 0.6
    covered = np.zeros(3)
    for _ in range(600):
        found = lorenz_ordinates(
            rng.lognormal(sigma=0.6, size=400), randomness="sampling", points=points
        )
        covered += (found.low <= truth) & (truth <= found.high)
    assert np.all(np.abs(covered / 600 - 0.95) < 0.03)


def test_a_unit_in_a_cluster_of_its_own_is_no_cluster():
    x, w = [1.0, 5.0, 2.0, 8.0, 3.0], [2.0, 1.0, 4.0, 1.0, 3.0]
    alone = lorenz_ordinates(x, w, randomness="sampling", points=[0.5])
    grouped = lorenz_ordinates(x, w, randomness="sampling", points=[0.5], clusters=[*"abcde"])
    assert grouped.se[0] == pytest.approx(alone.se[0], rel=1e-12)
    pairs = lorenz_ordinates(
        [*x, *x], [*w, *w], randomness="sampling", points=[0.5], clusters=[*"abcdeabcde"]
    )
    assert pairs.se[0] == pytest.approx(alone.se[0], rel=1e-12)


def test_shares_between_the_points_add_up_and_have_the_errors_of_their_difference():
    x = np.random.default_rng(6).lognormal(size=100)
    found = lorenz_ordinates(x, randomness="sampling", points=[0.2, 0.4, 0.6, 0.8])
    shares = found.shares_between()
    assert shares["share"].sum() == pytest.approx(1.0)
    assert shares["lower"].tolist() == [0.0, 0.2, 0.4, 0.6, 0.8]
    assert shares["upper"].tolist() == [0.2, 0.4, 0.6, 0.8, 1.0]
    assert shares["se"].iloc[0] == pytest.approx(found.se[0])
    c = found.covariance
    assert shares["se"].iloc[1] == pytest.approx(np.sqrt(c[0, 0] + c[1, 1] - 2 * c[0, 1]))


def test_labels_are_aligned_and_equality_is_certain():
    x = pd.Series([1.0, 2.0, 5.0, 7.0], index=["a", "b", "c", "d"])
    w = pd.Series([1.0, 3.0, 1.0, 2.0], index=["d", "c", "b", "a"])
    found = lorenz_ordinates(x, w, randomness="sampling", points=[0.5])
    assert found.estimate[0] == lorenz_curve([1.0, 2.0, 5.0, 7.0], [2.0, 1.0, 3.0, 1.0]).at(0.5)
    assert lorenz_ordinates([2.0] * 9, randomness="sampling").se.max() < 1e-15


@pytest.mark.parametrize(
    ("options", "error", "said"),
    [
        ({"x": [1.0, 2.0, 3.0]}, IntervalError, "3 units cannot show"),
        ({"points": [0.5, 0.2]}, ParameterError, "ascending order"),
        ({"points": [0.0, 0.2]}, ParameterError, "strictly between 0 and 1"),
        ({"points": [0.5, 1.0]}, ParameterError, "strictly between 0 and 1"),
        ({"points": []}, ParameterError, "expected shares of people"),
        ({"level": 95}, ParameterError, "level"),
        ({"randomness": "count"}, ParameterError, "none of sampling, superpopulation"),
        ({"x": [-1.0, 2.0]}, DomainError, "negative"),
    ],
)
def test_refuses_in_words(options, error, said):
    with pytest.raises(error, match=said):
        lorenz_ordinates(**{"x": [1.0, 2.0, 3.0], "randomness": "sampling"} | options)
