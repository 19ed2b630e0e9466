"""What is known of people, as numbers: age, education and rank."""

import datetime as dt
import re
from collections.abc import Callable

import numpy as np
import pandas as pd

from analysis.arrays import FloatArray
from analysis.errors import DataError
from analysis.messages import some

_RANK = re.compile(r"(I{1,3}|IV)\s*[/.-]?\s*([A-E])|([1-4])([1-5A-E])")
_PPPK = re.compile(r"(X{0,1}(?:IX|IV|V?I{0,3}))(?:/PPPK)?|\d\dP", re.ASCII)
_YEAR = 365.2425  # days


def age(people: pd.DataFrame, day: dt.date) -> FloatArray:
    """Return the age of each person in years, NaN where the birth date is not known.

    Raises
    ------
    DataError
        If a birth date is no date, or after the day.
    """
    if "birth" not in people:
        return np.full(len(people), np.nan)
    births = pd.to_datetime(people["birth"], errors="coerce")
    wrong = (births.isna() & people["birth"].notna()) | (births > pd.Timestamp(day))
    if wrong.any():
        shown = some(f"{v!r} (person {p})" for p, v in people.loc[wrong, "birth"].items())
        raise DataError(f"people, column birth: {shown} is no date before {day}. Correct it.")
    days = (pd.Timestamp(day) - births).dt.days
    return days.to_numpy(dtype=np.float64, na_value=np.nan) / _YEAR


def education(people: pd.DataFrame) -> FloatArray:
    """Return the SIASN code of the level of education of each person, NaN where not known.

    The codes are in order, from 5 (*SD*) to 50 (S-3); 35 (D-IV) ranks with 40 (S-1).

    Raises
    ------
    DataError
        If a value is no such code.
    """

    def code(value: object) -> float:
        text = str(value).strip()
        text = text[:-2] if text.endswith(".0") else text
        return float(text) if text.isdigit() and 5 <= int(text) <= 50 else np.nan

    return _coded(people, "education", code, "a code of SIASN from 05 (SD) to 50 (S-3)")


def rank(people: pd.DataFrame) -> FloatArray:
    """Return the SIASN code of the rank (*golongan*) of each person, NaN where not known.

    PPPK have ranks of another scale: theirs are not known here.

    Raises
    ------
    DataError
        If a value is no rank.
    """

    def code(value: object) -> float:
        text = str(value).strip().upper()
        text = text[:-2] if text.endswith(".0") else text
        found = _RANK.fullmatch(text)
        if found is None:
            return -1.0 if _PPPK.fullmatch(text) else np.nan
        roman, letter, tens, ones = found.groups()
        if roman:
            return 10 * ("I", "II", "III", "IV").index(roman) + 10 + " ABCDE".index(letter)
        return 10.0 * int(tens) + (int(ones) if ones.isdigit() else " ABCDE".index(ones))

    codes = _coded(people, "golongan", code, "a rank such as III/d, or its code in SIASN (34)")
    return np.where(codes < 0, np.nan, codes)


def _coded(
    people: pd.DataFrame, name: str, code: Callable[[object], float], expected: str
) -> FloatArray:
    if name not in people:
        return np.full(len(people), np.nan)
    place, values = pd.factorize(people[name])
    codes = np.array([code(value) for value in values] + [np.nan])
    wrong = np.append(np.isnan(codes[:-1]), False)[place]
    if wrong.any():
        shown = some(f"{v!r} (person {p})" for p, v in people.loc[wrong, name].items())
        raise DataError(f"people, column {name}: {shown} is not {expected}. Correct it.")
    return np.asarray(codes[place], dtype=np.float64)
