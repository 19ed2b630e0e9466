"""Measures that weigh each unit by its rank: Gini, absolute Gini, extended Gini.

Notation: see `analysis.inequality.measures.registry`.
"""

import math
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from analysis.errors import DomainError
from analysis.inequality.samples.ordering import BLOCK, as_ascending, blocks
from analysis.inequality.samples.sample import FloatArray
from analysis.inequality.samples.segments import Segments

_EXTREME = 1e-75
_RANK_STEPS = np.arange(0.0, 2 * BLOCK, 2)


def gini(
    x: npt.ArrayLike, weights: npt.ArrayLike | None = None, *, unbiased: bool = False
) -> float:
    """Return the Gini index.

    ``G = sum_i sum_j p_i p_j |x_i - x_j| / (2 mu)``: half the relative mean difference, twice the
    area between the Lorenz curve and the diagonal. Computed in O(n log n) from ranks, with values
    centred on their median, so that every term is positive and nearly equal values lose no digits.

    Parameters
    ----------
    x : array-like of shape (n,)
        Values >= 0, not all zero.
    weights : array-like of shape (n,), optional
        People, > 0.
    unbiased : bool
        Multiply by n / (n - 1), n the number of units: the greatest value becomes 1, and the
        first-order bias of a simple random sample goes. With weights the units are still what was
        drawn.

    Returns
    -------
    float
        In [0, 1); in [0, 1] if `unbiased` and unweighted. 0 when all are equal.

    Raises
    ------
    DomainError
        If the input is outside the domain, or `unbiased` with a single unit.

    References
    ----------
    Gini, C. (1912). Variabilità e mutabilità. Cuppini, Bologna.
    Sen, A. (1973). On Economic Inequality. Clarendon Press, Oxford, chapter 2.
    Deltas, G. (2003). The small-sample bias of the Gini coefficient: results and implications for
    empirical research. Review of Economics and Statistics 85, 226-234 (`unbiased`).

    Examples
    --------
    >>> gini([1, 2, 3, 4])
    0.25
    >>> gini([1, 3], weights=[3, 1])
    0.25
    """
    values, people = as_ascending(x, weights, measure="gini", domain="shareable")
    if unbiased and values.size == 1:
        raise DomainError("gini: unbiased=True needs at least two units.")
    result = _gini_sorted(values, people)
    return result * values.size / (values.size - 1) if unbiased else result


def absolute_gini(x: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> float:
    """Return the absolute Gini index, in the unit of the values.

    ``A = mu G = sum_i sum_j p_i p_j |x_i - x_j| / 2``: half the mean difference. It stays the same
    when every unit gains the same amount, where the Gini index stays the same when every unit
    gains the same percentage.

    Parameters
    ----------
    x : array-like of shape (n,)
        Any values.
    weights : array-like of shape (n,), optional
        People, > 0.

    Returns
    -------
    float
        >= 0, at most (max - min) / 4; 0 when all are equal.

    Raises
    ------
    DomainError
        If a value is missing or infinite, or a weight is not positive.

    References
    ----------
    Kolm, S.-C. (1976). Unequal inequalities I. Journal of Economic Theory 12, 416-442 (absolute
    measures).
    Yitzhaki, S. and Schechtman, E. (2013). The Gini Methodology. Springer, chapter 2.

    Examples
    --------
    >>> absolute_gini([1, 2, 3, 4])
    0.625
    """
    return _half_mean_difference(*as_ascending(x, weights, measure="absolute_gini"))[0]


def extended_gini(x: npt.ArrayLike, weights: npt.ArrayLike | None = None, *, nu: float) -> float:
    """Return the extended (single-parameter, S-) Gini index.

    ``G(v) = 1 - v (v - 1) integral_0^1 (1 - p)^(v - 2) L(p) dp`` with the Lorenz curve L, straight
    between its knots: ``1 - sum_i r_i (S_(i-1)^v - S_i^v)``, S_i the share of people above unit i
    in ascending order. G(2) is the Gini index; a larger v weighs the bottom more.

    Parameters
    ----------
    x : array-like of shape (n,)
        Values >= 0, not all zero.
    weights : array-like of shape (n,), optional
        People, > 0.
    nu : float
        Aversion to inequality, > 1.

    Returns
    -------
    float
        In [0, 1); 0 when all are equal.

    Raises
    ------
    DomainError
        If the input is outside the domain, or ``nu <= 1``.

    References
    ----------
    Donaldson, D. and Weymark, J. A. (1980). A single-parameter generalization of the Gini indices
    of inequality. Journal of Economic Theory 22, 67-86.
    Yitzhaki, S. (1983). On an extension of the Gini inequality index. International Economic
    Review 24, 617-628.

    Examples
    --------
    >>> extended_gini([1, 2, 3, 4], nu=2)
    0.25
    >>> round(extended_gini([1, 2, 3, 4], nu=4), 6)
    0.446875
    """
    sample = Segments.single(x, weights, measure="extended_gini", domain="shareable")
    return float(_extended_gini(sample, nu=nu)[0])


def _gini_sorted(values: FloatArray, weights: FloatArray | None = None) -> float:
    """Return the Gini index of values that are sorted, with weights in the same order."""
    difference, mean = _half_mean_difference(values, weights)
    return difference / mean


def _half_mean_difference(
    values: FloatArray, weights: FloatArray | None = None
) -> tuple[float, float]:
    """Return half the mean difference and the mean, of sorted values.

    ``sum_i p_i (2 F_i - 1) (x_i - c)``, F_i the share below unit i plus half its own, equals half
    the mean difference for every c. With c the median no term is negative, so nothing cancels.
    """
    size = max(abs(float(values[0])), abs(float(values[-1])))
    if size != 0 and not _EXTREME < size < 1 / _EXTREME:  # sums of products would overflow
        exponent = math.frexp(size)[1]
        difference, mean = _half_mean_difference(np.ldexp(values, -exponent), weights)
        return math.ldexp(difference, exponent), math.ldexp(mean, exponent)
    if weights is None:
        return _unweighted(values)
    if not _EXTREME < float(weights[0]) < 1 / _EXTREME:
        return _weighted(values, np.ldexp(weights, -math.frexp(float(weights[0]))[1]))
    return _weighted(values, weights)


def _unweighted(values: FloatArray) -> tuple[float, float]:
    n = values.size
    centre = values[(n - 1) // 2]
    products, distances = [], []
    for block in blocks(n):
        away = values[block] - centre
        rank = _RANK_STEPS[: away.size] + (2.0 * block.start + 1.0 - n)
        products.append(float(rank @ away))
        distances.append(float(away.sum()))
    return math.fsum(products) / n / n, float(centre) + math.fsum(distances) / n


def _weighted(values: FloatArray, weights: FloatArray) -> tuple[float, float]:
    n = values.size
    parts = [float(weights[block].sum()) for block in blocks(n)]
    below = [0.0, *accumulate(parts)]
    total = below[-1]
    middle = int(np.searchsorted(below[1:], total / 2))
    block = list(blocks(n))[middle]
    within = np.searchsorted(np.cumsum(weights[block]), total / 2 - below[middle])
    centre = values[min(block.start + int(within), n - 1)]
    products, distances = [], []
    for block, base in zip(blocks(n), below, strict=False):
        weight = weights[block]
        rank = np.cumsum(weight)
        rank += base - 0.5 * total
        rank -= 0.5 * weight
        away = values[block] - centre
        away *= weight
        products.append(float(rank @ away))
        distances.append(float(away.sum()))
    return 2.0 * math.fsum(products) / total / total, float(centre) + math.fsum(distances) / total


def _gini(segments: Segments, *, unbiased: bool = False) -> FloatArray:
    segments.require("shareable", "gini")
    if unbiased:
        segments.refuse(segments.sizes == 1, "gini", "unbiased=True with a single unit")
        return _gini(segments) * segments.sizes / (segments.sizes - 1)
    return _absolute_gini(segments) / segments.means


def _absolute_gini(segments: Segments) -> FloatArray:
    rank = segments.cumulative - 0.5 * segments.weights
    rank -= segments.spread(0.5 * segments.totals)
    rank *= segments.shares
    rank *= segments.away
    differences: FloatArray = 2.0 * segments.sums(rank) / segments.totals
    return np.maximum(differences, 0.0)


def _extended_gini(segments: Segments, *, nu: float) -> FloatArray:
    if not nu > 1:
        raise DomainError(f"extended_gini: nu must be above 1, not {nu}. nu=2 is the Gini index.")
    segments.require("shareable", "extended_gini")
    # Summation by parts turns the sum over units into one over gaps between neighbours,
    # sum_k (S_k - S_k^v) (x_(k+1) - x_k), in which no term is negative.
    above = segments.above / segments.spread(segments.totals)
    below = segments.cumulative / segments.spread(segments.totals)
    low, high = below < 0.5, (below >= 0.5) & (above > 0)
    log_above = np.log1p(-np.where(low, below, 0.0)) + np.log(np.where(high, above, 1.0))
    lost = -above * np.expm1((nu - 1.0) * log_above)
    return segments.sums(lost * segments.gaps) / segments.means
