"""Measures of dispersion: Hoover, coefficient of variation, variance of logs, Herfindahl.

Notation: see `analysis.inequality.measures.registry`.
"""

import numpy as np
import numpy.typing as npt

from analysis.inequality.samples.sample import FloatArray
from analysis.inequality.samples.segments import Segments


def hoover(x: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> float:
    """Return the Hoover index, the share that would have to move for all ratios to be equal.

    ``H = (1/2) sum_i p_i |r_i - 1|``; with ratios of staff per head and weights of people this is
    half the sum of absolute differences between the shares of staff and of people. It is the
    greatest vertical distance between the Lorenz curve and the diagonal, and is also called the
    Schutz, Pietra, Ricci or Robin Hood index.

    Parameters
    ----------
    x : array-like of shape (n,)
        Values >= 0, not all zero.
    weights : array-like of shape (n,), optional
        People, > 0.

    Returns
    -------
    float
        In [0, 1); 0 when all are equal.

    Raises
    ------
    DomainError
        If the input is outside the domain.

    References
    ----------
    Hoover, E. M. (1936). The measurement of industrial localization. Review of Economic
    Statistics 18, 162-171.
    Schutz, R. R. (1951). On the measurement of income inequality. American Economic Review 41,
    107-122.

    Examples
    --------
    >>> hoover([1, 3])
    0.25
    """
    return float(_hoover(_shareable(x, weights, "hoover"))[0])


def coefficient_of_variation(x: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> float:
    """Return the coefficient of variation, ``CV = sqrt(sum_i p_i (r_i - 1)^2)``.

    The variance is that of a population, divided by the total weight. Weighted by people this is
    Williamson's index of regional disparity.

    Parameters
    ----------
    x : array-like of shape (n,)
        Values >= 0, not all zero.
    weights : array-like of shape (n,), optional
        People, > 0.

    Returns
    -------
    float
        In [0, sqrt(sum(w) / min(w) - 1)], so [0, sqrt(n - 1)] without weights; 0 when all are
        equal.

    Raises
    ------
    DomainError
        If the input is outside the domain.

    References
    ----------
    Williamson, J. G. (1965). Regional inequality and the process of national development: a
    description of the patterns. Economic Development and Cultural Change 13(4), part 2, 1-84.

    Examples
    --------
    >>> coefficient_of_variation([1, 3])
    0.5
    """
    sample = _shareable(x, weights, "coefficient_of_variation")
    return float(_coefficient_of_variation(sample)[0])


def variance_of_logs(x: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> float:
    """Return the variance of logarithms, ``V = sum_i p_i (ln x_i - sum_j p_j ln x_j)^2``.

    The distance is taken from the mean of the logarithms, the variance divided by the total
    weight. It weighs the bottom heavily, and can fall when someone poor gives to someone rich
    above about 2.7 times the geometric mean: it breaks the principle of transfers.

    Parameters
    ----------
    x : array-like of shape (n,)
        Values > 0.
    weights : array-like of shape (n,), optional
        People, > 0.

    Returns
    -------
    float
        >= 0; 0 when all are equal.

    Raises
    ------
    DomainError
        If the input is outside the domain.

    References
    ----------
    Cowell, F. A. (2011). Measuring Inequality, 3rd edition. Oxford University Press, chapter 2.
    Foster, J. E. and Ok, E. A. (1999). Lorenz dominance and the variance of logarithms.
    Econometrica 67, 901-907.

    Examples
    --------
    >>> round(variance_of_logs([1, 2.718281828459045]), 6)
    0.25
    """
    sample = Segments.single(x, weights, measure="variance_of_logs", domain="positive")
    return float(_variance_of_logs(sample)[0])


def herfindahl(x: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> float:
    """Return the Herfindahl-Hirschman index, ``HHI = sum_i w_i (x_i / sum_j w_j x_j)^2``.

    Without weights: the sum of squared shares of the total. It measures how concentrated the total
    is in few hands, so that, unlike the other measures, it falls when everything is replicated:
    ``HHI = (1 + CV^2) / sum(w)``, whose inverse is the number of equal units that would be as
    concentrated. A weight says how many such units there are.

    Parameters
    ----------
    x : array-like of shape (n,)
        Values >= 0, not all zero, such as the staff of each unit.
    weights : array-like of shape (n,), optional
        Number of units, > 0.

    Returns
    -------
    float
        In [1 / sum(w), 1 / min(w)], so [1 / n, 1] without weights; 1 / n when all are equal.

    Raises
    ------
    DomainError
        If the input is outside the domain.

    References
    ----------
    Hirschman, A. O. (1964). The paternity of an index. American Economic Review 54, 761-762.
    Rhoades, S. A. (1993). The Herfindahl-Hirschman index. Federal Reserve Bulletin 79, 188-189.

    Examples
    --------
    >>> herfindahl([1, 3])
    0.625
    """
    return float(_herfindahl(_shareable(x, weights, "herfindahl"))[0])


def _shareable(x: npt.ArrayLike, weights: npt.ArrayLike | None, measure: str) -> Segments:
    return Segments.single(x, weights, measure=measure, domain="shareable")


def _hoover(segments: Segments) -> FloatArray:
    segments.require("shareable", "hoover")
    return 0.5 * segments.mean_of(np.abs(segments.excess))


def _coefficient_of_variation(segments: Segments) -> FloatArray:
    segments.require("shareable", "coefficient_of_variation")
    return np.sqrt(segments.mean_of(segments.excess**2))


def _variance_of_logs(segments: Segments) -> FloatArray:
    segments.require("positive", "variance_of_logs")
    away = segments.log_relative - segments.spread(segments.mean_of(segments.log_relative))
    return segments.mean_of(away**2)


def _herfindahl(segments: Segments) -> FloatArray:
    segments.require("shareable", "herfindahl")
    return (1.0 + segments.mean_of(segments.excess**2)) / segments.totals
