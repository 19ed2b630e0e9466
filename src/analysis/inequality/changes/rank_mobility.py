"""Who moved: transitions between classes and correlation of ranks, over the same units."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from analysis.errors import DomainError, ParameterError
from analysis.inequality.curves.concentration import fractional_rank
from analysis.inequality.samples.pairs import as_pair
from analysis.inequality.samples.sample import FloatArray, as_weights
from analysis.labels import align_all


@dataclass(frozen=True)
class Mobility:
    """Transitions between quantile classes and what summarises them.

    Attributes
    ----------
    matrix : ndarray, shape (k, k)
        Row `a`, column `b`: share of class `a` before that is in class `b` after. Class 0 holds
        the lowest values. Rows sum to one.
    shorrocks : float
        `(k - trace) / (k - 1)`: 0 where nobody leaves a class, `k / (k - 1)` where all do.
    spearman, kendall : float
        Rank correlations of the values (Spearman's rho, Kendall's tau-b), units counted equally.
    """

    matrix: FloatArray
    shorrocks: float
    spearman: float
    kendall: float

    def to_frame(self) -> pd.DataFrame:
        """Return one row per pair of classes, numbered from 1: before, after, share."""
        k = self.matrix.shape[0]
        return pd.DataFrame(
            {
                "before": np.repeat(np.arange(1, k + 1), k),
                "after": np.tile(np.arange(1, k + 1), k),
                "share": self.matrix.ravel(),
            }
        )


def mobility(
    before: npt.ArrayLike,
    after: npt.ArrayLike,
    weights: npt.ArrayLike | None = None,
    *,
    classes: int = 5,
) -> Mobility:
    """Return how units move between quantile classes from before to after.

    Formula: unit `i` is in class `floor(k R_i)`, with `R_i` its fractional rank, the share of the
    weight below it plus half of the weight at its value (Lerman and Yitzhaki 1989), so that
    equal values are never put in different classes. `m_ab = W_ab / W_a`, the weight that moves
    from `a` to `b` over that of `a`; the index is `(k - sum_a m_aa) / (k - 1)` (Shorrocks 1978).

    Range: shares in [0, 1], index in [0, k / (k - 1)], correlations in [-1, 1].

    Parameters
    ----------
    before, after : array-like, shape (n,)
        Values of the same units, in the same order.
    weights : array-like, shape (n,), optional
        Positive weights, the same at both dates, such as population. They enter the classes
        and the matrix, not the rank correlations.
    classes : int
        Number `k` of classes, at least 2; 5 gives quintiles.

    Returns
    -------
    Mobility

    Raises
    ------
    DomainError
        If the dates differ in length, all values of a date are equal, or a class before is
        empty, which happens when few values are far apart in weight or tied.
    ParameterError
        If `classes` is below 2.

    References
    ----------
    Shorrocks, A. F. (1978). The measurement of mobility. Econometrica 46, 1013-1024.

    Lerman, R. I. and Yitzhaki, S. (1989). Improving the accuracy of estimates of Gini
    coefficients. Journal of Econometrics 42, 43-47.

    Kendall, M. G. (1938). A new measure of rank correlation. Biometrika 30, 81-93.

    Examples
    --------
    >>> found = mobility([1.0, 2.0, 3.0, 4.0], [1.0, 3.0, 2.0, 4.0], classes=2)
    >>> found.matrix.tolist(), found.shorrocks, round(found.spearman, 2)
    ([[0.5, 0.5], [0.5, 0.5]], 1.0, 0.8)
    """
    before, after, weights = align_all("mobility", before=before, after=after, weights=weights)
    first, last = as_pair(before, after, measure="mobility")
    if classes < 2:
        raise ParameterError(f"classes: {classes} given, at least 2 needed.")
    for date, values in (("before", first), ("after", last)):
        if values.min() == values.max():
            raise DomainError(f"mobility: all values {date} are equal, so they have no ranks.")
    mass = np.ones(first.size)
    if weights is not None:
        mass = as_weights(weights, first.size, measure="mobility")
    # The small addition keeps a rank that falls on a boundary from rounding below it.
    start, end = (
        np.floor(classes * fractional_rank(values, mass) + 1e-9).astype(np.intp)
        for values in (first, last)
    )
    counts = np.bincount(start * classes + end, weights=mass, minlength=classes**2)
    moved = counts.reshape(classes, classes)
    leaving = moved.sum(axis=1)
    if np.any(leaving == 0.0):
        empty = ", ".join(str(c + 1) for c in np.flatnonzero(leaving == 0.0))
        raise DomainError(
            f"mobility: no unit is in class {empty} of {classes} before. Ask for fewer classes."
        )
    matrix: FloatArray = moved / leaving[:, None]
    return Mobility(
        matrix,
        float((classes - np.trace(matrix)) / (classes - 1)),
        float(stats.spearmanr(first, last).statistic),
        float(stats.kendalltau(first, last).statistic),
    )
