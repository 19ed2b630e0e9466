"""Move, train or hire, against every mix there is."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import DataError, DomainError, ParameterError
from analysis.redistribution import Limits, fill_posts, mix_by_price, plan_with_substitution

FAMILIES = ["guru", "perawat"]
SEEDS = st.integers(0, 100_000)


def training(*rows):
    return pd.DataFrame(rows, columns=["from_family", "to_family", "jp", "rupiah", "months"])


def random_case(seed, n=2, most=2):
    rng = np.random.default_rng(seed)
    units = [f"unit {i}" for i in range(n)]
    staff = pd.DataFrame(rng.integers(0, most + 1, (n, 2)), units, FAMILIES)
    need = pd.DataFrame(rng.integers(0, most + 1, (n, 2)), units, FAMILIES)
    rows = [
        (a, b, int(rng.integers(0, 9)), int(rng.integers(1, 9)), int(rng.integers(0, 3)))
        for a, b in itertools.permutations(FAMILIES)
        if rng.random() < 0.8
    ]
    hire = {family: int(rng.integers(0, 25)) for family in FAMILIES}
    cost = rng.integers(1, 12, (n, n))
    options = {"cost": cost, "training": training(*rows), "hire": hire, "jp_price": 0.5}
    limits = Limits(most_leaving=rng.integers(0, most + 2, n))
    return staff, need, options | {"month_price": 3.0, "limits": limits}


def cheapest_by_enumeration(staff, need, options):
    """What every assignment of spare people to posts that are short costs at least."""
    gap = staff.to_numpy() - need.to_numpy()
    spare = [post for post in np.ndindex(gap.shape) for _ in range(max(gap[post], 0))]
    short = [post for post in np.ndindex(gap.shape) for _ in range(max(-gap[post], 0))]
    taught = {
        (a, b): rupiah + 0.5 * jp + 3.0 * months
        for a, b, jp, rupiah, months in options["training"].itertuples(index=False)
    } | {(f, f): 0.0 for f in FAMILIES}
    best = np.inf
    for chosen in itertools.product([None, *range(len(spare))], repeat=len(short)):
        used = [c for c in chosen if c is not None]
        leaving, price = np.zeros(len(staff)), 0.0
        if len(set(used)) < len(used):
            continue
        for c, (j, g) in zip(chosen, short, strict=True):
            if c is None:
                price += options["hire"][FAMILIES[g]]
                continue
            i, f = spare[c]
            price += taught.get((FAMILIES[f], FAMILIES[g]), np.inf)
            price += options["cost"][i, j] if i != j else 0
            leaving[i] += i != j
        if (leaving <= options["limits"].most_leaving).all():
            best = min(best, price)
    return best


@given(SEEDS)
@settings(max_examples=40, deadline=None)
def test_no_mix_of_all_is_cheaper(seed):
    staff, need, options = random_case(seed)
    found = fill_posts(staff, need, **options)
    assert found.optimal
    assert found.price == pytest.approx(cheapest_by_enumeration(staff, need, options))
    assert found.bound <= found.price
    short = np.maximum(need - staff, 0).to_numpy().sum()
    assert found.ways["people"].sum() == short
    assert ((found.plan.staff_after + found.hires) >= need).all(axis=None)


@given(SEEDS)
@settings(max_examples=8, deadline=None)
def test_the_dearer_a_hire_the_fewer_there_are(seed):
    staff, need, options = random_case(seed, n=4, most=9)
    options["hire"] = 7.0
    mix = mix_by_price(staff, need, hire_ratios=(0, 0.5, 4, 1000), **options)
    assert mix["optimal"].all()
    assert (mix["hire"].diff().dropna() <= 0).all()
    assert (mix["price"].diff().dropna() >= -1e-9).all()
    assert mix["hire"].iloc[0] == mix[["move", "train", "train and move", "hire"]].iloc[0].sum()
    table = options["training"]
    penalty = table["rupiah"] + 0.5 * table["jp"] + 3.0 * table["months"]
    most = plan_with_substitution(
        staff,
        need,
        cost=options["cost"],
        substitution=table.assign(penalty=penalty),
        limits=options["limits"],
    )
    assert mix["hire"].iloc[-1] == most.unfilled


@given(SEEDS)
@settings(max_examples=8, deadline=None)
def test_the_dearer_training_the_less_of_it_is_bought(seed):
    staff, need, options = random_case(seed, n=4, most=9)
    ratios = (0.1, 1, 1000)
    mix = mix_by_price(staff, need, hire_ratios=(1,), training_ratios=ratios, **options)
    assert (mix["price"].diff().dropna() >= -1e-9).all()
    assert mix[["train", "train and move"]].iloc[-1].sum() == 0


def test_what_training_takes_is_added_up():
    staff = pd.DataFrame({"guru": [3, 0], "perawat": [0, 0]}, index=["A", "B"])
    need = pd.DataFrame({"guru": [0, 1], "perawat": [1, 2]}, index=["A", "B"])
    found = fill_posts(
        staff,
        need,
        cost=[[0, 5], [5, 0]],
        training=training(("guru", "perawat", 100, 10, 2)),
        hire={"guru": 100, "perawat": 30},
        jp_price=0.01,
        month_price=0.5,
    )
    assert found.ways["people"].tolist() == [1, 1, 1, 1]
    assert found.ways["price"].tolist() == [5, 12, 17, 30]
    assert found.ways[["jp", "rupiah", "months"]].to_numpy().tolist() == [
        [0, 0, 0],
        [100, 10, 2],
        [100, 10, 2],
        [0, 0, 0],
    ]
    assert found.hires.loc["B", "perawat"] == 1


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        ({"training": pd.DataFrame({"jp": [1]})}, DataError, "from_family, to_family, rupiah"),
        ({"training": training(("guru", "perawat", -1, 0, 0))}, DomainError, "jp.*guru to perawat"),
        ({"training": training(("guru", "dokter", 1, 0, 0))}, DomainError, "dokter is no known"),
        ({"hire": -1}, ParameterError, "hire is -1"),
        ({"hire": {"guru": 1}}, ParameterError, "hire: perawat has no price"),
        ({"hire": {"guru": 1, "perawat": 1, "dokter": 1}}, ParameterError, "dokter is no family"),
        ({"jp_price": -1}, ParameterError, "jp_price is -1"),
    ],
)
def test_bad_input(change, error, message):
    staff, need, options = random_case(1)
    with pytest.raises(error, match=message):
        fill_posts(staff, need, **options | change)


def test_a_ratio_below_nought():
    staff, need, options = random_case(1)
    with pytest.raises(ParameterError, match="hire_ratios: -1"):
        mix_by_price(staff, need, hire_ratios=(-1,), **options)
