from functools import partial
from itertools import product

import numpy as np
import pytest
from scipy import stats

from analysis.errors import DomainError, ParameterError
from analysis.inequality.inference.confidence import change_interval, confidence_interval
from analysis.inequality.inference.intervals import bca_tails
from analysis.inequality.measures import generalized_entropy, gini, hoover

METHODS = ("linearized", "jackknife", "percentile", "basic", "bca")


@pytest.fixture
def sample():
    rng = np.random.default_rng(3)
    return rng.lognormal(size=40), rng.uniform(1.0, 5.0, 40)


@pytest.fixture
def counted():
    population = np.array([40_000.0, 90_000.0, 60_000.0, 50_000.0, 11_000.0])
    staff = np.array([120.0, 340.0, 95.0, 210.0, 0.0])
    return staff, population, staff / population


def test_randomness_has_no_default(sample):
    with pytest.raises(TypeError, match="randomness"):
        confidence_interval(gini, sample[0])


@pytest.mark.parametrize("method", METHODS)
def test_an_interval_holds_its_estimate_and_says_how_it_was_made(sample, method):
    x, w = sample
    found = confidence_interval(
        gini, x, w, randomness="superpopulation", method=method, seed=11, replicates=500
    )
    assert found.estimate == gini(x, w)
    assert found.low < found.estimate < found.high
    assert (found.measure, found.level, found.method) == ("gini", 0.95, method)
    assert (found.replicates, found.seed) == (
        (None, None) if method in ("linearized", "jackknife") else (500, 11)
    )
    frame = found.to_frame()
    assert frame.shape == (1, 10)
    assert frame.loc[0, "low"] == found.low


def test_the_method_by_default_is_the_one_that_covers_best(sample, counted):
    x, w = sample
    staff, population, ratio = counted

    def of_anyone(values, weights=None):
        return gini(values, weights)

    ask = partial(confidence_interval, randomness="superpopulation", replicates=50)
    assert ask(gini, x, w).method == "jackknife"
    assert ask(of_anyone, x, w).method == "percentile"
    count = confidence_interval(
        gini, ratio, population, randomness="count", counts=staff, replicates=50
    )
    assert count.method == "basic"


@pytest.mark.parametrize(
    ("method", "randomness"), list(product(METHODS[2:], ["sampling", "count"]))
)
def test_a_seed_repeats_and_a_drawn_seed_is_recorded(counted, method, randomness):
    staff, population, ratio = counted
    ask = partial(
        confidence_interval,
        gini,
        ratio,
        population,
        randomness=randomness,
        method=method,
        replicates=100,
        counts=staff if randomness == "count" else None,
    )
    first = ask(seed=5)
    assert first == ask(seed=5)
    assert ask(seed=np.random.default_rng(5)).low == first.low
    assert ask(seed=6).low != first.low
    drawn = ask()
    assert ask(seed=drawn.seed) == drawn


@pytest.mark.parametrize(("method", "name"), [("percentile",) * 2, ("basic",) * 2, ("bca", "BCa")])
def test_limits_equal_those_of_scipy_on_the_same_replicates(sample, monkeypatch, method, name):
    x, w = sample
    peer = stats.bootstrap(
        (x, w),
        lambda values, weights: gini(values, weights),
        paired=True,
        vectorized=False,
        n_resamples=400,
        method=name,
        rng=np.random.default_rng(1),
    )
    monkeypatch.setattr(
        "analysis.inequality.inference.confidence.bootstrap_replicates",
        lambda *_: peer.bootstrap_distribution[None, :],
    )
    ours = confidence_interval(
        gini, x, w, randomness="sampling", method=method, replicates=400, seed=0
    )
    assert ours.low == pytest.approx(peer.confidence_interval.low, rel=1e-9)
    assert ours.high == pytest.approx(peer.confidence_interval.high, rel=1e-9)
    assert ours.se == pytest.approx(peer.standard_error, rel=1e-12)


def test_all_standard_errors_agree_on_a_large_sample():
    rng = np.random.default_rng(8)
    x, w = rng.lognormal(0.0, 0.5, 2000), rng.uniform(1.0, 3.0, 2000)
    errors = [
        confidence_interval(
            gini, x, w, randomness="superpopulation", method=method, seed=1, replicates=2000
        ).se
        for method in ("linearized", "jackknife", "percentile")
    ]
    assert errors[1] == pytest.approx(errors[0], rel=0.02)
    assert errors[2] == pytest.approx(errors[0], rel=0.06)


def test_linearised_gini_is_the_standard_error_of_davidson():
    # Davidson (2009): sum((Z_i - mean Z)^2) / (n mu)^2 with
    # Z_i = -(G + 1) y_(i) + (2 i - 1) y_(i) / n - (2 / n) sum_{j <= i} y_(j).
    # The exact derivative of the index has 2 i where Z has 2 i - 1, and n - 1 degrees of freedom.
    y = np.sort(np.random.default_rng(5).lognormal(0.0, 0.5, 4000))
    n = y.size
    i = np.arange(1, n + 1)
    z = -(gini(y) + 1.0) * y + (2 * i - 1) / n * y - 2.0 / n * np.cumsum(y)
    davidson = np.sqrt(np.sum((z - z.mean()) ** 2)) / (n * y.mean())
    ours = confidence_interval(gini, y, randomness="superpopulation", method="linearized").se
    assert ours == pytest.approx(davidson, rel=1e-3)


def test_a_census_has_no_sampling_error(sample):
    x, w = sample
    ask = partial(confidence_interval, gini, x, w, randomness="sampling", method="linearized")
    census = ask(sampling_fraction=1.0)
    assert census.low == census.estimate == census.high
    assert ask(sampling_fraction=0.75).se == pytest.approx(ask().se / 2.0)


def test_level_widens_the_interval(sample):
    x, w = sample
    for method in METHODS:
        ask = partial(confidence_interval, gini, x, w, randomness="sampling", method=method, seed=1)
        narrow, wide = ask(level=0.8), ask(level=0.99)
        assert wide.low < narrow.low < narrow.high < wide.high


def test_scaling_values_or_weights_moves_nothing(sample):
    x, w = sample
    for method in METHODS:
        ask = partial(
            confidence_interval, gini, randomness="sampling", method=method, seed=1, replicates=100
        )
        one, other = ask(x, w), ask(1000.0 * x, 7.0 * w)
        assert other.low == pytest.approx(one.low, rel=1e-9)
        assert other.high == pytest.approx(one.high, rel=1e-9)


@pytest.mark.parametrize("method", METHODS)
def test_perfect_equality_has_an_interval_of_no_width(method):
    found = confidence_interval(
        hoover, np.full(12, 2.0), randomness="superpopulation", method=method, seed=0
    )
    assert (found.low, found.high, found.se) == pytest.approx((0.0, 0.0, 0.0), abs=1e-12)


def test_count_interval_by_the_delta_method(counted):
    staff, population, ratio = counted
    found = confidence_interval(
        gini, ratio, population, randomness="count", method="linearized", counts=staff
    )

    def at(counts):
        return gini(counts / population, population)

    seen = np.flatnonzero(staff)
    steps = np.eye(staff.size)[seen] * 1e-3
    slopes = np.array([(at(staff + h) - at(staff - h)) / 2e-3 for h in steps])
    assert found.se == pytest.approx(np.sqrt(np.sum(slopes**2 * staff[seen])), rel=1e-7)
    assert found.high - found.estimate == pytest.approx(1.959963984540054 * found.se)


def test_count_bootstrap_has_the_delta_standard_error(counted):
    staff, population, ratio = counted
    ask = partial(
        confidence_interval, gini, 1000.0 * ratio, population, randomness="count", counts=staff
    )
    delta = ask(method="linearized")
    for method in METHODS[2:]:
        found = ask(method=method, seed=2, replicates=3000)
        assert found.se == pytest.approx(delta.se, rel=0.1)
        assert found.low == pytest.approx(delta.low, abs=0.5 * delta.se)
        assert found.high == pytest.approx(delta.high, abs=0.5 * delta.se)


def test_more_staff_makes_counts_more_certain(counted):
    staff, population, ratio = counted
    ask = partial(
        confidence_interval, gini, ratio, population, randomness="count", method="linearized"
    )
    assert ask(counts=100.0 * staff).se == pytest.approx(ask(counts=staff).se / 10.0)


def test_change_of_a_pair_that_only_scaled_is_certain(sample):
    x, w = sample
    for method in ("linearized", "jackknife", "percentile", "basic"):
        found = change_interval(
            gini,
            x,
            2.0 * x,
            weights_before=w,
            weights_after=w,
            randomness="superpopulation",
            method=method,
            seed=1,
        )
        assert (found.low, found.high) == pytest.approx((0.0, 0.0), abs=1e-12)


def test_change_interval_keeps_pairs_together():
    rng = np.random.default_rng(0)
    x, w = rng.lognormal(0.0, 0.3, 300), rng.uniform(1.0, 3.0, 300)
    after = x * rng.uniform(0.9, 1.1, x.size)
    ask = partial(
        change_interval,
        gini,
        x,
        after,
        weights_before=w,
        weights_after=w,
        randomness="superpopulation",
        seed=1,
        replicates=1000,
    )
    linear = ask(method="linearized")
    assert linear.measure == "change of gini"
    assert linear.estimate == pytest.approx(gini(after, w) - gini(x, w))
    alone = confidence_interval(gini, x, w, randomness="superpopulation", method="linearized")
    assert linear.se < 0.5 * alone.se
    for method in METHODS[1:]:
        assert ask(method=method).se == pytest.approx(linear.se, rel=0.15)


def test_change_of_counts_adds_two_independent_errors(counted):
    staff, population, ratio = counted
    after = staff + np.array([30.0, -20.0, 40.0, 0.0, 0.0])
    options = {"randomness": "count", "method": "linearized"}
    change = change_interval(
        gini,
        ratio,
        after / population,
        weights_before=population,
        weights_after=population,
        counts_before=staff,
        counts_after=after,
        **options,
    )
    first = confidence_interval(gini, ratio, population, counts=staff, **options)
    last = confidence_interval(gini, after / population, population, counts=after, **options)
    assert change.se == pytest.approx(np.hypot(first.se, last.se))
    bca = change_interval(
        gini,
        ratio,
        after / population,
        weights_before=population,
        weights_after=population,
        counts_before=staff,
        counts_after=after,
        randomness="count",
        method="bca",
        seed=3,
    )
    assert bca.se == pytest.approx(change.se, rel=0.1)


def test_bca_without_bias_or_acceleration_is_the_percentile_interval():
    replicates = np.concatenate((np.linspace(-1.0, -0.01, 50), np.linspace(0.01, 1.0, 50)))
    assert bca_tails("m", 0.0, replicates, 0.0, 0.025) == pytest.approx((0.025, 0.975))
    low, high = bca_tails("m", 0.0, replicates, 0.1, 0.025)
    assert low > 0.025
    assert high > 0.975
    with pytest.raises(DomainError, match='method="basic"'):
        bca_tails("m", 2.0, replicates, 0.0, 0.025)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"randomness": "census"}, "randomness: 'census' is none of sampling"),
        ({"method": "wald"}, "method: 'wald' is none of"),
        ({"level": 95}, "level: 95 is not between 0 and 1"),
        ({"method": "bca", "replicates": 39}, "use 40 at the very least"),
        ({"sampling_fraction": 1.5, "method": "jackknife"}, "not a share"),
        ({"sampling_fraction": 0.5, "method": "bca"}, "sampling_fraction: only for"),
        (
            {"sampling_fraction": 0.5, "randomness": "superpopulation", "method": "jackknife"},
            "sampling_fraction: only for",
        ),
        ({"counts": [1, 2, 3]}, "counts: only for"),
        ({"randomness": "count"}, "counts: needed"),
        ({"randomness": "count", "method": "jackknife", "counts": [1, 2, 3]}, "units are fixed"),
        ({"randomness": "count", "strata": [1, 1, 2], "counts": [1, 2, 3]}, "Leave them out"),
    ],
)
def test_options_that_contradict_one_another_are_refused(options, says):
    with pytest.raises(ParameterError, match=says):
        confidence_interval(gini, [1.0, 2.0, 3.0], **({"randomness": "sampling"} | options))


@pytest.mark.parametrize(
    ("counts", "says"),
    [
        ([1, 2], "3 values but 2 counts"),
        ([1, 2.5, 3], "position 1 .* holds 2.5"),
        ([1, -2, 3], "negative"),
        ([1, 0, 3], "position 1 .*both or neither are zero"),
    ],
)
def test_counts_must_be_the_counts_of_the_values(counts, says):
    with pytest.raises(DomainError, match=says):
        confidence_interval(gini, [1.0, 2.0, 3.0], randomness="count", counts=counts)


def test_small_counts_and_a_measure_without_zero_are_told_apart():
    measure = partial(generalized_entropy, alpha=0.0)
    with pytest.raises(DomainError, match=r"small counts came out as zero.*linearized"):
        confidence_interval(
            measure,
            [1.0, 2.0, 3.0],
            randomness="count",
            method="percentile",
            counts=[1, 2, 3],
            seed=0,
        )


def test_a_measure_without_closed_form_is_bootstrapped_but_not_linearised(sample):
    x, w = sample

    def top_share(values, weights=None):
        return float(np.max(values * weights) / np.sum(values * weights))

    ask = partial(confidence_interval, top_share, x, w, randomness="superpopulation", seed=0)
    assert ask(method="percentile", replicates=50).low < top_share(x, w)
    with pytest.raises(ParameterError, match="no influence in closed form"):
        ask(method="linearized")


def test_change_needs_the_same_units_and_weights_for_both(sample):
    x, w = sample
    with pytest.raises(DomainError, match="40 units before but 39 after"):
        change_interval(gini, x, x[1:], randomness="sampling")
    with pytest.raises(ParameterError, match="weights for one date only"):
        change_interval(gini, x, x, weights_before=w, randomness="sampling")
