import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from analysis.errors import DomainError
from analysis.staffing import location_quotient, specialisation


@settings(max_examples=40, derandomize=True)
@given(
    arrays(np.int64, st.tuples(st.integers(1, 6), st.integers(1, 5)), elements=st.integers(1, 999))
)
def test_each_category_averages_to_one(counts: np.ndarray) -> None:
    quotients = specialisation(pd.DataFrame(counts))
    weights = counts.sum(axis=1) / counts.sum()
    assert weights @ quotients.to_numpy() == pytest.approx(1)


def test_equals_the_form_against_population_for_two_categories() -> None:
    # Staff in a population of staff and others: the same quotient, seen from either side.
    staff, population = pd.Series([30, 50]), pd.Series([1000, 4000])
    table = pd.DataFrame({"pns": staff, "lain": population - staff})
    pd.testing.assert_series_equal(
        specialisation(table)["pns"], location_quotient(staff, population), check_names=False
    )


@pytest.mark.parametrize("bad", [-1, math.nan, math.inf])
def test_refuses_what_is_no_count(bad: float) -> None:
    table = pd.DataFrame({"guru": [1, bad], "lain": [2, 3]}, index=["11", "12"])
    with pytest.raises(DomainError, match="not in 12"):
        specialisation(table)


@pytest.mark.parametrize(
    ("table", "named"),
    [({"guru": [0, 0], "lain": [2, 3]}, "guru"), ({"guru": [0, 1], "lain": [0, 3]}, "11")],
)
def test_refuses_an_empty_unit_or_category(table: dict[str, list[int]], named: str) -> None:
    with pytest.raises(DomainError, match=f"^{named} has no counts"):
        specialisation(pd.DataFrame(table, index=["11", "12"]))
