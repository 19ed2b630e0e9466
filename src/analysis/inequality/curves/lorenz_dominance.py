"""How one Lorenz curve lies to another."""

from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
import pandas as pd

from analysis.errors import ParameterError
from analysis.inequality.samples.sample import FloatArray

Verdict = Literal["dominates", "is dominated", "crosses", "equal"]


class Curve(Protocol):
    """A curve over shares of people, by its knots and straight in between."""

    @property
    def population_share(self) -> FloatArray:
        """Shares of people at the knots, from 0 to 1."""

    @property
    def heights(self) -> FloatArray:
        """Height of the curve at its knots."""


@dataclass(frozen=True)
class Dominance:
    """How a later curve lies to an earlier one.

    Parameters
    ----------
    verdict : {"dominates", "is dominated", "crosses", "equal"}
        Of the later curve over the earlier. For Lorenz curves, one that dominates is nowhere below
        and somewhere above, and then every relative measure that respects the principle of
        transfers has fallen, or stayed; for generalised Lorenz curves, welfare has risen.
    crossings : ndarray
        Population shares at which the curves cross, ascending; where they run together before they
        part, the first point they share.
    population_share : ndarray of shape (k,)
        Union of the knots of both curves.
    before, after : ndarray of shape (k,)
        Heights of both curves there.
    """

    verdict: Verdict
    crossings: FloatArray
    population_share: FloatArray
    before: FloatArray
    after: FloatArray

    def to_frame(self) -> pd.DataFrame:
        """Return one row per knot: population_share, before, after, difference."""
        return pd.DataFrame(
            {
                "population_share": self.population_share,
                "before": self.before,
                "after": self.after,
                "difference": self.after - self.before,
            }
        )


def dominance(before: Curve, after: Curve, *, tolerance: float = 1e-12) -> Dominance:
    """Compare two Lorenz curves, or two generalised ones, exactly on the union of their knots.

    Between knots both curves are straight, so their difference changes sign at most once there and
    nothing can be missed. The verdict describes the two curves as they are; it is no statistical
    test, and a difference of any size above `tolerance` counts.

    Parameters
    ----------
    before, after : LorenzCurve or GeneralizedLorenzCurve or ConcentrationCurve
        Two curves of one kind, of any numbers of units.
    tolerance : float
        Differences up to this part of the greatest height count as none: rounding.

    Returns
    -------
    Dominance

    Raises
    ------
    ParameterError
        If they are no curves, or of different kinds.

    References
    ----------
    Atkinson, A. B. (1970). On the measurement of inequality. Journal of Economic Theory 2,
    244-263 (Lorenz dominance).
    Shorrocks, A. F. (1983). Ranking income distributions. Economica 50, 3-17 (generalised).

    Examples
    --------
    >>> from analysis.inequality.curves.lorenz import lorenz_curve
    >>> dominance(lorenz_curve([1, 5]), lorenz_curve([2, 4])).verdict
    'dominates'
    >>> dominance(lorenz_curve([1, 4, 4]), lorenz_curve([2, 2, 5])).crossings.round(3).tolist()
    [0.5]
    """
    for name, curve in (("before", before), ("after", after)):
        if not (hasattr(curve, "population_share") and hasattr(curve, "heights")):
            raise ParameterError(
                f"dominance, {name}: expected a curve, such as lorenz_curve(x, weights), not "
                f"{type(curve).__name__}."
            )
    if type(before) is not type(after):
        raise ParameterError(
            f"dominance: a {type(before).__name__} and a {type(after).__name__} cannot be "
            "compared. Pass two curves of one kind."
        )
    knots = np.union1d(before.population_share, after.population_share)
    earlier, later = (
        np.interp(knots, curve.population_share, curve.heights) for curve in (before, after)
    )
    gap = later - earlier
    height = max(float(np.abs(earlier).max()), float(np.abs(later).max()))
    sign = np.where(np.abs(gap) <= tolerance * height, 0, np.sign(gap))
    seen = np.flatnonzero(sign)
    turns = seen[:-1][sign[seen[:-1]] != sign[seen[1:]]]
    crossings = np.array([_crossing(knots, gap, sign, i) for i in turns])
    return Dominance(_verdict(sign[seen]), crossings, knots, earlier, later)


def _verdict(signs: FloatArray) -> Verdict:
    if not signs.size:
        return "equal"
    if np.any(signs != signs[0]):
        return "crosses"
    return "dominates" if signs[0] > 0 else "is dominated"


def _crossing(knots: FloatArray, gap: FloatArray, sign: FloatArray, i: int) -> float:
    """Return where the gap, of one sign at knot i and of the other after, is zero."""
    if sign[i + 1] == 0:
        return float(knots[i + 1])
    return float(knots[i] + (knots[i + 1] - knots[i]) * gap[i] / (gap[i] - gap[i + 1]))
