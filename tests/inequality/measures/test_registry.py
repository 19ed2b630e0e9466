"""Values, domains and corner cases of each measure, and the registry."""

import inspect
import math

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
from analysis.inequality.measures.measure import unbind
from analysis.inequality.measures.registry import FAMILIES


@pytest.mark.parametrize("n", [2, 3, 34, 5000])
@pytest.mark.parametrize("weighted", [False, True])
def test_the_unbiased_gini_is_exactly_zero_when_all_are_equal(weighted, n):
    weights = np.random.default_rng(n).uniform(1, 9, n) if weighted else None
    assert gini(np.full(n, 0.1), weights, unbiased=True) == 0.0


def test_the_herfindahl_index_of_equal_values():
    assert herfindahl([0.1] * 4) == 0.25
    assert herfindahl([0.1]) == 1.0


def test_two_units_by_hand():
    x, w = [1.0, 3.0], [3.0, 1.0]
    # p = (3/4, 1/4), mu = 1.5, r = (2/3, 2)
    assert gini(x, w) == 0.25
    assert absolute_gini(x, w) == 0.375
    assert gini(x, w, unbiased=True) == 0.5
    assert hoover(x, w) == pytest.approx(0.25)
    assert coefficient_of_variation(x, w) == pytest.approx(math.sqrt(1 / 3))
    assert herfindahl(x, w) == pytest.approx(1 / 3)
    assert theil_t(x, w) == pytest.approx(0.5 * math.log(2 / 3) + 0.5 * math.log(2))
    assert theil_l(x, w) == pytest.approx(-0.75 * math.log(2 / 3) - 0.25 * math.log(2))
    assert atkinson(x, w, epsilon=2) == pytest.approx(1 - 1 / (0.75 * 1.5 + 0.25 / 2))
    assert variance_of_logs(x, w) == pytest.approx(3 / 16 * math.log(3) ** 2)


def test_one_of_n_has_everything():
    n = 8
    x = [0.0] * (n - 1) + [5.0]
    assert gini(x) == 1 - 1 / n
    assert gini(x, unbiased=True) == 1.0
    assert hoover(x) == 1 - 1 / n
    assert extended_gini(x, nu=3) == pytest.approx(1 - n**-2)
    assert theil_t(x) == pytest.approx(math.log(n))
    assert generalized_entropy(x, alpha=0.5) == pytest.approx((n**-0.5 - 1) / -0.25)
    assert generalized_entropy(x, alpha=2) == pytest.approx((n - 1) / 2)
    assert atkinson(x, epsilon=0.5) == pytest.approx(1 - 1 / n)
    assert coefficient_of_variation(x) == pytest.approx(math.sqrt(n - 1))
    assert herfindahl(x) == 1.0


@pytest.mark.parametrize("near", [1e-3, 1e-6, 1e-9])
@pytest.mark.parametrize("limit", [0.0, 1.0, 2.0])
def test_generalized_entropy_is_continuous_in_alpha(limit, near):
    x = [1.0, 1.5, 7.0, 20.0]
    exact = generalized_entropy(x, alpha=limit)
    for alpha in (limit - near, limit + near):
        assert generalized_entropy(x, alpha=alpha) == pytest.approx(exact, rel=3 * near + 1e-13)


@pytest.mark.parametrize("near", [1e-3, 1e-6, 1e-9])
def test_atkinson_is_continuous_in_epsilon(near):
    x = [1.0, 1.5, 7.0, 20.0]
    for epsilon in (1 - near, 1 + near):
        assert atkinson(x, epsilon=epsilon) == pytest.approx(atkinson(x, epsilon=1), rel=2 * near)


def test_atkinson_of_great_aversion_nears_the_share_of_the_least():
    x = np.array([0.001, 1.0, 1000.0])
    assert atkinson(x, epsilon=400.0) == pytest.approx(1 - x.min() / x.mean(), rel=1e-6)


def test_generalized_entropy_that_overflows_is_infinite():
    assert generalized_entropy([1e-300, 1.0], alpha=-3.0) == math.inf


def test_extended_gini_of_two_is_the_gini():
    rng = np.random.default_rng(0)
    x, w = rng.lognormal(size=200), rng.uniform(1, 9, 200)
    assert extended_gini(x, w, nu=2) == pytest.approx(gini(x, w), rel=1e-13)


def test_palma_shares_a_unit_on_the_border():
    # 10 people: the top tenth has a third of the last unit's 3 people.
    x, w = [1.0, 2.0, 4.0], [2.0, 5.0, 3.0]
    assert palma(x, w) == pytest.approx(4.0 / (2.0 + 2 * 2.0))


def test_quintile_share_ratio_by_both_definitions():
    x = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]
    # 1.2 of six are a fifth: borders Q(0.2) = 2 and Q(0.8) = 5.
    assert quintile_share_ratio(x) == 6 / 3
    assert quintile_share_ratio(x, definition="lorenz") == pytest.approx((6 + 0.2 * 5) / 1.4)


@pytest.mark.parametrize(
    ("definition", "expected"),
    [("inverted_cdf", 2.0), ("averaged_inverted_cdf", 3.0), ("hazen", 2.4)],
)
def test_weighted_quantile_by_definition(definition, expected):
    # People: 1 | 2 2 | 4 4 4; middles at 1/12, 4/12, 9/12; the half is reached at the 2 exactly.
    x, w = [4.0, 1.0, 2.0], [3.0, 1.0, 2.0]
    found = quantile(x, w, q=0.5, definition=definition)
    middles = 2 + (6 - 4) / (9 - 4) * 2
    assert found == pytest.approx(middles if definition == "hazen" else expected)


def test_shares_that_rounding_misses_count_as_reached():
    x = np.arange(1.0, 11.0)
    w = np.full(10, 0.1)  # ten tenths do not add up to shares of exactly 0.3 or 0.9
    assert [quantile(x, w, q=q / 10) for q in range(1, 10)] == list(range(1, 10))


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: gini([1.0, -1.0]), "gini: negative values"),
        (lambda: gini([0.0, 0.0]), "all values are zero"),
        (lambda: gini([1.0], unbiased=True), "two units"),
        (lambda: gini([1.0, np.nan]), "missing or infinite values at positions 1"),
        (lambda: gini([1.0, 2.0], [1.0, 0.0]), "gini, weights"),
        (lambda: absolute_gini([np.inf]), "missing or infinite"),
        (lambda: extended_gini([1.0, 2.0], nu=1), "nu must be above 1, not 1"),
        (lambda: theil_l([0.0, 1.0]), "theil_l: zero or negative values"),
        (lambda: theil_t([-1.0, 1.0]), "theil_t: negative values"),
        (lambda: generalized_entropy([0.0, 1.0], alpha=-0.5), "needs x > 0 at positions 0"),
        (lambda: generalized_entropy([1.0, 2.0], alpha=math.nan), "alpha must be a finite"),
        (lambda: atkinson([0.0, 1.0], epsilon=1), "needs x > 0 at positions 0"),
        (lambda: atkinson([1.0, 2.0], epsilon=0), "epsilon must be above 0"),
        (lambda: variance_of_logs([0.0, 1.0]), "x > 0"),
        (lambda: max_min_ratio([0.0, 1.0]), "x > 0"),
        (lambda: palma([0.0] * 9 + [1.0]), "palma: the bottom 40% have nothing"),
        (lambda: quintile_share_ratio([0.0, 0.0, 1.0, 2.0]), "bottom fifth have nothing"),
        (lambda: quintile_share_ratio([1.0], definition="x"), "Choose from eurostat, lorenz"),
        (lambda: quantile_ratio([0.0, 0.0, 1.0]), "quantile at 0.1 is zero"),
        (lambda: quantile_ratio([1.0, 2.0], lower=0.9, upper=0.1), "0 < lower < upper < 1"),
        (lambda: quantile([1.0], q=1.0), "strictly between 0 and 1, not q=1.0"),
        (lambda: quantile([1.0], q=0.5, definition="x"), "no definition 'x'. Choose from"),
    ],
)
def test_refuses_in_words(call, says):
    with pytest.raises(DomainError, match=says.replace("(", r"\(")):
        call()


@pytest.mark.parametrize("name", MEASURES)
def test_registry_entries_are_complete_and_work(name):
    entry = MEASURES[name]
    assert entry.name == name
    assert name.isidentifier()
    assert set(entry.label) == {"id", "en"}
    assert set(entry.meaning) == {"id", "en"}
    texts = (entry.symbol, *entry.label.values(), *entry.meaning.values(), entry.formula)
    assert all(texts)
    assert any(character.isdigit() for character in entry.reference)
    value = entry.function([1.0, 2.0, 3.0, 4.0, 9.0], [5.0, 4.0, 3.0, 2.0, 1.0])
    assert isinstance(value, float)
    assert value > 0


def test_registry_cannot_be_changed():
    with pytest.raises(TypeError):
        MEASURES["gini"] = None


def public_functions():
    return [getattr(family, name) for family in FAMILIES for name in family.__all__]


@pytest.mark.parametrize("function", public_functions())
def test_each_measure_documents_formula_range_domain_errors_reference_and_example(function):
    text = inspect.getdoc(function)
    for section in ("Parameters", "Returns", "Raises", "References", "Examples"):
        assert f"{section}\n{'-' * len(section)}" in text, section
    assert ">>>" in text
    assert "x : array-like of shape (n,)" in text


def test_each_measure_is_registered():
    registered = {unbind(entry.function)[0] for entry in MEASURES.values()}
    assert registered == set(public_functions()) - {quantile}
