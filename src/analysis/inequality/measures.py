"""Measures of inequality, weighted.

Throughout, `x_i` is the value of unit i (a ratio per head), `w_i` its weight (people),
`p_i = w_i / sum(w)`, `mu = sum(p_i x_i)` and `r_i = x_i / mu`. Weights count people: a unit of
weight 2 is two units of weight 1. Without weights every unit counts once.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy.special import xlogy

from analysis.errors import DomainError
from analysis.inequality._sample import Domain, FloatArray, as_values, as_weights


def gini(
    x: npt.ArrayLike, weights: npt.ArrayLike | None = None, *, unbiased: bool = False
) -> float:
    """Return the Gini index.

    ``G = sum_i sum_j p_i p_j |x_i - x_j| / (2 mu)``: half the relative mean difference, twice the
    area between the Lorenz curve and the diagonal. Computed in O(n log n) as a sum over sorted
    values, centred on their median so that nearly equal values lose no digits.

    Parameters
    ----------
    x : array-like of shape (n,)
        Values >= 0, not all zero.
    weights : array-like of shape (n,), optional
        People, > 0.
    unbiased : bool
        Multiply by n / (n - 1), n the number of units, which makes the greatest value 1 and
        removes the first-order bias of a simple random sample.

    Returns
    -------
    float
        In [0, 1); 0 when all are equal.

    Raises
    ------
    DomainError
        If the input is outside the domain, or `unbiased` with a single unit.

    References
    ----------
    Gini, C. (1912). Variabilità e mutabilità. Cuppini, Bologna.
    Cowell, F. A. (2011). Measuring Inequality, 3rd edition, Oxford University Press, Appendix A.

    Examples
    --------
    >>> gini([1, 2, 3, 4])
    0.25
    >>> gini([1, 3], weights=[3, 1])
    0.25
    """
    values, w = _sample(x, weights, "gini")
    if unbiased and values.size == 1:
        raise DomainError("gini: unbiased=True needs at least two units.")
    order = np.argsort(values, kind="stable")
    result = gini_sorted(values[order], w[order])
    return result * values.size / (values.size - 1) if unbiased else result


def gini_sorted(ascending: FloatArray, weights: FloatArray) -> float:
    """Return the Gini index of values that are sorted already; nothing is checked."""
    total = weights.sum()
    rank = np.cumsum(weights)
    rank *= 2
    rank -= weights
    rank -= total  # 2 F(x) - 1 at the middle of each unit, times the total weight
    mean = float(weights @ ascending) / total
    weighted = weights * (ascending - ascending[ascending.size // 2])
    return max(0.0, float(rank @ weighted) / (total * total * mean))


def hoover(x: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> float:
    """Return the Hoover index, the share that would have to move for all ratios to be equal.

    ``H = (1/2) sum_i p_i |r_i - 1|``; with ratios of staff per head and weights of people this is
    half the sum of absolute differences between the shares of staff and of people.

    Parameters
    ----------
    x : array-like of shape (n,)
        Values >= 0, not all zero.
    weights : array-like of shape (n,), optional
        People, > 0.

    Returns
    -------
    float
        In [0, 1).

    References
    ----------
    Hoover, E. M. (1936). The measurement of industrial localization. Review of Economic
    Statistics 18, 162-171.

    Examples
    --------
    >>> hoover([1, 3])
    0.25
    """
    p, r = _relative(*_sample(x, weights, "hoover"))
    return 0.5 * float(p @ np.abs(r - 1))


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
        >= 0.

    References
    ----------
    Shorrocks, A. F. (1980). The class of additively decomposable inequality measures.
    Econometrica 48, 613-625.

    Examples
    --------
    >>> round(generalized_entropy([1, 3], alpha=2), 6)
    0.125
    """
    domain: Domain = "nonnegative" if alpha > 0 else "positive"
    p, r = _relative(*_sample(x, weights, f"generalized_entropy(alpha={alpha})", domain))
    if alpha == 0:
        terms = (r - 1) - np.log(r)
    elif alpha == 1:
        terms = xlogy(r, r) - (r - 1)
    else:
        terms = (r**alpha - 1 - alpha * (r - 1)) / (alpha * (alpha - 1))
    return max(0.0, float(p @ terms))


def theil_t(x: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> float:
    """Return Theil's T, ``sum_i p_i r_i ln r_i``: GE(1), in [0, ln n].

    Parameters, errors, reference: see `generalized_entropy`.

    References
    ----------
    Theil, H. (1967). Economics and Information Theory. North-Holland, Amsterdam.

    Examples
    --------
    >>> round(theil_t([1, 3]), 6)
    0.130812
    """
    return generalized_entropy(x, weights, alpha=1)


def theil_l(x: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> float:
    """Return Theil's L or mean log deviation, ``-sum_i p_i ln r_i``: GE(0), >= 0, for x > 0.

    Parameters, errors, reference: see `generalized_entropy`.

    References
    ----------
    Theil, H. (1967). Economics and Information Theory. North-Holland, Amsterdam.

    Examples
    --------
    >>> round(theil_l([1, 3]), 6)
    0.143841
    """
    return generalized_entropy(x, weights, alpha=0)


def coefficient_of_variation(x: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> float:
    """Return the coefficient of variation, ``sqrt(sum_i p_i (r_i - 1)^2)``.

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
        In [0, sqrt(n - 1)] without weights.

    References
    ----------
    Williamson, J. G. (1965). Regional inequality and the process of national development.
    Economic Development and Cultural Change 13(4), part 2, 1-84.

    Examples
    --------
    >>> coefficient_of_variation([1, 3])
    0.5
    """
    p, r = _relative(*_sample(x, weights, "coefficient_of_variation"))
    return float(np.sqrt(p @ (r - 1) ** 2))


def quantile_ratio(
    x: npt.ArrayLike,
    weights: npt.ArrayLike | None = None,
    *,
    upper: float = 0.9,
    lower: float = 0.1,
    definition: Literal["inverse_cdf", "averaged_inverted_cdf", "hazen"] = "inverse_cdf",
) -> float:
    """Return the ratio of two weighted quantiles, 90/10 by default.

    Parameters
    ----------
    x : array-like of shape (n,)
        Values >= 0; the lower quantile must be above zero.
    weights : array-like of shape (n,), optional
        People, > 0.
    upper, lower : float
        In (0, 1), ``lower < upper``.
    definition : {"inverse_cdf", "averaged_inverted_cdf", "hazen"}
        Definitions 1, 2 and 5 of Hyndman and Fan (1996), carried over to weights: the smallest
        value whose cumulative share reaches q; the same, averaged with the next value where the
        share is q exactly; linear between the middles of the units.

    Returns
    -------
    float
        >= 1.

    References
    ----------
    Hyndman, R. J. and Fan, Y. (1996). Sample quantiles in statistical packages. The American
    Statistician 50, 361-365.

    Examples
    --------
    >>> quantile_ratio([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    9.0
    """
    if not 0 < lower < upper < 1:
        raise DomainError(
            f"quantile_ratio: needs 0 < lower < upper < 1, not lower={lower}, upper={upper}."
        )
    values, w = _sample(x, weights, "quantile_ratio")
    order = np.argsort(values, kind="stable")
    low, high = (_quantile(values[order], w[order], q, definition) for q in (lower, upper))
    if low == 0:
        raise DomainError(f"quantile_ratio: the quantile at {lower} is zero. Choose a higher one.")
    return high / low


def max_min_ratio(x: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> float:
    """Return the largest value over the smallest; weights are checked but play no part.

    Parameters
    ----------
    x : array-like of shape (n,)
        Values > 0.
    weights : array-like of shape (n,), optional
        People, > 0.

    Returns
    -------
    float
        >= 1.

    References
    ----------
    Shankar, R. and Shah, A. (2003). Bridging the economic divide within countries. World
    Development 31, 1421-1441 (ratio of the richest to the poorest region).

    Examples
    --------
    >>> max_min_ratio([2, 4, 8])
    4.0
    """
    values, _ = _sample(x, weights, "max_min_ratio", "positive")
    return float(values.max() / values.min())


@dataclass(frozen=True)
class Measure:
    """A measure as tables and reports name it.

    Parameters
    ----------
    function : callable
        ``function(x, weights) -> float``.
    label : dict of str to str
        Name in Indonesian ("id") and English ("en").
    range : str
        Values it can take.
    formula : str
        In plain text, with p, r and μ as at the top of this module.
    reference : str
        Author, year, title.
    """

    function: Callable[[npt.ArrayLike, npt.ArrayLike | None], float]
    label: Mapping[str, str]
    range: str
    formula: str
    reference: str


MEASURES: dict[str, Measure] = {
    "gini": Measure(
        gini,
        {"id": "Gini", "en": "Gini"},
        "0–1",
        "G = Σᵢ Σⱼ pᵢ pⱼ |xᵢ − xⱼ| / (2μ)",
        "Gini (1912), Variabilità e mutabilità",
    ),
    "hoover": Measure(
        hoover,
        {"id": "Hoover", "en": "Hoover"},
        "0–1",
        "H = ½ Σᵢ pᵢ |rᵢ − 1|, rᵢ = xᵢ/μ",
        "Hoover (1936), Review of Economic Statistics 18, 162–171",
    ),
    "theil_t": Measure(
        theil_t,
        {"id": "Theil T", "en": "Theil T"},
        "≥ 0",
        "T = Σᵢ pᵢ rᵢ ln rᵢ",
        "Theil (1967), Economics and Information Theory",
    ),
    "theil_l": Measure(
        theil_l,
        {"id": "Theil L (simpangan log rata-rata)", "en": "Theil L (mean log deviation)"},
        "≥ 0",
        "L = −Σᵢ pᵢ ln rᵢ",
        "Theil (1967), Economics and Information Theory",
    ),
    "coefficient_of_variation": Measure(
        coefficient_of_variation,
        {"id": "Koefisien variasi (Williamson)", "en": "Coefficient of variation (Williamson)"},
        "≥ 0",
        "CV = √(Σᵢ pᵢ (rᵢ − 1)²)",
        "Williamson (1965), Economic Development and Cultural Change 13(4)",
    ),
    "quantile_ratio": Measure(
        quantile_ratio,
        {"id": "Rasio 90/10", "en": "90/10 ratio"},
        "≥ 1",
        "Q(0,9)/Q(0,1), Q(q) nilai terkecil yang bagian kumulatifnya mencapai q",
        "Hyndman dan Fan (1996), The American Statistician 50, 361–365, definisi 1",
    ),
    "max_min_ratio": Measure(
        max_min_ratio,
        {"id": "Rasio maks/min", "en": "Max/min ratio"},
        "≥ 1",
        "maks xᵢ / min xᵢ",
        "Shankar dan Shah (2003), World Development 31, 1421–1441",
    ),
}


def _sample(
    x: npt.ArrayLike,
    weights: npt.ArrayLike | None,
    measure: str,
    domain: Domain = "nonnegative",
) -> tuple[FloatArray, FloatArray]:
    values = as_values(x, measure=measure, domain=domain)
    if not values.any():
        raise DomainError(f"{measure}: all values are zero, so there is nothing to share out.")
    if weights is None:
        return values, np.ones_like(values)
    return values, as_weights(weights, values.size, measure=measure)


def _relative(values: FloatArray, weights: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return population shares and relative values, in an order that depends on the data only."""
    order = np.lexsort((weights, values))
    p = weights[order] / weights[order].sum()
    ascending = values[order]
    return p, ascending / float(p @ ascending)


def _quantile(ascending: FloatArray, weights: FloatArray, q: float, definition: str) -> float:
    share = np.cumsum(weights) / weights.sum()
    if definition == "hazen":
        middle = share - 0.5 * weights / weights.sum()
        return float(np.interp(q, middle, ascending))
    exact = np.isclose(share, q, rtol=0, atol=1e-12)
    if exact.any():
        at = int(np.argmax(exact))
        if definition == "averaged_inverted_cdf":
            return float((ascending[at] + ascending[at + 1]) / 2)
        return float(ascending[at])
    return float(ascending[np.searchsorted(share, q)])
