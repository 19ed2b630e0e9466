"""Dates of a life at work that are in order: birth, appointment, present post, pension.

Golongan rises a step in four years from where education lets one begin; who has a golongan has
served that long. All dates are whole days, counted from 1970 as NumPy does.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from analysis.arrays import DateArray, FloatArray, IntArray
from analysis.individuals.population.assumptions import assumed
from analysis.individuals.population.kinds import EDUCATION_CODES, GOLONGAN

_YEAR: Final = 365.25
_START: Final = {  # golongan of a first appointment, by education
    **dict.fromkeys(("05",), "I/a"),
    **dict.fromkeys(("10", "12"), "I/c"),
    **dict.fromkeys(("15", "17"), "II/a"),
    **dict.fromkeys(("20", "25"), "II/b"),
    "30": "II/c",
    **dict.fromkeys(("35", "40"), "III/a"),
    **dict.fromkeys(("42", "45", "47"), "III/b"),
    "50": "III/c",
}
_AGE: Final = {  # youngest who has an education
    **dict.fromkeys(("05", "10", "12", "15", "17"), 18.1),
    "20": 19.5,
    "25": 20.5,
    "30": 21.2,
    **dict.fromkeys(("35", "40"), 22.2),
    "42": 23.2,
    "45": 24.2,
    "47": 28.2,
    "50": 28.2,
}
_PPPK_MONTHS: Final = np.array([1, 3, 5, 7])  # contracts begin in waves
_LONGEST_IN_POST: Final = 6.0


@dataclass(frozen=True, eq=False)
class Careers:
    """Dates of people, as `datetime64[D]`.

    Attributes
    ----------
    born, appointed, in_post, pension : ndarray
    """

    born: DateArray
    appointed: DateArray
    in_post: DateArray
    pension: DateArray

    def part(self, rows: slice) -> "Careers":
        """Return the dates of some of the people."""
        return Careers(**{name: getattr(self, name)[rows] for name in self.__dataclass_fields__})


def careers(
    date: np.datetime64,
    education: IntArray,
    golongan: IntArray,
    retire_at: IntArray,
    rng: np.random.Generator,
) -> Careers:
    """Return dates such that everyone is at work on a date.

    Parameters
    ----------
    date : datetime64
        The date of the population.
    education, golongan : ndarray of int
        Positions in `EDUCATION_CODES` and `ALL_GOLONGAN`.
    retire_at : ndarray of int
        Age of retirement in years.
    rng : Generator

    Returns
    -------
    Careers
        birth + 18 years <= appointment <= present post <= date < pension; a pension begins on the
        first day of the month after the age of retirement is reached.
    """
    size = education.size
    pns = golongan < len(GOLONGAN)
    youngest = np.array([_AGE[code] for code in EDUCATION_CODES])[education]
    youngest = np.where(pns, youngest, np.maximum(youngest, assumed("youngest_pppk")))
    served = np.where(
        pns, _served(education, np.where(pns, golongan, 0), rng), _contracts(date, size, rng)
    )
    served = np.clip(served, 0.1, retire_at - youngest - 0.4)
    month = (date - (served * _YEAR).astype("timedelta64[D]")).astype("datetime64[M]")
    appointed = month.astype("datetime64[D]")
    served = (date - appointed).astype(np.int64) / _YEAR
    oldest = np.where(pns, assumed("oldest_entry_pns"), 50.0)
    latest = np.maximum(np.minimum(oldest, retire_at - served - 0.2), youngest + 0.05)
    entry = youngest + rng.random(size) ** 1.5 * (latest - youngest)
    born = appointed - np.ceil(entry * _YEAR).astype("timedelta64[D]")
    pension_month = born.astype("datetime64[M]") + (retire_at * 12 + 1).astype("timedelta64[M]")
    long = np.minimum(served, _LONGEST_IN_POST)
    began = (date - (rng.random(size) * long * _YEAR).astype("timedelta64[D]")).astype(
        "datetime64[M]"
    )
    return Careers(
        born=born,
        appointed=appointed,
        in_post=np.maximum(began.astype("datetime64[D]"), appointed),
        pension=pension_month.astype("datetime64[D]"),
    )


def _served(education: IntArray, golongan: IntArray, rng: np.random.Generator) -> FloatArray:
    """Return years of service of PNS: four for each step since the golongan they began with."""
    start = np.array([GOLONGAN.index(_START[code]) for code in EDUCATION_CODES])[education]
    steps = np.maximum(golongan - start, 0)
    found: FloatArray = assumed("years_per_golongan") * (steps + rng.random(education.size))
    return found


def _contracts(date: np.datetime64, size: int, rng: np.random.Generator) -> FloatArray:
    """Return years since the contract of PPPK began: the later years more often."""
    first, last = int(assumed("pppk_first_year")), int(str(date)[:4])
    years = np.arange(first, last + 1)
    weights = np.arange(1, years.size + 1) ** 2
    year = rng.choice(years, size, p=weights / weights.sum())
    month = rng.choice(_PPPK_MONTHS, size)
    began = ((year - 1970) * 12 + month - 1).astype("datetime64[M]")
    found: FloatArray = (date - began.astype("datetime64[D]")).astype(np.int64) / _YEAR
    return found
