"""Plans in whole people against every other plan there is."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from analysis.inequality import gini
from analysis.redistribution.frontiers.reachable import frontier
from analysis.redistribution.frontiers.targets import target_amounts
from analysis.redistribution.frontiers.whole_people import evened, most_even

EXAMPLES = settings(max_examples=80, derandomize=True, deadline=None)
EXACT = 1e-12


def every_allocation(people, units):
    """Return every way to share people out among units, one a row."""
    bars = np.array(list(itertools.combinations(range(people + units - 1), units - 1)))
    edges = np.pad(bars, ((0, 0), (1, 1)), constant_values=((0, 0), (-1, people + units - 1)))
    return np.diff(edges, axis=1) - 1


def ginis(allocations, need):
    first, second = np.triu_indices(need.size, 1)
    apart = np.abs(allocations[:, first] * need[second] - allocations[:, second] * need[first])
    return apart.sum(axis=1) / (allocations[0].sum() * need.sum())


def hoovers(allocations, need):
    people = allocations[0].sum()
    return np.maximum(allocations - people / need.sum() * need, 0).sum(axis=1) / people


def squares(allocations, need):
    return (allocations**2 / need).sum(axis=1)


def small_cases():
    """Yield staff and need: all of two units, and many of three and four."""
    for staff in itertools.product(range(6), repeat=2):
        for need in itertools.product((1.0, 2.0, 5.0), repeat=2):
            if sum(staff):
                yield np.array(staff), np.array(need)
    rng = np.random.default_rng(7)
    for units, most, cases in ((3, 6, 250), (4, 4, 150), (5, 2, 50)):
        for case in range(cases):
            staff = rng.integers(0, most + 1, units)
            staff[0] += 1
            whole = rng.integers(1, 7, units).astype(float)
            yield staff, whole if case % 2 else rng.uniform(0.3, 6.0, units)
    yield np.array([4, 0, 0, 0]), np.array([5.0, 4.0, 4.0, 4.0])


def test_of_all_plans_of_any_number_of_moves_none_has_a_lower_gini():
    plans, off = 0, 0
    for staff, need in small_cases():
        every = every_allocation(int(staff.sum()), staff.size)
        moves = np.maximum(staff - every, 0).sum(axis=1)
        left, uneven = ginis(every, need), hoovers(every, need)
        found = frontier(staff, need)
        for k in range(int(staff.sum()) + 1):
            plan = found.plan(k)
            within = moves <= k
            here = np.flatnonzero((every == plan.staff_after).all(axis=1))[0]
            assert within[here]
            assert left[here] == pytest.approx(left[within].min(), abs=EXACT)
            for index, gap, bound in (
                (left, plan.gini_gap, found.gini(k)),
                (uneven, plan.hoover_gap, found.hoover(k)),
            ):
                assert float(bound) <= index[within].min() + EXACT
                assert index[here] - index[within].min() <= gap + EXACT
                assert gap == pytest.approx(index[here] - float(bound), abs=EXACT)
            plans += 1
            off += uneven[here] > uneven[within].min() + EXACT
    assert plans > 5000
    assert off < 0.02 * plans  # what is best for the Gini need not be for the Hoover index


def test_beyond_the_turning_point_the_last_person_moves_too():
    found = frontier([4, 0, 0, 0], [5, 4, 4, 4])
    assert found.most_moves < 3
    plan = found.plan(3)
    assert plan.staff_after.tolist() == [1, 1, 1, 1]
    assert plan.gini_gap == pytest.approx(gini([1 / 5, 1 / 4, 1 / 4, 1 / 4], [5, 4, 4, 4]))
    assert found.plan(4).moves == 3  # a fourth would make nothing more even


@st.composite
def bounded(draw, largest=4, people=5, groups=2):
    n = draw(st.integers(2, largest))
    staff = draw(hnp.arrays(np.int64, n, elements=st.integers(0, people)))
    need = draw(
        hnp.arrays(np.float64, n, elements=st.sampled_from([0.5, 1.0, 2.0, 3.0, 7.0, 40.0]))
    )
    least = np.floor(staff * draw(hnp.arrays(np.float64, n, elements=st.floats(0, 1))))
    most = staff + draw(hnp.arrays(np.int64, n, elements=st.integers(0, people)))
    labels = draw(hnp.arrays(np.int64, n, elements=st.integers(0, groups - 1)))
    labels = np.unique(labels, return_inverse=True)[1]
    return staff, need, least.astype(np.int64), most, labels, draw(st.integers(0, 2 * people))


def every_plan(staff, least, most, groups, budget):
    """Return every staff afterwards that the limits allow."""
    ranges = [range(low, high + 1) for low, high in zip(least, most, strict=True)]
    after = np.array(list(itertools.product(*ranges)))
    for group in range(groups.max() + 1):
        inside = groups == group
        after = after[after[:, inside].sum(axis=1) == staff[inside].sum()]
    return after[np.maximum(staff - after, 0).sum(axis=1) <= budget]


@EXAMPLES
@given(bounded())
def test_within_limits_and_groups_no_plan_has_a_lower_variance(case):
    staff, need, least, most, groups, budget = case
    every = every_plan(staff, least, most, groups, budget)
    losses, gains = target_amounts(staff, need, staff - least, most - staff, budget, groups)
    after = staff - losses + gains
    assert (every == after).all(axis=1).any()
    if groups.max() > 0:
        lowest = squares(every, need).min()
        assert squares(after[None], need)[0] == pytest.approx(lowest, rel=EXACT, abs=EXACT)
    elif staff.sum():
        assert ginis(after[None], need)[0] == pytest.approx(ginis(every, need).min(), abs=EXACT)


@EXAMPLES
@given(bounded(groups=1), st.integers(0, 3), st.integers(0, 9))
def test_the_search_does_not_depend_on_where_it_begins(case, arriving, seed):
    staff, need, least, most, groups, budget = case
    arriving = np.array([min(arriving, int((most - staff).sum()))])
    found = [
        most_even(staff, need, least, most, near, budget=budget, groups=groups, arriving=arriving)
        for near in (staff * 1.0, least * 1.0, np.random.default_rng(seed).uniform(least, most))
    ]
    after = [staff - losses + gains for losses, gains in found]
    lowest = [squares(one[None], need)[0] for one in after]
    assert lowest == pytest.approx([lowest[0]] * 3)
    assert [one.sum() for one in after] == [staff.sum() + arriving[0]] * 3


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("units", [40, 700])
def test_no_exchange_of_one_person_among_many_units_lowers_the_gini(units, seed):
    rng = np.random.default_rng(seed)
    need = rng.lognormal(1.5, 0.8, units)
    staff = rng.poisson(need)
    none, room = 0 * staff, staff + int(staff.sum())
    budget = int(0.5 * frontier(staff, need).most_moves) if seed % 2 else int(staff.sum())
    after = frontier(staff, need).plan(budget).staff_after
    again = evened(after, staff, need, none, room, budget=budget)
    assert again.tolist() == after.tolist()
    left = gini(after / need, need)
    for i, j in rng.integers(0, units, (4000, 2)).tolist():
        other = after.copy()
        other[[i, j]] += -1, 1
        if i != j and other[i] >= 0 and np.maximum(staff - other, 0).sum() <= budget:
            assert gini(other / need, need) >= left * (1 - 1e-10)


@pytest.mark.parametrize("budget", [60, 10_000])
@pytest.mark.parametrize("room", [1, 10_000])
def test_many_exchanges_at_once_even_out_within_limits_and_budget(room, budget):
    rng = np.random.default_rng(0)
    need = rng.lognormal(0.0, 0.8, 700)
    staff = rng.poisson(0.3 * need)
    least, most = np.maximum(staff - room, 0), staff + rng.integers(0, 2 * room, 700)
    after = evened(staff, staff, need, least, most, budget=budget)
    assert after.sum() == staff.sum()
    assert ((least <= after) & (after <= most)).all()
    assert 0 < np.maximum(staff - after, 0).sum() <= budget
    assert gini(after / need, need) < gini(staff / need, need)


@pytest.mark.parametrize("spread", [3.0, 5.0])
@pytest.mark.parametrize("seed", range(5))
def test_very_skewed_need_is_planned_like_any_other(spread, seed):
    rng = np.random.default_rng(seed)
    need = rng.lognormal(0.0, spread, 60)
    staff = rng.integers(0, 10**6, 60)
    found = frontier(staff, need)
    for k in (0, 1, int(0.3 * staff.sum()), int(found.most_moves), int(staff.sum())):
        plan = found.plan(k)
        assert plan.moves <= k
        assert plan.staff_after.sum() == staff.sum()
        losses, gains = target_amounts(staff, need, staff, staff.sum() - staff, k, 0 * staff)
        np.testing.assert_array_equal(staff - losses + gains, plan.staff_after)
