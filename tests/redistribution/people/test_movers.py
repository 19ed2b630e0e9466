import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from analysis.errors import DataError, DomainError
from analysis.redistribution.people.movers import distances, movers_profile

MOVES = pd.DataFrame(
    {
        "origin": ["A", "A", "B", "C"],
        "destination": ["X", "Y", "X", "Y"],
        "people": [30, 20, 40, 10],
    }
)
POOL = pd.DataFrame(
    {"eligible": [200, 100, 60], "women": [80, 70, 30], "near_retirement": [20, 10, 6]},
    index=["A", "B", "C"],
)


def test_mean_and_range_are_those_of_the_hypergeometric():
    found = movers_profile(MOVES, POOL).set_index(["group", "origin"])
    for unit, m in (("A", 50), ("B", 40), ("C", 10)):
        row = found.loc[("women", unit)]
        law = stats.hypergeom(POOL.loc[unit, "eligible"], POOL.loc[unit, "women"], m)
        assert row["expected"] == pytest.approx(law.mean())
        assert (row["high"] - row["expected"]) / 1.959964 == pytest.approx(law.std(), rel=1e-6)
    total = found.loc[("women", "total")]
    assert total["people"] == 100
    assert total["expected"] == pytest.approx(20 + 28 + 5)
    assert total["share"] == pytest.approx(0.53)


def test_everyone_goes_without_doubt():
    moves = MOVES.assign(people=[150, 50, 100, 60])
    found = movers_profile(moves, POOL).set_index(["group", "origin"])
    assert found.loc[("women", "total"), ["expected", "low", "high"]].tolist() == [180] * 3


@given(st.lists(st.integers(1, 30), min_size=2, max_size=6), st.integers(0, 10_000))
@settings(max_examples=80, deadline=None)
def test_no_suppressed_origin_can_be_found_by_subtraction(people, seed):
    rng = np.random.default_rng(seed)
    units = [f"u{i}" for i in range(len(people))]
    moves = pd.DataFrame({"origin": units, "destination": "X", "people": people})
    eligible = np.array(people) + rng.integers(0, 30, len(people))
    pool = pd.DataFrame({"eligible": eligible, "women": rng.binomial(eligible, 0.5)}, index=units)
    found = movers_profile(moves, pool, groups=["women"])
    hidden = found[found["suppressed"]]
    assert hidden[["people", "expected", "share", "low", "high"]].isna().all().all()
    origins = found[found["origin"] != "total"]
    shown = origins[~origins["suppressed"]]
    assert (shown["people"] >= 5).all()
    total = found.iloc[-1]
    if not total["suppressed"]:
        assert total["people"] == sum(people)
        below = origins["suppressed"].to_numpy()
        assert below.sum() != 1
        if below.any():  # what subtraction tells of those that are hidden, taken together
            women = pool["women"].to_numpy()
            assert total["people"] - shown["people"].sum() >= 5
            assert women[below].sum() >= 5
            assert (eligible - women)[below].sum() >= 5


def test_a_single_small_origin_hides_the_total():
    moves = pd.DataFrame({"origin": ["A"], "destination": ["X"], "people": [2]})
    found = movers_profile(moves, POOL.loc[["A"]], groups=["women"])
    assert found["suppressed"].tolist() == [True, True]
    assert found["people"].isna().all()


def test_distances_are_weighted_by_people():
    km = pd.DataFrame([[100, 900], [300, 500]], index=["A", "B"], columns=["X", "Y"])
    moves = MOVES.iloc[:3]  # 30 go 100 km, 20 go 900, 40 go 300
    found = distances(moves, km, cap=400)
    assert found["mean"] == pytest.approx((30 * 100 + 20 * 900 + 40 * 300) / 90)
    assert found[["median", "p90", "longest"]].tolist() == [300, 900, 900]
    assert found["beyond_cap"] == pytest.approx(20 / 90)
    assert np.isnan(distances(moves, km)["beyond_cap"])
    assert distances(moves.iloc[:0], km).isna().all()


class TestBadInput:
    def test_pool(self):
        with pytest.raises(DataError, match="no row for C"):
            movers_profile(MOVES, POOL.drop(index="C"))
        with pytest.raises(DataError, match="column women is missing"):
            movers_profile(MOVES, POOL.drop(columns="women"))
        with pytest.raises(DomainError, match="More people leave A than are eligible"):
            movers_profile(MOVES, POOL.assign(eligible=[49, 100, 60], women=9, near_retirement=9))
        with pytest.raises(DomainError, match="women: more than are eligible in C"):
            movers_profile(MOVES, POOL.assign(women=[80, 70, 61]))
        with pytest.raises(DomainError, match=r"women must be whole people.*B: -1"):
            movers_profile(MOVES, POOL.assign(women=[80, -1, 30]))

    def test_distance(self):
        km = pd.DataFrame([[100]], index=["A"], columns=["X"])
        with pytest.raises(DataError, match="none from A to Y, B to X, C to Y"):
            distances(MOVES, km)
