"""What inequality costs a society that dislikes it: Atkinson, and what would do if spread evenly.

Notation: see `analysis.inequality.measures.measure`.
"""

from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.errors import DomainError
from analysis.inequality.measures.entropy import generalized_entropies, power_domain
from analysis.inequality.measures.functionals import ThreeMoments
from analysis.inequality.measures.measure import Measure
from analysis.inequality.samples.sample import FloatArray
from analysis.inequality.samples.segments import Segments

__all__ = ["atkinson", "equally_distributed_equivalent"]

_LARGE = 1e6  # mean powers from here on are computed by their logarithm


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
    sample = Segments.single(x, weights, measure=measure, domain=power_domain(1.0 - epsilon))
    return float(_atkinson(sample, epsilon=epsilon)[0])


def equally_distributed_equivalent(
    x: npt.ArrayLike, weights: npt.ArrayLike | None = None, *, epsilon: float
) -> float:
    """Return the equally-distributed-equivalent value, in the unit of the values.

    ``X(e) = (sum_i p_i x_i^(1 - e))^(1 / (1 - e))``, and ``exp(sum_i p_i ln x_i)`` at e = 1: what
    would serve a society of aversion e as well as the values do, if all had it. It is
    ``mu (1 - A(e))`` with the Atkinson index A, so it rises with the mean and falls with
    inequality.

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
        In (0, mean], above the least value; the mean when all are equal.

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
    >>> round(equally_distributed_equivalent([1, 4], epsilon=1), 6)
    2.0
    >>> round(equally_distributed_equivalent([1, 4], epsilon=0.5), 6)
    2.25
    """
    measure = f"equally_distributed_equivalent(epsilon={epsilon})"
    sample = Segments.single(x, weights, measure=measure, domain=power_domain(1.0 - epsilon))
    return float(_equally_distributed_equivalent(sample, epsilon=epsilon)[0])


def _atkinson(segments: Segments, *, epsilon: float) -> FloatArray:
    return -np.expm1(_log_equivalents(segments, epsilon, "atkinson")) + 0.0  # never -0.0


def _equally_distributed_equivalent(segments: Segments, *, epsilon: float) -> FloatArray:
    logs = _log_equivalents(segments, epsilon, "equally_distributed_equivalent")
    return segments.in_unit(segments.means * np.exp(logs))


def _log_equivalents(segments: Segments, epsilon: float, measure: str) -> FloatArray:
    """Return the logarithm of the equivalent over the mean, shape (g,)."""
    if not (epsilon > 0 and np.isfinite(epsilon)):
        raise DomainError(f"{measure}: epsilon must be above 0 and finite, not {epsilon}.")
    power = 1.0 - epsilon
    segments.require(power_domain(power), f"{measure}(epsilon={epsilon})")
    if power == 0:
        return -generalized_entropies(segments, alpha=0.0)
    # The mean power is 1 + a (a - 1) GE(a), which loses nothing near equality.
    entropy = generalized_entropies(segments, alpha=power)
    moment = power * (power - 1.0) * entropy
    with np.errstate(divide="ignore"):  # a mean power that vanishes beside the mean
        logs: FloatArray = np.log1p(np.maximum(moment, -1.0)) / power
    if power < 0 and moment.max() > _LARGE:
        # Far from equality large powers overflow, and logarithms are as exact.
        exponents = power * segments.log_relative
        peaks = np.maximum.reduceat(exponents, segments.starts)
        log_moment = peaks + np.log(segments.mean_of(np.exp(exponents - segments.spread(peaks))))
        logs = np.where(moment > _LARGE, log_moment / power, logs)
    return logs


@dataclass(frozen=True)
class Atkinson(ThreeMoments):
    """`A(e) = 1 - (sum p r^(1-e))^(1/(1-e))`, with its limit `1 - exp(sum p log r)` at e = 1."""

    epsilon: float = 0.5

    def curve(self, relative: FloatArray) -> FloatArray:
        """`r^(1-e)`, `log r` at e = 1."""
        return np.log(relative) if self.epsilon == 1 else relative ** (1.0 - self.epsilon)

    def curve_slope(self, relative: FloatArray) -> FloatArray:
        """Slope of `curve`."""
        with np.errstate(divide="ignore"):
            if self.epsilon == 1:
                return 1.0 / relative
            return (1.0 - self.epsilon) * relative**-self.epsilon

    def value(self, weight: FloatArray, amount: FloatArray, moment: FloatArray) -> FloatArray:
        """Atkinson index from its three sums."""
        values: FloatArray = 1.0 - self._equivalent(moment / weight) * weight / amount
        return values

    def slopes(self, moment: float) -> tuple[float, float, float]:
        """Slopes of `value`."""
        equivalent = float(self._equivalent(moment))
        if self.epsilon == 1:
            return equivalent * (moment - 1.0), equivalent, -equivalent
        power = 1.0 / (1.0 - self.epsilon)
        return (power - 1.0) * equivalent, equivalent, -power * equivalent / moment

    def _equivalent(self, moment: Any) -> Any:
        """Equally distributed equivalent of the relative values."""
        return np.exp(moment) if self.epsilon == 1 else moment ** (1.0 / (1.0 - self.epsilon))


ROWS = (
    Measure(
        name="atkinson_0_5",
        function=partial(atkinson, epsilon=0.5),
        kernel=_atkinson,
        functional=Atkinson,
        symbol="A(0.5)",
        label={"id": "Atkinson (ε = 0,5)", "en": "Atkinson (ε = 0.5)"},
        meaning={
            "id": (
                "Bagian dari jumlahnya yang dapat dilepas tanpa rugi bila sisanya dibagi rata, "
                "bagi masyarakat yang sedikit menolak ketimpangan."
            ),
            "en": (
                "The share of the total that could be given up without loss if the rest were "
                "spread evenly, for a society mildly averse to inequality."
            ),
        },
        formula="A(ε) = 1 − (Σᵢ pᵢ rᵢ^(1−ε))^(1/(1−ε)), ε = ½",
        reference="Atkinson (1970), Journal of Economic Theory 2, 244–263",
        domain="shareable",
        lowest=0,
        highest=1,
        transfers="strict",
    ),
    Measure(
        name="atkinson_1",
        function=partial(atkinson, epsilon=1.0),
        kernel=_atkinson,
        functional=Atkinson,
        symbol="A(1)",
        label={"id": "Atkinson (ε = 1)", "en": "Atkinson (ε = 1)"},
        meaning={
            "id": (
                "Bagian dari jumlahnya yang dapat dilepas tanpa rugi bila sisanya dibagi rata, "
                "bagi masyarakat yang menolak ketimpangan, terutama di bawah."
            ),
            "en": (
                "The share of the total that could be given up without loss if the rest were "
                "spread evenly, for a society averse to inequality, at the bottom above all."
            ),
        },
        formula="A(1) = 1 − exp(Σᵢ pᵢ ln rᵢ)",
        reference="Atkinson (1970), Journal of Economic Theory 2, 244–263",
        domain="positive",
        lowest=0,
        highest=1,
        transfers="strict",
    ),
    Measure(
        name="equally_distributed_equivalent_0_5",
        function=partial(equally_distributed_equivalent, epsilon=0.5),
        kernel=_equally_distributed_equivalent,
        symbol="X(0.5)",
        label={
            "id": "Nilai setara bila merata (ε = 0,5)",
            "en": "Equally distributed equivalent (ε = 0.5)",
        },
        meaning={
            "id": (
                "Nilai yang, bila dimiliki semua orang, sama baiknya bagi masyarakat yang sedikit "
                "menolak ketimpangan; naik bila rata-rata naik atau ketimpangan turun."
            ),
            "en": (
                "The value that, if all had it, would be as good for a society mildly averse to "
                "inequality; it rises with the mean and falls with inequality."
            ),
        },
        formula="X(ε) = (Σᵢ pᵢ xᵢ^(1−ε))^(1/(1−ε)) = μ(1 − A(ε)), ε = ½",
        reference="Atkinson (1970), Journal of Economic Theory 2, 244–263",
        domain="shareable",
        lowest=0,
        at_equality=None,
        scaling="proportional",
        transfers="strict",
        rises_with="equality",
    ),
)
