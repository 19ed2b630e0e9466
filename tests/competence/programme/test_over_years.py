"""The programme over years against enumeration of what every person could take in every year."""

from itertools import product
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.competence.programme import Catalogue, cheapest_programme, programme_over_years
from analysis.errors import DataError, DomainError, ParameterError


def people(*rows: tuple[Any, ...]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["region", "short", "asked", "accepted", "people"])


def catalogue(*rows: tuple[Any, ...]) -> pd.DataFrame:
    columns = ["kind", "jp", "places", "cost", "region", "code"]
    return pd.DataFrame(rows, columns=columns).assign(classical=True)


def best_of_all(
    short: pd.DataFrame, table: pd.DataFrame, years: int, term: int, budget: float
) -> tuple[int, float, float]:
    """Return most that is fulfilled, its least cost, and the least cost of the dearest year."""
    jp, kinds = table["jp"].to_numpy(), len(table)
    codes = table["code"].astype(object).where(table["code"].notna(), "").tolist()
    places = np.tile(table["places"], years)
    fulfilled = {(0,) * (kinds * years): 0}  # by places used
    for region, lack, asked, accepted, number in short.to_numpy().tolist():
        own = [
            range(m + 1) if pd.isna(r) or r == region else range(1)
            for r, m in zip(table["region"], table["most"], strict=True)
        ]
        counts = np.where([accepted == "*" or c in accepted.split() for c in codes], jp, 0)
        options: list[tuple[tuple[int, ...], int]] = []
        for whole in product(*own * years):
            by_year = np.reshape(whole, (years, kinds))
            done = int((by_year @ jp >= lack - 1e-9).sum()) if lack else 0
            done += bool(asked and (by_year[:term] @ counts).sum() >= asked - 1e-9)
            if done or not any(whole):
                options.append((whole, done))
        for _ in range(number):
            following: dict[tuple[int, ...], int] = {}
            for used, before in fulfilled.items():
                for take, done in options:
                    after = np.add(used, take)
                    if (after <= places).all():
                        key = tuple(after.tolist())
                        following[key] = max(following.get(key, 0), before + done)
            fulfilled = following
    plans = []
    for used, number in fulfilled.items():
        spent = np.reshape(used, (years, kinds)) @ table["cost"].to_numpy()
        if spent.max() <= budget + 1e-9:
            plans.append((-number, float(spent.sum()), float(spent.max())))
    most, cost, dearest = min(plans)
    return -most, cost, dearest


lacks = st.lists(
    st.tuples(
        st.sampled_from(["x", "y"]),
        st.sampled_from([0.0, 3.5, 4.0, 8.0]),
        st.sampled_from([0.0, 4.0, 7.5, 12.0]),
        st.sampled_from(["2", "2 4", "*", "9"]),
        st.integers(1, 2),
    ).filter(lambda row: row[1] + row[2] > 0),
    min_size=1,
    max_size=2,
)
offers = st.lists(
    st.tuples(
        st.sampled_from(["a", "b"]),
        st.sampled_from([2, 4, 5.5, 8]),
        st.integers(0, 2),
        st.integers(0, 9),
        st.sampled_from(["x", None]),
        st.sampled_from(["2", "4", None]),
    ),
    min_size=1,
    max_size=2,
    unique_by=lambda row: (row[0], row[4]),
).filter(lambda rows: any(row[2] for row in rows))


@settings(max_examples=60, deadline=None)
@given(
    rows=lacks,
    offered=offers,
    most=st.integers(1, 2),
    years=st.integers(1, 2),
    term=st.integers(1, 2),
    budget=st.none() | st.integers(0, 12),
)
def test_the_programme_over_years_is_the_best_of_all(
    rows: list[tuple[Any, ...]],
    offered: list[tuple[Any, ...]],
    most: int,
    years: int,
    term: int,
    budget: int | None,
) -> None:
    short, table = people(*rows), catalogue(*offered).assign(most=most)
    term = min(term, years)
    plan = programme_over_years(short, Catalogue.of(table), years, term=term, budget=budget)
    limit = np.inf if budget is None else budget
    fulfilled, cost, dearest = best_of_all(short, table, years, term, limit)
    assert (plan.fulfilled, plan.most) == (fulfilled, fulfilled)
    assert plan.cost == pytest.approx(cost)
    assert plan.bound == pytest.approx(cost)
    assert plan.optimal
    if budget is not None or table.loc[table["places"] > 0, "region"].isna().any():
        assert plan.dearest == pytest.approx(dearest, rel=1e-3)  # else regions are planned apart
    assert plan.years["cost"].sum() == pytest.approx(plan.cost)
    assert plan.years["met"].sum() == plan.met
    assert (plan.trainings["places"] <= plan.trainings["offered"]).all()


SHORT = people(("x", 4, 0, "*", 5), ("x", 4, 12, "2", 3), ("y", 0, 12, "2", 2))
OFFERS = catalogue(
    ("seminar", 4, 20, 1, None, None),
    ("kursus", 6, 4, 5, None, "2"),
    ("daring", 4, 3, 0, "y", None),
).assign(most=2)


def test_study_is_spread_where_a_year_has_too_few_places() -> None:
    offered = Catalogue.of(OFFERS)
    spread, at_once = (programme_over_years(SHORT, offered, 4, term=term) for term in (4, 1))
    assert (spread.met, spread.asking, at_once.met) == (5, 5, 2)
    # Ten places of 6 JP; whoever takes one needs no seminar in that year.
    assert spread.cost == 10 * 5 + (4 * 8 - 6) * 1
    assert spread.years["cost"].max() < at_once.years["cost"].max()
    assert spread.optimal


def test_one_year_alone_is_the_programme_of_the_year() -> None:
    short, offered = SHORT[SHORT["asked"] == 0], Catalogue.of(OFFERS)
    over, year = programme_over_years(short, offered, 1), cheapest_programme(short, offered)
    assert (over.fulfilled, over.cost) == (year.reached, year.cost)


def test_neither_the_order_nor_a_region_split_into_rows_changes_what_it_costs() -> None:
    plan = programme_over_years(SHORT, Catalogue.of(OFFERS), 3)
    split = pd.concat([SHORT.assign(people=1), SHORT.assign(people=SHORT["people"] - 1)])
    for other in (SHORT[::-1], split):
        again = programme_over_years(other, Catalogue.of(OFFERS[::-1]), 3)
        assert (again.fulfilled, again.cost, again.dearest) == (
            plan.fulfilled,
            plan.cost,
            plan.dearest,
        )


def test_what_posts_ask_for_after_the_term_does_not_count() -> None:
    short, offered = people(("x", 0, 12, "2", 5)), Catalogue.of(OFFERS)
    plan = programme_over_years(short, offered, 4, term=2)
    assert plan.met == 4  # eight places in two years, two for each
    assert plan.years["places"].tolist()[2:] == [0, 0]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"short": -1}, r"short: must be 0 or more; .* row 1 \(-1\)"),
        ({"short": 0}, r"short: must be more than 0 where nothing is asked; .* row 1 \(0\)"),
        ({"asked": 5, "accepted": None}, "accepted: codes must be given where JP are asked"),
        ({"people": 0.5}, "people: must be a whole number"),
        ({"region": None}, "region: a label is missing"),
    ],
)
def test_lacks_are_checked(change: dict[str, Any], message: str) -> None:
    with pytest.raises(DataError, match=f"short, {message}"):
        programme_over_years(SHORT.assign(**change), Catalogue.of(OFFERS), 2)


def test_years_terms_and_budgets_are_checked() -> None:
    offered = Catalogue.of(OFFERS)
    for years in (0, 11, 1.5):
        with pytest.raises(ParameterError, match="years: must be a whole number, 1 to 10"):
            programme_over_years(SHORT, offered, years)  # type: ignore[arg-type]
    with pytest.raises(ParameterError, match="term: must be a whole number, 1 to 2; 3 given"):
        programme_over_years(SHORT, offered, 2, term=3)
    with pytest.raises(ParameterError, match="budget: must be 0 or more"):
        programme_over_years(SHORT, offered, 2, budget=-1)
    with pytest.raises(DomainError, match="years"):
        programme_over_years(SHORT, offered, "4")  # type: ignore[arg-type]
