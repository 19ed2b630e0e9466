from functools import partial
from itertools import product

import numpy as np
import pytest
from scipy import special, stats

from analysis.errors import DomainError, IntervalError, ParameterError
from analysis.inequality.inference import unit_intervals
from analysis.inequality.inference.confidence import change_interval, confidence_interval
from analysis.inequality.inference.intervals import bca_tails
from analysis.inequality.measures import (
    generalized_entropy,
    gini,
    herfindahl,
    hoover,
    max_min_ratio,
    quantile_ratio,
)

BOOTSTRAP = ("percentile", "basic", "bca")
SIMULATED = ("calibrated", *BOOTSTRAP)
METHODS = ("linearized", "jackknife", "satterthwaite", *SIMULATED)


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
    assert (found.replicates, found.seed) == ((500, 11) if method in SIMULATED else (None, None))
    frame = found.to_frame()
    assert frame.shape == (1, 10)
    assert frame.loc[0, "low"] == found.low


def test_the_method_by_default_is_the_one_that_covers_best(sample, counted):
    x, w = sample
    staff, population, ratio = counted

    def of_anyone(values, weights=None):
        return gini(values, weights)

    ask = partial(confidence_interval, randomness="superpopulation", replicates=50)
    assert ask(gini, x, w).method == "calibrated"
    assert ask(quantile_ratio, x, w).method == "calibrated"
    assert ask(gini, np.append(0.0, x[1:]), w).method == "satterthwaite"
    assert ask(gini, x, w, strata=np.arange(40) % 2).method == "satterthwaite"
    assert ask(of_anyone, x, w).method == "percentile"
    many = np.tile(x, 3)
    assert ask(gini, many).method == "satterthwaite"
    assert ask(quantile_ratio, many).method == "percentile"
    count = confidence_interval(
        gini, ratio, population, randomness="count", counts=staff, replicates=50
    )
    assert count.method == "basic"


@pytest.mark.parametrize(("method", "randomness"), list(product(BOOTSTRAP, ["sampling", "count"])))
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
        unit_intervals,
        "bootstrap_replicates",
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


@pytest.mark.parametrize("method", ["linearized", "jackknife", *BOOTSTRAP])
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
    for method in BOOTSTRAP:
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
        ({"randomness": "count", "method": "calibrated", "counts": [1, 2, 3]}, "units are fixed"),
        ({"method": "calibrated", "replicates": 39}, "use 40 at the very least"),
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


@pytest.mark.parametrize("method", [None, *METHODS])
@pytest.mark.parametrize("measure", [gini, hoover])
def test_two_or_three_units_have_no_interval(measure, method):
    for n in (1, 2, 3):
        x, w = [0.2, 0.9, 0.4][:n], [3.0, 1.0, 2.0][:n]
        with pytest.raises(IntervalError, match=f"{n} units? cannot show.*needs 4 units or more"):
            confidence_interval(measure, x, w, randomness="superpopulation", method=method)
        with pytest.raises(IntervalError, match=f"{n} units? cannot show"):
            change_interval(measure, x, x[::-1], randomness="sampling", method=method)


def test_strata_with_hardly_more_clusters_have_no_interval(sample):
    x, _ = sample
    ask = partial(confidence_interval, gini, randomness="sampling")
    with pytest.raises(IntervalError, match=r"4 clusters in 2 strata.*3 clusters more than strata"):
        ask(x[:4], strata=[1, 1, 2, 2])
    assert ask(x[:6], strata=[1, 1, 2, 2, 3, 3]).method == "satterthwaite"


@pytest.mark.parametrize("method", BOOTSTRAP)
def test_a_bootstrap_of_data_that_are_mostly_zero_says_in_how_many_replicates_it_fails(method):
    x = np.zeros(12)
    x[:2] = 1.0, 3.0
    ask = partial(
        confidence_interval, gini, randomness="sampling", method=method, replicates=400, seed=1
    )
    with pytest.raises(IntervalError, match=r"not defined in \d+ of 400 replicates.*at zero"):
        ask(x)
    with pytest.raises(IntervalError, match="of 400 replicates"):
        change_interval(
            gini, x, x[::-1], randomness="sampling", method=method, replicates=400, seed=1
        )
    with pytest.raises(
        IntervalError, match=r"not defined for a replicate.*quantile at 0.1 is zero"
    ):
        confidence_interval(
            quantile_ratio, np.append(x, [1.0] * 90), randomness="sampling", method=method, seed=1
        )


def test_data_that_are_mostly_zero_have_an_interval_by_default():
    x = np.zeros(12)
    x[:3] = 1.0, 3.0, 2.0
    found = confidence_interval(gini, x, randomness="sampling")
    assert found.method == "satterthwaite"
    assert 0.0 < found.low < found.estimate < found.high < 1.0


@pytest.mark.parametrize("method", ["jackknife", "satterthwaite"])
def test_the_jackknife_is_refused_for_a_ratio_of_quantiles(sample, method):
    x, w = sample
    with pytest.raises(IntervalError, match="does not hold for a ratio of quantiles"):
        confidence_interval(quantile_ratio, x, w, randomness="sampling", method=method)
    with pytest.raises(IntervalError, match="does not hold for a ratio of quantiles"):
        change_interval(
            partial(quantile_ratio, upper=0.8), x, x[::-1], randomness="sampling", method=method
        )


@pytest.mark.parametrize("measure", [max_min_ratio, herfindahl])
def test_what_depends_on_the_number_of_units_has_no_interval_over_units(sample, counted, measure):
    x, w = sample
    with pytest.raises(IntervalError, match="nothing for an interval over units to hold"):
        confidence_interval(measure, x, w, randomness="superpopulation")
    staff, population, ratio = (values[:4] for values in counted)
    held = confidence_interval(
        measure, ratio, population, randomness="count", counts=staff, replicates=100, seed=1
    )
    assert held.low < held.high


@pytest.mark.parametrize("method", ["satterthwaite", "calibrated"])
def test_units_that_are_all_alike_cannot_show_how_a_measure_varies(method):
    ask = partial(confidence_interval, gini, randomness="superpopulation", method=method, seed=1)
    with pytest.raises(IntervalError, match=r"without one of the units|stays the same"):
        ask(np.full(8, 2.0))
    with pytest.raises(IntervalError, match="without one of the units nothing is unequal"):
        ask(np.full(7, 0.1), [0.1, 0.7, 0.3, 0.9, 1.1, 1.3, 2.7])
    with pytest.raises(IntervalError, match="without one of the units nothing is unequal"):
        ask([1.0, 1.0, 1.0, 1.0, 2.0])
    with pytest.raises(IntervalError, match="stays the same whichever unit"):
        change_interval(
            gini, [1.0, 2.0, 4.0, 5.0], [2.0, 4.0, 8.0, 10.0], randomness="sampling", method=method
        )


def test_satterthwaite_interval_written_out(sample):
    x, w = sample
    n = x.size
    logit = np.array([special.logit(gini(np.delete(x, i), np.delete(w, i))) for i in range(n)])
    estimate = special.logit(gini(x, w))
    center = n * estimate - (n - 1) * logit.mean()
    parts = (n - 1) / n * (logit - logit.mean()) ** 2
    degrees = parts.sum() ** 2 / np.sum(parts**2)
    reach = stats.t.ppf(0.975, degrees) * np.sqrt(parts.sum())
    found = confidence_interval(gini, x, w, randomness="superpopulation", method="satterthwaite")
    assert found.low == pytest.approx(special.expit(center - reach), rel=1e-9)
    assert found.high == pytest.approx(special.expit(center + reach), rel=1e-9)


def test_a_census_and_a_fraction_shrink_the_limits_of_few_units(sample):
    x, w = sample
    for method in ("satterthwaite", "calibrated"):
        ask = partial(confidence_interval, gini, x, w, randomness="sampling", method=method, seed=1)
        census = ask(sampling_fraction=1.0)
        assert census.low == pytest.approx(census.estimate, rel=1e-12)
        assert census.high == pytest.approx(census.estimate, rel=1e-12)
        assert ask().low < ask(sampling_fraction=0.75).low < census.low


def test_limits_never_leave_the_range_of_a_share():
    x = np.random.default_rng(1).lognormal(0.0, 2.5, 6)
    for method in ("satterthwaite", "calibrated"):
        found = confidence_interval(gini, x, randomness="superpopulation", method=method, seed=1)
        assert 0.0 < found.low <= found.estimate <= found.high < 1.0


def test_own_measures_of_few_units_are_not_calibrated(sample):
    x, w = sample

    def of_anyone(values, weights=None):
        return gini(values, weights)

    ask = partial(confidence_interval, of_anyone, x, w, randomness="sampling")
    with pytest.raises(IntervalError, match='method="calibrated" needs to know the measure'):
        ask(method="calibrated")
    assert ask(method="satterthwaite").low < gini(x, w)
    with pytest.raises(IntervalError, match="values above zero"):
        confidence_interval(gini, [0.0, *x], randomness="sampling", method="calibrated")
