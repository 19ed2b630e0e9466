import math
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import inequality
from analysis.errors import DomainError
from analysis.staffing import (
    gap_to_equal_share,
    location_quotient,
    overall_ratio,
    per_capita,
    residents_per_staff,
)

FUNCTIONS = [per_capita, residents_per_staff, overall_ratio, gap_to_equal_share, location_quotient]

states = st.lists(
    st.tuples(st.integers(1, 10**6), st.integers(1, 10**8)), min_size=1, max_size=38
).map(lambda pairs: pd.DataFrame(pairs, columns=["pns", "penduduk"], dtype="Int64"))


def units(values: list[object]) -> pd.Series:
    return pd.Series(values, index=["11", "12", "13"][: len(values)])


@settings(max_examples=50, derandomize=True)
@given(states)
def test_the_measures_agree_with_each_other(state: pd.DataFrame) -> None:
    staff, population = state["pns"], state["penduduk"]
    ratio = per_capita(staff, population, as_given=True)
    assert (ratio / 1000 * residents_per_staff(staff, population)).to_numpy() == pytest.approx(1)
    overall = overall_ratio(staff, population)
    assert overall == pytest.approx(
        np.average(ratio, weights=population.to_numpy("float64")), rel=1e-12
    )
    quotient = location_quotient(staff, population)
    assert quotient.to_numpy() == pytest.approx(ratio.to_numpy() / overall, rel=1e-12)
    gaps = gap_to_equal_share(staff, population)
    assert math.fsum(gaps) == pytest.approx(0, abs=1e-9 * float(staff.sum()))
    assert gaps.abs().sum() / 2 / float(staff.sum()) == pytest.approx(
        inequality.hoover(ratio, population.astype("float64")), abs=1e-12
    )


@settings(max_examples=30, derandomize=True)
@given(states, st.integers(2, 9))
def test_the_size_of_the_country_does_not_count(state: pd.DataFrame, times: int) -> None:
    once = location_quotient(state["pns"], state["penduduk"])
    often = location_quotient(times * state["pns"], state["penduduk"])
    pd.testing.assert_series_equal(once, often, rtol=1e-12)


def test_a_known_case() -> None:
    staff, population = units([20, 0, 40]), units([1000, 500, 500])
    assert per_capita(staff, population).tolist() == [20, 0, 80]
    assert per_capita(staff, population, per=100).tolist() == [2, 0, 8]
    assert residents_per_staff(staff, population).tolist() == [50, math.inf, 12.5]
    assert overall_ratio(staff, population) == 30
    assert gap_to_equal_share(staff, population).tolist() == [-10, -15, 25]
    assert location_quotient(staff, population).tolist() == pytest.approx([2 / 3, 0, 8 / 3])


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize("bad", [-1, 2.5, math.nan, math.inf])
def test_refuses_staff_that_is_no_count(function: Callable[..., object], bad: float) -> None:
    with pytest.raises(DomainError, match=rf"Staff must be a whole number >= 0.* 12: {bad}"):
        function(units([1.0, bad]), units([100, 100]))


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize("bad", [0, -5, math.nan, math.inf])
def test_refuses_a_population_that_is_not_positive(
    function: Callable[..., object], bad: float
) -> None:
    with pytest.raises(DomainError, match="Population must be above zero; it is not for 11: "):
        function(units([1, 2]), units([bad, 100.0]))


@pytest.mark.parametrize("missing", ["staff", "population"])
def test_refuses_a_missing_count_of_a_nullable_column(missing: str) -> None:
    gap = pd.Series([5, pd.NA], index=["11", "12"], dtype="Int64")
    full = pd.Series([5, 5], index=["11", "12"], dtype="Int64")
    pair = (gap, full) if missing == "staff" else (full, gap)
    with pytest.raises(DomainError, match="12: <NA>"):
        per_capita(*pair)


def test_names_at_most_five_units() -> None:
    with pytest.raises(DomainError, match=r"0: -1, 1: -1, 2: -1, 3: -1, 4: -1 and 3 more\."):
        per_capita(pd.Series([-1] * 8), pd.Series([10] * 8))


@pytest.mark.parametrize("function", FUNCTIONS)
def test_refuses_counts_without_names_of_units(function: Callable[..., object]) -> None:
    with pytest.raises(DomainError, match=r"Staff: expected a series indexed by unit.* list"):
        function([1, 2], units([100, 100]))
    with pytest.raises(DomainError, match=r"Population: expected a series .* ndarray"):
        function(units([1, 2]), np.array([100, 100]))


def test_refuses_text() -> None:
    with pytest.raises(DomainError, match=r"Staff: the values must be numbers.*dots and commas"):
        per_capita(units(["1.234", "5"]), units([100, 100]))


@pytest.mark.parametrize("function", FUNCTIONS)
def test_the_order_of_the_units_does_not_matter(function: Callable[..., object]) -> None:
    staff, population = units([20, 0, 40]), units([1000, 500, 500])
    assert np.array_equal(function(staff, population[::-1]), function(staff, population))
    assert np.array_equal(
        function(dict(staff), dict(population[::-1])), function(staff, population)
    )


@pytest.mark.parametrize("function", FUNCTIONS)
def test_refuses_units_that_differ(function: Callable[..., object]) -> None:
    with pytest.raises(DomainError, match="same units: 19 is only in Population, 12 is only in"):
        function(units([1, 2]), pd.Series([100, 100], index=["11", "19"]))


def test_refuses_a_total_among_its_parts_unless_it_is_meant() -> None:
    staff = pd.Series({"Aceh": 10, "Bali": 20, "Riau": 30, "semua": 60})
    population = pd.Series({"Aceh": 900, "Bali": 700, "Riau": 800, "semua": 2400})
    with pytest.raises(DomainError, match=r"semua looks like the total .* pass as_given=True"):
        per_capita(staff, population)
    assert per_capita(staff, population, as_given=True)["semua"] == 25


def test_refuses_a_population_whose_thousands_were_read_as_decimals() -> None:
    with pytest.raises(DomainError, match=r"no more than the population; .* 11: 5.*dots between"):
        per_capita(units([5, 2]), units([1.234, 2.5]))


def test_refuses_a_unit_that_occurs_twice() -> None:
    twice = pd.Series([10, 10], index=["11", "11"])
    with pytest.raises(DomainError, match="each unit must occur once, but 11 does not"):
        per_capita(twice, twice)


def test_a_location_quotient_needs_staff() -> None:
    with pytest.raises(DomainError, match="needs staff in some unit"):
        location_quotient(units([0, 0]), units([100, 100]))
