"""One sorted sample, or many side by side, with the quantities that the measures share.

Every measure is written once, for the segments of one long sorted array: the groups of a frame.
A single sample is one segment.
"""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt

from analysis.errors import DomainError
from analysis.inequality.samples.ordering import IntArray, as_ascending
from analysis.inequality.samples.sample import Domain, FloatArray

_NEAR = 0.1  # up to here a few terms of a series are exact; beyond, no digits cancel


class Segments:
    """Samples laid end to end, each sorted by value, then weight.

    Parameters
    ----------
    values : ndarray, shape (n,)
        Values, ascending within each segment.
    weights : ndarray, shape (n,), optional
        Weights in the same order; by default ones.
    starts : ndarray of int64, shape (g,)
        Position at which each segment starts; the first is 0.
    labels : sequence of str
        Names of the segments, for messages; none for a single sample.
    """

    def __init__(
        self,
        values: FloatArray,
        weights: FloatArray | None,
        starts: IntArray,
        labels: Sequence[str] = (),
    ) -> None:
        self.values = values
        self._weights = weights
        self.starts = starts
        self._labels = labels

    @classmethod
    def single(
        cls, x: npt.ArrayLike, weights: npt.ArrayLike | None, *, measure: str, domain: Domain
    ) -> "Segments":
        """Check one sample and sort it."""
        sample = as_ascending(x, weights, measure=measure, domain=domain)
        return cls(*sample, np.zeros(1, dtype=np.int64))

    def require(self, domain: Domain, measure: str) -> None:
        """Refuse segments with values outside the domain, by name."""
        lowest = self.values[self.starts]
        if domain == "positive":
            wrong, rule = lowest <= 0, "x > 0"
        elif domain == "shareable":
            wrong, rule = (lowest < 0) | (self.last == 0), "x >= 0, not all zero"
        elif domain == "nonnegative":
            wrong, rule = lowest < 0, "x >= 0"
        else:
            return
        self.refuse(wrong, measure, f"values outside its domain, {rule},")

    def refuse(self, wrong: npt.NDArray[np.bool_], measure: str, what: str) -> None:
        """Raise a DomainError that names the first few wrong segments, if there are any."""
        if not wrong.any():
            return
        where = np.flatnonzero(wrong)
        named = ", ".join(self._labels[i] for i in where[:5]) if self._labels else ""
        more = f" and {where.size - 5} more" if where.size > 5 else ""
        place = f" in group {named}{more}" if named else ""
        raise DomainError(f"{measure}: {what}{place}. Leave it out, or choose another measure.")

    @cached_property
    def sizes(self) -> IntArray:
        """Number of units, shape (g,)."""
        return np.diff(self.starts, append=self.values.size)

    @cached_property
    def weights(self) -> FloatArray:
        """Weights, shape (n,)."""
        return np.ones_like(self.values) if self._weights is None else self._weights

    @cached_property
    def last(self) -> FloatArray:
        """Largest value, shape (g,)."""
        last: FloatArray = self.values[self.starts + self.sizes - 1]
        return last

    @cached_property
    def zeros(self) -> bool:
        """Whether any value is zero or negative."""
        return bool(self.values[self.starts].min() <= 0)

    @cached_property
    def totals(self) -> FloatArray:
        """Sum of the weights, shape (g,)."""
        if self._weights is None:
            return self.sizes.astype(np.float64)
        return self.sums(self._weights)

    @cached_property
    def shares(self) -> FloatArray:
        """Weight over the sum of weights, shape (n,)."""
        if self._weights is None:
            return self.spread(1.0 / self.totals)
        return self._weights / self.spread(self.totals)

    @cached_property
    def _middle(self) -> FloatArray:
        middle: FloatArray = self.values[self.starts + (self.sizes - 1) // 2]
        return middle

    @cached_property
    def means(self) -> FloatArray:
        """Weighted mean, shape (g,)."""
        return self._middle + self.mean_of(self.values - self.spread(self._middle))

    @cached_property
    def away(self) -> FloatArray:
        """Distance from the mean, x - mean, exact to the last digits also when small, (n,)."""
        away = self.values - self.spread(self._middle)
        away -= self.spread(self.mean_of(away))
        return away

    @cached_property
    def excess(self) -> FloatArray:
        """Relative distance from the mean, x / mean - 1, shape (n,)."""
        return self.away / self.spread(self.means)

    @cached_property
    def relative(self) -> FloatArray:
        """Value over mean, shape (n,)."""
        return self.values / self.spread(self.means)

    @cached_property
    def _near(self) -> IntArray:
        """Positions of values so near the mean that differences of logarithms would cancel."""
        return np.flatnonzero(np.abs(self.excess) < _NEAR)

    @cached_property
    def log_relative(self) -> FloatArray:
        """Logarithm of value over mean, shape (n,); 0 where the value is 0."""
        logs = np.log(
            np.where(self.values > 0, self.relative, 1.0) if self.zeros else self.relative
        )
        logs[self._near] = np.log1p(self.excess[self._near])
        return logs

    @cached_property
    def log_shortfall(self) -> FloatArray:
        """``ln r - (r - 1)``, at most 0, without cancellation near r = 1, shape (n,)."""
        shortfall = self.log_relative - self.excess
        d = self.excess[self._near]
        s = d / (2.0 + d)  # ln(1 + d) = 2 artanh(s) = 2 (s + s^3 / 3 + s^5 / 5 + ...)
        square = s * s
        series = np.zeros_like(s)
        for k in range(15, 1, -2):
            series = series * square + 1.0 / k
        shortfall[self._near] = s * (2.0 * square * series - d)
        return shortfall

    @cached_property
    def log_surplus(self) -> FloatArray:
        """``r ln r - (r - 1)``, at least 0, without cancellation near r = 1, shape (n,)."""
        surplus = self.relative * self.log_relative - self.excess
        near = self._near
        square = self.excess[near] ** 2
        surplus[near] = self.relative[near] * self.log_shortfall[near] + square
        return surplus

    @cached_property
    def cumulative(self) -> FloatArray:
        """Cumulative weight within the segment, shape (n,)."""
        if self._weights is None:
            return np.arange(1.0, self.values.size + 1.0) - self.spread(
                self.starts.astype(np.float64)
            )
        return self._cumulate(self._weights, self.totals)

    @cached_property
    def above(self) -> FloatArray:
        """Weight above each unit within the segment, exact also where it is small, (n,)."""
        turned = self.weights[::-1].copy()
        ends = self.values.size - self.starts[1:]
        turned[ends] -= self.totals[1:]
        above = np.empty_like(turned)
        above[:-1] = np.cumsum(turned)[-2::-1]
        above[self.starts + self.sizes - 1] = 0.0
        return above

    @cached_property
    def gaps(self) -> FloatArray:
        """Distance to the next value within the segment, 0 for the last, shape (n,)."""
        gaps = np.diff(self.values, append=0.0)
        gaps[self.starts + self.sizes - 1] = 0.0
        return gaps

    @cached_property
    def held(self) -> FloatArray:
        """Cumulative share of the total of the values within the segment, shape (n,)."""
        parts = self.shares * self.relative
        return self._cumulate(parts, self.sums(parts))

    def sums(self, terms: FloatArray) -> FloatArray:
        """Sum over each segment, shape (g,)."""
        return np.add.reduceat(terms, self.starts)

    def mean_of(self, terms: FloatArray) -> FloatArray:
        """Weighted mean over each segment, shape (g,)."""
        if self._weights is None:
            return self.sums(terms) / self.totals
        return self.sums(self.shares * terms)

    def spread(self, per_segment: FloatArray) -> FloatArray:
        """Repeat a number per segment for each of its units; a single one is broadcast."""
        return per_segment if self.starts.size == 1 else np.repeat(per_segment, self.sizes)

    def _cumulate(self, parts: FloatArray, totals: FloatArray) -> FloatArray:
        if self.starts.size == 1:
            return np.cumsum(parts)
        # Taking each total off where the next segment starts keeps the running sum small.
        steps = parts.copy()
        steps[self.starts[1:]] -= totals[:-1]
        return np.cumsum(steps)


def expm1_excess(u: FloatArray) -> FloatArray:
    """Return ``exp(u) - 1 - u``, at least 0, without cancellation near u = 0."""
    excess = np.expm1(u) - u
    small = np.flatnonzero(np.abs(u) < 2 * _NEAR)
    near = u[small]
    series = np.ones_like(near)
    for k in range(14, 2, -1):
        series = 1.0 + series * near / k
    excess[small] = 0.5 * near * near * series
    return excess
