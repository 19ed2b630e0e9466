"""Values computed by R (formulas written out, lm, glm, package survey) and published ones.

`oracles/concentration.R` made `oracles/concentration.json`; both name versions and data.
"""

import json
from pathlib import Path

import numpy as np
import pytest

from analysis.inequality.curves.concentration import concentration_index, kakwani_index
from analysis.inequality.curves.slopes import ordered_inequality, relative_index, slope_index
from analysis.inequality.inference.concentration_inference import concentration_interval

ORACLE = json.loads(
    (Path(__file__).parents[1] / "oracles" / "concentration.json").read_text("utf-8")
)
RESULTS = ORACLE["results"]
SCHOOLS = {name: np.array(column) for name, column in ORACLE["data"].items()}
PERCENT, POOR, WEIGHT = SCHOOLS["pct.resp"], SCHOOLS["meals"], SCHOOLS["pw"]
KINDS = {
    "standard": {},
    "generalized": {},
    "wagstaff": {"bounds": (0.0, 100.0)},
    "erreygers": {"bounds": (0.0, 100.0)},
}


@pytest.mark.parametrize("kind", KINDS)
def test_indexes_of_r(kind):
    weighted = concentration_index(PERCENT, POOR, WEIGHT, kind=kind, **KINDS[kind])
    assert weighted == pytest.approx(RESULTS["index"][kind], rel=1e-10)
    unweighted = concentration_index(PERCENT, POOR, kind=kind, **KINDS[kind])
    assert unweighted == pytest.approx(RESULTS["unweighted"][kind], rel=1e-10)


def test_kakwani_of_r():
    found = kakwani_index(SCHOOLS["enroll"], SCHOOLS["api00"], WEIGHT)
    assert found == pytest.approx(RESULTS["kakwani"], rel=1e-10)


@pytest.mark.parametrize("kind", KINDS)
def test_convenient_regression_of_r(kind):
    found = concentration_interval(
        PERCENT,
        POOR,
        WEIGHT,
        randomness="sampling",
        method="convenient_regression",
        kind=kind,
        **KINDS[kind],
    )
    assert [found.estimate, found.se] == pytest.approx(RESULTS["regression"][kind], rel=1e-10)


@pytest.mark.parametrize("strata", [False, True])
@pytest.mark.parametrize("kind", KINDS)
def test_design_based_standard_errors_of_r_survey(kind, strata):
    found = concentration_interval(
        PERCENT,
        POOR,
        WEIGHT,
        randomness="sampling",
        kind=kind,
        strata=SCHOOLS["stype"] if strata else None,
        **KINDS[kind],
    )
    expected = RESULTS["stratified" if strata else "linearized"][kind]
    assert found.se == pytest.approx(expected, rel=1e-6)  # R differentiated numerically


@pytest.mark.parametrize("model", ["linear", "logistic"])
def test_slope_and_relative_index_of_r(model):
    options = {"model": model, "bounds": (0.0, 100.0) if model == "logistic" else None}
    expected = RESULTS[model]
    found = slope_index(PERCENT, POOR, WEIGHT, **options)
    assert found == pytest.approx(expected["slope_index"], rel=1e-10)
    ratio = relative_index(PERCENT, POOR, WEIGHT, **options)
    assert ratio == pytest.approx(expected["ratio"], rel=1e-10)
    mean_based = relative_index(PERCENT, POOR, WEIGHT, definition="slope_over_mean", **options)
    assert mean_based == pytest.approx(expected["slope_over_mean"], rel=1e-10)


def test_world_bank_example_of_grouped_data():
    # Quantitative Techniques for Health Equity Analysis, Technical Note 7 (World Bank), table 1,
    # also in O'Donnell, van Doorslaer, Wagstaff and Lindelow (2008), chapter 8: under-five
    # mortality per 1,000 births, India 1982-92, by wealth group. Printed: -0.1694.
    births = [29_939, 28_776, 26_528, 24_689, 19_739]
    mortality = [154.7, 152.9, 119.5, 86.9, 54.3]
    found = concentration_index(mortality, [1, 2, 3, 4, 5], births)
    assert round(found, 4) == -0.1694


# WHO, R package healthequal 1.0.1, documentation of aci, rci, sii and rii: births attended by
# skilled health personnel (%), Indonesia, by wealth quintile (data set OrderedSample).
ATTENDED = [75.60530, 91.01997, 96.03959, 97.04223, 99.22405]
PEOPLE = [2072.436, 2112.204, 1983.059, 2052.124, 1884.510]
QUINTILES = [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("kind", "estimate", "se"),
    [("generalized", 4.30052, 1.284031), ("standard", 0.0469506, 0.01401831)],
)
def test_who_concentration_indexes(kind, estimate, se):
    found = concentration_interval(
        ATTENDED,
        QUINTILES,
        PEOPLE,
        randomness="sampling",
        method="convenient_regression",
        kind=kind,
    )
    assert found.estimate == pytest.approx(estimate, rel=1e-6)
    assert found.se == pytest.approx(se, rel=1e-6)


def test_who_slope_indexes():
    # WHO prints 31.61763 and 1.466089, from a fit that rounds people to counts and then weighs each
    # group by its people a second time. R repeats that to the digit, and counted once R agrees
    # with the values here.
    twice, once = RESULTS["who"]["twice"], RESULTS["who"]["once"]
    assert (twice["slope_index"], twice["ratio"]) == pytest.approx((31.61763, 1.466089), rel=1e-6)
    found = ordered_inequality(ATTENDED, QUINTILES, PEOPLE, model="logistic", bounds=(0, 100))
    assert found.slope_index == pytest.approx(once["slope_index"], rel=1e-10)
    assert found.relative_index == pytest.approx(once["ratio"], rel=1e-10)
    assert found.slope_over_mean == pytest.approx(once["slope_over_mean"], rel=1e-10)
    assert found.slope_index == pytest.approx(31.61763, rel=0.002)
