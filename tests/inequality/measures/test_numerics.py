"""Digits: nearly equal values, wide spreads, extreme sizes, rounding."""

import math
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal, localcontext
from fractions import Fraction
from functools import partial

import numpy as np
import pytest

from analysis.errors import DomainError
from analysis.inequality.measures import (
    MEASURES,
    absolute_gini,
    atkinson,
    coefficient_of_variation,
    extended_gini,
    generalized_entropy,
    gini,
    grouped_measures,
    herfindahl,
    hoover,
    theil_l,
    theil_t,
    variance_of_logs,
)


def exact_gini(x, w):
    """Gini index of integers or floats by exact fractions."""
    pairs = sorted(zip(map(Fraction, x), map(Fraction, w), strict=True))
    total = sum(weight for _, weight in pairs)
    below, difference = Fraction(0), Fraction(0)
    for value, weight in pairs:
        difference += (2 * below + weight - total) * weight * value
        below += weight
    return difference / total / sum(value * weight for value, weight in pairs)


def moment_reference(x, w):
    """Indices of nearly equal values: series in the relative distance, in exact fractions."""
    values, weights = list(map(Fraction, x)), list(map(Fraction, w))
    total = sum(weights)
    mean = sum(value * weight for value, weight in zip(values, weights, strict=True)) / total
    away = [value / mean - 1 for value in values]
    m = {
        k: float(sum(d**k * weight for d, weight in zip(away, weights, strict=True)) / total)
        for k in (2, 3)
    }
    absolute = sum(abs(d) * weight for d, weight in zip(away, weights, strict=True)) / total
    return {
        "hoover": float(absolute / 2),
        "cv": math.sqrt(m[2]),
        "ge(2)": m[2] / 2,
        "theil_t": m[2] / 2 - m[3] / 6,
        "theil_l": m[2] / 2 - m[3] / 3,
        "ge(-1)": m[2] / 2 - m[3] / 2,
        "ge(0.5)": m[2] / 2 - m[3] / 4,
        "atkinson(1)": m[2] / 2 - m[3] / 3,
        "atkinson(0.5)": m[2] / 4 - m[3] / 8,
        "variance_of_logs": m[2] - m[3],
    }


NEAR = {
    "hoover": hoover,
    "cv": coefficient_of_variation,
    "ge(2)": partial(generalized_entropy, alpha=2.0),
    "theil_t": theil_t,
    "theil_l": theil_l,
    "ge(-1)": partial(generalized_entropy, alpha=-1.0),
    "ge(0.5)": partial(generalized_entropy, alpha=0.5),
    "atkinson(1)": partial(atkinson, epsilon=1.0),
    "atkinson(0.5)": partial(atkinson, epsilon=0.5),
    "variance_of_logs": variance_of_logs,
}


@pytest.fixture(scope="module")
def nearly_equal():
    rng = np.random.default_rng(3)
    x = 1e9 + rng.normal(size=3000)
    w = rng.uniform(0.5, 2e6, 3000)
    return x, w


@pytest.mark.parametrize("weighted", [False, True])
def test_gini_of_nearly_equal_values(nearly_equal, weighted):
    x, w = nearly_equal
    expected = exact_gini(x, w if weighted else np.ones_like(x))
    found = Fraction(gini(x, w if weighted else None))
    assert abs(found / expected - 1) < 1e-12
    assert abs(Fraction(extended_gini(x, w if weighted else None, nu=2)) / expected - 1) < 1e-12


@pytest.mark.parametrize("name", NEAR)
@pytest.mark.parametrize("weighted", [False, True])
def test_others_of_nearly_equal_values(nearly_equal, name, weighted):
    x, w = nearly_equal
    expected = moment_reference(x, w if weighted else np.ones_like(x))[name]
    assert NEAR[name](x, w if weighted else None) == pytest.approx(expected, rel=1e-12, abs=0)


def test_a_million_nearly_equal_values():
    x = 1e9 + np.random.default_rng(4).normal(size=1_000_000)
    ordered = np.sort(x) - 1e9  # exact
    ranks = 2.0 * np.arange(x.size) + 1.0 - x.size
    expected = math.fsum(ranks * ordered) / x.size / (1e9 * x.size + math.fsum(ordered))
    assert gini(x) == pytest.approx(expected, rel=1e-12, abs=0)
    assert gini(x, np.full(x.size, 0.1)) == pytest.approx(expected, rel=1e-12, abs=0)


@pytest.mark.parametrize("weighted", [False, True])
def test_spread_over_twelve_orders_of_magnitude(weighted):
    rng = np.random.default_rng(5)
    x = 10.0 ** rng.uniform(-6, 6, 2000)
    w = 10.0 ** rng.uniform(-3, 3, 2000) if weighted else None
    p = (np.ones_like(x) if w is None else w).astype(np.longdouble)
    p /= p.sum()
    r = x.astype(np.longdouble)
    r /= p @ r
    references = {
        theil_t: p @ (r * np.log(r)),
        theil_l: -(p @ np.log(r)),
        coefficient_of_variation: np.sqrt(p @ (r - 1) ** 2),
        hoover: p @ np.abs(r - 1) / 2,
        variance_of_logs: p @ (np.log(r) - p @ np.log(r)) ** 2,
        partial(generalized_entropy, alpha=-2.0): (p @ r**-2 - 1) / 6,
        partial(generalized_entropy, alpha=3.0): (p @ r**3 - 1) / 6,
        partial(atkinson, epsilon=0.7): 1 - (p @ r ** np.longdouble(1 - 0.7)) ** (1 / (1 - 0.7)),
    }
    for measure, expected in references.items():
        assert measure(x, w) == pytest.approx(float(expected), rel=1e-12)
    expected = exact_gini(x, np.ones_like(x) if w is None else w)
    assert gini(x, w) == pytest.approx(float(expected), rel=1e-13)


def test_ten_million_values_over_twelve_orders_of_magnitude():
    # 10^u, u in equal steps over [-6, 6]: the sums of the Gini index are geometric series.
    n = 10_000_000
    x = 10.0 ** np.linspace(-6, 6, n)
    # With ratio g = 1 + step and g^(n - 1) = 1e12, i from 0 to n - 1:
    # sum g^i = (g^n - 1) / step and sum i g^i = ((n - 1) g^(n + 1) - n g^n + g) / step^2.
    step = math.expm1(math.log(1e12) / (n - 1))
    g = 1 + step
    total = (1e12 * g - 1) / step
    by_rank = g * ((n * step - g) * 1e12 + 1) / step**2
    expected = (2 * by_rank + (1 - n) * total) / (n * total)
    assert gini(x[::-1]) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("x", [[1.0], [1e-300], [1e300]])
def test_one_unit(x):
    assert gini(x) == theil_t(x) == theil_l(x) == hoover(x) == 0.0
    assert gini(x, [3.0]) == atkinson(x, [3.0], epsilon=2) == 0.0
    assert herfindahl(x) == 1.0


@pytest.mark.parametrize("size", [1e-300, 1.0, 1e300])
@pytest.mark.parametrize("weight", [1e-150, 1.0, 1e150])
def test_sizes_do_not_matter(size, weight):
    x, w = np.array([1.0, 2.0, 4.0, 1.0]), np.array([1.0, 2.0, 1.0, 1.0])
    for measure in (gini, hoover, theil_t, theil_l, coefficient_of_variation):
        assert measure(x * size, w * weight) == pytest.approx(measure(x, w), rel=1e-13)
        assert measure(x * size) == pytest.approx(measure(x), rel=1e-13)
    assert absolute_gini(x * size) == pytest.approx(absolute_gini(x) * size, rel=1e-13)


def test_differences_of_negative_values_do_not_overflow():
    below_zero = np.array([-1.5, -1.0, 0.0])
    assert absolute_gini(1e308 * below_zero) / 1e308 == pytest.approx(absolute_gini(below_zero))


def decimal_reference(x, w):
    """Indices in 1,000 digits and exponents without bounds."""
    with localcontext(Context(prec=1000, Emax=MAX_EMAX, Emin=MIN_EMIN)):
        values, weights = [list(map(Decimal, numbers)) for numbers in (x, w)]
        p = [weight / sum(weights) for weight in weights]
        mean = sum(a * b for a, b in zip(p, values, strict=True))
        r = [value / mean for value in values]
        pairs = list(zip(p, r, strict=True))
        found = {
            gini: sum(a * b * abs(u - v) for a, u in pairs for b, v in pairs) / 2,
            hoover: sum(a * abs(u - 1) for a, u in pairs) / 2,
            theil_t: sum(a * u * u.ln() for a, u in pairs),
            theil_l: -sum(a * u.ln() for a, u in pairs),
            variance_of_logs: sum(a * u.ln() ** 2 for a, u in pairs)
            - sum(a * u.ln() for a, u in pairs) ** 2,
            coefficient_of_variation: sum(a * (u - 1) ** 2 for a, u in pairs).sqrt(),
            partial(atkinson, epsilon=0.5): 1 - sum(a * u.sqrt() for a, u in pairs) ** 2,
            partial(atkinson, epsilon=1): 1 - sum(a * u.ln() for a, u in pairs).exp(),
            partial(extended_gini, nu=2): sum(
                a * b * abs(u - v) for a, u in pairs for b, v in pairs
            )
            / 2,
        }
        return {measure: float(value) for measure, value in found.items()}


@pytest.mark.parametrize(
    ("x", "w"),
    [
        ([1.0, 5.0, 2.0, 3.0], [1e-103, 1.0, 1e103, 3e102]),
        ([1.0, 5.0, 2.0, 3.0], [1e-200, 1.0, 1e200, 3e199]),
        ([3.0, 1.0, 2.0], [1e-300, 2e-300, 4e-290]),
        ([3.0, 1.0, 2.0], [1.5e308, 1.2e308, 1e308]),
        ([1e-300, 1.0, 1e300], [1.0, 1.0, 1.0]),
        ([1e-300, 3e-300, 1e-290], [1.0, 2.0, 1.0]),
        ([1.7e308, 1.2e308, 1e308, 0.5e308], [1.0, 5.0, 1.0, 2.0]),
        ([1e-200, 1.0, 1e200], [1e150, 1.0, 1e-150]),
        ([1e-10, 1.0, 1.0], [1e12, 1.0, 1.0]),
    ],
)
def test_extreme_values_and_weights(x, w):
    for measure, expected in decimal_reference(x, w).items():
        assert measure(x, w) == pytest.approx(expected, rel=1e-12), measure


def test_groups_of_extreme_sizes_side_by_side():
    x, w = np.array([1.0, 2.0, 4.0, 1.0]), np.array([1.0, 2.0, 1.0, 1.0])
    sizes = [1e-200, 1.0, 1e200]
    names = ["gini", "absolute_gini", "theil_t", "herfindahl", "palma", "extended_gini_3"]
    found = grouped_measures(
        np.concatenate([x * size for size in sizes]),
        np.repeat([0, 1, 2], x.size),
        np.concatenate([w * size for size in reversed(sizes)]),
        measures=names,
    )
    for name in names:
        expected = [
            MEASURES[name].function(x * s, w * t) for s, t in zip(sizes, sizes[::-1], strict=True)
        ]
        assert found[name].tolist() == pytest.approx(expected, rel=1e-13), name


def test_a_total_held_by_a_vanishing_weight_is_refused():
    with pytest.raises(DomainError, match=r"gini: .*weight"):
        gini([0.0, 1.0], [1e200, 1e-200])
    with pytest.raises(DomainError, match=r"theil_t: .*weight"):
        theil_t([0.0, 1.0], [1e200, 1e-200])


def test_a_few_rich_among_many_people():
    # One unit of weight 1 among a billion: its rank must not drown in the sum of weights.
    x, w = np.array([1.0, 1.0 + 1e-9, 1e6]), np.array([5e8 + 0.1, 5e8 + 0.3, 1.7])
    assert gini(x, w) == pytest.approx(float(exact_gini(x, w)), rel=1e-14)
    assert extended_gini(x, w, nu=2) == pytest.approx(float(exact_gini(x, w)), rel=1e-14)


def test_integers_are_exact():
    x = np.arange(1, 1001)
    assert gini(x) == float(exact_gini(x.tolist(), [1] * 1000))
    assert gini([1, 2, 3, 4]) == 0.25
