"""How messages list examples, the first few and how many more there are, and how they count."""

from collections.abc import Iterable, Mapping
from string import Formatter
from typing import Any

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


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun, which takes an s unless its plural is given.

    Examples
    --------
    >>> counted(1, "row"), counted(1062, "row"), counted(0, "person is", "people are")
    ('1 row', '1,062 rows', '0 people are')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def filled(phrase: str, values: Mapping[str, object]) -> str:
    """Return a phrase with its values in place, {count:row|rows} being a number with its noun.

    Examples
    --------
    >>> [filled("{count:row|rows} of {file}", {"count": n, "file": "a.csv"}) for n in (1, "1.062")]
    ['1 row of a.csv', '1.062 rows of a.csv']
    """
    return _Nouns().vformat(phrase, (), values)


class _Nouns(Formatter):
    def format_field(self, value: Any, format_spec: str) -> str:
        one, several, many = format_spec.partition("|")
        if not several:
            return str(super().format_field(value, format_spec))
        return f"{value} {one if str(value) == '1' else many}"
