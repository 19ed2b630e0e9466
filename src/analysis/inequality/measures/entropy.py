"""Generalised entropy (Theil) and Atkinson indices.

Notation: see `analysis.inequality.measures.registry`.
"""

import numpy as np
import numpy.typing as npt

from analysis.errors import DomainError
from analysis.inequality.samples.sample import Domain, FloatArray
from analysis.inequality.samples.segments import Segments, expm1_excess

_LARGE = 1e6  # mean powers from here on are computed by their logarithm


def generalized_entropy(
    x: npt.ArrayLike, weights: npt.ArrayLike | None = None, *, alpha: float
) -> float:
    """Return the generalised entropy index GE(alpha).

    ``GE(a) = sum_i p_i (r_i^a - 1) / (a (a - 1))``; the limits are Theil L at a = 0,
    ``-sum_i p_i ln r_i``, and Theil T at a = 1, ``sum_i p_i r_i ln r_i``. GE(2) is half the
    squared coefficient of variation. A larger alpha weighs the top more.

    Parameters
    ----------
    x : array-like of shape (n,)
        Values > 0; zeros are allowed for alpha > 0.
    weights : array-like of shape (n,), optional
        People, > 0.
    alpha : float
        Any real number.

    Returns
    -------
    float
        >= 0; 0 when all are equal. The greatest value, when one of n units has everything, is
        ``(n^(a-1) - 1) / (a (a - 1))`` for a > 0; there is none for a <= 0.

    Raises
    ------
    DomainError
        If the input is outside the domain.

    References
    ----------
    Shorrocks, A. F. (1980). The class of additively decomposable inequality measures.
    Econometrica 48, 613-625.
    Cowell, F. A. (1980). On the structure of additive inequality measures. Review of Economic
    Studies 47, 521-531.

    Examples
    --------
    >>> generalized_entropy([1, 3], alpha=2)
    0.125
    """
    measure = f"generalized_entropy(alpha={alpha})"
    sample = Segments.single(x, weights, measure=measure, domain=_domain(alpha))
    return float(_generalized_entropy(sample, alpha=alpha)[0])


def theil_t(x: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> float:
    """Return Theil's T index, ``T = sum_i p_i r_i ln r_i``: GE(1).

    Parameters
    ----------
    x : array-like of shape (n,)
        Values >= 0, not all zero; a zero adds nothing, the limit of ``r ln r``.
    weights : array-like of shape (n,), optional
        People, > 0.

    Returns
    -------
    float
        In [0, ln(sum(w) / min(w))], so [0, ln n] without weights; 0 when all are equal.

    Raises
    ------
    DomainError
        If the input is outside the domain.

    References
    ----------
    Theil, H. (1967). Economics and Information Theory. North-Holland, Amsterdam, chapter 4.

    Examples
    --------
    >>> round(theil_t([1, 3]), 6)
    0.130812
    """
    sample = Segments.single(x, weights, measure="theil_t", domain="shareable")
    return float(_theil_t(sample)[0])


def theil_l(x: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> float:
    """Return Theil's L index or mean log deviation, ``L = -sum_i p_i ln r_i``: GE(0).

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
    Theil, H. (1967). Economics and Information Theory. North-Holland, Amsterdam, chapter 4.

    Examples
    --------
    >>> round(theil_l([1, 3]), 6)
    0.143841
    """
    sample = Segments.single(x, weights, measure="theil_l", domain="positive")
    return float(_theil_l(sample)[0])


def atkinson(x: npt.ArrayLike, weights: npt.ArrayLike | None = None, *, epsilon: float) -> float:
    """Return the Atkinson index.

    ``A(e) = 1 - (sum_i p_i r_i^(1 - e))^(1 / (1 - e))``, and ``1 - exp(sum_i p_i ln r_i)`` at
    e = 1: the share of the total that could be given up if the rest were spread evenly, without
    loss to a society of aversion e. A larger epsilon weighs the bottom more.

    Parameters
    ----------
    x : array-like of shape (n,)
        Values > 0; zeros (not all) are allowed for epsilon < 1.
    weights : array-like of shape (n,), optional
        People, > 0.
    epsilon : float
        Aversion to inequality, > 0.

    Returns
    -------
    float
        In [0, 1); 0 when all are equal.

    Raises
    ------
    DomainError
        If the input is outside the domain, or ``epsilon <= 0``.

    References
    ----------
    Atkinson, A. B. (1970). On the measurement of inequality. Journal of Economic Theory 2,
    244-263.

    Examples
    --------
    >>> round(atkinson([1, 3], epsilon=0.5), 6)
    0.066987
    >>> round(atkinson([1, 3], epsilon=1), 6)
    0.133975
    """
    measure = f"atkinson(epsilon={epsilon})"
    sample = Segments.single(x, weights, measure=measure, domain=_domain(1.0 - epsilon))
    return float(_atkinson(sample, epsilon=epsilon)[0])


def _domain(power: float) -> Domain:
    return "shareable" if power > 0 else "positive"


def _theil_t(segments: Segments) -> FloatArray:
    segments.require("shareable", "theil_t")
    return _generalized_entropy(segments, alpha=1.0)


def _theil_l(segments: Segments) -> FloatArray:
    segments.require("positive", "theil_l")
    return _generalized_entropy(segments, alpha=0.0)


def _generalized_entropy(segments: Segments, *, alpha: float) -> FloatArray:
    if not np.isfinite(alpha):
        raise DomainError(f"generalized_entropy: alpha must be a finite number, not {alpha}.")
    segments.require(_domain(alpha), f"generalized_entropy(alpha={alpha})")
    # Each term is the distance of a convex function from its tangent at r = 1, so that none is
    # negative and nothing cancels however close the values are.
    if alpha == 0:
        return -segments.mean_of(segments.log_shortfall)
    if alpha == 2:
        return 0.5 * segments.mean_of(segments.excess**2)
    if alpha == 0.5:  # 2 sum p (sqrt(r) - 1)^2
        distance = segments.excess / (1.0 + np.sqrt(segments.relative))
        return 2.0 * segments.mean_of(distance**2)
    with np.errstate(over="ignore"):
        if alpha < 0.5:
            curve = expm1_excess(alpha * segments.log_relative) / alpha
            terms = (curve + segments.log_shortfall) / (alpha - 1.0)
        elif alpha == 1:
            terms = segments.log_surplus
        else:
            curve = expm1_excess((alpha - 1.0) * segments.log_relative) / (alpha - 1.0)
            terms = (segments.log_surplus + segments.relative * curve) / alpha
    if segments.zeros:
        terms = np.where(segments.values > 0, terms, 1.0 / alpha)
    return segments.mean_of(terms)


def _atkinson(segments: Segments, *, epsilon: float) -> FloatArray:
    if not (epsilon > 0 and np.isfinite(epsilon)):
        raise DomainError(f"atkinson: epsilon must be above 0 and finite, not {epsilon}.")
    power = 1.0 - epsilon
    segments.require(_domain(power), f"atkinson(epsilon={epsilon})")
    if power == 0:
        return -np.expm1(-_theil_l(segments))
    # The mean power is 1 + a (a - 1) GE(a), which loses nothing near equality.
    entropy = _generalized_entropy(segments, alpha=power)
    moment = power * (power - 1.0) * entropy
    result = -np.expm1(np.log1p(np.maximum(moment, -1.0)) / power)
    if power < 0 and moment.max() > _LARGE:
        # Far from equality large powers overflow, and logarithms are as exact.
        exponents = power * segments.log_relative
        peaks = np.maximum.reduceat(exponents, segments.starts)
        log_moment = peaks + np.log(segments.mean_of(np.exp(exponents - segments.spread(peaks))))
        result = np.where(moment > _LARGE, -np.expm1(log_moment / power), result)
    return result
