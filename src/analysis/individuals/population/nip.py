"""NIPs that cannot exist: all parts are consistent, but the digit of sex is 9.

Birth date (8 digits), first appointment (6), sex (1), serial number (3). Of PPPK the part after
the year of appointment is 21. The serial number counts people of one birth date and appointment
over the whole country, so that no NIP occurs twice.
"""

from typing import Final

import numpy as np
import pyarrow as pa

from analysis.arrays import BoolArray, DateArray, IntArray
from analysis.errors import DomainError

SEX_DIGIT: Final = 9
_PPPK_MONTH: Final = 21
_LENGTH: Final = 18
_FIRST_DAY: Final = np.datetime64("1950-01-01")
_DAYS, _YEARS = 22_000, 55  # of birth; of appointment
_FIRST_YEAR: Final = 1975
_MOST: Final = 999


class Serials:
    """Gives out NIPs, province after province, none twice."""

    def __init__(self) -> None:
        self._counts = np.zeros(_DAYS * _YEARS * 13, dtype=np.uint16)

    def give(
        self,
        born: DateArray,
        appointed: DateArray,
        pppk: BoolArray,
    ) -> pa.Array:
        """Return a NIP for each person.

        Raises
        ------
        DomainError
            If more than 999 people have one birth date and appointment.
        """
        months = appointed.astype("datetime64[M]").astype(np.int64)
        year, month = months // 12 + 1970, np.where(pppk, 12, months % 12)
        day = (born - _FIRST_DAY).astype(np.int64)
        key = (day * _YEARS + (year - _FIRST_YEAR)) * 13 + month
        order = np.argsort(key, kind="stable")
        ordered = key[order]
        starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
        rank = np.arange(key.size) - np.repeat(starts, np.diff(np.r_[starts, key.size]))
        serial = np.empty(key.size, dtype=np.int64)
        serial[order] = rank + self._counts[ordered] + 1
        if serial.size and serial.max() > _MOST:
            raise DomainError(
                "More than 999 people have one birth date and month of appointment: a NIP has "
                "three digits for them. Ask for fewer people."
            )
        last = np.r_[starts[1:], key.size] - 1
        self._counts[ordered[last]] += (rank[last] + 1).astype(np.uint16)
        number = np.where(pppk, _PPPK_MONTH, month + 1)
        return _text(born, year, number, serial)


def _text(
    born: DateArray,
    year: IntArray,
    month: IntArray,
    serial: IntArray,
) -> pa.Array:
    """Return the digits as text."""
    months = born.astype("datetime64[M]")
    birth = months.astype(np.int64)
    fields = (
        (birth // 12 + 1970, 4),
        (birth % 12 + 1, 2),
        ((born - months.astype("datetime64[D]")).astype(np.int64) + 1, 2),
        (year, 4),
        (month, 2),
        (np.full(year.size, SEX_DIGIT), 1),
        (serial, 3),
    )
    digits = np.empty((year.size, _LENGTH), dtype=np.uint8)
    column = 0
    for values, width in fields:
        for place in range(width):
            digits[:, column + width - 1 - place] = values // 10**place % 10 + ord("0")
        column += width
    offsets = np.arange(0, _LENGTH * (year.size + 1), _LENGTH, dtype=np.int32)
    return pa.StringArray.from_buffers(
        year.size, pa.py_buffer(offsets), pa.py_buffer(digits.tobytes())
    )
