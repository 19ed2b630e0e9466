"""Values from other implementations and from print.

`oracles/measures.R` made `oracles/measures.json`; both name versions and data.
"""

import json
import math
from functools import partial
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from inequality.atkinson import Atkinson
from inequality.gini import Gini
from inequality.schutz import Schutz
from inequality.theil import Theil
from scipy import stats
from statsmodels.stats.weightstats import DescrStatsW

from analysis.inequality.measures import (
    absolute_gini,
    atkinson,
    coefficient_of_variation,
    extended_gini,
    generalized_entropy,
    gini,
    herfindahl,
    hoover,
    palma,
    quantile,
    quintile_share_ratio,
    theil_l,
    theil_t,
    variance_of_logs,
)

FILE = Path(__file__).parents[1] / "oracles" / "measures.json"
ORACLE = json.loads(FILE.read_text("utf-8"))
SAMPLES = ["burgenland", "enrolment", "scores"]
WEIGHTINGS = ["weighted", "unweighted"]
DEFINED_IN_R = {
    "gini": gini,
    "absolute_gini": absolute_gini,
    "hoover": hoover,
    "ge_minus_1": partial(generalized_entropy, alpha=-1.0),
    "ge_half": partial(generalized_entropy, alpha=0.5),
    "ge_2": partial(generalized_entropy, alpha=2.0),
    "ge_3": partial(generalized_entropy, alpha=3.0),
    "theil_l": theil_l,
    "theil_t": theil_t,
    "atkinson_half": partial(atkinson, epsilon=0.5),
    "atkinson_1": partial(atkinson, epsilon=1.0),
    "atkinson_2": partial(atkinson, epsilon=2.0),
    "coefficient_of_variation": coefficient_of_variation,
    "variance_of_logs": variance_of_logs,
    "herfindahl": herfindahl,
}


def sample(name, weighting):
    data = ORACLE[name]
    weights = np.array(data["w"]) if weighting == "weighted" else None
    return np.array(data["x"]), weights, data[weighting]


@pytest.mark.parametrize("measure", DEFINED_IN_R)
@pytest.mark.parametrize("weighting", WEIGHTINGS)
@pytest.mark.parametrize("name", SAMPLES)
def test_definitions_written_out_in_r(name, weighting, measure):
    x, weights, expected = sample(name, weighting)
    assert DEFINED_IN_R[measure](x, weights) == pytest.approx(expected[measure], rel=1e-12)


@pytest.mark.parametrize("weighting", WEIGHTINGS)
@pytest.mark.parametrize("name", SAMPLES)
def test_laeken_gini_is_the_population_formula_in_percent(name, weighting):
    x, weights, expected = sample(name, weighting)
    assert 100 * gini(x, weights) == pytest.approx(expected["laeken_gini_percent"], rel=1e-12)


@pytest.mark.parametrize("weighting", WEIGHTINGS)
@pytest.mark.parametrize("name", SAMPLES)
def test_survey_coefficient_of_variation(name, weighting):
    x, weights, expected = sample(name, weighting)
    assert coefficient_of_variation(x, weights) == pytest.approx(expected["survey_cv"], rel=1e-12)


@pytest.mark.parametrize(
    ("rule", "definition"),
    [("survey_quantiles_hf1", "inverted_cdf"), ("survey_quantiles_hf2", "averaged_inverted_cdf")],
)
@pytest.mark.parametrize("weighting", WEIGHTINGS)
@pytest.mark.parametrize("name", SAMPLES)
def test_survey_quantiles(name, weighting, rule, definition):
    x, weights, expected = sample(name, weighting)
    found = [quantile(x, weights, q=q, definition=definition) for q in ORACLE[name]["quantiles"]]
    assert found == expected[rule]


def laeken_quantile(x, weights, q):
    """Quantile of laeken 0.5.2: the value after, where our first definition ends exactly."""
    first = quantile(x, weights, q=q)
    averaged = quantile(x, weights, q=q, definition="averaged_inverted_cdf")
    return 2 * averaged - first


@pytest.mark.parametrize("weighting", WEIGHTINGS)
@pytest.mark.parametrize("name", SAMPLES)
def test_laeken_quantiles(name, weighting):
    x, weights, expected = sample(name, weighting)
    found = [laeken_quantile(x, weights, q) for q in ORACLE[name]["quantiles"]]
    assert found == pytest.approx(expected["laeken_quantiles"], rel=1e-14)


@pytest.mark.parametrize("weighting", WEIGHTINGS)
@pytest.mark.parametrize("name", SAMPLES)
def test_laeken_quintile_share_ratio(name, weighting):
    x, weights, expected = sample(name, weighting)
    low, high = laeken_quantile(x, weights, 0.2), laeken_quantile(x, weights, 0.8)
    if quantile(x, weights, q=0.2) == low and quantile(x, weights, q=0.8) == high:
        found = quintile_share_ratio(x, weights)
    else:  # a share is reached exactly, where laeken takes the next value as the border
        held = x if weights is None else x * weights
        found = held[x > high].sum() / held[x <= low].sum()
    assert found == pytest.approx(expected["laeken_qsr"], rel=1e-12)


def test_the_data_reach_a_share_exactly_and_not():
    exact = {
        (name, weighting): laeken_quantile(*sample(name, weighting)[:2], 0.2)
        != quantile(*sample(name, weighting)[:2], q=0.2)
        for name in SAMPLES
        for weighting in WEIGHTINGS
    }
    assert exact["enrolment", "unweighted"]
    assert not exact["burgenland", "weighted"]


@pytest.fixture(params=SAMPLES)
def values(request):
    return np.array(ORACLE[request.param]["x"])


def test_pysal(values):
    assert gini(values) == pytest.approx(Gini(values).g, rel=1e-12)
    assert theil_t(values) == pytest.approx(float(Theil(values).T), rel=1e-12)
    schutz = Schutz(pd.DataFrame({"y": values}), "y")
    assert hoover(values) == pytest.approx(schutz.distance, rel=1e-12)
    for epsilon in (0.3, 1, 2.5):
        expected = Atkinson(values, epsilon).A
        assert atkinson(values, epsilon=epsilon) == pytest.approx(expected, rel=1e-12)


def test_scipy_power_means(values):
    weights = np.sqrt(values)
    mean = np.average(values, weights=weights)
    for epsilon in (0.5, 2.0, 4.0):
        equivalent = stats.pmean(values, 1 - epsilon, weights=weights)
        expected = 1 - equivalent / mean
        assert atkinson(values, weights, epsilon=epsilon) == pytest.approx(expected, rel=1e-11)
    geometric = stats.gmean(values, weights=weights)
    assert atkinson(values, weights, epsilon=1) == pytest.approx(1 - geometric / mean, rel=1e-11)
    assert theil_l(values, weights) == pytest.approx(math.log(mean / geometric), rel=1e-11)


def test_scipy_variation_and_entropy(values):
    assert coefficient_of_variation(values) == pytest.approx(stats.variation(values), rel=1e-12)
    uniform = np.full(values.size, 1 / values.size)
    assert theil_t(values) == pytest.approx(stats.entropy(values, uniform), rel=1e-11)
    assert theil_l(values) == pytest.approx(stats.entropy(uniform, values), rel=1e-11)
    assert variance_of_logs(values) == pytest.approx(np.var(np.log(values)), rel=1e-11)


def test_statsmodels_weighted_moments(values):
    weights = np.sqrt(values)
    described = DescrStatsW(values, weights=weights, ddof=0)
    expected = described.std / described.mean
    assert coefficient_of_variation(values, weights) == pytest.approx(expected, rel=1e-12)
    logs = DescrStatsW(np.log(values), weights=weights, ddof=0)
    assert variance_of_logs(values, weights) == pytest.approx(logs.var, rel=1e-11)


@pytest.mark.parametrize("method", ["inverted_cdf", "averaged_inverted_cdf", "hazen"])
@pytest.mark.parametrize("q", [0.05, 0.1, 0.25, 0.5, 0.9])
def test_numpy_quantiles(values, q, method):
    found = quantile(values, q=q, definition=method)
    assert found == pytest.approx(np.quantile(values, q, method=method), rel=1e-14)


@pytest.mark.parametrize("q", [0.07, 0.1, 0.5, 0.83])
def test_numpy_weighted_quantile(values, q):
    weights = np.random.default_rng(1).integers(1, 9, values.size)
    expected = np.quantile(values, q, method="inverted_cdf", weights=weights)
    assert quantile(values, weights, q=q) == expected


@pytest.mark.parametrize("nu", [2, 3, 4])
def test_extended_gini_is_the_shortfall_of_the_least_of_nu(nu):
    # 1 - E[min(X_1, ..., X_nu)] / mu for independent draws (Yitzhaki 1983).
    x, w = np.array([3.0, 1.0, 7.0, 2.0, 2.0]), np.array([2.0, 1.0, 1.5, 3.0, 0.5])
    p = w / w.sum()
    draws = product(range(5), repeat=nu)
    least = sum(math.prod(p[i] for i in draw) * min(x[i] for i in draw) for draw in draws)
    assert extended_gini(x, w, nu=nu) == pytest.approx(1 - least / (p @ x), rel=1e-13)


# Printed values -------------------------------------------------------------------------------

# Example data of the R package ineq (Zeileis and Kleiber, version 0.2); the same vector and
# values appear in the documentation of acid 1.1 and of packages ported from ineq.
INCOMES = [541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261]


@pytest.mark.parametrize(
    ("measure", "printed"),
    [
        (gini, 0.4620911),
        (partial(gini, unbiased=True), 0.5134346),  # acid: bcGini
        (hoover, 0.3378067),  # ineq: RS, Ricci-Schutz
        (theil_t, 0.3623412),
        (theil_l, 0.4335946),
        (partial(generalized_entropy, alpha=0.5), 0.3770931),
        (partial(generalized_entropy, alpha=0.723), 0.3663712),
        (coefficient_of_variation, 0.9169582),
        (partial(atkinson, epsilon=0.4), 0.1440938),
        (partial(atkinson, epsilon=0.5), 0.1796591),
        (partial(atkinson, epsilon=1.0), 0.3518251),
        (partial(atkinson, epsilon=2.0), 0.6290111),
    ],
)
def test_ineq_documentation(measure, printed):
    assert measure(INCOMES) == pytest.approx(printed, abs=5.1e-8)


def test_desctools_frequency_weights():
    # Documentation of the Atkinson index ported from DescTools: n counts each value.
    found = atkinson([10, 20, 30], [3, 1, 1], epsilon=0.5)
    assert found == pytest.approx(0.05558586, abs=5.1e-9)


def test_phylotools_documentation():
    assert gini([1, 3, 2, 1, 1, 1, 4]) == pytest.approx(0.3076923, abs=5.1e-8)


def test_statistics_slam_dunk():
    # Sutton (2024), Statistics Slam Dunk, Manning, section 12.5.
    assert gini([10] * 9 + [100]) == pytest.approx(0.4263158, abs=5.1e-8)


def test_stoermann_2009():
    # Stoermann (2009), Regionaloekonomik, example in the R package REAT 1.3 as "Theil index":
    # the value is Theil's L; his T is 0.2502.
    incomes = [10, 10, 10, 20, 50]
    assert theil_l(incomes) == pytest.approx(0.2326302, abs=5.1e-8)
    assert theil_t(incomes) == pytest.approx(0.2502, abs=5e-5)


# Health resources and population (in 10,000) of sixteen districts, the worked example of the R
# package Gini 0.1.0 (Du, Chen and Hao 2021), which follows Brown (1994), Social Science and
# Medicine 38, 1243-1256, and Ding and Hu (1994), on the equity of health resources in China.
POPULATION = [382.8, 522.7, 192.4, 227.4, 490.2, 108.0, 222.5, 220.5]
POPULATION += [231.2, 375.3, 323.9, 79.9, 305.7, 98.7, 46.1, 35.3]
RESOURCES = [2778, 3333, 1673, 1708, 2118, 1077, 1850, 1557]
RESOURCES += [2010, 2587, 2482, 616, 2010, 936, 633, 582]


def test_health_resources_of_brown_1994():
    ratio = np.array(RESOURCES) / POPULATION
    assert gini(ratio, POPULATION) == pytest.approx(0.1216807, abs=5.1e-8)


# Yu, Yu, He and Lu (2021), Equity analysis of Chinese physician allocation based on Gini
# coefficient and Theil index, BMC Health Services Research 21:455, table 2: each province's term
# p log(p / y), p and y its shares of population and of physicians, where it is negative.
OVER_SUPPLIED = [0.000262, 0.000042, 0.000706, 0.000253, 0.001561, 0.000157, 0.000708]
OVER_SUPPLIED += [0.003065, 0.002542, 0.000800, 0.000894, 0.004278, 0.003814]


def test_the_gini_of_0_003_in_yu_2021_contradicts_its_own_table():
    # From p ln(y / p) = t follows y - p = p (exp(t / p) - 1) >= t, whatever p is; and the Gini
    # index is at least the Hoover index, the sum of y - p over the over-supplied.
    least = math.fsum(OVER_SUPPLIED)  # natural logarithms; 2.3 times that if they are decimal
    printed = 0.003
    assert least > 6 * printed
    # The bound at work, on the districts above:
    p = np.array(POPULATION) / np.sum(POPULATION)
    y = np.array(RESOURCES) / np.sum(RESOURCES)
    bound = float(np.sum(np.maximum(p * np.log(y / p), 0.0)))
    assert bound <= hoover(y / p, p) <= gini(y / p, p)


@pytest.mark.parametrize("sigma", [0.3, 1.0, 1.5])
def test_lognormal_closed_forms(sigma):
    # Aitchison and Brown (1957): Gini erf(sigma / 2), both Theil indices sigma^2 / 2.
    n = 40_000
    x = stats.lognorm.ppf((np.arange(n) + 0.5) / n, sigma)
    assert gini(x) == pytest.approx(math.erf(sigma / 2), rel=2e-3)
    assert theil_l(x) == pytest.approx(sigma**2 / 2, rel=2e-3)
    assert atkinson(x, epsilon=1) == pytest.approx(1 - math.exp(-(sigma**2) / 2), rel=2e-3)


def test_pareto_palma():
    # L(p) = 1 - (1 - p)^(1 - 1/a): 0.1^(1 - 1/a) / (1 - 0.6^(1 - 1/a)) for the Palma ratio.
    n, a = 40_000, 3.0
    x = stats.pareto.ppf((np.arange(n) + 0.5) / n, a)
    expected = 0.1 ** (1 - 1 / a) / (1 - 0.6 ** (1 - 1 / a))
    assert palma(x) == pytest.approx(expected, rel=1e-3)
    assert quintile_share_ratio(x, definition="lorenz") == pytest.approx(
        0.2 ** (1 - 1 / a) / (1 - 0.8 ** (1 - 1 / a)), rel=1e-3
    )


@pytest.mark.parametrize("alpha", [0.3, 0.7, 1.5, 3.0])
def test_units_with_nothing_count_in_every_generalized_entropy(alpha):
    x = np.array([0.0, 0.0, 1.0, 4.0])
    expected = (np.mean((x / x.mean()) ** alpha) - 1.0) / (alpha * (alpha - 1.0))
    assert generalized_entropy(x, alpha=alpha) == pytest.approx(expected)
