import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import DomainError
from analysis.inequality.decomposition.subgroups import entropy_by_subgroup
from analysis.inequality.measures import generalized_entropy, theil_l, theil_t

ALPHAS = [-1.0, 0.0, 0.25, 0.5, 1.0, 2.0, 3.5]
value = st.integers(1, 40).map(float)
units = st.lists(
    st.tuples(value, st.sampled_from("abcd"), st.integers(1, 9)), min_size=2, max_size=14
)


def columns(rows):
    x, groups, w = zip(*rows, strict=True)
    return np.array(x), np.array(groups), np.array(w, dtype=float)


def entropy(x, w, alpha):
    """Return GE(alpha) as the textbooks write it, unit by unit."""
    total = sum(w)
    mean = sum(a * b for a, b in zip(x, w, strict=True)) / total
    result = 0.0
    for xi, wi in zip(x, w, strict=True):
        r, p = xi / mean, wi / total
        if alpha == 0:
            result -= p * math.log(r)
        elif alpha == 1:
            result += p * r * math.log(r)
        else:
            result += p * (r**alpha - 1) / (alpha * (alpha - 1))
    return result


@settings(max_examples=30)
@given(units)
@pytest.mark.parametrize("alpha", ALPHAS)
def test_parts_agree_with_their_definitions_and_add_up(alpha, rows):
    x, groups, w = columns(rows)
    found = entropy_by_subgroup(x, groups, w, alpha=alpha)
    mean = np.average(x, weights=w)
    within, means, people = 0.0, [], []
    for row in found.groups.itertuples():
        inside = groups == row.group
        share, average = w[inside].sum() / w.sum(), np.average(x[inside], weights=w[inside])
        index = entropy(x[inside], w[inside], alpha)
        assert row.index == pytest.approx(index, rel=1e-9, abs=1e-13)
        assert (row.population_share, row.mean) == pytest.approx((share, average))
        assert row.value_share == pytest.approx(share * average / mean)
        assert row.within == pytest.approx(share * (average / mean) ** alpha * index, abs=1e-13)
        assert min(row.within, row.between) >= 0.0
        within += row.within
        means.append(average)
        people.append(share)
    assert found.within == pytest.approx(within, rel=1e-12, abs=1e-15)
    assert found.between == pytest.approx(entropy(means, people, alpha), rel=1e-9, abs=1e-13)
    total = generalized_entropy(x, w, alpha=alpha)
    assert found.within + found.between == pytest.approx(total, rel=1e-12, abs=1e-15)
    assert found.total == found.within + found.between
    if total > 1e-12:
        assert found.groups["share"].sum() == pytest.approx(1.0, rel=1e-12)


@settings(max_examples=30)
@given(units, st.randoms(use_true_random=False))
@pytest.mark.parametrize("alpha", [0.0, 1.0, 2.0])
def test_order_changes_nothing_to_the_last_bit(alpha, rows, random):
    shuffled = list(rows)
    random.shuffle(shuffled)
    x, groups, w = columns(rows)
    y, labels, v = columns(shuffled)
    one = entropy_by_subgroup(x / 3, groups, w / 7, alpha=alpha)
    other = entropy_by_subgroup(y / 3, labels, v / 7, alpha=alpha)
    assert (one.within, one.between) == (other.within, other.between)
    assert one.groups.equals(other.groups)


@settings(max_examples=30)
@given(units)
@pytest.mark.parametrize("alpha", [-1.0, 0.0, 1.0, 2.0])
def test_scale_and_replication_change_nothing(alpha, rows):
    x, groups, w = columns(rows)
    again = w.astype(int)
    found = entropy_by_subgroup(x, groups, w, alpha=alpha)
    scaled = entropy_by_subgroup(17.0 * x, groups, 3.0 * w, alpha=alpha)
    repeated = entropy_by_subgroup(np.repeat(x, again), np.repeat(groups, again), alpha=alpha)
    for other in (scaled, repeated):
        assert (other.within, other.between) == pytest.approx(
            (found.within, found.between), rel=1e-10, abs=1e-14
        )


@settings(max_examples=30)
@given(units)
@pytest.mark.parametrize("alpha", ALPHAS)
def test_more_inequality_in_a_group_of_unchanged_mean_is_more_inequality(alpha, rows):
    x, groups, _ = columns(rows)
    before = entropy_by_subgroup(np.append(x, [8.0, 8.0]), [*groups, "z", "z"], alpha=alpha)
    after = entropy_by_subgroup(np.append(x, [4.0, 12.0]), [*groups, "z", "z"], alpha=alpha)
    assert after.within > before.within
    assert after.between == pytest.approx(before.between, rel=1e-9, abs=1e-14)


@pytest.mark.parametrize("alpha", ALPHAS)
def test_special_groupings(alpha):
    x = [1.0, 2.0, 4.0, 9.0]
    one = entropy_by_subgroup(x, ["all"] * 4, alpha=alpha)
    assert one.between == 0.0
    assert one.within == pytest.approx(generalized_entropy(x, alpha=alpha), rel=1e-14)
    each = entropy_by_subgroup(x, [1, 2, 3, 4], alpha=alpha)
    assert each.within == 0.0
    same = entropy_by_subgroup(x * 2, [1] * 4 + [2] * 4, alpha=alpha)
    assert same.between == pytest.approx(0.0, abs=1e-16)
    equal = entropy_by_subgroup([5.0] * 4, [1, 1, 2, 2], alpha=alpha)
    assert (equal.within, equal.between) == (0.0, 0.0)
    assert equal.groups["share"].isna().all()
    assert equal.to_frame()["share"].isna().all()


@pytest.mark.parametrize("alpha", [0.1, 0.4, 1.0, 2.0, 3.0])
def test_a_group_with_nothing_has_no_inequality_inside(alpha):
    x, groups = [0.0, 0.0, 2.0, 6.0], ["none", "none", "some", "some"]
    found = entropy_by_subgroup(x, groups, alpha=alpha)
    assert found.groups["index"][0] == found.groups["within"][0] == 0.0
    assert found.total == pytest.approx(entropy(x, [1] * 4, alpha) if alpha != 1 else theil_t(x))


@pytest.mark.parametrize(("alpha", "measure"), [(0.0, theil_l), (1.0, theil_t)])
def test_nearly_equal_values_lose_no_digits(alpha, measure):
    rng = np.random.default_rng(5)
    x, groups = 1e6 + rng.normal(size=400), rng.integers(0, 5, size=400)
    found = entropy_by_subgroup(x, groups, alpha=alpha)
    assert found.total == pytest.approx(measure(x), rel=1e-12)
    means = np.array([x[groups == g].mean() - 1e6 for g in range(5)])
    people = np.bincount(groups) / 400
    between = people @ (means - people @ means) ** 2 / 2e12
    assert found.between == pytest.approx(between, rel=1e-5)


@pytest.mark.parametrize("alpha", ALPHAS)
def test_values_of_any_size_add_up(alpha):
    rng = np.random.default_rng(7)
    x, groups = np.exp(rng.uniform(0.0, np.log(1e12), 300)), rng.integers(0, 6, size=300)
    found = entropy_by_subgroup(x, groups, alpha=alpha)
    assert found.total == pytest.approx(generalized_entropy(x, alpha=alpha), rel=1e-12)


@pytest.mark.parametrize("limit", [0.0, 1.0])
@pytest.mark.parametrize("step", [-1e-9, 1e-9])
def test_the_theil_indexes_are_limits(limit, step):
    x, groups = [1.0, 2.0, 4.0, 9.0, 3.0], ["a", "a", "b", "b", "b"]
    at = entropy_by_subgroup(x, groups, alpha=limit)
    near = entropy_by_subgroup(x, groups, alpha=limit + step)
    assert near.within == pytest.approx(at.within, rel=2e-8)
    assert near.between == pytest.approx(at.between, rel=2e-8)


def test_frame_and_label_order():
    found = entropy_by_subgroup([1.0, 2.0, 5.0], ["b", "a", "b"])
    assert found.groups["group"].tolist() == ["a", "b"]
    frame = found.to_frame().set_index("component")
    assert frame["value"].tolist() == [found.within, found.between, found.total]
    assert frame["share"].sum() == pytest.approx(2.0)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (([1.0, 2.0], ["a"]), "one label for each of 2 units"),
        (([1.0, 2.0], ["a", None]), "label is missing at positions 1"),
        (([0.0, 2.0], ["a", "b"], None, 0.0), "x > 0"),
        (([0.0, 0.0], ["a", "b"]), "zero"),
        (([1.0, 2.0], ["a", "b"], [1.0, -1.0]), "weights"),
        (([1.0, 2.0], ["a", "b"], None, math.nan), "finite"),
    ],
)
def test_refuses_what_it_cannot_split(arguments, said):
    *data, alpha = (*arguments, 1.0) if len(arguments) < 4 else arguments
    with pytest.raises(DomainError, match=said):
        entropy_by_subgroup(*data, alpha=alpha)
