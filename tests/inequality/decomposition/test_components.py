from functools import partial
from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import DomainError, ParameterError
from analysis.inequality.curves.concentration import concentration_index
from analysis.inequality.decomposition import components
from analysis.inequality.decomposition.components import (
    gini_by_source,
    shapley_by_source,
    variance_by_source,
)
from analysis.inequality.measures import (
    atkinson,
    coefficient_of_variation,
    generalized_entropy,
    gini,
    max_min_ratio,
    theil_l,
    theil_t,
)

NAMES = ["teachers", "nurses", "clerks"]
value = st.integers(0, 40).map(float)
units = st.lists(
    st.tuples(value, value, st.integers(1, 40).map(float), st.integers(1, 9)),
    min_size=2,
    max_size=12,
)
MEASURES = [gini, theil_t, coefficient_of_variation, partial(generalized_entropy, alpha=2.0)]


def table(rows):
    *sources, w = (np.array(column, dtype=float) for column in zip(*rows, strict=True))
    return pd.DataFrame(dict(zip(NAMES, sources, strict=True))), w


@settings(max_examples=60)
@given(units)
def test_lerman_yitzhaki_terms_and_sum(rows):
    frame, w = table(rows)
    total = frame.sum(axis=1)
    found = gini_by_source(frame, w)
    assert found.total == pytest.approx(gini(total, w), rel=1e-12)
    assert found.sources["contribution"].sum() == pytest.approx(found.total, rel=1e-12, abs=1e-15)
    for row in found.sources.set_index("source").itertuples():
        values = frame[row.Index]
        assert row.share == pytest.approx(w @ values / (w @ total))
        if not values.any():
            assert (row.share, row.contribution) == (0.0, 0.0)
            assert np.isnan(row.gini)
            continue
        pseudo = concentration_index(values, total, w)
        assert row.gini == pytest.approx(gini(values, w), abs=1e-14)
        assert row.contribution == pytest.approx(row.share * pseudo, abs=1e-14)
        if row.gini > 1e-12:
            assert abs(row.correlation) <= 1 + 1e-12
            product = row.share * row.gini * row.correlation
            assert row.contribution == pytest.approx(product, abs=1e-14)
        else:
            assert np.isnan(row.correlation)
    if found.total > 1e-9:
        effects = found.sources["marginal_effect"]
        assert effects.sum() == pytest.approx(0.0, abs=1e-9)
        shares = found.sources["contribution_share"] - found.sources["share"]
        assert effects.tolist() == pytest.approx(shares.tolist(), abs=1e-12)


def test_the_marginal_effect_is_that_of_one_per_cent_more():
    frame = pd.DataFrame({"a": [1.0, 4.0, 2.0, 9.0], "b": [3.0, 3.5, 8.0, 6.0], "c": [2.0] * 4})
    w = np.array([2.0, 1.0, 3.0, 2.0])
    found = gini_by_source(frame, w)
    for name, effect in zip(found.sources["source"], found.sources["marginal_effect"], strict=True):
        more = gini(frame.assign(**{name: 1.01 * frame[name]}).sum(axis=1), w)
        assert 100 * (more / found.total - 1) == pytest.approx(effect, abs=0.01)
    last = found.sources.iloc[-1]
    assert (last["contribution"], last["marginal_effect"]) == pytest.approx((0.0, -last["share"]))


def test_negative_sources_are_split_while_the_mean_of_the_total_is_positive():
    # Taxes lower what wages give; a total below zero is no obstacle either.
    frame = pd.DataFrame({"wages": [5.0, 1.0, 9.0, 3.0], "taxes": [-1.0, -2.0, -4.0, 0.0]})
    w = np.array([1.0, 2.0, 1.0, 1.0])
    found = gini_by_source(frame, w)
    persons = frame.loc[np.repeat(frame.index, w.astype(int))]
    total = persons.sum(axis=1)

    def index(values, rank_by):
        ranks = rank_by.rank() / len(rank_by)
        return 2 * np.cov(values, ranks, ddof=0)[0, 1]

    assert found.total == pytest.approx(index(total, total) / total.mean())
    for row in found.sources.itertuples():
        values = persons[row.source]
        assert row.contribution == pytest.approx(index(values, total) / total.mean())
        assert row.gini == pytest.approx(index(values, values) / values.mean())
        assert row.correlation == pytest.approx(index(values, total) / index(values, values))
        assert row.contribution == pytest.approx(row.share * row.gini * row.correlation)
    assert found.sources["contribution"].sum() == pytest.approx(found.total)
    assert found.sources["gini"][1] < 0.0
    natural = variance_by_source(frame, w)
    assert natural.sources["contribution"].sum() == pytest.approx(natural.total)


@pytest.mark.parametrize("split", [gini_by_source, variance_by_source])
@pytest.mark.parametrize("sources", [[[1.0, 2.0]], "a", np.ones((2, 2)), pd.Series([1.0, 2.0])])
def test_sources_without_names_are_refused_in_words(split, sources):
    with pytest.raises(ParameterError, match="sources: expected a DataFrame, or a dict"):
        split(sources)


@settings(max_examples=60)
@given(units)
def test_natural_rule_terms_and_sum(rows):
    frame, w = table(rows)
    found = variance_by_source(frame, w)
    total = generalized_entropy(frame.sum(axis=1), w, alpha=2.0)
    assert found.total == pytest.approx(total, rel=1e-12, abs=1e-18)
    assert found.sources["contribution"].sum() == pytest.approx(total, rel=1e-12, abs=1e-15)
    covariance = np.cov(frame.assign(total=frame.sum(axis=1)).T, aweights=w, ddof=0)
    if covariance[-1, -1] > 1e-9:
        shares = covariance[:-1, -1] / covariance[-1, -1]
        assert found.sources["contribution_share"].tolist() == pytest.approx(shares.tolist())
        for k, row in found.sources.iterrows():
            if covariance[k, k] > 1e-9:
                scale = np.sqrt(covariance[k, k] * covariance[-1, -1])
                assert row["correlation"] == pytest.approx(covariance[k, -1] / scale)
                alone = generalized_entropy(frame[row["source"]], w, alpha=2.0)
                assert row["index"] == pytest.approx(alone)


def by_orders(frame, w, measure, absent):
    """Average what each source adds, over every order in which sources come in."""
    means = {name: np.average(frame[name], weights=w) for name in frame}

    def worth(present):
        if not present:
            return measure(np.ones(len(frame)), w)
        rest = 0.0 if absent == "zero" else sum(means[name] for name in set(frame) - set(present))
        return measure(frame[list(present)].sum(axis=1).to_numpy() + rest, w)

    orders = list(permutations(frame))
    added = dict.fromkeys(frame, 0.0)
    for order in orders:
        for k, name in enumerate(order):
            added[name] += (worth(order[: k + 1]) - worth(order[:k])) / len(orders)
    return added


@pytest.mark.parametrize("absent", ["equalized", "zero"])
@pytest.mark.parametrize("measure", [*MEASURES, theil_l, partial(atkinson, epsilon=1.0)])
def test_shapley_agrees_with_the_mean_over_orders(measure, absent):
    rng = np.random.default_rng(3)
    frame = pd.DataFrame(rng.lognormal(size=(9, 4)), columns=list("abcd"))
    w = rng.uniform(1, 5, size=9)
    found = shapley_by_source(frame, measure, w, absent=absent)
    expected = by_orders(frame, w, measure, absent)
    for name, contribution in zip(
        found.sources["source"], found.sources["contribution"], strict=True
    ):
        assert contribution == pytest.approx(expected[name], rel=1e-10)


@settings(max_examples=20)
@given(units)
@pytest.mark.parametrize("measure", MEASURES)
def test_shapley_adds_up(measure, rows):
    frame, w = table(rows)
    found = shapley_by_source(frame, measure, w)
    assert found.total == pytest.approx(measure(frame.sum(axis=1), w), rel=1e-12)
    assert found.sources["contribution"].sum() == pytest.approx(found.total, rel=1e-12, abs=1e-13)


def test_shapley_of_a_ratio_adds_up_to_its_distance_from_equality():
    frame = {"a": [1.0, 4.0], "b": [2.0, 1.0]}
    found = shapley_by_source(frame, max_min_ratio)
    assert found.total == pytest.approx(5 / 3 - 1)
    assert found.sources["contribution"].sum() == pytest.approx(found.total)


def test_shapley_of_half_squared_variation_is_the_natural_rule():
    # Shorrocks (2013): with absent sources equalized, the two rules coincide for the variance.
    frame = {"a": [1.0, 4.0, 2.0, 7.0], "b": [2.0, 1.0, 5.0, 5.0], "c": [1.0, 1.0, 0.0, 4.0]}
    w = [1.0, 2.0, 3.0, 1.0]
    shapley = shapley_by_source(frame, partial(generalized_entropy, alpha=2.0), w)
    natural = variance_by_source(frame, w)
    assert shapley.sources["contribution"].tolist() == pytest.approx(
        natural.sources["contribution"].tolist(), rel=1e-12
    )


def test_a_source_all_have_alike_dilutes_only_if_left_out():
    frame = {"uneven": [1.0, 4.0, 2.0], "alike": [3.0, 3.0, 3.0]}
    equalized = shapley_by_source(frame, gini).sources["contribution"]
    zero = shapley_by_source(frame, gini, absent="zero").sources["contribution"]
    assert equalized[1] == pytest.approx(0.0, abs=1e-16)
    assert zero[1] < 0.0
    assert zero.sum() == pytest.approx(equalized.sum())


@pytest.mark.parametrize("seed", range(8))
def test_an_empty_source_may_be_left_out(seed):
    # Without it, a unit that has none of the others comes out zero only up to rounding.
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame(rng.uniform(size=(5, 3)), columns=NAMES).assign(porters=0.0)
    frame.loc[0] = 0.0
    found = shapley_by_source(frame, gini, rng.uniform(1, 2, size=5)).sources["contribution"]
    assert found[3] == pytest.approx(0.0, abs=1e-15)


def split_all(frame, w):
    return [
        gini_by_source(frame, w),
        variance_by_source(frame, w),
        shapley_by_source(frame, gini, w),
        shapley_by_source(frame, gini, w, absent="zero"),
    ]


positive_units = units.filter(lambda rows: all(any(row[k] for row in rows) for k in range(3)))


@settings(max_examples=20)
@given(positive_units, st.randoms(use_true_random=False))
def test_order_of_units_changes_nothing_to_the_last_bit(rows, random):
    shuffled = list(rows)
    random.shuffle(shuffled)
    frame, w = table(rows)
    other, v = table(shuffled)
    for one, two in zip(split_all(frame / 3, w / 7), split_all(other / 3, v / 7), strict=True):
        assert one.total == two.total
        assert one.sources.equals(two.sources)


@settings(max_examples=20)
@given(positive_units)
def test_scale_and_replication_change_nothing(rows):
    frame, w = table(rows)
    again = frame.loc[frame.index.repeat(w.astype(int))].reset_index(drop=True)
    for one, scaled, repeated in zip(
        split_all(frame, w), split_all(17.0 * frame, 3.0 * w), split_all(again, None), strict=True
    ):
        expected = one.sources["contribution"].tolist()
        assert scaled.sources["contribution"].tolist() == pytest.approx(expected, abs=1e-12)
        assert repeated.sources["contribution"].tolist() == pytest.approx(expected, abs=1e-12)


def test_twelve_sources_are_split_and_thirteen_refused():
    rng = np.random.default_rng(1)
    twelve = pd.DataFrame(rng.uniform(size=(6, 12)), columns=[f"k{i}" for i in range(12)])
    found = shapley_by_source(twelve, gini)
    assert found.sources["contribution"].sum() == pytest.approx(gini(twelve.sum(axis=1)))
    with pytest.raises(ParameterError, match="13 sources have 8,192 sets"):
        shapley_by_source(twelve.assign(k12=1.0), gini)


def test_blocks_of_sets_give_what_one_block_gives(monkeypatch):
    frame = {name: np.arange(1.0, 5.0) ** k for k, name in enumerate("abcde")}
    whole = shapley_by_source(frame, gini).sources
    monkeypatch.setattr(components, "_BLOCK", 12)
    parts = shapley_by_source(frame, gini).sources
    assert parts["contribution"].tolist() == pytest.approx(
        whole["contribution"].tolist(), rel=1e-14
    )


def test_one_source_is_all_and_names_are_kept():
    for found in split_all({"posts": [1.0, 4.0]}, None):
        assert found.sources["contribution"].tolist() == pytest.approx([found.total])
        assert found.to_frame()["measure"].tolist() == [found.measure]
        assert found.sources["source"].tolist() == ["posts"]
    named = shapley_by_source({"a": [1.0, 2.0]}, partial(atkinson, epsilon=0.5))
    assert named.measure == "atkinson(epsilon=0.5)"


def test_equal_totals_have_no_shares():
    for found in split_all({"a": [1.0, 2.0], "b": [2.0, 1.0]}, None):
        assert found.total == 0.0
        assert found.sources["contribution_share"].isna().all()


@pytest.mark.parametrize(
    ("sources", "said"),
    [
        ({}, "at least one source"),
        ({"a": [1.0, 2.0], "b": [1.0]}, "differ in length"),
        ({"a": [1.0, -2.0]}, "the mean of the total is -0.5"),
        ({"a": [0.0, 0.0]}, "all sources are zero"),
        (pd.DataFrame([[1.0, 2.0]], columns=["a", "a"]), "name of its own"),
    ],
)
def test_refuses_sources_it_cannot_split(sources, said):
    with pytest.raises(DomainError, match=said):
        gini_by_source(sources)


def test_says_which_sources_a_measure_fails_for():
    frame = {"a": [1.0, 0.0], "b": [2.0, 1.0]}
    with pytest.raises(DomainError, match="not defined for a without the other sources"):
        shapley_by_source(frame, theil_l, absent="zero")
    assert shapley_by_source(frame, theil_l).total == pytest.approx(theil_l([3.0, 1.0]))
    with pytest.raises(ParameterError, match="absent"):
        shapley_by_source(frame, gini, absent="other")
