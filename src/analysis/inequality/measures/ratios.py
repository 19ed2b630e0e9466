"""Ratios of the top to the bottom: quantile ratios, share ratios, max/min.

Notation: see `analysis.inequality.measures.registry`.
"""

from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from analysis.errors import DomainError
from analysis.inequality.samples.sample import FloatArray
from analysis.inequality.samples.segments import Segments

QuantileDefinition = Literal["inverted_cdf", "averaged_inverted_cdf", "hazen"]
ShareDefinition = Literal["eurostat", "lorenz"]

_EXACT = 1e-12  # cumulative shares this close to a wanted share reach it exactly


def quantile(
    x: npt.ArrayLike,
    weights: npt.ArrayLike | None = None,
    *,
    q: float,
    definition: QuantileDefinition = "inverted_cdf",
) -> float:
    """Return a weighted quantile.

    With ``P_i`` the share of people up to and including unit i in ascending order:

    - ``inverted_cdf``: the smallest value with ``P_i >= q`` (definition 1 of Hyndman and Fan);
    - ``averaged_inverted_cdf``: the same, averaged with the next value where ``P_i = q`` exactly
      (definition 2; Eurostat, the default of SAS);
    - ``hazen``: linear between the middles ``P_i - p_i / 2`` of the units (definition 5).

    The first two do not change when a unit of weight 2 is listed as two of weight 1; interpolation
    depends on how people are grouped into units.

    Parameters
    ----------
    x : array-like of shape (n,)
        Any values.
    weights : array-like of shape (n,), optional
        People, > 0.
    q : float
        In (0, 1).
    definition : {"inverted_cdf", "averaged_inverted_cdf", "hazen"}
        Named as the methods of `numpy.quantile`.

    Returns
    -------
    float
        In [min, max], in the unit of the values.

    Raises
    ------
    DomainError
        If a value is missing or infinite, a weight is not positive, or `q` or `definition` is not
        one of those above.

    References
    ----------
    Hyndman, R. J. and Fan, Y. (1996). Sample quantiles in statistical packages. The American
    Statistician 50, 361-365, definitions 1, 2 and 5.

    Examples
    --------
    >>> quantile([1, 2, 3, 4], q=0.5)
    2.0
    >>> quantile([1, 2, 3, 4], q=0.5, definition="averaged_inverted_cdf")
    2.5
    """
    sample = Segments.single(x, weights, measure="quantile", domain="real")
    if not 0 < q < 1:
        raise DomainError(f"quantile: q must lie strictly between 0 and 1, not q={q}.")
    return float(_quantile(sample, q, definition)[0])


def quantile_ratio(
    x: npt.ArrayLike,
    weights: npt.ArrayLike | None = None,
    *,
    upper: float = 0.9,
    lower: float = 0.1,
    definition: QuantileDefinition = "inverted_cdf",
) -> float:
    """Return the ratio of two weighted quantiles, ``Q(upper) / Q(lower)``, 90/10 by default.

    Parameters
    ----------
    x : array-like of shape (n,)
        Values >= 0; the lower quantile must be above zero.
    weights : array-like of shape (n,), optional
        People, > 0.
    upper, lower : float
        ``0 < lower < upper < 1``.
    definition : {"inverted_cdf", "averaged_inverted_cdf", "hazen"}
        See `quantile`.

    Returns
    -------
    float
        >= 1; 1 when all are equal.

    Raises
    ------
    DomainError
        If the input is outside the domain, or the lower quantile is zero.

    References
    ----------
    Hyndman, R. J. and Fan, Y. (1996). Sample quantiles in statistical packages. The American
    Statistician 50, 361-365, definitions 1, 2 and 5.
    Cowell, F. A. (2011). Measuring Inequality, 3rd edition. Oxford University Press, chapter 2
    (quantile ratios).

    Examples
    --------
    >>> quantile_ratio([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    9.0
    """
    sample = Segments.single(x, weights, measure="quantile_ratio", domain="shareable")
    return float(_quantile_ratio(sample, upper=upper, lower=lower, definition=definition)[0])


def palma(x: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> float:
    """Return the Palma ratio, the share of the top 10 % over that of the bottom 40 %.

    ``(1 - L(0.9)) / L(0.4)`` with the Lorenz curve L straight between its knots: a unit on the
    border counts with the part of its people that lies on either side.

    Parameters
    ----------
    x : array-like of shape (n,)
        Values >= 0; the bottom 40 % must have something.
    weights : array-like of shape (n,), optional
        People, > 0.

    Returns
    -------
    float
        >= 0.25, reached when all are equal.

    Raises
    ------
    DomainError
        If the input is outside the domain, or the bottom 40 % have nothing.

    References
    ----------
    Palma, J. G. (2011). Homogeneous middles vs. heterogeneous tails, and the end of the
    'inverted-U'. Development and Change 42, 87-153.
    Cobham, A. and Sumner, A. (2013). Putting the Gini back in the bottle? The Palma as a
    policy-relevant measure of inequality. King's College London.

    Examples
    --------
    >>> palma([1, 1, 1, 1, 1, 1, 1, 1, 1, 11])
    2.75
    """
    sample = Segments.single(x, weights, measure="palma", domain="shareable")
    return float(_palma(sample)[0])


def quintile_share_ratio(
    x: npt.ArrayLike,
    weights: npt.ArrayLike | None = None,
    *,
    definition: ShareDefinition = "eurostat",
) -> float:
    """Return S80/S20, what the top fifth have over what the bottom fifth have.

    - ``eurostat``: ``sum_{x_i > Q(0.8)} w_i x_i / sum_{x_i <= Q(0.2)} w_i x_i``, Q the quantile of
      definition ``averaged_inverted_cdf``. Units belong to one side as a whole, so with few or
      tied units the two groups are not exactly fifths. The R package laeken does the same, but
      version 0.5.2 takes the next value where a share is reached exactly.
    - ``lorenz``: ``(1 - L(0.8)) / L(0.2)`` with the Lorenz curve L straight between its knots:
      a unit on the border counts in part, and the groups are fifths.

    Parameters
    ----------
    x : array-like of shape (n,)
        Values >= 0; the bottom fifth must have something.
    weights : array-like of shape (n,), optional
        People, > 0.
    definition : {"eurostat", "lorenz"}
        See above.

    Returns
    -------
    float
        ``lorenz``: >= 1; 1 when all are equal. ``eurostat``: >= 0; 0 when no value is above
        Q(0.8), as when all are equal.

    Raises
    ------
    DomainError
        If the input is outside the domain, or the bottom fifth have nothing.

    References
    ----------
    Eurostat (2004). Common cross-sectional EU indicators based on EU-SILC; the gender pay gap.
    EU-SILC 131-rev/04.
    Alfons, A. and Templ, M. (2013). Estimation of social exclusion indicators from complex
    surveys: the R package laeken. Journal of Statistical Software 54(15), section 2.

    Examples
    --------
    >>> quintile_share_ratio([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    6.333333333333333
    """
    sample = Segments.single(x, weights, measure="quintile_share_ratio", domain="shareable")
    return float(_quintile_share_ratio(sample, definition=definition)[0])


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
        >= 1; 1 when all are equal.

    Raises
    ------
    DomainError
        If the input is outside the domain.

    References
    ----------
    Shankar, R. and Shah, A. (2003). Bridging the economic divide within countries: a scorecard on
    the performance of regional policies in reducing regional income disparities. World Development
    31, 1421-1441.

    Examples
    --------
    >>> max_min_ratio([2, 4, 8])
    4.0
    """
    sample = Segments.single(x, weights, measure="max_min_ratio", domain="positive")
    return float(_max_min_ratio(sample)[0])


def _quantile(segments: Segments, q: float, definition: str) -> FloatArray:
    if definition == "hazen":
        return _between_middles(segments, q)
    position, exact = _reaches(segments, q)
    found = segments.values[position]
    if definition == "averaged_inverted_cdf":
        last = segments.starts + segments.sizes - 1
        following = segments.values[np.minimum(position + 1, last)]
        return np.where(exact, 0.5 * found + 0.5 * following, found)
    if definition != "inverted_cdf":
        raise DomainError(
            f"quantile: no definition {definition!r}. Choose from "
            f"{', '.join(get_args(QuantileDefinition))}."
        )
    return found


def _reaches(segments: Segments, q: float) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.bool_]]:
    """Return the first unit of each segment at which the share of people is q, and if exactly."""
    target = q * segments.totals
    slack = _EXACT * segments.totals
    below = segments.cumulative < segments.spread(target - slack)
    position = segments.starts + np.add.reduceat(below, segments.starts, dtype=np.intp)
    position = np.minimum(position, segments.starts + segments.sizes - 1)
    return position, segments.cumulative[position] <= target + slack


def _between_middles(segments: Segments, q: float) -> FloatArray:
    middle = segments.cumulative - 0.5 * segments.weights
    target = q * segments.totals
    below = np.add.reduceat(middle < segments.spread(target), segments.starts, dtype=np.intp)
    right = segments.starts + np.minimum(below, segments.sizes - 1)
    left = segments.starts + np.clip(below - 1, 0, None)
    width = middle[right] - middle[left]
    part = np.where(width > 0, (target - middle[left]) / np.where(width > 0, width, 1.0), 0.0)
    low, high = segments.values[left], segments.values[right]
    found: FloatArray = low + np.clip(part, 0.0, 1.0) * (high - low)
    return found


def _lorenz(segments: Segments, q: float) -> FloatArray:
    """Return the share of the lowest q of people, the curve straight between its knots."""
    position, _ = _reaches(segments, q)
    missing = segments.cumulative[position] / segments.totals - q
    held: FloatArray = segments.held[position] - missing * segments.relative[position]
    return held


def _quantile_ratio(
    segments: Segments,
    *,
    upper: float = 0.9,
    lower: float = 0.1,
    definition: QuantileDefinition = "inverted_cdf",
) -> FloatArray:
    if not 0 < lower < upper < 1:
        raise DomainError(
            f"quantile_ratio: needs 0 < lower < upper < 1, not lower={lower}, upper={upper}."
        )
    segments.require("shareable", "quantile_ratio")
    low = _quantile(segments, lower, definition)
    segments.refuse(low == 0, "quantile_ratio", f"the quantile at {lower} is zero")
    return _quantile(segments, upper, definition) / low


def _palma(segments: Segments) -> FloatArray:
    segments.require("shareable", "palma")
    return _share_ratio(segments, 0.9, 0.4, "palma")


def _quintile_share_ratio(
    segments: Segments, *, definition: ShareDefinition = "eurostat"
) -> FloatArray:
    segments.require("shareable", "quintile_share_ratio")
    if definition == "lorenz":
        return _share_ratio(segments, 0.8, 0.2, "quintile_share_ratio")
    if definition != "eurostat":
        raise DomainError(
            f"quintile_share_ratio: no definition {definition!r}. Choose from "
            f"{', '.join(get_args(ShareDefinition))}."
        )
    low, high = (_quantile(segments, q, "averaged_inverted_cdf") for q in (0.2, 0.8))
    parts = segments.shares * segments.relative
    bottom = segments.sums(np.where(segments.values <= segments.spread(low), parts, 0.0))
    top = segments.sums(np.where(segments.values > segments.spread(high), parts, 0.0))
    segments.refuse(bottom == 0, "quintile_share_ratio", "the bottom fifth have nothing")
    return top / bottom


def _share_ratio(segments: Segments, top: float, bottom: float, measure: str) -> FloatArray:
    share = _lorenz(segments, bottom)
    segments.refuse(share <= 0, measure, f"the bottom {bottom:.0%} have nothing")
    return (1.0 - _lorenz(segments, top)) / share


def _max_min_ratio(segments: Segments) -> FloatArray:
    segments.require("positive", "max_min_ratio")
    return segments.last / segments.values[segments.starts]
