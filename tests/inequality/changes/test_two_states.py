from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import DomainError, ParameterError
from analysis.inequality.changes.two_states import (
    change,
    contributions_to_change,
    staff_population_change,
    unit_contributions,
)
from analysis.inequality.inference.linearization import measure_name
from analysis.inequality.measures import atkinson, generalized_entropy, gini, hoover

ADDITIVE = [
    gini,
    partial(gini, unbiased=True),
    hoover,
    *(partial(generalized_entropy, alpha=alpha) for alpha in (-1.0, 0.0, 0.5, 1.0, 2.0)),
]
positive = st.integers(1, 500).map(float)
units = st.lists(st.tuples(positive, positive, positive, positive), min_size=2, max_size=12)
every_additive = pytest.mark.parametrize("measure", ADDITIVE, ids=measure_name)


def columns(rows):
    return (np.array(column) for column in zip(*rows, strict=True))


def test_change_is_after_less_before():
    found = change(gini, [1.0, 3.0], [2.0, 2.0])
    assert (found.before, found.after, found.difference) == (0.25, 0.0, -0.25)
    assert found.relative == -1.0
    assert found.to_frame().columns.tolist() == [
        "measure",
        "before",
        "after",
        "difference",
        "relative",
    ]


def test_relative_change_from_equality_is_not_a_number_to_report():
    assert change(gini, [2.0, 2.0], [1.0, 3.0]).relative is None


@every_additive
@settings(max_examples=20)
@given(rows=units)
def test_staff_and_population_add_up(measure, rows):
    staff0, people0, staff1, people1 = columns(rows)
    split = staff_population_change(measure, staff0, people0, staff1, people1)
    seen = measure(staff1 / people1, people1) - measure(staff0 / people0, people0)
    assert split.staff + split.population == pytest.approx(seen, rel=1e-9, abs=1e-12)
    # Taken the other way round, the effect of population is the same.
    effects = [
        measure(s / people1, people1) - measure(s / people0, people0) for s in (staff0, staff1)
    ]
    assert split.population == pytest.approx(np.mean(effects), rel=1e-9, abs=1e-12)
    back = staff_population_change(measure, staff1, people1, staff0, people0)
    assert back.staff == pytest.approx(-split.staff, rel=1e-9, abs=1e-12)


def test_a_factor_that_did_not_change_has_no_effect():
    staff, people = np.array([10.0, 30.0, 20.0]), np.array([100.0, 150.0, 300.0])
    moved = np.array([20.0, 20.0, 20.0])
    assert staff_population_change(gini, staff, people, moved, people).population == 0.0
    grown = people * np.array([1.0, 1.2, 0.9])
    assert staff_population_change(gini, staff, people, staff, grown).staff == 0.0
    frame = staff_population_change(gini, staff, people, moved, grown).to_frame()
    values = frame.set_index("component")["value"]
    assert values["staff"] + values["population"] == pytest.approx(values["total"])


@every_additive
@settings(max_examples=20)
@given(rows=units)
def test_contributions_add_up_and_are_never_negative(measure, rows):
    x, w, y, v = columns(rows)
    found = contributions_to_change(measure, x, y, weights_before=w, weights_after=v)
    assert found.before.min() >= -1e-15
    assert found.before.sum() == pytest.approx(measure(x, w), rel=1e-9, abs=1e-12)
    assert found.change.sum() == pytest.approx(measure(y, v) - measure(x, w), rel=1e-9, abs=1e-12)


@every_additive
def test_contributions_follow_their_units(measure):
    rng = np.random.default_rng(0)
    x, w = rng.lognormal(size=8), rng.uniform(1.0, 3.0, 8)
    order = rng.permutation(8)
    np.testing.assert_allclose(
        unit_contributions(measure, x[order], w[order]),
        unit_contributions(measure, x, w)[order],
        rtol=1e-12,
    )


@pytest.mark.parametrize("measure", ADDITIVE[:1] + ADDITIVE[2:], ids=measure_name)
def test_a_unit_split_in_two_shares_its_contribution(measure):
    x, w = np.array([1.0, 2.0, 5.0]), np.array([3.0, 4.0, 2.0])
    whole = unit_contributions(measure, x, w)
    parts = unit_contributions(measure, [1.0, 2.0, 2.0, 5.0], [3.0, 1.0, 3.0, 2.0])
    np.testing.assert_allclose(parts, [whole[0], whole[1] / 4, 3 * whole[1] / 4, whole[2]])


def test_gini_contributions_are_half_of_every_difference():
    x, p = np.array([1.0, 2.0, 5.0]), np.array([0.5, 0.2, 0.3])
    mean = p @ x
    pairs = np.outer(p, p) * np.abs(np.subtract.outer(x, x)) / mean
    np.testing.assert_allclose(unit_contributions(gini, x, p), pairs.sum(axis=1) / 2.0)


def test_zeros_contribute_where_the_measure_is_defined_there():
    for measure in (gini, hoover, partial(generalized_entropy, alpha=1.0)):
        found = unit_contributions(measure, [0.0, 1.0, 2.0])
        assert found.sum() == pytest.approx(measure([0.0, 1.0, 2.0]))


def test_contributions_carry_the_codes_of_the_units():
    found = contributions_to_change(gini, [1.0, 3.0], [2.0, 2.0])
    assert found.to_frame(["11", "12"])["unit"].tolist() == ["11", "12"]
    assert found.to_frame()["change"].tolist() == [-0.125, -0.125]


def test_measures_that_are_not_sums_are_refused():
    with pytest.raises(ParameterError, match="not a sum over units"):
        unit_contributions(partial(atkinson, epsilon=0.5), [1.0, 2.0])


def test_dates_must_have_the_same_units():
    with pytest.raises(DomainError, match="2 units before but 3 after"):
        change(gini, [1.0, 2.0], [1.0, 2.0, 3.0])
    with pytest.raises(ParameterError, match="weights for one date only"):
        change(gini, [1.0, 2.0], [1.0, 2.0], weights_after=[1.0, 1.0])
    with pytest.raises(DomainError, match="zero or negative"):
        staff_population_change(gini, [1, 2], [0, 2], [1, 2], [1, 2])
