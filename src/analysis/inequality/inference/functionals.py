"""Measures as smooth functionals of the weights.

A weighted measure `I(x, w)` has two derivatives that inference needs: with respect to the
weight of a unit (its influence: what sampling error is made of) and with respect to its value
(its gradient: what noise in the counts passes on). The classes here give both in closed form,
together with the values under many other sets of weights, which is what the bootstrap and the
jackknife ask for. A measure without such a class is resampled by calling it.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import xlogy

from analysis.errors import DomainError
from analysis.inequality.samples.ordering import blocks
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


@dataclass(frozen=True)
class Gini(Functional):
    """`G = (1/2) sum_i sum_j p_i p_j |r_i - r_j|`, times `n / (n - 1)` if unbiased.

    The correction counts units: a replicate has as many as the sample, one left out leaves n - 1.
    """

    unbiased: bool = False

    def influence(self, ascending: FloatArray, weights: FloatArray) -> FloatArray:
        """`sum_j p_j |r_i - r_j| - G (1 + r_i)` (Langel and Tillé 2013)."""
        shares, away = _shares_and_distances(ascending, weights)
        apart = mean_differences(away, shares)
        return self.correction(ascending.size) * (apart - 0.5 * inner(shares, apart) * (2.0 + away))

    def gradient(self, ascending: FloatArray, weights: FloatArray) -> FloatArray:
        """`(p_i / mu) (P(x < x_i) - P(x > x_i) - G)`, ties counting half on either side."""
        shares, away = _shares_and_distances(ascending, weights)
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


class Hoover(Functional):
    """`H = (1/2) sum_i p_i |r_i - 1|`; smooth except where a unit lies at the mean itself."""

    def influence(self, ascending: FloatArray, weights: FloatArray) -> FloatArray:
        """`(|r_i - 1| - t (r_i - 1)) / 2 - H r_i` with `t = sum(p sign(r - 1))`."""
        shares, away = _shares_and_distances(ascending, weights)
        value = 0.5 * inner(shares, np.abs(away))
        tilt = inner(shares, np.sign(away))
        return 0.5 * (np.abs(away) - tilt * away) - value * (1.0 + away)

    def gradient(self, ascending: FloatArray, weights: FloatArray) -> FloatArray:
        """`(p_i / mu) ((sign(r_i - 1) - t) / 2 - H)`."""
        shares, away = _shares_and_distances(ascending, weights)
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
        shares, away = _shares_and_distances(ascending, weights)
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


class _ThreeMoments(Functional):
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
        shares, away = _shares_and_distances(ascending, weights)
        relative = 1.0 + away
        curve = self.curve(relative)
        by_weight, by_amount, by_moment = self.slopes(inner(shares, curve))
        return by_weight + by_amount * relative + by_moment * curve

    def gradient(self, ascending: FloatArray, weights: FloatArray) -> FloatArray:
        shares, away = _shares_and_distances(ascending, weights)
        relative = 1.0 + away
        _, by_amount, by_moment = self.slopes(inner(shares, self.curve(relative)))
        slope = by_amount + by_moment * self.curve_slope(relative)
        return shares / inner(shares, ascending) * slope

    def prepared(self, ascending: FloatArray) -> FloatArray:
        """Return one, the relative value and the curve of each value, shape (n, 3)."""
        relative = ascending / float(ascending.mean())
        return np.column_stack((np.ones_like(relative), relative, self.curve(relative)))

    def reweighted(self, prepared: FloatArray, weights: FloatArray) -> FloatArray:
        sums = weights @ prepared
        return self.value(sums[:, 0], sums[:, 1], sums[:, 2])

    def without_each(self, ascending: FloatArray, weights: FloatArray) -> FloatArray:
        shares, away = _shares_and_distances(ascending, weights)
        relative = 1.0 + away
        held, curve = shares * relative, shares * self.curve(relative)
        return self.value(1.0 - shares, 1.0 - held, float(curve.sum()) - curve)


@dataclass(frozen=True)
class GeneralizedEntropy(_ThreeMoments):
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


@dataclass(frozen=True)
class Atkinson(_ThreeMoments):
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


class CoefficientOfVariation(_ThreeMoments):
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


def inner(a: FloatArray, b: FloatArray) -> float:
    """Return `sum(a b)`, in this thread: waiting for others costs more than it saves here."""
    return float(np.einsum("n,n->", a, b))


def mean_differences(ascending: FloatArray, shares: FloatArray) -> FloatArray:
    """Return `sum_j p_j |x_i - x_j|` for each unit of an ascending sample, in one pass."""
    # In place: for many units, fresh memory costs more than the arithmetic.
    differences = np.cumsum(shares)
    differences *= 2.0
    differences -= 0.5 * differences[-1]
    differences *= ascending
    held_below = shares * ascending
    np.cumsum(held_below, out=held_below)
    total = float(held_below[-1])
    held_below *= 2.0
    differences -= held_below
    differences += total
    return differences


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


def _shares_and_distances(
    ascending: FloatArray, weights: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return `p_i` and `r_i - 1`, the latter exact where all values are nearly equal."""
    shares = weights / float(weights.sum())
    mean = inner(shares, ascending)
    away = ascending - mean
    away /= mean
    return shares, away


def _midranks(ascending: FloatArray, shares: FloatArray) -> FloatArray:
    """Share of the weight below each unit plus half of the weight at its value."""
    starts = np.flatnonzero(np.concatenate(([True], np.diff(ascending) > 0)))
    group_weight = np.add.reduceat(shares, starts)
    group = np.repeat(np.arange(starts.size), np.diff(np.append(starts, ascending.size)))
    ranks: FloatArray = (np.cumsum(group_weight) - 0.5 * group_weight)[group]
    return ranks
