"""Limits calibrated in the log-normal world that is fitted to the units.

With few units, unequal weights and a long right tail, a studentised measure is neither normal nor
Student's t: it lies low more often than high. How it varies is found by simulation, in the
world of log-normal units whose means and covariances are those of the units at hand. Where that
world is a poor likeness the critical values are off, but with many units they are right in any.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.errors import IntervalError
from analysis.inequality.inference.delete_one import with_and_without_each
from analysis.inequality.inference.linearization import functional_of, measure_name
from analysis.inequality.inference.lognormal import (
    IDENTITY,
    LogNormalForm,
    drawn,
    fitted,
    lognormal_form,
)
from analysis.inequality.inference.resampling import contrast
from analysis.inequality.inference.sorted_samples import SortedSamples
from analysis.inequality.measures.grouped import kernel_of
from analysis.inequality.measures.measure import Statistic
from analysis.inequality.samples.sample import FloatArray

_BLOCK = 1 << 17  # numbers drawn at once, few enough to stay in the cache
_BEYOND = 1e300


@dataclass(frozen=True)
class Layout:
    """What is known of each unit: values at one date or two, with weights or without.

    Samples are arrays of logarithms, shape (b, n, k): weights by date, then values by date.
    """

    dates: int
    weighted: bool

    def logs(self, values: Sequence[FloatArray], weights: Sequence[FloatArray]) -> FloatArray:
        """Return the one sample at hand, shape (1, n, k)."""
        columns = [*(weights if self.weighted else []), *values]
        return np.log(np.stack(columns, axis=-1))[None, :, :]

    def column(self, date: int) -> int:
        """Return the column of the values at a date; that of its weights is the date."""
        return (self.dates if self.weighted else 0) + date


@dataclass(frozen=True)
class Roots:
    """A measure of each of many samples on its scale, where its limits are made.

    Attributes
    ----------
    estimate : ndarray, shape (b,)
        Measure, or its change, on the scale.
    center : ndarray, shape (b,)
        The estimate less its jackknife bias.
    se : ndarray, shape (b,)
        Its jackknife standard error; for a measure that the jackknife does not suit, one.
    """

    estimate: FloatArray
    center: FloatArray
    se: FloatArray


class Calibrator:
    """A measure at one date, or its change between two, over units of a log-normal world.

    Parameters
    ----------
    measure : callable
        With a `lognormal_form`.
    layout : Layout
    """

    def __init__(self, measure: Statistic, layout: Layout) -> None:
        form = lognormal_form(measure)
        if form is None:
            raise IntervalError(
                f'{measure_name(measure)}: method="calibrated" needs to know the measure in a '
                'log-normal world, as it does for most of this package. Use "percentile".'
            )
        self._form: LogNormalForm = form
        self._functional = functional_of(measure)
        self._kernel = kernel_of(measure)
        self._layout = layout
        self.scale = form.scale if layout.dates == 1 else IDENTITY

    def roots(self, samples: Sequence[SortedSamples]) -> Roots:
        """Return the roots of samples, given at each date."""
        if self._functional is None:
            assert self._kernel is not None
            values = [self.scale.to(self._kernel(sample.segments)) for sample in samples]
            estimate = contrast(values)
            return Roots(estimate, estimate, np.ones_like(estimate))
        found = [
            with_and_without_each(self._functional, sample.relative, sample.shares)
            for sample in samples
        ]
        estimate = contrast([self.scale.to(value) for value, _ in found])
        left = [self.scale.to(without) for _, without in found]
        if len(samples) > 1:
            for sample, without in zip(samples, left, strict=True):
                np.put_along_axis(without, sample.order, without.copy(), axis=1)
        away = contrast(left)
        n = away.shape[1]
        middle = away.mean(axis=1)
        with np.errstate(invalid="ignore"):  # no root where nothing is unequal without a unit
            away -= middle[:, None]
            se = np.sqrt((n - 1.0) / n * np.einsum("bn,bn->b", away, away))
            return Roots(estimate, n * estimate - (n - 1.0) * middle, se)

    def targets(self, mean: FloatArray, triangle: FloatArray) -> FloatArray:
        """Return the measure, or its change, in each world on the scale, shape (b,)."""
        covariance = np.swapaxes(triangle, 1, 2) @ triangle
        values = []
        for date in range(self._layout.dates):
            own = self._layout.column(date)
            variance = covariance[:, own, own]
            tilt = covariance[:, date, own] if self._layout.weighted else 0.0
            average = np.exp(mean[:, own] + tilt + 0.5 * variance)
            values.append(self.scale.to(self._form.value(np.sqrt(variance), average)))
        return contrast(values)

    def variance(self, logs: FloatArray, replicates: int, rng: np.random.Generator) -> float:
        """Return the variance of the measure itself in the world fitted to the one sample."""
        again = drawn(*fitted(logs), logs.shape[1], replicates, rng)[0]
        values = self.scale.back(self.roots(by_date(self._layout, again)).estimate)
        return float(np.var(values, ddof=1))

    def limits(
        self, roots: Roots, critical: FloatArray, remaining: float = 1.0
    ) -> tuple[FloatArray, FloatArray]:
        """Return the limits of each sample as the measure counts, never past its estimate.

        `remaining` is the share of the list that was not sampled, which error and bias shrink by.
        """
        with np.errstate(invalid="ignore"):  # no limits where the estimate has no logarithm
            center = roots.estimate + remaining * (roots.center - roots.estimate)
        se = np.sqrt(remaining) * roots.se
        low, high = center - critical[1] * se, center - critical[0] * se
        return (
            self.scale.back(np.minimum(low, roots.estimate)),
            self.scale.back(np.maximum(high, roots.estimate)),
        )


def by_date(layout: Layout, logs: FloatArray) -> list[SortedSamples]:
    """Return the samples at each date."""
    units = np.exp(logs)
    return [
        SortedSamples(
            units[:, :, layout.column(date)], units[:, :, date] if layout.weighted else None
        )
        for date in range(layout.dates)
    ]


def critical_values(
    calibrators: Sequence[Calibrator],
    layout: Layout,
    logs: FloatArray,
    replicates: int,
    tail: float,
    rng: np.random.Generator,
) -> FloatArray:
    """Return what `(center - target) / se` exceeds with the chances `1 - tail` and `tail`.

    In the world fitted to each of the samples, shape (len(calibrators), 2, b). The quantiles are
    order statistics of rank `tail (replicates + 1)` from either end: a further draw falls between
    them with a chance of `1 - 2 tail`, however few the replicates.
    """
    critical = np.empty((len(calibrators), 2, logs.shape[0]))
    units, k = logs.shape[1:]
    worlds = max(1, _BLOCK // (replicates * units * k))
    for start in range(0, logs.shape[0], worlds):
        here = slice(start, start + worlds)
        mean, triangle = fitted(logs[here])
        again = drawn(mean, triangle, units, replicates, rng)
        samples = by_date(layout, again.reshape(-1, units, k))
        for calibrator, values in zip(calibrators, critical, strict=True):
            roots = calibrator.roots(samples)
            target = np.repeat(calibrator.targets(mean, triangle), replicates)
            pivots = ((roots.center - target) / roots.se).reshape(-1, replicates)
            np.clip(pivots, -_BEYOND, _BEYOND, out=pivots)  # a ratio of zero has no logarithm
            values[:, here] = np.quantile(pivots, [tail, 1.0 - tail], axis=1, method="weibull")
    return critical
