"""Staff counts as Poisson counts: what chance in a count does to a measure."""

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy import stats

from analysis.errors import DomainError
from analysis.inequality.inference.intervals import Interval, IntervalOptions
from analysis.inequality.inference.linearization import gradient, measure_name
from analysis.inequality.inference.random_counts import IntArray, Seed, generator
from analysis.inequality.inference.resampling import contrast
from analysis.inequality.inference.sorted_samples import SortedSamples
from analysis.inequality.measures.grouped import kernel_of
from analysis.inequality.measures.measure import Statistic
from analysis.inequality.samples.sample import FloatArray, as_values, as_weights
from analysis.labels import align_all


class PoissonSample:
    """Values proportional to Poisson counts, unit by unit, and fixed weights.

    `x_i = k_i s_i` with `s_i` a Poisson count of unknown mean and `k_i` a known constant, such
    as one over the population. A unit that counts zero is taken to have a mean of zero: data
    cannot tell it from one that happened to count none.

    Parameters
    ----------
    measure : callable
        `measure(x, weights) -> float`.
    x : array-like, shape (n,)
        Values, such as staff per head.
    weights : array-like or None, shape (n,)
        Positive weights, such as population.
    counts : array-like of int, shape (n,)
        Counts behind `x`.

    Raises
    ------
    DomainError
        If the counts are not whole numbers of at least zero, differ in number from the values,
        or a value is not zero where its count is.
    """

    def __init__(
        self,
        measure: Statistic,
        x: npt.ArrayLike,
        weights: npt.ArrayLike | None,
        counts: npt.ArrayLike,
    ) -> None:
        self.name = measure_name(measure)
        self.estimate = float(measure(x, weights))
        self._measure = measure
        x, weights, counts = align_all(self.name, x=x, weights=weights, counts=counts)
        self._values = as_values(x, measure=self.name)
        self._weights = (
            None if weights is None else as_weights(weights, self._values.size, measure=self.name)
        )
        self._counts = as_values(counts, measure=f"{self.name}, counts", domain="nonnegative")
        if self._counts.size != self._values.size:
            raise DomainError(
                f"{self.name}: {self._values.size} values but {self._counts.size} counts. Pass "
                "one count per value."
            )
        if np.any(self._counts % 1.0 != 0.0):
            where = int(np.flatnonzero(self._counts % 1.0 != 0.0)[0])
            raise DomainError(
                f"{self.name}: counts must be whole numbers, but position {where} (counted from "
                f"0) holds {self._counts[where]:g}. Pass persons, not full-time equivalents or "
                "rates."
            )
        if np.any((self._counts == 0.0) != (self._values == 0.0)):
            where = int(np.flatnonzero((self._counts == 0.0) != (self._values == 0.0))[0])
            raise DomainError(
                f"{self.name}: the value at position {where} (counted from 0) is "
                f"{self._values[where]:g}, its count {self._counts[where]:g}. Values must be "
                "proportional to the counts, so both or neither are zero."
            )

    @property
    def counts(self) -> FloatArray:
        """Counts in the order of the units."""
        return self._counts

    @property
    def positive_counts(self) -> FloatArray:
        """Counts above zero, in the order of the units."""
        positive: FloatArray = self._counts[self._counts > 0.0]
        return positive

    def effects(self) -> FloatArray:
        """Return `(dI/ds_i) sqrt(s_i)` for the units with a count above zero.

        Their sum of squares is the variance of the measure by the delta method, since a Poisson
        count has a variance equal to its mean.
        """
        counted = self._counts > 0.0
        slopes = gradient(self._measure, self._values, self._weights)[counted]
        effects: FloatArray = slopes * self._values[counted] / np.sqrt(self._counts[counted])
        return effects

    def replicates(self, number: int, rng: np.random.Generator) -> FloatArray:
        """Return the measure of `number` draws of all counts from their Poisson distributions."""
        return self.measured(rng.poisson(self._counts, size=(number, self._counts.size)))

    def measured(self, counts: IntArray) -> FloatArray:
        """Return the measure for each row of counts in place of those observed, shape (b, n)."""
        rates = np.divide(
            self._values, self._counts, out=np.zeros_like(self._values), where=self._counts > 0.0
        )
        drawn: FloatArray = rates * counts
        kernel = kernel_of(self._measure)
        try:
            if kernel is not None:
                return kernel(SortedSamples(drawn, self._weights).segments)
            return np.array([self._measure(row, self._weights) for row in drawn])
        except DomainError as error:
            raise DomainError(
                f"{self.name}: not defined for a replicate in which small counts came out as "
                'zero. Use method="linearized", or a measure defined at zero.'
            ) from error


def interval_over_counts(
    options: IntervalOptions, name: str, samples: Sequence[PoissonSample], seed: Seed
) -> Interval:
    """Return the interval for the one sample, or for the last less the first."""
    estimate = float(contrast(np.array([sample.estimate for sample in samples])))
    if options.method == "linearized":
        se = math.sqrt(sum(float(np.sum(sample.effects() ** 2)) for sample in samples))
        spread = float(stats.norm.ppf((1.0 + options.level) / 2.0))
        return options.symmetric(name, estimate, se, spread)
    rng, recorded = generator(seed)
    drawn = np.array([sample.replicates(options.replicates, rng) for sample in samples])
    skew = 0.0
    if options.method == "bca":
        signs = [1.0] if len(samples) == 1 else [-1.0, 1.0]
        effects = [sign * sample.effects() for sign, sample in zip(signs, samples, strict=True)]
        # A Poisson count has skewness 1 / sqrt(mean), so the third cumulant of the linear part
        # is the sum of (dI/ds)^3 s, and `effects` is (dI/ds) sqrt(s).
        third = sum(
            float(np.sum(effect**3 / np.sqrt(sample.positive_counts)))
            for effect, sample in zip(effects, samples, strict=True)
        )
        second = sum(float(np.sum(effect**2)) for effect in effects)
        if second > 0.0:
            skew = third / second**1.5 / 6.0
    return options.bootstrapped(name, estimate, contrast(drawn), skew, recorded)
