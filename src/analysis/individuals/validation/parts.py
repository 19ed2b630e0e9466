"""Parts of records that several rules look at, worked out once for a scan."""

import datetime as dt

import ibis
import ibis.expr.types as ir

FILLER = dt.date(1900, 1, 1)
"""What SIASN's forms write where there is no date."""

SYNTHETIC_MARK = 9
"""The digit in the place of sex that no NIP of a person has."""

UNREADABLE = "_tak_terbaca"
"""Column of a table as read: names of its columns whose cells could not be read, between bars."""

_BETWEEN = "\x1f"  # the unit separator of ASCII: no code has it

NIP, NIP_BIRTH, NIP_START, NIP_SEX = "_nip", "_nip_lahir", "_nip_tmt", "_nip_kelamin"
BORN_ON, STARTED_ON, IS_PPPK, HAS_FILLER = "_lahir", "_mulai", "_pppk", "_pengisi"
YEAR = 10_000
"""A year of the numbers YYYYMMDD."""


def with_parts(table: ir.Table) -> ir.Table:
    """Return a table with parts of its NIP and dates as numbers, and dates without the filler.

    The parts are missing where the NIP has not 18 digits.
    """
    dates = [table[name] for name in table.columns if table[name].type().is_date()]
    filler = ibis.literal(FILLER)
    added: dict[str, ir.Value] = {date.get_name(): date.nullif(filler) for date in dates}
    added[HAS_FILLER] = ibis.or_(*((date == filler).fill_null(False) for date in dates))
    if "nipBaru" in table.columns:
        formed = table.nipBaru.re_search("^[0-9]{18}$")
        added[NIP] = ibis.ifelse(formed, table.nipBaru, ibis.null(str)).cast("int64")
    pppk = _is_pppk(table)
    if pppk is not None:
        added[IS_PPPK] = pppk
    table = table.mutate(**added)
    numbers = {
        number: as_number(table[name])
        for name, number in (("tglLahir", BORN_ON), ("tmtCpns", STARTED_ON))
        if name in table.columns
    }
    if NIP in table.columns:
        numbers |= {
            NIP_BIRTH: _digits(table[NIP], 1, 8),
            NIP_START: _digits(table[NIP], 9, 14),
            NIP_SEX: _digits(table[NIP], 15, 15),
        }
    return table.mutate(**numbers)


def as_number(day: ir.DateValue) -> ir.IntegerValue:
    """Return a date as the number YYYYMMDD."""
    return day.year() * 10000 + day.month() * 100 + day.day()


def _digits(nip: ir.IntegerValue, first: int, last: int) -> ir.IntegerValue:
    """Return some of the 18 digits of a number, counted from 1."""
    unit = 10 ** (18 - last)
    rest = nip if first == 1 else nip % 10 ** (19 - first)
    part = rest - nip % unit  # a multiple of the unit: division is exact
    return part if unit == 1 else (part / unit).cast("int64")


def is_calendar_day(number: ir.IntegerValue) -> ir.BooleanValue:
    """Return whether a number YYYYMMDD is a day of the calendar."""
    day = number % 100
    month = (number % 10000 - day) / 100
    year = (number - number % 10000) / 10000
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    return (
        month.between(1, 12)
        & day.between(1, 31)
        & ~((day == 31) & month.isin((4, 6, 9, 11)))
        & ~((month == 2) & ((day > 29) | ((day == 29) & ~leap)))
    )


def is_one_of(value: ir.StringValue, known: tuple[str, ...]) -> ir.BooleanValue:
    """Return whether a value is among those known.

    They are searched for in one text: DuckDB does that once for each value of a dictionary, which
    for `IN` it does for each row.
    """
    listed = ibis.literal(_BETWEEN + _BETWEEN.join(known) + _BETWEEN)
    return listed.find(ibis.literal(_BETWEEN) + value + _BETWEEN) >= 0


def _is_pppk(table: ir.Table) -> ir.BooleanValue | None:
    """Return who is PPPK: by status, else by a golongan without the stroke of those of PNS."""
    by_golongan = ~table.golRuangAkhir.contains("/") if "golRuangAkhir" in table.columns else None
    if "statusPegawai" not in table.columns:
        return by_golongan
    by_status = table.statusPegawai == "PPPK"
    return by_status if by_golongan is None else ibis.coalesce(by_status, by_golongan)
