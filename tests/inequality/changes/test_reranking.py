import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import DomainError, ParameterError
from analysis.inequality.changes.reranking import (
    progressivity_and_reranking,
    redistributive_effect,
    staff_redistributive_effect,
)
from analysis.inequality.measures import extended_gini, gini

positive = st.integers(1, 40).map(float)
units = st.lists(st.tuples(positive, positive, positive, positive), min_size=2, max_size=12)


def columns(rows):
    return (np.array(column) for column in zip(*rows, strict=True))


@settings(max_examples=50)
@given(units)
def test_vertical_less_reranking_is_the_effect(rows):
    x, y, w, _ = columns(rows)
    found = redistributive_effect(x, y, w)
    assert found.total == gini(x, w) - gini(y, w)
    assert found.vertical - found.reranking == pytest.approx(found.total, abs=1e-12)
    assert found.reranking >= -1e-12


@settings(max_examples=30)
@given(units)
def test_a_proportional_change_does_nothing(rows):
    x, _, w, _ = columns(rows)
    found = redistributive_effect(x, 3.0 * x, w)
    assert (found.total, found.vertical, found.reranking) == pytest.approx(
        (0.0, 0.0, 0.0), abs=1e-12
    )


def test_without_overtaking_there_is_no_reranking():
    found = redistributive_effect([1.0, 2.0, 5.0], [2.0, 2.5, 3.0], [3.0, 1.0, 2.0])
    assert found.reranking == pytest.approx(0.0, abs=1e-15)
    assert found.vertical == pytest.approx(found.total)


def test_changing_places_is_all_reranking():
    found = redistributive_effect([1.0, 3.0], [3.0, 1.0])
    assert found.total == 0.0
    assert found.vertical == found.reranking == pytest.approx(0.5)


def test_three_units_by_hand():
    # After, in the order of before: 2, 1.5, 2.5, so C1 = 2 (2 * 1 + 1.5 * 3 + 2.5 * 5) / 36 - 1.
    found = redistributive_effect([1.0, 2.0, 3.0], [2.0, 1.5, 2.5])
    assert found.before == pytest.approx(2 / 9)
    assert found.concentration == pytest.approx(19 / 18 - 1)
    assert found.after == pytest.approx(1 / 9)
    frame = found.to_frame().set_index("component")["value"]
    assert frame["total"] == pytest.approx(frame["vertical"] - frame["reranking"])


@settings(max_examples=50)
@given(units)
def test_staff_and_population_parts_add_up(rows):
    staff0, people0, staff1, people1 = columns(rows)
    found = staff_redistributive_effect(staff0, people0, staff1, people1)
    assert found.total == gini(staff0 / people0, people0) - gini(staff1 / people1, people1)
    parts = found.vertical - found.reranking + found.population
    assert parts == pytest.approx(found.total, abs=1e-12)
    assert found.staff == pytest.approx(found.vertical - found.reranking)
    assert found.reranking >= -1e-12


def test_with_population_unchanged_the_two_splits_are_one():
    staff0, staff1 = np.array([10.0, 30.0, 20.0]), np.array([20.0, 22.0, 26.0])
    people = np.array([100.0, 150.0, 300.0])
    found = staff_redistributive_effect(staff0, people, staff1, people)
    fixed = redistributive_effect(staff0 / people, staff1 / people, people)
    assert found.population == 0.0
    assert (found.vertical, found.reranking) == (fixed.vertical, fixed.reranking)
    assert found.to_frame()["component"].tolist()[-1] == "population"


@settings(max_examples=50)
@given(units, st.sampled_from([1.2, 1.5, 2.0, 3.0, 4.5]))
def test_reranking_less_progressivity_is_the_change(rows, nu):
    x, y, w, _ = columns(rows)
    found = progressivity_and_reranking(x, y, w, nu=nu)
    assert found.before == pytest.approx(extended_gini(x, w, nu=nu), abs=1e-12)
    assert found.after == pytest.approx(extended_gini(y, w, nu=nu), abs=1e-12)
    assert found.reranking - found.progressivity == pytest.approx(found.change, abs=1e-12)
    assert found.reranking >= -1e-12
    if found.disproportionality is not None:
        again = found.growth / (1.0 + found.growth) * found.disproportionality
        assert again == pytest.approx(found.progressivity, abs=1e-12)


@settings(max_examples=30)
@given(units)
def test_at_nu_two_it_is_the_redistributive_effect(rows):
    x, y, w, _ = columns(rows)
    found = progressivity_and_reranking(x, y, w)
    same = redistributive_effect(x, y, w)
    assert found.before == pytest.approx(same.before, abs=1e-12)
    assert found.progressivity == pytest.approx(same.vertical, abs=1e-12)
    assert found.reranking == pytest.approx(same.reranking, abs=1e-12)


def test_disproportionality_is_of_the_gains():
    # The gains go to the lowest unit alone: K = G0 - C(gains) with C(gains) = 1/2 - 1.
    found = progressivity_and_reranking([1.0, 3.0], [2.0, 3.0])
    assert found.growth == pytest.approx(0.25)
    assert found.disproportionality == pytest.approx(0.25 + 0.5)
    assert progressivity_and_reranking([1.0, 3.0], [2.0, 2.0]).disproportionality is None
    assert found.to_frame().loc[0, "change"] == found.change


def test_what_cannot_be_split_is_refused():
    with pytest.raises(ParameterError, match="nu=1"):
        progressivity_and_reranking([1.0, 2.0], [1.0, 2.0], nu=1.0)
    with pytest.raises(DomainError, match="all values after are zero"):
        progressivity_and_reranking([1.0, 2.0], [0.0, 0.0])
    with pytest.raises(DomainError, match="negative"):
        redistributive_effect([1.0, -2.0], [1.0, 2.0])
