"""The models from their definitions: equations, errors, invariances, coverage."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from analysis.inequality import spatial_autocorrelation
from analysis.models import (
    count_model,
    event_model,
    log_linear_model,
    overdispersion,
    rootogram,
)

PROVINCES = 9


def drawn(seed, n=90, alpha=0.3):
    """Units in provinces: counts drawn from a negative binomial."""
    rng = np.random.default_rng(seed)
    units = pd.DataFrame(
        {
            "province": rng.permuted(np.arange(n) % PROVINCES),
            "people": rng.lognormal(11, 1, n),
            "far": rng.normal(3, 2, n),
            "town": (np.arange(n) % 4 == 0).astype(float),
        },
        index=[f"unit {i}" for i in range(n)],
    )
    mean = units["people"] * np.exp(-7 - 0.1 * units["far"] + 0.4 * units["town"])
    units["staff"] = rng.poisson(mean * rng.gamma(1 / alpha, alpha, n)).astype(float)
    return units


UNITS = drawn(1)
TERMS = ["far", "town"]


def counted(units=UNITS, **options):
    return count_model(units["staff"], units["people"], units[TERMS], units["province"], **options)


def reweighted(counts, people, columns, alpha):
    """Iteratively reweighted least squares, written out."""
    b = np.zeros(columns.shape[1])
    eta = np.log(counts + 0.5)
    for _ in range(60):
        mu = np.exp(eta)
        weights = mu / (1 + alpha * mu)
        working = eta - np.log(people) + (counts - mu) / mu
        b = np.linalg.solve((columns.T * weights) @ columns, columns.T @ (weights * working))
        eta = columns @ b + np.log(people)
    return b, np.exp(eta), weights


def columns_of(units, *, within):
    constants = np.eye(PROVINCES)[units["province"]] if within else np.ones((len(units), 1))
    return np.column_stack([units[TERMS], constants])


@pytest.mark.parametrize("within", [False, True])
@pytest.mark.parametrize("family", ["poisson", "negative_binomial"])
def test_the_estimate_is_that_of_reweighted_least_squares(family, within):
    fit = counted(family=family, within=within)
    columns = columns_of(UNITS, within=within)
    counts, people = UNITS["staff"].to_numpy(), UNITS["people"].to_numpy()
    b, mu, weights = reweighted(counts, people, columns, fit.alpha)
    np.testing.assert_allclose(fit.coefficients["estimate"], b[:2], rtol=1e-8)
    np.testing.assert_allclose(fit.units["expected"], mu, rtol=1e-8)
    variance = mu + fit.alpha * mu**2
    np.testing.assert_allclose(fit.units["residual"], (counts - mu) / np.sqrt(variance), rtol=1e-6)
    # The scores are zero, for the terms and for each constant.
    np.testing.assert_allclose(columns.T @ ((counts - mu) * weights / mu), 0, atol=1e-5)
    # The jackknife's formula, with every column kept: what is left out has no inverse of its own
    # where a province takes its constant with it.
    moved = []
    for province in range(PROVINCES):
        own = (UNITS["province"] == province).to_numpy()
        left = (columns[~own].T * weights[~own]) @ columns[~own]
        score = columns[own].T @ ((counts - mu) * weights / mu)[own]
        moved.append((np.linalg.pinv(left, hermitian=True) @ score)[:2])
    moved = np.array(moved)
    se = np.sqrt((PROVINCES - 1) / PROVINCES * (moved**2).sum(axis=0))
    np.testing.assert_allclose(fit.coefficients["se"], se, rtol=1e-6)


def test_the_variance_has_the_greatest_likelihood():
    fit = counted()
    counts, people = UNITS["staff"].to_numpy(), UNITS["people"].to_numpy()

    def likelihood(alpha):
        _, mu, _ = reweighted(counts, people, columns_of(UNITS, within=False), alpha)
        shape = 1 / alpha
        return stats.nbinom.logpmf(counts, shape, shape / (shape + mu)).sum()

    assert fit.log_likelihood == pytest.approx(likelihood(fit.alpha), rel=1e-10)
    assert likelihood(fit.alpha) > max(likelihood(fit.alpha * 1.01), likelihood(fit.alpha / 1.01))


def test_limits_are_those_of_students_t_with_a_degree_fewer_than_provinces():
    fit = counted(level=0.9)
    rows = fit.coefficients
    reach = stats.t(PROVINCES - 1).ppf(0.95) * rows["se"]
    np.testing.assert_allclose(rows["high"] - rows["estimate"], reach)
    np.testing.assert_allclose(rows["estimate"] - rows["low"], reach)
    expected = 2 * stats.t(PROVINCES - 1).sf((rows["estimate"] / rows["se"]).abs())
    np.testing.assert_allclose(rows["p_value"], expected)
    assert (fit.clusters, fit.level) == (PROVINCES, 0.9)


def test_counts_that_vary_less_than_poissons_have_no_alpha():
    even = UNITS.assign(staff=(UNITS["people"] * 1e-3).round())
    fit, poisson = counted(even), counted(even, family="poisson")
    assert fit.alpha == 0.0
    pd.testing.assert_frame_equal(fit.coefficients, poisson.coefficients)
    assert overdispersion(poisson).p_value > 0.99


def test_the_constant_makes_expected_counts_add_up():
    fit = counted(family="poisson")
    assert fit.units["expected"].sum() == pytest.approx(UNITS["staff"].sum())
    within = counted(family="poisson", within=True).units.groupby(UNITS["province"]).sum()
    np.testing.assert_allclose(within["expected"], within["observed"])


def test_a_term_of_two_values_alone_is_a_ratio_of_rates():
    fit = count_model(
        UNITS["staff"], UNITS["people"], UNITS[["town"]], UNITS["province"], family="poisson"
    )
    sums = UNITS.groupby("town")[["staff", "people"]].sum()
    rates = sums["staff"] / sums["people"]
    assert fit.effects().loc["town", "ratio"] == pytest.approx(rates[1.0] / rates[0.0])


def test_provinces_with_levels_of_their_own_are_least_squares_within_them():
    fit = log_linear_model(
        UNITS["staff"], UNITS["people"], UNITS[TERMS], UNITS["province"], within=True
    )
    logs = np.log(UNITS["staff"] / UNITS["people"])
    inside = logs - logs.groupby(UNITS["province"]).transform("mean")
    x = UNITS[TERMS] - UNITS[TERMS].groupby(UNITS["province"]).transform("mean")
    b, *_ = np.linalg.lstsq(x.to_numpy(), inside.to_numpy())
    np.testing.assert_allclose(fit.coefficients["estimate"], b)


class TestEffects:
    def test_a_step_multiplies(self):
        fit = counted()
        one, two = fit.effects(), fit.effects({"far": 2.0})
        assert two.loc["far", "ratio"] == pytest.approx(one.loc["far", "ratio"] ** 2)
        assert two.loc["far", "low"] == pytest.approx(one.loc["far", "low"] ** 2)
        assert two.loc["town"].equals(one.loc["town"])

    def test_a_step_back_turns_the_limits_round(self):
        back, forth = counted().effects({"far": -1.0}), counted().effects()
        assert back.loc["far", "low"] == pytest.approx(1 / forth.loc["far", "high"])
        assert (back["low"] < back["ratio"]).all()
        assert (back["ratio"] < back["high"]).all()


class TestInvariances:
    @settings(max_examples=15, derandomize=True, deadline=None)
    @given(st.integers(0, 50), st.floats(1e-6, 1e6), st.floats(-1e3, 1e3), st.booleans())
    def test_units_of_measurement_change_the_coefficient_alone(self, seed, scale, shift, within):
        units = drawn(seed)
        other = units.assign(far=(units["far"] + shift) * scale, people=units["people"] / 7)
        first = counted(units, within=within).coefficients
        second = counted(other, within=within).coefficients
        second.loc["far", ["estimate", "se", "low", "high"]] *= scale
        np.testing.assert_allclose(first, second, rtol=1e-4, atol=1e-9)

    @settings(max_examples=10, derandomize=True, deadline=None)
    @given(st.integers(0, 10**6), st.sampled_from(["poisson", "negative_binomial"]))
    def test_order_labels_and_names_of_provinces_do_not_matter(self, seed, family):
        shuffled = UNITS.sample(frac=1, random_state=seed % 1000)
        first = counted(family=family)
        mixed = count_model(
            UNITS["staff"],
            shuffled["people"],
            shuffled[TERMS],
            UNITS["province"].map("P{}".format),
            family=family,
        )
        np.testing.assert_allclose(first.coefficients, mixed.coefficients, rtol=1e-6, atol=1e-12)
        moved = counted(shuffled, family=family)
        np.testing.assert_allclose(first.coefficients, moved.coefficients, rtol=1e-6, atol=1e-12)
        np.testing.assert_allclose(
            moved.units["expected"][first.units.index], first.units["expected"], rtol=1e-6
        )

    def test_an_event_and_its_contrary_have_contrary_effects(self):
        event = UNITS["staff"] < UNITS["staff"].median()
        first = event_model(event, UNITS[TERMS], UNITS["province"]).coefficients
        second = event_model(~event, UNITS[TERMS], UNITS["province"]).coefficients
        np.testing.assert_allclose(first["estimate"], -second["estimate"], rtol=1e-6)
        np.testing.assert_allclose(first["se"], second["se"], rtol=1e-6)

    def test_the_same_input_gives_the_same_numbers(self):
        pd.testing.assert_frame_equal(counted().coefficients, counted().coefficients)
        pd.testing.assert_frame_equal(counted().units, counted().units)


def test_residuals_go_with_their_columns_into_the_test_of_place():
    linked = np.eye(90, k=1) + np.eye(90, k=-1)
    for fit in (counted(), counted(within=True)):
        found = spatial_autocorrelation(
            fit.units["residual"], linked, residual_of=fit.columns, permutations=99, seed=1
        )
        assert 0 < found.p_value <= 1


def test_limits_hold_about_as_often_as_they_say():
    """Provinces that differ, and are of unequal size."""
    rng = np.random.default_rng(4)
    size = np.array([3, 4, 4, 5, 5, 6, 7, 8, 9, 12, 14, 18, 25, 30])
    province = np.repeat(np.arange(size.size), size)
    n = province.size
    terms = pd.DataFrame(
        {"far": rng.normal(size=n) + rng.normal(size=size.size)[province], "town": np.arange(n) % 3}
    )
    people = rng.lognormal(11, 1, n)
    held = []
    for _ in range(150):
        level = rng.normal(0, 0.4, size.size)[province]
        mean = people * np.exp(-7 + 0.2 * terms["far"] + level)
        staff = rng.poisson(mean * rng.gamma(4, 1 / 4, n))
        rows = count_model(staff, people, terms, province).coefficients
        held.append((rows["low"] < [0.2, 0]) & (rows["high"] > [0.2, 0]))
    assert np.mean(held, axis=0) == pytest.approx([0.95, 0.95], abs=0.04)


class TestRootogram:
    EDGES = (0, 1, 2, 4, 8, 16, 32, 64, 128, 256)

    @pytest.mark.parametrize("family", ["poisson", "negative_binomial"])
    def test_classes_are_sums_of_chances_and_add_up_to_all_units(self, family):
        fit = counted(family=family)
        table = rootogram(fit, self.EDGES)
        assert table["observed"].sum() == len(UNITS)
        assert table["expected"].sum() == pytest.approx(len(UNITS))
        mu = fit.units["expected"].to_numpy()
        law = (
            stats.poisson(mu)
            if family == "poisson"
            else stats.nbinom(1 / fit.alpha, 1 / (1 + fit.alpha * mu))
        )
        fourth = sum(law.pmf(count).sum() for count in range(4, 8))
        assert table["expected"][3] == pytest.approx(fourth)
        assert (table["low"][3], table["high"][3]) == (4, 7)
        assert table["observed"][3] == UNITS["staff"].between(4, 7).sum()
        assert table["high"].isna().tolist() == [False] * 9 + [True]
