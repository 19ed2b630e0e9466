"""Local Moran's I: PySAL's, and from the definitions."""

from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from esda.moran import Moran_Local
from hypothesis import given, settings
from hypothesis import strategies as st
from libpysal.weights import lat2W
from statsmodels.stats.multitest import multipletests

from analysis.errors import DomainError, ParameterError
from analysis.inequality import local_autocorrelation, spatial_autocorrelation

LINE = {"A": ["B"], "B": ["A", "C"], "C": ["B", "D"], "D": ["C"]}
RATIO = pd.Series({"A": 1.0, "B": 2.0, "C": 3.0, "D": 4.0})
QUICK = {"permutations": 19, "seed": 1}


@pytest.fixture(scope="module")
def lattice():
    weights = lat2W(6, 5)
    return np.random.default_rng(2).lognormal(size=30), weights.full()[0], weights


def test_the_estimates_are_those_of_pysal(lattice):
    x, linked, weights = lattice
    found, peer = local_autocorrelation(x, linked, **QUICK), Moran_Local(x, weights, permutations=0)
    np.testing.assert_allclose(found.units["estimate"], peer.Is, rtol=1e-12)


@settings(max_examples=40, derandomize=True, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_they_are_their_definition_and_average_to_morans_i(seed):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(4, 12))
    x, linked = rng.normal(size=n), rng.uniform(size=(n, n)) < 0.4
    np.fill_diagonal(linked, val=False)
    linked[0, 1] = True
    found = local_autocorrelation(x, linked, **QUICK).units
    z = x - x.mean()
    for i in range(n):
        lag = z[linked[i]].mean() if linked[i].any() else np.nan
        expected = (n - 1) * z[i] * lag / (z @ z)
        assert found["estimate"][i] == pytest.approx(expected, nan_ok=True)
    overall = spatial_autocorrelation(x, linked, **QUICK).estimate
    assert found["estimate"].mean() == pytest.approx(overall * (n - 1) / n)


@settings(max_examples=20, derandomize=True, deadline=None)
@given(st.integers(0, 2**32 - 1), st.floats(0.1, 50), st.floats(-9, 9))
def test_units_of_measurement_do_not_matter(seed, scale, shift):
    x = pd.Series(np.random.default_rng(seed).normal(size=4), RATIO.index)
    first = local_autocorrelation(x, LINE, **QUICK).units
    second = local_autocorrelation(scale * x + shift, LINE, **QUICK).units
    np.testing.assert_allclose(first["estimate"], second["estimate"], atol=1e-9)
    pd.testing.assert_frame_equal(
        first[["p_value", "q_value", "kind"]], second[["p_value", "q_value", "kind"]]
    )


def test_p_values_are_those_of_all_placements_of_the_others():
    x = np.array([5.0, 1.0, 4.0, 2.0, 8.0, 0.0])
    linked = np.zeros((6, 6))
    for i, j in [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5), (0, 4)]:
        linked[i, j] = linked[j, i] = 1
    found = local_autocorrelation(x, linked, permutations=20_000, seed=3).units
    for i in range(6):
        others = np.flatnonzero(linked[i])
        rest = [k for k in range(6) if k != i]
        means = []
        for order in permutations(x[rest]):
            placed = dict(zip(rest, order, strict=True))
            means.append(np.mean([placed[j] for j in others]))
        seen = x[others].mean()
        tails = np.mean(np.array(means) >= seen - 1e-9), np.mean(np.array(means) <= seen + 1e-9)
        assert found["p_value"][i] == pytest.approx(min(1, 2 * min(tails)), abs=0.03)


def test_false_discoveries_are_held_to_by_benjamini_and_hochberg(lattice):
    x, linked, _ = lattice
    found = local_autocorrelation(np.sort(x), linked, rate=0.1, permutations=999, seed=4).units
    told, q, *_ = multipletests(found["p_value"], alpha=0.1, method="fdr_bh")
    np.testing.assert_allclose(found["q_value"], q)
    assert told.any()
    assert (~told).any()
    assert ((found["kind"] != "not_told") == told).all()


def test_nothing_is_told_of_values_placed_at_random(lattice):
    _, linked, _ = lattice
    rng = np.random.default_rng(9)
    runs = [
        (local_autocorrelation(rng.normal(size=30), linked, permutations=999, seed=rng).units)
        for _ in range(60)
    ]
    any_told = np.mean([(run["kind"] != "not_told").any() for run in runs])
    assert any_told <= 0.15  # nominally at most 0.05
    below = np.mean([run["p_value"] <= 0.1 for run in runs])
    assert below == pytest.approx(0.1, abs=0.02)


def test_each_unit_is_told_by_its_own_side_and_that_of_its_neighbours():
    grid = lat2W(10, 10, rook=False).full()[0]
    x = np.tile(np.arange(10.0), (10, 1))  # from west to east
    x[4, 1] = 15.0  # high among low ones
    x[7, 8] = -6.0  # low among high ones
    found = local_autocorrelation(x.ravel(), grid, rate=0.1, permutations=4999, seed=6)
    kinds = found.units["kind"].to_numpy().reshape(10, 10)
    assert found.told("high_low") == (4 * 10 + 1,)
    assert found.told("low_high") == (7 * 10 + 8,)
    assert set(kinds[1:3, :3].ravel()) == {"low_low"}
    assert set(kinds[1:3, 7:].ravel()) == {"high_high"}
    assert set(kinds[:, 4:6].ravel()) == {"not_told"}


def test_labels_decide_islands_are_shown_and_the_seed_repeats():
    island = pd.concat([RATIO, pd.Series({"E": 9.0})])
    lists = LINE | {"E": []}
    found = local_autocorrelation(island, lists, **QUICK)
    other = local_autocorrelation(island[[*"ECADB"]], lists, **QUICK)
    pd.testing.assert_series_equal(
        found.units["estimate"], other.units["estimate"][found.units.index]
    )
    assert found.told("no_neighbour") == ("E",)
    assert found.units.loc["E", ["mean", "estimate", "p_value", "q_value"]].isna().all()
    assert found.to_frame()["unit"].tolist() == [*"ABCDE"]
    pd.testing.assert_frame_equal(found.units, local_autocorrelation(island, lists, **QUICK).units)
    drawn = local_autocorrelation(island, lists, permutations=50)
    again = local_autocorrelation(island, lists, permutations=50, seed=drawn.seed)
    pd.testing.assert_frame_equal(drawn.units, again.units)


@pytest.mark.parametrize(
    ("x", "neighbours", "options", "error", "said"),
    [
        (RATIO * 0, LINE, {}, DomainError, "whose values differ"),
        (RATIO, {"A": ["B"]}, {}, DomainError, "B, C, D is not listed"),
        (RATIO, LINE, {"permutations": 0}, ParameterError, "at least 1"),
        (RATIO, LINE, {"rate": 5}, ParameterError, "rate: 5 given"),
    ],
)
def test_refuses_in_words(x, neighbours, options, error, said):
    with pytest.raises(error, match=said):
        local_autocorrelation(x, neighbours, **options)
