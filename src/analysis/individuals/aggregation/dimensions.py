"""What people can be counted by."""

import datetime as dt
from collections.abc import Callable
from types import MappingProxyType

import ibis
import ibis.expr.types as ir

from analysis.errors import ParameterError
from analysis.individuals.aggregation.pensions import pension_date
from analysis.individuals.aggregation.records import Records

UNKNOWN = "tidak diketahui"
"""Label of people whose value is missing."""

YEARS_AHEAD = 5
_COLUMNS = {
    "provinsi": "provinsi",
    "kabkota": "kabkota",
    "instansi": "instansiKerjaNama",
    "instansi_induk": "instansiIndukNama",
    "unit": "unorId",
    "jenis_jabatan": "jenisJabatanId",
    "pendidikan": "tkPendidikanTerakhir",
    "golongan": "golRuangAkhir",
    "jenis_kelamin": "jenisKelamin",
}
_BAND = 5
_YOUNGEST, _OLDEST = 25, 60


def age_on(day: dt.date, born: ir.Value) -> ir.Value:
    """Return completed years of life on a day."""
    later = born.month() * 100 + born.day() > day.month * 100 + day.day
    return ibis.literal(day.year) - born.year() - ibis.ifelse(later, 1, 0)


def retires(records: Records, people: ir.Table) -> ir.Value:
    """Return whether the pension begins in the next five years; missing where it is not known."""
    day = records.day
    last = day.replace(year=day.year + YEARS_AHEAD, day=min(day.day, 28 if day.month == 2 else 31))
    date = pension_date(records, people)
    return (date > ibis.literal(day)) & (date <= ibis.literal(last))


def years_to_pension(records: Records, people: ir.Table) -> ir.Value:
    """Return completed years to the date of pension, negative after it."""
    date, day = pension_date(records, people), records.day
    earlier = date.month() * 100 + date.day() < day.month * 100 + day.day
    return date.year() - day.year - ibis.ifelse(earlier, 1, 0)


def _band(records: Records) -> ir.Value:
    age = age_on(records.day, records.of("people", "tglLahir")["tglLahir"].cast("date"))
    bands = [
        (age < first + _BAND, f"{first}-{first + _BAND - 1}")
        for first in range(_YOUNGEST, _OLDEST, _BAND)
    ]
    return ibis.cases(
        (age.isnull(), UNKNOWN), (age < _YOUNGEST, f"<{_YOUNGEST}"), *bands, else_=f">={_OLDEST}"
    )


def _pension(records: Records) -> ir.Value:
    people = records.of("people")
    coming = retires(records, people)
    return ibis.cases(
        (coming.isnull(), UNKNOWN), (coming, f"<={YEARS_AHEAD} tahun"), else_="lainnya"
    )


def _age(records: Records) -> ir.Value:
    return labelled(age_on(records.day, records.of("people", "tglLahir")["tglLahir"].cast("date")))


def _years(records: Records) -> ir.Value:
    return labelled(years_to_pension(records, records.of("people")))


def _post(records: Records) -> ir.Value:
    people = records.of("people", "jenisJabatanId", "jabatanNama", "eselonId")
    return post_label(people["jenisJabatanId"], people["jabatanNama"], people["eselonId"])


def post_label(kind: ir.Value, title: ir.Value, echelon: ir.Value) -> ir.Value:
    """Return the title of a post, or the echelon of a structural one: a title names one person."""
    level = labelled(echelon.cast("string").substr(0, 1))
    structural = (kind.cast("string") == "1").fill_null(False)
    return ibis.ifelse(structural, "Eselon " + level, labelled(title))


def _of_column(column: str) -> Callable[[Records], ir.Value]:
    return lambda records: labelled(records.of("people", column)[column])


def labelled(column: ir.Value) -> ir.Value:
    """Return a column as text in which missing values have a label."""
    return column.cast("string").fill_null(UNKNOWN)


DIMENSIONS: MappingProxyType[str, Callable[[Records], ir.Value]] = MappingProxyType(
    {
        **{name: _of_column(column) for name, column in _COLUMNS.items()},
        "jabatan": _post,
        "usia": _age,
        "kelompok_usia": _band,
        "tahun_ke_pensiun": _years,
        "pensiun": _pension,
    }
)
"""What people can be counted by: province, kabupaten or kota, agency of work or of origin, unit,
kind of post, education, golongan, sex, post (its title; of structural posts the echelon, since a
title names one person), age in years and in five-year bands, completed years to pension, pension in
the next five years."""


def dimension(records: Records, name: str) -> ir.Value:
    """Return the label of each row of `people`.

    Raises
    ------
    ParameterError
        If there is no such dimension.
    DataError
        If the records lack the column it needs.
    """
    if name not in DIMENSIONS:
        raise ParameterError(f"by: {name!r} given; there are {', '.join(DIMENSIONS)}.")
    return DIMENSIONS[name](records).name(name)
