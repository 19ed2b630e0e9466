"""The order of many ratios, found faster than by sorting positions."""

import numpy as np

from analysis.arrays import FloatArray, IntArray

_BLOCK = 8192
_FEW = 4096  # up to here a plain stable sort costs less than packing keys
_MANY = 1000  # ratios for each of which one pair of neighbours may have to be put right


def adequacies_ascending(ratios: FloatArray) -> tuple[FloatArray, IntArray]:
    """Return the ratios from the lowest to the highest, and the position each had.

    Ties keep their order.

    The distance of each ratio from the lowest, in as many steps as the bits allow, and its
    position are packed into one integer: NumPy sorts integers several times faster than it
    finds the order of floats. Neighbours closer than one step may come the wrong way round; they
    are few and put right one by one.

    Examples
    --------
    >>> adequacies_ascending(np.array([2.0, 0.5, 2.0, 1.0]))[1].tolist()
    [1, 3, 0, 2]
    """
    n = ratios.size
    lowest = ratios.min()
    spread = ratios.max() - lowest
    if n <= _FEW or spread == 0.0:
        return _ascending_slowly(ratios)
    bits = (n - 1).bit_length()
    scale = 2.0 ** (62 - bits) / spread
    keys = np.empty(n, dtype=np.int64)
    positions = np.arange(_BLOCK)
    for start in range(0, n, _BLOCK):  # what fits the cache is not fetched twice
        here = keys[start : start + _BLOCK]
        here[:] = (ratios[start : start + _BLOCK] - lowest) * scale
        here <<= bits
        here += positions[: here.size]
        here += start
    keys.sort()
    ordered = np.empty(n)
    for start in range(0, n, _BLOCK):
        here = keys[start : start + _BLOCK]
        here &= 2**bits - 1
        # No position is out of bounds; "clip" skips the check.
        ratios.take(here, out=ordered[start : start + _BLOCK], mode="clip")
    while (descends := ordered[1:] < ordered[:-1]).any():
        wrong = np.flatnonzero(descends)
        if wrong.size > n // _MANY:  # a few ratios far from all others leave no bits to the rest
            return _ascending_slowly(ratios)
        first = wrong[np.diff(wrong, prepend=-2) > 1]
        for swapped in (keys, ordered):
            swapped[first], swapped[first + 1] = swapped[first + 1], swapped[first]
    return ordered, keys


def _ascending_slowly(ratios: FloatArray) -> tuple[FloatArray, IntArray]:
    order = np.argsort(ratios, kind="stable")
    return ratios[order], order
