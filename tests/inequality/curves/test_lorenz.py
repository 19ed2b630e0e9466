import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis.extra.numpy import arrays
from inequality.wolfson import lorenz_curve as pysal_lorenz_curve

from analysis.errors import DomainError, ParameterError
from analysis.inequality.curves.lorenz import (
    concentration_curve,
    dominance,
    generalized_lorenz_curve,
    lorenz_curve,
    pen_parade,
)
from analysis.inequality.measures import gini, hoover, palma, quantile, theil_t

EXAMPLES = settings(max_examples=40, derandomize=True, deadline=None)
X, W = [4.0, 1.0, 2.0], [1.0, 2.0, 1.0]


@st.composite
def samples(draw):
    n = draw(st.integers(1, 20))
    x = draw(arrays(np.float64, n, elements=st.floats(0.01, 1e4)))
    return x, draw(arrays(np.float64, n, elements=st.floats(0.1, 1e3)))


def test_knots_by_hand():
    curve = lorenz_curve(X, W)
    assert curve.population_share.tolist() == [0.0, 0.5, 0.75, 1.0]
    assert curve.value_share.tolist() == [0.0, 0.25, 0.5, 1.0]
    assert curve.at([0.25, 0.875]).tolist() == [0.125, 0.75]
    assert curve.to_frame().columns.tolist() == ["population_share", "value_share"]
    assert len(curve.to_frame()) == 4


def test_generalized_knots_by_hand():
    curve = generalized_lorenz_curve(X, W)
    assert curve.value_per_head.tolist() == [0.0, 0.5, 1.0, 2.0]
    assert curve.mean == 2.0
    assert curve.at(0.25) == 0.25
    assert curve.to_frame().columns.tolist() == ["population_share", "value_per_head"]


def test_generalized_curve_of_losses():
    assert generalized_lorenz_curve([1.0, -3.0]).value_per_head.tolist() == [0.0, -1.5, -1.0]


def test_pen_parade_by_hand():
    parade = pen_parade(X, W)
    assert parade.mean == 2.0
    assert parade.at([0.0, 0.5, 0.51, 1.0]).tolist() == [1.0, 1.0, 2.0, 4.0]
    frame = parade.to_frame()
    assert frame["population_from"].tolist() == [0.0, 0.5, 0.75]
    assert frame["population_to"].tolist() == [0.5, 0.75, 1.0]
    assert frame["relative"].tolist() == [0.5, 1.0, 2.0]


def test_concentration_curve_by_hand():
    curve = concentration_curve(X, rank_by=[1.0, 2.0, 3.0], weights=W)
    assert curve.population_share.tolist() == [0.0, 0.25, 0.75, 1.0]
    assert curve.value_share.tolist() == [0.0, 0.5, 0.75, 1.0]
    assert curve.concentration_index == pytest.approx(-0.1875)
    assert curve.at(0.5) == 0.625
    assert curve.to_frame().columns.tolist() == ["population_share", "value_share"]


def test_units_of_one_rank_share_a_knot():
    first = concentration_curve([1.0, 5.0, 2.0], rank_by=[1, 1, 2])
    second = concentration_curve([5.0, 1.0, 2.0], rank_by=[1, 1, 2])
    assert first.population_share.tolist() == pytest.approx([0.0, 2 / 3, 1.0])
    assert first.value_share.tolist() == second.value_share.tolist() == [0.0, 0.75, 1.0]


@EXAMPLES
@given(data=samples())
def test_concentration_curve_ranked_by_itself_is_the_lorenz_curve(data):
    x, w = data
    lorenz, concentration = lorenz_curve(x, w), concentration_curve(x, rank_by=x, weights=w)
    p = np.linspace(0, 1, 11)
    assert concentration.at(p) == pytest.approx(lorenz.at(p), abs=1e-12)
    assert concentration.concentration_index == pytest.approx(gini(x, w), abs=1e-12)


@EXAMPLES
@given(data=samples())
def test_lorenz_curve_agrees_with_the_measures(data):
    x, w = data
    curve = lorenz_curve(x, w)
    assert curve.gini == pytest.approx(gini(x, w), abs=1e-12)
    distance = float(np.max(curve.population_share - curve.value_share))
    assert distance == pytest.approx(hoover(x, w), abs=1e-12)
    assert (1 - curve.at(0.9)) / curve.at(0.4) == pytest.approx(palma(x, w), rel=1e-9)


@EXAMPLES
@given(data=samples())
def test_curve_rises_ever_steeper_below_the_diagonal(data):
    curve = lorenz_curve(*data)
    assert curve.population_share[0] == curve.value_share[0] == 0.0
    assert curve.population_share[-1] == curve.value_share[-1] == 1.0
    slopes = np.diff(curve.value_share) / np.diff(curve.population_share)
    assert np.all(np.diff(slopes) >= -1e-9 * slopes[1:])
    assert np.all(curve.value_share <= curve.population_share + 1e-12)


@EXAMPLES
@given(data=samples(), q=st.floats(0.05, 0.95))
def test_pen_parade_is_the_quantile_function(data, q):
    x, w = data
    assert pen_parade(x, w).at(q) == pytest.approx(quantile(x, w, q=q))


@EXAMPLES
@given(data=samples(), seed=st.integers(0, 1000))
def test_order_of_units_does_not_matter_to_the_last_bit(data, seed):
    x, w = data
    x = np.round(x) + 1
    order = np.random.default_rng(seed).permutation(x.size)
    for curve in (lorenz_curve, generalized_lorenz_curve, pen_parade):
        before, after = curve(x, w).to_frame(), curve(x[order], w[order]).to_frame()
        np.testing.assert_array_equal(before.to_numpy(), after.to_numpy())


def test_pysal_lorenz_curve():
    x = np.random.default_rng(0).lognormal(size=50)
    population, income = pysal_lorenz_curve(x)
    curve = lorenz_curve(x)
    assert curve.population_share == pytest.approx(population, abs=1e-14)
    assert curve.value_share == pytest.approx(income, abs=1e-14)


@pytest.mark.parametrize(
    ("before", "after", "verdict", "crossings"),
    [
        ([1, 5], [2, 4], "dominates", []),
        ([2, 4], [1, 5], "is dominated", []),
        ([1, 5], [2, 10], "equal", []),
        ([1, 4, 4], [2, 2, 5], "crosses", [0.5]),
        ([1, 2, 3], [1, 2, 3, 1, 2, 3], "equal", []),
        ([1, 1], [1, 1, 1], "equal", []),
        # curves that touch at a knot and then part on the same side do not cross
        ([1, 5, 5, 9], [2, 4, 6, 8], "dominates", []),
        # two crossings
        ([2, 2, 6, 10], [1, 4, 4, 11], "crosses", [0.375, 0.625]),
    ],
)
def test_verdicts(before, after, verdict, crossings):
    result = dominance(lorenz_curve(before), lorenz_curve(after))
    assert result.verdict == verdict
    assert result.crossings == pytest.approx(crossings, abs=1e-12)


@pytest.mark.parametrize(
    ("before", "after", "meet"),
    [
        ([1, 3, 3, 3], [2, 2, 2, 4], 0.5),  # at one knot
        ([1, 3, 4, 5, 7], [2, 2, 4, 4, 8], 0.4),  # from there to 0.6
    ],
)
def test_curves_that_touch_before_they_part_cross_where_they_first_meet(before, after, meet):
    result = dominance(lorenz_curve(before), lorenz_curve(after))
    assert result.verdict == "crosses"
    assert result.crossings == pytest.approx([meet])


def test_generalized_dominance_sees_the_mean():
    # Twice as much for everyone leaves the shares and raises the generalised curve.
    before, after = [1, 2, 3], [2, 4, 6]
    assert dominance(lorenz_curve(before), lorenz_curve(after)).verdict == "equal"
    generalized = dominance(generalized_lorenz_curve(before), generalized_lorenz_curve(after))
    assert generalized.verdict == "dominates"


def test_growth_that_the_rich_keep_dominates_only_generalized():
    before, after = [1, 2, 3], [1, 2, 9]
    assert dominance(lorenz_curve(before), lorenz_curve(after)).verdict == "is dominated"
    generalized = dominance(generalized_lorenz_curve(before), generalized_lorenz_curve(after))
    assert generalized.verdict == "dominates"


@EXAMPLES
@given(first=samples(), second=samples())
def test_dominance_agrees_with_a_fine_grid_and_with_the_measures(first, second):
    before, after = lorenz_curve(*first), lorenz_curve(*second)
    result = dominance(before, after)
    gap = after.at(np.linspace(0, 1, 2001)) - before.at(np.linspace(0, 1, 2001))
    if result.verdict == "dominates":
        assert gap.min() >= -1e-12
        assert gini(*second) <= gini(*first) + 1e-12
        assert theil_t(*second) <= theil_t(*first) + 1e-12
    elif result.verdict == "is dominated":
        assert gap.max() <= 1e-12
    elif result.verdict == "crosses":
        assert after.at(result.crossings) == pytest.approx(before.at(result.crossings), abs=1e-9)
        assert gap.size
    reverse = dominance(after, before).verdict
    opposite = {"dominates": "is dominated", "is dominated": "dominates"}
    assert reverse == opposite.get(result.verdict, result.verdict)


def test_frame_of_dominance():
    frame = dominance(lorenz_curve([1, 3]), lorenz_curve([2, 2, 2])).to_frame()
    assert frame.columns.tolist() == ["population_share", "before", "after", "difference"]
    assert frame["population_share"].tolist() == pytest.approx([0, 1 / 3, 1 / 2, 2 / 3, 1])
    assert frame["difference"].max() == pytest.approx(0.25)


def test_refuses_curves_of_different_kinds():
    with pytest.raises(ParameterError, match="LorenzCurve and a GeneralizedLorenzCurve"):
        dominance(lorenz_curve([1, 2]), generalized_lorenz_curve([1, 2]))


@pytest.mark.parametrize("curve", [lorenz_curve, generalized_lorenz_curve, pen_parade])
def test_refuses_missing_values(curve):
    with pytest.raises(DomainError, match=f"{curve.__name__}: missing or infinite"):
        curve([1.0, np.nan])


def test_refuses_what_has_no_shares_or_ranks():
    with pytest.raises(DomainError, match="all values are zero"):
        lorenz_curve([0.0, 0.0])
    with pytest.raises(DomainError, match="2 values but 1 in rank_by"):
        concentration_curve([1.0, 2.0], rank_by=[1.0])
