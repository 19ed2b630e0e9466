"""Measures that weigh each unit by its rank: Gini, absolute Gini, extended Gini.

Notation: see `analysis.inequality.measures.measure`.
"""

from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

from analysis.errors import DomainError
from analysis.inequality.measures.functionals import (
    Functional,
    inner,
    running_totals,
    shares_and_distances,
)
from analysis.inequality.measures.mean_difference import half_mean_difference, mean_differences
from analysis.inequality.measures.measure import Measure
from analysis.inequality.samples.ordering import as_ascending, blocks
from analysis.inequality.samples.sample import FloatArray
from analysis.inequality.samples.segments import NO_WEIGHT, Segments

__all__ = ["absolute_gini", "extended_gini", "gini"]


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
    difference, mean = half_mean_difference(values, people)
    if mean == 0.0:
        raise DomainError(f"gini: {NO_WEIGHT}. Check the weights.")
    result = difference / mean
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
    return half_mean_difference(*as_ascending(x, weights, measure="absolute_gini"))[0]


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


def _gini(segments: Segments, *, unbiased: bool = False) -> FloatArray:
    segments.require("shareable", "gini")
    if unbiased:
        segments.refuse(segments.sizes == 1, "gini", "unbiased=True with a single unit")
        return _gini(segments) * segments.sizes / (segments.sizes - 1)
    return _half_mean_differences(segments) / segments.means


def _absolute_gini(segments: Segments) -> FloatArray:
    return segments.in_unit(_half_mean_differences(segments))


def _half_mean_differences(segments: Segments) -> FloatArray:
    """Return half the mean difference of each segment, in the unit of the segment, shape (g,)."""
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
    return segments.sums(lost * segments.gaps) / segments.means + 0.0  # never -0.0


@dataclass(frozen=True)
class Gini(Functional):
    """`G = (1/2) sum_i sum_j p_i p_j |r_i - r_j|`, times `n / (n - 1)` if unbiased.

    The correction counts units: a replicate has as many as the sample, one left out leaves n - 1.
    """

    unbiased: bool = False

    def influence(self, ascending: FloatArray, weights: FloatArray) -> FloatArray:
        """`sum_j p_j |r_i - r_j| - G (1 + r_i)` (Langel and Tillé 2013)."""
        shares, away = shares_and_distances(ascending, weights)
        apart = mean_differences(away, shares)
        return self.correction(ascending.size) * (apart - 0.5 * inner(shares, apart) * (2.0 + away))

    def gradient(self, ascending: FloatArray, weights: FloatArray) -> FloatArray:
        """`(p_i / mu) (P(x < x_i) - P(x > x_i) - G)`, ties counting half on either side."""
        shares, away = shares_and_distances(ascending, weights)
        value = 0.5 * inner(shares, mean_differences(away, shares))
        mean = inner(shares, ascending)
        slope = shares / mean * (2.0 * _midranks(ascending, shares) - 1.0 - value)
        return self.correction(ascending.size) * slope

    def prepared(self, ascending: FloatArray) -> FloatArray:
        """Return the gaps above each value; in place of the last, which has none, its value."""
        return np.concatenate([np.diff(ascending), ascending[-1:]])

    def reweighted(self, prepared: FloatArray, weights: FloatArray) -> FloatArray:
        """`sum_k A_k (W - A_k) (x_(k+1) - x_k) / (W sum(w x))` for each row."""
        # With A_k the weight of the k smallest values, summation by parts gives
        #   sum_{i<j} w_i w_j (x_j - x_i) = sum_k A_k (A_n - A_k) (x_{k+1} - x_k),
        # so one cumulative sum and two products with the gaps do for any number of rows.
        gaps, highest = prepared[:-1], prepared[-1]
        below = running_totals(weights)
        total = below[:, -1].copy()
        below = below[:, :-1]
        first = below @ gaps
        np.multiply(below, below, out=below)
        second = below @ gaps
        amount = total * highest - first
        values: FloatArray = (total * first - second) / (total * amount)
        return self.correction(prepared.size) * values

    def without_each(self, ascending: FloatArray, weights: FloatArray) -> FloatArray:
        """`(G - p_i D_i) / ((1 - p_i) (1 - p_i r_i))` with `D_i = sum_j p_j |r_i - r_j|`."""
        # In blocks and in place: for many units, fresh memory costs more than the arithmetic.
        total = float(weights.sum())
        amount = inner(weights, ascending)
        left = np.empty_like(ascending)
        value, below, held = 0.0, -0.5 * total, 0.0
        for here in blocks(ascending.size):
            weight, away = weights[here], ascending[here] - amount / total
            own = left[here]
            np.cumsum(weight, out=own)
            own += below
            below = float(own[-1])
            own *= away
            away *= weight
            np.cumsum(away, out=away)
            away += held
            held = float(away[-1])
            own -= away  # sum_j w_j |x_i - x_j| / 2, since sum_j w_j (x_j - mu) is zero
            own *= weight
            value += float(own.sum())
        correction = self.correction(ascending.size - 1)
        for here in blocks(ascending.size):
            own = left[here]
            own *= -2.0 * correction
            own += value * correction
            own /= total - weights[here]
            own /= amount - weights[here] * ascending[here]
        return left

    def correction(self, n: int) -> float:
        """Return what the index of `n` units is multiplied by."""
        if self.unbiased and n < 2:
            raise DomainError("gini: unbiased=True needs at least two units.")
        return n / (n - 1.0) if self.unbiased else 1.0


def _midranks(ascending: FloatArray, shares: FloatArray) -> FloatArray:
    """Share of the weight below each unit plus half of the weight at its value."""
    starts = np.flatnonzero(np.concatenate(([True], np.diff(ascending) > 0)))
    group_weight = np.add.reduceat(shares, starts)
    group = np.repeat(np.arange(starts.size), np.diff(np.append(starts, ascending.size)))
    ranks: FloatArray = (np.cumsum(group_weight) - 0.5 * group_weight)[group]
    return ranks


ROWS = (
    Measure(
        name="gini",
        function=gini,
        kernel=_gini,
        functional=Gini,
        symbol="G",
        label={"id": "Gini", "en": "Gini"},
        meaning={
            "id": (
                "Separuh selisih rata-rata antara dua orang yang dipilih acak, sebagai bagian dari "
                "rata-rata: 0 bila semua sama."
            ),
            "en": (
                "Half the average gap between two people drawn at random, as a share of the mean: "
                "0 when all are equal."
            ),
        },
        formula="G = Σᵢ Σⱼ pᵢ pⱼ |xᵢ − xⱼ| / (2μ)",
        reference="Gini (1912), Variabilità e mutabilità",
        domain="shareable",
        lowest=0,
        highest=1,
        transfers="strict",
    ),
    Measure(
        name="absolute_gini",
        function=absolute_gini,
        kernel=_absolute_gini,
        symbol="A",
        label={"id": "Gini mutlak", "en": "Absolute Gini"},
        meaning={
            "id": (
                "Separuh selisih rata-rata antara dua orang yang dipilih acak, dalam satuan "
                "nilainya; tidak berubah bila semua bertambah sama banyak."
            ),
            "en": (
                "Half the average gap between two people drawn at random, in the unit of the "
                "values; it stays when all gain the same amount."
            ),
        },
        formula="A = μG = Σᵢ Σⱼ pᵢ pⱼ |xᵢ − xⱼ| / 2",
        reference="Kolm (1976), Journal of Economic Theory 12, 416–442",
        domain="real",
        lowest=0,
        scaling="proportional",
        translatable=True,
        transfers="strict",
    ),
    Measure(
        name="extended_gini_3",
        function=partial(extended_gini, nu=3.0),
        kernel=_extended_gini,
        symbol="G(3)",
        label={"id": "Gini diperluas (ν = 3)", "en": "Extended Gini (ν = 3)"},
        meaning={
            "id": (
                "Seberapa jauh yang terendah dari tiga orang yang dipilih acak berada di bawah "
                "rata-rata; lebih peka di bawah daripada Gini."
            ),
            "en": (
                "How far the lowest of three people drawn at random falls short of the mean; more "
                "sensitive at the bottom than the Gini."
            ),
        },
        formula="G(ν) = 1 − ν(ν − 1) ∫₀¹ (1 − p)^(ν−2) L(p) dp, ν = 3",
        reference="Donaldson & Weymark (1980), Journal of Economic Theory 22, 67–86",
        domain="shareable",
        lowest=0,
        highest=1,
        transfers="strict",
    ),
)
