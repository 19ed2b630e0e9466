"""How is a quantity distributed over single people? Exactly: each value, and how many have it."""

from collections.abc import Callable
from types import MappingProxyType

import ibis
import ibis.expr.types as ir

from analysis.errors import ParameterError
from analysis.individuals.aggregation.dimensions import age_on
from analysis.individuals.aggregation.pensions import pension_date
from analysis.individuals.aggregation.records import Records


def value_counts(records: Records, quantity: str) -> ir.Table:
    """Return each value of a quantity and the number of people who have it.

    Any statistic of `analysis.inequality` over the values with these numbers as weights is that
    over the single people.

    Parameters
    ----------
    records : Records
    quantity : {"usia", "tahun_ke_pensiun"}
        Completed years of life; completed years to the date of pension, negative after it.

    Returns
    -------
    ibis Table
        `nilai` and `pegawai`, by value; people whose value is not known have a last row without
        one.

    Raises
    ------
    ParameterError
        If the quantity is another.
    DataError
        If the records lack what it needs.
    """
    if quantity not in QUANTITIES:
        raise ParameterError(f"quantity: {quantity!r} given; there are {', '.join(QUANTITIES)}.")
    values = QUANTITIES[quantity](records)
    counted = values.group_by("nilai").aggregate(pegawai=values.count())
    return counted.order_by([counted["nilai"].isnull(), "nilai"])


def _age(records: Records) -> ir.Table:
    people = records.of("people", "tglLahir")
    return people.select(nilai=age_on(records.day, people["tglLahir"].cast("date")).cast("int64"))


def _to_pension(records: Records) -> ir.Table:
    people = records.of("people")
    date, day = pension_date(records, people), records.day
    earlier = date.month() * 100 + date.day() < day.month * 100 + day.day
    years = date.year() - day.year - ibis.ifelse(earlier, 1, 0)
    return people.select(nilai=years.cast("int64"))


QUANTITIES: MappingProxyType[str, Callable[[Records], ir.Table]] = MappingProxyType(
    {"usia": _age, "tahun_ke_pensiun": _to_pension}
)
"""The quantities of single people."""
