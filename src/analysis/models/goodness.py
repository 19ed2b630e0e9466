"""How well a model of counts fits: its variance, and how often each count occurs."""

from dataclasses import asdict, dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from analysis.arrays import FloatArray, as_vector
from analysis.errors import ParameterError
from analysis.models.fits import Fit


@dataclass(frozen=True)
class Overdispersion:
    """Whether counts vary more than Poisson's law says.

    Attributes
    ----------
    statistic : float
        About standard normal where they do not; large where they do.
    p_value : float
        One-sided: chance of as much under Poisson's law.
    pearson : float
        Variance over that of Poisson's law, on average: 1 under it.
    """

    statistic: float
    p_value: float
    pearson: float

    def to_frame(self) -> pd.DataFrame:
        """Return one row with the attributes as columns."""
        return pd.DataFrame([asdict(self)])


def overdispersion(fit: Fit) -> Overdispersion:
    """Test a Poisson model against counts that vary more, as a negative binomial's do.

    Formula: `sum((y - mu)^2 - y) / sqrt(2 sum mu^2)`, the score test of `alpha = 0` (Dean and
    Lawless, equation for T1; `Dean B` in statsmodels). It takes units to be independent; where
    clusters are alike it rejects too often, which matters for values near the limit alone.

    Parameters
    ----------
    fit : Fit
        Of the family "poisson".

    Raises
    ------
    ParameterError
        If it is of another family.

    References
    ----------
    Dean, C. and Lawless, J. F. (1989). Tests for detecting overdispersion in Poisson regression
    models. Journal of the American Statistical Association 84, 467-472.
    """
    if fit.family != "poisson":
        raise ParameterError(f"overdispersion: the model is {fit.family}. Pass one of Poisson's.")
    counts, expected = (fit.units[c].to_numpy() for c in ("observed", "expected"))
    statistic = ((counts - expected) ** 2 - counts).sum() / np.sqrt(2.0 * (expected**2).sum())
    return Overdispersion(float(statistic), float(stats.norm.sf(statistic)), fit.pearson)


def rootogram(fit: Fit, edges: npt.ArrayLike) -> pd.DataFrame:
    """Return how many units have counts in each class, and how many the model expects there.

    Formula: expected in a class, `sum_i P(low <= Y_i <= high | mu_i, alpha)`. Drawn as square
    roots, differences of rare and of frequent classes are of comparable size (Kleiber and Zeileis).

    Parameters
    ----------
    fit : Fit
        Of a count model.
    edges : array-like, shape (m,)
        Least count of each class, ascending from 0; the last class has no end.

    Returns
    -------
    DataFrame
        One row for each class: `low`, `high` (counts, both in it; the last is missing), `observed`
        (units), `expected`. Both add up to all units.

    Raises
    ------
    ParameterError
        If the model is not of counts, or the edges do not ascend from 0 in whole numbers.

    References
    ----------
    Kleiber, C. and Zeileis, A. (2016). Visualizing count data regressions using rootograms. The
    American Statistician 70, 296-303.
    """
    if fit.family not in ("poisson", "negative_binomial"):
        raise ParameterError(f"rootogram: the model is {fit.family}, not one of counts.")
    low = as_vector(edges, what="rootogram, edges")
    if low[0] != 0 or (np.diff(low) < 1).any() or (low != np.round(low)).any():
        raise ParameterError(
            "edges: expected whole numbers that ascend from 0, such as 0, 1, 2, 4."
        )
    counts, expected = (fit.units[c].to_numpy() for c in ("observed", "expected"))
    below = _at_most(low[1:, None] - 1, expected, fit.alpha).sum(axis=1)
    cumulated = np.concatenate([[0.0], below, [float(counts.size)]])
    return pd.DataFrame(
        {
            "low": low.astype(np.int64),
            "high": pd.array([*(low[1:] - 1).astype(np.int64), pd.NA], dtype="Int64"),
            "observed": np.histogram(counts, [*low, np.inf])[0],
            "expected": np.diff(cumulated),
        }
    )


def _at_most(count: FloatArray, expected: FloatArray, alpha: float) -> FloatArray:
    """Return the chance of at most a count, of each class and unit."""
    if alpha == 0.0:
        return np.asarray(stats.poisson.cdf(count, expected))
    shape = 1.0 / alpha
    return np.asarray(stats.nbinom.cdf(count, shape, shape / (shape + expected)))
