"""Values in a few classes that a reader can tell apart, and what each is called."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib import colormaps
from matplotlib.colors import to_hex

from analysis.errors import DataError
from analysis.language import Language
from analysis.messages import some
from analysis.plots.style import SEQUENTIAL
from analysis.plots.ticks import decimals

MISSING, ZERO = -2, -1
_CLASSES = 5
_PALEST, _DARKEST = 0.22, 1.0  # of the colour map: its palest end is lost on paper


@dataclass(frozen=True)
class ValueClasses:
    """Classes of values that are zero or above; zero and missing are apart.

    Attributes
    ----------
    breaks : tuple of float
        Where one class ends and the next begins, rising; a value that equals a break is in the
        class above it.
    of : ndarray of int, shape (n,)
        Class of each value, counted from 0; `ZERO` and `MISSING` for those apart.
    """

    breaks: tuple[float, ...]
    of: npt.NDArray[np.int64]

    @property
    def colours(self) -> list[str]:
        """A colour for each class, from pale to dark, in print as well."""
        steps = np.linspace(_PALEST, _DARKEST, len(self.breaks) + 1)
        return [to_hex(colour) for colour in colormaps[SEQUENTIAL](steps)]

    def labels(self, language: Language) -> list[str]:
        """Return what each class is called, with as many decimals as its breaks need."""
        places = decimals(self.breaks)
        ends = [language.number(value, places) for value in self.breaks]
        if not ends:
            return ["> 0"]
        between = [f"{low} – < {high}" for low, high in pairwise(ends)]
        return [f"< {ends[0]}", *between, f"≥ {ends[-1]}"]

    @property
    def counts(self) -> list[int]:
        """How many values are in each class."""
        return [int((self.of == k).sum()) for k in range(len(self.breaks) + 1)]

    @property
    def zeros(self) -> int:
        """How many values are zero."""
        return int((self.of == ZERO).sum())

    @property
    def missing(self) -> int:
        """How many values are missing."""
        return int((self.of == MISSING).sum())


def classify(
    values: pd.Series, breaks: Sequence[float] | None, *, places: int, what: str
) -> ValueClasses:
    """Put values into classes.

    Parameters
    ----------
    values : Series of shape (n,)
        Zero or above; missing where nothing is known.
    breaks : sequence of float, optional
        Where classes end, above zero and rising. If not given, the quintiles of the values above
        zero, rounded as they are printed, so that a class holds what its label says.
    places : int
        Decimals that values are printed with.
    what : str
        What the values are, for the messages.

    Raises
    ------
    DataError
        If a value is negative or infinite, or the breaks do not rise from above zero.
    """
    numbers = values.to_numpy(dtype=float, na_value=np.nan)
    known = ~np.isnan(numbers)
    wrong = known & ~((numbers >= 0) & np.isfinite(numbers))
    if wrong.any():
        raise DataError(
            f"{what}: the value of {some(values.index[wrong])} is negative or infinite. A map "
            "shows numbers from zero on; leave a value that is not known missing."
        )
    positive = numbers[known & (numbers > 0)]
    if breaks is None:
        ends = _quantile_breaks(positive, places)
    else:
        ends = np.asarray(list(breaks), dtype=float)
        if not (np.isfinite(ends).all() and (ends > 0).all() and (np.diff(ends) > 0).all()):
            raise DataError(
                f"{what}: the breaks {some(breaks)} must be above zero and rise. Correct them, or "
                "leave them out: the quintiles are then taken."
            )
    found = np.searchsorted(ends, numbers, side="right")
    found[known & (numbers == 0)] = ZERO
    found[~known] = MISSING
    return ValueClasses(tuple(float(end) for end in ends), found.astype(np.int64))


def _quantile_breaks(positive: npt.NDArray[np.float64], places: int) -> npt.NDArray[np.float64]:
    if not positive.size:
        return np.array([])
    shares = np.arange(1, _CLASSES) / _CLASSES
    rounded: npt.NDArray[np.float64] = np.unique(np.round(np.quantile(positive, shares), places))
    useful: npt.NDArray[np.bool_] = (rounded > positive.min()) & (rounded <= positive.max())
    return np.extract(useful, rounded)
