from functools import partial

import numpy as np
import pytest

from analysis.errors import IntervalError, ParameterError
from analysis.inequality.inference.confidence import confidence_interval
from analysis.inequality.inference.coverage import simulated_change_coverage, simulated_coverage
from analysis.inequality.inference.lognormal import lognormal_form
from analysis.inequality.measures import (
    absolute_gini,
    gini,
    herfindahl,
    hoover,
    max_min_ratio,
    quantile_ratio,
    theil_l,
)


@pytest.fixture
def provinces():
    """Return ratios and populations of 38 units much like the provinces."""
    z, e = np.random.default_rng(12).normal(size=(2, 38))
    z, e = (z - z.mean()) / z.std(), (e - e.mean()) / e.std()
    return np.exp(0.46 * (np.sqrt(1 - 0.82**2) * e - 0.82 * z)), np.exp(1.14 * z)


def test_the_default_holds_where_the_plain_jackknife_does_not(provinces):
    measures = [gini, hoover, theil_l, quantile_ratio]
    ask = partial(simulated_coverage, randomness="superpopulation")
    calibrated = ask(measures, *provinces)
    assert [found.method for found in calibrated] == ["calibrated"] * 4
    assert all(0.91 <= found.coverage <= 0.975 for found in calibrated)
    plain = ask([gini, theil_l], *provinces, method="jackknife")
    assert [found.coverage < 0.85 for found in plain] == [True, True]


def test_coverage_is_that_of_a_loop_over_intervals(provinces):
    # The same question asked the slow way, with draws of its own.
    x, w = provinces
    logs = np.log(np.column_stack([w, x]))
    truth = float(lognormal_form(gini).value(np.std(logs[:, 1], ddof=1), 1.0))
    rng = np.random.default_rng(2)
    held = []
    for _ in range(400):
        again = np.exp(rng.multivariate_normal(logs.mean(axis=0), np.cov(logs.T), 38))
        found = confidence_interval(
            gini, again[:, 1], again[:, 0], randomness="superpopulation", replicates=199, seed=rng
        )
        held.append(found.low <= truth <= found.high)
    (found,) = simulated_coverage([gini], x, w, randomness="superpopulation", draws=2000)
    assert found.coverage == pytest.approx(np.mean(held), abs=0.04)


def test_coverage_of_counts_is_simulated_about_the_counts_at_hand():
    rng = np.random.default_rng(3)
    population = rng.lognormal(10.0, 1.0, 20)
    staff = rng.poisson(population / 400.0) + 20
    found, extremes = simulated_coverage(
        [gini, max_min_ratio], staff / population, population, randomness="count", counts=staff
    )
    assert (found.method, found.units, found.draws) == ("basic", 20, 1000)
    assert found.coverage > 0.85
    assert 0.0 < extremes.coverage <= 1.0


def test_coverage_of_a_change(provinces):
    x, w = provinces
    later = x**1.1 * np.exp(0.05 * np.random.default_rng(1).normal(size=38))
    ask = partial(
        simulated_change_coverage,
        [gini],
        x,
        later,
        weights_before=w,
        weights_after=w,
        randomness="superpopulation",
    )
    (found,) = ask()
    assert found.measure == "change of gini"
    assert 0.92 <= found.coverage <= 0.975
    (plain,) = ask(method="jackknife", draws=200)
    assert 0.8 < plain.coverage < 0.99
    assert plain.method == "jackknife"


def test_each_date_has_the_weights_of_its_own(provinces):
    x, w = provinces
    noise = np.exp(0.05 * np.random.default_rng(1).normal(size=(2, 38)))
    (found,) = simulated_change_coverage(
        [absolute_gini],
        x,
        x * noise[0],
        weights_before=w,
        weights_after=noise[1] / w,
        randomness="superpopulation",
        method="jackknife",
        draws=100,
    )
    assert found.coverage > 0.4


def test_a_seed_repeats_and_the_result_says_what_was_done(provinces):
    ask = partial(
        simulated_coverage, [gini], *provinces, randomness="sampling", draws=200, level=0.9
    )
    (first,), (again,), (other,) = ask(seed=1), ask(seed=1), ask(seed=2)
    assert first == again
    assert first != other
    assert (first.level, first.draws, first.units) == (0.9, 200, 38)
    assert 0.85 < first.coverage < 0.95
    assert first.se == pytest.approx(np.sqrt(first.coverage * (1 - first.coverage) / 200))
    assert first.to_frame()["coverage"].item() == first.coverage


def of_anyone(x, weights=None):
    return gini(x, weights)


def test_what_has_no_interval_has_no_coverage(provinces):
    ask = partial(simulated_coverage, randomness="superpopulation")
    with pytest.raises(IntervalError, match="needs 4 units or more"):
        ask([gini], [1.0, 2.0])
    with pytest.raises(IntervalError, match="nothing for an interval over units to hold"):
        ask([herfindahl], *provinces)
    with pytest.raises(IntervalError, match="values above zero"):
        ask([gini], [0.0, 1.0, 2.0, 3.0])
    with pytest.raises(IntervalError, match="measures of this package"):
        ask([of_anyone], *provinces)
    with pytest.raises(ParameterError, match="less than one"):
        ask([gini], *provinces, draws=0)
    with pytest.raises(ParameterError, match="counts: needed"):
        simulated_coverage([gini], *provinces, randomness="count")
    with pytest.raises(ParameterError, match="none of sampling"):
        simulated_coverage([gini], *provinces, randomness="luck")
