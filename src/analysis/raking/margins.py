"""The margins of a table, checked once: whether they belong to one table at all."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy import sparse

from analysis.arrays import BoolArray, FloatArray, IntArray
from analysis.errors import DomainError

Key = tuple[str, ...]
_CLOSE = 1e-9  # of the total: sums of floats in another order


@dataclass(frozen=True, eq=False)
class Margins:
    """Sums of a table over some of its axes.

    Parameters
    ----------
    axes : mapping of str to sequence of str
        Name of each axis of the table, in order, and its categories.
    sums : mapping of tuple of str to ndarray
        For some axes the sums over all others, >= 0, in the order of the axes named.

    Raises
    ------
    DomainError
        If there is no margin, an axis is unknown, a shape is wrong, a sum is negative or missing,
        or two margins contradict each other: over the axes that they share their sums differ. The
        message names a cell of each.

    Examples
    --------
    >>> axes = {"sex": ("m", "f"), "province": ("Aceh", "Bali")}
    >>> Margins(axes, {("sex",): np.array([3, 4]), ("province",): np.array([5, 3])})
    Traceback (most recent call last):
    analysis.errors.DomainError: The margins contradict each other: the total is 7 by sex, but 8 \
by province. No table has both; correct one of them.
    """

    axes: Mapping[str, Sequence[str]]
    sums: Mapping[Key, FloatArray | IntArray]

    def __post_init__(self) -> None:
        if not self.sums:
            raise DomainError("There is no margin to fit a table to. Give at least one.")
        for key, sums in self.sums.items():
            self._check(key, sums)
        for a, b in combinations(self.sums, 2):
            self._compare(a, b)

    @property
    def shape(self) -> tuple[int, ...]:
        """Shape of the table."""
        return tuple(len(categories) for categories in self.axes.values())

    def others(self, key: Key) -> tuple[int, ...]:
        """Return the positions of the axes that a margin sums over."""
        return tuple(i for i, name in enumerate(self.axes) if name not in key)

    def spread(self, key: Key, values: FloatArray) -> FloatArray:
        """Return values of a margin in the shape in which they apply to the table."""
        return np.expand_dims(values, self.others(key))

    def cell(self, key: Key, position: int) -> str:
        """Return the words for a cell of a margin, by its position in the flattened margin."""
        index = map(int, np.unravel_index(position, self.sums[key].shape))
        return ", ".join(
            f"{name} = {self.axes[name][i]}" for name, i in zip(key, index, strict=True)
        )

    def cells(self) -> Iterator[tuple[Key, int]]:
        """Yield every cell of every margin, in the order of the rows of `equations`."""
        for key, sums in self.sums.items():
            for position in range(sums.size):
                yield key, position

    def right_side(self) -> FloatArray:
        """Return the sums of all margins, one after the other."""
        return np.concatenate([np.asarray(s, dtype=np.float64).ravel() for s in self.sums.values()])

    def equations(self, possible: BoolArray) -> sparse.csr_array:
        """Return which possible cells of the table each cell of a margin adds up."""
        places = np.nonzero(possible.ravel())[0]
        index = dict(zip(self.axes, np.unravel_index(places, self.shape), strict=True))
        rows, offset = [], 0
        for key, sums in self.sums.items():
            chosen = tuple(index[name] for name in key)
            rows.append(offset + np.ravel_multi_index(chosen, sums.shape))
            offset += sums.size
        columns = np.tile(np.arange(places.size), len(rows))
        entries = np.ones(columns.size)
        return sparse.csr_array(
            (entries, (np.concatenate(rows), columns)), shape=(offset, places.size)
        )

    def _check(self, key: Key, sums: FloatArray | IntArray) -> None:
        words = _words(key)
        unknown = [name for name in key if name not in self.axes]
        if unknown or not key or list(key) != [name for name in self.axes if name in key]:
            raise DomainError(
                f"A margin is by {words}, but the axes of the table are {', '.join(self.axes)}. "
                "Name some of them, in that order."
            )
        shape = tuple(len(self.axes[name]) for name in key)
        if np.shape(sums) != shape:
            raise DomainError(
                f"The margin by {words} has the shape {np.shape(sums)}, but its categories make "
                f"{shape}."
            )
        wrong = np.flatnonzero(~(np.isfinite(sums) & (np.asarray(sums) >= 0)))
        if wrong.size:
            raise DomainError(
                f"The margin by {words} is {np.ravel(sums)[wrong[0]]} at "
                f"{self.cell(key, int(wrong[0]))}. Sums of people are >= 0."
            )

    def _compare(self, a: Key, b: Key) -> None:
        """Refuse two margins whose sums over the axes that they share differ."""
        shared = tuple(name for name in a if name in b)
        left, right = (
            np.asarray(self.sums[key]).sum(
                axis=tuple(i for i, name in enumerate(key) if name not in shared)
            )
            for key in (a, b)
        )
        apart = np.abs(np.subtract(left, right)) > _CLOSE * max(float(np.sum(left)), 1.0)
        if not np.any(apart):
            return
        where = np.argwhere(apart)[0]
        cell = ", ".join(f"{n} = {self.axes[n][i]}" for n, i in zip(shared, where, strict=True))
        first, second = (float(side[tuple(where)]) for side in (left, right))
        raise DomainError(
            f"The margins contradict each other: {cell or 'the total'} is {first:g} by "
            f"{_words(a)}, but {second:g} by {_words(b)}. No table has both; correct one of them."
        )


def _words(key: Key) -> str:
    return " x ".join(key)
