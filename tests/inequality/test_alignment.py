"""Series in another order give the same results: every function of two or more inputs."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import inequality as iq
from analysis.errors import DomainError

UNITS = [f"unit {i}" for i in range(8)]
FRAME = pd.DataFrame(
    {
        "x": [3.0, 1.0, 4.0, 1.5, 5.0, 9.0, 2.0, 6.0],
        "y": [2.0, 7.0, 1.0, 8.0, 2.5, 8.5, 1.5, 8.2],
        "w": [10.0, 20.0, 5.0, 40.0, 15.0, 8.0, 12.0, 30.0],
        "v": [12.0, 21.0, 5.5, 41.0, 14.0, 9.0, 13.0, 33.0],
        "inner": list("aabbccdd"),
        "outer": list("EEEEWWWW"),
        "staff": [30.0, 10.0, 40.0, 15.0, 50.0, 90.0, 20.0, 60.0],
    },
    index=UNITS,
)
CALLS = {
    "weights": lambda f, g: iq.gini(f.x, g.w),
    "theil": lambda f, g: iq.theil_t(f.x, g.w),
    "grouped": lambda f, g: iq.grouped_measures(f.x, g.inner, g.w, measures=["gini"]),
    "lorenz": lambda f, g: iq.lorenz_curve(f.x, g.w).gini,
    "concentration": lambda f, g: iq.concentration_index(f.x, g.y, g.w),
    "concentration curve": lambda f, g: iq.concentration_curve(f.x, g.y, g.w).concentration_index,
    "slope": lambda f, g: iq.slope_index(f.x, g.y, g.w),
    "interval": lambda f, g: (
        iq.confidence_interval(iq.gini, f.x, g.w, randomness="sampling", strata=g.outer).se
    ),
    "change interval": lambda f, g: (
        iq.change_interval(
            iq.gini, f.x, g.y, weights_before=g.w, weights_after=g.v, randomness="superpopulation"
        ).se
    ),
    "permutation": lambda f, g: (
        iq.permutation_test(
            iq.gini, f.x, g.y, weights_before=g.w, weights_after=g.v, seed=1
        ).p_value
    ),
    "groups": lambda f, g: iq.entropy_by_subgroup(f.x, g.inner, g.w).between,
    "gini groups": lambda f, g: iq.gini_by_subgroup(f.x, g.inner, g.w).between,
    "nested": lambda f, g: iq.nested_entropy(f.x, g.inner, g.outer, g.w).total,
    "sources": lambda f, g: iq.gini_by_source({"x": f.x, "y": g.y}, g.w).to_frame(),
    "change": lambda f, g: (
        iq.change(iq.gini, f.x, g.y, weights_before=g.w, weights_after=g.v).difference
    ),
    "staff and population": lambda f, g: (
        iq.staff_population_change(iq.gini, f.staff, g.w, g.staff + g.x, g.v).population
    ),
    "mobility": lambda f, g: iq.mobility(f.x, g.y, classes=2).spearman,
    "reranking": lambda f, g: iq.redistributive_effect(f.x, g.x, g.w).reranking,
    "progressivity": lambda f, g: iq.progressivity_and_reranking(f.x, g.y, g.w).reranking,
    "influence": lambda f, g: np.sort(iq.influence(iq.gini, f.x, g.w)),
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
@given(order=st.permutations(range(8)))
def test_the_order_of_series_does_not_matter(call, order):
    expected, found = call(FRAME, FRAME), call(FRAME, FRAME.iloc[order])
    if isinstance(expected, pd.DataFrame):
        pd.testing.assert_frame_equal(found, expected)
    else:
        np.testing.assert_allclose(found, expected, rtol=1e-12)


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_other_units_are_refused(call):
    with pytest.raises(DomainError, match="must have the same units"):
        call(FRAME, FRAME.rename(index={"unit 3": "another"}))
