import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import DomainError, ParameterError
from analysis.inequality.curves.concentration import (
    concentration_index,
    fractional_rank,
    kakwani_index,
)
from analysis.inequality.curves.lorenz import concentration_curve
from analysis.inequality.measures import gini

KINDS = {
    "standard": {},
    "generalized": {},
    "wagstaff": {"bounds": (0.0, 50.0)},
    "erreygers": {"bounds": (0.0, 50.0)},
}
value = st.integers(1, 40).map(float)
units = st.lists(st.tuples(value, st.integers(-5, 5), st.integers(1, 9)), min_size=2, max_size=14)


def columns(rows):
    return [np.array(column, dtype=float) for column in zip(*rows, strict=True)]


def by_hand(x, rank_by, w, kind="standard", bounds=None):
    """Add up pairs: `A = sum_ij p_i p_j (x_i - x_j) sign(r_i - r_j) / 2`."""
    total, double = sum(w), 0.0
    for xi, ri, wi in zip(x, rank_by, w, strict=True):
        for xj, rj, wj in zip(x, rank_by, w, strict=True):
            double += wi * wj * (xi - xj) * np.sign(ri - rj)
    absolute = double / (2.0 * total**2)
    mean = sum(a * b for a, b in zip(x, w, strict=True)) / total
    if kind == "generalized":
        return absolute
    if kind == "standard":
        return absolute / mean
    low, high = bounds
    if kind == "wagstaff":
        return absolute * (high - low) / ((high - mean) * (mean - low))
    return 4.0 * absolute / (high - low)


@settings(max_examples=40)
@given(units)
@pytest.mark.parametrize("kind", KINDS)
def test_agrees_with_the_double_sum_over_pairs(kind, rows):
    x, rank_by, w = columns(rows)
    found = concentration_index(x, rank_by, w, kind=kind, **KINDS[kind])
    expected = by_hand(x, rank_by, w, kind, **KINDS[kind])
    assert found == pytest.approx(expected, rel=1e-12, abs=1e-12)


@settings(max_examples=40)
@given(units)
def test_ranked_by_itself_it_is_the_gini(rows):
    x, _, w = columns(rows)
    assert concentration_index(x, x, w) == pytest.approx(gini(x, w), abs=1e-14)
    assert concentration_index(x, -x, w) == pytest.approx(-gini(x, w), abs=1e-14)


@settings(max_examples=40)
@given(units)
def test_bounded_by_the_gini(rows):
    x, rank_by, w = columns(rows)
    assert abs(concentration_index(x, rank_by, w)) <= gini(x, w) + 1e-14


@settings(max_examples=40)
@given(units)
@pytest.mark.parametrize("kind", KINDS)
def test_a_weight_of_two_is_two_units(kind, rows):
    x, rank_by, w = columns(rows)
    again = w.astype(int)
    weighted = concentration_index(x, rank_by, w, kind=kind, **KINDS[kind])
    repeated = concentration_index(
        np.repeat(x, again), np.repeat(rank_by, again), kind=kind, **KINDS[kind]
    )
    assert weighted == pytest.approx(repeated, abs=1e-13)


@settings(max_examples=40)
@given(units, st.randoms(use_true_random=False))
@pytest.mark.parametrize("kind", KINDS)
def test_order_changes_nothing_to_the_last_bit(kind, rows, random):
    x, rank_by, w = columns(rows)
    shuffled = list(rows)
    random.shuffle(shuffled)
    y, ranking, v = columns(shuffled)
    w, v = w / 7.0, v / 7.0
    assert concentration_index(x, rank_by, w, kind=kind, **KINDS[kind]) == concentration_index(
        y, ranking, v, kind=kind, **KINDS[kind]
    )


@settings(max_examples=40)
@given(units)
def test_scaling_and_shifting(rows):
    x, rank_by, w = columns(rows)
    standard = concentration_index(x, rank_by, w)
    generalized = concentration_index(x, rank_by, w, kind="generalized")
    assert concentration_index(3.0 * x, rank_by, w) == pytest.approx(standard, abs=1e-14)
    assert concentration_index(x, np.exp(rank_by), w) == standard  # ranks alone count
    shifted = concentration_index(x + 10.0, rank_by, w, kind="generalized")
    assert shifted == pytest.approx(generalized, abs=1e-12)


@settings(max_examples=40)
@given(units)
@pytest.mark.parametrize("kind", ["wagstaff", "erreygers"])
def test_counting_what_is_missing_changes_the_sign_only(kind, rows):
    x, rank_by, w = columns(rows)
    filled = concentration_index(x, rank_by, w, kind=kind, bounds=(0.0, 50.0))
    vacant = concentration_index(50.0 - x, rank_by, w, kind=kind, bounds=(0.0, 50.0))
    assert vacant == pytest.approx(-filled, abs=1e-13)
    assert abs(filled) <= 1.0 + 1e-12


def test_ends_of_the_bounded_indexes():
    half = [0.0, 0.0, 1.0, 1.0]
    quarter = [0.0, 0.0, 0.0, 1.0]
    assert concentration_index(half, [1, 2, 3, 4], kind="erreygers", bounds=(0, 1)) == 1.0
    assert concentration_index(quarter, [1, 2, 3, 4], kind="wagstaff", bounds=(0, 1)) == 1.0
    assert concentration_index(quarter, [1, 2, 3, 4], kind="erreygers", bounds=(0, 1)) == 0.75


def test_nearly_equal_values_lose_no_digits():
    away = np.array([0.0, 3.0, 1.0, 7.0, 2.0])
    found = concentration_index(1e9 + away, [1, 2, 3, 4, 5], kind="generalized")
    assert found == pytest.approx(
        by_hand(away, [1, 2, 3, 4, 5], np.ones(5), "generalized"), rel=1e-12
    )


def test_fractional_rank_by_hand():
    found = fractional_rank([30, 10, 20, 20], [1.0, 2.0, 3.0, 4.0])
    assert found.tolist() == pytest.approx([0.95, 0.1, 0.55, 0.55])
    assert float(found @ [0.1, 0.2, 0.3, 0.4]) == pytest.approx(0.5)


@settings(max_examples=40)
@given(units)
def test_it_is_twice_the_area_between_curve_and_diagonal(rows):
    x, rank_by, w = columns(rows)
    curve = concentration_curve(x, rank_by, w)
    area = np.trapezoid(curve.value_share, curve.population_share)
    assert concentration_index(x, rank_by, w) == pytest.approx(1.0 - 2.0 * area, abs=1e-13)


def test_ties_alone_concentrate_nothing():
    assert concentration_index([1.0, 5.0, 9.0], [2, 2, 2]) == 0.0
    assert concentration_index([4.0], [1]) == 0.0


@pytest.mark.parametrize("bound", [0.0, 1.0])
@pytest.mark.parametrize("units", range(2, 12))
def test_values_at_one_bound_are_refused_whatever_their_mean_rounds_to(units, bound):
    weights = 1.0 / np.arange(1, units + 1)
    with pytest.raises(DomainError, match="at one bound"):
        concentration_index([bound] * units, range(units), weights, kind="wagstaff", bounds=(0, 1))


def test_kakwani_is_concentration_less_gini():
    tax, income, w = [0.0, 2.0, 9.0], [10.0, 20.0, 40.0], [3.0, 2.0, 1.0]
    expected = by_hand(tax, income, w) - by_hand(income, income, w)
    assert kakwani_index(tax, income, w) == pytest.approx(expected, abs=1e-15)
    assert kakwani_index([1.0, 2.0, 4.0], income, w) == pytest.approx(0.0, abs=1e-15)


@pytest.mark.parametrize(
    ("arguments", "options", "error", "said"),
    [
        (([1.0, -1.0], [1, 2]), {}, DomainError, "negative"),
        (([0.0, 0.0], [1, 2]), {}, DomainError, "all values are zero"),
        (([1.0, 2.0], [1, 2, 3]), {}, DomainError, "2 values but 3 entries in rank_by"),
        (([1.0, 2.0], [1, np.nan]), {}, DomainError, "rank_by"),
        (([1.0, 2.0], [1, 2], [1.0, 0.0]), {}, DomainError, "weights"),
        (([1.0, 2.0], [1, 2]), {"kind": "other"}, ParameterError, "other"),
        (([1.0, 2.0], [1, 2]), {"kind": "wagstaff"}, ParameterError, "needed.* Pass the"),
        (([1.0, 2.0], [1, 2]), {"bounds": (0, 1)}, ParameterError, "meaning.* Leave it out"),
        (
            ([1.0, 2.0], [1, 2]),
            {"kind": "erreygers", "bounds": (2, 1)},
            ParameterError,
            "not below",
        ),
        (([1.0, 2.0], [1, 2]), {"kind": "erreygers", "bounds": (0, 1)}, DomainError, "position 1"),
        (([1.0, 1.0], [1, 2]), {"kind": "wagstaff", "bounds": (0, 1)}, DomainError, "at one bound"),
    ],
)
def test_refuses_what_it_cannot_measure(arguments, options, error, said):
    with pytest.raises(error, match=said):
        concentration_index(*arguments, **options)
