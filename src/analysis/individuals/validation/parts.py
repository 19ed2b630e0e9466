"""Parts of records that several rules look at, worked out once for a scan."""

import datetime as dt

import ibis
import ibis.expr.types as ir

from analysis.individuals.validation.digits import number_of_digits

FILLER = dt.date(1900, 1, 1)
"""What SIASN's forms write where there is no date."""

SYNTHETIC_MARK = 9
"""The digit in the place of sex that no NIP of a person has."""

UNREADABLE = "_tak_terbaca"
"""Column of a table as read: names of its columns whose cells could not be read, between bars."""

_BETWEEN = "\x1f"  # the unit separator of ASCII: no code has it

NIP, NIP_BIRTH, NIP_START, NIP_SEX = "_nip", "_nip_lahir", "_nip_tmt", "_nip_kelamin"
BORN_ON, STARTED_ON, RETIRED_ON = "_lahir", "_mulai", "_pensiun"
NEXT_MONTH = "_bulan_berikut"
"""The first day of the month after that of birth."""

IS_PPPK, HAS_FILLER = "_pppk", "_pengisi"
SAME_BIRTH, SAME_START = "_lahir_sama", "_tmt_sama"
YEAR = 10_000
"""A year of the numbers YYYYMMDD."""

_FILLER_NUMBER = 19000101
_NUMBERS = {"tglLahir": BORN_ON, "tmtCpns": STARTED_ON, "tmtPensiun": RETIRED_ON}


def with_parts(table: ir.Table) -> ir.Table:
    """Return a table with parts of its NIP and dates as numbers, and dates without the filler.

    The parts are missing where the NIP has not 18 digits. Numbers are read off the dates as they
    stand in the file, which DuckDB does once for each value of a dictionary.
    """
    dates = [table[name] for name in table.columns if table[name].type().is_date()]
    filler = ibis.literal(FILLER)
    added: dict[str, ir.Value] = {date.get_name(): date.nullif(filler) for date in dates}
    added[HAS_FILLER] = ibis.or_(*((date == filler).fill_null(False) for date in dates))
    for name, number in _NUMBERS.items():
        if name in table.columns:
            added[number] = _as_number(table[name]).nullif(_FILLER_NUMBER)
    if "tglLahir" in table.columns:
        added[NEXT_MONTH] = _next_month(table.tglLahir)
    pppk = _is_pppk(table)
    if pppk is not None:
        added[IS_PPPK] = pppk
    if "nipBaru" not in table.columns:
        return table.mutate(**added)
    table = number_of_digits(table.mutate(**added), "nipBaru", NIP, 18)
    table = table.mutate(
        **{
            NIP_BIRTH: _digits(table[NIP], 1, 8),
            NIP_START: _digits(table[NIP], 9, 14),
            NIP_SEX: _digits(table[NIP], 15, 15),
        }
    )
    same = {}
    if BORN_ON in table.columns:
        same[SAME_BIRTH] = table[BORN_ON] == table[NIP_BIRTH]
    if STARTED_ON in table.columns:
        day = table[STARTED_ON] - table[NIP_START] * 100  # what YYYYMMDD has more than YYYYMM
        same[SAME_START] = day.between(1, 31)
    return table.mutate(**same)


def _as_number(day: ir.DateValue) -> ir.IntegerValue:
    """Return a date as the number YYYYMMDD."""
    return day.year() * 10000 + day.month() * 100 + day.day()


def _next_month(day: ir.DateValue) -> ir.IntegerValue:
    """Return the first day of the next month as the number YYYYMMDD."""
    in_december = day.month() == 12
    return day.year() * YEAR + ibis.ifelse(in_december, YEAR + 101, (day.month() + 1) * 100 + 1)


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
    by_status = is_one_of(table.statusPegawai, ("PPPK",))
    return by_status if by_golongan is None else ibis.coalesce(by_status, by_golongan)
