"""Measures of dispersion about the mean: Hoover, coefficient of variation, variance of logs.

Notation: see `analysis.inequality.measures.measure`.
"""

import numpy as np
import numpy.typing as npt

from analysis.inequality.measures.functionals import (
    Functional,
    ThreeMoments,
    inner,
    shares_and_distances,
)
from analysis.inequality.measures.measure import Measure
from analysis.inequality.samples.sample import FloatArray
from analysis.inequality.samples.segments import Segments

__all__ = ["coefficient_of_variation", "hoover", "variance_of_logs"]


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


def _shareable(x: npt.ArrayLike, weights: npt.ArrayLike | None, measure: str) -> Segments:
    return Segments.single(x, weights, measure=measure, domain="shareable")


def _hoover(segments: Segments) -> FloatArray:
    segments.require("shareable", "hoover")
    return 0.5 * segments.mean_of(np.abs(segments.excess))


def _coefficient_of_variation(segments: Segments) -> FloatArray:
    segments.require("shareable", "coefficient_of_variation")
    return np.sqrt(segments.mean_square(segments.excess))


def _variance_of_logs(segments: Segments) -> FloatArray:
    segments.require("positive", "variance_of_logs")
    away = segments.log_relative - segments.spread(segments.mean_of(segments.log_relative))
    return segments.mean_of(away**2)


class Hoover(Functional):
    """`H = (1/2) sum_i p_i |r_i - 1|`; smooth except where a unit lies at the mean itself."""

    def influence(self, ascending: FloatArray, weights: FloatArray) -> FloatArray:
        """`(|r_i - 1| - t (r_i - 1)) / 2 - H r_i` with `t = sum(p sign(r - 1))`."""
        shares, away = shares_and_distances(ascending, weights)
        value = 0.5 * inner(shares, np.abs(away))
        tilt = inner(shares, np.sign(away))
        return 0.5 * (np.abs(away) - tilt * away) - value * (1.0 + away)

    def gradient(self, ascending: FloatArray, weights: FloatArray) -> FloatArray:
        """`(p_i / mu) ((sign(r_i - 1) - t) / 2 - H)`."""
        shares, away = shares_and_distances(ascending, weights)
        side = np.sign(away)
        value = 0.5 * inner(shares, np.abs(away))
        mean = inner(shares, ascending)
        return shares / mean * (0.5 * (side - inner(shares, side)) - value)

    def reweighted(self, prepared: FloatArray, weights: FloatArray) -> FloatArray:
        """`sum(w |x - mu|) / (2 sum(w x))` for each row, about the mean of the row."""
        amount = weights @ prepared
        means = amount / weights.sum(axis=1)
        away = np.abs(prepared - means[:, None])
        values: FloatArray = 0.5 * np.einsum("bn,bn->b", weights, away) / amount
        return values

    def without_each(self, ascending: FloatArray, weights: FloatArray) -> FloatArray:
        """Twice the shortfall below the new mean, found by bisection."""
        shares, away = shares_and_distances(ascending, weights)
        rest = 1.0 - shares
        held = shares * away
        means = -held / rest  # distance of the mean of the others from the mean of all
        # Those below the new mean fall short of it by as much as the others exceed it.
        below = np.searchsorted(away, means, side="right")
        weight = np.concatenate(([0.0], np.cumsum(shares)))[below]
        held_below = np.concatenate(([0.0], np.cumsum(held)))[below]
        own = np.where(away <= means, shares * (means - away), 0.0)
        values: FloatArray = (means * weight - held_below - own) / (rest - held)
        return values


class CoefficientOfVariation(ThreeMoments):
    """`CV = sqrt(sum p r^2 - 1)`; has no derivative at perfect equality, taken as zero there."""

    def curve(self, relative: FloatArray) -> FloatArray:
        """`r^2`."""
        return relative**2

    def curve_slope(self, relative: FloatArray) -> FloatArray:
        """Slope of `curve`."""
        return 2.0 * relative

    def value(self, weight: FloatArray, amount: FloatArray, moment: FloatArray) -> FloatArray:
        """Coefficient of variation from its three sums."""
        values: FloatArray = np.sqrt(np.maximum(moment * weight / amount**2 - 1.0, 0.0))
        return values

    def slopes(self, moment: float) -> tuple[float, float, float]:
        """Slopes of `value`."""
        if moment <= 1.0:
            return 0.0, 0.0, 0.0
        half = 0.5 / np.sqrt(moment - 1.0)
        return half * moment, -2.0 * half * moment, half


ROWS = (
    Measure(
        name="hoover",
        function=hoover,
        kernel=_hoover,
        functional=Hoover,
        symbol="H",
        label={"id": "Hoover", "en": "Hoover"},
        meaning={
            "id": "Bagian dari jumlah seluruhnya yang harus berpindah agar semua sama.",
            "en": "The share of the total that would have to move for all to be equal.",
        },
        formula="H = ½ Σᵢ pᵢ |rᵢ − 1|, rᵢ = xᵢ/μ",
        reference="Hoover (1936), Review of Economic Statistics 18, 162–171",
        domain="shareable",
        lowest=0,
        highest=1,
        transfers="weak",
    ),
    Measure(
        name="coefficient_of_variation",
        function=coefficient_of_variation,
        kernel=_coefficient_of_variation,
        functional=CoefficientOfVariation,
        symbol="CV",
        label={
            "id": "Koefisien variasi (Williamson)",
            "en": "Coefficient of variation (Williamson)",
        },
        meaning={
            "id": "Jarak khas dari rata-rata, sebagai bagian dari rata-rata.",
            "en": "The typical distance from the mean, as a share of the mean.",
        },
        formula="CV = √(Σᵢ pᵢ (rᵢ − 1)²)",
        reference="Williamson (1965), Economic Development and Cultural Change 13(4)",
        domain="shareable",
        lowest=0,
        transfers="strict",
    ),
    Measure(
        name="variance_of_logs",
        function=variance_of_logs,
        kernel=_variance_of_logs,
        symbol="V",
        label={"id": "Varians logaritma", "en": "Variance of logarithms"},
        meaning={
            "id": (
                "Sebaran nilai dalam skala perbandingan; dapat turun walaupun yang kaya menerima "
                "dari yang kurang kaya."
            ),
            "en": (
                "The spread of the values on a scale of ratios; it can fall although the rich "
                "receive from the less rich."
            ),
        },
        formula="V = Σᵢ pᵢ (ln xᵢ − Σⱼ pⱼ ln xⱼ)²",
        reference="Cowell (2011), Measuring Inequality, 3rd edition",
        domain="positive",
        lowest=0,
        transfers="none",
    ),
)
