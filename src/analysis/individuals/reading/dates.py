"""Dates written as text: which forms stand there, in which order, and what they are.

05/03/1985 has two readings. A file settles it where one of its dates can be read in one order only
(31-06 has no month 31), or by the dates of birth that its NIPs hold; a mapping does where neither
can. A column that settles nothing itself is read as the others are, which is said of it by name.
Nothing is taken for a date that has another form, such as 44197, the number that Excel keeps for a
day.
"""

from collections.abc import Mapping
from typing import Any

import ibis
import ibis.expr.types as ir

from analysis.errors import DataError
from analysis.individuals.validation.parts import is_calendar_day

_ISO = r"^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[ T].*)?$"
_PARTS = r"^([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})(?:[ T].*)?$"
_COMPACT = r"^(?:19|20)[0-9]{6}$"
_ISO_PARTS = r"^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})"
_FIRST = 1000_01_01  # years have four digits
ORDERS = ("dmy", "mdy")
NOTHING = ("0000-00-00", "00-00-0000", "0000-00-00 00:00:00")
"""What databases write where there is no date."""


def survey(column: ir.StringValue, births: ir.IntegerValue | None = None) -> dict[str, ir.Value]:
    """Return what tells how the dates of a column are written, to be aggregated.

    Parameters
    ----------
    column : StringValue
    births : IntegerValue, optional
        Of dates of birth: the days that the NIPs say, as `numbered`.
    """
    parted = column.re_search(_PARTS)
    first, second = _part(column, _PARTS, 1, parted), _part(column, _PARTS, 2, parted)
    ambiguous = (first <= 12) & (second <= 12) & (first != second)
    return {
        "iso": column.re_search(_ISO).sum(),
        "parted": parted.sum(),
        "compact": column.re_search(_COMPACT).sum(),
        "written": column.count(),
        "day_first": ((first > 12) & (second <= 12)).sum(),
        "month_first": ((second > 12) & (first <= 12)).sum(),
        "open": ambiguous.sum(),
        "ones_dmy": (ambiguous & (first == 1)).sum(),
        "ones_mdy": (ambiguous & (second == 1)).sum(),
        **{
            f"nip_{order}": ibis.literal(0)
            if births is None
            else (ambiguous & (numbered(column, order) == births)).sum().fill_null(0)
            for order in ORDERS
        },
    }


def order_of(
    what: str, found: Mapping[str, Mapping[str, Any]], said: str | None
) -> tuple[str, str]:
    """Return the order of day and month of a file, and what settles it.

    Parameters
    ----------
    what : str
        Name of the file.
    found : mapping of str to mapping of str to int
        What `survey` found, by heading.
    said : {"dmy", "mdy"} or None
        What the mapping, or SIASN's layout, says.

    Returns
    -------
    order : {"dmy", "mdy"}
    because : str
        "said", "found", "born" (by the NIPs) or "same" (day and month are one number).

    Raises
    ------
    DataError
        If the dates contradict each other, or none settles it, and nothing is said.
    """
    if said is not None:
        return said, "said"
    day = [heading for heading, each in found.items() if each["day_first"]]
    month = [heading for heading, each in found.items() if each["month_first"]]
    if day and month:
        raise DataError(
            f"{what}: dates are written in both orders: day first in {', '.join(day)}, month first "
            f"in {', '.join(month)}. Export the dates as YYYY-MM-DD, or say in a mapping "
            '[tanggal] urutan = "hari-bulan-tahun"; dates that do not fit are then reported.'
        )
    if day or month:
        return ("dmy" if day else "mdy"), "found"
    born = {order: sum(each[f"nip_{order}"] for each in found.values()) for order in ORDERS}
    if max(born.values()) > 0 and 0 in born.values():
        return max(ORDERS, key=lambda order: born[order]), "born"
    unsettled = [heading for heading, each in found.items() if each["open"]]
    if unsettled:
        raise DataError(
            f"{what}, column {unsettled[0]}: dates such as 05/03/1985 may be day or month first, "
            f"and no date of the file settles it{_divided(born)}. Say in a mapping "
            '[tanggal] urutan = "hari-bulan-tahun" or "bulan-hari-tahun".'
        )
    return "dmy", "same"


def _divided(born: Mapping[str, int]) -> str:
    if not any(born.values()):
        return ""
    return f": {born['dmy']:,} fit the NIP with the day first, {born['mdy']:,} with the month"


def numbered(column: ir.StringValue, order: str) -> ir.IntegerValue:
    """Return the dates of a column of text as numbers YYYYMMDD, of days that may not exist."""
    iso, parted = column.re_search(_ISO), column.re_search(_PARTS)
    compact = column.re_search(_COMPACT)
    day, month = (1, 2) if order == "dmy" else (2, 1)
    return ibis.cases(
        (iso, _number(column, _ISO_PARTS, (1, 2, 3), iso)),
        (parted, _number(column, _PARTS, (3, month, day), parted)),
        (compact, ibis.ifelse(compact, column, ibis.null(str)).cast("int32")),
    )


def parsed(number: ir.IntegerValue) -> ir.DateValue:
    """Return the days that `numbered` gave, missing where there is no such day."""
    real = is_calendar_day(number) & (number >= _FIRST)
    text = ibis.ifelse(real, number, ibis.null("int32")).cast(str)
    dashed = text.substr(0, 4) + "-" + text.substr(4, 2) + "-" + text.substr(6, 2)
    return dashed.cast("date")


def _number(
    column: ir.StringValue, pattern: str, groups: tuple[int, int, int], fits: ir.BooleanValue
) -> ir.IntegerValue:
    year, month, day = (_part(column, pattern, group, fits) for group in groups)
    return (year * 10_000 + month * 100 + day).cast("int32")


def _part(
    column: ir.StringValue, pattern: str, group: int, fits: ir.BooleanValue
) -> ir.IntegerValue:
    return ibis.ifelse(fits, column.re_extract(pattern, group), ibis.null(str)).cast("int32")
