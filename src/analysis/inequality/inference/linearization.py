"""Linearise a measure: the influence of each unit, and the effect of changing its value."""

import numpy as np
import numpy.typing as npt

from analysis.errors import ParameterError
from analysis.inequality.measures.functionals import Functional
from analysis.inequality.measures.measure import Statistic, unbind
from analysis.inequality.measures.registry import MEASURES, row_of
from analysis.inequality.samples.sample import FloatArray, as_values, as_weights
from analysis.labels import align_all

__all__ = [
    "Statistic",
    "functional_of",
    "gradient",
    "influence",
    "measure_name",
    "require_functional",
    "sort_sample",
]


def functional_of(measure: Statistic) -> Functional | None:
    """Return the closed form behind `measure`, or None where only calling it will do.

    Parameters
    ----------
    measure : callable
        A measure of this package, or one with its options bound by `functools.partial`.

    Returns
    -------
    Functional or None

    Examples
    --------
    >>> from functools import partial
    >>> from analysis.inequality.measures import atkinson
    >>> functional_of(partial(atkinson, epsilon=1.0))
    Atkinson(epsilon=1.0)
    """
    row = row_of(measure)
    if row is None or row.functional is None:
        return None
    try:
        return row.functional(**unbind(measure)[1])
    except TypeError:  # an option, such as a correction for small samples, without closed form
        return None


def measure_name(measure: Statistic) -> str:
    """Return how results call `measure`: its name and the options bound to it.

    Raises
    ------
    ParameterError
        If it is no function, such as the name of one.

    Examples
    --------
    >>> from functools import partial
    >>> from analysis.inequality.measures import atkinson, gini
    >>> measure_name(gini), measure_name(partial(atkinson, epsilon=0.5))
    ('gini', 'atkinson(epsilon=0.5)')
    """
    if not callable(measure):
        raise ParameterError(
            f"measure: expected a function such as gini, not {measure!r}. Import it from "
            "analysis.inequality, or take MEASURES[name].function for a name."
        )
    function, options = unbind(measure)
    name: str = getattr(function, "__name__", type(function).__name__)
    if not options:
        return name
    return f"{name}({', '.join(f'{key}={value!r}' for key, value in options.items())})"


def influence(
    measure: Statistic, x: npt.ArrayLike, weights: npt.ArrayLike | None = None
) -> FloatArray:
    """Return the influence of each unit on a measure.

    Formula: `u_i = W dI(x, w)/dw_i` with `W = sum(w)`, the derivative of the weighted measure by
    the weight of unit `i`. It is the linearised variable of survey sampling, and with equal
    weights the empirical influence function. For the Gini index it is
    `u_i = sum_j p_j |r_i - r_j| - G (1 + r_i)`.

    Range: any real number. The weighted mean `sum(p_i u_i)` is zero. A positive value says that
    more units like this one would raise inequality.

    Parameters
    ----------
    measure : callable
        `gini`, `hoover`, `theil_t`, `theil_l`, `generalized_entropy`, `atkinson` or
        `coefficient_of_variation`, with options bound by `functools.partial`.
    x : array-like, shape (n,)
        Value of each unit, such as staff per head.
    weights : array-like, shape (n,), optional
        Positive weights, such as population.

    Returns
    -------
    ndarray, shape (n,)
        In the order of `x`, in the unit of the measure.

    Raises
    ------
    DomainError
        If `x` or `weights` lies outside the domain of the measure.
    ParameterError
        If the measure has no closed form here.

    References
    ----------
    Deville, J.-C. (1999). Variance estimation for complex statistics and estimators:
    linearization and residual techniques. Survey Methodology 25, 193-203.

    Langel, M. and Tillé, Y. (2013). Variance estimation of the Gini index: revisiting a result
    several times published. Journal of the Royal Statistical Society A 176, 521-540.

    Examples
    --------
    >>> from analysis.inequality.measures import gini
    >>> influence(gini, [1.0, 2.0, 3.0]).round(3).tolist()
    [0.167, -0.111, -0.056]
    """
    return _in_given_order(measure, "influence", x, weights)


def gradient(
    measure: Statistic, x: npt.ArrayLike, weights: npt.ArrayLike | None = None
) -> FloatArray:
    """Return how a measure responds to a small change in the value of each unit.

    Formula: `dI(x, w)/dx_i` with the weights held fixed. For the Gini index it is
    `(p_i / mu) (F(x_i-) - (1 - F(x_i)) - G)`: what unit `i` stands above less what it stands
    below, less the index.

    Range: any real number, infinite at zero values where the measure is vertical there. For a
    scale-invariant measure `sum(x_i dI/dx_i)` is zero.

    Parameters
    ----------
    measure : callable
        As in `influence`.
    x : array-like, shape (n,)
        Value of each unit, such as staff per head.
    weights : array-like, shape (n,), optional
        Positive weights, such as population.

    Returns
    -------
    ndarray, shape (n,)
        In the order of `x`, in the unit of the measure per unit of `x`.

    Raises
    ------
    DomainError
        If `x` or `weights` lies outside the domain of the measure.
    ParameterError
        If the measure has no closed form here.

    References
    ----------
    Deville, J.-C. (1999). Variance estimation for complex statistics and estimators:
    linearization and residual techniques. Survey Methodology 25, 193-203.

    Examples
    --------
    >>> from analysis.inequality.measures import gini
    >>> gradient(gini, [1.0, 2.0, 3.0]).round(3).tolist()
    [-0.148, -0.037, 0.074]
    """
    return _in_given_order(measure, "gradient", x, weights)


def sort_sample(
    x: npt.ArrayLike, weights: npt.ArrayLike | None, *, measure: str
) -> tuple[npt.NDArray[np.intp], FloatArray, FloatArray]:
    """Return the order that sorts `x`, and values and weights (ones by default) in that order."""
    x, weights = align_all(measure, x=x, weights=weights)
    values = as_values(x, measure=measure)
    order = np.argsort(values)
    if weights is None:
        return order, values[order], np.ones(values.size)
    return order, values[order], as_weights(weights, values.size, measure=measure)[order]


def require_functional(measure: Statistic, derivative: str) -> Functional:
    """Return the closed form behind `measure`, or say which measures have one.

    Raises
    ------
    ParameterError
        If there is none.
    """
    functional = functional_of(measure)
    if functional is None:
        known = ", ".join(
            sorted(
                {unbind(row.function)[0].__name__ for row in MEASURES.values() if row.functional}
            )
        )
        raise ParameterError(
            f"{measure_name(measure)}: no {derivative} in closed form; there is one for {known}. "
            "Use a percentile or basic bootstrap interval."
        )
    return functional


def _in_given_order(
    measure: Statistic, derivative: str, x: npt.ArrayLike, weights: npt.ArrayLike | None
) -> FloatArray:
    functional = require_functional(measure, derivative)
    measure(x, weights)  # refuses what lies outside the domain of the measure, in its own words
    order, ascending, sorted_weights = sort_sample(x, weights, measure=measure_name(measure))
    result = np.empty(ascending.size)
    result[order] = getattr(functional, derivative)(ascending, sorted_weights)
    return result
