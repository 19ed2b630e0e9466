import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from analysis.errors import DomainError, ParameterError
from analysis.staffing import (
    krugman_specialisation,
    location_quotient,
    locational_gini,
    specialisation,
)


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


TABLE = pd.DataFrame(
    {"guru": [60, 20, 20], "kesehatan": [30, 30, 5], "lain": [10, 50, 75]},
    index=["11", "12", "13"],
)


def test_krugman_compares_with_all_or_with_the_others() -> None:
    found = krugman_specialisation(TABLE)
    # Unit 11 has shares 0.6, 0.3, 0.1; all units together 100, 65 and 135 of 300.
    assert found["11"] == pytest.approx(abs(0.6 - 1 / 3) + abs(0.3 - 65 / 300) + abs(0.1 - 0.45))
    others = krugman_specialisation(TABLE, reference="others")
    assert others["11"] == pytest.approx(abs(0.6 - 0.2) + abs(0.3 - 0.175) + abs(0.1 - 0.625))
    # Others leave out the unit itself, whose part in all is 1/3 here, so that all differ less.
    assert found.tolist() == pytest.approx((others * (1 - TABLE.sum(axis=1) / 300)).tolist())


def test_krugman_between_two_units_is_that_of_his_book() -> None:
    two = TABLE.iloc[:2]
    shares = two.div(two.sum(axis=1), axis=0)
    expected = (shares.iloc[0] - shares.iloc[1]).abs().sum()
    found = krugman_specialisation(two, reference="others")
    assert found.tolist() == pytest.approx([expected, expected])


def test_krugman_ranges_from_alike_to_nothing_in_common() -> None:
    assert krugman_specialisation(pd.DataFrame({"a": [1, 2], "b": [3, 6]})).tolist() == [0.0, 0.0]
    apart = pd.DataFrame({"a": [5, 0], "b": [0, 9]})
    assert krugman_specialisation(apart, reference="others").tolist() == [2.0, 2.0]


def test_locational_gini_is_the_area_under_its_curve() -> None:
    found = locational_gini(TABLE)
    for category in TABLE:
        order = specialisation(TABLE)[category].sort_values().index
        people = np.append(0.0, TABLE.sum(axis=1)[order].cumsum()) / 300
        held = np.append(0.0, TABLE[category][order].cumsum()) / TABLE[category].sum()
        assert found[category] == pytest.approx(1 - 2 * np.trapezoid(held, people))
    assert locational_gini(pd.DataFrame({"a": [1, 2], "b": [3, 6]})).tolist() == [0.0, 0.0]


def test_specialisation_refuses_in_words() -> None:
    with pytest.raises(ParameterError, match="'rest' is none of all, others"):
        krugman_specialisation(TABLE, reference="rest")  # type: ignore[arg-type]
    with pytest.raises(DomainError, match="one unit only"):
        krugman_specialisation(TABLE.iloc[:1], reference="others")
    with pytest.raises(DomainError, match="has no counts at all"):
        locational_gini(TABLE.assign(kosong=0))


@pytest.mark.parametrize("function", [specialisation, krugman_specialisation, locational_gini])
@pytest.mark.parametrize("axis", [0, 1])
def test_a_total_among_its_parts_is_refused_unless_it_is_meant(function, axis):
    parts = pd.DataFrame([[5.0, 7, 2], [1, 9, 4], [6, 3, 8]], list("abc"), list("xyz"))
    table = pd.concat(
        [parts, parts.sum(axis=axis).to_frame("w").pipe(lambda t: t if axis else t.T)], axis=axis
    )
    what = "categories" if axis else "units"
    with pytest.raises(DomainError, match=f"^counts, {what}: w looks like the total"):
        function(table)
    with pytest.raises(DomainError, match=f"{what}: Jumlah looks like the total"):
        function(table.rename({"w": "Jumlah"}, axis=axis).replace(4, 3))
    assert len(function(table, as_given=True)) in (3, 4)
