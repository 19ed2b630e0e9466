"""Draw with replacement: how often each item comes up, for many replicates at once."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from scipy import special

from analysis.inequality.samples.sample import FloatArray

Seed = int | np.random.Generator | None
IntArray = npt.NDArray[np.int64]

_MANY = 4096  # items from which counts by Poisson are faster than tallying single draws
_WORD = 1 << 16


def generator(seed: Seed) -> tuple[np.random.Generator, int | None]:
    """Return a generator and the seed that repeats it; None where only its owner knows."""
    if isinstance(seed, np.random.Generator):
        return seed, None
    if seed is None:
        seed = int(np.random.SeedSequence().generate_state(1)[0])
    return np.random.default_rng(seed), seed


def draws(
    stratum: IntArray, replicates: int, rng: np.random.Generator, rows: int
) -> Iterator[FloatArray]:
    """Yield blocks of replicates: by how much each item counts, shape (at most rows, m).

    With one stratum, as many are drawn as there are items. With several, one fewer is drawn in
    each, and each draw counts `m_h / (m_h - 1)` times. A block may be overwritten by its user,
    and is by the next one.

    Parameters
    ----------
    stratum : ndarray of int, shape (m,)
        Number of the stratum of each item.
    replicates : int
        Rows over all blocks.
    rng : numpy.random.Generator
    rows : int
        Largest number of rows in a block.
    """
    sizes = np.bincount(stratum)
    members = [np.flatnonzero(stratum == h) for h in range(sizes.size)]
    block = np.empty((min(rows, replicates), stratum.size))
    for start in range(0, replicates, rows):
        times = block[: min(rows, replicates - start)]
        if sizes.size == 1:
            times[:] = multinomial_counts(rng, stratum.size, stratum.size, len(times))
        else:
            for where, m in zip(members, sizes.tolist(), strict=True):
                counts = multinomial_counts(rng, m, m - 1, len(times))
                times[:, where] = counts * (m / (m - 1.0))
        yield times


def multinomial_counts(
    rng: np.random.Generator, items: int, number: int, rows: int
) -> npt.NDArray[np.integer]:
    """Return how often each item comes up in `number` draws with replacement, shape (rows, items).

    Few items are drawn one by one and tallied. For many, every item first gets a Poisson count,
    with a mean a little below `number / items`. Given their sum, such counts are a multinomial
    draw of that many; the rest of `number` is drawn one by one and added, so the whole is the
    multinomial draw wanted. A row whose sum exceeds `number` is drawn anew, which depends on
    nothing but the sum.
    """
    if items < _MANY or number < items - 1:
        drawn = rng.integers(0, items, size=(rows, number), dtype=np.int64)
        drawn += np.arange(0, rows * items, items)[:, None]
        return np.bincount(drawn.ravel(), minlength=rows * items).reshape(rows, items)
    mean = (number - 4.0 * np.sqrt(number)) / items
    counts = _poisson_counts(rng, mean, (rows, items))
    for row in range(rows):
        while (missing := number - int(counts[row].sum(dtype=np.int64))) < 0:
            counts[row] = _poisson_counts(rng, mean, (1, items))[0]
        np.add.at(counts[row], rng.integers(0, items, size=missing), np.uint8(1))
    return counts


def _poisson_counts(
    rng: np.random.Generator, mean: float, shape: tuple[int, int]
) -> npt.NDArray[np.uint8]:
    """Return Poisson counts of a mean below one, by inversion.

    The first 16 bits of the uniform variable decide nearly always. Where they leave a step of the
    distribution function inside their interval, further bits do.
    """
    steps = special.pdtr(np.arange(32), mean)
    size = shape[0] * shape[1]
    padded = -(-size // 8)  # groups of eight: undecided words are few, and found by the group
    words = rng.integers(0, 2**64, size=2 * padded, dtype=np.uint64).view(np.uint16)
    counts = np.zeros(words.size, dtype=np.uint8)
    undecided = np.zeros(words.size, dtype=np.bool_)
    passed = np.empty(words.size, dtype=np.bool_)
    for edge in np.floor(steps * _WORD).astype(np.int64).tolist():
        np.greater(words, edge, out=passed)
        np.add(counts, passed.view(np.uint8), out=counts)
        np.equal(words, edge, out=passed)
        np.logical_or(undecided, passed, out=undecided)
        if edge >= _WORD - 1:  # no word passes this one or the next
            break
    groups = np.flatnonzero(undecided.view(np.uint64))
    group, place = np.nonzero(undecided.reshape(-1, 8)[groups])
    where = 8 * groups[group] + place
    uniform = (words[where] + rng.random(where.size)) / _WORD
    counts[where] = np.searchsorted(steps, uniform, side="right")
    return counts[:size].reshape(shape)
