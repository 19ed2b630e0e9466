import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import DomainError
from analysis.inequality.decomposition.nested_subgroups import nested_entropy
from analysis.inequality.decomposition.subgroups import entropy_by_subgroup
from analysis.inequality.measures import generalized_entropy

ALPHAS = [0.0, 1.0, 2.0, -0.5]
value = st.integers(1, 40).map(float)
units = st.lists(st.tuples(value, st.integers(0, 6), st.integers(1, 9)), min_size=2, max_size=16)


def columns(rows):
    x, province, w = (np.array(column, dtype=float) for column in zip(*rows, strict=True))
    return x, province.astype(int), province.astype(int) // 3, w


@settings(max_examples=30)
@given(units)
@pytest.mark.parametrize("alpha", ALPHAS)
def test_each_level_is_a_split_of_its_own_and_all_add_up(alpha, rows):
    x, province, island, w = columns(rows)
    found = nested_entropy(x, province, island, w, alpha=alpha)
    by_island = entropy_by_subgroup(x, island, w, alpha=alpha)
    by_province = entropy_by_subgroup(x, province, w, alpha=alpha)
    close = {"rel": 1e-11, "abs": 1e-14}
    assert found.between_outer == pytest.approx(by_island.between, **close)
    assert found.within_inner == pytest.approx(by_province.within, **close)
    assert found.between_outer + found.between_inner == pytest.approx(by_province.between, **close)
    assert found.total == pytest.approx(
        generalized_entropy(x, w, alpha=alpha), rel=1e-12, abs=1e-15
    )
    assert found.outer["index"].tolist() == pytest.approx(
        by_island.groups["index"].tolist(), **close
    )
    assert found.inner["index"].tolist() == pytest.approx(
        by_province.groups["index"].tolist(), **close
    )
    for column in ("between_inner", "within_inner"):
        inside = found.inner.groupby("outer")[column].sum()
        assert found.outer[column].tolist() == pytest.approx(inside.tolist(), **close)
        assert found.outer[column].sum() == pytest.approx(getattr(found, column), **close)
    if found.total > 1e-12:
        assert found.outer["share"].sum() == pytest.approx(1.0)


@settings(max_examples=20)
@given(units, st.randoms(use_true_random=False))
def test_order_changes_nothing_to_the_last_bit(rows, random):
    shuffled = list(rows)
    random.shuffle(shuffled)
    one = nested_entropy(*columns(rows)[:3], columns(rows)[3] / 7)
    other = nested_entropy(*columns(shuffled)[:3], columns(shuffled)[3] / 7)
    assert one.to_frame().equals(other.to_frame())
    assert one.outer.equals(other.outer)
    assert one.inner.equals(other.inner)


def test_theil_t_by_hand():
    # Two islands; the first has provinces a (means 2 and 6: mean 4) and b (1 unit of 4).
    x = [2.0, 6.0, 4.0, 8.0]
    found = nested_entropy(x, ["a", "a", "b", "c"], ["W", "W", "W", "E"])
    outer = 0.6 * np.log(0.6 / 0.75) + 0.4 * np.log(0.4 / 0.25)
    within = (8 / 20) * (0.25 * np.log(0.5) + 0.75 * np.log(1.5))
    assert found.between_outer == pytest.approx(outer)
    assert found.between_inner == pytest.approx(0.0, abs=1e-16)
    assert found.within_inner == pytest.approx(within)


@pytest.mark.parametrize("alpha", [0.25, 1.0, 2.0])
def test_empty_islands_are_allowed(alpha):
    x = [0.0, 0.0, 0.0, 3.0, 1.0]
    found = nested_entropy(x, list("aabcd"), ["E", "E", "E", "W", "W"], alpha=alpha)
    assert found.total == pytest.approx(generalized_entropy(x, alpha=alpha))
    assert found.outer["index"][0] == 0.0


def test_equal_values_have_no_share():
    found = nested_entropy([2.0, 2.0], ["a", "b"], ["W", "W"])
    assert found.total == 0.0
    assert found.outer["share"].isna().all()
    assert found.inner["share"].isna().all()


def test_refuses_a_province_in_two_islands():
    with pytest.raises(DomainError, match="'a' lies in two outer groups"):
        nested_entropy([1.0, 2.0, 3.0], ["b", "a", "a"], ["E", "E", "W"])
    with pytest.raises(DomainError, match="outer: expected one label"):
        nested_entropy([1.0, 2.0], ["b", "a"], ["E"])
    with pytest.raises(DomainError, match="inner: the label is missing at positions 1"):
        nested_entropy([1.0, 2.0], ["b", None], ["E", "E"])
