"""Iterative proportional fitting: the table nearest to a guess that has given margins."""

import numpy as np

from analysis.arrays import FloatArray
from analysis.errors import DomainError
from analysis.raking.feasibility import positive_cells
from analysis.raking.margins import Margins

_TOLERANCE = 1e-10  # of the total, in any cell of a margin
_QUICK = 200  # rounds in which a table without forced zeros is fitted
_MOST = 100_000


def fit(seed: FloatArray, margins: Margins) -> FloatArray:
    """Return the table with the given margins that is nearest to a guess.

    In turn, every margin scales the table so that its sums are met, until all are:
    x <- x b_k / (sum of x over k). The limit minimises the relative entropy
    sum of x ln(x / seed) among tables with these margins, so it keeps every odds ratio that the
    margins leave open.

    Parameters
    ----------
    seed : ndarray
        The guess, >= 0; zero where the table must be zero.
    margins : Margins

    Returns
    -------
    ndarray
        Every margin is met to within 1e-10 of the total.

    Raises
    ------
    DomainError
        If the guess has another shape or negative cells, or no table with its zeros has these
        margins: two cells that contradict each other are named.

    References
    ----------
    Deming, W. E. and Stephan, F. F. (1940). On a least squares adjustment of a sampled frequency
    table when the expected marginal totals are known. Annals of Mathematical Statistics 11.
    Csiszar, I. (1975). I-divergence geometry of probability distributions and minimization
    problems. Annals of Probability 3, theorem 3.2.

    Examples
    --------
    >>> margins = Margins(
    ...     {"sex": ("m", "f"), "kind": ("a", "b")},
    ...     {("sex",): np.array([40, 60]), ("kind",): np.array([30, 70])},
    ... )
    >>> fit(np.ones((2, 2)), margins)
    array([[12., 28.],
           [18., 42.]])
    """
    table = np.array(seed, dtype=np.float64)
    if table.shape != margins.shape:
        raise DomainError(
            f"The guess has the shape {table.shape}, but the axes make {margins.shape}."
        )
    if not (np.isfinite(table) & (table >= 0)).all():
        raise DomainError("The guess has cells that are negative or missing; use zero or more.")
    if _scale(table, margins, _QUICK):
        return table
    table = np.where(positive_cells(np.asarray(seed) > 0, margins), seed, 0.0)
    if _scale(table, margins, _MOST):
        return table
    raise DomainError(
        f"The table does not meet its margins after {_MOST:,} rounds: the guess is many orders of "
        "magnitude away from them. Give a guess of more even cells."
    )


def _scale(table: FloatArray, margins: Margins, rounds: int) -> bool:
    """Scale a table in place; return whether it met all margins within so many rounds."""
    total = max(float(next(iter(margins.sums.values())).sum()), 1.0)
    for _ in range(rounds):
        worst = 0.0
        for key, wanted in margins.sums.items():
            found = table.sum(axis=margins.others(key))
            worst = max(worst, float(np.abs(found - wanted).max(initial=0.0)))
            factors = np.divide(wanted, found, out=np.zeros_like(found), where=found > 0)
            table *= margins.spread(key, factors)
        if worst <= _TOLERANCE * total:
            return True
    return False
