"""A world in which units are log-normal: its measures in closed form, its fit, draws of it.

The logarithms of the weights and values of a unit, at one date or two, are jointly normal, and
units are independent. Weighting by a log-normal weight shifts the logarithm of the value and leaves
its spread, so values weighted by people are log-normal too, with the same standard deviation `s`.
Scale-free measures are therefore functions of `s` alone.

References
----------
Aitchison, J. and Brown, J. A. C. (1957). The Lognormal Distribution. Cambridge University Press,
chapters 2 and 11.

Cowell, F. A. (2011). Measuring Inequality, 3rd edition. Oxford University Press, appendix A.3.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Any

import numpy as np
from scipy import special

from analysis.inequality.inference.linearization import functional_of
from analysis.inequality.measures.dispersion import (
    CoefficientOfVariation,
    Hoover,
    variance_of_logs,
)
from analysis.inequality.measures.entropy import GeneralizedEntropy
from analysis.inequality.measures.measure import Statistic, unbind
from analysis.inequality.measures.quantiles import quantile_ratio
from analysis.inequality.measures.rank_measures import Gini, absolute_gini, extended_gini
from analysis.inequality.measures.ratios import palma, quintile_share_ratio
from analysis.inequality.measures.welfare import Atkinson
from analysis.inequality.samples.sample import FloatArray


@dataclass(frozen=True)
class Scale:
    """An increasing transformation on which a measure varies more like a normal variable.

    Parameters
    ----------
    to, back : callable
        From the measure to the scale, and back.
    """

    to: Callable[[FloatArray], FloatArray]
    back: Callable[[FloatArray], FloatArray]


def _log(values: FloatArray) -> FloatArray:
    with np.errstate(divide="ignore", invalid="ignore"):  # the caller refuses what is not finite
        return np.log(values)


def _logit(values: FloatArray) -> FloatArray:
    with np.errstate(divide="ignore", invalid="ignore"):
        logit: FloatArray = special.logit(values)
        return logit


def _exp(values: FloatArray) -> FloatArray:
    with np.errstate(over="ignore"):  # a limit beyond all numbers is infinite
        return np.exp(values)


IDENTITY = Scale(lambda values: values, lambda values: values)
LOG = Scale(_log, _exp)
LOGIT = Scale(_logit, special.expit)
LOG_LOG = Scale(lambda values: _log(_log(values)), lambda values: _exp(_exp(values)))


@dataclass(frozen=True)
class LogNormalForm:
    """A measure in a log-normal distribution.

    Parameters
    ----------
    scale : Scale
        Where its intervals are made.
    value : callable
        `value(s, mean)`: the measure, given the standard deviation of the logarithms and the mean.
    """

    scale: Scale
    value: Callable[..., FloatArray]


def lognormal_form(measure: Statistic) -> LogNormalForm | None:
    """Return `measure` in a log-normal distribution, or None where that is not known here.

    Formulas, with `z_q` the normal quantile: Gini `2 Phi(s / sqrt(2)) - 1`, times the mean for the
    absolute Gini; Hoover `2 Phi(s / 2) - 1`; `GE(a) = (exp(a (a - 1) s^2 / 2) - 1) / (a (a - 1))`,
    `s^2 / 2` at a = 0 and 1; Atkinson `1 - exp(-e s^2 / 2)`; coefficient of variation
    `sqrt(exp(s^2) - 1)`; variance of logarithms `s^2`; ratio of quantiles
    `exp((z_upper - z_lower) s)`. The Lorenz curve is `L(p) = Phi(z_p - s)`, which gives the ratios
    of shares, and the extended Gini index as `1 - v integral_0^1 L(1 - t^(1 / (v - 1))) dt`.

    Examples
    --------
    >>> from analysis.inequality.measures.rank_measures import gini
    >>> lognormal_form(gini).value(np.array([0.5]), np.array([1.0])).round(4).tolist()
    [0.2763]
    """
    functional = functional_of(measure)
    if functional is not None:
        return _of_functional(functional)
    function, options = unbind(measure)
    form = _OTHERS.get(function)
    return None if form is None else LogNormalForm(form.scale, partial(form.value, **options))


def scale_of(measure: Statistic) -> Scale:
    """Return the scale of a measure: logit for shares, log for the rest; identity if unknown."""
    form = lognormal_form(measure)
    return IDENTITY if form is None else form.scale


def fitted(logs: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the mean of the logarithms, and a triangle R with R'R their covariance matrix.

    Parameters
    ----------
    logs : ndarray, shape (b, n, k)
        For each of `b` samples the logarithms of `n` units, `n >= k`.

    Returns
    -------
    mean : ndarray, shape (b, k)
    triangle : ndarray, shape (b, k, k)
        Upper triangular, its diagonal at least zero: the covariance may be singular, as where the
        weights of both dates are the same.
    """
    mean: FloatArray = logs.mean(axis=1)
    away = (logs - mean[:, None, :]) / np.sqrt(logs.shape[1] - 1.0)
    triangle: FloatArray = np.linalg.qr(away).R
    # The decomposition leaves the sign of each row open.
    signs = np.where(np.diagonal(triangle, axis1=1, axis2=2) < 0.0, -1.0, 1.0)
    return mean, triangle * signs[:, :, None]


def drawn(
    mean: FloatArray, triangle: FloatArray, units: int, draws: int, rng: np.random.Generator
) -> FloatArray:
    """Return logarithms of `draws` samples from each of `b` worlds, shape (b, draws, units, k)."""
    worlds, k = mean.shape
    normal = rng.standard_normal((worlds, draws * units, k))
    logs: FloatArray = (normal @ triangle + mean[:, None, :]).reshape(worlds, draws, units, k)
    return logs


def _of_functional(functional: object) -> LogNormalForm | None:
    if isinstance(functional, Gini):
        return LogNormalForm(LOGIT, lambda s, _: special.erf(s / 2.0))
    if isinstance(functional, Hoover):
        return LogNormalForm(LOGIT, lambda s, _: special.erf(s / np.sqrt(8.0)))
    if isinstance(functional, Atkinson):
        epsilon = functional.epsilon
        return LogNormalForm(LOGIT, lambda s, _: -np.expm1(-0.5 * epsilon * s**2))
    if isinstance(functional, GeneralizedEntropy):
        product = functional.alpha * (functional.alpha - 1.0)
        if product == 0.0:
            return LogNormalForm(LOG, lambda s, _: 0.5 * s**2)
        return LogNormalForm(LOG, lambda s, _: np.expm1(0.5 * product * s**2) / product)
    if isinstance(functional, CoefficientOfVariation):
        return LogNormalForm(LOG, lambda s, _: np.sqrt(np.expm1(s**2)))
    return None


def _share(s: FloatArray, p: float) -> FloatArray:
    """Share of the total that the lowest `p` of the people have."""
    share: FloatArray = special.ndtr(special.ndtri(p) - s)
    return share


def _palma(s: FloatArray, _: FloatArray) -> FloatArray:
    return (1.0 - _share(s, 0.9)) / _share(s, 0.4)


def _quintile_share_ratio(s: FloatArray, _: FloatArray, **_definition: Any) -> FloatArray:
    return (1.0 - _share(s, 0.8)) / _share(s, 0.2)


def _quantile_ratio(
    s: FloatArray, _: FloatArray, upper: float = 0.9, lower: float = 0.1, **_definition: Any
) -> FloatArray:
    ratio: FloatArray = np.exp((special.ndtri(upper) - special.ndtri(lower)) * s)
    return ratio


def _extended_gini(s: FloatArray, _: FloatArray, nu: float) -> FloatArray:
    nodes, weights = np.polynomial.legendre.leggauss(64)
    t = 0.5 * (nodes + 1.0)
    curve = special.ndtr(special.ndtri(1.0 - t ** (1.0 / (nu - 1.0))) - s[..., None])
    values: FloatArray = 1.0 - 0.5 * nu * (curve @ weights)
    return values


_OTHERS: Mapping[Statistic, LogNormalForm] = MappingProxyType(
    {
        absolute_gini: LogNormalForm(LOG, lambda s, mean: mean * special.erf(s / 2.0)),
        extended_gini: LogNormalForm(LOGIT, _extended_gini),
        variance_of_logs: LogNormalForm(LOG, lambda s, _: s**2),
        palma: LogNormalForm(LOG, _palma),
        quintile_share_ratio: LogNormalForm(LOG, _quintile_share_ratio),
        quantile_ratio: LogNormalForm(LOG_LOG, _quantile_ratio),
    }
)
