import numpy as np
import pytest
from scipy import stats

from analysis.errors import DomainError, ParameterError
from analysis.inequality.curves.lorenz import lorenz_curve
from analysis.inequality.inference.stochastic_dominance import dominance_test

RNG = np.random.default_rng(5)
BEFORE = RNG.lognormal(0, 0.8, 60)
PEOPLE = RNG.lognormal(0, 1, 60)
MANY = RNG.lognormal(0, 0.8, 400)
FLOOR_AND_TOP = np.maximum(MANY, np.median(MANY)) * np.where(np.quantile(MANY, 0.9) < MANY, 2, 1)


def test_differences_are_those_of_the_curves():
    after = BEFORE**0.7
    found = dominance_test(
        BEFORE, after, weights_before=PEOPLE, weights_after=2 * PEOPLE, replicates=20, seed=1
    )
    expected = lorenz_curve(after, PEOPLE).at(found.points)
    expected = expected - lorenz_curve(BEFORE, PEOPLE).at(found.points)
    np.testing.assert_allclose(found.difference, expected, rtol=0, atol=1e-12)


@pytest.mark.parametrize(
    ("after", "verdict"),
    [
        (MANY**0.5, "dominates"),
        (MANY**1.8, "is dominated"),
        (3 * MANY, "equal"),
        (FLOOR_AND_TOP, "crosses"),
    ],
)
def test_verdicts(after, verdict):
    assert dominance_test(MANY, after, replicates=300, seed=1).verdict == verdict


def test_swapping_the_states_turns_the_verdict():
    forth, back = (
        dominance_test(*states, replicates=100, seed=3)
        for states in ((BEFORE, BEFORE**0.8), (BEFORE**0.8, BEFORE))
    )
    np.testing.assert_allclose(forth.difference, -back.difference, atol=1e-15)
    np.testing.assert_allclose(forth.se, back.se)
    assert (forth.verdict, back.verdict) == ("dominates", "is dominated")


def test_standard_errors_agree_with_scipy():
    after = BEFORE**0.8

    def difference(before, after):
        return lorenz_curve(after).at(0.5) - lorenz_curve(before).at(0.5)

    found = dominance_test(BEFORE, after, points=[0.5], replicates=4000, seed=1)
    peer = stats.bootstrap(
        (BEFORE, after),
        difference,
        paired=True,
        vectorized=False,
        n_resamples=1000,
        method="percentile",
        rng=np.random.default_rng(2),
    )
    assert found.se.item() == pytest.approx(peer.standard_error, rel=0.08)


def test_one_point_has_about_the_critical_value_of_a_single_test():
    found = dominance_test(BEFORE, BEFORE**0.8, points=[0.5], replicates=4000, seed=1)
    assert found.critical == pytest.approx(1.96, abs=0.25)


def test_points_judged_together_need_a_larger_critical_value():
    single = dominance_test(BEFORE, BEFORE**0.8, points=[0.5], replicates=1000, seed=1)
    several = dominance_test(BEFORE, BEFORE**0.8, replicates=1000, seed=1)
    assert several.critical > single.critical


def test_without_a_change_it_rejects_about_as_often_as_it_says():
    rng = np.random.default_rng(11)
    unequal = 0
    for _ in range(100):
        common = rng.lognormal(0, 0.5, 200)
        states = (common * rng.lognormal(0, 0.2, 200) for _ in range(2))
        unequal += dominance_test(*states, replicates=200, seed=rng).verdict != "equal"
    assert unequal <= 13  # 5 expected; more than 13 has probability below 0.001


def test_the_seed_makes_it_repeatable():
    first, second = (dominance_test(BEFORE, BEFORE**0.8, replicates=50, seed=9) for _ in range(2))
    assert first.to_frame().equals(second.to_frame())
    assert first.to_frame().columns.tolist() == ["point", "difference", "se", "low", "high"]


@pytest.mark.parametrize(
    "options",
    [
        {"points": [0.0, 0.5]},
        {"points": []},
        {"level": 0.0},
        {"level": 1.0},
        {"replicates": 1},
        {"weights_before": PEOPLE},
    ],
)
def test_options_out_of_range_are_refused(options):
    with pytest.raises(ParameterError, match="dominance_test"):
        dominance_test(BEFORE, BEFORE, **options)


def test_needs_the_same_units():
    with pytest.raises(DomainError, match="60 units before but 59 after"):
        dominance_test(BEFORE, BEFORE[1:])


def test_needs_two_units():
    with pytest.raises(ParameterError, match="at least two units"):
        dominance_test([1.0], [2.0])
