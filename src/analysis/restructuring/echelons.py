"""Echelons (*eselon*) as they are written, and as one number that orders them."""

import re
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.arrays import IntArray
from analysis.errors import DataError
from analysis.messages import some

ROMAN = ("", "I", "II", "III", "IV", "V")
_NONE = frozenset({"", "0", "99", "NON", "NON ESELON", "-"})
_WRITTEN = re.compile(r"(?:ESELON\s*)?(I{1,3}|IV|V|[1-5])\s*[./-]?\s*([AB12]?)")


def echelon_codes(column: "pd.Series[Any]", *, what: str) -> npt.NDArray[np.int8]:
    """Return echelons as numbers: ten times the level and 1 or 2 for the letter, 0 for none.

    A lower number is a higher echelon. What has a level only, such as "III", is 30.

    Parameters
    ----------
    column : Series
        "III", "III.a", "III/a", 3, or the codes of SIASN (31); missing, 0, 99 or "NON" for none.
    what : str
        What the column is, for the message.

    Raises
    ------
    DataError
        If a value is none of these; names the rows.

    Examples
    --------
    >>> echelon_codes(pd.Series(["II.a", "III", "31", None]), what="units").tolist()
    [21, 30, 31, 0]
    """
    place, values = pd.factorize(column)
    codes = np.array([_code(value) for value in values] + [0], dtype=np.int8)[place]
    wrong = codes < 0
    if wrong.any():
        shown = some(f"{v!r} (row {row})" for row, v in column[wrong].items())
        raise DataError(
            f"{what}: {shown} is no echelon. Write I to V, with a letter if it is known (III.a), "
            "or leave it empty where there is none."
        )
    return codes


def level_of(codes: IntArray) -> IntArray:
    """Return the level 1 to 5 of each code, 0 for none."""
    return codes // 10


def written(code: int) -> str:
    """Return an echelon as it is written; nothing for none.

    Examples
    --------
    >>> written(31), written(40), written(0)
    ('III.a', 'IV', '')
    """
    letter = {0: "", 1: ".a", 2: ".b"}[code % 10]
    return f"{ROMAN[code // 10]}{letter}"


def echelon_names(codes: "pd.Series[Any]") -> pd.Categorical:
    """Return echelons as they are written, missing where there is none."""
    place, found = pd.factorize(codes)
    names = [written(int(code)) for code in found]
    kept = [name for name in names if name]
    number = np.array([kept.index(name) if name else -1 for name in names] + [-1])
    return pd.Categorical.from_codes(number[place], categories=pd.Index(kept, dtype="str"))


def _code(value: object) -> int:
    if isinstance(value, float | np.floating) and float(value).is_integer():
        value = int(value)
    text = str(value).strip().upper()
    if text in _NONE:
        return 0
    found = _WRITTEN.fullmatch(text)
    if found is None:
        return -1
    level, letter = found.groups()
    number = int(level) if level.isdigit() else ROMAN.index(level)
    return 10 * number + {"": 0, "A": 1, "1": 1, "B": 2, "2": 2}[letter]
