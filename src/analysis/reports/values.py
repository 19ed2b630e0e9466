"""What findings are made of: named values, and the direction of a change.

A finding is a frozen dataclass of numbers, dates, names from the data and keys such as "up",
never of words. A pure function computes it; a text file says it (`analysis.reports.wording`).
"""

import math
from dataclasses import dataclass
from typing import Literal, NamedTuple

import pandas as pd

from analysis.language import rounded


@dataclass(frozen=True)
class Opening:
    """What a report opens with: its key figures, which the first sentences put into words."""

    key: object


class Named(NamedTuple):
    """A value and what it belongs to, such as a province and its ratio."""

    name: str
    value: float


def named(values: pd.Series) -> tuple[Named, ...]:
    """Return the values of a series with the names of its index, in order."""
    return tuple(Named(str(name), float(value)) for name, value in values.items())


Direction = Literal["up", "down", "unchanged", "not_comparable"]


def direction(before: float | None, after: float | None, decimals: int) -> Direction:
    """Return which way a value went, judged as it is printed.

    Parameters
    ----------
    before, after : float or None
        The value at both dates; None, or no finite number, where there is none.
    decimals : int
        Decimals it is printed with: what is printed alike is unchanged.

    Examples
    --------
    >>> direction(0.241, 0.278, 3), direction(0.2411, 0.2412, 3), direction(None, 0.2, 3)
    ('up', 'unchanged', 'not_comparable')
    """
    if before is None or after is None or not (math.isfinite(before) and math.isfinite(after)):
        return "not_comparable"
    change = rounded(after, decimals) - rounded(before, decimals)
    return "unchanged" if change == 0 else "up" if change > 0 else "down"


def alike(a: float, b: float, decimals: int) -> bool:
    """Return whether two finite values are printed alike."""
    return rounded(a, decimals) == rounded(b, decimals)
