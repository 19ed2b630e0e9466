"""The balance in years to come, against people who are counted one by one."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import DataError, DomainError
from analysis.redistribution import (
    FamilyUnits,
    balances_ahead,
    plan_with_substitution,
    regretted_moves,
    vacancies_to_keep,
)

N, F, YEARS = 3, 2, 3
NONE = pd.DataFrame(columns=["from_family", "to_family", "penalty"])
UNITS, FAMILIES = list("ABC"), ["guru", "perawat"]


@st.composite
def situations(draw):
    """Staff, need, and people who leave in each year: never more than there are."""
    cells = st.lists(st.integers(0, 9), min_size=N * F, max_size=N * F)
    staff = np.array(draw(cells)).reshape(N, F)
    need = np.array(draw(cells)).reshape(N, F) + draw(st.sampled_from([0.0, 0.4]))
    left, leaving = staff.copy(), []
    for _ in range(YEARS):
        gone = np.minimum(np.array(draw(cells)).reshape(N, F) // 3, left)
        left = left - gone
        leaving.append(frame(gone))
    return FamilyUnits.of(frame(staff), frame(need), as_given=True), leaving


def frame(values):
    return pd.DataFrame(values, UNITS, FAMILIES)


def short(staff, need):
    return math.ceil(max(need - staff, 0) - 1e-9)


def over(staff, need):
    return math.floor(max(staff - need, 0) + 1e-9)


@settings(max_examples=25, derandomize=True, deadline=None)
@given(situations())
def test_each_year_counts_the_people_who_are_left(situation):
    units, leaving = situation
    table = balances_ahead(units, leaving)
    assert len(table) == (YEARS + 1) * F
    for row in table.itertuples():
        f = FAMILIES.index(row.family)
        gone = sum(who.to_numpy()[:, f] for who in leaving[: row.year])
        pairs = list(zip(units.staff[:, f] - gone, units.need[:, f], strict=True))
        assert row.shortage == sum(short(*pair) for pair in pairs)
        assert row.surplus == sum(over(*pair) for pair in pairs)


@settings(max_examples=25, derandomize=True, deadline=None)
@given(situations())
def test_what_is_regretted_is_the_shortage_that_the_plan_leaves_where_it_took(situation):
    units, leaving = situation
    plan = plan_with_substitution(units, cost=np.ones((N, N)), substitution=NONE)
    found = regretted_moves(units, plan.moves, leaving)
    gone = sum(who.to_numpy() for who in leaving)
    for u, unit in enumerate(UNITS):
        for f, family in enumerate(FAMILIES):
            out = plan.moves[(plan.moves["origin"] == unit) & (plan.moves["family"] == family)]
            taken, left = int(out["people"].sum()), units.staff[u, f] - gone[u, f]
            more = short(max(left - taken, 0), units.need[u, f]) - short(left, units.need[u, f])
            mine = found[(found["origin"] == unit) & (found["family"] == family)]
            assert mine["regretted"].sum() == min(more, taken)
    assert (found["regretted"] <= found["people"]).all()


@settings(max_examples=25, derandomize=True, deadline=None)
@given(situations())
def test_a_post_that_is_kept_vacant_leaves_nobody_short(situation):
    units, leaving = situation
    kept = vacancies_to_keep(units, leaving).to_numpy()
    gone = sum(who.to_numpy() for who in leaving)
    assert (kept <= gone).all()
    for here, need, n in zip(units.staff.ravel(), units.need.ravel(), kept.ravel(), strict=True):
        assert n == 0 or here - n >= need
    more = (kept < gone) & (units.staff - kept - 1 >= units.need)
    assert not more.any()


def test_the_dearest_moves_are_regretted_first():
    staff = pd.DataFrame({"guru": [9, 3, 3]}, index=UNITS)
    units = FamilyUnits.of(staff, pd.DataFrame({"guru": [6, 5, 4]}, index=UNITS))
    cost = np.array([[0.0, 1.0, 7.0], [1.0, 0.0, 1.0], [7.0, 1.0, 0.0]])
    plan = plan_with_substitution(units, cost=cost, substitution=NONE)
    gone = [pd.DataFrame({"guru": [2, 0, 0]}, index=UNITS)]
    found = regretted_moves(units, plan.moves, gone)
    assert found[["destination", "regretted"]].to_numpy().tolist() == [["B", 1], ["C", 1]]
    assert balances_ahead(units, gone, staff_after=plan.staff_after)["shortage"].tolist() == [0, 2]


def test_more_who_leave_than_there_are_is_refused():
    units = FamilyUnits.of(frame(np.ones((N, F))), frame(np.ones((N, F))), as_given=True)
    many = [frame(np.ones((N, F)))] * 2
    for ask in (balances_ahead, vacancies_to_keep):
        with pytest.raises(DomainError, match=r"no more than the staff there is.*A, guru: 2"):
            ask(units, many)
    with pytest.raises(DataError, match="column origin is missing"):
        regretted_moves(units, pd.DataFrame(), many)
