"""Arguments of the wrong kind are refused in the package's own words, by every function."""

from functools import partial

import numpy as np
import pandas as pd
import pytest

from analysis.errors import AnalysisError
from analysis.inequality import (
    MEASURES,
    change,
    change_interval,
    concentration_index,
    confidence_interval,
    contributions_to_change,
    dominance,
    entropy_by_subgroup,
    generalized_lorenz_curve,
    gini,
    gini_by_subgroup,
    gradient,
    grouped_measures,
    influence,
    lorenz_curve,
    permutation_test,
    shapley_by_source,
    staff_population_change,
    unit_contributions,
)

X, Y = [1.0, 2.0, 3.0], [2.0, 2.0, 3.0]
TWO_DIMENSIONAL = [["a", "b"], ["a", "b"], ["b", "a"]]

OF_A_MEASURE = {
    "confidence_interval": lambda m: confidence_interval(m, X, randomness="superpopulation"),
    "change_interval": lambda m: change_interval(m, X, Y, randomness="superpopulation"),
    "change": lambda m: change(m, X, Y),
    "staff_population_change": lambda m: staff_population_change(m, X, Y, X, Y),
    "unit_contributions": lambda m: unit_contributions(m, X),
    "contributions_to_change": lambda m: contributions_to_change(m, X, Y),
    "influence": lambda m: influence(m, X),
    "gradient": lambda m: gradient(m, X),
    "permutation_test": lambda m: permutation_test(m, X, Y),
    "shapley_by_source": lambda m: shapley_by_source({"a": X, "b": Y}, m),
}


@pytest.mark.parametrize("measure", ["gini", ["gini"], None, MEASURES["gini"]], ids=repr)
@pytest.mark.parametrize("name", OF_A_MEASURE)
def test_a_measure_that_is_no_function(name, measure):
    with pytest.raises(AnalysisError, match="measure: expected a function such as gini, not"):
        OF_A_MEASURE[name](measure)


@pytest.mark.parametrize(
    "call",
    [
        partial(grouped_measures, X, TWO_DIMENSIONAL, measures=["gini"]),
        partial(grouped_measures, X, pd.DataFrame(TWO_DIMENSIONAL), measures=["gini"]),
        partial(entropy_by_subgroup, X, TWO_DIMENSIONAL, alpha=1.0),
        partial(gini_by_subgroup, X, np.array(TWO_DIMENSIONAL)),
    ],
)
def test_groups_of_two_dimensions(call):
    with pytest.raises(AnalysisError, match=r"expected one label .* shape is \(3, 2\)"):
        call()


@pytest.mark.parametrize("measures", ["gini", gini, [gini], [], ["gini", "gini"], {"g": "gini"}])
def test_measures_that_are_no_list_of_names(measures):
    with pytest.raises(AnalysisError, match="grouped_measures, measures: "):
        grouped_measures(X, ["a", "a", "b"], measures=measures)


@pytest.mark.parametrize("name", MEASURES)
@pytest.mark.parametrize("number", [10**400, -(10**400)])
def test_whole_numbers_beyond_any_float(name, number):
    with pytest.raises(AnalysisError, match="position 1"):
        MEASURES[name].function([1, number], None)
    with pytest.raises(AnalysisError, match="position 1"):
        MEASURES[name].function([1, 2], [1, number])


@pytest.mark.parametrize("other", [pd.Series(X), X, None, "curve", 0.3])
def test_dominance_of_what_is_no_curve(other):
    curve = lorenz_curve(X)
    with pytest.raises(AnalysisError, match="dominance, after: expected a curve"):
        dominance(curve, other)
    with pytest.raises(AnalysisError, match="dominance, before: expected a curve"):
        dominance(other, curve)
    with pytest.raises(AnalysisError, match="two curves of one kind"):
        dominance(curve, generalized_lorenz_curve(X))


def test_a_rank_of_words():
    with pytest.raises(AnalysisError, match="numbers"):
        concentration_index(X, ["low", "middle", "high"])
