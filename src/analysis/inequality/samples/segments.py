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
from analysis.inequality.samples.scaling import taming_exponents

NO_WEIGHT = "what is above zero has no weight to speak of beside the rest"

_NEAR = 0.1  # up to here a few terms of a series are exact; beyond, no digits cancel
_TINY = 1e-290  # relative values below are near those that lose their digits, or become zero


class Segments:
    """Samples laid end to end, each sorted by value, then weight.

    Means and distances between values are taken in a unit of the segment, a power of two, so that
    no size of the values or weights makes sums overflow or vanish; `in_unit` turns them back.

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
    one_unit : bool
        Leave values and weights as they are given, since segments are compared with one another.
    """

    def __init__(
        self,
        values: FloatArray,
        weights: FloatArray | None,
        starts: IntArray,
        labels: Sequence[str] = (),
        *,
        one_unit: bool = False,
    ) -> None:
        self.values = values
        self.starts = starts
        self._labels = labels
        self._one_unit = one_unit
        self._weights, self._weight_exponents = weights, None
        if weights is not None and not one_unit:
            self._weight_exponents = taming_exponents(np.maximum.reduceat(weights, starts))
        if weights is not None and self._weight_exponents is not None:
            self._weights = np.ldexp(weights, -self._spread_out(self._weight_exponents))

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
        if domain != "nonnegative":
            self.refuse(self.means == 0, measure, NO_WEIGHT)

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
        """Weights, up to a power of two per segment, shape (n,)."""
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
        """Sum of `weights`, shape (g,)."""
        if self._weights is None:
            return self.sizes.astype(np.float64)
        return self.sums(self._weights)

    @property
    def people(self) -> FloatArray:
        """Sum of the weights as they were given, shape (g,)."""
        if self._weight_exponents is None:
            return self.totals
        return np.ldexp(self.totals, self._weight_exponents)

    @cached_property
    def shares(self) -> FloatArray:
        """Weight over the sum of weights, shape (n,)."""
        if self._weights is None:
            return self.spread(1.0 / self.totals)
        return self._weights / self.spread(self.totals)

    @cached_property
    def _exponents(self) -> npt.NDArray[np.intc] | None:
        """Powers of two that the unit of each segment is, (g,); None where all are one."""
        if self._one_unit:
            return None
        return taming_exponents(np.maximum(np.abs(self.values[self.starts]), np.abs(self.last)))

    @cached_property
    def _scaled(self) -> FloatArray:
        if self._exponents is None:
            return self.values
        return np.ldexp(self.values, -self._spread_out(self._exponents))

    def in_unit(self, amounts: FloatArray) -> FloatArray:
        """Turn amounts in the unit of each segment, shape (g,), into that of the values."""
        return amounts if self._exponents is None else np.ldexp(amounts, self._exponents)

    @cached_property
    def _centres(self) -> tuple[FloatArray, FloatArray]:
        """A value of each segment in the unit of the segment, and how far beyond it the mean is."""
        middle = self._scaled[self.starts + (self.sizes - 1) // 2]
        beyond = self.mean_of(self._scaled - self.spread(middle))
        if np.any(np.abs(middle + beyond) < 0.125 * np.abs(middle)):
            # Heavy weights on values far below the middle one, where digits would cancel: of
            # values that are not negative, the weighted median is at most twice the mean.
            half = self.spread(0.5 * self.totals)
            below = np.add.reduceat(self.cumulative < half, self.starts, dtype=np.intp)
            middle = self._scaled[self.starts + np.minimum(below, self.sizes - 1)]
            beyond = self.mean_of(self._scaled - self.spread(middle))
        return middle, beyond

    @cached_property
    def means(self) -> FloatArray:
        """Weighted mean, in the unit of the segment, shape (g,)."""
        middle, beyond = self._centres
        return middle + beyond

    @cached_property
    def away(self) -> FloatArray:
        """Distance from the mean, in the unit of the segment, exact also when small, (n,)."""
        middle, beyond = self._centres
        away = self._scaled - self.spread(middle)
        away -= self.spread(beyond)
        return away

    @cached_property
    def excess(self) -> FloatArray:
        """Relative distance from the mean, x / mean - 1, shape (n,)."""
        return self.away / self.spread(self.means)

    @cached_property
    def relative(self) -> FloatArray:
        """Value over mean, shape (n,)."""
        return self._scaled / self.spread(self.means)

    @cached_property
    def _near(self) -> IntArray:
        """Positions of values so near the mean that differences of logarithms would cancel."""
        return np.flatnonzero(np.abs(self.excess) < _NEAR)

    @cached_property
    def log_relative(self) -> FloatArray:
        """Logarithm of value over mean, shape (n,); 0 where the value is 0."""
        tiny = self.relative[self.starts].min() < _TINY
        logs = np.log(
            np.where(self.relative < _TINY, 1.0, self.relative) if tiny else self.relative
        )
        logs[self._near] = np.log1p(self.excess[self._near])
        if tiny:
            where = np.flatnonzero((self.relative < _TINY) & (self.values > 0))
            logs[where] = self._logarithms_by_exponents(where)
        return logs

    def _logarithms_by_exponents(self, where: npt.NDArray[np.intp]) -> FloatArray:
        """Logarithm of value over mean where the ratio itself is too small for a float."""
        means = np.broadcast_to(self.spread(self.means), self.values.shape)[where]
        units = 0 if self._exponents is None else self._spread_out(self._exponents)
        unit = np.broadcast_to(units, self.values.shape)[where]
        digits, exponent = np.frexp(self.values[where])
        mean_digits, mean_exponent = np.frexp(means)
        powers = exponent - unit - mean_exponent
        logs: FloatArray = np.log(digits / mean_digits) + np.log(2.0) * powers
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
        """Distance to the next value, in the unit of the segment, 0 for the last, shape (n,)."""
        gaps = np.diff(self._scaled, append=0.0)
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

    def mean_square(self, terms: FloatArray) -> FloatArray:
        """Weighted mean of squares over each segment, infinite only where it is that, (g,)."""
        with np.errstate(over="ignore"):
            found = self.mean_of(terms**2)
            if np.isfinite(found).all():
                return found
            power = int(np.frexp(np.abs(terms).max())[1])
            return np.ldexp(self.mean_of(np.ldexp(terms, -power) ** 2), 2 * power)

    def spread(self, per_segment: FloatArray) -> FloatArray:
        """Repeat a number per segment for each of its units; a single one is broadcast."""
        return per_segment if self.starts.size == 1 else np.repeat(per_segment, self.sizes)

    def _spread_out(self, exponents: npt.NDArray[np.intc]) -> npt.NDArray[np.intc]:
        return exponents if self.starts.size == 1 else np.repeat(exponents, self.sizes)

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
