"""Ratios of the top to the bottom: shares of the total, and extremes.

Notation: see `analysis.inequality.measures.measure`.
"""

from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from analysis.errors import DomainError
from analysis.inequality.measures.measure import Measure
from analysis.inequality.measures.quantiles import quantiles, reaches
from analysis.inequality.samples.sample import FloatArray
from analysis.inequality.samples.segments import Segments

__all__ = ["max_min_ratio", "palma", "quintile_share_ratio"]

ShareDefinition = Literal["eurostat", "lorenz"]


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


def _lorenz(segments: Segments, q: float) -> FloatArray:
    """Return the share of the lowest q of people, the curve straight between its knots."""
    position, _ = reaches(segments, q)
    missing = segments.cumulative[position] / segments.totals - q
    held: FloatArray = segments.held[position] - missing * segments.relative[position]
    return held


def _palma(segments: Segments) -> FloatArray:
    segments.require("shareable", "palma")
    return _share_ratio(segments, 0.1, 0.4, "palma")


def _quintile_share_ratio(
    segments: Segments, *, definition: ShareDefinition = "eurostat"
) -> FloatArray:
    segments.require("shareable", "quintile_share_ratio")
    if definition == "lorenz":
        return _share_ratio(segments, 0.2, 0.2, "quintile_share_ratio")
    if definition != "eurostat":
        raise DomainError(
            f"quintile_share_ratio: no definition {definition!r}. Choose from "
            f"{', '.join(get_args(ShareDefinition))}."
        )
    low, high = (quantiles(segments, q, "averaged_inverted_cdf") for q in (0.2, 0.8))
    parts = segments.shares * segments.relative
    bottom = segments.sums(np.where(segments.values <= segments.spread(low), parts, 0.0))
    top = segments.sums(np.where(segments.values > segments.spread(high), parts, 0.0))
    segments.refuse(bottom == 0, "quintile_share_ratio", "the bottom fifth have nothing")
    return top / bottom


def _share_ratio(segments: Segments, top: float, bottom: float, measure: str) -> FloatArray:
    """Return the share of the top over that of the bottom, which are parts of all people."""
    share = _lorenz(segments, bottom)
    segments.refuse(share <= 0, measure, f"the bottom {bottom:.0%} have nothing")
    ratio = (1.0 - _lorenz(segments, 1.0 - top)) / share
    return np.maximum(ratio, top / bottom)  # what equality gives, which rounding may miss


def _max_min_ratio(segments: Segments) -> FloatArray:
    segments.require("positive", "max_min_ratio")
    return segments.last / segments.values[segments.starts]


ROWS = (
    Measure(
        name="palma",
        function=palma,
        kernel=_palma,
        symbol="P",
        label={"id": "Rasio Palma", "en": "Palma ratio"},
        meaning={
            "id": "Bagian 10 % teratas, berapa kali bagian 40 % terbawah.",
            "en": "The share of the top 10 %, as a multiple of the share of the bottom 40 %.",
        },
        formula="P = (1 − L(0.9)) / L(0.4)",
        reference="Palma (2011), Development and Change 42, 87–153",
        domain="shareable",
        condition="L(0.4) > 0",
        lowest=0.25,
        at_equality=0.25,
        transfers="weak",
    ),
    Measure(
        name="quintile_share_ratio",
        function=quintile_share_ratio,
        kernel=_quintile_share_ratio,
        symbol="S80/S20",
        label={"id": "Rasio kuintil S80/S20", "en": "Quintile share ratio S80/S20"},
        meaning={
            "id": "Yang dimiliki seperlima teratas, berapa kali milik seperlima terbawah.",
            "en": "What the top fifth have, as a multiple of what the bottom fifth have.",
        },
        formula="S80/S20 = Σ{wᵢxᵢ : xᵢ > Q₈₀} / Σ{wᵢxᵢ : xᵢ ≤ Q₂₀}",
        reference="Eurostat (2004), EU-SILC 131-rev/04",
        domain="shareable",
        condition="Q₂₀ > 0",
        lowest=0,
        transfers="none",
    ),
    Measure(
        name="max_min_ratio",
        function=max_min_ratio,
        kernel=_max_min_ratio,
        symbol="max/min",
        label={"id": "Rasio maks/min", "en": "Max/min ratio"},
        meaning={
            "id": "Nilai tertinggi, berapa kali nilai terendah; hanya dua unit yang menentukan.",
            "en": "The highest value as a multiple of the lowest; two units alone decide it.",
        },
        formula="max xᵢ / min xᵢ",
        reference="Shankar & Shah (2003), World Development 31, 1421–1441",
        domain="positive",
        lowest=1,
        at_equality=1.0,
        transfers="weak",
        of_extremes=True,
    ),
)
