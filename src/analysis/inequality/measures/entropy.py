"""Generalised entropy indices, with Theil's two.

Notation: see `analysis.inequality.measures.measure`.
"""

from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt
from scipy.special import xlogy

from analysis.errors import DomainError
from analysis.inequality.measures.functionals import ThreeMoments
from analysis.inequality.measures.measure import Measure
from analysis.inequality.samples.sample import Domain, FloatArray
from analysis.inequality.samples.segments import Segments, expm1_excess

__all__ = ["generalized_entropy", "theil_l", "theil_t"]


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
    sample = Segments.single(x, weights, measure=measure, domain=power_domain(alpha))
    return float(generalized_entropies(sample, alpha=alpha)[0])


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


def power_domain(power: float) -> Domain:
    """Return the values whose mean power is defined, and decreasing in equality."""
    return "shareable" if power > 0 else "positive"


def _theil_t(segments: Segments) -> FloatArray:
    segments.require("shareable", "theil_t")
    return generalized_entropies(segments, alpha=1.0)


def _theil_l(segments: Segments) -> FloatArray:
    segments.require("positive", "theil_l")
    return generalized_entropies(segments, alpha=0.0)


def generalized_entropies(segments: Segments, *, alpha: float) -> FloatArray:
    """Return GE(alpha) of each segment, shape (g,)."""
    if not np.isfinite(alpha):
        raise DomainError(f"generalized_entropy: alpha must be a finite number, not {alpha}.")
    segments.require(power_domain(alpha), f"generalized_entropy(alpha={alpha})")
    # Each term is the distance of a convex function from its tangent at r = 1, so that none is
    # negative and nothing cancels however close the values are.
    if alpha == 0:
        return 0.0 - segments.mean_of(segments.log_shortfall)
    if alpha == 2:
        return 0.5 * segments.mean_square(segments.excess)
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
    return segments.mean_of(terms) + 0.0  # never -0.0


@dataclass(frozen=True)
class GeneralizedEntropy(ThreeMoments):
    """`GE(a) = (sum p r^a - 1) / (a (a - 1))`, with its limits at a = 0 and a = 1."""

    alpha: float = 1.0

    def curve(self, relative: FloatArray) -> FloatArray:
        """`r^a`, `log r` at a = 0, `r log r` at a = 1."""
        if self.alpha == 0:
            return np.log(relative)
        if self.alpha == 1:
            return np.asarray(xlogy(relative, relative), dtype=np.float64)
        return relative**self.alpha

    def curve_slope(self, relative: FloatArray) -> FloatArray:
        """Slope of `curve`."""
        with np.errstate(divide="ignore"):
            if self.alpha == 0:
                return 1.0 / relative
            if self.alpha == 1:
                return np.log(relative) + 1.0
            return self.alpha * relative ** (self.alpha - 1.0)

    def value(self, weight: FloatArray, amount: FloatArray, moment: FloatArray) -> FloatArray:
        """Generalised entropy from its three sums."""
        mean = amount / weight
        if self.alpha == 0:
            return np.log(mean) - moment / weight
        if self.alpha == 1:
            return moment / amount - np.log(mean)
        return (moment / weight / mean**self.alpha - 1.0) / (self.alpha * (self.alpha - 1.0))

    def slopes(self, moment: float) -> tuple[float, float, float]:
        """Slopes of `value`."""
        if self.alpha == 0:
            return moment - 1.0, 1.0, -1.0
        if self.alpha == 1:
            return 1.0, -moment - 1.0, 1.0
        a = self.alpha
        return moment / a, -moment / (a - 1.0), 1.0 / (a * (a - 1.0))


ROWS = (
    Measure(
        name="theil_t",
        function=theil_t,
        kernel=_theil_t,
        functional=partial(GeneralizedEntropy, 1.0),
        symbol="T",
        label={"id": "Theil T", "en": "Theil T"},
        meaning={
            "id": (
                "Jarak antara bagian dari jumlahnya dan bagian penduduk, lebih peka di atas; dapat "
                "dijumlahkan dari ketimpangan dalam dan antarkelompok."
            ),
            "en": (
                "The distance between shares of the total and shares of people, more sensitive at "
                "the top; it adds up from inequality within and between groups."
            ),
        },
        formula="T = Σᵢ pᵢ rᵢ ln rᵢ",
        reference="Theil (1967), Economics and Information Theory",
        domain="shareable",
        lowest=0,
        transfers="strict",
    ),
    Measure(
        name="theil_l",
        function=theil_l,
        kernel=_theil_l,
        functional=partial(GeneralizedEntropy, 0.0),
        symbol="L",
        label={"id": "Theil L (simpangan log rata-rata)", "en": "Theil L (mean log deviation)"},
        meaning={
            "id": (
                "Jarak antara bagian penduduk dan bagian dari jumlahnya, lebih peka di bawah; "
                "dapat dijumlahkan dari ketimpangan dalam dan antarkelompok."
            ),
            "en": (
                "The distance between shares of people and shares of the total, more sensitive at "
                "the bottom; it adds up from inequality within and between groups."
            ),
        },
        formula="L = −Σᵢ pᵢ ln rᵢ",
        reference="Theil (1967), Economics and Information Theory",
        domain="positive",
        lowest=0,
        transfers="strict",
    ),
    Measure(
        name="generalized_entropy_2",
        function=partial(generalized_entropy, alpha=2.0),
        kernel=generalized_entropies,
        functional=GeneralizedEntropy,
        symbol="GE(2)",
        label={"id": "Entropi umum GE(2)", "en": "Generalised entropy GE(2)"},
        meaning={
            "id": "Separuh kuadrat koefisien variasi; yang tertinggi paling menentukan.",
            "en": "Half the squared coefficient of variation; the highest count most.",
        },
        formula="GE(α) = Σᵢ pᵢ (rᵢ^α − 1) / (α(α − 1)), α = 2",
        reference="Shorrocks (1980), Econometrica 48, 613–625",
        domain="shareable",
        lowest=0,
        transfers="strict",
    ),
)
