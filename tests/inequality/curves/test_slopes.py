import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from analysis.errors import DomainError, ParameterError
from analysis.inequality.curves.concentration import concentration_index, fractional_rank
from analysis.inequality.curves.slopes import ordered_inequality, relative_index, slope_index

value = st.integers(1, 40).map(float)
units = st.lists(st.tuples(value, st.integers(0, 5), st.integers(1, 9)), min_size=3, max_size=14)
X, WEALTH = np.array([20.0, 55.0, 40.0, 80.0, 90.0]), np.array([1, 2, 2, 4, 5])
W = np.array([4.0, 1.0, 2.0, 3.0, 2.0])


def columns(rows):
    return [np.array(column, dtype=float) for column in zip(*rows, strict=True)]


@settings(max_examples=40)
@given(units.filter(lambda rows: len({row[1] for row in rows}) > 1))
def test_the_line_is_that_of_weighted_least_squares(rows):
    x, rank_by, w = columns(rows)
    slope, intercept = np.polyfit(fractional_rank(rank_by, w), x, 1, w=np.sqrt(w))
    assert slope_index(x, rank_by, w) == pytest.approx(slope, abs=1e-9)
    mean_based = relative_index(x, rank_by, w, definition="slope_over_mean")
    assert mean_based == pytest.approx(slope / np.average(x, weights=w), abs=1e-9)
    if min(intercept, intercept + slope) > 0.1:
        ratio = (intercept + slope) / intercept
        assert relative_index(x, rank_by, w) == pytest.approx(ratio, rel=1e-8)


def test_the_curve_maximises_the_binomial_likelihood():
    ranks, share = fractional_rank(WEALTH, W), X / 100

    def loss(parameters):
        linear = parameters[0] + parameters[1] * ranks
        return float(W @ (np.logaddexp(0, linear) - share * linear))

    fit = minimize(loss, [0.0, 0.0], tol=1e-12)
    bottom, top = 100 / (1 + np.exp(-fit.x[0])), 100 / (1 + np.exp(-fit.x.sum()))
    found = slope_index(X, WEALTH, W, model="logistic", bounds=(0, 100))
    assert found == pytest.approx(top - bottom, abs=1e-4)
    ratio = relative_index(X, WEALTH, W, model="logistic", bounds=(0, 100))
    assert ratio == pytest.approx(top / bottom, rel=1e-5)


def test_the_curve_does_not_depend_on_the_scale_of_values_or_weights():
    options = {"model": "logistic", "bounds": (0, 100)}
    found = slope_index(X, WEALTH, W, **options)
    assert slope_index(X, WEALTH, 1e6 * W, **options) == pytest.approx(found, rel=1e-12)
    moved = slope_index(2 * X + 10, WEALTH, W, model="logistic", bounds=(10, 210))
    assert moved == pytest.approx(2 * found, rel=1e-12)


def test_order_and_repeated_rows_change_nothing():
    found, turned = slope_index(X, WEALTH, W), slope_index(X[::-1], WEALTH[::-1], W[::-1])
    assert found == turned
    again = W.astype(int)
    repeated = slope_index(np.repeat(X, again), np.repeat(WEALTH, again))
    assert repeated == pytest.approx(found, rel=1e-12)


@pytest.mark.parametrize("options", [{}, {"model": "logistic", "bounds": (0, 100)}])
def test_equal_values_have_no_gradient(options):
    found = ordered_inequality([30.0] * 3, [1, 2, 3], **options)
    assert found.slope_index == pytest.approx(0.0, abs=1e-12)
    assert found.relative_index == pytest.approx(1.0)
    assert found.absolute_concentration_index == pytest.approx(0.0, abs=1e-12)


def test_the_set_holds_each_measure():
    found = ordered_inequality(X, WEALTH, W)
    values = found.to_frame().set_index("measure")["value"]
    assert values["slope_index"] == slope_index(X, WEALTH, W)
    assert values["relative_index"] == relative_index(X, WEALTH, W)
    assert values["slope_over_mean"] == relative_index(X, WEALTH, W, definition="slope_over_mean")
    absolute = concentration_index(X, WEALTH, W, kind="generalized")
    assert values["absolute_concentration_index"] == absolute
    assert values["relative_concentration_index"] == pytest.approx(
        concentration_index(X, WEALTH, W), rel=1e-15
    )


def test_a_line_below_zero_has_no_ratio():
    with pytest.raises(DomainError, match="predicts"):
        relative_index([0.0, 1.0, 10.0], [1, 2, 3])
    found = ordered_inequality([0.0, 1.0, 10.0], [1, 2, 3])
    assert found.relative_index is None
    assert found.to_frame()["value"].isna().sum() == 1


@pytest.mark.parametrize(
    ("options", "error", "said"),
    [
        ({"model": "other"}, ParameterError, "other"),
        ({"model": "logistic"}, ParameterError, "needed.* Pass the lowest"),
        ({"bounds": (0, 100)}, ParameterError, "without meaning.* Leave it out"),
        ({"model": "logistic", "bounds": (0, 50)}, DomainError, "outside the bounds"),
    ],
)
def test_refuses_options_that_make_no_sense(options, error, said):
    with pytest.raises(error, match=said):
        slope_index(X, WEALTH, W, **options)


def test_refuses_data_without_a_fit():
    with pytest.raises(DomainError, match="same rank"):
        slope_index([1.0, 2.0], [3, 3])
    with pytest.raises(DomainError, match="separate"):
        slope_index([0.0, 0.0, 1.0, 1.0], [1, 2, 3, 4], model="logistic", bounds=(0, 1))
    with pytest.raises(ParameterError, match="definition"):
        relative_index(X, WEALTH, definition="other")
    with pytest.raises(DomainError, match="all values are zero"):
        ordered_inequality([0.0, 0.0], [1, 2])
    with pytest.raises(DomainError, match="all values are zero"):
        relative_index([0.0, 0.0], [1, 2], definition="slope_over_mean")
