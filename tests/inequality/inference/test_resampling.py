from functools import partial

import numpy as np
import pytest
from scipy import stats

from analysis.errors import DomainError, ParameterError
from analysis.inequality.inference.linearization import influence
from analysis.inequality.inference.resampling import (
    Design,
    Sample,
    acceleration,
    bootstrap_replicates,
    jackknife_values,
    jackknife_variance,
    linearized_variance,
    satterthwaite_degrees,
)
from analysis.inequality.measures import absolute_gini, generalized_entropy, gini, hoover
from analysis.inequality.measures.functionals import running_totals


def by_hand(x, weights=None):
    """The Gini index as a measure of someone else's, so without closed form here."""
    return gini(x, weights)


@pytest.fixture
def sample():
    rng = np.random.default_rng(2)
    return rng.lognormal(size=30), rng.uniform(1.0, 5.0, 30)


def test_closed_form_and_calling_the_measure_agree(sample):
    x, w = sample
    x[4] = x[9]
    for design in (
        Design.of(30),
        Design.of(30, strata=np.arange(30) % 3),
        Design.of(30, clusters=np.arange(30) // 2),
        Design.of(30, strata=np.arange(30) // 10, clusters=np.arange(30) // 2),
    ):
        both = [Sample(gini, x, w), Sample(by_hand, x, w)]
        drawn = bootstrap_replicates(both, design, 40, np.random.default_rng(1))
        np.testing.assert_allclose(drawn[0], drawn[1], rtol=1e-12)
        left = jackknife_values(both, design)
        np.testing.assert_allclose(left[0], left[1], rtol=1e-12)


def test_pairs_are_drawn_together(sample):
    x, w = sample
    pair = [Sample(gini, x, w), Sample(gini, 3.0 * x, w)]
    drawn = bootstrap_replicates(pair, Design.of(30), 100, np.random.default_rng(0))
    np.testing.assert_allclose(drawn[0], drawn[1], rtol=1e-12)
    reversed_ = [Sample(absolute_gini, x, w), Sample(absolute_gini, x.max() + 1.0 - x, w)]
    drawn = bootstrap_replicates(reversed_, Design.of(30), 100, np.random.default_rng(0))
    np.testing.assert_allclose(drawn[0], drawn[1], rtol=1e-10)


def test_replicates_equal_those_of_scipy_on_the_same_draws(sample):
    x, w = sample
    draws = np.random.default_rng(9).integers(0, 30, (200, 30))

    class SameDraws(np.random.Generator):
        def integers(self, *_args, **_options):
            return draws

    peer = stats.bootstrap(
        (x, w),
        lambda values, weights: gini(values, weights),
        paired=True,
        vectorized=False,
        n_resamples=200,
        rng=SameDraws(np.random.PCG64(0)),
    )
    ours = Sample(gini, x, w)
    counts = np.array([np.bincount(row, minlength=30) for row in draws], dtype=float)
    np.testing.assert_allclose(
        ours.reweighted(counts[:, ours.order]), peer.bootstrap_distribution, rtol=1e-12
    )


@pytest.mark.parametrize("weighted", [False, True])
def test_jackknife_is_the_loop_over_deleted_rows(sample, weighted):
    x, w = sample
    weights = w if weighted else None
    left = [gini(np.delete(x, i), np.delete(w, i) if weighted else None) for i in range(x.size)]
    expected = 29.0 / 30.0 * np.sum((left - np.mean(left)) ** 2)
    design = Design.of(30)
    found = jackknife_variance(jackknife_values([Sample(gini, x, weights)], design)[0], design)
    assert found == pytest.approx(expected, rel=1e-10)


def test_unbiased_gini_counts_draws_and_not_rows(sample):
    x, w = sample
    pair = [Sample(gini, x, w), Sample(partial(gini, unbiased=True), x, w)]
    drawn = bootstrap_replicates(pair, Design.of(30), 20, np.random.default_rng(0))
    np.testing.assert_allclose(drawn[1], 30 / 29 * drawn[0], rtol=1e-12)
    with pytest.raises(DomainError, match="at least two units"):
        jackknife_values([Sample(partial(gini, unbiased=True), x[:2])], Design.of(2))


def test_linearised_variance_of_a_total_is_the_textbook_one():
    # Influences of the mean are distances from it, so their variance is s^2 / n.
    x = np.array([1.0, 4.0, 4.0, 7.0, 9.0])
    effects = (x - x.mean()) / 5.0
    assert linearized_variance(effects, Design.of(5)) == pytest.approx(x.var(ddof=1) / 5.0)


def test_clusters_of_identical_units_are_units_of_their_own(sample):
    x, w = sample
    twice = np.repeat(np.arange(30), 2)
    single = [Sample(gini, x, w)]
    double = [Sample(gini, x[twice], w[twice])]
    np.testing.assert_allclose(
        np.sort(jackknife_values(double, Design.of(60, clusters=twice))),
        np.sort(jackknife_values(single, Design.of(30))),
        rtol=1e-12,
    )
    effects = double[0].effects()
    assert linearized_variance(effects, Design.of(60, clusters=twice)) == pytest.approx(
        linearized_variance(single[0].effects(), Design.of(30))
    )


def test_effects_are_in_the_order_of_the_units(sample):
    x, w = sample
    np.testing.assert_allclose(
        Sample(hoover, x, w).effects(), w / w.sum() * influence(hoover, x, w), rtol=1e-12
    )


def test_bootstrap_of_few_clusters_in_strata_is_unbiased():
    # For a mean, the replicates' variance must be sum_h (W_h / W)^2 s_h^2 / m_h, with m_h = 2.
    x = np.array([1.0, 2.0, 5.0, 9.0])
    strata = [0, 0, 1, 1]

    def mean(values, weights=None):
        return float(np.average(values, weights=weights))

    drawn = bootstrap_replicates(
        [Sample(mean, x)], Design.of(4, strata=strata), 4000, np.random.default_rng(4)
    )
    expected = 0.25 * (0.5 / 2.0 + 8.0 / 2.0)
    assert drawn.var() == pytest.approx(expected, rel=0.05)


def test_degrees_of_freedom_count_each_stratum_by_its_size():
    values = np.array([1.0, 3.0, 1.0, 4.0, 7.0])
    parts = np.array([1.0, 1.0, 9.0, 0.0, 9.0]) * [1 / 2, 1 / 2, 2 / 3, 2 / 3, 2 / 3]
    found = satterthwaite_degrees(values, Design.of(5, strata=[0, 0, 1, 1, 1]))
    assert found == pytest.approx(parts.sum() ** 2 / np.sum(parts**2))


def test_acceleration_is_a_sixth_of_the_skewness_of_the_sum():
    values = np.array([0.1, 0.2, 0.2, 0.9])
    effects = values.mean() - values
    expected = np.sum(effects**3) / (6.0 * np.sum(effects**2) ** 1.5)
    assert acceleration(values, Design.of(4)) == pytest.approx(expected)
    assert acceleration(np.ones(4), Design.of(4)) == 0.0


def test_designs_that_cannot_be_are_refused():
    with pytest.raises(ParameterError, match=r"cluster of unit 1 .*two strata"):
        Design.of(4, strata=["a", "b", "a", "b"], clusters=[1, 1, 2, 3])
    with pytest.raises(ParameterError, match="two clusters"):
        Design.of(3, strata=["a", "a", "b"])
    with pytest.raises(DomainError, match=r"strata: expected one label for each of 3 units"):
        Design.of(3, strata=["a", "b"])


def test_leaving_out_all_there_is_is_an_error():
    with pytest.raises(DomainError, match="not defined without the unit of rank 2"):
        jackknife_values([Sample(gini, [0.0, 0.0, 4.0])], Design.of(3))


def test_other_measures_are_called(sample):
    x, w = sample
    measure = partial(generalized_entropy, alpha=1.0)
    drawn = Sample(lambda x, weights=None: measure(x, weights), x, w)
    closed = Sample(measure, x, w)
    times = np.random.default_rng(0).integers(0, 3, (5, 30)).astype(float)
    np.testing.assert_allclose(
        drawn.reweighted(times.copy()), closed.reweighted(times.copy()), rtol=1e-12
    )
    np.testing.assert_allclose(drawn.without_each(), closed.without_each(), rtol=1e-11)


@pytest.mark.parametrize("n", [1, 15, 255, 256, 4099])
def test_running_totals_of_long_rows_are_those_of_a_cumulative_sum(n):
    rows = np.random.default_rng(n).random((3, n))
    expected = np.cumsum(rows, axis=1)
    np.testing.assert_allclose(running_totals(rows.copy()), expected, rtol=1e-13)


def test_replicates_of_many_units_are_the_measure_of_the_units_drawn():
    rng = np.random.default_rng(4)
    x, weights = rng.lognormal(0, 0.5, 4099), rng.lognormal(0, 1, 4099)
    times = rng.poisson(1.0, (2, 4099)).astype(float)
    sample = Sample(gini, x, weights)
    found = sample.reweighted(times[:, sample.order].copy())
    for row, value in zip(times, found, strict=True):
        kept = row > 0
        assert value == pytest.approx(gini(x[kept], (weights * row)[kept]), rel=1e-12)
