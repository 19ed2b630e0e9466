"""Who may stand in for whom, and what that costs."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from analysis.arrays import BoolArray, FloatArray, as_frame, as_vector
from analysis.errors import DataError, DomainError
from analysis.messages import some

COLUMNS = ("from_family", "to_family", "penalty")


def penalties(families: Iterable[Any], table: pd.DataFrame) -> FloatArray:
    """Return the penalty of filling a post of one job family with a person of another.

    Parameters
    ----------
    families : iterable of labels, length F
        Every family, each once.
    table : DataFrame
        One row for each pair that is permitted: `from_family` (of the person), `to_family` (of the
        post) and `penalty` (>= 0, in the unit of the cost of a move: what retraining and the lower
        fit cost for each person). Families stand in for themselves at no penalty, whether the
        table says so or not.

    Returns
    -------
    ndarray, shape (F, F)
        Penalties, persons' families by posts' families; infinite where nobody may stand in.

    Raises
    ------
    DataError
        If a column is missing.
    DomainError
        If a family is unknown or occurs twice, a pair occurs twice, a penalty is missing, negative
        or infinite, or a family is to stand in for itself at a penalty.

    Examples
    --------
    >>> table = pd.DataFrame(
    ...     {"from_family": ["nurse"], "to_family": ["midwife"], "penalty": [2.5]})
    >>> penalties(["nurse", "midwife"], table)
    array([[0. , 2.5],
           [inf, 0. ]])
    """
    known = pd.Index(list(families), tupleize_cols=False)
    if not known.is_unique:
        raise DomainError(
            f"families: {some(known[known.duplicated()])} occurs more than once. Name each family "
            "once."
        )
    table = as_frame(table, what="substitution")
    missing = [name for name in COLUMNS if name not in table.columns]
    if missing:
        raise DataError(
            f"substitution: column {some(missing)} is missing; there are {some(table.columns)}."
        )
    for column in COLUMNS[:2]:
        unknown = sorted({str(family) for family in table[column] if family not in known})
        if unknown:
            raise DomainError(
                f"substitution, {column}: {some(unknown)} is no known family; known are "
                f"{', '.join(known.astype(str))}. Correct the spelling or add the family to staff."
            )
    pairs = [f"{a} for {b}" for a, b in zip(table["from_family"], table["to_family"], strict=True)]
    twice = table.duplicated(["from_family", "to_family"]).to_numpy()
    _refuse(twice, pairs, "each pair must occur once", "Keep one row.")
    penalty = as_vector(table["penalty"], what="substitution, penalty") if pairs else np.empty(0)
    wrong = ~np.isfinite(penalty) | (penalty < 0)
    advice = "Leave a pair that is not permitted out of the table."
    _refuse(wrong, pairs, "penalties must be finite numbers, 0 or more", advice)
    row, column_ = (known.get_indexer(pd.Index(table[name])) for name in COLUMNS[:2])
    own = (row == column_) & (penalty > 0)
    _refuse(own, pairs, "a family stands in for itself at no penalty", "Remove the row.")
    matrix = np.full((known.size, known.size), np.inf)
    matrix[row, column_] = penalty
    np.fill_diagonal(matrix, 0.0)
    return matrix


def _refuse(wrong: BoolArray, pairs: list[str], rule: str, advice: str) -> None:
    if wrong.any():
        shown = [pairs[i] for i in np.flatnonzero(wrong).tolist()]
        raise DomainError(f"substitution: {rule}; it is not so for {some(shown)}. {advice}")
