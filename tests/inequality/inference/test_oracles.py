"""Values computed by R (packages survey and laeken, and formulas written out) and published ones.

`oracles/inference.R` made `oracles/inference.json`; both name versions and data.
"""

import json
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from analysis.inequality.changes.rank_mobility import mobility
from analysis.inequality.changes.reranking import (
    progressivity_and_reranking,
    redistributive_effect,
)
from analysis.inequality.changes.two_states import staff_population_change
from analysis.inequality.inference.confidence import change_interval, confidence_interval
from analysis.inequality.measures import (
    atkinson,
    coefficient_of_variation,
    generalized_entropy,
    gini,
    hoover,
)

FILE = Path(__file__).parents[1] / "oracles" / "inference.json"
ORACLE = json.loads(FILE.read_text("utf-8"))
MEASURES = {
    "gini": gini,
    "hoover": hoover,
    "ge0": partial(generalized_entropy, alpha=0.0),
    "ge1": partial(generalized_entropy, alpha=1.0),
    "ge2": partial(generalized_entropy, alpha=2.0),
    "atkinson05": partial(atkinson, epsilon=0.5),
    "atkinson1": partial(atkinson, epsilon=1.0),
    "cv": coefficient_of_variation,
}
# R differentiated these numerically, so they agree to fewer digits than formulas do.
NUMERIC = {"hoover"}
SCHOOLS = {name: np.array(column) for name, column in ORACLE["apistrat"].items()}
CLUSTERED = {name: np.array(column) for name, column in ORACLE["apiclus1"].items()}
DESIGNS = {
    "unstratified": (SCHOOLS, {}),
    "stratified": (SCHOOLS, {"strata": SCHOOLS["stype"]}),
    "clustered": (CLUSTERED, {"clusters": CLUSTERED["dnum"]}),
}


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("name", MEASURES)
def test_linearised_standard_errors_of_r_survey(design, name):
    data, labels = DESIGNS[design]
    found = confidence_interval(
        MEASURES[name],
        data["api00"],
        data["pw"],
        randomness="sampling",
        method="linearized",
        **labels,
    )
    expected = ORACLE[design]["linearized"][name]
    assert found.se == pytest.approx(expected, rel=1e-7 if name in NUMERIC else 1e-10)


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("name", ["gini", "ge1"])
def test_jackknife_standard_errors_of_r_survey(design, name):
    data, labels = DESIGNS[design]
    found = confidence_interval(
        MEASURES[name],
        data["api00"],
        data["pw"],
        randomness="sampling",
        method="jackknife",
        **labels,
    )
    assert found.se == pytest.approx(ORACLE[design]["jackknife"][name], rel=1e-9)


def test_change_on_a_stratified_sample_of_r_survey():
    found = change_interval(
        gini,
        SCHOOLS["api99"],
        SCHOOLS["api00"],
        weights_before=SCHOOLS["pw"],
        weights_after=SCHOOLS["pw"],
        strata=SCHOOLS["stype"],
        randomness="sampling",
        method="linearized",
    )
    assert found.se == pytest.approx(ORACLE["change_se"]["gini"], rel=1e-10)


def test_bootstrap_standard_error_of_r_laeken():
    found = confidence_interval(
        gini,
        SCHOOLS["api00"],
        SCHOOLS["pw"],
        randomness="sampling",
        method="percentile",
        replicates=4000,
        seed=1,
    )
    # Two bootstraps, of 2,000 and 4,000 replicates: their errors differ by about 2 %.
    assert found.se == pytest.approx(ORACLE["laeken_bootstrap_se"], rel=0.06)


@pytest.mark.parametrize("name", ORACLE["poisson"])
def test_poisson_standard_errors(name):
    counts = np.array(ORACLE["shapley"]["staff_before"], dtype=float)
    population = np.array(ORACLE["shapley"]["people_before"], dtype=float)
    found = confidence_interval(
        MEASURES[name],
        counts / population,
        population,
        randomness="count",
        method="linearized",
        counts=counts,
    )
    assert found.se == pytest.approx(ORACLE["poisson"][name], rel=1e-7)


def test_redistributive_effect():
    found = redistributive_effect(SCHOOLS["api99"], SCHOOLS["api00"], SCHOOLS["pw"])
    for name, expected in ORACLE["redistributive"].items():
        assert getattr(found, name) == pytest.approx(expected, abs=1e-12), name


@pytest.mark.parametrize("expected", ORACLE["vankerm"], ids=lambda row: str(row["nu"]))
def test_progressivity_and_reranking_from_the_curves(expected):
    found = progressivity_and_reranking(
        SCHOOLS["api99"], SCHOOLS["api00"], SCHOOLS["pw"], nu=expected["nu"]
    )
    for name, value in expected.items():
        assert getattr(found, name) == pytest.approx(value, abs=1e-12), name


def test_rank_correlations_with_ties():
    found = mobility(SCHOOLS["api99"], SCHOOLS["api00"])
    assert found.spearman == pytest.approx(ORACLE["ranks"]["spearman"], rel=1e-12)
    assert found.kendall == pytest.approx(ORACLE["ranks"]["kendall"], rel=1e-12)


def test_shapley_split_of_staff_and_population():
    data = ORACLE["shapley"]
    found = staff_population_change(
        gini,
        data["staff_before"],
        data["people_before"],
        data["staff_after"],
        data["people_after"],
    )
    assert found.staff == pytest.approx(data["staff"], abs=1e-13)
    assert found.population == pytest.approx(data["population"], abs=1e-13)


# Printed by R's convey for api00 of apistrat with weights pw, in the vignette "Poverty and
# Inequality with convey" of the CRAN package metasurvey.
@pytest.mark.parametrize(
    ("name", "value", "se"),
    [
        ("atkinson05", 0.008841101, 0.0007781485),
        ("atkinson1", 0.017852866, 0.0015768947),
        ("ge1", 0.01749577, 0.001533703),
        ("ge0", 0.01801415, 0.001605559),
    ],
)
def test_estimates_and_standard_errors_printed_by_convey(name, value, se):
    found = confidence_interval(
        MEASURES[name],
        SCHOOLS["api00"],
        SCHOOLS["pw"],
        randomness="sampling",
        method="linearized",
    )
    assert found.estimate == pytest.approx(value, rel=3e-7)
    assert found.se == pytest.approx(se, rel=3e-7)


def test_the_gini_printed_by_convey_has_weights_of_one_in_mind():
    # The same vignette prints 0.1123906 where the index is 0.1065641. It is
    # sum((2 r_k - 1) w_k x_k) / (N sum(w x)) - 1 with r_k the cumulative weights of the sorted
    # values, which is the Gini index when every weight is one, where 2 r_k - w_k is meant.
    order = np.argsort(SCHOOLS["api00"])
    x, w = SCHOOLS["api00"][order], SCHOOLS["pw"][order]
    amount = w.sum() * (w @ x)
    printed = np.sum((2.0 * np.cumsum(w) - 1.0) * w * x) / amount - 1.0
    meant = np.sum((2.0 * np.cumsum(w) - w) * w * x) / amount - 1.0
    assert printed == pytest.approx(0.1123906, abs=6e-8)
    assert meant == pytest.approx(gini(x, w), rel=1e-12)
