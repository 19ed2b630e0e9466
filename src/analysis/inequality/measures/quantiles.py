"""Weighted quantiles and their ratios.

Notation: see `analysis.inequality.measures.measure`.
"""

from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from analysis.errors import DomainError
from analysis.inequality.measures.measure import Measure
from analysis.inequality.samples.sample import FloatArray
from analysis.inequality.samples.segments import Segments

__all__ = ["quantile", "quantile_ratio"]

QuantileDefinition = Literal["inverted_cdf", "averaged_inverted_cdf", "hazen"]

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
    return float(quantiles(sample, q, definition)[0])


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


def quantiles(segments: Segments, q: float, definition: str) -> FloatArray:
    """Return the quantile of each segment, shape (g,)."""
    if definition == "hazen":
        return _between_middles(segments, q)
    position, exact = reaches(segments, q)
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


def reaches(segments: Segments, q: float) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.bool_]]:
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
    low = quantiles(segments, lower, definition)
    segments.refuse(low == 0, "quantile_ratio", f"the quantile at {lower} is zero")
    return quantiles(segments, upper, definition) / low


ROWS = (
    Measure(
        name="quantile_ratio",
        function=quantile_ratio,
        kernel=_quantile_ratio,
        symbol="P90/P10",
        label={"id": "Rasio 90/10", "en": "90/10 ratio"},
        meaning={
            "id": "Nilai di batas sepersepuluh teratas, berapa kali yang di batas terbawah.",
            "en": "The value at the edge of the top tenth, as a multiple of that at the bottom.",
        },
        formula="Q₉₀ / Q₁₀, Q_q = min{x : F(x) ≥ q %}",
        reference="Hyndman & Fan (1996), The American Statistician 50, 361–365, def. 1",
        domain="shareable",
        condition="Q₁₀ > 0",
        lowest=1,
        at_equality=1.0,
        transfers="none",
    ),
)
