import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import DomainError
from analysis.inequality.curves.concentration import concentration_index
from analysis.inequality.decomposition.gini_subgroups import dagum_by_subgroup, gini_by_subgroup
from analysis.inequality.measures import gini

value = st.integers(0, 40).map(float)
units = st.lists(
    st.tuples(value, st.sampled_from("abcd"), st.integers(1, 9)), min_size=2, max_size=14
).filter(lambda rows: any(row[0] for row in rows))


def columns(rows):
    x, groups, w = zip(*rows, strict=True)
    return np.array(x), np.array(groups), np.array(w, dtype=float)


def excess(x, w, y, v):
    """Return `E max(X - Y, 0)` by pairs."""
    pairs = sum(
        wi * vj * max(xi - yj, 0.0)
        for xi, wi in zip(x, w, strict=True)
        for yj, vj in zip(y, v, strict=True)
    )
    return pairs / (sum(w) * sum(v))


@settings(max_examples=60)
@given(units)
def test_dagum_agrees_with_sums_over_pairs_of_units(rows):
    x, groups, w = columns(rows)
    found = dagum_by_subgroup(x, groups, w)
    people = {g: w[groups == g].sum() / w.sum() for g in set(groups)}
    held = {g: (w * x)[groups == g].sum() / (w @ x) for g in set(groups)}
    close = {"rel": 1e-11, "abs": 1e-13}
    for row in found.pairs.itertuples():
        rich, poor = groups == row.richer, groups == row.poorer
        d, p = (
            excess(x[rich], w[rich], x[poor], w[poor]),
            excess(x[poor], w[poor], x[rich], w[rich]),
        )
        means = np.average(x[rich], weights=w[rich]) + np.average(x[poor], weights=w[poor])
        assert (row.affluence, row.overlap) == pytest.approx((d, p), **close)
        between = (d + p) / means if means else 0.0
        assert row.gini == pytest.approx(between, **close)
        assert found.matrix.loc[row.richer, row.poorer] == row.gini
        relative = (d - p) / (d + p) if d + p else 0.0
        assert row.relative_affluence == pytest.approx(relative, **close)
        assert 0.0 <= row.relative_affluence <= 1.0 + 1e-12
        weight = people[row.richer] * held[row.poorer] + people[row.poorer] * held[row.richer]
        assert row.net_between == pytest.approx(between * relative * weight, **close)
        assert row.transvariation == pytest.approx(between * (1 - relative) * weight, **close)
    for row in found.groups.itertuples():
        inside = groups == row.group
        index = gini(x[inside], w[inside]) if x[inside].any() else 0.0
        assert row.gini == pytest.approx(index, **close)
        assert found.matrix.loc[row.group, row.group] == pytest.approx(index, **close)
        assert row.within == pytest.approx(people[row.group] * held[row.group] * index, **close)
    assert found.within == pytest.approx(found.groups["within"].sum(), **close)


@settings(max_examples=100)
@given(units)
def test_both_add_up_to_the_gini_and_agree(rows):
    x, groups, w = columns(rows)
    pyatt, dagum = gini_by_subgroup(x, groups, w), dagum_by_subgroup(x, groups, w)
    assert pyatt.total == pytest.approx(gini(x, w), rel=1e-12, abs=1e-15)
    assert dagum.total == pytest.approx(gini(x, w), rel=1e-12, abs=1e-15)
    assert pyatt.within == pytest.approx(dagum.within, rel=1e-12, abs=1e-15)
    assert pyatt.between == pytest.approx(dagum.net_between, rel=1e-12, abs=1e-15)
    assert pyatt.overlap == pytest.approx(dagum.transvariation, abs=1e-14)
    assert min(pyatt.within, pyatt.between, pyatt.overlap) >= 0.0


@settings(max_examples=60)
@given(units)
def test_overlap_is_what_ranking_by_groups_first_misses(rows):
    # Lambert and Aronson (1993): Gini less concentration of units ranked by group mean, then value.
    x, groups, w = columns(rows)
    means = {g: np.average(x[groups == g], weights=w[groups == g]) for g in set(groups)}
    lexicographic = sorted({(means[g], g, v) for g, v in zip(groups, x, strict=True)})
    rank = [lexicographic.index((means[g], g, v)) for g, v in zip(groups, x, strict=True)]
    overlap = gini(x, w) - concentration_index(x, rank, w)
    found = gini_by_subgroup(x, groups, w)
    assert found.overlap == pytest.approx(overlap, abs=1e-13)


@settings(max_examples=30)
@given(units, st.randoms(use_true_random=False))
def test_order_changes_nothing_to_the_last_bit(rows, random):
    shuffled = list(rows)
    random.shuffle(shuffled)
    x, groups, w = columns(rows)
    y, labels, v = columns(shuffled)
    for split in (gini_by_subgroup, dagum_by_subgroup):
        one, other = split(x / 3, groups, w / 7), split(y / 3, labels, v / 7)
        assert one.to_frame().equals(other.to_frame())
        assert one.groups.equals(other.groups)


@settings(max_examples=30)
@given(units)
def test_scale_and_replication_change_nothing(rows):
    x, groups, w = columns(rows)
    again = w.astype(int)
    for split in (gini_by_subgroup, dagum_by_subgroup):
        found = split(x, groups, w).to_frame()["value"].tolist()
        scaled = split(17.0 * x, groups, 3.0 * w).to_frame()["value"].tolist()
        repeated = split(np.repeat(x, again), np.repeat(groups, again)).to_frame()["value"].tolist()
        assert scaled == pytest.approx(found, abs=1e-13)
        assert repeated == pytest.approx(found, abs=1e-13)


def test_special_groupings():
    x = [1.0, 2.0, 4.0, 9.0]
    one = dagum_by_subgroup(x, ["all"] * 4)
    assert (one.within, one.net_between, one.transvariation) == (pytest.approx(gini(x)), 0.0, 0.0)
    assert one.pairs.empty
    each = dagum_by_subgroup(x, [1, 2, 3, 4])
    assert each.within == 0.0
    apart = dagum_by_subgroup(x, ["low", "low", "high", "high"])
    assert apart.transvariation == 0.0
    assert apart.pairs["relative_affluence"].tolist() == [1.0]
    same = dagum_by_subgroup(x * 2, [1] * 4 + [2] * 4)
    assert same.net_between == pytest.approx(0.0, abs=1e-16)
    assert same.transvariation == pytest.approx(same.within) == pytest.approx(gini(x) / 2)
    equal = gini_by_subgroup([5.0] * 4, [1, 1, 2, 2])
    assert equal.total == 0.0
    assert equal.groups["share"].isna().all()


def test_nearly_equal_values_lose_no_digits():
    rng = np.random.default_rng(5)
    away, groups = rng.integers(-500, 500, size=60) / 64.0, rng.integers(0, 4, size=60)
    near, exact = 2.0**30 + away, 600.0 + away
    for split in (gini_by_subgroup, dagum_by_subgroup):
        found = split(near, groups).to_frame()["value"] * near.mean()
        expected = split(exact, groups).to_frame()["value"] * exact.mean()
        assert found.tolist() == pytest.approx(expected.tolist(), rel=1e-11)


def test_refuses_what_it_cannot_split():
    for split in (gini_by_subgroup, dagum_by_subgroup):
        with pytest.raises(DomainError, match="negative"):
            split([-1.0, 2.0], ["a", "b"])
        with pytest.raises(DomainError, match="label is missing"):
            split([1.0, 2.0], ["a", None])
