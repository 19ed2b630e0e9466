"""Many samples of one size, side by side: the measure of each, and without each of its units.

`Functional.without_each` is made for one sample of many units, this for many samples of few.
"""

from collections.abc import Iterator

import numpy as np

from analysis.inequality.measures.dispersion import Hoover
from analysis.inequality.measures.functionals import Functional, ThreeMoments
from analysis.inequality.measures.rank_measures import Gini
from analysis.inequality.samples.sample import FloatArray

_BLOCK = 1 << 18  # numbers to work on at once where every unit meets every other


def with_and_without_each(
    functional: Functional, relative: FloatArray, shares: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return the measure of each row, and of each row without each unit in turn.

    Parameters
    ----------
    functional : Functional
    relative : ndarray, shape (b, n)
        Values of `b` samples over their means, each ascending.
    shares : ndarray, shape (b, n)
        Weights over their sums, in the same order.

    Returns
    -------
    measure : ndarray, shape (b,)
    without : ndarray, shape (b, n)
        In the order of `relative`; the formulas are those of `Functional.without_each`.
    """
    if isinstance(functional, Gini):
        return _gini(functional, relative, shares)
    if isinstance(functional, Hoover):
        return _hoover(relative, shares)
    assert isinstance(functional, ThreeMoments)
    return _three_moments(functional, relative, shares)


def _gini(
    functional: Gini, relative: FloatArray, shares: FloatArray
) -> tuple[FloatArray, FloatArray]:
    away = relative - 1.0
    held = shares * away
    apart = away * (2.0 * np.cumsum(shares, axis=1) - 1.0) - 2.0 * np.cumsum(held, axis=1)
    apart *= shares  # p_i sum_j p_j |r_i - r_j|
    value = 0.5 * apart.sum(axis=1)
    without = (value[:, None] - apart) / ((1.0 - shares) * (1.0 - shares * relative))
    n = relative.shape[1]
    return functional.correction(n) * value, functional.correction(n - 1) * without


def _hoover(relative: FloatArray, shares: FloatArray) -> tuple[FloatArray, FloatArray]:
    value = 0.5 * np.einsum("bn,bn->b", shares, np.abs(relative - 1.0))
    rest = 1.0 - shares
    means = (1.0 - shares * relative) / rest  # mean of the others
    apart = np.empty_like(means)
    for here in _blocks(*relative.shape):
        distances = np.abs(relative[here, None, :] - means[here, :, None])
        apart[here] = np.einsum("bj,bij->bi", shares[here], distances)
    apart -= shares * np.abs(relative - means)
    return value, apart / (2.0 * rest * means)


def _three_moments(
    functional: ThreeMoments, relative: FloatArray, shares: FloatArray
) -> tuple[FloatArray, FloatArray]:
    moments = shares * functional.curve(relative)
    moment = moments.sum(axis=1)
    one = np.ones_like(moment)
    without = functional.value(1.0 - shares, 1.0 - shares * relative, moment[:, None] - moments)
    return functional.value(one, one, moment), without


def _blocks(rows: int, n: int) -> Iterator[slice]:
    step = max(1, _BLOCK // (n * n))
    for start in range(0, rows, step):
        yield slice(start, start + step)
