"""How sure a concentration index is: the convenient regression, and linearisation."""

from dataclasses import asdict, dataclass
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from analysis.errors import DomainError, ParameterError
from analysis.inequality.curves.concentration import Bounds, Kind, Normalization, Ranked, ranked_for
from analysis.inequality.inference.resampling import linearized_variance
from analysis.inequality.inference.unit_intervals import unit_design
from analysis.inequality.samples.sample import FloatArray

Method = Literal["linearized", "convenient_regression"]
Randomness = Literal["sampling", "superpopulation"]


@dataclass(frozen=True)
class ConcentrationInterval:
    """A concentration index with its standard error and confidence interval.

    Attributes
    ----------
    kind : {"standard", "generalized", "wagstaff", "erreygers"}
    estimate, se : float
        Index and its standard error.
    low, high : float
        Limits.
    level : float
        Nominal coverage, such as 0.95.
    method : {"linearized", "convenient_regression"}
    randomness : {"sampling", "superpopulation"}
        What is taken to be random.
    """

    kind: Kind
    estimate: float
    se: float
    low: float
    high: float
    level: float
    method: Method
    randomness: Randomness

    def to_frame(self) -> pd.DataFrame:
        """Return one row with the attributes as columns."""
        return pd.DataFrame([asdict(self)])


def concentration_interval(
    x: npt.ArrayLike,
    rank_by: npt.ArrayLike,
    weights: npt.ArrayLike | None = None,
    *,
    randomness: Randomness,
    kind: Kind = "standard",
    bounds: Bounds | None = None,
    method: Method = "linearized",
    level: float = 0.95,
    strata: npt.ArrayLike | None = None,
    clusters: npt.ArrayLike | None = None,
) -> ConcentrationInterval:
    """Return a concentration index with a standard error and a confidence interval.

    - ``"linearized"``: `se^2 = sum_h m_h / (m_h - 1) sum_c (u_hc - mean_h)^2` with `u_i = p_i`
      times the influence of unit `i` (see `concentration_influence`), summed within clusters `c`
      of stratum `h`; every source of error counts: the mean of `x`, the ranks, unequal spread
      and unequal weights. Without weights it is the standard error of Kakwani, Wagstaff and van
      Doorslaer (1997), times `sqrt(n / (n - 1))`. Student's t on (clusters - strata) degrees of
      freedom.
    - ``"convenient_regression"``: weighted least squares of `2 var(R) f x_i` on `R_i` and a
      constant, where `f` is `1 / mu` for the standard index and its like for the other kinds.
      The slope is the index, exactly. Its standard error is an approximation: it takes the mean
      of `x` and the ranks as known, errors as independent with variance inversely proportional
      to the weight. For grouped data it is what WHO and World Bank tools print. Student's t on
      n - 2 degrees of freedom.

    Parameters
    ----------
    x, rank_by, weights, kind, bounds
        As in `concentration_index`.
    randomness : {"sampling", "superpopulation"}
        What is taken to be random: the draw of units from a list, or the process that made
        these units. There is no default, since data cannot tell; for a census of units, only
        the second has a meaning, and it is not about these units.
    method : {"linearized", "convenient_regression"}
        How the standard error is made.
    level : float
        Nominal coverage.
    strata, clusters : array-like, shape (n,), optional
        Labels, for ``"linearized"`` only: units sampled separately, or drawn together.

    Returns
    -------
    ConcentrationInterval

    Raises
    ------
    IntervalError
        If there are fewer than four units, or than three clusters more than strata.
    DomainError
        If the data lie outside the domain, or are too few for a standard error.
    ParameterError
        If options are unknown or contradict one another.

    References
    ----------
    Kakwani, N., Wagstaff, A. and van Doorslaer, E. (1997). Socioeconomic inequalities in health:
    measurement, computation, and statistical inference. Journal of Econometrics 77, 87-103.

    O'Donnell, O., van Doorslaer, E., Wagstaff, A. and Lindelow, M. (2008). Analyzing Health
    Equity Using Household Survey Data. World Bank, chapter 8.

    Deville, J.-C. (1999). Variance estimation for complex statistics and estimators:
    linearization and residual techniques. Survey Methodology 25, 193-203.

    Examples
    --------
    >>> found = concentration_interval([1, 3, 2, 5, 6], [1, 2, 3, 4, 5], randomness="sampling")
    >>> round(found.estimate, 4), round(found.se, 4)
    (0.2824, 0.0898)
    """
    for argument, value, known in (
        ("method", method, get_args(Method)),
        ("randomness", randomness, get_args(Randomness)),
    ):
        if value not in known:
            raise ParameterError(f"{argument}: {value!r} is none of {', '.join(known)}.")
    if not 0.0 < level < 1.0:
        raise ParameterError(f"level: {level} is not between 0 and 1, such as 0.95.")
    sample, scale = ranked_for(x, rank_by, weights, kind, bounds)
    estimate = scale.factor * sample.absolute_concentration()
    design = unit_design("concentration_interval", sample.values.size, strata, clusters)
    if method == "linearized":
        effects = sample.in_given_order(sample.shares * _influence(sample, scale))
        se = float(np.sqrt(linearized_variance(effects, design)))
        freedom = int(np.sum(design.sizes - 1))
    else:
        if strata is not None or clusters is not None:
            raise ParameterError(
                'strata, clusters: the convenient regression knows of no design. Use method="'
                'linearized".'
            )
        se, freedom = _regression_se(sample, scale.factor), sample.values.size - 2
    spread = float(stats.t.ppf((1.0 + level) / 2.0, freedom)) * se
    return ConcentrationInterval(
        kind, estimate, se, estimate - spread, estimate + spread, level, method, randomness
    )


def concentration_influence(
    x: npt.ArrayLike,
    rank_by: npt.ArrayLike,
    weights: npt.ArrayLike | None = None,
    *,
    kind: Kind = "standard",
    bounds: Bounds | None = None,
) -> FloatArray:
    """Return the influence of each unit on a concentration index.

    Formula: `u_i = W dI/dw_i` with `W = sum(w)`. With `d_i = x_i - mu` and
    `Q_i = sum_{j: r_j > r_i} p_j d_j + (1/2) sum_{j: r_j = r_i} p_j d_j`, the influence on
    `A = 2 cov(x, R)` is `2 (d_i (R_i - 1/2) + Q_i - A)`, to which the kinds whose normalization
    `f` depends on the mean add `A f'(mu) d_i`.

    Range: any real number; the weighted mean is zero.

    Parameters
    ----------
    x, rank_by, weights, kind, bounds
        As in `concentration_index`.

    Returns
    -------
    ndarray, shape (n,)
        In the order given.

    Raises
    ------
    DomainError, ParameterError
        As `concentration_index`.

    References
    ----------
    Deville, J.-C. (1999). Variance estimation for complex statistics and estimators:
    linearization and residual techniques. Survey Methodology 25, 193-203.

    Examples
    --------
    >>> concentration_influence([1.0, 2.0, 3.0], [1, 2, 3]).round(3).tolist()
    [0.167, -0.111, -0.056]
    """
    sample, scale = ranked_for(x, rank_by, weights, kind, bounds)
    return sample.in_given_order(_influence(sample, scale))


def _influence(sample: Ranked, scale: Normalization) -> FloatArray:
    away = sample.values - sample.mean
    held = np.add.reduceat(sample.shares * away, sample.starts)
    above = held.sum() - np.cumsum(held) + 0.5 * held
    above = np.repeat(above, np.diff(np.append(sample.starts, away.size)))
    absolute = sample.absolute_concentration()
    effect = 2.0 * (away * (sample.ranks - 0.5) + above - absolute)
    influence: FloatArray = scale.factor * effect + scale.slope * absolute * away
    return influence


def _regression_se(sample: Ranked, factor: float) -> float:
    if sample.values.size < 3 or sample.starts.size < 2:
        raise DomainError(
            "concentration_interval: the convenient regression needs three units and two ranks at "
            'least. Use method="linearized".'
        )
    left = 2.0 * sample.rank_variance * factor * sample.values
    right = np.column_stack((np.ones_like(sample.ranks), sample.ranks))
    from statsmodels.regression.linear_model import WLS  # takes long to import

    return float(WLS(left, right, weights=sample.shares).fit().bse[1])
