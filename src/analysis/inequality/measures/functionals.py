"""Measures as smooth functionals of the weights.

A weighted measure `I(x, w)` has two derivatives that inference needs: with respect to the
weight of a unit (its influence: what sampling error is made of) and with respect to its value
(its gradient: what noise in the counts passes on). A subclass of `Functional`, beside the formula
of the measure, gives both in closed form, together with the values under many other sets of
weights, which is what the bootstrap and the jackknife ask for. A measure without such a class is
resampled by calling it.
"""

from abc import ABC, abstractmethod

import numpy as np

from analysis.inequality.samples.sample import FloatArray

_RUN = 16  # values added up at once: few enough for the product to cost less than waiting


class Functional(ABC):
    """One measure, for values in ascending order.

    Every method takes `ascending`, the values sorted from low to high, and weights in the same
    order; what it returns is in that order too. With `n` values, `p_i = w_i / sum(w)`,
    `mu = sum(p_i x_i)` and `r_i = x_i / mu`.
    """

    @abstractmethod
    def influence(self, ascending: FloatArray, weights: FloatArray) -> FloatArray:
        """`sum(w) dI/dw_i`, shape (n,); its weighted mean is zero."""

    @abstractmethod
    def gradient(self, ascending: FloatArray, weights: FloatArray) -> FloatArray:
        """`dI/dx_i` with the weights held fixed, shape (n,)."""

    def prepared(self, ascending: FloatArray) -> FloatArray:
        """Return what `reweighted` needs of the values, found once for any number of rows."""
        return ascending

    @abstractmethod
    def reweighted(self, prepared: FloatArray, weights: FloatArray) -> FloatArray:
        """`I` under each row of `weights`, shape (b, n), where a zero leaves the unit out.

        It may overwrite `weights`: fresh memory costs more than the arithmetic.
        """

    @abstractmethod
    def without_each(self, ascending: FloatArray, weights: FloatArray) -> FloatArray:
        """`I` of the other n - 1 units, for every unit left out in turn, shape (n,)."""


class ThreeMoments(Functional):
    """A measure that is a function of `sum w`, `sum w r` and `sum w h(r)` for one curve `h`."""

    @abstractmethod
    def curve(self, relative: FloatArray) -> FloatArray:
        """Return `h(r)`."""

    @abstractmethod
    def curve_slope(self, relative: FloatArray) -> FloatArray:
        """Return `h'(r)`; infinite at r = 0 where the curve is vertical."""

    @abstractmethod
    def value(self, weight: FloatArray, amount: FloatArray, moment: FloatArray) -> FloatArray:
        """Return the measure from its three sums."""

    @abstractmethod
    def slopes(self, moment: float) -> tuple[float, float, float]:
        """Return the derivatives of `value` by its three sums, at (1, 1, moment)."""

    def influence(self, ascending: FloatArray, weights: FloatArray) -> FloatArray:
        """Slopes of `value` times one, the relative value and its curve."""
        shares, away = shares_and_distances(ascending, weights)
        relative = 1.0 + away
        curve = self.curve(relative)
        by_weight, by_amount, by_moment = self.slopes(inner(shares, curve))
        return by_weight + by_amount * relative + by_moment * curve

    def gradient(self, ascending: FloatArray, weights: FloatArray) -> FloatArray:
        """Slopes of `value` times those of the relative value and its curve."""
        shares, away = shares_and_distances(ascending, weights)
        relative = 1.0 + away
        _, by_amount, by_moment = self.slopes(inner(shares, self.curve(relative)))
        slope = by_amount + by_moment * self.curve_slope(relative)
        return shares / inner(shares, ascending) * slope

    def prepared(self, ascending: FloatArray) -> FloatArray:
        """Return one, the relative value and the curve of each value, shape (n, 3)."""
        relative = ascending / float(ascending.mean())
        return np.column_stack((np.ones_like(relative), relative, self.curve(relative)))

    def reweighted(self, prepared: FloatArray, weights: FloatArray) -> FloatArray:
        """`value` of three sums for each row."""
        sums = weights @ prepared
        return self.value(sums[:, 0], sums[:, 1], sums[:, 2])

    def without_each(self, ascending: FloatArray, weights: FloatArray) -> FloatArray:
        """`value` of three sums less what each unit adds to them."""
        shares, away = shares_and_distances(ascending, weights)
        relative = 1.0 + away
        held, curve = shares * relative, shares * self.curve(relative)
        return self.value(1.0 - shares, 1.0 - held, float(curve.sum()) - curve)


def inner(a: FloatArray, b: FloatArray) -> float:
    """Return `sum(a b)`, in this thread: waiting for others costs more than it saves here."""
    return float(np.einsum("n,n->", a, b))


def shares_and_distances(
    ascending: FloatArray, weights: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return `p_i` and `r_i - 1`, the latter exact where all values are nearly equal."""
    shares = weights / float(weights.sum())
    mean = inner(shares, ascending)
    away = ascending - mean
    away /= mean
    return shares, away


def running_totals(rows: FloatArray) -> FloatArray:
    """Return the cumulative sums along each row, shape (b, n); it may overwrite `rows`.

    A cumulative sum waits for each addition before the next. Long rows are therefore summed
    within runs of `_RUN` by a product with a triangle of ones, then the runs' totals along the row.
    """
    runs = rows.shape[1] // _RUN
    if runs < _RUN:
        return np.cumsum(rows, axis=1, out=rows)
    end = runs * _RUN
    totals = np.empty_like(rows)
    within = totals[:, :end].reshape(-1, runs, _RUN)
    np.matmul(rows[:, :end].reshape(-1, runs, _RUN), np.triu(np.ones((_RUN, _RUN))), out=within)
    before = np.cumsum(within[:, :, -1], axis=1)
    within[:, 1:] += before[:, :-1, None]
    np.cumsum(rows[:, end:], axis=1, out=totals[:, end:])
    totals[:, end:] += before[:, -1:]
    return totals
