"""Bring extreme numbers to a size at which sums and products of them are exact.

Multiplying by a power of two loses no digit, so that a measure which does not depend on the scale
comes out the same to the last bit. What is more than 1e300 times smaller than the largest becomes
zero: beside it, it counts for nothing.
"""

import numpy as np
import numpy.typing as npt

from analysis.inequality.samples.sample import FloatArray

_EXTREME = 2.0**250  # sums of products of three numbers up to here are far from overflowing


def tame(parts: FloatArray) -> FloatArray:
    """Return the parts times a power of two where their size is extreme, else as they are.

    Parameters
    ----------
    parts : ndarray
        Finite numbers, such as weights.

    Examples
    --------
    >>> tame(np.array([1e200, 3e200])).round(3).tolist(), tame(np.array([1.0, 3.0])).tolist()
    ([0.327, 0.98], [1.0, 3.0])
    """
    largest = np.array([max(abs(float(parts.min())), abs(float(parts.max())))])
    exponents = taming_exponents(largest)
    return parts if exponents is None else np.ldexp(parts, -exponents)


def taming_exponents(largest: FloatArray) -> npt.NDArray[np.intc] | None:
    """Return the exponents of two to divide by, per sample; None where all may stay.

    Parameters
    ----------
    largest : ndarray, shape (g,)
        Largest size in each sample, at least zero.
    """
    extreme = (largest > _EXTREME) | ((largest < 1.0 / _EXTREME) & (largest > 0.0))
    if not extreme.any():
        return None
    return np.where(extreme, np.frexp(largest)[1], 0).astype(np.intc)
