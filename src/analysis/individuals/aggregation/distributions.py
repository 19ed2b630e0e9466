"""How is a quantity distributed over single people? Exactly: each value, and how many have it."""

from collections.abc import Callable
from functools import partial
from types import MappingProxyType
from typing import Literal, get_args

import ibis
import ibis.expr.types as ir

from analysis.competence.years import training_year
from analysis.errors import ParameterError
from analysis.individuals.aggregation.dimensions import age_on, years_to_pension
from analysis.individuals.aggregation.records import Records, require_year
from analysis.individuals.engines.dialects import told_apart
from analysis.individuals.person_keys import KEY

WithoutHours = Literal["apart", "as_stated"]


def value_counts(
    records: Records, quantity: str, *, without_hours: WithoutHours = "apart"
) -> ir.Table:
    """Return each value of a quantity and the number of people who have it.

    Any statistic of `analysis.inequality` over the values with these numbers as weights is that
    over the single people.

    Parameters
    ----------
    records : Records
    quantity : {"usia", "tahun_ke_pensiun", "jam_pelatihan"}
        Completed years of life; completed years to the date of pension, negative after it; hours
        (JP) of training in the last calendar year that had ended on the day, zero of whoever has no
        record of training in it.
    without_hours : {"apart", "as_stated"}
        Training whose hours are not stated: who took part in one has a sum that is not known; or it
        adds nothing to what is stated.

    Returns
    -------
    ibis Table
        `nilai` and `pegawai`, by value; people whose value is not known have a last row without
        one.

    Raises
    ------
    ParameterError
        If the quantity or the choice is another.
    DataError
        If the records lack what it needs.
    """
    if quantity not in QUANTITIES:
        raise ParameterError(f"quantity: {quantity!r} given; there are {', '.join(QUANTITIES)}.")
    choices = get_args(WithoutHours)
    if without_hours not in choices:
        raise ParameterError(
            f"without_hours: {without_hours!r} given; {' or '.join(choices)} needed."
        )
    values = QUANTITIES[quantity](records)
    if quantity == "jam_pelatihan" and without_hours == "as_stated":
        values = _hours(records, apart=False)
    counted = values.group_by("nilai").aggregate(pegawai=values.count())
    return counted.order_by([counted["nilai"].isnull(), "nilai"])


def _age(records: Records) -> ir.Table:
    people = records.of("people", "tglLahir")
    return people.select(nilai=age_on(records.day, people["tglLahir"].cast("date")).cast("int64"))


def _to_pension(records: Records) -> ir.Table:
    people = records.of("people")
    return people.select(nilai=years_to_pension(records, people).cast("int64"))


def _hours(records: Records, *, apart: bool) -> ir.Table:
    key = KEY if KEY in records.of("people").columns else "nipBaru"
    people = told_apart(records.of("people", key).select(key), key)
    training = records.of("training", key, "jumlahJam", "tahun")
    year = training_year(records.day)
    require_year([training], year)
    of_year = training.filter(training["tahun"].cast("int64") == year)
    taken = told_apart(of_year.select(key, "jumlahJam"), key)
    # Whatever is added to what is no number is none: one sum tells both how many hours are known
    # and whether all are.
    unstated = float("nan") if apart else 0.0
    stated = taken["jumlahJam"].cast("float64").fill_null(unstated)
    sums = taken.group_by(key).aggregate(jam=stated.sum())
    # Zero is what whoever has no record gets anyway. DuckDB takes a filter for a sign of few rows,
    # and builds the hash table of the join over these sums, letting go of those that it has read.
    joined = people.left_join(sums.filter(sums["jam"] != 0), key)
    hours = joined["jam"].fill_null(0.0)
    return joined.select(nilai=ibis.ifelse(hours.isnan(), ibis.null("float64"), hours))


QUANTITIES: MappingProxyType[str, Callable[[Records], ir.Table]] = MappingProxyType(
    {
        "usia": _age,
        "tahun_ke_pensiun": _to_pension,
        "jam_pelatihan": partial(_hours, apart=True),
    }
)
"""The quantities of single people."""
