"""What every measure of inequality must do, whatever the data."""

from functools import partial

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis.extra.numpy import arrays

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
    max_min_ratio,
    palma,
    quantile,
    quantile_ratio,
    quintile_share_ratio,
    theil_l,
    theil_t,
    variance_of_logs,
)

EXAMPLES = settings(max_examples=25, derandomize=True, deadline=None)

# Measures by what they respect; all are for x > 0 here.
RELATIVE = {
    "gini": gini,
    "extended_gini(1.5)": partial(extended_gini, nu=1.5),
    "extended_gini(4)": partial(extended_gini, nu=4.0),
    "hoover": hoover,
    "theil_t": theil_t,
    "theil_l": theil_l,
    "ge(-1.3)": partial(generalized_entropy, alpha=-1.3),
    "ge(0.4)": partial(generalized_entropy, alpha=0.4),
    "ge(2)": partial(generalized_entropy, alpha=2.0),
    "ge(3)": partial(generalized_entropy, alpha=3.0),
    "atkinson(0.5)": partial(atkinson, epsilon=0.5),
    "atkinson(1)": partial(atkinson, epsilon=1.0),
    "atkinson(2.5)": partial(atkinson, epsilon=2.5),
    "cv": coefficient_of_variation,
    "variance_of_logs": variance_of_logs,
    "palma": palma,
    "quintiles, lorenz": partial(quintile_share_ratio, definition="lorenz"),
    "quintiles, eurostat": quintile_share_ratio,
    "quantile_ratio": quantile_ratio,
    "quantile_ratio, averaged": partial(quantile_ratio, definition="averaged_inverted_cdf"),
    "max_min_ratio": max_min_ratio,
}
STRICTLY_AVERSE = {
    name: RELATIVE[name]
    for name in RELATIVE
    if name.startswith(("gini", "extended", "theil", "ge(", "atkinson", "cv"))
}
WEAKLY_AVERSE = STRICTLY_AVERSE | {
    "hoover": hoover,
    "palma": palma,
    "quintiles, lorenz": RELATIVE["quintiles, lorenz"],
    "max_min_ratio": max_min_ratio,
}
BOUNDED_BY_ONE = {
    name: measure
    for name, measure in RELATIVE.items()
    if name.startswith(("gini", "extended", "hoover", "atkinson"))
}

positive = st.floats(0.01, 1e4)
samples = arrays(np.float64, st.integers(1, 30), elements=positive)


@st.composite
def weighted(draw, whole=False, minimum=1):
    n = draw(st.integers(minimum, 25))
    x = draw(arrays(np.float64, n, elements=positive))
    weight = st.integers(1, 5).map(float) if whole else st.floats(0.1, 1e6)
    return x, draw(arrays(np.float64, n, elements=weight))


@pytest.mark.parametrize("name", RELATIVE)
@EXAMPLES
@given(data=weighted(), factor=st.floats(1e-3, 1e6))
def test_scale_invariance(name, data, factor):
    x, w = data
    measure = RELATIVE[name]
    assert measure(x * factor, w) == pytest.approx(measure(x, w), rel=1e-9, abs=1e-13)
    assert measure(x, w * factor) == pytest.approx(measure(x, w), rel=1e-9, abs=1e-13)


@pytest.mark.parametrize("name", [*RELATIVE, "absolute_gini", "herfindahl", "median"])
@EXAMPLES
@given(data=weighted(whole=True))
def test_integer_weights_are_repeated_rows(name, data):
    x, w = data
    others = {
        "absolute_gini": absolute_gini,
        "herfindahl": herfindahl,
        "median": partial(quantile, q=0.5, definition="averaged_inverted_cdf"),
    }
    measure = (RELATIVE | others)[name]
    repeated = np.repeat(x, w.astype(int))
    assert measure(x, w) == pytest.approx(measure(repeated), rel=1e-9, abs=1e-13)


@EXAMPLES
@given(data=weighted(), times=st.integers(2, 5))
def test_replication_divides_the_herfindahl_index(data, times):
    x, _ = data
    assert herfindahl(np.tile(x, times)) == pytest.approx(herfindahl(x) / times, rel=1e-12)


@pytest.mark.parametrize("name", MEASURES)
@EXAMPLES
@given(data=weighted(), seed=st.integers(0, 2**32 - 1))
def test_order_does_not_matter_to_the_last_bit(name, data, seed):
    x, w = data
    x = np.round(x, 1) + 0.1  # ties, of other weights
    order = np.random.default_rng(seed).permutation(x.size)
    measure = MEASURES[name].function
    assert measure(x[order], w[order]) == measure(x, w)
    assert measure(x[order], None) == measure(x, None)


@pytest.mark.parametrize("name", MEASURES)
@EXAMPLES
@given(x=samples)
def test_weights_of_one_are_no_weights(name, x):
    measure = MEASURES[name].function
    assert measure(x, np.ones_like(x)) == pytest.approx(measure(x, None), rel=1e-13, abs=1e-15)


@st.composite
def transfers(draw):
    """A sample, and the same after a unit gave to a poorer one without changing places."""
    x, _ = draw(weighted(minimum=2))
    rich, poor = int(np.argmax(x)), int(np.argmin(x))
    assume(x[rich] - x[poor] > 0.1 * x[rich])
    amount = draw(st.floats(0.05, 0.45)) * (x[rich] - x[poor])
    after = x.copy()
    after[rich] -= amount
    after[poor] += amount
    return x, after


@pytest.mark.parametrize("name", STRICTLY_AVERSE)
@EXAMPLES
@given(states=transfers())
def test_a_transfer_from_rich_to_poor_lowers_inequality(name, states):
    before, after = states
    assert STRICTLY_AVERSE[name](after) < STRICTLY_AVERSE[name](before)


@pytest.mark.parametrize("name", WEAKLY_AVERSE)
@EXAMPLES
@given(states=transfers())
def test_a_transfer_from_rich_to_poor_never_raises_inequality(name, states):
    before, after = states
    assert WEAKLY_AVERSE[name](after) <= WEAKLY_AVERSE[name](before) * (1 + 1e-12)


@pytest.mark.parametrize("name", BOUNDED_BY_ONE)
@EXAMPLES
@given(data=weighted())
def test_bounds_of_the_shares(name, data):
    assert 0.0 <= BOUNDED_BY_ONE[name](*data) < 1.0


@EXAMPLES
@given(data=weighted())
def test_bounds_of_the_others(data):
    x, w = data
    concentration = w.sum() / w.min()
    assert 0.0 <= theil_t(x, w) <= np.log(concentration) + 1e-12
    assert 0.0 <= coefficient_of_variation(x, w) <= np.sqrt(concentration - 1) + 1e-12
    assert 1 / w.sum() <= herfindahl(x, w) * (1 + 1e-12)
    assert herfindahl(x, w) <= (1 + 1e-12) / w.min()
    assert 0.0 <= absolute_gini(x, w) <= (x.max() - x.min()) / 4 * (1 + 1e-12)
    assert palma(x, w) >= 0.25 * (1 - 1e-12)
    assert hoover(x, w) <= gini(x, w) + 1e-12
    for ratio in ("quantile_ratio", "max_min_ratio", "quintiles, lorenz"):
        assert RELATIVE[ratio](x, w) >= 1 - 1e-12


@EXAMPLES
@given(data=weighted(), shift=st.floats(-1e4, 1e4))
def test_absolute_gini_is_translation_invariant(data, shift):
    x, w = data
    moved = absolute_gini(x + shift, w)
    assert moved == pytest.approx(absolute_gini(x, w), rel=1e-9, abs=1e-11)


@EXAMPLES
@given(data=weighted(), low=st.floats(0.01, 0.5), step=st.floats(0.01, 0.4))
def test_quantiles_ascend_and_lie_in_the_data(data, low, step):
    x, w = data
    for definition in ("inverted_cdf", "averaged_inverted_cdf", "hazen"):
        first = quantile(x, w, q=low, definition=definition)
        second = quantile(x, w, q=low + step, definition=definition)
        assert x.min() <= first <= second <= x.max()


@EXAMPLES
@given(data=weighted())
def test_gini_is_half_the_relative_mean_difference(data):
    x, w = data
    p = w / w.sum()
    differences = np.abs(x[:, None] - x[None, :])
    assert gini(x, w) == pytest.approx(p @ differences @ p / (2 * (p @ x)), rel=1e-10, abs=1e-15)
