"""Find a row that is the total of the others: published tables end with one.

A total among its parts halves an index of inequality without a trace: everything is there twice,
and the second time in one unit of exactly average staff per need.
"""

import re
from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.arrays import FloatArray
from analysis.errors import DomainError

if TYPE_CHECKING:
    from analysis.labels import Labels

_NAMES = frozenset(
    {"indonesia", "jumlah", "keseluruhan", "total", "totals", "nasional", "national"}
)
_BESIDE = _NAMES | {"grand", "seluruh", "sum", "all"}  # words that may stand beside one of them
_FEWEST = 3  # parts: one unit is easily the sum of two others
_LONGEST = 10_000  # rows; none that is published with its total has more
_ROUNDING = 1e-3  # of a published total: figures rounded to thousands do not add up exactly


def find_total(labels: "Labels[Any]", *columns: FloatArray) -> int | None:
    """Return the position of the row that is the total of the others, or None.

    A row is one if it alone is named as one (Indonesia, Jumlah, Total) and no other has more, or if
    it is the sum of three or more others in every column, up to rounding.

    Parameters
    ----------
    labels : Index of length n
        Names of the rows.
    *columns : ndarray, shape (n,)
        Amounts >= 0. One column alone adds up by chance too easily: then, and without any, only
        the name tells, and of a table of more than 10,000 rows nothing does without.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = pd.Index(["Aceh", "Bali", "Riau", "Papua", "semua"])
    >>> find_total(rows, np.array([5.0, 4, 3, 1, 13]), np.array([9.0, 1, 2, 6, 18]))
    4
    """
    if labels.size < 2:
        return None
    largest = {int(np.argmax(column)) for column in columns}
    likely = sorted(largest) if columns else range(labels.size if labels.size <= _LONGEST else 0)
    named = [row for row in likely if names_a_total(labels[row])]
    if named and np.count_nonzero(labels == labels[named[0]]) == 1:
        return named[0]
    if len(columns) < 2 or len(largest) > 1:
        return None
    (row,) = largest
    return row if all(_is_sum(column, row) for column in columns) else None


def names_a_total(label: object) -> bool:
    """Whether a label has no other words than a total has, such as Jumlah or Total Indonesia."""
    if not isinstance(label, str):
        return False
    words = set(re.findall(r"\w+", label.casefold()))
    return bool(words & _NAMES) and words <= _BESIDE


def refuse_total(
    labels: "Labels[Any]", *columns: FloatArray, what: str, parameter: str = "as_given=True"
) -> None:
    """Refuse a row that is the total of the others; see `find_total`.

    Raises
    ------
    DomainError
        Naming the row, and the parameter by which the caller says that it is meant.
    """
    found = find_total(labels, *columns)
    if found is not None:
        raise DomainError(
            f"{what}: {labels[found]} looks like the total of the other rows, which would count "
            f"everyone twice. Leave it out; or pass {parameter} if it is a unit of its own."
        )


def _is_sum(column: FloatArray, row: int) -> bool:
    value, others = float(column[row]), np.delete(column, row)
    enough = np.count_nonzero(others > 0) >= _FEWEST
    return bool(enough and abs(others.sum() - value) <= _ROUNDING * value)
