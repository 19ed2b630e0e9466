import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import DataError, DomainError
from analysis.redistribution.families import changes, coupled, quotas
from analysis.redistribution.families.quotas import plan_with_quotas
from analysis.redistribution.families.substitution import plan_with_substitution
from analysis.redistribution.limits import Limits

FAMILIES = ["teacher", "nurse", "midwife"]
NO_QUOTAS = pd.DataFrame({"label": [], "people": []})


def frame(values):
    values = np.asarray(values)
    units = [f"unit {i}" for i in range(values.shape[0])]
    return pd.DataFrame(values, index=units, columns=FAMILIES[: values.shape[1]])


def table(rows=()):
    return pd.DataFrame(rows, columns=["from_family", "to_family", "penalty"])


def quotas_on(**people):
    return pd.DataFrame({"label": list(people), "people": list(people.values())})


def random_case(seed, n=5, families=3, most=9):
    rng = np.random.default_rng(seed)
    staff = rng.integers(0, most + 1, (n, families))
    need = np.maximum(staff + rng.integers(-most, most + 1, (n, families)), 0)
    rows = [(a, b, int(rng.integers(0, 9))) for a in FAMILIES for b in FAMILIES if a != b]
    return (
        frame(staff),
        frame(need),
        {"cost": rng.integers(0, 12, (n, n)), "substitution": table(rows[::2])},
        rng.choice(["near", "far", "by sea"], (n, n)),
    )


@given(st.integers(0, 100_000))
@settings(max_examples=30, deadline=None)
def test_without_quotas_it_is_the_flow(seed):
    staff, need, options, labels = random_case(seed)
    found = plan_with_quotas(staff, need, labels=labels, quotas=NO_QUOTAS, **options)
    flow = plan_with_substitution(staff, need, **options)
    assert flow.solver == "OR-Tools minimum-cost flow"
    assert found.plan.filled == flow.filled
    assert found.plan.cost == pytest.approx(flow.cost) == found.bound
    assert found.plan.optimal


@given(st.integers(0, 100_000), st.integers(0, 20), st.integers(0, 20))
@settings(max_examples=40, deadline=None)
def test_quotas_are_kept_and_looser_ones_are_no_worse(seed, far, sea):
    staff, need, options, labels = random_case(seed)
    kinds = {"labels": labels, "quotas": quotas_on(far=far, **{"by sea": sea})}
    found = plan_with_quotas(staff, need, **kinds, **options)
    moves = found.plan.moves[found.plan.moves["origin"] != found.plan.moves["destination"]]
    position = {unit: i for i, unit in enumerate(staff.index)}
    made = [
        labels[position[a], position[b]]
        for a, b in zip(moves["origin"], moves["destination"], strict=True)
    ]
    people = moves.groupby(made)["people"].sum() if made else pd.Series(dtype=int)
    assert people.get("far", 0) <= far
    assert people.get("by sea", 0) <= sea
    kinds["quotas"] = quotas_on(far=far + 3, **{"by sea": sea})
    looser = plan_with_quotas(staff, need, **kinds, **options)
    assert looser.plan.filled >= found.plan.filled
    if looser.plan.filled == found.plan.filled:
        assert looser.plan.cost <= found.plan.cost + 1e-6


@given(st.integers(0, 100_000))
@settings(max_examples=25, deadline=None)
def test_generated_columns_find_what_all_columns_find(seed):
    staff, need, options, labels = random_case(seed, n=8)
    kinds = {"labels": labels, "quotas": quotas_on(far=7, near=4)}
    options["limits"] = Limits(most_leaving=np.arange(8))
    every = plan_with_quotas(staff, need, **kinds, **options)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(coupled, "_AT_ONCE", 0)
        patch.setattr(changes, "_NEAREST", 1)
        patch.setattr(coupled, "_JOINING", 5)
        patch.setattr(coupled, "_FIRST", 1)
        few = plan_with_quotas(staff, need, **kinds, **options)
    assert few.plan.filled == every.plan.filled
    assert few.plan.cost == pytest.approx(every.plan.cost)
    assert few.plan.optimal
    assert every.plan.optimal


def test_a_price_is_what_one_person_more_saves():
    staff, need = frame([[6], [0], [0]]), frame([[0], [3], [6]])
    cost = np.array([[0.0, 2.0, 9.0], [2, 0, 1], [9, 1, 0]])
    labels = [["", "near", "far"]] * 3
    options = {"cost": cost, "substitution": table(), "labels": labels}
    found = plan_with_quotas(staff, need, quotas=quotas_on(near=2), **options)
    assert (found.plan.filled, found.plan.cost) == (6, 2 * 2 + 4 * 9)
    prices = found.prices.set_index("constraint")
    assert prices.loc["quota", ["family", "limit", "price"]].tolist() == ["near", 2, 7.0]
    assert "kind near would save 7 of cost" in prices.loc["quota", "meaning"]
    assert prices.loc["spare", ["unit", "family", "posts"]].tolist() == ["unit 0", "teacher", 1.0]
    one_more = plan_with_quotas(staff, need, quotas=quotas_on(near=3), **options)
    assert found.plan.cost - one_more.plan.cost == 7


@pytest.mark.parametrize("seed", range(8))
def test_every_price_is_what_the_plan_gains_from_one_person_more(seed):
    staff, need, options, labels = random_case(seed, n=4, most=5)
    options["limits"] = Limits(most_leaving=np.full(4, 3))
    limits = {"far": 2, "by sea": 1, "near": 3}
    found = plan_with_quotas(staff, need, labels=labels, quotas=quotas_on(**limits), **options)
    prices = found.prices.set_index(["constraint", "family"])
    assert prices["exact"].all()
    for label, people in limits.items():
        quotas_now = quotas_on(**(limits | {label: people + 1}))
        looser = plan_with_quotas(staff, need, labels=labels, quotas=quotas_now, **options)
        more = looser.plan.filled - found.plan.filled
        key = ("quota", label)
        told = prices.loc[key, "posts"] if key in prices.index else 0
        assert told == more
        if more == 0:
            saved = prices.loc[key, "price"] if key in prices.index else 0
            assert saved == pytest.approx(found.plan.cost - looser.plan.cost)


def test_prices_that_are_not_solved_again_are_called_bounds(monkeypatch):
    staff, need, options, labels = random_case(3, n=4, most=5)
    limits = {"labels": labels, "quotas": quotas_on(far=1, near=1)}
    exact = plan_with_quotas(staff, need, **limits, **options).prices
    monkeypatch.setattr(quotas, "_AGAIN", 0)
    bounds = plan_with_quotas(staff, need, **limits, **options).prices
    assert not bounds["exact"].any()
    assert bounds["meaning"].str.contains("at most").all()
    keys = ["constraint", "unit", "family"]
    both = exact.merge(bounds, on=keys, how="left")
    assert (both["posts_x"] <= both["posts_y"] + 1e-6).all()
    assert (both["price_x"] <= both["price_y"] + 1e-6).all()


def test_a_quota_of_nobody_leaves_retraining_in_place():
    staff, need = frame([[2, 0], [0, 0]]), frame([[0, 1], [1, 0]])
    found = plan_with_quotas(
        staff,
        need,
        cost=np.ones((2, 2)),
        substitution=table([("teacher", "nurse", 3)]),
        labels=np.full((2, 2), "all"),
        quotas=quotas_on(all=0),
    )
    assert found.plan.moves[["origin", "to_family"]].to_numpy().tolist() == [["unit 0", "nurse"]]


def test_nothing_to_do():
    staff = frame([[1, 2]])
    found = plan_with_quotas(
        staff,
        staff,
        cost=np.ones((1, 1)),
        substitution=table(),
        labels=[["all"]],
        quotas=quotas_on(all=0),
    )
    assert (found.plan.filled, found.bound, found.prices.empty) == (0, 0, True)


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        ({"labels": [["a"]]}, DomainError, r"labels: expected a matrix of shape \(2, 2\)"),
        ({"quotas": quotas_on(b=1)}, DomainError, "b is the label of no pair"),
        ({"quotas": quotas_on(a=-1)}, DomainError, "quotas must be .*a: -1"),
        ({"quotas": quotas_on(a=1.5)}, DomainError, "quotas must be whole people"),
        ({"quotas": pd.concat([quotas_on(a=1)] * 2)}, DomainError, "a does not"),
        ({"quotas": pd.DataFrame({"label": ["a"]})}, DataError, "column people is missing"),
        ({"budget": 99}, DomainError, "budget is 99"),
    ],
)
def test_bad_input(change, error, message):
    options = {
        "cost": np.ones((2, 2)),
        "substitution": table(),
        "labels": [["a", "a"]] * 2,
        "quotas": quotas_on(a=1),
    } | change
    with pytest.raises(error, match=message):
        plan_with_quotas(frame([[1], [1]]), frame([[1], [1]]), **options)
