"""The same plan whatever form its costs come in, one group at a time, and what it says before."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import DomainError, ParameterError
from analysis.redistribution import Limits, Units, great_circle, kilometres, plan_moves
from analysis.redistribution.flows import effort
from analysis.redistribution.flows.min_cost import cheapest_moves

EXAMPLES = settings(max_examples=40, derandomize=True, deadline=None)


def region(seed, n=24, groups=3, closed=0.0):
    """Return units with places, a matrix of costs, and limits."""
    rng = np.random.default_rng(seed)
    labels = [f"unit {i}" for i in rng.permutation(n)]
    need = pd.Series(rng.uniform(1, 9, n), labels)
    staff = pd.Series(rng.poisson(4 * need), labels)
    units = Units.of(staff, need, latitude=rng.uniform(-9, 5, n), longitude=rng.uniform(95, 140, n))
    cost = pd.DataFrame(rng.integers(0, 50, (n, n)), labels, labels).astype(float)
    pairs = rng.permutation(n * n)[: int(closed * n * n)]
    forbidden = [(labels[p // n], labels[p % n]) for p in pairs.tolist() if p // n != p % n]
    limits = {"within": rng.integers(0, groups, n), "forbidden": forbidden or None}
    return units, cost, limits


def as_table(cost, units, open_=None):
    rows = [
        (a, b, cost.loc[a, b])
        for a in units.labels
        for b in units.labels
        if open_ is None or open_.loc[a, b]
    ]
    return pd.DataFrame(rows, columns=["from", "to", "cost"]).sample(frac=1, random_state=1)


@EXAMPLES
@given(st.integers(0, 10_000), st.sampled_from([0.0, 0.3]), st.integers(1, 4))
def test_a_matrix_a_table_and_a_function_give_the_same_plan(seed, closed, groups):
    units, cost, limits = region(seed, groups=groups, closed=closed)
    options = {"limits": Limits(**limits), "unplaced": "stay", "budget": 40}
    matrix = plan_moves(units, cost=cost, **options)
    table = plan_moves(units, cost=as_table(cost, units), **options)
    function = plan_moves(units, cost=lambda a, b: cost.loc[a, b], **options)
    for other in (table, function):
        assert other.moved == matrix.moved
        assert other.cost == matrix.cost
        assert other.duality_gap == matrix.duality_gap == 0.0
        for name in ("leaving", "arriving"):
            np.testing.assert_array_equal(
                getattr(other.flow.prices, name), getattr(matrix.flow.prices, name)
            )


@EXAMPLES
@given(st.integers(0, 10_000))
def test_group_by_group_it_costs_what_one_network_of_all_costs(seed):
    units, cost, limits = region(seed)
    plan = plan_moves(units, cost=cost, limits=Limits(**limits))
    same = np.equal.outer(limits["within"], limits["within"])
    whole = cheapest_moves(plan.losses, plan.gains, cost.to_numpy(), allowed=same)
    assert plan.cost == whole.total_cost
    assert plan.flow.prices.lower_bound == pytest.approx(plan.cost)


@EXAMPLES
@given(st.integers(0, 10_000))
def test_limits_on_pairs_hold_in_every_form(seed):
    units, cost, limits = region(seed, closed=0.2)
    far = great_circle(units.coordinates[:, 0], units.coordinates[:, 1])
    limits = Limits(**limits, max_cost=40, max_distance=3000.0, allowed=far > 100.0)
    at = {label: i for i, label in enumerate(units.labels)}
    plans = [
        plan_moves(units, cost=form, limits=limits, unplaced="stay", distance=given_)
        for form in (cost, as_table(cost, units), lambda a, b: cost.loc[a, b])
        for given_ in (None, far)
    ]
    assert len({(plan.moved, plan.cost) for plan in plans}) == 1
    for move in plans[-1].moves.itertuples():
        i, j = at[move.origin], at[move.destination]
        assert limits.open_pairs(units, cost=cost.to_numpy(), distance=far)[i, j]


def test_only_the_pairs_of_a_table_are_open():
    staff, need = {"A": 5, "B": 1, "C": 0}, {"A": 2.0, "B": 2.0, "C": 2.0}
    table = pd.DataFrame({"from": ["A"], "to": ["C"], "cost": [3.0]})
    with pytest.raises(DomainError, match=r"1 of 3 people cannot be placed.*A"):
        plan_moves(staff, need, cost=table)
    plan = plan_moves(staff, need, cost=table, unplaced="stay")
    assert plan.moves.to_numpy().tolist() == [["A", "C", 2, 6.0]]


@EXAMPLES
@given(st.integers(0, 10_000), st.sampled_from([0.0, 0.2]))
def test_without_costs_as_few_people_move_as_can(seed, closed):
    units, cost, limits = region(seed, closed=closed)
    limits = Limits(**limits)
    plan = plan_moves(units, limits=limits, unplaced="stay")
    ones = plan_moves(units, cost=0 * cost + 1, limits=limits, unplaced="stay")
    assert plan.moved == plan.cost == ones.moved
    np.testing.assert_array_equal(plan.losses, plan.amounts.losses if not closed else plan.losses)
    groups = dict(zip(units.labels, limits.groups(units), strict=True))
    assert plan.moves["origin"].map(groups).equals(plan.moves["destination"].map(groups))
    assert (plan.duality_gap, plan.counts_people) == (0.0, True)
    table = plan.to_frame()
    assert (table["worth_leaving"].dropna() == 0).all()
    assert "no costs were given" in repr(plan)


def test_kilometres_are_those_of_the_matrix():
    units, _, limits = region(4)
    far = great_circle(units.coordinates[:, 0], units.coordinates[:, 1])
    limits = Limits(**limits)
    by_function = plan_moves(units, cost=kilometres(units), limits=limits)
    by_matrix = plan_moves(units, cost=far, limits=limits)
    pd.testing.assert_frame_equal(by_function.moves, by_matrix.moves)
    with pytest.raises(ParameterError, match="no coordinates"):
        kilometres(Units.of([1, 2], [1, 1]))


def test_many_units_inside_groups_hold_no_matrix_of_all_pairs():
    n = 30_000
    rng = np.random.default_rng(0)
    need = rng.uniform(1, 9, n)
    asked = []

    def cost(origins, destinations):
        asked.append(len(origins) * len(destinations))
        return np.abs(np.subtract.outer(origins.astype(float), destinations.astype(float)))

    plan = plan_moves(rng.poisson(need), need, cost=cost, limits=Limits(within=np.arange(n) // 60))
    assert len(asked) == n // 60
    assert max(asked) <= 30 * 30
    assert plan.moved > n / 4
    assert (plan.flow.origins // 60 == plan.flow.destinations // 60).all()


def test_what_does_not_fit_the_memory_is_refused_before_it_is_built(monkeypatch):
    class Memory:
        available = 10_000

    monkeypatch.setattr(effort.psutil, "virtual_memory", Memory)
    units, cost, _ = region(1)
    said = r"pairs of units .* would need about .* GiB, and .* GiB are free.*within.*from, to, cost"
    with pytest.raises(DomainError, match=said):
        plan_moves(units, cost=lambda *_: pytest.fail("built"))
    assert plan_moves(units).moved > 0
    with pytest.raises(DomainError, match="GiB are free"):
        plan_moves(units, cost=cost)


def test_progress_is_told_after_each_group():
    units, cost, limits = region(2)
    seen = []
    plan_moves(units, cost=cost, limits=Limits(**limits), progress=lambda *at: seen.append(at))
    done, everything = zip(*seen, strict=True)
    assert len(seen) == 1 + len(set(limits["within"]))
    assert done[0] == 0
    assert sorted(set(done)) == list(done)
    assert set(everything) == {done[-1]}


def test_long_work_is_announced_and_short_work_is_not(monkeypatch, capsys):
    units, cost, limits = region(2)
    plan_moves(units, cost=cost, limits=Limits(**limits))
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(effort, "_SECONDS", 1.0)
    clock = iter(range(0, 1000, 20))
    monkeypatch.setattr(effort.time, "monotonic", lambda: next(clock))
    plan_moves(units, cost=cost, limits=Limits(**limits))
    first, *later = capsys.readouterr().err.splitlines()
    assert first.startswith("Planning moves over ")
    assert "pairs of units in 3 groups: about " in first
    assert later == ["1 of 3 groups are planned.", "2 of 3 groups are planned."]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"from": ["A", "X"]}, "cost, column from: X is no unit"),
        ({"to": ["B", "A"], "from": ["A", "X"]}, "X is no unit"),
        ({"cost": [1.0, -1.0]}, "cost: the costs must be finite .* B to A"),
        ({"cost": [1.0, None]}, "finite numbers.* B to A"),
        ({"cost": ["1", "2"]}, "cost: the values must be numbers"),
        ({"from": ["A", "A"], "to": ["B", "B"]}, "each pair must occur once; A to B does not"),
    ],
)
def test_bad_tables_are_refused(change, said):
    table = pd.DataFrame({"from": ["A", "B"], "to": ["B", "A"], "cost": [1.0, 2.0]} | change)
    with pytest.raises(DomainError, match=said):
        plan_moves({"A": 3, "B": 1}, {"A": 1, "B": 1}, cost=table)


def test_functions_that_return_something_else_are_refused():
    for answer, said in ((1.0, "shape"), (np.full((1, 1), -1.0), "0 or more"), ("far", "number")):
        with pytest.raises(DomainError, match=said):
            plan_moves({"A": 3, "B": 1}, {"A": 1, "B": 1}, cost=lambda *_, x=answer: x)
