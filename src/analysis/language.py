"""Say a thing in Indonesian or English, with numbers and dates as that language writes them.

Short labels (columns, axes, groups) are written in Indonesian where they are used; the catalogue
`locale/<language>.po` holds the other language. It is read as text, so there is nothing to compile.
Sentences do not belong here: see `analysis.reports.wording`.
"""

import datetime as dt
import math
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache
from importlib.resources import files
from typing import Literal

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

Code = Literal["id", "en"]


@dataclass(frozen=True)
class Language:
    """The language of a report.

    Parameters
    ----------
    code : {"id", "en"}
        Indonesian or English.

    Examples
    --------
    >>> Language("id").number(1234567.891, 1), Language("en").number(1234567.891, 1)
    ('1.234.567,9', '1,234,567.9')
    >>> Language("id").date("2014-12-31")
    '31 Desember 2014'
    """

    code: Code = "id"

    def text(self, message: str, **values: str) -> str:
        """Return `message`, an Indonesian template, in this language with `values` filled in.

        Parameters
        ----------
        message : str
            Template in the syntax of `str.format`; it is also the key in the catalogue.
        **values : str
            What the placeholders stand for, already formatted.

        Raises
        ------
        KeyError
            If the catalogue of the language does not have the message.
        """
        template = message if self.code == "id" else _catalogue(self.code)[message]
        return str(template).format(**values)

    def name(self, key: str) -> str:
        """Return what the language calls something in the data, such as an island group.

        A name that the catalogue does not have, such as that of a province, stays as it is.
        """
        return key if self.code == "id" else _catalogue(self.code).get(key, key)

    def number(self, value: float, decimals: int = 0, *, signed: bool = False) -> str:
        """Return `value` with `decimals` decimals, and a sign before gains if `signed`.

        What rounds to zero has no sign.
        """
        fraction = "." + "0" * decimals if decimals else ""
        pattern = f"#,##0{fraction}"
        if math.isfinite(value) and not rounded(value, decimals):
            value = 0.0
        elif signed:
            pattern = f"+{pattern};-{pattern}"
        return str(format_decimal(value, format=pattern, locale=self.code)).replace("-", "−")

    def percent(self, share: float, decimals: int = 1, *, signed: bool = False) -> str:
        """Return a share as a percentage: 0.052 gives 5,2%; what rounds to zero has no sign."""
        fraction = "." + "0" * decimals if decimals else ""
        pattern = f"#,##0{fraction}%"
        if math.isfinite(share) and not rounded(share, decimals + 2):
            share = 0.0
        elif signed:
            pattern = f"+{pattern};-{pattern}"
        return str(format_percent(share, format=pattern, locale=self.code)).replace("-", "−")

    def date(self, day: dt.date | str) -> str:
        """Return a date in words, such as 31 Desember 2014."""
        day = dt.date.fromisoformat(day) if isinstance(day, str) else day
        return str(format_date(day, format="d MMMM y", locale=self.code))

    def short_date(self, day: dt.date) -> str:
        """Return a date where there is little room, such as 31 Des 14."""
        return str(format_date(day, format="d MMM yy", locale=self.code))

    def listing(self, items: list[str]) -> str:
        """Return items as a phrase: a, b dan c."""
        if len(items) < 2:
            return "".join(items)
        return self.text("{awal} dan {akhir}", awal=", ".join(items[:-1]), akhir=items[-1])


def rounded(value: float, decimals: int = 0) -> Decimal:
    """Return a finite number as it is printed: a half, in decimal digits, goes to the even digit.

    Unlike `round`, which goes by the binary fraction that stands for the number.

    Examples
    --------
    >>> rounded(0.15, 1), rounded(0.05, 1), round(0.15, 1)
    (Decimal('0.2'), Decimal('0.0'), 0.1)
    """
    return Decimal(str(float(value))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_EVEN)


@cache
def _catalogue(code: str) -> dict[str, str]:
    from babel.messages.pofile import read_po  # Indonesian needs no catalogue

    with files("analysis").joinpath("locale", f"{code}.po").open("rb") as file:
        catalogue = read_po(file, locale=code, abort_invalid=True)
    return {str(entry.id): str(entry.string) for entry in catalogue if entry.id and entry.string}
