"""Half the mean difference, `sum_i sum_j p_i p_j |x_i - x_j| / 2`: what the Gini index divides.

Every function takes values in ascending order, with weights in the same order.
"""

import math
from itertools import accumulate

import numpy as np

from analysis.inequality.samples.ordering import BLOCK, blocks
from analysis.inequality.samples.sample import FloatArray
from analysis.inequality.samples.scaling import tame, taming_exponents

_RANK_STEPS = np.arange(0.0, 2 * BLOCK, 2)


def half_mean_difference(
    values: FloatArray, weights: FloatArray | None = None
) -> tuple[float, float]:
    """Return half the mean difference and the mean, of sorted values.

    ``sum_i p_i (2 F_i - 1) (x_i - c)``, F_i the share below unit i plus half its own, equals half
    the mean difference for every c. With c the median no term is negative, so nothing cancels.
    """
    exponents = taming_exponents(np.array([max(abs(float(values[0])), abs(float(values[-1])))]))
    if exponents is not None:
        exponent = int(exponents[0])
        difference, mean = half_mean_difference(np.ldexp(values, -exponent), weights)
        return math.ldexp(difference, exponent), math.ldexp(mean, exponent)
    return _unweighted(values) if weights is None else _weighted(values, tame(weights))


def _unweighted(values: FloatArray) -> tuple[float, float]:
    n = values.size
    centre = values[(n - 1) // 2]
    products, distances = [], []
    for block in blocks(n):
        away = values[block] - centre
        rank = _RANK_STEPS[: away.size] + (2.0 * block.start + 1.0 - n)
        products.append(float(rank @ away))
        distances.append(float(away.sum()))
    return math.fsum(products) / n / n, float(centre) + math.fsum(distances) / n


def _weighted(values: FloatArray, weights: FloatArray) -> tuple[float, float]:
    n = values.size
    parts = [float(weights[block].sum()) for block in blocks(n)]
    below = [0.0, *accumulate(parts)]
    total = below[-1]
    middle = int(np.searchsorted(below[1:], total / 2))
    block = list(blocks(n))[middle]
    within = np.searchsorted(np.cumsum(weights[block]), total / 2 - below[middle])
    centre = values[min(block.start + int(within), n - 1)]
    products, distances = [], []
    for block, base in zip(blocks(n), below, strict=False):
        weight = weights[block]
        rank = np.cumsum(weight)
        rank += base - 0.5 * total
        rank -= 0.5 * weight
        away = values[block] - centre
        away *= weight
        products.append(float(rank @ away))
        distances.append(float(away.sum()))
    return 2.0 * math.fsum(products) / total / total, float(centre) + math.fsum(distances) / total


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
