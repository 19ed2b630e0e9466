"""Resample a measure: bootstrap replicates and delete-one values, fast where it can be.

Units are drawn, not values: a replicate gives every unit a new weight (its weight times how
often it was drawn), so the values are sorted once and all replicates share that order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from analysis.errors import DomainError, ParameterError
from analysis.inequality.inference.linearization import (
    Statistic,
    functional_of,
    measure_name,
    require_functional,
    sort_sample,
)
from analysis.inequality.inference.random_counts import IntArray, draws
from analysis.inequality.samples.sample import FloatArray, as_values
from analysis.labels import label_codes

_BLOCK = 1 << 15  # numbers in a block of replicates, small enough to stay in the cache


@dataclass(frozen=True)
class Design:
    """Which units were drawn together, and from which list.

    Parameters
    ----------
    size : int
        Number n of units.
    cluster : ndarray of int, shape (n,), or None
        Number of the cluster each unit belongs to, 0 .. m - 1. Clusters are drawn whole. None
        where every unit is drawn on its own from one list.
    stratum : ndarray of int, shape (m,)
        Number of the stratum each cluster belongs to, 0 .. h - 1. Strata are drawn from
        separately.
    """

    size: int
    cluster: IntArray | None
    stratum: IntArray

    @classmethod
    def of(
        cls,
        n: int,
        strata: npt.ArrayLike | None = None,
        clusters: npt.ArrayLike | None = None,
    ) -> "Design":
        """Build the design of `n` units from their labels; by default each unit stands alone.

        Raises
        ------
        ParameterError
            If there is not one label per unit, a cluster lies in two strata, or a stratum has
            a single cluster, so that nothing can be learned about its variability.
        """
        if strata is None and clusters is None and n > 1:
            return cls(n, None, np.zeros(n, dtype=np.int64))
        cluster = np.arange(n) if clusters is None else label_codes(clusters, n, what="clusters")[0]
        unit_stratum = np.zeros(n, dtype=np.int64)
        if strata is not None:
            unit_stratum = label_codes(strata, n, what="strata")[0]
        first = np.unique(cluster, return_index=True)[1]
        stratum = unit_stratum[first]
        if np.any(stratum[cluster] != unit_stratum):
            where = int(np.flatnonzero(stratum[cluster] != unit_stratum)[0])
            raise ParameterError(
                f"clusters: the cluster of unit {where} (counted from 0) lies in two strata. "
                "Give each cluster a label that is unique over all strata."
            )
        if np.bincount(stratum).min() < 2:
            raise ParameterError(
                "strata, clusters: every stratum needs two clusters (or units) or more to show "
                "how much they vary. Merge strata, or drop the argument."
            )
        return cls(n, cluster, stratum)

    @cached_property
    def sizes(self) -> IntArray:
        """Number of clusters in each stratum."""
        if self.cluster is None:
            return np.array([self.stratum.size])
        return np.bincount(self.stratum)

    def clusters_of(self, order: npt.NDArray[np.intp]) -> IntArray:
        """Return the number of the cluster of each unit, units put in the given order."""
        return order if self.cluster is None else self.cluster[order]


class Sample:
    """Values and weights of one measure at one date, sorted once.

    Parameters
    ----------
    measure : callable
        `measure(x, weights) -> float`.
    x : array-like, shape (n,)
        Values.
    weights : array-like, shape (n,), optional
        Positive weights.
    """

    def __init__(
        self, measure: Statistic, x: npt.ArrayLike, weights: npt.ArrayLike | None = None
    ) -> None:
        self.name = measure_name(measure)
        self.estimate = float(measure(x, weights))
        self.functional = functional_of(measure)
        self._measure = measure
        self._weighted = weights is not None
        self._values = as_values(x, measure=self.name)
        self._order: npt.NDArray[np.intp] | None = None
        self._prepared: FloatArray | None = None
        if weights is None:  # sorting values alone takes a fraction of finding their order
            self.ascending = np.sort(self._values)
            self.weights = np.broadcast_to(1.0, self._values.shape)
        else:
            self._order, self.ascending, self.weights = sort_sample(x, weights, measure=self.name)

    @property
    def size(self) -> int:
        """Number of units."""
        return self.ascending.size

    @property
    def values(self) -> FloatArray:
        """Values in the order given."""
        return self._values

    @property
    def weights_given(self) -> FloatArray | None:
        """Weights in the order given; None where there are none."""
        if not self._weighted:
            return None
        weights = np.empty(self.size)
        weights[self.order] = self.weights
        return weights

    @property
    def order(self) -> npt.NDArray[np.intp]:
        """Position of each ascending value among the values given."""
        if self._order is None:
            self._order = np.argsort(self._values)
        return self._order

    def reweighted(self, times: FloatArray) -> FloatArray:
        """Return the measure with each weight multiplied by each row of `times`, shape (b, n).

        Columns of `times` are in the order of `ascending`; a zero leaves the unit out. It may
        overwrite `times`.
        """
        if self.functional is not None:
            if self._weighted:
                np.multiply(times, self.weights, out=times)
            if self._prepared is None:
                self._prepared = self.functional.prepared(self.ascending)
            with np.errstate(divide="ignore", invalid="ignore"):  # NaN where nothing is drawn
                return self.functional.reweighted(self._prepared, times)
        return np.array([self._called(row) for row in times])

    def without_each(self) -> FloatArray:
        """Return the measure of the others for each unit left out, in the order of `ascending`."""
        if self.functional is not None:
            with np.errstate(divide="ignore", invalid="ignore"):
                left = self.functional.without_each(self.ascending, self.weights)
            return _defined(left, self.name)
        keep = np.ones(self.size)
        left = np.empty(self.size)
        for i in range(self.size):
            keep[i] = 0.0
            left[i] = self._called(keep)
            keep[i] = 1.0
        return left

    def effects(self) -> FloatArray:
        """Return `p_i` times the influence of each unit, in the order the units were given."""
        shares = self.weights / float(self.weights.sum())
        found = require_functional(self._measure, "influence")
        effects = np.empty(self.size)
        effects[self.order] = shares * found.influence(self.ascending, self.weights)
        return effects

    def _called(self, times: FloatArray) -> float:
        drawn = times > 0
        weights = (self.weights * times)[drawn]
        return float(self._measure(self.ascending[drawn], weights))


def bootstrap_replicates(
    samples: Sequence[Sample], design: Design, replicates: int, rng: np.random.Generator
) -> FloatArray:
    """Return the measure of each sample in each replicate, shape (len(samples), replicates).

    Clusters are drawn with replacement within each stratum: as many as there are when there is
    one stratum (Efron 1979); one fewer, with weights raised by `m_h / (m_h - 1)`, when there are
    several, so that the variance is unbiased however few clusters a stratum has (Rao, Wu and
    Yue 1992). All samples are drawn by the same draws: pairs stay together.

    References
    ----------
    Efron, B. (1979). Bootstrap methods: another look at the jackknife. Annals of Statistics 7,
    1-26.

    Rao, J. N. K., Wu, C. F. J. and Yue, K. (1992). Some recent work on resampling methods for
    complex surveys. Survey Methodology 18, 209-217.
    """
    columns = _columns(samples, design)
    results = np.empty((len(samples), replicates))
    done = 0
    for times in draws(design.stratum, replicates, rng, block_rows(design.size)):
        here = slice(done, done + times.shape[0])
        for k in range(len(samples) - 1, -1, -1):  # the first last, since it may use up `times`
            column = columns[k]
            results[k, here] = samples[k].reweighted(times if column is None else times[:, column])
        done += times.shape[0]
    return results


def _columns(samples: Sequence[Sample], design: Design) -> list[IntArray | None]:
    """Return the column of the draws for each ascending value; None if they are in its order."""
    # Units drawn on their own are exchangeable, so they may be numbered by the first sample's
    # order, which saves rearranging its draws; unless ties leave that order to the sorting routine.
    if design.cluster is not None or np.any(np.diff(samples[0].ascending) == 0.0):
        return [design.clusters_of(sample.order) for sample in samples]
    if len(samples) == 1:
        return [None]
    number = np.empty(design.size, dtype=np.int64)
    number[samples[0].order] = np.arange(number.size)
    return [None, *(number[sample.order] for sample in samples[1:])]


def jackknife_values(samples: Sequence[Sample], design: Design) -> FloatArray:
    """Return the measure of each sample without each cluster, shape (len(samples), m).

    The other clusters of the stratum stand in for the one left out: their weights rise by
    `m_h / (m_h - 1)`. Columns are the clusters; for one sample of units drawn on their own, which
    nothing is compared with, they are in ascending order of the values instead.

    References
    ----------
    Wolter, K. M. (2007). Introduction to Variance Estimation, 2nd edition. Springer, chapter 4.
    """
    results = np.empty((len(samples), design.stratum.size))
    if design.cluster is None and len(samples) == 1:
        return samples[0].without_each()[None, :]
    if design.cluster is None:
        for k, sample in enumerate(samples):
            results[k, sample.order] = sample.without_each()
        return results
    sizes = design.sizes
    clusters = design.stratum.size
    rows = block_rows(design.size)
    for start in range(0, clusters, rows):
        left_out = np.arange(start, min(start + rows, clusters))
        own = design.stratum[left_out]
        raised = (sizes / (sizes - 1.0))[own]
        times = np.where(design.stratum == own[:, None], raised[:, None], 1.0)
        times[np.arange(left_out.size), left_out] = 0.0
        for k, sample in enumerate(samples):
            results[k, left_out] = sample.reweighted(times[:, design.clusters_of(sample.order)])
    return results


def jackknife_variance(values: FloatArray, design: Design) -> float:
    """Return `sum_h (m_h - 1) / m_h sum_c (I_(hc) - mean_h)^2` of delete-one values."""
    squares = _squares(values, design)
    return float(np.sum((design.sizes - 1.0) / design.sizes * squares))


def jackknife_bias(estimate: float, values: FloatArray, design: Design) -> float:
    """Return `sum_h (m_h - 1) (mean_h - I)`, the bias of `I` by delete-one values.

    References
    ----------
    Wolter, K. M. (2007). Introduction to Variance Estimation, 2nd edition. Springer, chapter 4.
    """
    means = _by_stratum(values, design) / design.sizes
    return float(np.sum((design.sizes - 1.0) * (means - estimate)))


def satterthwaite_degrees(values: FloatArray, design: Design) -> float:
    """Return `(sum v)^2 / sum(v^2)`, the degrees of freedom of the jackknife variance `sum v`.

    `v_hc = (m_h - 1) / m_h (I_(hc) - mean_h)^2` is taken to have one degree of freedom each: few
    units that carry the variance give few degrees. Between one and (clusters - strata).

    References
    ----------
    Satterthwaite, F. E. (1946). An approximate distribution of estimates of variance components.
    Biometrics Bulletin 2, 110-114.

    Johnson, E. G. and Rust, K. F. (1992). Population inferences and variance estimation for NAEP
    data. Journal of Educational Statistics 17, 175-190.
    """
    each = design.sizes[design.stratum]
    parts = (each - 1.0) / each * _deviations(values, design) ** 2
    most = float(design.stratum.size - design.sizes.size)
    squares = float(np.sum(parts**2))
    if squares == 0.0:
        return most
    return min(max(float(np.sum(parts)) ** 2 / squares, 1.0), most)


def linearized_variance(effects: FloatArray, design: Design) -> float:
    """Return `sum_h m_h / (m_h - 1) sum_c (u_hc - mean_h)^2` of effects summed by cluster.

    References
    ----------
    Wolter, K. M. (2007). Introduction to Variance Estimation, 2nd edition. Springer, chapter 6.
    """
    totals = effects
    if design.cluster is not None:
        totals = np.bincount(design.cluster, weights=effects).astype(np.float64)
    squares = _squares(totals, design)
    return float(np.sum(design.sizes / (design.sizes - 1.0) * squares))


def acceleration(values: FloatArray, design: Design) -> float:
    """Return the acceleration of BCa from delete-one values.

    With `u_hc = (m_h - 1) (mean_h - I_(hc))`,
    `a = (1/6) sum(u^3 / m_h^3) / (sum(u^2 / m_h^2))^(3/2)`; zero where nothing varies.

    References
    ----------
    Efron, B. and Tibshirani, R. J. (1993). An Introduction to the Bootstrap. Chapman and Hall,
    section 14.3.
    """
    each = design.sizes[design.stratum]
    effects = -(each - 1.0) / each * _deviations(values, design)
    squares = float(np.sum(effects**2))
    return 0.0 if squares == 0.0 else float(np.sum(effects**3)) / squares**1.5 / 6.0


def contrast(values: Sequence[FloatArray] | FloatArray) -> FloatArray:
    """Return the only row, or the last less the first."""
    first: FloatArray = values[0]
    return first if len(values) == 1 else values[-1] - first


def _by_stratum(values: FloatArray, design: Design) -> FloatArray:
    """Return the sum of the clusters' values in each stratum."""
    if design.sizes.size == 1:
        return np.array([values.sum()])
    return np.bincount(design.stratum, weights=values).astype(np.float64)


def _squares(values: FloatArray, design: Design) -> FloatArray:
    """Return the sum of squared distances from the mean of the stratum, in each stratum."""
    away = _deviations(values, design)
    away *= away
    return _by_stratum(away, design)


def _deviations(values: FloatArray, design: Design) -> FloatArray:
    """Return the distance of each cluster's value from the mean of its stratum."""
    means = _by_stratum(values, design) / design.sizes
    return values - (means[0] if means.size == 1 else means[design.stratum])


def block_rows(n: int) -> int:
    """Return how many replicates of `n` units to work on at once."""
    return max(2, _BLOCK // n)


def _defined(values: FloatArray, name: str) -> FloatArray:
    if not np.isfinite(values).all():
        position = int(np.flatnonzero(~np.isfinite(values))[0])
        raise DomainError(
            f"{name}: not defined without the unit of rank {position} (counted from 0, smallest "
            "first), which alone has any weight or value. Use a method that leaves no unit out."
        )
    return values
