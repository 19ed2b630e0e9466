"""Speed of the bootstrap and the jackknife, against peers in the same run.

    pytest benchmarks/bench_inference.py -o addopts= --benchmark-only

Each group holds this package's function and its peers on the same data, with the same number of
replicates; pytest-benchmark prints each as a multiple of the fastest of its group.
"""

import numpy as np
import pytest
from scipy import stats

from analysis.inequality.inference.confidence import confidence_interval
from analysis.inequality.inference.resampling import Design, Sample, bootstrap_replicates
from analysis.inequality.measures import gini

SIZES = {514: 1000, 100_000: 100}  # units: replicates


@pytest.fixture(params=SIZES, ids=lambda n: f"{n} units")
def data(request):
    rng = np.random.default_rng(0)
    n = request.param
    return n, SIZES[n], rng.lognormal(0.0, 0.5, n), rng.lognormal(0.0, 1.0, n)


def scalar_loop(x, weights, replicates, rng):
    """The scalar function on each resample, as one writes it first."""
    n = x.size
    found = np.empty(replicates)
    for i in range(replicates):
        drawn = rng.integers(0, n, n)
        found[i] = gini(x[drawn], weights[drawn])
    return found


def gini_by_rows(values, axis=-1):
    """Unweighted, vectorised as scipy.stats.bootstrap asks."""
    ascending = np.sort(values, axis=axis)
    n = values.shape[axis]
    rank = 2.0 * np.arange(1, n + 1) - n - 1.0
    return ascending @ rank / (n * ascending.sum(axis=axis))


@pytest.mark.benchmark(min_rounds=3, warmup=False)
class TestBootstrap:
    def test_this_package(self, benchmark, data):
        n, replicates, x, w = data
        benchmark.group = f"bootstrap of the weighted Gini: {n} units, {replicates} replicates"
        rng = np.random.default_rng(1)
        benchmark(lambda: bootstrap_replicates([Sample(gini, x, w)], Design.of(n), replicates, rng))

    def test_loop_over_the_scalar_function(self, benchmark, data):
        n, replicates, x, w = data
        benchmark.group = f"bootstrap of the weighted Gini: {n} units, {replicates} replicates"
        benchmark(scalar_loop, x, w, replicates, np.random.default_rng(1))

    def test_scipy_vectorised_without_weights(self, benchmark, data):
        n, replicates, x, _ = data
        benchmark.group = f"bootstrap of the weighted Gini: {n} units, {replicates} replicates"
        rng = np.random.default_rng(1)
        benchmark(
            lambda: stats.bootstrap(
                (x,),
                gini_by_rows,
                n_resamples=replicates,
                batch=max(1, 2**20 // n),
                method="percentile",
                vectorized=True,
                rng=rng,
            )
        )


@pytest.mark.benchmark(min_rounds=5)
@pytest.mark.parametrize("weighted", [True, False], ids=["weighted", "unweighted"])
class TestJackknife:
    @pytest.fixture
    def sample(self, benchmark, weighted):
        kind = "weighted" if weighted else "unweighted"
        benchmark.group = f"jackknife of the {kind} Gini: 100,000 units"
        rng = np.random.default_rng(0)
        x, w = rng.lognormal(0.0, 0.5, 100_000), rng.lognormal(0.0, 1.0, 100_000)
        return x, w if weighted else None

    def test_this_package(self, benchmark, sample):
        options = {"randomness": "superpopulation", "method": "jackknife"}
        benchmark(confidence_interval, gini, *sample, **options)

    def test_one_gini(self, benchmark, sample):
        benchmark(gini, *sample)
