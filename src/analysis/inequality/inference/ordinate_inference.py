"""How sure the Lorenz curve is, point by point."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from analysis.errors import ParameterError
from analysis.inequality.curves.lorenz import lorenz_curve, pen_parade
from analysis.inequality.inference.resampling import Design, linearized_variance
from analysis.inequality.inference.unit_intervals import unit_design
from analysis.inequality.samples.sample import FloatArray, as_sample
from analysis.labels import align_all

Randomness = Literal["sampling", "superpopulation"]

_DECILES = tuple(k / 10 for k in range(1, 10))


@dataclass(frozen=True, eq=False)
class LorenzOrdinates:
    """Heights of a Lorenz curve, with their standard errors.

    Attributes
    ----------
    points : ndarray of shape (k,)
        Shares of people, ascending.
    estimate, se, low, high : ndarray of shape (k,)
        Share that these people hold, its standard error, and limits for each point on its own.
    covariance : ndarray of shape (k, k)
        Covariances of the ordinates, from which those of shares between points follow.
    level : float
        Nominal coverage.
    randomness : {"sampling", "superpopulation"}
        What is taken to be random.
    """

    points: FloatArray
    estimate: FloatArray
    se: FloatArray
    low: FloatArray
    high: FloatArray
    covariance: FloatArray
    level: float
    randomness: Randomness

    def to_frame(self) -> pd.DataFrame:
        """Return one row per point: point, estimate, se, low, high."""
        names = ("estimate", "se", "low", "high")
        columns = {name: getattr(self, name) for name in names}
        return pd.DataFrame({"point": self.points, **columns})

    def shares_between(self) -> pd.DataFrame:
        """Return what each group between two points holds: lower, upper, share, se."""
        inner = np.concatenate(([0.0], self.estimate, [1.0]))
        edges = np.concatenate(([0.0], self.points, [1.0]))
        covariance = np.pad(self.covariance, 1)  # the ends of the curve are certain
        steps = np.diff(np.eye(edges.size), axis=0)
        variance = np.einsum("gi,ij,gj->g", steps, covariance, steps)
        return pd.DataFrame(
            {
                "lower": edges[:-1],
                "upper": edges[1:],
                "share": np.diff(inner),
                "se": np.sqrt(np.maximum(variance, 0.0)),
            }
        )


def lorenz_ordinates(
    x: npt.ArrayLike,
    weights: npt.ArrayLike | None = None,
    *,
    randomness: Randomness,
    points: Sequence[float] = _DECILES,
    level: float = 0.95,
    strata: npt.ArrayLike | None = None,
    clusters: npt.ArrayLike | None = None,
) -> LorenzOrdinates:
    """Return heights of the Lorenz curve with standard errors.

    Formula: with `xi` the quantile at p (the smallest value that a share p of people do not
    exceed) and L the curve, straight between its knots, the influence of unit i on `L(p)` is
    `u_i = [(x_i - xi) 1(x_i <= xi) + p xi - L(p) x_i] / mu`. Variances and covariances are those
    of the mean of `u` in the design: `sum_h m_h / (m_h - 1) sum_c (t_hc - mean_h)^2`, with `t` the
    sums of `p_i u_i` over cluster c of stratum h. Without weights or design they are those of
    Beach and Davidson (1983, theorem 1), times `n / (n - 1)`. Limits: Student's t on (clusters -
    strata) degrees of freedom, for each point on its own; for a joint statement about two curves
    see `dominance_test`. With few units, or at points where few people are, they cover less often
    than they say.

    Parameters
    ----------
    x : array-like, shape (n,)
        Values >= 0, not all zero.
    weights : array-like, shape (n,), optional
        Positive weights, such as population.
    randomness : {"sampling", "superpopulation"}
        What is taken to be random: the draw of units from a list, or the process that made these
        units. There is no default, since data cannot tell.
    points : sequence of float
        Shares of people, ascending, strictly between 0 and 1.
    level : float
        Nominal coverage.
    strata, clusters : array-like, shape (n,), optional
        Labels: units sampled separately, or drawn together.

    Returns
    -------
    LorenzOrdinates

    Raises
    ------
    DomainError
        If the values or weights lie outside the domain.
    ParameterError
        If an option is unknown or out of range.

    References
    ----------
    Beach, C. M. and Davidson, R. (1983). Distribution-free statistical inference with Lorenz
    curves and income shares. Review of Economic Studies 50, 723-735.

    Deville, J.-C. (1999). Variance estimation for complex statistics and estimators:
    linearization and residual techniques. Survey Methodology 25, 193-203.

    Examples
    --------
    >>> found = lorenz_ordinates([1, 2, 3, 4, 10], randomness="sampling", points=[0.4, 0.8])
    >>> found.estimate.tolist(), found.se.round(4).tolist()
    ([0.15, 0.5], [0.0566, 0.1287])
    """
    name = "lorenz_ordinates"
    if randomness not in get_args(Randomness):
        raise ParameterError(
            f"randomness: {randomness!r} is none of {', '.join(get_args(Randomness))}."
        )
    if not 0.0 < level < 1.0:
        raise ParameterError(f"level: {level} is not between 0 and 1, such as 0.95.")
    at = _checked_points(points)
    x, weights, strata, clusters = align_all(
        name, x=x, weights=weights, strata=strata, clusters=clusters
    )
    values, people = as_sample(x, weights, measure=name, domain="shareable")
    shares = np.ones_like(values) if people is None else people
    shares = shares / shares.sum()
    parade, estimate = pen_parade(values, people), lorenz_curve(values, people).at(at)
    quantile = parade.at(at)[:, None]
    short = np.where(values <= quantile, values - quantile, 0.0)
    influence = short + at[:, None] * quantile - estimate[:, None] * values
    design = unit_design(name, values.size, strata, clusters)
    covariance = _covariance(shares * influence / float(shares @ values), design)
    se = np.sqrt(np.diag(covariance))
    freedom = design.stratum.size - design.sizes.size
    margin = float(stats.t.ppf((1.0 + level) / 2.0, freedom)) * se
    return LorenzOrdinates(
        at, estimate, se, estimate - margin, estimate + margin, covariance, level, randomness
    )


def _checked_points(points: Sequence[float]) -> FloatArray:
    at = np.asarray(points, dtype=np.float64)
    inside = at.ndim == 1 and at.size > 0 and at.min() > 0.0 and at.max() < 1.0
    if not inside or np.any(np.diff(at) <= 0.0):
        raise ParameterError(
            "points: expected shares of people in ascending order, strictly between 0 and 1, such "
            f"as [0.2, 0.4], not {points!r}."
        )
    return at


def _covariance(effects: FloatArray, design: Design) -> FloatArray:
    """Return the covariances of sums of effects, shape (k, n), from variances of their sums."""
    own = np.array([linearized_variance(row, design) for row in effects])
    covariance = np.diag(own)
    for i in range(own.size):
        for j in range(i):
            both = linearized_variance(effects[i] + effects[j], design)
            covariance[i, j] = covariance[j, i] = 0.5 * (both - own[i] - own[j])
    return covariance
