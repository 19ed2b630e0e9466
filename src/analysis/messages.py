"""How messages list examples: the first few, and how many more there are."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

_SHOWN = 5


def some(items: Iterable[object]) -> str:
    """Return the first items, and how many more there are.

    Examples
    --------
    >>> some(["Aceh", "Bali"]), some(range(7))
    ('Aceh, Bali', '0, 1, 2, 3, 4 and 2 more')
    """
    texts = [str(item) for item in items]
    more = f" and {len(texts) - _SHOWN} more" if len(texts) > _SHOWN else ""
    return ", ".join(texts[:_SHOWN]) + more


def positions(wrong: npt.NDArray[np.bool_]) -> str:
    """Return where `wrong` is true, for input that has no labels.

    Examples
    --------
    >>> positions(np.array([True, False, True]))
    'positions 0, 2 (counted from 0)'
    """
    return f"positions {some(np.flatnonzero(wrong).tolist())} (counted from 0)"
