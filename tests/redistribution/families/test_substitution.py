import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from analysis.errors import DataError, DomainError, ParameterError
from analysis.redistribution.families import changes as columns
from analysis.redistribution.families import coupled, substitution
from analysis.redistribution.families.substitution import plan_with_substitution
from analysis.redistribution.limits import Limits

FAMILIES = ["teacher", "nurse", "midwife"]


def frame(values):
    values = np.asarray(values)
    units = [f"unit {i}" for i in range(values.shape[0])]
    return pd.DataFrame(values, index=units, columns=FAMILIES[: values.shape[1]])


def table(rows=()):
    return pd.DataFrame(rows, columns=["from_family", "to_family", "penalty"])


def planned(staff, need, *, budget=None, unfilled=None, cost=None, substitution=None, **limits):
    return plan_with_substitution(
        staff,
        need,
        cost=cost,
        substitution=substitution,
        budget=budget,
        unfilled=unfilled,
        limits=Limits(**limits),
    )


def random_case(seed, n, families, most, *, caps):
    """Staff, need and options, drawn so that shortages, surpluses and caps all occur."""
    rng = np.random.default_rng(seed)
    staff = rng.integers(0, most + 1, (n, families))
    need = np.maximum(staff + rng.integers(-most, most + 1, (n, families)), 0)
    rows = [
        (FAMILIES[f], FAMILIES[g], int(rng.integers(0, 9)))
        for f, g in itertools.permutations(range(families), 2)
        if rng.random() < 0.6
    ]
    options = {"cost": rng.integers(0, 12, (n, n)), "substitution": table(rows)}
    if caps:
        options["most_leaving"] = rng.integers(0, 2 * most, n)
        options["capacity"] = rng.integers(0, 2 * most, n)
        options["budget"] = int(rng.integers(0, staff.sum() + 1))
        options["allowed"] = rng.random((n, n)) < 0.8
    return frame(staff), frame(need), options


def changes(staff, need, options):
    """Every permitted change, as (unit, family, unit, family, cost), and surplus and shortage."""
    gap = staff.to_numpy() - need.to_numpy()
    surplus, shortage = np.floor(np.maximum(gap, 0)), np.ceil(np.maximum(-gap, 0))
    rows = options["substitution"].itertuples(index=False)
    penalty = {(a, b): p for a, b, p in rows} | {(f, f): 0 for f in FAMILIES}
    found = []
    for (i, f), (j, g) in itertools.product(np.argwhere(surplus), np.argwhere(shortage)):
        pair = (FAMILIES[f], FAMILIES[g])
        if pair in penalty and (i == j or options.get("allowed", np.ones((9, 9)))[i, j]):
            move = 0 if i == j else options["cost"][i][j]
            found.append((int(i), int(f), int(j), int(g), move + penalty[pair]))
    return found, surplus, shortage


def limits(staff, need, options):
    """Rows and right-hand sides of all limits, written out one by one."""
    every, surplus, shortage = changes(staff, need, options)
    rows, right = [], []
    for post in np.ndindex(surplus.shape):
        rows += [[e[:2] == post for e in every], [e[2:4] == post for e in every]]
        right += [surplus[post], shortage[post]]
    for unit in range(len(staff)):
        for key, side in (("most_leaving", 0), ("capacity", 2)):
            if key in options:
                rows.append([e[side] == unit and e[0] != e[2] for e in every])
                right.append(options[key][unit])
    if "budget" in options:
        rows.append([True] * len(every))
        right.append(options["budget"])
    return np.array(rows, dtype=float), np.array(right, dtype=float), every


def best_by_brute_force(staff, need, options):
    rows, right, every = limits(staff, need, options)
    if not every:
        return 0, 0.0
    ranges = [range(int(min(right[row > 0])) + 1) for row in rows.T]
    plans = np.array(list(itertools.product(*ranges)), dtype=float)
    plans = plans[(plans @ rows.T <= right).all(axis=1)]
    filled = plans.sum(axis=1)
    costs = plans @ np.array([e[4] for e in every], dtype=float)
    return int(filled.max()), float(costs[filled == filled.max()].min())


def best_by_program(staff, need, options, *, whole):
    rows, right, every = limits(staff, need, options)
    if not every:
        return 0, 0.0
    kind = np.ones(len(every), dtype=int) if whole else None
    most = linprog(-np.ones(len(every)), A_ub=rows, b_ub=right, integrality=kind, method="highs")
    filled = round(-most.fun, 6)
    costs = [e[4] for e in every]
    one = np.ones((1, len(every)))
    least = linprog(
        costs, A_ub=rows, b_ub=right, A_eq=one, b_eq=[filled], integrality=kind, method="highs"
    )
    return filled, least.fun


@given(st.integers(0, 100_000))
@settings(max_examples=60, deadline=None)
def test_no_plan_of_all_is_better(seed):
    staff, need, options = random_case(seed, 2, 2, 3, caps=True)
    plan = planned(staff, need, **options)
    assert (plan.filled, plan.cost) == best_by_brute_force(staff, need, options)
    assert plan.optimal


@given(st.integers(0, 100_000))
@settings(max_examples=15, deadline=None)
def test_no_plan_of_all_is_better_in_three_units(seed):
    staff, need, options = random_case(seed, 3, 2, 1, caps=True)
    plan = planned(staff, need, **options)
    assert (plan.filled, plan.cost) == best_by_brute_force(staff, need, options)


@given(st.integers(0, 100_000), st.booleans())
@settings(max_examples=60, deadline=None)
def test_the_integer_program_finds_the_same(seed, caps):
    staff, need, options = random_case(seed, 5, 3, 6, caps=caps)
    plan = planned(staff, need, **options)
    filled, cost = best_by_program(staff, need, options, whole=True)
    assert plan.optimal
    assert plan.filled == filled
    assert plan.cost == pytest.approx(cost, abs=1e-6)


@given(st.integers(0, 100_000))
@settings(max_examples=30, deadline=None)
def test_without_caps_the_linear_program_finds_the_same(seed):
    staff, need, options = random_case(seed, 5, 3, 9, caps=False)
    plan = planned(staff, need, **options)
    filled, cost = best_by_program(staff, need, options, whole=False)
    assert (plan.filled, plan.cost) == pytest.approx((filled, cost))
    assert plan.solver == "OR-Tools minimum-cost flow"


@given(st.integers(0, 100_000))
@settings(max_examples=60, deadline=None)
def test_every_plan_keeps_to_people_limits_and_table(seed):
    staff, need, options = random_case(seed, 6, 3, 9, caps=True)
    plan = planned(staff, need, **options)
    moves, after = plan.moves, plan.staff_after
    assert (moves["people"] > 0).all()
    assert moves["people"].sum() == plan.filled <= options["budget"]
    assert moves["cost"].sum() == pytest.approx(plan.cost)
    assert after.to_numpy().sum() == staff.to_numpy().sum()
    shortage = np.ceil(np.maximum(need - staff, 0))
    assert plan.unfilled == int(shortage.to_numpy().sum()) - plan.filled
    assert plan.unfilled == np.maximum(need - after, 0).to_numpy().sum()
    assert (after.to_numpy() >= np.minimum(staff, need).to_numpy()).all()
    rows = options["substitution"]
    permitted = set(zip(rows["from_family"], rows["to_family"], strict=True))
    permitted |= {(family, family) for family in FAMILIES}
    assert set(zip(moves["family"], moves["to_family"], strict=True)) <= permitted
    away = moves[moves["origin"] != moves["destination"]]
    for column, most in (("origin", "most_leaving"), ("destination", "capacity")):
        people = away.groupby(column)["people"].sum().reindex(staff.index, fill_value=0)
        assert (people.to_numpy() <= options[most]).all()


@given(st.integers(0, 100_000))
@settings(max_examples=30, deadline=None)
def test_the_order_of_units_and_families_does_not_matter(seed):
    staff, need, options = random_case(seed, 5, 3, 9, caps=True)
    plan = planned(staff, need, **options)
    rng = np.random.default_rng(seed)
    order, families = rng.permutation(5), rng.permutation(3)
    other = options | {
        "cost": options["cost"][np.ix_(order, order)],
        "most_leaving": options["most_leaving"][order],
        "capacity": options["capacity"][order],
        "allowed": options["allowed"][np.ix_(order, order)],
    }
    again = planned(staff.iloc[order, families], need.iloc[order, families], **other)
    assert (again.filled, again.cost) == (plan.filled, plan.cost)


def test_retraining_in_place_costs_the_penalty_and_counts_for_no_cap():
    staff, need = frame([[5, 0], [0, 0]]), frame([[2, 2], [0, 1]])
    plan = planned(
        staff,
        need,
        cost=np.full((2, 2), 10.0),
        substitution=table([("teacher", "nurse", 3)]),
        most_leaving=[1, 0],
        capacity=[0, 1],
    )
    assert plan.filled == 3
    assert plan.cost == 2 * 3 + 13
    assert plan.moves["destination"].tolist() == ["unit 0", "unit 1"]
    assert plan.staff_after.to_numpy().tolist() == [[2, 2], [0, 1]]


def test_caps_where_nobody_can_be_retrained_are_kept_by_the_network_itself():
    plan = planned(
        frame([[2, 2], [0, 0]]),
        frame([[0, 0], [2, 2]]),
        cost=np.ones((2, 2)),
        substitution=table(),
        most_leaving=[3, 0],
    )
    assert (plan.filled, plan.solver) == (3, "OR-Tools minimum-cost flow")


def test_more_posts_filled_come_before_cost():
    staff, need = frame([[1, 1], [0, 0]]), frame([[0, 0], [1, 1]])
    options = {"cost": np.ones((2, 2)), "substitution": table([("teacher", "nurse", 500)])}
    only_nurse_to_teach = planned(staff, need, releasable=[[1, 0], [0, 0]], **options)
    assert only_nurse_to_teach.moves["to_family"].tolist() == ["teacher"]
    staff = frame([[2, 0], [0, 0]])
    assert planned(staff, need, **options).cost == 502
    cheaper = planned(staff, need, unfilled=100, **options)
    assert (cheaper.filled, cheaper.cost) == (1, 1)


@pytest.fixture
def half_people():
    """A cap that people retrained in place do not count for: no network, half people would do."""
    rows = [("teacher", "nurse", 0), ("midwife", "teacher", 7), ("midwife", "nurse", 0)]
    options = {
        "cost": np.array([[7, 1, 9, 11], [3, 0, 3, 5], [7, 7, 5, 3], [11, 4, 0, 4]]),
        "substitution": table(rows),
        "most_leaving": [3, 2, 5, 4],
        "capacity": [4, 1, 1, 4],
        "budget": 6,
    }
    staff = frame([[2, 0, 3], [0, 3, 2], [2, 0, 1], [0, 1, 3]])
    return staff, frame([[0, 0, 4], [2, 1, 0], [4, 0, 1], [0, 3, 5]]), options


def test_where_the_linear_program_plans_half_people_the_plan_is_whole_and_best(half_people):
    plan = planned(*half_people[:2], **half_people[2])
    assert best_by_program(*half_people, whole=False) == (5.5, 34.5)
    assert best_by_program(*half_people, whole=True) == (plan.filled, plan.cost) == (5, 25)
    assert (plan.solver, plan.optimal) == ("HiGHS integer program", True)


def test_generated_columns_reach_the_whole_optimum_beyond_the_linear_one(half_people, monkeypatch):
    monkeypatch.setattr(coupled, "_AT_ONCE", 0)
    monkeypatch.setattr(columns, "_NEAREST", 1)
    monkeypatch.setattr(coupled, "_FIRST", 1)
    plan = planned(*half_people[:2], **half_people[2])
    assert (plan.filled, plan.cost, plan.optimal) == (5, 25, True)


@given(st.integers(0, 100_000))
@settings(max_examples=15, deadline=None)
def test_where_filling_more_is_dearer_than_it_was_taken_to_be_worth_more_is_filled(seed):
    staff, need, options = random_case(seed, 4, 3, 6, caps=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(coupled, "_VALUE", 0.1)
        patch.setattr(substitution.Network, "of", lambda _: None)
        plan = planned(staff, need, **options)
    assert plan.optimal
    assert (plan.filled, plan.cost) == pytest.approx(
        best_by_program(staff, need, options, whole=True)
    )


@pytest.mark.parametrize("factor", [2.0**-40, 1e-9, 1e12])
def test_the_unit_of_costs_does_not_matter(half_people, factor):
    staff, need, options = half_people
    rows = options["substitution"].assign(penalty=lambda t: t["penalty"] * factor)
    dear = options | {"cost": options["cost"] * factor, "substitution": rows}
    plan = planned(staff, need, **dear)
    assert (plan.filled, plan.cost, plan.optimal) == (5, pytest.approx(25 * factor), True)


def test_a_post_left_short_has_a_price_in_the_integer_program_too(half_people):
    staff, need, options = half_people
    free = planned(staff, need, unfilled=0, **options)
    dear = planned(staff, need, unfilled=1e4, **options)
    assert free.cost == 0
    assert (dear.filled, dear.cost, dear.optimal) == (5, 25, True)


@given(st.integers(0, 100_000), st.integers(0, 25))
@settings(max_examples=30, deadline=None)
def test_at_a_price_of_a_post_left_short_no_plan_costs_less_in_all(seed, price):
    staff, need, options = random_case(seed, 2, 2, 3, caps=True)
    plan = planned(staff, need, unfilled=price, **options)
    rows, right, every = limits(staff, need, options)
    net = [e[4] - price for e in every]
    kind = np.ones(len(every), dtype=int)
    best = linprog(net, A_ub=rows, b_ub=right, integrality=kind).fun if every else 0.0
    assert plan.cost - price * plan.filled == pytest.approx(best)


@given(st.integers(0, 100_000))
@settings(max_examples=20, deadline=None)
def test_within_groups_it_is_the_plan_of_each_group_alone(seed):
    staff, need, options = random_case(seed, 6, 3, 9, caps=False)
    group = np.array(["east", "west"] * 3)
    together = planned(staff, need, within=group, **options)
    alone = [
        planned(
            staff[group == name],
            need[group == name],
            cost=options["cost"][np.ix_(group == name, group == name)],
            substitution=options["substitution"],
        )
        for name in ("east", "west")
    ]
    assert together.filled == sum(plan.filled for plan in alone)
    assert together.cost == sum(plan.cost for plan in alone)


@given(st.integers(0, 100_000), st.integers(0, 12))
@settings(max_examples=20, deadline=None)
def test_groups_share_one_budget(seed, budget):
    staff, need, options = random_case(seed, 6, 2, 6, caps=True)
    group = np.arange(6) % 3
    options |= {"budget": min(budget, int(staff.to_numpy().sum()))}
    same = options | {"allowed": options["allowed"] & np.equal.outer(group, group)}
    plan = planned(staff, need, within=group, **options)
    assert (plan.filled, plan.cost) == pytest.approx(best_by_program(staff, need, same, whole=True))


def test_costs_come_as_a_matrix_a_table_or_a_function():
    staff, need, options = random_case(5, 6, 3, 9, caps=False)
    options["most_leaving"] = np.full(6, 3)
    matrix = pd.DataFrame(options["cost"], staff.index, staff.index)
    pairs = [(a, b, matrix.loc[a, b]) for a, b in itertools.permutations(staff.index, 2)]
    listed = pd.DataFrame(pairs, columns=["from", "to", "cost"])
    forms = (matrix, listed, lambda origins, to: matrix.loc[origins, to])
    plans = [planned(staff, need, **options | {"cost": form}) for form in forms]
    assert plans[0].filled > 0
    for plan in plans[1:]:
        pd.testing.assert_frame_equal(plan.moves, plans[0].moves)


def test_a_unit_without_people_and_need_changes_nothing():
    staff, need, options = random_case(8, 5, 3, 9, caps=True)
    del options["allowed"]
    plan = planned(staff, need, **options)
    empty = pd.DataFrame(0, ["unit 9"], staff.columns)
    wider = options | {
        "cost": np.pad(options["cost"], (0, 1)),
        "most_leaving": np.append(options["most_leaving"], 0),
        "capacity": np.append(options["capacity"], 9),
    }
    again = planned(pd.concat([staff, empty]), pd.concat([need, empty]), **wider)
    pd.testing.assert_frame_equal(again.moves, plan.moves)


def test_a_floor_keeps_more_than_the_need_and_protected_units_keep_who_would_move():
    staff, need = frame([[9, 0], [0, 0]]), frame([[4, 1], [4, 0]])
    options = {"cost": np.ones((2, 2)), "substitution": table([("teacher", "nurse", 3)])}
    assert planned(staff, need, **options).filled == 5
    floor = planned(staff, need, floor_adequacy=1.5, **options)
    assert floor.staff_after.loc["unit 0", "teacher"] == 6
    kept = planned(staff, need, protected=["unit 0"], **options)
    assert kept.moves["destination"].tolist() == ["unit 0"]  # retrained in place
    assert kept.solver == "OR-Tools minimum-cost flow"


def test_a_protected_family_stays():
    staff, need = frame([[2, 2], [0, 0]]), frame([[0, 0], [2, 2]])
    plan = planned(
        staff, need, cost=np.ones((2, 2)), substitution=table(), protected_families=["nurse"]
    )
    assert plan.moves["family"].tolist() == ["teacher"]


def test_parts_of_a_person_are_no_surplus_but_a_post_short():
    staff, need = frame([[3], [3]]), frame([[1.5], [3.5]])
    plan = planned(staff, need, cost=np.ones((2, 2)), substitution=table())
    assert (plan.filled, plan.unfilled) == (1, 0)


def test_nothing_to_do():
    staff = frame([[1, 2], [3, 0]])
    plan = planned(staff, staff, cost=np.ones((2, 2)), substitution=table())
    assert (plan.filled, plan.unfilled, plan.cost, plan.moves.empty) == (0, 0, 0, True)
    assert plan.staff_after.equals(staff)


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        ({"need": frame([[-1, 1], [1, 1]])}, DomainError, "need must be .*unit 0, teacher"),
        ({"need": frame([[np.nan, 1], [1, 1]])}, DomainError, "need must be .*unit 0, teacher"),
        ({"need": frame([[1, 1]])}, DomainError, "same units: .*unit 1"),
        ({"staff": frame([[1.5, 1], [1, 1]])}, DomainError, "whole people.*unit 0, teacher"),
        ({"staff": frame([[1, 1], [1, 1]]).iloc[:0]}, DomainError, "at least one"),
        ({"cost": np.ones((2, 3))}, DomainError, r"shape \(2, 2\)"),
        ({"cost": [[0, np.nan], [1, 0]]}, DomainError, "cost"),
        ({"budget": -1}, DomainError, "budget is -1"),
        ({"budget": 5}, DomainError, "from 0 to 4"),
        ({"substitution": table([("teacher", "guru", 1)])}, DomainError, "guru is no known"),
        ({"substitution": pd.DataFrame()}, DataError, "from_family"),
        ({"protected_families": ["guru"]}, ParameterError, "guru is no family"),
        ({"unfilled": -1}, ParameterError, "unfilled is -1"),
        ({"most_leaving": [1]}, DomainError, "most_leaving: 1 values for 2"),
        ({"capacity": [1, -1]}, DomainError, "capacity must be"),
        ({"releasable": [[1, 1]]}, DomainError, "releasable: expected"),
        ({"releasable": [[1, 1], [1, 0.5]]}, DomainError, "releasable must be .*unit 1, nurse"),
    ],
)
def test_bad_input(change, error, message):
    given_ = {
        "staff": frame([[1, 1], [1, 1]]),
        "need": frame([[1, 1], [1, 1]]),
        "cost": np.ones((2, 2)),
        "substitution": table(),
    } | change
    with pytest.raises(error, match=message):
        planned(given_.pop("staff"), given_.pop("need"), **given_)


def test_a_unit_named_twice():
    staff = frame([[1], [1]]).set_axis(["A", "A"])
    with pytest.raises(DomainError, match="each unit must occur once, but A does not"):
        planned(staff, staff, cost=np.ones((2, 2)), substitution=table())


def test_rounding_of_costs_can_lose_little_and_says_how_much():
    cost = np.array([[0.0, 0.1, 1e9], [0.1, 0.0, 0.1], [0.1, 0.1, 0.0]])
    staff, need = frame([[3], [0], [0]]), frame([[0], [2], [1]])
    found = planned(staff, need, cost=cost, substitution=table())
    assert 0.0 < found.rounding_bound <= 2 * 3 * 1e9 * 2**-50
