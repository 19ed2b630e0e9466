"""Put values in ascending order with their weights: fast, and one order whatever the rows' order.

Floating-point sums depend on the order of their terms. Sorting by group, value and weight gives
one order for one set of units, so that no measure depends on how the rows happened to be stored.
"""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from analysis.inequality._sample import FloatArray

IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

BLOCK = 8192  # values worked on at once: few enough to stay in the fastest caches

_FEW = 2000  # up to here a lexicographic sort costs less than packing keys
_KEY_BITS = 63
_SIGN = np.int64(-(2**63))


def blocks(n: int) -> Iterator[slice]:
    """Return consecutive slices of at most `BLOCK` that cover n values."""
    return (slice(start, min(start + BLOCK, n)) for start in range(0, n, BLOCK))


def ascending(
    values: FloatArray, weights: FloatArray | None = None, groups: IntArray | None = None
) -> tuple[FloatArray, FloatArray | None]:
    """Return values and weights sorted by group, then value, then weight.

    Parameters
    ----------
    values : ndarray, shape (n,)
        Finite values.
    weights : ndarray, shape (n,), optional
        Finite weights.
    groups : ndarray of int64, shape (n,), optional
        Number of the group of each value, 0, 1, ..., in ascending order already.

    Returns
    -------
    tuple of ndarray, shape (n,)
        Never write to them: they may be the inputs. None for missing weights.
    """
    if weights is None and groups is None:
        return np.sort(values), None
    if values.size > _FEW:
        return _ascending_packed(values, weights, groups)
    order = np.lexsort([column for column in (weights, values, groups) if column is not None])
    return values[order], None if weights is None else weights[order]


def _ascending_packed(
    values: FloatArray, weights: FloatArray | None, groups: IntArray | None
) -> tuple[FloatArray, FloatArray | None]:
    """Sort by the leading bits, then what they leave undecided by the bits that follow."""
    columns = [values] if weights is None else [values, weights]
    # `alike` marks each value that the keys so far do not tell from the one before it: a run.
    # `where` holds positions that cover all runs longer than one (None: everything).
    alike = np.ones(values.size, dtype=np.bool_)
    alike[0] = False
    if groups is not None:
        np.equal(groups[1:], groups[:-1], out=alike[1:])
    where: IntArray | None = None
    for k in range(len(columns)):  # columns before the k-th are equal within every run
        lowest, highest = _ordered_bits(np.array([columns[k].min(), columns[k].max()]))
        undecided_bits = int(highest - lowest).bit_length()
        while undecided_bits:
            order, alike, undecided_bits = _packed_order(
                columns[k] if where is None else columns[k][where], lowest, undecided_bits, alike
            )
            for i in range(k, len(columns)):
                if where is None:
                    columns[i] = columns[i][order]
                else:
                    columns[i][where] = columns[i][where][order]
            del order
            where, alike = _runs(where, alike)
            if where is not None and where.size == 0:
                return columns[0], None if weights is None else columns[1]
            if undecided_bits and _equal_in_runs(columns[k], where, alike):
                break
    return columns[0], None if weights is None else columns[1]


def _runs(where: IntArray | None, alike: BoolArray) -> tuple[IntArray | None, BoolArray]:
    """Leave out what is alone in its run, unless that is little: taking the rest has its cost."""
    members = alike.copy()
    members[:-1] |= alike[1:]
    if 2 * np.count_nonzero(members) > members.size:
        return where, alike
    inside = np.flatnonzero(members)
    return inside if where is None else where[inside], alike[inside]


def _equal_in_runs(column: FloatArray, where: IntArray | None, alike: BoolArray) -> bool:
    part = column if where is None else column[where]
    equal = part[1:] == part[:-1]
    equal |= ~alike[1:]
    return bool(equal.all())


def _packed_order(
    column: FloatArray, lowest: np.uint64, undecided_bits: int, alike: BoolArray
) -> tuple[IntArray, BoolArray, int]:
    """Sort by run and by as many of the undecided leading bits as one integer holds.

    NumPy sorts integers several times faster than it finds the order of floats. So run, bits and
    position are packed into one integer each, which is sorted as it is.

    Returns
    -------
    tuple
        The order, which values the key does not tell from the one before, and the number of bits
        it left undecided.
    """
    n = column.size
    position_bits = (n - 1).bit_length()
    run_bits = int(n - np.count_nonzero(alike) - 1).bit_length()
    bits = min(undecided_bits, _KEY_BITS - position_bits - run_bits)
    left = undecided_bits - bits
    keys = np.empty(n, dtype=np.int64)
    run = 0
    for block in blocks(n):
        key = _ordered_bits(column[block])
        key -= lowest
        key &= np.uint64(2**undecided_bits - 1)
        key >>= np.uint64(left)
        signed = key.view(np.int64)
        if run_bits:
            runs = np.cumsum(~alike[block], dtype=np.int64)
            runs += run - 1
            run = int(runs[-1]) + 1
            runs <<= bits
            signed |= runs
        signed <<= position_bits
        signed |= np.arange(block.start, block.stop)
        keys[block] = signed
    keys.sort()
    same = np.empty(n, dtype=np.bool_)
    previous = -1
    position_mask = 2**position_bits - 1
    for block in blocks(n):
        decided = keys[block] >> position_bits
        same[block.start] = decided[0] == previous
        np.equal(decided[1:], decided[:-1], out=same[block][1:])
        previous = int(decided[-1])
        keys[block] &= position_mask
    return keys, same, left


def _ordered_bits(values: FloatArray) -> npt.NDArray[np.uint64]:
    """Return integers in the order of the values; equal for equal values."""
    bits = (values + 0.0).view(np.int64)  # the sum makes one zero of the two signed ones
    bits ^= (bits >> np.int64(63)) | _SIGN
    return bits.view(np.uint64)
