"""What a unit adds to generalised entropy, exact where units are nearly equal."""

import numpy as np

from analysis.errors import DomainError
from analysis.inequality.samples.sample import Domain, FloatArray
from analysis.inequality.samples.segments import expm1_excess

_NEAR = 0.25


def entropy_domain(alpha: float) -> Domain:
    """Return the values GE(alpha) is defined for.

    Raises
    ------
    DomainError
        If alpha is not a number.
    """
    if not np.isfinite(alpha):
        raise DomainError(f"generalized_entropy: alpha must be a finite number, not {alpha}.")
    return "shareable" if alpha > 0 else "positive"


def entropy_parts(
    values: FloatArray,
    away: FloatArray,
    centres: FloatArray,
    shares: FloatArray,
    mean: float,
    alpha: float,
) -> FloatArray:
    """Return what each value adds to GE(alpha) of everything by its distance from a centre.

    With `r = x_i / c_i`, `c_i` the centre (the mean of the unit's group), and `mu` the mean of
    everything, that is `p_i (c_i / mu)^a t(r)`, where `t(r)` is `r - 1 - ln r` at a = 0,
    `r ln r - (r - 1)` at a = 1, and otherwise `(r^a - 1 - a (r - 1)) / (a (a - 1))`. No term is
    negative, and since `r - 1` averages to zero they average to GE(a). Distances are passed,
    rather than taken here, so that they can be exact where values are nearly equal. A group of
    zeros, all equal, adds nothing.
    """
    filled = (values > 0.0) & (centres > 0.0)
    divisor = np.where(filled, centres, 1.0)
    ratio = np.where(filled, values, 1.0) / divisor
    excess = np.where(filled, away, 0.0) / divisor
    # Each form of the logarithm where it is the exact one: near the centre, and far below it.
    near = np.abs(excess) < _NEAR
    log = np.where(near, np.log1p(np.where(near, excess, 0.0)), np.log(ratio))
    terms = np.where(filled, _terms(ratio, log, alpha), 1.0 / alpha if alpha else 0.0)
    parts: FloatArray = shares * (centres / mean) ** alpha * terms
    return parts


def _terms(ratio: FloatArray, log: FloatArray, alpha: float) -> FloatArray:
    """Return `t(r)`, written with `e^u - 1 - u` so that nothing cancels near r = 1."""
    if alpha == 0:
        return expm1_excess(log)
    if alpha < 0.5:
        return (expm1_excess(alpha * log) / alpha - expm1_excess(log)) / (alpha - 1.0)
    surplus = ratio * expm1_excess(-log)
    if alpha == 1:
        return surplus
    return (surplus + ratio * expm1_excess((alpha - 1.0) * log) / (alpha - 1.0)) / alpha
