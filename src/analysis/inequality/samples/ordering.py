"""Put values in ascending order with their weights: fast, and one order whatever the rows' order.

Floating-point sums depend on the order of their terms. Sorting by group, value and weight gives
one order for one set of units, so that no measure depends on how the rows happened to be stored.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.arrays import as_vector
from analysis.inequality.samples.sample import Domain, FloatArray, as_sample, require

IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

BLOCK = 8192  # values worked on at once: few enough to stay in the fastest caches

_FEW = 2000  # up to here a lexicographic sort costs less than packing keys
_LONG = 50  # from this many values a group on, groups are sorted faster one by one
_KEY_BITS = 63
_SIGN = np.int64(-(2**63))


def blocks(n: int) -> Iterator[slice]:
    """Return consecutive slices of at most `BLOCK` that cover n values."""
    return (slice(start, min(start + BLOCK, n)) for start in range(0, n, BLOCK))


def as_ascending(
    x: npt.ArrayLike, weights: npt.ArrayLike | None, *, measure: str, domain: Domain = "real"
) -> tuple[FloatArray, FloatArray | None]:
    """Check a sample, and return it as `ascending` does.

    Raises
    ------
    DomainError
        As `as_sample` does.
    """
    if weights is not None:
        return ascending(*as_sample(x, weights, measure=measure, domain=domain))
    values = as_vector(x, what=measure)
    ordered = np.sort(values)  # its ends are the extremes, which saves two passes
    require(values, ordered[0], ordered[-1], measure=measure, domain=domain)
    return ordered, None


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
    if weights is None and (groups is None or values.size > _LONG * int(groups[-1] + 1)):
        return _ascending_values(values, groups), None
    if values.size > _FEW:
        return _ascending_packed(values, weights, groups)
    order = np.lexsort([column for column in (weights, values, groups) if column is not None])
    return values[order], None if weights is None else weights[order]


@dataclass
class _Undecided:
    """The bits of a column by which nothing has been sorted yet.

    `left` bits of the distance from `lowest`, above `end` bits that are zero in every value;
    `whole` while they are all its bits.
    """

    column: int
    lowest: np.uint64
    end: int
    left: int
    whole: bool = True

    @classmethod
    def of(cls, column: int, values: FloatArray) -> "_Undecided":
        lowest, highest = _ordered_bits(np.array([values.min(), values.max()]))
        width = int(highest - lowest).bit_length()
        end = 0
        if values.min() >= 0:  # whole numbers end in many zeros
            used = int(np.bitwise_or.reduce(values.view(np.int64)))
            end = min((used & -used).bit_length() - 1, width) if used else width
        return cls(column, lowest, end, width - end)

    def keys(self, values: FloatArray, bits: int) -> IntArray:
        """Return the leading `bits` of what is left."""
        distance = _ordered_bits(values)
        distance -= self.lowest
        distance >>= np.uint64(self.end + self.left - bits)
        if not self.whole:
            distance &= np.uint64(2**bits - 1)
        return distance.view(np.int64)


def _ascending_values(values: FloatArray, groups: IntArray | None) -> FloatArray:
    result = values.copy()
    if groups is None:
        result.sort()
        return result
    ends = np.flatnonzero(np.diff(groups, append=-1)) + 1
    start = 0
    for end in ends.tolist():
        result[start:end].sort()
        start = end
    return result


def _ascending_packed(
    values: FloatArray, weights: FloatArray | None, groups: IntArray | None
) -> tuple[FloatArray, FloatArray | None]:
    """Sort by the leading bits, then what they leave undecided by the bits that follow."""
    columns = [values] if weights is None else [values, weights]
    undecided = [_Undecided.of(i, column) for i, column in enumerate(columns)]
    # `alike` marks each value that the keys so far do not tell from the one before it: a run.
    # `where` holds positions that cover all runs longer than one (None: everything).
    alike = np.ones(values.size, dtype=np.bool_)
    alike[0] = False
    if groups is not None:
        np.equal(groups[1:], groups[:-1], out=alike[1:])
    where: IntArray | None = None
    while undecided:
        first = undecided[0].column  # columns before it are equal within every run
        order, alike = _packed_order(columns, where, undecided, alike)
        for i in range(first, len(columns)):
            if where is None:
                columns[i] = columns[i][order]
            else:
                columns[i][where] = columns[i][where][order]
        del order
        where, alike = _runs(where, alike)
        if where is not None and where.size == 0:
            break
        undecided = [field for field in undecided if field.left]
        while undecided and _equal_in_runs(columns[undecided[0].column], where, alike):
            del undecided[0]
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
    columns: list[FloatArray], where: IntArray | None, undecided: list[_Undecided], alike: BoolArray
) -> tuple[IntArray, BoolArray]:
    """Sort by run and by as many of the undecided leading bits as one integer holds.

    NumPy sorts integers several times faster than it finds the order of floats. So run, bits and
    position are packed into one integer each, which is sorted as it is. Takes the bits used off
    `undecided`.

    Returns
    -------
    tuple
        The order, and which values the key does not tell from the one before.
    """
    n = alike.size
    position_bits = (n - 1).bit_length()
    run_bits = int(n - np.count_nonzero(alike) - 1).bit_length()
    room = _KEY_BITS - position_bits - run_bits
    used: list[tuple[_Undecided, int]] = []
    for field in undecided:
        if room == 0:
            break
        used.append((field, min(field.left, room)))
        room -= used[-1][1]
    keys = np.empty(n, dtype=np.int64)
    run = 0
    for block in blocks(n):
        at = block if where is None else where[block]
        leading, *others = used
        key = leading[0].keys(columns[leading[0].column][at], leading[1])
        for field, bits in others:
            key <<= bits
            key |= field.keys(columns[field.column][at], bits)
        if run_bits:
            runs = np.cumsum(~alike[block], dtype=np.int64)
            runs += run - 1
            run = int(runs[-1]) + 1
            runs <<= sum(bits for _, bits in used)
            key |= runs
        key <<= position_bits
        key |= np.arange(block.start, block.stop)
        keys[block] = key
    for field, bits in used:
        field.left -= bits
        field.whole = False
    keys.sort()
    same = np.empty(n, dtype=np.bool_)
    previous = -1
    for block in blocks(n):
        decided = keys[block] >> position_bits
        same[block.start] = decided[0] == previous
        np.equal(decided[1:], decided[:-1], out=same[block][1:])
        previous = int(decided[-1])
        keys[block] &= 2**position_bits - 1
    return keys, same


def _ordered_bits(values: FloatArray) -> npt.NDArray[np.uint64]:
    """Return integers in the order of the values; equal for equal values."""
    bits = (values + 0.0).view(np.int64)  # the sum makes one zero of the two signed ones
    bits ^= (bits >> np.int64(63)) | _SIGN
    return bits.view(np.uint64)
