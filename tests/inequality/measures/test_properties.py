"""What every measure must do, whatever the data: what its row says of it, and no more."""

import math
from dataclasses import replace
from functools import partial

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis.extra.numpy import arrays

from analysis.errors import DomainError
from analysis.inequality.measures import (
    MEASURES,
    absolute_gini,
    atkinson,
    coefficient_of_variation,
    extended_gini,
    generalized_entropy,
    gini,
    herfindahl,
    hoover,
    quantile,
    quantile_ratio,
    quintile_share_ratio,
    theil_t,
)

EXAMPLES = settings(max_examples=25, derandomize=True, deadline=None)


def like(name, **changes):
    """A row like a registered one, with other options of its function."""
    return replace(MEASURES[name], **changes)


# Every registered measure, and other options of the same functions.
ROWS = dict(MEASURES) | {
    "extended_gini(1.5)": like("extended_gini_3", function=partial(extended_gini, nu=1.5)),
    "extended_gini(4)": like("extended_gini_3", function=partial(extended_gini, nu=4.0)),
    "ge(-1.3)": like("theil_l", function=partial(generalized_entropy, alpha=-1.3)),
    "ge(0.4)": like("theil_t", function=partial(generalized_entropy, alpha=0.4)),
    "ge(3)": like("theil_t", function=partial(generalized_entropy, alpha=3.0)),
    "atkinson(2.5)": like("atkinson_1", function=partial(atkinson, epsilon=2.5)),
    "quintiles, lorenz": like(
        "palma",
        function=partial(quintile_share_ratio, definition="lorenz"),
        lowest=1,
        at_equality=1.0,
    ),
    "quantile_ratio, averaged": like(
        "quantile_ratio", function=partial(quantile_ratio, definition="averaged_inverted_cdf")
    ),
}


def rows(chosen=lambda _: True):
    return pytest.mark.parametrize("name", [name for name, row in ROWS.items() if chosen(row)])


positive = st.floats(0.01, 1e4)
samples = arrays(np.float64, st.integers(2, 30), elements=positive)


@st.composite
def weighted(draw, whole=False):
    n = draw(st.integers(2, 25))
    x = draw(arrays(np.float64, n, elements=positive))
    weight = st.integers(1, 5).map(float) if whole else st.floats(0.6, 1e6)
    return x, draw(arrays(np.float64, n, elements=weight))


@rows()
@EXAMPLES
@given(data=weighted(), factor=st.floats(1e-3, 1e6))
def test_the_scale_of_the_values(name, data, factor):
    (x, w), row = data, ROWS[name]
    expected = row.function(x, w) * (factor if row.scaling == "proportional" else 1.0)
    assert row.function(x * factor, w) == pytest.approx(expected, rel=1e-9, abs=1e-13 * factor)


@rows(lambda row: row.replicable)
@EXAMPLES
@given(data=weighted(), factor=st.floats(1e-3, 1e6))
def test_the_scale_of_the_weights(name, data, factor):
    (x, w), measure = data, ROWS[name].function
    assert measure(x, w * factor) == pytest.approx(measure(x, w), rel=1e-9, abs=1e-13)


powers = st.integers(-900, 900)


@rows()
@EXAMPLES
@given(data=weighted(), power=powers)
def test_a_power_of_two_of_the_values_changes_no_bit(name, data, power):
    (x, w), row = data, ROWS[name]
    for weights in (w, None):
        expected = row.function(x, weights)
        if row.scaling == "proportional":
            expected = math.ldexp(expected, power)
        assert row.function(np.ldexp(x, power), weights) == expected


@rows(lambda row: row.replicable)
@EXAMPLES
@given(data=weighted(), power=powers)
def test_a_power_of_two_of_the_weights_changes_no_bit(name, data, power):
    (x, w), measure = data, ROWS[name].function
    assert measure(x, np.ldexp(w, power)) == measure(x, w)


@EXAMPLES
@given(data=weighted(), power=powers)
def test_a_power_of_two_of_the_weights_divides_the_herfindahl_index(data, power):
    x, w = data
    assert herfindahl(x, np.ldexp(w, power)) == math.ldexp(herfindahl(x, w), -power)


@rows(lambda row: row.counts == "people")
@EXAMPLES
@given(data=weighted(whole=True))
def test_integer_weights_are_repeated_rows(name, data):
    (x, w), measure = data, ROWS[name].function
    repeated = np.repeat(x, w.astype(int))
    assert measure(x, w) == pytest.approx(measure(repeated, None), rel=1e-9, abs=1e-13)


@rows(lambda row: row.replicable)
@EXAMPLES
@given(data=weighted(), times=st.integers(2, 5))
def test_replication_changes_nothing(name, data, times):
    (x, w), measure = data, ROWS[name].function
    found = measure(np.tile(x, times), np.tile(w, times))
    assert found == pytest.approx(measure(x, w), rel=1e-9, abs=1e-13)


@rows(lambda row: not row.replicable)
def test_the_others_depend_on_the_number_of_units(name):
    measure = ROWS[name].function
    assert measure([1.0, 2.0, 1.0, 2.0], None) != pytest.approx(measure([1.0, 2.0], None), rel=0.01)


@EXAMPLES
@given(data=weighted(), times=st.integers(2, 5))
def test_replication_divides_the_herfindahl_index(data, times):
    x, _ = data
    assert herfindahl(np.tile(x, times)) == pytest.approx(herfindahl(x) / times, rel=1e-12)


@rows()
@EXAMPLES
@given(data=weighted(), seed=st.integers(0, 2**32 - 1))
def test_order_does_not_matter_to_the_last_bit(name, data, seed):
    x, w = data
    x = np.round(x, 1) + 0.1  # ties, of other weights
    order = np.random.default_rng(seed).permutation(x.size)
    measure = ROWS[name].function
    assert measure(x[order], w[order]) == measure(x, w)
    assert measure(x[order], None) == measure(x, None)


@rows()
@EXAMPLES
@given(x=samples)
def test_weights_of_one_are_no_weights(name, x):
    measure = ROWS[name].function
    assert measure(x, np.ones_like(x)) == pytest.approx(measure(x, None), rel=1e-13, abs=1e-15)


@st.composite
def transfers(draw):
    """A sample, and the same after a unit gave to a poorer one without changing places."""
    x, _ = draw(weighted())
    rich, poor = int(np.argmax(x)), int(np.argmin(x))
    assume(x[rich] - x[poor] > 0.1 * x[rich])
    amount = draw(st.floats(0.05, 0.45)) * (x[rich] - x[poor])
    after = x.copy()
    after[rich] -= amount
    after[poor] += amount
    return x, after


def unevenness(row, x):
    """The measure, turned so that more is more unequal."""
    return row.function(x, None) * (1 if row.rises_with == "inequality" else -1)


@rows(lambda row: row.transfers == "strict")
@EXAMPLES
@given(states=transfers())
def test_a_transfer_from_rich_to_poor_lowers_inequality(name, states):
    before, after = states
    assert unevenness(ROWS[name], after) < unevenness(ROWS[name], before)


@rows(lambda row: row.transfers == "weak")
@EXAMPLES
@given(states=transfers())
def test_a_transfer_from_rich_to_poor_never_raises_inequality(name, states):
    before, after = (unevenness(ROWS[name], x) for x in states)
    assert after <= before + 1e-12 * abs(before)


@rows(lambda row: row.transfers == "weak")
def test_some_transfers_leave_a_weakly_averse_measure_as_it_is(name):
    # Ten units; among the upper, or in the middle, one gives to a neighbour.
    before = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0]
    upper, middle = before.copy(), before.copy()
    upper[6:8] = 7.4, 7.6
    middle[4:6] = 5.4, 5.6
    row = ROWS[name]
    kept = {unevenness(row, after) - unevenness(row, before) for after in (upper, middle)}
    assert min(abs(change) for change in kept) < 1e-12


# For each measure that may break the principle: values, and the same after someone gave to someone
# poorer, with which the measure rises.
PERVERSE = {
    "variance_of_logs": ([1.0] * 40 + [20.0, 100.0], [1.0] * 40 + [60.0, 60.0]),
    "quintile_share_ratio": (
        [3.0, 6.0, 8.0, 9.0, 10.0, 10.0, 11.0, 14.0, 14.0, 17.0],
        [4.0, 6.0, 8.0, 9.0, 10.0, 10.0, 11.0, 13.0, 14.0, 17.0],
    ),
    "quantile_ratio": (
        [1.0, 2.0, 3.0, 4.0, 8.0, 11.0, 13.0, 13.0, 14.0, 16.0],
        [1.0, 2.0, 3.0, 4.0, 8.0, 11.0, 13.0, 13.0, 15.0, 15.0],
    ),
}


@pytest.mark.parametrize(
    "name",
    [
        name
        for name, row in MEASURES.items()
        if row.transfers == "none" and row.rises_with != "neither"
    ],
)
def test_a_transfer_from_rich_to_poor_can_raise_the_others(name):
    before, after = PERVERSE[name]
    assert sum(before) == sum(after)
    assert gini(after) < gini(before)
    assert unevenness(MEASURES[name], after) > unevenness(MEASURES[name], before)


@rows(lambda row: row.translatable)
@EXAMPLES
@given(data=weighted(), shift=st.floats(-1e4, 1e4))
def test_a_gain_that_all_share_changes_nothing(name, data, shift):
    (x, w), measure = data, ROWS[name].function
    assert measure(x + shift, w) == pytest.approx(measure(x, w), rel=1e-9, abs=1e-11)


@rows(lambda row: not row.translatable)
def test_a_gain_that_all_share_changes_the_others(name):
    measure = ROWS[name].function
    x = np.array([1.0, 2.0, 4.0, 4.5, 9.0])
    assert measure(x + 5.0, None) != pytest.approx(measure(x, None), rel=0.01)


@rows()
@EXAMPLES
@given(x=samples)
def test_the_range_holds_to_the_last_bit(name, x):
    row = ROWS[name]
    assert row.lowest <= row.function(x, None) <= row.highest


@rows(lambda row: row.at_equality is not None)
@pytest.mark.parametrize("n", [1, 2, 3, 34, 5000])
@pytest.mark.parametrize("weights", [False, True])
def test_the_value_when_all_are_equal(name, weights, n):
    n = max(n, ROWS[name].fewest)
    people = np.random.default_rng(n).uniform(1, 9, n) if weights else None
    found = ROWS[name].function(np.full(n, 0.1), people)
    # Exact where it is zero; shares that make a ratio are rounded.
    assert found == pytest.approx(ROWS[name].at_equality, rel=1e-12, abs=0)
    assert math.copysign(1.0, found) == 1.0  # no -0.0


@rows()
def test_the_domain_is_what_the_row_says(name):
    row = ROWS[name]
    many = [0.0, *np.linspace(1.0, 3.0, 20)]
    for values, domains in (
        ([-1.0, 2.0, 3.0], {"real"}),
        ([0.0, 0.0], {"real", "nonnegative"}),
        (many, {"real", "nonnegative", "shareable"}),
    ):
        if row.domain in domains:
            assert math.isfinite(row.function(values, None))
        else:
            with pytest.raises(DomainError):
                row.function(values, None)


@EXAMPLES
@given(data=weighted())
def test_bounds_that_depend_on_the_weights(data):
    x, w = data
    concentration = w.sum() / w.min()
    assert 0.0 <= theil_t(x, w) <= np.log(concentration) + 1e-12
    assert 0.0 <= coefficient_of_variation(x, w) <= np.sqrt(concentration - 1) + 1e-12
    assert 1 / w.sum() <= herfindahl(x, w) * (1 + 1e-12)
    assert herfindahl(x, w) <= (1 + 1e-12) / w.min()
    assert 0.0 <= absolute_gini(x, w) <= (x.max() - x.min()) / 4 * (1 + 1e-12)
    assert hoover(x, w) <= gini(x, w) + 1e-12


@EXAMPLES
@given(data=weighted(), low=st.floats(0.01, 0.5), step=st.floats(0.01, 0.4))
def test_quantiles_ascend_and_lie_in_the_data(data, low, step):
    x, w = data
    for definition in ("inverted_cdf", "averaged_inverted_cdf", "hazen"):
        first = quantile(x, w, q=low, definition=definition)
        second = quantile(x, w, q=low + step, definition=definition)
        assert x.min() <= first <= second <= x.max()


@EXAMPLES
@given(data=weighted(whole=True))
def test_the_averaged_median_counts_people(data):
    x, w = data
    found = quantile(x, w, q=0.5, definition="averaged_inverted_cdf")
    assert found == np.median(np.repeat(x, w.astype(int)))
