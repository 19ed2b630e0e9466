"""The programme against enumeration of what every person could take."""

from itertools import product
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.competence.programme import (
    Catalogue,
    cheapest_programme,
    cost_curve,
    value_of_budget,
)
from analysis.competence.programme.planning import _WORTH_PROCESSES
from analysis.errors import DataError, DomainError, ParameterError

REGIONS = ("x", "y")


def catalogue(*rows: tuple[Any, ...]) -> pd.DataFrame:
    """Rows of kind, JP, places, cost, region."""
    columns = ["kind", "jp", "places", "cost", "region"]
    return pd.DataFrame(rows, columns=columns).assign(classical=True)


def people(*rows: tuple[str, float, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["region", "short", "people"])


def best_of_all(
    short: pd.DataFrame, table: pd.DataFrame, budget: float = np.inf
) -> tuple[int, float]:
    """Return most people reached and least cost, by trying whatever every person could take."""
    if "asked" not in short:
        short = short.assign(asked=0, accepted="*")
    lacks = [
        (region, lack, asked, accepted)
        for region, lack, asked, accepted, n in short[
            ["region", "short", "asked", "accepted", "people"]
        ]
        .to_numpy()
        .tolist()
        for _ in range(n)
    ]
    codes = table["code"].tolist() if "code" in table else [None] * len(table)
    jp, where = table["jp"].tolist(), table["region"].tolist()
    most = table["most"].tolist()
    choices: list[list[tuple[int, ...]]] = []
    for region, lack, asked, accepted in lacks:
        own = [
            range(m + 1) if pd.isna(r) or r == region else range(1)
            for r, m in zip(where, most, strict=True)
        ]
        counts = [accepted == "*" or str(code) in accepted.split() for code in codes]
        enough = [
            t
            for t in product(*own)
            if np.dot(t, jp) >= lack - 1e-9 and np.dot(t, np.where(counts, jp, 0)) >= asked - 1e-9
        ]
        choices.append([(0,) * len(jp), *enough])
    reached = {(0,) * len(jp): 0}  # places used: most people
    for open_ in choices:
        following: dict[tuple[int, ...], int] = {}
        for used, number in reached.items():
            for take in open_:
                after = tuple(a + b for a, b in zip(used, take, strict=True))
                if all(a <= p for a, p in zip(after, table["places"], strict=True)):
                    following[after] = max(following.get(after, 0), number + any(take))
        reached = following
    plans = [(number, float(np.dot(used, table["cost"]))) for used, number in reached.items()]
    return max((p for p in plans if p[1] <= budget + 1e-9), key=lambda p: (p[0], -p[1]))


groups = st.lists(
    st.tuples(st.sampled_from(REGIONS), st.sampled_from([3.5, 4.0, 8.0, 20.0]), st.integers(1, 2)),
    min_size=1,
    max_size=2,
)
offers = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", "c"]),
        st.sampled_from([2, 4, 5.5, 8, 20]),
        st.integers(0, 3),
        st.integers(0, 9),
        st.sampled_from([*REGIONS, None]),
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda row: (row[0], row[4]),
).filter(lambda rows: any(row[2] for row in rows))


@settings(max_examples=25, deadline=None)
@given(lacks=groups, rows=offers, most=st.integers(1, 2), budget=st.none() | st.integers(0, 20))
def test_the_programme_is_the_best_of_all(
    lacks: list[tuple[str, float, int]],
    rows: list[tuple[Any, ...]],
    most: int,
    budget: int | None,
) -> None:
    short, table = people(*lacks), catalogue(*rows).assign(most=most)
    plan = cheapest_programme(short, Catalogue.of(table), budget=budget)
    reached, cost = best_of_all(short, table, np.inf if budget is None else budget)
    assert (plan.reached, plan.most) == (reached, reached)
    assert plan.cost == pytest.approx(cost)
    assert plan.optimal
    assert plan.bound == pytest.approx(cost)
    trainings = plan.trainings
    assert (trainings["places"] <= trainings["offered"]).all()
    assert trainings["cost"].sum() == pytest.approx(plan.cost)


posts = st.lists(
    st.tuples(
        st.sampled_from(REGIONS),
        st.sampled_from([4.0, 8.0, 20.0]),
        st.sampled_from([0.0, 2.5, 4.0]),
        st.sampled_from(["2", "2 4", "*", "9"]),
        st.integers(1, 2),
    ),
    min_size=1,
    max_size=3,
)
kinds = st.lists(st.sampled_from(["2", "4", None, 2.0]), min_size=3, max_size=3)


@settings(max_examples=40, deadline=None)
@given(
    lacks=posts,
    rows=offers,
    codes=kinds,
    most=st.integers(1, 2),
    budget=st.none() | st.integers(0, 20),
)
def test_the_programme_with_trainings_that_posts_ask_for_is_the_best_of_all(
    lacks: list[tuple[Any, ...]],
    rows: list[tuple[Any, ...]],
    codes: list[Any],
    most: int,
    budget: int | None,
) -> None:
    short = pd.DataFrame(lacks, columns=["region", "short", "asked", "accepted", "people"])
    code = pd.Series(codes[: len(rows)], dtype=object)
    table = catalogue(*rows).assign(most=most, code=code)
    plan = cheapest_programme(short, Catalogue.of(table), budget=budget)
    known = table.assign(code=code.map({"2": "2", "4": "4", 2.0: "2"}))
    reached, cost = best_of_all(short, known, np.inf if budget is None else budget)
    assert (plan.reached, plan.most) == (reached, reached)
    assert plan.cost == pytest.approx(cost)
    assert plan.optimal


def test_hours_of_the_kind_asked_for_are_hours_of_the_year_too() -> None:
    table = catalogue(("fungsional", 8, 9, 9, None), ("daring", 12, 9, 1, None))
    offers = Catalogue.of(table.assign(code=["2", None]))
    short = people(("x", 20, 3)).assign(asked=8.0, accepted="2")
    plan = cheapest_programme(short, offers)
    assert plan.by_kind.set_index("kind")["places"].to_dict() == {"daring": 3, "fungsional": 3}
    alone = cheapest_programme(short.drop(columns="asked"), Catalogue.of(table.assign(most=2)))
    assert alone.by_kind.set_index("kind")["places"].to_dict() == {"daring": 6}
    none = cheapest_programme(short, Catalogue.of(table))  # nothing counts for the post
    assert (none.reached, none.optimal) == (0, True)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"asked": -1.0, "accepted": "2"}, "asked: must be 0 or more"),
        ({"asked": 21.0, "accepted": "2"}, r"asked: must be at most what is short; .* row 1 \(21"),
        ({"asked": 5.0, "accepted": None}, "accepted: codes must be given where JP are asked"),
    ],
)
def test_what_posts_ask_for_is_checked(change: dict[str, Any], message: str) -> None:
    with pytest.raises(DataError, match=f"short, {message}"):
        cheapest_programme(people(("x", 20, 3)).assign(**change), Catalogue.of(OFFERS))


SHORT = people(("x", 5, 3), ("x", 20, 2), ("y", 12, 4))
OFFERS = catalogue(
    ("seminar", 5, 6, 2, "x"),
    ("kursus", 20, 2, 9, "x"),
    ("kursus", 12, 3, 7, "y"),
    ("daring", 8, 2, 1, None),
)


def test_hours_and_places_are_told_by_kind() -> None:
    plan = cheapest_programme(SHORT, Catalogue.of(OFFERS))
    kinds = plan.by_kind.set_index("kind")
    assert kinds["hours"].sum() == plan.trainings["hours"].sum()
    assert kinds.loc["kursus", "places"] == 5
    assert plan.people["reached"].tolist() == [3, 2, 3]


def test_neither_the_order_nor_a_region_split_into_rows_changes_the_programme() -> None:
    plan = cheapest_programme(SHORT, Catalogue.of(OFFERS), budget=20)
    turned = cheapest_programme(SHORT[::-1], Catalogue.of(OFFERS[::-1]), budget=20)
    split = pd.concat([SHORT.assign(people=1), SHORT.assign(people=SHORT["people"] - 1)])
    again = cheapest_programme(split, Catalogue.of(OFFERS), budget=20)
    for other in (turned, again):
        assert (other.reached, other.cost) == (plan.reached, plan.cost)


def test_a_whole_catalogue_twice_is_one_of_twice_the_places() -> None:
    twice = pd.concat([OFFERS.assign(most=2, places=2 * OFFERS["places"])])
    named = pd.concat([OFFERS, OFFERS.assign(kind=OFFERS["kind"] + " II")])
    one, two = (cheapest_programme(SHORT, Catalogue.of(t)) for t in (twice, named))
    assert (one.reached, one.cost) == (two.reached, two.cost)


def test_regions_planned_in_several_processes_take_what_each_takes_alone() -> None:
    regions = [f"{i:03}" for i in range(_WORTH_PROCESSES + 5)]
    short = people(*((region, 3 + i % 7, 1 + i % 4) for i, region in enumerate(regions)))
    table = catalogue(*(("kursus", 4, i % 5, 1 + i % 3, r) for i, r in enumerate(regions)))
    plan = cheapest_programme(short, Catalogue.of(table))
    alone = [
        cheapest_programme(short[short["region"] == r], Catalogue.of(table[table["region"] == r]))
        for r in regions
        if table.loc[table["region"] == r, "places"].item()
    ]
    assert plan.reached == sum(each.reached for each in alone)
    assert plan.cost == sum(each.cost for each in alone)
    taken = np.concatenate([each.trainings["places"] for each in alone])
    assert plan.trainings["places"].tolist() == taken.tolist()


def test_the_cost_curve_rises_to_what_all_that_can_be_reached_cost() -> None:
    table = cost_curve(SHORT, Catalogue.of(OFFERS))
    whole = cheapest_programme(SHORT, Catalogue.of(OFFERS))
    assert table["reached"].is_monotonic_increasing
    assert (table["cost"] <= table["budget"] + 1e-9).all()
    assert (table["reached"].iloc[0], table["reached"].iloc[-1]) == (0, whole.reached)
    assert table["cost"].iloc[-1] == pytest.approx(whole.cost)


def test_more_budget_buys_the_difference_of_two_optima_and_has_a_price() -> None:
    short, offers = people(("x", 5, 100)), catalogue(("seminar", 5, 50, 4, "x"))
    found = value_of_budget(short, Catalogue.of(offers), budget=21, more=10)
    assert (found.people, found.proved) == (2, True)  # 5 of 21, 7 of 31
    assert found.dual == pytest.approx(2.5)
    full = value_of_budget(short, Catalogue.of(offers), budget=200, more=10)
    assert full.people == 0


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"places": 0}, "there is no place"),
        ({"places": -1}, r"places: must be a whole number, 0 or more; .* row 1 \(-1\)"),
        ({"places": 1.5}, "places: must be a whole number"),
        ({"places": None}, "places: must be a whole number"),
        ({"jp": 0}, "jp: must be more than 0"),
        ({"cost": -1}, "cost: must be 0 or more"),
        ({"cost": float("inf")}, "cost: must be 0 or more"),
        ({"most": 0}, "most: must be a whole number, 1 or more"),
        ({"classical": "ya"}, "classical: must be true or false"),
        ({"kind": None}, "kind: a label is missing"),
        ({"kind": "a", "region": "x"}, "kind and region must occur once"),
    ],
)
def test_a_catalogue_that_cannot_be_right_is_refused(change: dict[str, Any], message: str) -> None:
    with pytest.raises(DataError, match=f"catalogue.*{message}"):
        Catalogue.of(OFFERS.assign(**change))


def test_columns_people_and_budgets_are_checked() -> None:
    offers = Catalogue.of(OFFERS)
    with pytest.raises(DataError, match="catalogue: column places is missing"):
        Catalogue.of(OFFERS.drop(columns="places"))
    with pytest.raises(DataError, match=r"short, short: must be more than 0; .* row 1 \(0\)"):
        cheapest_programme(SHORT.assign(short=0), offers)
    with pytest.raises(DataError, match="short: there are no rows"):
        cheapest_programme(SHORT[:0], offers)
    with pytest.raises(DataError, match=r"short, short: must be more than 0; .* row 1 \(inf\)"):
        cheapest_programme(SHORT.assign(short=np.inf), offers)
    with pytest.raises(DataError, match="short, people: must be a whole number"):
        cheapest_programme(SHORT.assign(people=0.5), offers)
    with pytest.raises(ParameterError, match="budget"):
        cheapest_programme(SHORT, offers, budget=-1)
    with pytest.raises(DomainError, match="budget"):
        cheapest_programme(SHORT, offers, budget="20")  # type: ignore[arg-type]
    with pytest.raises(ParameterError, match="more"):
        value_of_budget(SHORT, offers, 20, more=0)
