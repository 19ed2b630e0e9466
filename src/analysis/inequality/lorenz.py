"""Lorenz curves and how two of them compare."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.inequality._sample import FloatArray, as_values, as_weights


@dataclass(frozen=True)
class LorenzCurve:
    """A Lorenz curve by its knots, straight in between.

    Parameters
    ----------
    population_share : ndarray of shape (n + 1,)
        Cumulative share of people, from the unit with the lowest value; starts at 0, ends at 1.
    value_share : ndarray of shape (n + 1,)
        Cumulative share of what they have.
    """

    population_share: FloatArray
    value_share: FloatArray

    def at(self, p: npt.ArrayLike) -> FloatArray:
        """Return the share held by the lowest `p` of people, p in [0, 1]."""
        share: FloatArray = np.interp(
            np.asarray(p, dtype=np.float64), self.population_share, self.value_share
        )
        return share

    def to_frame(self) -> pd.DataFrame:
        """Return the knots as columns `population_share` and `value_share`."""
        return pd.DataFrame(
            {"population_share": self.population_share, "value_share": self.value_share}
        )


def lorenz_curve(x: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> LorenzCurve:
    """Return the Lorenz curve, ``L(p)`` = share held by the lowest p of people.

    Units are sorted by value; knot k is ``(sum_{i<=k} p_i, sum_{i<=k} p_i x_i / mu)``.

    Parameters
    ----------
    x : array-like of shape (n,)
        Values per head, >= 0, not all zero.
    weights : array-like of shape (n,), optional
        People, > 0.

    Returns
    -------
    LorenzCurve

    References
    ----------
    Lorenz, M. O. (1905). Methods of measuring the concentration of wealth. Publications of the
    American Statistical Association 9, 209-219.

    Examples
    --------
    >>> lorenz_curve([3, 1]).value_share.tolist()
    [0.0, 0.25, 1.0]
    """
    values = as_values(x, measure="lorenz_curve", domain="nonnegative")
    w = (
        np.ones_like(values)
        if weights is None
        else as_weights(weights, values.size, measure="lorenz_curve")
    )
    order = np.lexsort((w, values))
    people = np.concatenate(([0.0], np.cumsum(w[order])))
    held = np.concatenate(([0.0], np.cumsum(w[order] * values[order])))
    return LorenzCurve(people / people[-1], held / held[-1])


Verdict = Literal["dominates", "is dominated", "crosses", "equal"]


@dataclass(frozen=True)
class Dominance:
    """How one Lorenz curve lies to another.

    Parameters
    ----------
    verdict : {"dominates", "is dominated", "crosses", "equal"}
        Of the later curve over the earlier: it dominates if it is nowhere below and somewhere
        above, and then every measure that respects the principle of transfers has fallen.
    crossings : ndarray
        Population shares at which the curves cross, in ascending order.
    """

    verdict: Verdict
    crossings: FloatArray


def dominance(before: LorenzCurve, after: LorenzCurve, *, tolerance: float = 1e-12) -> Dominance:
    """Compare two Lorenz curves exactly, on the union of their knots.

    Between knots both curves are straight, so their difference changes sign at most once there.
    The verdict describes the two curves as they are; it is no statistical test.

    Parameters
    ----------
    before, after : LorenzCurve
        Curves to compare.
    tolerance : float
        Differences in share up to this count as none.

    Returns
    -------
    Dominance

    References
    ----------
    Atkinson, A. B. (1970). On the measurement of inequality. Journal of Economic Theory 2,
    244-263.

    Examples
    --------
    >>> dominance(lorenz_curve([1, 5]), lorenz_curve([2, 4])).verdict
    'dominates'
    """
    knots = np.union1d(before.population_share, after.population_share)
    gap = after.at(knots) - before.at(knots)
    sign = np.where(np.abs(gap) <= tolerance, 0, np.sign(gap))
    seen = np.flatnonzero(sign)
    turns = seen[:-1][sign[seen[:-1]] != sign[seen[1:]]]
    crossings = np.array([_crossing(knots, gap, i, sign) for i in turns])
    if not seen.size:
        return Dominance("equal", crossings)
    if crossings.size:
        return Dominance("crosses", crossings)
    return Dominance("dominates" if sign[seen[0]] > 0 else "is dominated", crossings)


def _crossing(knots: FloatArray, gap: FloatArray, i: int, sign: FloatArray) -> float:
    """Return where the gap, of one sign at knot i and of the other after, is zero."""
    if sign[i + 1] == 0:
        return float(knots[i + 1])
    return float(knots[i] + (knots[i + 1] - knots[i]) * gap[i] / (gap[i] - gap[i + 1]))
