"""The Gini index by neighbours, and Moran's I: PySAL's, and from the definitions."""

import numpy as np
import pandas as pd
import pytest
from esda.moran import Moran
from hypothesis import given, settings
from hypothesis import strategies as st
from inequality.gini import Gini_Spatial
from libpysal.weights import lat2W

from analysis.errors import DomainError, ParameterError
from analysis.inequality import gini, spatial_autocorrelation, spatial_gini

LINE = {"A": ["B"], "B": ["A", "C"], "C": ["B", "D"], "D": ["C"]}
RATIO = pd.Series({"A": 1.0, "B": 2.0, "C": 3.0, "D": 4.0})
QUICK = {"permutations": 19, "seed": 1}


@pytest.fixture(scope="module")
def lattice():
    weights = lat2W(6, 5)
    return np.random.default_rng(2).lognormal(size=30), weights.full()[0], weights


def test_the_split_is_that_of_pysal(lattice):
    x, linked, weights = lattice
    found, peer = spatial_gini(x, linked, **QUICK), Gini_Spatial(x, weights, permutations=0)
    assert found.total == pytest.approx(peer.g, rel=1e-12)
    assert found.others == pytest.approx(peer.wcg_share, rel=1e-12)
    assert found.neighbours == pytest.approx(peer.wg / peer.den, rel=1e-12)
    assert found.pairs_share == pytest.approx(weights.s0 / (30 * 29))


@settings(max_examples=40, derandomize=True, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_the_weighted_split_is_its_definition_and_adds_up(seed):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(3, 9))
    x, w = rng.uniform(0.1, 9, n), rng.uniform(0.1, 9, n)
    linked = np.triu(rng.uniform(size=(n, n)) < 0.5, 1)
    linked[0, 1] = True
    linked = linked | linked.T
    found = spatial_gini(x, linked, w, **QUICK)
    p = w / w.sum()
    differences = p[:, None] * p * np.abs(x[:, None] - x) / (2 * (p @ x))
    assert found.neighbours == pytest.approx(differences[linked].sum())
    assert found.others == pytest.approx(differences[~linked].sum())
    assert found.neighbours + found.others == pytest.approx(gini(x, w))


def test_morans_i_is_that_of_pysal_and_of_its_definition(lattice):
    x, linked, weights = lattice
    found, peer = spatial_autocorrelation(x, linked, **QUICK), Moran(x, weights, permutations=0)
    assert (found.estimate, found.expected) == (pytest.approx(peer.I), pytest.approx(-1 / 29))
    assert found.se == pytest.approx(peer.seI_rand)
    z, a = x - x.mean(), linked / linked.sum(axis=1, keepdims=True)
    assert found.estimate == pytest.approx(z @ a @ z / (z @ z))


def test_p_values_of_all_placements():
    # Of the 24 placements of 1, 2, 3, 4 on a line, two are in order: the greatest I.
    found = spatial_autocorrelation(RATIO, LINE, permutations=4999, seed=3)
    assert found.p_value == pytest.approx(2 * 2 / 24, abs=0.02)
    split = spatial_gini(RATIO, LINE, permutations=4999, seed=3)
    assert split.p_value == pytest.approx(2 * 2 / 24, abs=0.02)


def test_p_values_are_uniform_where_place_does_not_matter(lattice):
    _, linked, _ = lattice
    rng = np.random.default_rng(9)
    low = [
        spatial_gini(rng.lognormal(size=30), linked, permutations=99, seed=rng).p_value <= 0.1
        for _ in range(300)
    ]
    assert np.mean(low) == pytest.approx(0.1, abs=0.05)


def test_one_other_placement_is_enough_to_ask_for():
    assert spatial_gini(RATIO, LINE, permutations=1, seed=1).p_value in (0.5, 1.0)


def test_no_placement_of_999_is_as_orderly_as_order(lattice):
    assert spatial_gini(np.arange(1.0, 31.0), lattice[1], seed=1).p_value == 2 / 1000


def test_where_all_are_neighbours_every_placement_is_alike():
    assert spatial_gini(RATIO, 1 - np.eye(4), **QUICK).p_value == 1.0


def test_labels_decide_and_the_seed_repeats():
    shuffled = RATIO[["C", "A", "D", "B"]]
    people = pd.Series({"D": 1.0, "C": 2.0, "B": 3.0, "A": 4.0})
    frame = pd.DataFrame(0, index=[*"DCBA"], columns=[*"ABCD"])
    for unit, others in LINE.items():
        frame.loc[unit, others] = 1
    expected = spatial_gini(RATIO, LINE, people, **QUICK)
    for neighbours in (LINE, frame, frame.astype(bool)):
        found = spatial_gini(shuffled, neighbours, people, **QUICK)
        assert found.neighbours == pytest.approx(expected.neighbours)
    assert spatial_gini(RATIO, LINE, people, **QUICK) == expected
    drawn = spatial_gini(RATIO, LINE, permutations=50)
    assert spatial_gini(RATIO, LINE, permutations=50, seed=drawn.seed) == drawn


def test_units_without_neighbours_are_named():
    island = pd.concat([RATIO, pd.Series({"E": 9.0})])
    found = spatial_autocorrelation(island, LINE | {"E": []}, **QUICK)
    assert found.without_neighbours == ("E",)
    z = island - island.mean()
    lag = sum(z[unit] * z[others].mean() for unit, others in LINE.items())
    assert found.estimate == pytest.approx(5 / 4 * lag / (z**2).sum())
    assert found.to_frame()["without_neighbours"].item() == 1


@pytest.mark.parametrize(
    ("x", "neighbours", "options", "error", "said"),
    [
        (RATIO, {"A": ["B"]}, {}, DomainError, "B, C, D is not listed"),
        (RATIO, LINE | {"D": ["Z"]}, {}, DomainError, "neighbours of D: Z is no unit"),
        (RATIO, LINE | {"D": ["C", "A"]}, {}, DomainError, "one way round only"),
        (RATIO, LINE | {"D": "C"}, {}, DomainError, "neighbours of D: expected a list"),
        (RATIO.tolist(), LINE, {}, ParameterError, "named by label, but the values have none"),
        (RATIO, np.eye(4), {}, DomainError, "its own neighbour"),
        (RATIO, np.zeros((4, 4)), {}, DomainError, "nobody has a neighbour"),
        (RATIO, np.full((4, 4), 0.3), {}, DomainError, "expected 1 for neighbours"),
        (RATIO, np.ones((3, 3)), {}, DomainError, "shape"),
        (RATIO, LINE, {"permutations": 0}, ParameterError, "at least 1"),
        (RATIO - 2, LINE, {}, DomainError, "negative"),
    ],
)
def test_refuses_in_words(x, neighbours, options, error, said):
    with pytest.raises(error, match=said):
        spatial_gini(x, neighbours, **options)


def test_equal_values_have_no_autocorrelation():
    with pytest.raises(DomainError, match="whose values differ"):
        spatial_autocorrelation(RATIO * 0 + 1, LINE)


@pytest.fixture(scope="module")
def model():
    """Columns with a constant for each of twelve groups of a chain, and their neighbours."""
    rng = np.random.default_rng(7)
    groups = np.repeat(np.eye(12), 3, axis=0)
    columns = np.column_stack([groups, rng.normal(size=(36, 2))])
    linked = np.eye(36, k=1) + np.eye(36, k=-1)
    return columns, linked, np.eye(36) - columns @ np.linalg.pinv(columns)


class TestResiduals:
    """Moran's I of what a model leaves."""

    def test_the_mean_of_all_placements_is_that_of_normal_errors(self, model):
        columns, linked, make = model
        residuals = make @ np.random.default_rng(8).normal(size=36)
        found = spatial_autocorrelation(
            residuals, linked, residual_of=columns, permutations=4000, seed=2
        )
        a = linked / linked.sum(axis=1, keepdims=True)
        cliff_and_ord = np.trace(make @ a) / (36 - 14)
        assert found.expected == pytest.approx(cliff_and_ord, abs=0.02)
        assert found.estimate == pytest.approx(residuals @ a @ residuals / (residuals @ residuals))

    def test_chance_is_told_as_often_as_said_and_not_without_the_columns(self, model):
        columns, linked, make = model
        rng = np.random.default_rng(10)
        fitted, plain = [], []
        for _ in range(200):
            residuals = make @ rng.standard_exponential(36)
            options = {"permutations": 99, "seed": rng}
            found = spatial_autocorrelation(residuals, linked, residual_of=columns, **options)
            fitted.append(found.p_value <= 0.1)
            plain.append(spatial_autocorrelation(residuals, linked, **options).p_value <= 0.1)
        assert np.mean(fitted) == pytest.approx(0.1, abs=0.06)
        assert np.mean(plain) > 0.2

    def test_a_constant_alone_is_the_test_of_the_values(self):
        away = RATIO - RATIO.mean()
        found = spatial_autocorrelation(
            away, LINE, residual_of=np.ones((4, 1)), permutations=4999, seed=3
        )
        assert found.p_value == pytest.approx(2 * 2 / 24, abs=0.02)
        assert found.expected == pytest.approx(-1 / 3, abs=0.02)

    def test_labelled_columns_follow_the_values(self, model):
        columns, linked, make = model
        residuals = pd.Series(make @ np.random.default_rng(3).normal(size=36))
        frame = pd.DataFrame(columns).sample(frac=1, random_state=1)
        options = {"permutations": 19, "seed": 1}
        assert spatial_autocorrelation(
            residuals, linked, residual_of=frame, **options
        ) == spatial_autocorrelation(residuals, linked, residual_of=columns, **options)

    def test_other_values_than_residuals_are_refused(self, model):
        columns, linked, _ = model
        with pytest.raises(DomainError, match="are not the residuals on these columns"):
            spatial_autocorrelation(columns[:, -1] + 1, linked, residual_of=columns)
        with pytest.raises(DomainError, match=r"shape \(36, k\)"):
            spatial_autocorrelation(columns[:, -1], linked, residual_of=columns[:4])
