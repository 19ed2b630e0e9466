import numpy as np
import pytest

from analysis.inequality.inference.confidence import confidence_interval
from analysis.inequality.inference.intervals import bca_tails
from analysis.inequality.inference.poisson import PoissonSample
from analysis.inequality.measures import gini

STAFF = np.array([10.0, 40.0, 25.0, 90.0])
POPULATION = np.array([5.0, 8.0, 2.0, 11.0])


def of_anyone(x, weights=None):
    return gini(x, weights)


def test_a_measure_of_someone_else_is_called_for_each_draw():
    ours, theirs = (
        PoissonSample(measure, STAFF / POPULATION, POPULATION, STAFF).replicates(
            20, np.random.default_rng(1)
        )
        for measure in (gini, of_anyone)
    )
    assert theirs == pytest.approx(ours)


def test_bca_accelerates_by_the_skewness_of_the_counts():
    sample = PoissonSample(gini, STAFF / POPULATION, POPULATION, STAFF)
    step = 1e-4 * np.eye(4)
    up, down = sample.measured(STAFF + step), sample.measured(STAFF - step)
    slopes = (up - down) / 2e-4
    # Of a Poisson count the second and the third cumulant equal the mean.
    skewness = np.sum(slopes**3 * STAFF) / np.sum(slopes**2 * STAFF) ** 1.5
    drawn = sample.replicates(2000, np.random.default_rng(1))
    tails = bca_tails("gini", sample.estimate, drawn, skewness / 6.0, 0.025)
    found = confidence_interval(
        gini,
        STAFF / POPULATION,
        POPULATION,
        randomness="count",
        method="bca",
        counts=STAFF,
        seed=1,
    )
    assert (found.low, found.high) == pytest.approx(np.quantile(drawn, tails))
