"""Slope and relative index of inequality: the regression measures WHO uses for ordered units.

The value of each unit is regressed on its fractional rank `R_i`, weighted by `w_i`; the measures
compare what the line (or logistic curve) predicts for the very top of the ranking with what it
predicts for the very bottom.
"""

import warnings
from dataclasses import asdict, dataclass
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.errors import DomainError, ParameterError
from analysis.inequality.curves.concentration import Bounds, Ranked, check_bounds
from analysis.inequality.samples.sample import as_values
from analysis.labels import align_all

Model = Literal["linear", "logistic"]
Definition = Literal["ratio", "slope_over_mean"]


def slope_index(
    x: npt.ArrayLike,
    rank_by: npt.ArrayLike,
    weights: npt.ArrayLike | None = None,
    *,
    model: Model = "linear",
    bounds: Bounds | None = None,
) -> float:
    """Return the slope index of inequality (SII): the predicted gap from bottom to top.

    Formula: `SII = f(1) - f(0)`, where `f` is fitted to `x_i` at the fractional ranks `R_i` with
    weights `w_i`:

    - ``"linear"``: least squares, `f(R) = alpha + beta R`, so that `SII = cov_p(x, R) /
      var_p(R)`.
    - ``"logistic"``: `f(R) = a + (b - a) / (1 + exp(-alpha - beta R))` by the binomial
      likelihood of `(x_i - a) / (b - a)`, for a variable with bounds `(a, b)`, which `f` then
      respects. WHO's choice for percentages.

    Range: any real number, in the unit of `x`; within `a - b` and `b - a` for ``"logistic"``.
    Positive where those ranked high have more.

    Parameters
    ----------
    x : array-like, shape (n,)
        Values; within the bounds for ``"logistic"``.
    rank_by : array-like, shape (n,)
        Ranking variable, with two different values at least; ties share the mean of their ranks.
    weights : array-like, shape (n,), optional
        Positive weights, such as population.
    model : {"linear", "logistic"}
        What is fitted.
    bounds : (float, float), optional
        Lowest and highest value that `x` can take, for ``"logistic"`` only.

    Returns
    -------
    float

    Raises
    ------
    DomainError
        If the data lie outside the domain, or no logistic curve fits because ranks separate
        values at the bounds without exception.
    ParameterError
        If `model` is unknown, or `bounds` is missing, reversed, or given where it has no meaning.

    References
    ----------
    Pamuk, E. R. (1985). Social class inequality in mortality from 1921 to 1972 in England and
    Wales. Population Studies 39, 17-31.

    Schlotheuber, A. and Hosseinpoor, A. R. (2022). Summary measures of health inequality: a
    review of existing measures and their application. International Journal of Environmental
    Research and Public Health 19, 3697.

    Examples
    --------
    >>> round(slope_index([10, 20, 30, 40], [1, 2, 3, 4]), 9)
    40.0
    """
    bottom, top, _ = _predicted(x, rank_by, weights, model, bounds, "slope_index")
    return top - bottom


def relative_index(
    x: npt.ArrayLike,
    rank_by: npt.ArrayLike,
    weights: npt.ArrayLike | None = None,
    *,
    definition: Definition = "ratio",
    model: Model = "linear",
    bounds: Bounds | None = None,
) -> float:
    """Return the relative index of inequality (RII), in one of its two definitions.

    Formula, with `f` as in `slope_index`:

    - ``"ratio"``: `f(1) / f(0)`, predicted top over predicted bottom (Kunst and Mackenbach); 1
      without a gradient. WHO's choice.
    - ``"slope_over_mean"``: `(f(1) - f(0)) / mu` (Pamuk); 0 without a gradient.

    Range: > 0 for the ratio; any real number for the slope over the mean.

    Parameters
    ----------
    x : array-like, shape (n,)
        Values >= 0, not all zero.
    rank_by, weights, model, bounds
        As in `slope_index`.
    definition : {"ratio", "slope_over_mean"}
        Which of the two.

    Returns
    -------
    float

    Raises
    ------
    DomainError
        As `slope_index`, and if a straight line predicts zero or less at an end, where the ratio
        has no meaning.
    ParameterError
        As `slope_index`, and if `definition` is unknown.

    References
    ----------
    Kunst, A. E. and Mackenbach, J. P. (1995). Measuring Socio-economic Inequalities in Health.
    WHO Regional Office for Europe, Copenhagen.

    Pamuk, E. R. (1985). Social class inequality in mortality from 1921 to 1972 in England and
    Wales. Population Studies 39, 17-31.

    Examples
    --------
    >>> wealth = [1, 2, 3, 4]
    >>> round(relative_index([20, 30, 40, 50], wealth), 6)
    3.666667
    >>> round(relative_index([20, 30, 40, 50], wealth, definition="slope_over_mean"), 6)
    1.142857
    """
    if definition not in get_args(Definition):
        raise ParameterError(
            f"definition: {definition!r} is none of {', '.join(get_args(Definition))}."
        )
    name = f"relative_index(definition={definition!r})"
    x, rank_by, weights = align_all(name, x=x, rank_by=rank_by, weights=weights)
    values = as_values(x, measure=name, domain="shareable")
    bottom, top, sample = _predicted(values, rank_by, weights, model, bounds, name)
    if definition == "slope_over_mean":
        return (top - bottom) / sample.mean
    if bottom <= 0.0 or top <= 0.0:
        raise DomainError(
            f"{name}: the line predicts {bottom:.6g} at the bottom and {top:.6g} at the top, where "
            'a ratio needs both above zero. Use model="logistic" or definition="slope_over_mean".'
        )
    return top / bottom


@dataclass(frozen=True)
class OrderedInequality:
    """The measures of WHO's Health Equity Assessment Toolkit for ordered units.

    Attributes
    ----------
    slope_index : float
        SII, in the unit of the variable.
    relative_index : float or None
        RII as a ratio; None where a straight line predicts zero or less at an end.
    slope_over_mean : float
        RII as the slope index over the mean.
    absolute_concentration_index : float
        ACI, in the unit of the variable.
    relative_concentration_index : float
        RCI, as a share (WHO's tables print it times 100).
    """

    slope_index: float
    relative_index: float | None
    slope_over_mean: float
    absolute_concentration_index: float
    relative_concentration_index: float

    def to_frame(self) -> pd.DataFrame:
        """Return one row per measure: measure, value (missing where there is none)."""
        values = asdict(self)
        return pd.DataFrame(
            {"measure": list(values), "value": np.array(list(values.values()), dtype=float)}
        )


def ordered_inequality(
    x: npt.ArrayLike,
    rank_by: npt.ArrayLike,
    weights: npt.ArrayLike | None = None,
    *,
    model: Model = "linear",
    bounds: Bounds | None = None,
) -> OrderedInequality:
    """Return WHO's measures for ordered units: slope, relative and concentration indexes.

    Formula: see `slope_index`, `relative_index` and `concentration_index` (kinds
    ``"generalized"``, the absolute one, and ``"standard"``, the relative one). All four use
    every unit, weighted, not the two extremes only.

    Range: see there.

    Parameters
    ----------
    x : array-like, shape (n,)
        Values >= 0, not all zero.
    rank_by, weights, model, bounds
        As in `slope_index`.

    Returns
    -------
    OrderedInequality

    Raises
    ------
    DomainError, ParameterError
        As `slope_index`.

    References
    ----------
    Schlotheuber, A. and Hosseinpoor, A. R. (2022). Summary measures of health inequality: a
    review of existing measures and their application. International Journal of Environmental
    Research and Public Health 19, 3697.

    Examples
    --------
    >>> found = ordered_inequality([20, 30, 40, 50], [1, 2, 3, 4])
    >>> round(found.absolute_concentration_index, 6), round(found.slope_index, 6)
    (6.25, 40.0)
    """
    name = "ordered_inequality"
    x, rank_by, weights = align_all(name, x=x, rank_by=rank_by, weights=weights)
    values = as_values(x, measure=name, domain="shareable")
    bottom, top, sample = _predicted(values, rank_by, weights, model, bounds, name)
    absolute = sample.absolute_concentration()
    return OrderedInequality(
        slope_index=top - bottom,
        relative_index=top / bottom if min(bottom, top) > 0.0 else None,
        slope_over_mean=(top - bottom) / sample.mean,
        absolute_concentration_index=absolute,
        relative_concentration_index=absolute / sample.mean,
    )


def _predicted(
    x: npt.ArrayLike,
    rank_by: npt.ArrayLike,
    weights: npt.ArrayLike | None,
    model: Model,
    bounds: Bounds | None,
    name: str,
) -> tuple[float, float, Ranked]:
    """Return what the model predicts at ranks 0 and 1, and the ranked sample."""
    if model not in get_args(Model):
        raise ParameterError(f"model: {model!r} is none of {', '.join(get_args(Model))}.")
    logistic = model == "logistic"
    if logistic != (bounds is not None):
        raise ParameterError(
            f"bounds: {'needed' if logistic else 'without meaning'} for model={model!r}. "
            f"{'Pass the lowest and highest value x can take.' if logistic else 'Leave it out.'}"
        )
    x, rank_by, weights = align_all(name, x=x, rank_by=rank_by, weights=weights)
    values = as_values(x, measure=name)
    if bounds is not None:
        check_bounds(values, bounds, measure=name)
    sample = Ranked.of(values, rank_by, weights, measure=name)
    if sample.starts.size < 2:
        raise DomainError(f"{name}: all units have the same rank. Rank them by what varies.")
    if bounds is not None:
        return *_logistic_ends(sample, bounds, name), sample
    slope = 0.5 * sample.absolute_concentration() / sample.rank_variance
    return sample.mean - 0.5 * slope, sample.mean + 0.5 * slope, sample


def _logistic_ends(sample: Ranked, bounds: Bounds, name: str) -> tuple[float, float]:
    low, high = bounds
    share = (sample.values - low) / (high - low)
    if share.min() == share.max():  # a constant needs no curve, and at a bound none exists
        return float(sample.values[0]), float(sample.values[0])
    ranks = np.column_stack((np.ones_like(sample.ranks), sample.ranks))
    # Imported here: it takes long, and the other curves do without.
    from statsmodels.genmod.families import Binomial
    from statsmodels.genmod.generalized_linear_model import GLM
    from statsmodels.tools.sm_exceptions import ModelWarning

    with warnings.catch_warnings():
        warnings.simplefilter("error", ModelWarning)
        try:
            # Weights of mean one keep the fit's stopping rule on the scale it is meant for.
            fit = GLM(share, ranks, family=Binomial(), var_weights=sample.shares * share.size).fit(
                tol=1e-14, tol_criterion="params", maxiter=200
            )
        except ModelWarning as error:
            raise DomainError(
                f"{name}: no logistic curve fits, as ranks separate the values at the bounds "
                'without exception. Use model="linear".'
            ) from error
    bottom, top = fit.predict(np.array([[1.0, 0.0], [1.0, 1.0]])).tolist()
    return low + (high - low) * bottom, low + (high - low) * top
